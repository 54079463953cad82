"""The model as RDF and back: one named graph per document, two shared ones, provenance in the default graph.

    text        schema:NewsArticle, kg:Sentence, kg:Mention, kg:TimeExpression
    statement   kg:Statement        rdf:subject, rdf:predicate, rdf:object (an actor, words, or a statement)
    claim       kg:Claim            a source reports a statement: polarity, modality, factuality, evidence
    event       kg:Event            a coded reading of a claim's statement
    actors      kg:Actor            known ones in the actors' graph, with dated roles; a document's graph has
                                    what they were on its date, and the actors that no table knows
    vocabulary  kg:Relation, plover:, cameo:    names and scores of the terms that documents use

Every node has an IRI, there are no blank nodes, and the same input gives the same quads in the same order.
Nothing is written that follows from what is: a mention's IRI tells where its words stand, as NIF's IRIs do; a
node has no class that the property leading to it gives (what a claim `kg:states` is a statement); a date's
datatype says how exactly it is known, a clause's words are those of the claim that it makes, and an event's
scores are those of its type and code. What does not follow is written out, so that reading gives it back.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, cast
from urllib.parse import unquote

import pyoxigraph as ox

from kg import iris
from kg.coding import types
from kg.errors import StoreError
from kg.model import Actor, Argument, Claim, Document, Event, Phrase, Relation, Role, Span, Statement, When
from kg.parsing.tree import Sentence

Graph: TypeAlias = ox.NamedNode | ox.DefaultGraph
Term: TypeAlias = Any  # what pyoxigraph takes as an object: NamedNode or Literal
Row: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, Term]


class _Terms:
    """The terms of a vocabulary as attributes: `KG.states` is <…ontology#states>."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> ox.NamedNode:
        node = ox.NamedNode(self._base + name)
        setattr(self, name, node)
        return node


KG, NIF, SCHEMA, SKOS = _Terms(iris.KG), _Terms(iris.NIF), _Terms(iris.SCHEMA), _Terms(iris.SKOS)
RDF, RDFS, XSD, DCT = _Terms(iris.RDF), _Terms(iris.RDFS), _Terms(iris.XSD), _Terms(iris.DCT)
SEM, PROV, ORG = _Terms(iris.SEM), _Terms(iris.PROV), _Terms(iris.ORG)
ACTORS_GRAPH, VOCABULARY_GRAPH = ox.NamedNode(iris.ACTORS_GRAPH), ox.NamedNode(iris.VOCABULARY_GRAPH)
SHARED_GRAPHS = (ACTORS_GRAPH, VOCABULARY_GRAPH)
DEFAULT = ox.DefaultGraph()

# Actor.type → a class that other people's tools know; the type itself is kept as kg:actorType.
ACTOR_CLASSES = {
    "person": SCHEMA.Person,
    "state": SCHEMA.Country,
    "country": SCHEMA.Country,
    "government": SCHEMA.GovernmentOrganization,
    "place": SCHEMA.Place,
}
_PARTIAL_DATES = (  # ISO form, what to add for a whole day, datatype, precision
    (re.compile(r"\d{4}-\d\d-\d\d"), "", XSD.date, "day"),
    (re.compile(r"\d{4}-\d\d"), "-01", XSD.gYearMonth, "month"),
    (re.compile(r"\d{4}"), "-01-01", XSD.gYear, "year"),
)
SPAN = re.compile(r"char=(\d+),(\d+)")  # RFC 5147
_PRECISIONS = {datatype: precision for *_, datatype, precision in _PARTIAL_DATES}


# --- model → quads


def document_quads(
    document: Document,
    sentences: Iterable[Sentence | tuple[int, Span]],
    claims: Iterable[Claim],
    events: Iterable[Event] = (),
) -> list[ox.Quad]:
    """The quads of the document's named graph (`iris.graph(document.id)`), without repetition.

    Those of the shared graphs that describe the known actors and the terms it uses come along.
    Claims with the same id are one claim: the first is written. `Phrase.head`, the linker's working
    aid, is not kept. Numbers are kept to six decimals.
    """
    unique: dict[str, Claim] = {}
    for claim in claims:
        unique.setdefault(claim.id, claim)
    return _Writer(document).write(sentences, unique, events)


def provenance_quads(
    document: Document, made_by: Sequence[str] = (), ended: str | None = None
) -> list[ox.Quad]:
    """What made the document's graph, for the default graph.

    `made_by` names software and models with their versions; `ended` is an ISO date and time with zone,
    written only if given, so that by default the same input gives the same quads.
    """
    doc, graph = ox.NamedNode(iris.document(document.id)), ox.NamedNode(iris.graph(document.id))
    run = ox.NamedNode(iris.run(document.id))
    rows: list[Row] = [
        (graph, RDF.type, KG.DocumentGraph),
        (graph, PROV.wasDerivedFrom, doc),
        (graph, PROV.wasGeneratedBy, run),
        (graph, DCT.conformsTo, ox.NamedNode(iris.ONTOLOGY_VERSION)),
        (graph, KG.contentHash, ox.Literal(content_hash(document, made_by))),
        (run, RDF.type, PROV.Activity),
        (run, PROV.used, doc),
    ]
    rows += [(run, KG.madeBy, ox.Literal(name)) for name in made_by]
    if ended is not None:
        rows.append((run, PROV.endedAtTime, ox.Literal(ended, datatype=XSD.dateTime)))
    return [ox.Quad(*row, DEFAULT) for row in rows]


