"""A document with its claims and events as the quads of its named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import iris
from kg.coding import types
from kg.model import Actor, Argument, Claim, Document, Event, Phrase, Relation, Span, When
from kg.rdf import literals
from kg.rdf.background import identity, side
from kg.rdf.vocabulary import (
    ACTORS_GRAPH,
    DCT,
    KG,
    NIF,
    RDF,
    RDFS,
    RELATION_CLASSES,
    SCHEMA,
    SEM,
    SKOS,
    VOCABULARY_GRAPH,
    Term,
    own_node,
    value_term,
)

if TYPE_CHECKING:
    from kg.parsing.tree import Sentence

_DEEPEST = 8  # claims within claims that a label spells out


def document_quads(
    document: Document,
    sentences: Iterable[Sentence | tuple[int, Span]],
    claims: Iterable[Claim],
    events: Iterable[Event] = (),
) -> Iterator[ox.Quad]:
    """The quads of the document's named graph (`iris.graph(document.id)`), without repetition.

    They come as they are made: a megabyte of text may have more than a million. Those of the shared graphs
    that describe the known actors and the terms it uses come along.
    Claims with the same id are one claim: the first is written. `Phrase.head`, the linker's working
    aid, is not kept. Numbers are kept to six decimals.
    """
    unique: dict[str, Claim] = {}
    for claim in claims:
        unique.setdefault(claim.id, claim)
    return _Writer(document, unique).write(sentences, {event.id: event for event in events}.values())


class _Writer:
    """Makes the quads of one document; `mention` names pieces of text, each once.

    What is said of a node is said in one piece, so that only that piece and the shared graphs are kept to
    leave out what was said already.
    """

    def __init__(self, document: Document, claims: dict[str, Claim]) -> None:
        self.document = document
        self.claims = claims
        self.iri = ox.NamedNode(iris.document(document.id))
        self.graph = ox.NamedNode(iris.graph(document.id))
        self.language = literals.language_tag(document.language)
        self.piece: dict[ox.Quad, None] = {}  # a set that keeps its order
        self.shared: set[ox.Quad] = set()
        self.described: set[str] = set()  # actors and relations
        self.nodes: dict[tuple[object, ...], ox.NamedNode] = {}
        self.readings: dict[tuple[int, int], int] = {}  # how many mentions the same words are
        self.said: dict[tuple[ox.NamedNode, str], object] = {}  # (mention, of what) → preposition or date
        self.done: set[tuple[ox.NamedNode, str]] = set()  # (node of several pieces, what is written of it)

    def write(
        self, sentences: Iterable[Sentence | tuple[int, Span]], events: Iterable[Event]
    ) -> Iterator[ox.Quad]:
        self.write_document()
        yield from self.taken()
        for sentence in sentences:
            self.write_sentence(sentence)
            yield from self.taken()
        for claim in self.claims.values():
            self.write_statement(claim)
            self.write_claim(claim)
            yield from self.taken()
        for event in events:
            self.write_event(event)
            yield from self.taken()

    def taken(self) -> Iterator[ox.Quad]:
        """The quads of the piece that is written, and a new piece begins."""
        piece, self.piece = self.piece, {}
        return iter(piece)

    def add(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Term, graph: ox.NamedNode | None = None
    ) -> None:
        quad = ox.Quad(subject, predicate, value, graph or self.graph)
        if graph is not None:
            if quad in self.shared:
                return
            self.shared.add(quad)
        self.piece[quad] = None

    def add_text(self, subject: ox.NamedNode, predicate: ox.NamedNode, text: str | None) -> None:
        """A text that may be missing."""
        if text is not None:
            self.add(subject, predicate, ox.Literal(text))

    def add_words(self, subject: ox.NamedNode, predicate: ox.NamedNode, words: str) -> None:
        """A text in the document's language."""
        self.add(subject, predicate, ox.Literal(words, language=self.language))

    def add_date(
        self, node: ox.NamedNode, predicate: ox.NamedNode, date: tuple[str | None, str | None, str | None]
    ) -> None:
        """A date with the days that it can mean, its precision and basis, each where it is known."""
        value, precision, basis = date
        if value is not None:
            self.add(node, predicate, literals.date_literal(value))
            for row in literals.days(node, value):
                self.add(*row)
        if precision is not None:
            self.add(node, KG.datePrecision, value_term(precision))
        if basis is not None:
            self.add(node, KG.dateBasis, value_term(basis))

    # the document and its sentences

    def write_document(self) -> None:
        d, doc = self.document, self.iri
        self.add(doc, RDF.type, SCHEMA.NewsArticle)
        self.add(doc, RDF.type, NIF.Context)
        self.add(doc, DCT.identifier, ox.Literal(d.id))
        self.add(doc, SCHEMA.inLanguage, ox.Literal(d.language))
        self.add(doc, NIF.isString, ox.Literal(d.text))
        if d.title is not None:
            self.add_words(doc, SCHEMA.headline, d.title)
        self.add_text(doc, SCHEMA.url, d.url)  # text from outside: never an IRI
        if d.published is not None:
            self.add(doc, SCHEMA.datePublished, literals.date_literal(d.published))
        if d.publisher is not None:
            self.add(doc, SCHEMA.publisher, self.publisher)
            self.add(self.publisher, RDF.type, KG.Publisher)
            self.add(self.publisher, RDFS.label, ox.Literal(d.publisher))

    @property
    def publisher(self) -> ox.NamedNode:
        """Whoever speaks where nobody is quoted: the publisher, else the document itself."""
        name = self.document.publisher
        return self.iri if name is None else ox.NamedNode(iris.publisher(name))

    def write_sentence(self, sentence: Sentence | tuple[int, Span]) -> None:
        if isinstance(sentence, tuple):
            index, start, end = sentence[0], sentence[1].start, sentence[1].end
        else:
            index, start, end = sentence.index, sentence.start, sentence.end
        node = self.sentence(index)
        self.add(node, RDF.type, KG.Sentence)
        self.add(node, NIF.referenceContext, self.iri)
        self.write_words(node, self.document.span(start, end))

    def sentence(self, index: int) -> ox.NamedNode:
        return ox.NamedNode(iris.sentence(self.document.id, index))

    def write_words(self, node: ox.NamedNode, words: Span) -> None:
        """Where a piece of text begins, and its words, which say where it ends."""
        self.add(node, NIF.beginIndex, literals.integer(words.start))
        self.add_words(node, NIF.anchorOf, words.text)

    # mentions and whom they mean

    def mention(self, phrase: Phrase, *content: object) -> ox.NamedNode:
        """The node of a phrase's words; one that says something else of the same words is another."""
        target, members = self.target(phrase), [actor.id for actor in phrase.members]
        key = (phrase.start, phrase.text, target, phrase.reason, *members, *content)
        if key in self.nodes:
            return self.nodes[key]
        place = phrase.start, phrase.end
        self.readings[place] = count = self.readings.get(place, 0) + 1
        node = self.nodes[key] = ox.NamedNode(iris.mention(self.document.id, *place, count))
        self.add(node, RDF.type, KG.Mention)
        self.write_words(node, phrase)
        if target is not None:
            self.add(node, KG.refersTo, target)
        self.add_text(node, KG.reason, phrase.reason)
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

    def is_new(self, node: ox.NamedNode, what: str) -> bool:
        """Whether this is still to be written of a node that several pieces speak of; asked once."""
        before = len(self.done)
        self.done.add((node, what))
        return len(self.done) > before

    def target(self, phrase: Phrase) -> ox.NamedNode | None:
        """What a phrase refers to: the statement of a nested claim, or an actor."""
        if phrase.statement is not None:
            return ox.NamedNode(iris.statement(phrase.statement))
        return self.actor(phrase.actor) if phrase.actor is not None else None

    def actor(self, actor: Actor) -> ox.NamedNode:
        if actor.id not in self.described:
            self.described.add(actor.id)
            for row in identity(actor):
                self.add(*row, ACTORS_GRAPH if actor.known else None)
            for row in side(actor):
                self.add(*row, ACTORS_GRAPH if actor.known and not actor.roles else None)
        return ox.NamedNode(iris.actor(actor.id))

    def place(
        self, node: ox.NamedNode, entity: ox.NamedNode, words: ox.NamedNode, phrase: Phrase | None
    ) -> None:
        """Fill a place: by what the phrase refers to, with its words beside; else by the words alone."""
        if phrase is None:
            return
        target, mention = self.target(phrase), self.mention(phrase)
        self.add(node, entity, target or mention)
        if target is not None:
            self.add(node, words, mention)

    # statements

    def write_statement(self, claim: Claim) -> None:
        s, node = claim.statement, ox.NamedNode(iris.statement(claim.id))
        self.add(node, RDF.type, KG.Statement)
        self.add_words(node, RDFS.label, self.label(claim, set()))
        self.place(node, RDF.subject, KG.subjectMention, s.subject)
        self.add(node, RDF.predicate, self.relation(s.relation))
        self.place(node, RDF.object, KG.objectMention, s.object)
        self.add(node, KG.span, literals.span(s.relation))
        for argument in s.arguments:
            self.add(node, ox.NamedNode(iris.argument(argument.role)), self.argument(argument))
        self.order(node, [in_text(argument) for argument in s.arguments])
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
        if nested is not None and nested.id not in above and len(above) < _DEEPEST:
            return self.label(nested, above)
        return phrase.actor.label if phrase.actor is not None else phrase.text

    def relation(self, relation: Relation) -> ox.NamedNode:
        iri = ox.NamedNode(iris.relation(relation.lemma, relation.voice))
        if iri.value not in self.described:
            self.described.add(iri.value)
            self.add(iri, RDF.type, RELATION_CLASSES[relation.voice], VOCABULARY_GRAPH)
            self.add(iri, RDFS.label, ox.Literal(relation.lemma), VOCABULARY_GRAPH)
        return iri

    def argument(self, argument: Argument) -> ox.NamedNode:
        node = self.mention_with(argument, "preposition", argument.preposition)
        if self.is_new(node, "preposition"):
            self.add_text(node, KG.preposition, argument.preposition)
        return node

    def when(self, when: When, arguments: Sequence[Argument]) -> ox.NamedNode:
        """The words that date a statement: where they are one of its arguments, that argument's node."""
        words = next((a for a in arguments if (a.start, a.end) == (when.start, when.end)), None)
        date = (when.value, when.precision, when.basis)
        node = self.argument(words) if words is not None else None
        if node is None or self.said.setdefault((node, "date"), date) != date:
            node = self.mention_with(Phrase(when.text, when.start, when.end), "date", date)
        if self.is_new(node, "date"):
            self.add_date(node, KG.value, date)
        return node

    # claims

    def write_claim(self, claim: Claim) -> None:
        node = own_node(claim.id)
        self.add(node, RDF.type, KG.Claim)
        self.add(node, KG.states, ox.NamedNode(iris.statement(claim.id)))
        if claim.speaker is None:
            self.add(node, KG.source, self.publisher)
        else:
            self.place(node, KG.source, KG.sourceMention, claim.speaker)
        self.add(node, KG.polarity, value_term(claim.polarity))
        self.add(node, KG.modality, value_term(claim.modality))
        self.add(node, KG.factuality, value_term(claim.factuality))
        self.add(node, KG.tense, value_term(claim.tense))
        self.write_evidence(node, claim.sentence, claim.evidence, claim.confidence)
        self.add(node, KG.foundBy, ox.Literal(claim.found_by))
        self.add_text(node, KG.cue, claim.cue)
        if claim.nested_in is not None:
            self.add(node, KG.nestedIn, own_node(claim.nested_in))

    def write_evidence(self, node: ox.NamedNode, sentence: int, words: Span, confidence: float) -> None:
        """Which words show a claim or an event, and how sure kg is that they do."""
        self.add(node, KG.inSentence, self.sentence(sentence))
        self.add(node, KG.span, literals.span(words))
        self.add(node, KG.confidence, literals.decimal(confidence))

    # events

    def write_event(self, event: Event) -> None:
        node = own_node(event.id)
        self.add(node, RDF.type, KG.Event)
        self.add(node, KG.codes, ox.NamedNode(iris.statement(event.claim)))
        self.write_type(node, event)
        for actor in event.actors:
            self.add(node, KG.actor, self.actor(actor))
        for actor in event.recipients:
            self.add(node, KG.recipient, self.actor(actor))
        for absent in event.implied:
            self.add(node, KG.implied, KG.actor if absent == "actors" else KG.recipient)
        for context in event.contexts:
            self.add(node, KG.context, ox.NamedNode(iris.event_context(context)))
        self.order(node, [a.id for a in event.actors], [a.id for a in event.recipients], event.contexts)
        self.add_date(node, KG.date, (event.date, event.date_precision, event.date_basis))
        if event.place is not None:
            self.add(node, KG.where, self.mention(event.place))
        self.add(node, KG.realis, ox.Literal(event.realis))
        if event.speaker is not None:
            self.add(node, KG.source, self.actor(event.speaker))
        self.write_evidence(node, event.sentence, event.text, event.confidence)

    def write_type(self, node: ox.NamedNode, event: Event) -> None:
        """What an event is coded as, and what that counts; a quad class is the type's, by the codebook."""
        kind = self.event_type(event.type)
        self.add(node, SEM.eventType, kind)
        if event.quad is not None and self.is_new(kind, "quad class"):
            graph = VOCABULARY_GRAPH if event.type in types.types() else None
            self.add(kind, KG.quadClass, self.quad_class(event.quad), graph)
        if event.original_type is not None and event.original_type != event.type:
            self.add(node, KG.originalType, self.event_type(event.original_type))
        if event.mode is not None:
            self.add(node, KG.mode, ox.NamedNode(iris.event_mode(event.type, event.mode)))
        if event.cameo is not None:
            self.add(node, KG.cameo, self.cameo(event.cameo))
        if event.score is not None:
            self.add(node, KG.score, literals.decimal(event.score))
        if event.goldstein is not None:
            self.add(node, KG.goldstein, literals.decimal(event.goldstein))

    # terms that many documents use: their names stand in a graph of their own

    def event_type(self, name: str) -> ox.NamedNode:
        if name in types.types():
            iri = ox.NamedNode(iris.event_type(name))
            self.add(iri, SKOS.prefLabel, ox.Literal(name, language="en"), VOCABULARY_GRAPH)
            return iri
        own = ox.NamedNode(iris.own_type(name))  # a user's, whose next table may say otherwise: not shared
        if self.is_new(own, "type"):
            self.add(own, RDF.type, KG.OwnType)
            self.add(own, SKOS.prefLabel, ox.Literal(name))
        return own

    def quad_class(self, number: int) -> ox.NamedNode:
        iri = ox.NamedNode(iris.quad_class(number))
        self.add(iri, SKOS.prefLabel, ox.Literal(types.QUADS[number], language="en"), VOCABULARY_GRAPH)
        self.add(iri, SKOS.notation, ox.Literal(str(number)), VOCABULARY_GRAPH)
        return iri

    def cameo(self, name: str) -> ox.NamedNode:
        iri, code = ox.NamedNode(iris.cameo(name)), types.codes().get(name)
        if code is not None:
            self.add(iri, SKOS.prefLabel, ox.Literal(code.label, language="en"), VOCABULARY_GRAPH)
        return iri

    def order(self, node: ox.NamedNode, *lists: Sequence[Any]) -> None:
        """Keep the order of values, which RDF doesn't, where sorting them would not give it back."""
        unique = [list(dict.fromkeys(values)) for values in lists]
        if any(values != sorted(values) for values in unique):
            ranks = [" ".join(str(sorted(values).index(v)) for v in values) for values in unique]
            self.add(node, KG.order, ox.Literal(",".join(ranks)))


def in_text(argument: Argument) -> tuple[Any, ...]:
    """The order of arguments: where they stand in the text, then what they are."""
    actor = argument.actor.id if argument.actor is not None else ""
    return (
        *(argument.start, argument.end, argument.role),
        *(argument.preposition or "", actor, argument.statement or ""),
    )