def content_hash(document: Document, made_by: Sequence[str] = ()) -> str:
    """SHA-256 of all that the document says and of what reads it: unchanged, its graph is up to date."""
    parts = (*astuple(document), *made_by)
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def actor_quads(actors: Iterable[Actor]) -> list[ox.Quad]:
    """Who is who, for the actors' graph: names, types, Wikidata items and dated roles."""
    rows: list[Row] = []
    for actor in actors:
        rows += (*_actor_rows(actor), *_background_rows(actor), *(() if actor.roles else _side_rows(actor)))
    return [ox.Quad(*row, ACTORS_GRAPH) for row in rows]


class _Writer:
    """Collects the quads of one document; `node` names pieces of text, each once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.iri = ox.NamedNode(iris.document(document.id))
        self.local = self.iri.value.removeprefix(iris.ID)
        self.graph = ox.NamedNode(iris.graph(document.id))
        self.quads: dict[ox.Quad, None] = {}  # a set that keeps its order
        self.language = _language(document.language)
        self.known: set[str] = set()  # actors and relations described so far
        self.nodes: dict[tuple[object, ...], ox.NamedNode] = {}
        self.readings: dict[tuple[int, int], int] = {}  # how many mentions the same words are
        self.said: dict[tuple[ox.NamedNode, str], object] = {}  # (mention, of what) → preposition or date
        self.claims: dict[str, Claim] = {}
        self.clauses: set[str | None] = set()  # claims whose evidence is a phrase's words in another one
        self.found_by: str | None = None  # by which most claims were found; written once, for the document

    def write(
        self,
        sentences: Iterable[Sentence | tuple[int, Span]],
        claims: dict[str, Claim],
        events: Iterable[Event],
    ) -> list[ox.Quad]:
        self.claims = claims
        phrases = [phrase for claim in claims.values() for phrase in claim.phrases()]
        self.clauses = {phrase.statement for phrase in phrases if self.is_evidence(phrase)}
        self.found_by = _commonest(claim.found_by for claim in claims.values())
        self.write_document()
        for sentence in sentences:
            self.write_sentence(sentence)
        for claim in claims.values():
            self.write_statement(claim)
            self.write_claim(claim)
        for event in {e.id: e for e in events}.values():
            self.write_event(event)
        return list(self.quads)

    def add(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Term, graph: Graph | None = None
    ) -> None:
        self.quads[ox.Quad(subject, predicate, value, graph or self.graph)] = None

    def add_words(self, subject: ox.NamedNode, predicate: ox.NamedNode, words: str) -> None:
        self.add(subject, predicate, ox.Literal(words, language=self.language))

    def write_document(self) -> None:
        d, doc = self.document, self.iri
        self.add(doc, RDF.type, SCHEMA.NewsArticle)
        self.add(doc, RDF.type, NIF.Context)
        self.add(doc, DCT.identifier, ox.Literal(d.id))
        self.add(doc, SCHEMA.inLanguage, ox.Literal(d.language))
        self.add(doc, NIF.isString, ox.Literal(d.text))
        if d.title is not None:
            self.add_words(doc, SCHEMA.headline, d.title)
        if d.url is not None:
            self.add(doc, SCHEMA.url, ox.Literal(d.url))  # text from outside: never an IRI
        if d.published is not None:
            self.add(doc, SCHEMA.datePublished, date_literal(d.published))
        if self.found_by is not None:
            self.add(doc, KG.foundBy, ox.Literal(self.found_by))
        if d.publisher is not None:
            publisher = ox.NamedNode(iris.publisher(d.publisher))
            self.add(doc, SCHEMA.publisher, publisher)
            self.add(publisher, RDF.type, KG.Publisher)
            self.add(publisher, RDFS.label, ox.Literal(d.publisher))

    def write_sentence(self, sentence: Sentence | tuple[int, Span]) -> None:
        index, start, end = (
            (sentence[0], sentence[1].start, sentence[1].end)
            if isinstance(sentence, tuple)
            else (sentence.index, sentence.start, sentence.end)
        )
        node = self.sentence(index)
        self.add(node, NIF.referenceContext, self.iri)
        self.add(node, NIF.beginIndex, _integer(start))
        self.add_words(node, NIF.anchorOf, self.document.text[start:end])

    def sentence(self, index: int) -> ox.NamedNode:
        return _id(f"{self.local}-s{index}")

    def mention(self, phrase: Phrase, *content: object) -> ox.NamedNode:
        """The node of a phrase's words; one that says something else of the same words is another."""
        target, members = self.target(phrase), [actor.id for actor in phrase.members]
        key = (phrase.start, phrase.text, target, phrase.reason, *members, *content)
        if key in self.nodes:
            return self.nodes[key]
        span = phrase.start, phrase.end
        self.readings[span] = count = self.readings.get(span, 0) + 1
        node = self.nodes[key] = ox.NamedNode(iris.mention(self.document.id, *span, count))
        self.add_words(node, NIF.anchorOf, phrase.text)
        if target is not None:
            self.add(node, KG.refersTo, target)
        if phrase.reason is not None:
            self.add(node, KG.reason, ox.Literal(phrase.reason))
        for actor in phrase.members:
            self.add(node, KG.member, self.actor(actor))
        self.order(node, members)
        return node

    def mention_with(self, phrase: Phrase, what: str, value: object) -> ox.NamedNode:
        """The phrase's node where nothing else is said of it already, as another preposition or date."""
        node = self.mention(phrase)
        if self.said.setdefault((node, what), value) != value:
            node = self.mention(phrase, what, value)
            self.said[node, what] = value
        return node

    def target(self, phrase: Phrase) -> ox.NamedNode | None:
        if phrase.statement is not None:
            return ox.NamedNode(iris.statement(phrase.statement))
        return self.actor(phrase.actor) if phrase.actor is not None else None

    def actor(self, actor: Actor) -> ox.NamedNode:
        if actor.id not in self.known:
            self.known.add(actor.id)
            for row in _actor_rows(actor):
                self.add(*row, ACTORS_GRAPH if actor.known else None)
            for row in _side_rows(actor):
                self.add(*row, ACTORS_GRAPH if actor.known and not actor.roles else None)
        return ox.NamedNode(iris.actor(actor.id))

    def place(
        self, node: ox.NamedNode, entity: ox.NamedNode, words: ox.NamedNode, phrase: Phrase | None
    ) -> None:
        """Fill a place: by what the phrase refers to, with its words beside; else by the words alone."""
        if phrase is None:
            return
        target = self.target(phrase)
        self.add(node, entity, target or self.mention(phrase))
        if target is not None and not self.is_evidence(phrase):
            self.add(node, words, self.mention(phrase))

    def is_evidence(self, phrase: Phrase) -> bool:
        """Whether a phrase is a clause whose words are known from the claim that it makes."""
        claim = self.claims.get(phrase.statement or "")
        bare = phrase.actor is None and not phrase.members and phrase.reason is None
        return bare and claim is not None and _same_place(claim.evidence, phrase)

    def write_statement(self, claim: Claim) -> None:
        s, node = claim.statement, ox.NamedNode(iris.statement(claim.id))
        self.add_words(node, RDFS.label, self.label(claim, set()))
        self.place(node, RDF.subject, KG.subjectMention, s.subject)
        self.add(node, RDF.predicate, self.relation(s.relation))
        self.place(node, RDF.object, KG.objectMention, s.object)
        self.add(node, KG.span, _span(s.relation))
        for argument in s.arguments:
            self.add(node, ox.NamedNode(iris.argument(argument.role)), self.argument(argument))
        self.order(node, [_in_text(a) for a in s.arguments])
        if s.when is not None:
            self.add(node, KG.when, self.when(s.when, s.arguments))
        if s.where is not None:
            self.add(node, KG.where, self.mention(s.where))

    def label(self, claim: Claim, above: set[str]) -> str:
        """The statement in words: "Donald Trump insisted: Xi Jinping called Donald Trump"."""
        s = claim.statement
        parts = [self.phrase_label(s.subject, above), s.relation.text or s.relation.lemma]
        if s.object is not None and s.object.statement is not None:
            parts[-1] += ":"
        parts.append(self.phrase_label(s.object, {*above, claim.id}))
        return " ".join(" ".join(parts).split())

    def phrase_label(self, phrase: Phrase | None, above: set[str]) -> str:
        if phrase is None:
            return ""
        nested = self.claims.get(phrase.statement or "")
        if nested is not None and nested.id not in above and len(above) < 8:
            return self.label(nested, above)
        return phrase.actor.label if phrase.actor is not None else phrase.text

    def relation(self, relation: Relation) -> ox.NamedNode:
        iri = ox.NamedNode(iris.relation(relation.lemma, relation.voice))
        if iri.value not in self.known:
            self.known.add(iri.value)
            self.add(iri, RDFS.label, ox.Literal(relation.lemma), VOCABULARY_GRAPH)
            if relation.voice == "passive":
                self.add(iri, KG.voice, KG.passive, VOCABULARY_GRAPH)
        return iri

    def argument(self, argument: Argument) -> ox.NamedNode:
        node = self.mention_with(argument, "preposition", argument.preposition)
        if argument.preposition is not None:
            self.add(node, KG.preposition, ox.Literal(argument.preposition))
        return node

    def when(self, when: When, arguments: Sequence[Argument]) -> ox.NamedNode:
        """The words that date a statement: where they are one of its arguments, that argument's node."""
        words = next((a for a in arguments if _same_place(a, when)), None)
        date = (when.value, when.precision, when.basis)
        node = self.argument(words) if words is not None else None
        if node is None or self.said.setdefault((node, "date"), date) != date:
            node = self.mention_with(Phrase(when.text, when.start, when.end), "date", date)
        if when.value is not None or when.basis != "text":
            self.add(node, KG.dateBasis, getattr(KG, when.basis))
        self.add_date(node, KG.value, when.value, when.precision)
        return node

    def add_date(
        self, node: ox.NamedNode, predicate: ox.NamedNode, value: str | None, precision: str | None
    ) -> None:
        """A date, and how exactly it is known where its datatype does not say so."""
        literal = None if value is None else date_literal(value) if precision else ox.Literal(value)
        if literal is not None:
            self.add(node, predicate, literal)
        if precision is not None and precision != _precision(literal):
            self.add(node, KG.datePrecision, getattr(KG, precision))

    def write_claim(self, claim: Claim) -> None:
        node = _id(claim.id)
        self.add(node, RDF.type, KG.Claim)
        self.add(node, KG.states, ox.NamedNode(iris.statement(claim.id)))
        s, speaker = claim.statement, claim.speaker
        if speaker is None:
            self.add(node, KG.source, self.publisher)
        elif speaker.actor is not None and self.speaks_above(claim):
            self.add(node, KG.source, self.actor(speaker.actor))
        else:
            self.place(node, KG.source, KG.sourceMention, speaker)
        for predicate, value in (
            (KG.polarity, claim.polarity),
            (KG.modality, claim.modality),
            (KG.factuality, claim.factuality),
            (KG.tense, claim.tense),
        ):
            self.add(node, predicate, getattr(KG, value))
        self.add(node, KG.inSentence, self.sentence(claim.sentence))
        if claim.id in self.clauses or (claim.evidence.start, claim.evidence.end) != _extent(s):
            self.add(node, KG.span, _span(claim.evidence))
        self.add(node, KG.confidence, _decimal(claim.confidence))
        if claim.found_by != self.found_by:
            self.add(node, KG.foundBy, ox.Literal(claim.found_by))
        if claim.cue is not None:
            self.add(node, KG.cue, ox.Literal(claim.cue))
        if claim.nested_in is not None:
            self.add(node, KG.nestedIn, _id(claim.nested_in))

    def speaks_above(self, claim: Claim) -> bool:
        """Whether the words for the speaker are the subject of the claim that this one is nested in."""
        above = self.claims.get(claim.nested_in or "")
        said = above and above.statement.subject
        return (
            said == claim.speaker and said is not None and said.reason == cast(Phrase, claim.speaker).reason
        )

    @property
    def publisher(self) -> ox.NamedNode:
        """Whoever speaks where nobody is quoted: the publisher, else the document itself."""
        name = self.document.publisher
        return self.iri if name is None else ox.NamedNode(iris.publisher(name))

    def write_event(self, event: Event) -> None:
        """What an event shares with its claim, its type or its code is read there and not written."""
        node, claim = _id(event.id), self.claims.get(event.claim)
        self.add(node, RDF.type, KG.Event)
        self.add(node, KG.codes, ox.NamedNode(iris.statement(event.claim)))
        self.add(node, SEM.eventType, self.event_type(event.type))
        if event.original_type != event.type:
            self.add(node, KG.originalType, self.event_type(cast(str, event.original_type)))
        if event.mode is not None:
            self.add(node, KG.mode, ox.NamedNode(iris.event_mode(event.type, event.mode)))
        for context in event.contexts:
            self.add(node, KG.context, ox.NamedNode(iris.event_context(context)))
        if event.cameo is not None:
            self.add(node, KG.cameo, self.cameo(event.cameo))
        quad, score, goldstein = _scores(event.type, event.cameo)
        if event.quad != quad:
            self.add(node, KG.quadClass, self.quad_class(event.quad))
        if event.score != score:
            self.add(node, KG.score, _decimal(event.score))
        if event.goldstein is not None and event.goldstein != goldstein:
            self.add(node, KG.goldstein, _decimal(event.goldstein))
        for actor in event.actors:
            self.add(node, KG.actor, self.actor(actor))
        for actor in event.recipients:
            self.add(node, KG.recipient, self.actor(actor))
        self.write_event_setting(node, event)
        self.order(node, [a.id for a in event.actors], [a.id for a in event.recipients], event.contexts)
        if claim is None or event.confidence != claim.confidence:
            self.add(node, KG.confidence, _decimal(event.confidence))
        if claim is None or event.sentence != claim.sentence:
            self.add(node, KG.inSentence, self.sentence(event.sentence))
        if claim is None or event.text != claim.evidence:
            self.add(node, KG.span, _span(event.text))

    def event_type(self, name: str) -> ox.NamedNode:
        iri, kind = ox.NamedNode(iris.event_type(name)), types.types().get(name)
        if kind is not None:
            self.add(iri, SKOS.prefLabel, ox.Literal(name, language="en"), VOCABULARY_GRAPH)
            self.add(iri, KG.quadClass, self.quad_class(kind.quad), VOCABULARY_GRAPH)
            self.add(iri, KG.score, _decimal(kind.score), VOCABULARY_GRAPH)
        return iri

    def quad_class(self, number: int) -> ox.NamedNode:
        iri = ox.NamedNode(iris.quad_class(number))
        self.add(iri, SKOS.prefLabel, ox.Literal(types.QUADS[number], language="en"), VOCABULARY_GRAPH)
        self.add(iri, SKOS.notation, ox.Literal(str(number)), VOCABULARY_GRAPH)
        return iri

    def cameo(self, name: str) -> ox.NamedNode:
        iri, code = ox.NamedNode(iris.cameo(name)), types.codes().get(name)
        if code is not None:
            self.add(iri, SKOS.prefLabel, ox.Literal(code.label, language="en"), VOCABULARY_GRAPH)
            self.add(iri, KG.goldstein, _decimal(code.goldstein), VOCABULARY_GRAPH)
        return iri

    def write_event_setting(self, node: ox.NamedNode, event: Event) -> None:
        self.add_date(node, KG.date, event.date, event.date_precision)
        if event.date_basis is not None and event.date_basis != self.usual_basis(event):
            self.add(node, KG.dateBasis, getattr(KG, event.date_basis))
        if event.place is not None:
            self.add(node, KG.where, self.mention(event.place))
        self.add(node, KG.realis, ox.Literal(event.realis))
        if event.speaker is not None:
            self.add(node, KG.source, self.actor(event.speaker))

    def usual_basis(self, event: Event) -> str | None:
        claim = self.claims.get(event.claim)
        return _basis(event.date, claim)

    def order(self, node: ox.NamedNode, *lists: Sequence[Any]) -> None:
        """Keep the order of values, which RDF doesn't, where sorting them would not give it back."""
        unique = [list(dict.fromkeys(values)) for values in lists]
        if any(values != sorted(values) for values in unique):
            ranks = [" ".join(str(sorted(values).index(v)) for v in values) for values in unique]
            self.add(node, KG.order, ox.Literal(",".join(ranks)))


def _actor_rows(actor: Actor) -> Iterator[Row]:
    """Who an actor is."""
    node = ox.NamedNode(iris.actor(actor.id))
    yield node, RDF.type, KG.Actor if actor.known else KG.LocalActor
    yield node, RDFS.label, ox.Literal(actor.label)
    if actor.type in ACTOR_CLASSES:
        yield node, RDF.type, ACTOR_CLASSES[actor.type]
    if actor.type != "unknown":
        yield node, KG.actorType, ox.Literal(actor.type)


def _side_rows(actor: Actor) -> Iterator[Row]:
    """Which country and sector an actor belongs to: with dated roles, on a document's date; else always."""
    node = ox.NamedNode(iris.actor(actor.id))
    if actor.country is not None:
        yield node, KG.countryCode, ox.Literal(actor.country)
    if actor.sector is not None:
        yield node, KG.sector, ox.Literal(actor.sector)


def _background_rows(actor: Actor) -> Iterator[Row]:
    """What tables know of an actor: the Wikidata item and dated roles."""
    if actor.wikidata is not None:
        item = ox.NamedNode(iris.WIKIDATA + actor.wikidata)
        yield ox.NamedNode(iris.actor(actor.id)), SKOS.exactMatch, item
    for role in actor.roles:
        yield from _role_rows(actor, role)


def _role_rows(actor: Actor, role: Role) -> Iterator[Row]:
    node = ox.NamedNode(iris.role_held(actor.id, *astuple(role)))
    yield node, ORG.member, ox.NamedNode(iris.actor(actor.id))
    yield node, RDFS.label, ox.Literal(role.title)
    yield node, KG.office, ox.Literal(role.office)
    if role.country is not None:
        yield node, KG.countryCode, ox.Literal(role.country)
    if role.sector is not None:
        yield node, KG.sector, ox.Literal(role.sector)
    if role.start is not None:
        yield node, KG.since, date_literal(role.start)
    if role.end is not None:
        yield node, KG.until, date_literal(role.end)


# --- quads → model


def read_document(quads: Iterable[ox.Quad]) -> tuple[Document, list[Claim], list[Event]]:
    """The document, claims and events that `document_quads` wrote; claims and events in text order.

    Quads of the shared graphs should come along (`kg.store.shared` finds them): the actors' graph has the
    known actors' names, types, Wikidata items and roles, the vocabulary has the relations' lemmas.
    Raises StoreError when there is no document or several, or a node lacks what it needs.
    """
    return _Reader(quads).read()


class _Reader:
    """The nodes of one document's graph, and of the shared graphs that came along."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.of_type: dict[str, list[str]] = defaultdict(list)
        self.holders: dict[str, list[str]] = defaultdict(list)  # actor → memberships
        self.actors: dict[str, Actor] = {}
        for quad in dict.fromkeys(quads):
            subject, value = cast(Any, quad.subject).value, cast(Any, quad.object)
            self.nodes[subject][quad.predicate.value].append(value)
            if quad.predicate == RDF.type:
                self.of_type[value.value].append(subject)
            elif quad.predicate == ORG.member:
                self.holders[value.value].append(subject)

    def read(self) -> tuple[Document, list[Claim], list[Event]]:
        documents = self.of_type[SCHEMA.NewsArticle.value]
        if len(documents) != 1:
            raise StoreError(f"{len(documents)} documents where one was expected; read one document's graph")
        self.document_node = documents[0]
        self.document = self.read_article(self.document_node)
        self.found_by = self.maybe(self.document_node, KG.foundBy) or ""
        claims = [self.claim(node) for node in sorted(self.of_type[KG.Claim.value])]
        claims.sort(key=lambda c: (c.sentence, c.statement.relation.start, c.id))
        by_id = {c.id: c for c in claims}
        events = [self.event(node, by_id) for node in sorted(self.of_type[KG.Event.value])]
        events.sort(key=lambda e: (e.sentence, e.text.start, e.id))
        return self.document, claims, events

    # values of a node

    def values(self, node: str, predicate: ox.NamedNode) -> list[Term]:
        return self.nodes[node].get(predicate.value, []) if node in self.nodes else []

    def maybe(self, node: str, predicate: ox.NamedNode) -> str | None:
        values = self.values(node, predicate)
        return cast(str, values[0].value) if values else None

    def one(self, node: str, predicate: ox.NamedNode) -> str:
        value = self.maybe(node, predicate)
        if value is None:
            raise StoreError(
                f"{node} has no {predicate.value}: the graph is damaged; build the document again"
            )
        return value

    def term(self, node: str, predicate: ox.NamedNode) -> str | None:
        """The local name of a kg term: `affirmed` for kg:affirmed."""
        value = self.maybe(node, predicate)
        return None if value is None else value.removeprefix(iris.KG)

    def span(self, node: str) -> Span:
        """The words of a piece of text, or those that a claim, statement or event points to."""
        words = self.maybe(node, NIF.anchorOf)
        if words is None:
            return self.document.span(*span_of(self.one(node, KG.span)))
        place = iris.mention_span(node)
        if place is None:
            raise StoreError(f"{node} tells no place of its words: the graph is damaged; build it again")
        return Span(words, *place)

    def ordered(self, node: str, *lists: list[Any]) -> list[list[Any]]:
        """Sorted lists put back into the order they were written in."""
        order = self.maybe(node, KG.order)
        if order is None:
            return list(lists)
        ranks = order.split(",")
        return [[values[int(r)] for r in rank.split()] for values, rank in zip(lists, ranks, strict=True)]

    # the parts

    def read_article(self, node: str) -> Document:
        publisher = self.maybe(node, SCHEMA.publisher)
        return Document(
            id=self.one(node, DCT.identifier),
            text=self.one(node, NIF.isString),
            title=self.maybe(node, SCHEMA.headline),
            publisher=None if publisher is None else self.one(publisher, RDFS.label),
            url=self.maybe(node, SCHEMA.url),
            published=self.maybe(node, SCHEMA.datePublished),
            language=self.one(node, SCHEMA.inLanguage),
        )

    def phrase(self, node: str) -> Phrase:
        span, target = self.span(node), self.maybe(node, KG.refersTo)
        nested = self.claim_of(target) if target is not None else None
        actor = self.actor(target) if target is not None and nested is None else None
        members = sorted((self.actor(a.value) for a in self.values(node, KG.member)), key=lambda a: a.id)
        return Phrase(
            *(span.text, span.start, span.end),
            actor=actor,
            statement=nested,
            members=tuple(self.ordered(node, members)[0]),
            reason=self.maybe(node, KG.reason),
        )

    def place(self, node: str, entity: ox.NamedNode, words: ox.NamedNode) -> Phrase | None:
        mention = self.maybe(node, words) or self.maybe(node, entity)
        if mention is None:
            return None
        claim = self.claim_of(mention)
        if claim is None:
            return self.phrase(mention)
        evidence = self.span(iris.ID + claim)
        return Phrase(evidence.text, evidence.start, evidence.end, statement=claim)

    def claim_of(self, node: str) -> str | None:
        """The id of the claim that makes a statement; None if the node is no statement."""
        local = node.removeprefix(iris.ID)
        return "c-" + local.removeprefix("st-") if iris.is_statement(node) else None

    def actor(self, node: str) -> Actor:
        if node not in self.actors:
            self.actors[node] = self.read_actor(node)
        return self.actors[node]

    def read_actor(self, node: str) -> Actor:
        classes = [t.value for t in self.values(node, RDF.type)]
        match = self.maybe(node, SKOS.exactMatch)
        roles = [self.role(r) for r in self.holders[node]]
        return Actor(
            id=iris.actor_id(node),
            label=self.maybe(node, RDFS.label) or iris.actor_id(node),
            type=self.maybe(node, KG.actorType) or "unknown",
            country=self.maybe(node, KG.countryCode),
            sector=self.maybe(node, KG.sector),
            wikidata=None if match is None else match.removeprefix(iris.WIKIDATA),
            known=KG.Actor.value in classes,
            roles=tuple(sorted(roles, key=lambda r: (r.start or "", r.end or "9999", r.office, r.title))),
        )

    def role(self, node: str) -> Role:
        return Role(
            office=self.one(node, KG.office),
            title=self.one(node, RDFS.label),
            country=self.maybe(node, KG.countryCode),
            sector=self.maybe(node, KG.sector),
            start=self.maybe(node, KG.since),
            end=self.maybe(node, KG.until),
        )

    def claim(self, node: str) -> Claim:
        statement = self.one(node, KG.states)
        nested_in = self.maybe(node, KG.nestedIn)
        said = self.statement(statement)
        return Claim(
            document=self.document.id,
            sentence=self.sentence(node),
            evidence=self.span(node) if self.values(node, KG.span) else self.document.span(*_extent(said)),
            statement=said,
            polarity=cast(Any, self.term(node, KG.polarity)),
            modality=cast(Any, self.term(node, KG.modality)),
            factuality=cast(Any, self.term(node, KG.factuality)),
            tense=cast(Any, self.term(node, KG.tense)),
            speaker=self.speaker(node),
            cue=self.maybe(node, KG.cue),
            nested_in=None if nested_in is None else nested_in.removeprefix(iris.ID),
            confidence=float(self.one(node, KG.confidence)),
            found_by=self.maybe(node, KG.foundBy) or self.found_by,
        )

    def speaker(self, node: str) -> Phrase | None:
        source = self.one(node, KG.source)
        if self.values(node, KG.sourceMention) or self.values(source, NIF.anchorOf) or self.claim_of(source):
            return self.place(node, KG.source, KG.sourceMention)
        if source in (self.document_node, self.maybe(self.document_node, SCHEMA.publisher)):
            return None
        return self.place(self.one(self.one(node, KG.nestedIn), KG.states), RDF.subject, KG.subjectMention)

    def sentence(self, node: str) -> int:
        return int(self.one(node, KG.inSentence).rpartition("-s")[2])

    def statement(self, node: str) -> Statement:
        when, where = self.maybe(node, KG.when), self.maybe(node, KG.where)
        return Statement(
            subject=self.place(node, RDF.subject, KG.subjectMention),
            relation=self.relation(node),
            object=self.place(node, RDF.object, KG.objectMention),
            arguments=tuple(self.ordered(node, sorted(self.arguments(node), key=_in_text))[0]),
            when=None if when is None else self.when(when),
            where=None if where is None else self.phrase(where),
        )

    def relation(self, node: str) -> Relation:
        span, relation = self.span(node), self.one(node, RDF.predicate)
        voice = cast(Any, self.term(relation, KG.voice) or "active")
        return Relation(span.text, span.start, span.end, self.one(relation, RDFS.label), voice)

    def precision(self, node: str, date: ox.NamedNode) -> Any:
        values = self.values(node, date)
        return self.term(node, KG.datePrecision) or (_precision(values[0]) if values else None)

    def arguments(self, node: str) -> Iterator[Argument]:
        rows = [(iris.argument_role(p), value) for p, values in self.nodes[node].items() for value in values]
        for role, value in rows:
            if role is not None:
                p, preposition = self.phrase(value.value), self.maybe(value.value, KG.preposition)
                yield Argument(p.text, p.start, p.end, **vars(p), role=role, preposition=preposition)

    def when(self, node: str) -> When:
        span = self.span(node)
        return When(
            *(span.text, span.start, span.end),
            value=self.maybe(node, KG.value),
            precision=self.precision(node, KG.value),
            basis=cast(Any, self.term(node, KG.dateBasis) or "text"),
        )

    def event(self, node: str, claims: dict[str, Claim]) -> Event:
        claim_id = self.claim_of(self.one(node, KG.codes)) or ""
        claim = claims.get(claim_id)
        kind, mode = iris.event_term(self.one(node, SEM.eventType)), self.maybe(node, KG.mode)
        cameo, place = self.maybe(node, KG.cameo), self.maybe(node, KG.where)
        code = None if cameo is None else unquote(cameo.removeprefix(iris.CAMEO))
        quad, score, goldstein = self.scores(node, kind, code)
        original, source = self.maybe(node, KG.originalType), self.maybe(node, KG.source)
        date = self.maybe(node, KG.date)
        actors, recipients, contexts = self.event_lists(node)
        return Event(
            claim=claim_id,
            document=self.document.id,
            sentence=claim.sentence
            if claim and not self.values(node, KG.inSentence)
            else self.sentence(node),
            type=kind,
            mode=None if mode is None else iris.event_term(mode).removeprefix(f"{kind}-"),
            contexts=tuple(contexts),
            cameo=code,
            quad=quad,
            score=score,
            goldstein=goldstein,
            actors=tuple(actors),
            recipients=tuple(recipients),
            date=date,
            date_precision=self.precision(node, KG.date),
            date_basis=cast(Any, self.term(node, KG.dateBasis) or _basis(date, claim)),
            place=None if place is None else self.phrase(place),
            realis=self.one(node, KG.realis),
            speaker=None if source is None else self.actor(source),
            text=claim.evidence if claim and not self.values(node, KG.span) else self.span(node),
            confidence=float(self.maybe(node, KG.confidence) or (claim.confidence if claim else 1.0)),
            original_type=None if original is None else iris.event_term(original),
        )

    def scores(self, node: str, kind: str, code: str | None) -> tuple[int, float, float | None]:
        """Quad class, score and Goldstein score: the event's own, or those of its type and code."""
        quad, score, goldstein = _scores(kind, code)
        own = [self.maybe(node, p) for p in (KG.quadClass, KG.score, KG.goldstein)]
        quad = quad if own[0] is None else iris.quad_number(own[0])
        score = score if own[1] is None else float(own[1])
        if quad is None or score is None:
            raise StoreError(f"{node} has a type that is not PLOVER's: {kind}; build the document again")
        return quad, score, goldstein if own[2] is None else float(own[2])

    def event_lists(self, node: str) -> list[list[Any]]:
        actors = [
            sorted((self.actor(a.value) for a in self.values(node, p)), key=lambda a: a.id)
            for p in (KG.actor, KG.recipient)
        ]
        contexts = sorted(iris.event_context_name(c.value) for c in self.values(node, KG.context))
        return self.ordered(node, *actors, contexts)


# --- files


def serialize(statements: Iterable[ox.Quad | ox.Triple], format: ox.RdfFormat) -> bytes:
    """Quads or triples in an RDF format, in the order given, with kg's prefixes where the format has any.

    Oxigraph writes prefixes in no fixed order; sorted, the same input gives the same bytes.
    """
    has_prefixes = format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    written = cast(Any, statements)  # Oxigraph takes a mixture too
    data = ox.serialize(written, format=format, prefixes=iris.PREFIXES if has_prefixes else None) or b""
    return sorted_prefixes(data) if has_prefixes else data


def sorted_prefixes(data: bytes) -> bytes:
    """Turtle, TriG or RDF/XML with the prefixes at its beginning sorted."""
    if data.startswith(b"<?xml"):
        head, root, rest = re.match(rb"(.*?<rdf:RDF )(.*?)(>.*)", data, re.DOTALL).groups()  # type: ignore[union-attr]
        return head + b" ".join(sorted(root.split())) + rest
    end = 0
    while data.startswith(b"@prefix ", end):
        end = data.index(b"\n", end) + 1
    return b"".join(sorted(data[:end].splitlines(keepends=True))) + data[end:]


# --- literals


def span_of(text: str) -> tuple[int, int]:
    """Where the characters of a kg:span begin and end.

    >>> span_of("char=12,27")
    (12, 27)
    """
    found = SPAN.fullmatch(text)
    if found is None:
        raise StoreError(f"{text!r} is not a span such as char=12,27: the graph is damaged; build it again")
    return int(found[1]), int(found[2])


def _span(span: Span) -> ox.Literal:
    """A span as a text fragment of RFC 5147."""
    return ox.Literal(f"char={span.start},{span.end}")


def _same_place(one: Span, other: Span) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _extent(s: Statement) -> tuple[int, int]:
    """From where to where a statement's words go."""
    spans = [p for p in (s.subject, s.relation, s.object, *s.arguments, s.when, s.where) if p is not None]
    return min(p.start for p in spans), max(p.end for p in spans)


def _precision(literal: ox.Literal | None) -> str | None:
    """How exactly a date is known, by its datatype; None for text."""
    return None if literal is None else _PRECISIONS.get(literal.datatype)


def _basis(date: str | None, claim: Claim | None) -> str | None:
    """Where an event's date comes from, if nothing else is said: its statement's time, or publication."""
    if date is None:
        return None
    when = None if claim is None else claim.statement.when
    return when.basis if when is not None and when.value == date else "publication"


def _scores(kind: str, code: str | None) -> tuple[int | None, float | None, float | None]:
    """Quad class and score of a PLOVER type, and the Goldstein score of a CAMEO code."""
    known, cameo = types.types().get(kind), types.codes().get(code or "")
    return (
        known.quad if known else None,
        known.score if known else None,
        cameo.goldstein if cameo else None,
    )


def date_literal(value: str) -> ox.Literal:
    """A partial ISO date as xsd:date, xsd:gYearMonth or xsd:gYear; anything else as plain text.

    >>> str(date_literal("2025-06"))
    '"2025-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> str(date_literal("2025-02-30"))
    '"2025-02-30"'
    """
    for pattern, rest, datatype, _ in _PARTIAL_DATES:
        if pattern.fullmatch(value) and _is_day(value + rest):
            return ox.Literal(value, datatype=datatype)
    return ox.Literal(value)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD.integer)


def _decimal(value: float) -> ox.Literal:
    """A decimal in the form that Oxigraph keeps: 0.5, not 0.50 or 5e-1."""
    text = f"{Decimal(repr(value)).quantize(Decimal('0.000001')):f}".rstrip("0").rstrip(".")
    return ox.Literal(text if text not in ("", "-0") else "0", datatype=XSD.decimal)


def _language(tag: str) -> str | None:
    """The language tag for words, or None where it is not one."""
    try:
        ox.Literal("", language=tag)
    except ValueError:
        return None
    return tag


def _commonest(values: Iterable[str]) -> str | None:
    """The most frequent value, of equals the first in the alphabet; None of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _in_text(argument: Argument) -> tuple[Any, ...]:
    """The order of arguments: where they stand in the text, then what they are."""
    actor = argument.actor.id if argument.actor is not None else ""
    return (
        *(argument.start, argument.end, argument.role),
        *(argument.preposition or "", actor, argument.statement or ""),
    )


def _id(local: str) -> ox.NamedNode:
    return ox.NamedNode(iris.ID + local)
