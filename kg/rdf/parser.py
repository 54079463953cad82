"""The quads of a document's graph as the document, claims and events that they were written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, cast

import pyoxigraph as ox

from kg import iris
from kg.errors import StoreError
from kg.model import (
    Actor,
    Argument,
    Claim,
    Document,
    Event,
    Phrase,
    Relation,
    Role,
    Side,
    Span,
    Statement,
    When,
)
from kg.rdf.literals import span_of
from kg.rdf.vocabulary import DCT, KG, NIF, ORG, RDF, RDFS, RELATION_CLASSES, SCHEMA, SEM, SKOS, Term
from kg.rdf.writer import in_text

T = TypeVar("T")
_VOICES: dict[str, Any] = {kind.value: voice for voice, kind in RELATION_CLASSES.items()}


def read_document(quads: Iterable[ox.Quad]) -> tuple[Document, list[Claim], list[Event]]:
    """The document, claims and events that `document_quads` wrote; claims and events in text order.

    Quads of the shared graphs should come along (`kg.store.shared` finds them): the actors' graph has the
    known actors' names, types, Wikidata items and roles, the vocabulary has the relations' lemmas.
    Raises StoreError when there is no document or several, or a node lacks what it needs.
    """
    nodes = _Nodes(quads)
    found = nodes.of_type(SCHEMA.NewsArticle)
    if len(found) != 1:
        raise StoreError(f"{len(found)} documents where one was expected; read one document's graph")
    return _Parser(nodes, found[0]).parse()


class _Nodes:
    """What the quads say of each node."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.pointing: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            subject, value = cast(Any, quad.subject).value, cast(Any, quad.object)
            self.said[subject][quad.predicate.value].append(value)
            if quad.predicate in (RDF.type, ORG.member):
                self.pointing[quad.predicate.value, value.value].append(subject)

    def of_type(self, kind: ox.NamedNode) -> list[str]:
        """The nodes of a class, sorted."""
        return sorted(self.pointing[RDF.type.value, kind.value])

    def memberships(self, actor: str) -> list[str]:
        """The offices that an actor held."""
        return self.pointing[ORG.member.value, actor]

    def predicates(self, node: str) -> Iterable[str]:
        return self.said[node]

    def values(self, node: str, predicate: ox.NamedNode | str) -> list[str]:
        name = predicate if isinstance(predicate, str) else predicate.value
        return [value.value for value in self.said[node].get(name, ())] if node in self.said else []

    def maybe(self, node: str, predicate: ox.NamedNode) -> str | None:
        return next(iter(self.values(node, predicate)), None)

    def one(self, node: str, predicate: ox.NamedNode) -> str:
        value = self.maybe(node, predicate)
        if value is None:
            raise StoreError(
                f"{node} has no {predicate.value}: the graph is damaged; build the document again"
            )
        return value

    def term(self, node: str, predicate: ox.NamedNode) -> Any:
        """One of the model's values: `affirmed` for kg:affirmed."""
        return self.one(node, predicate).removeprefix(iris.KG)

    def maybe_term(self, node: str, predicate: ox.NamedNode) -> Any:
        value = self.maybe(node, predicate)
        return None if value is None else value.removeprefix(iris.KG)

    def ordered(self, node: str, *lists: list[Any]) -> list[list[Any]]:
        """Sorted lists put back into the order they were written in."""
        order = self.maybe(node, KG.order)
        if order is None:
            return list(lists)
        ranks = order.split(",")
        return [[values[int(r)] for r in rank.split()] for values, rank in zip(lists, ranks, strict=True)]


class _Parser:
    """Reads the nodes of one document."""

    def __init__(self, nodes: _Nodes, document_node: str) -> None:
        self.nodes = nodes
        self.document = self.article(document_node)
        own = (document_node, nodes.maybe(document_node, SCHEMA.publisher))
        self.own_voice = {node for node in own if node is not None}
        self.actors: dict[str, Actor] = {}

    def parse(self) -> tuple[Document, list[Claim], list[Event]]:
        claims = [self.claim(node) for node in self.nodes.of_type(KG.Claim)]
        claims.sort(key=lambda c: (c.sentence, c.statement.relation.start, c.id))
        events = [self.event(node) for node in self.nodes.of_type(KG.Event)]
        events.sort(key=lambda e: (e.sentence, e.text.start, e.id))
        return self.document, claims, events

    def article(self, node: str) -> Document:
        publisher = self.nodes.maybe(node, SCHEMA.publisher)
        return Document(
            id=self.nodes.one(node, DCT.identifier),
            text=self.nodes.one(node, NIF.isString),
            title=self.nodes.maybe(node, SCHEMA.headline),
            publisher=None if publisher is None else self.nodes.one(publisher, RDFS.label),
            url=self.nodes.maybe(node, SCHEMA.url),
            published=self.nodes.maybe(node, SCHEMA.datePublished),
            language=self.nodes.one(node, SCHEMA.inLanguage),
        )

    # pieces of text

    def words(self, node: str) -> Span:
        """The words of a mention and where they stand."""
        words, start = self.nodes.one(node, NIF.anchorOf), int(self.nodes.one(node, NIF.beginIndex))
        return Span(words, start, start + len(words))

    def span(self, node: str) -> Span:
        """The words that a claim, statement or event points to."""
        return self.document.span(*span_of(self.nodes.one(node, KG.span)))

    def sentence(self, node: str) -> int:
        return iris.sentence_index(self.nodes.one(node, KG.inSentence))

    def phrase(self, node: str) -> Phrase:
        words, target = self.words(node), self.nodes.maybe(node, KG.refersTo)
        nested = None if target is None else iris.claim_of(target)
        (members,) = self.nodes.ordered(node, self.actors_of(node, KG.member))
        return Phrase(
            *(words.text, words.start, words.end),
            actor=self.actor(target) if target is not None and nested is None else None,
            statement=nested,
            members=tuple(members),
            reason=self.nodes.maybe(node, KG.reason),
        )

    def place(self, node: str, entity: ox.NamedNode, words: ox.NamedNode) -> Phrase | None:
        """What fills a place: its words, which are beside an actor or a statement."""
        return self.optional(self.phrase, self.nodes.maybe(node, words) or self.nodes.maybe(node, entity))

    @staticmethod
    def optional(read: Callable[[str], T], node: str | None) -> T | None:
        return None if node is None else read(node)

    # actors

    def actor(self, node: str) -> Actor:
        if node not in self.actors:
            self.actors[node] = self.read_actor(node)
        return self.actors[node]

    def actors_of(self, node: str, predicate: ox.NamedNode) -> list[Actor]:
        """The actors that a property points to, sorted by id."""
        return sorted((self.actor(a) for a in self.nodes.values(node, predicate)), key=lambda a: a.id)

    def read_actor(self, node: str) -> Actor:
        match = self.nodes.maybe(node, SKOS.exactMatch)
        roles = [self.role(r) for r in self.nodes.memberships(node)]
        return Actor(
            id=iris.actor_id(node),
            label=self.nodes.one(node, RDFS.label),
            type=self.nodes.one(node, KG.actorType),
            country=self.nodes.maybe(node, KG.countryCode),
            sector=self.nodes.maybe(node, KG.sector),
            wikidata=None if match is None else match.removeprefix(iris.WIKIDATA),
            known=KG.Actor.value in self.nodes.values(node, RDF.type),
            roles=tuple(sorted(roles, key=lambda r: (r.start or "", r.end or "9999", r.office, r.title))),
        )

    def role(self, node: str) -> Role:
        return Role(
            office=self.nodes.one(node, KG.office),
            title=self.nodes.one(node, RDFS.label),
            country=self.nodes.maybe(node, KG.countryCode),
            sector=self.nodes.maybe(node, KG.sector),
            start=self.nodes.maybe(node, KG.since),
            end=self.nodes.maybe(node, KG.until),
        )

    # statements and claims

    def statement(self, node: str) -> Statement:
        (arguments,) = self.nodes.ordered(node, sorted(self.arguments(node), key=in_text))
        return Statement(
            subject=self.place(node, RDF.subject, KG.subjectMention),
            relation=self.relation(node),
            object=self.place(node, RDF.object, KG.objectMention),
            arguments=tuple(arguments),
            when=self.optional(self.when, self.nodes.maybe(node, KG.when)),
            where=self.optional(self.phrase, self.nodes.maybe(node, KG.where)),
        )

    def relation(self, node: str) -> Relation:
        words, relation = self.span(node), self.nodes.one(node, RDF.predicate)
        lemma, kind = self.nodes.one(relation, RDFS.label), self.nodes.one(relation, RDF.type)
        if kind not in _VOICES:
            raise StoreError(f"{relation} is a {kind} and no relation: the graph is damaged; build it again")
        return Relation(words.text, words.start, words.end, lemma, _VOICES[kind])

    def arguments(self, node: str) -> Iterator[Argument]:
        for predicate in self.nodes.predicates(node):
            role = iris.argument_role(predicate)
            if role is None:
                continue
            for mention in self.nodes.values(node, predicate):
                phrase, preposition = self.phrase(mention), self.nodes.maybe(mention, KG.preposition)
                yield Argument(
                    *(phrase.text, phrase.start, phrase.end),
                    **vars(phrase),
                    role=role,
                    preposition=preposition,
                )

    def when(self, node: str) -> When:
        words = self.words(node)
        return When(
            *(words.text, words.start, words.end),
            value=self.nodes.maybe(node, KG.value),
            precision=self.nodes.maybe_term(node, KG.datePrecision),
            basis=self.nodes.term(node, KG.dateBasis),
        )

    def claim(self, node: str) -> Claim:
        nested_in, source = self.nodes.maybe(node, KG.nestedIn), self.nodes.one(node, KG.source)
        quoted = source not in self.own_voice
        return Claim(
            document=self.document.id,
            sentence=self.sentence(node),
            evidence=self.span(node),
            statement=self.statement(self.nodes.one(node, KG.states)),
            polarity=self.nodes.term(node, KG.polarity),
            modality=self.nodes.term(node, KG.modality),
            factuality=self.nodes.term(node, KG.factuality),
            tense=self.nodes.term(node, KG.tense),
            speaker=self.place(node, KG.source, KG.sourceMention) if quoted else None,
            cue=self.nodes.maybe(node, KG.cue),
            nested_in=None if nested_in is None else nested_in.removeprefix(iris.ID),
            confidence=float(self.nodes.one(node, KG.confidence)),
            found_by=self.nodes.one(node, KG.foundBy),
        )

    # events

    def event(self, node: str) -> Event:
        type_node = self.nodes.one(node, SEM.eventType)
        kind = iris.event_term(type_node)
        contexts = sorted(iris.event_context_name(c) for c in self.nodes.values(node, KG.context))
        actors, recipients, contexts = self.nodes.ordered(
            node, self.actors_of(node, KG.actor), self.actors_of(node, KG.recipient), contexts
        )
        return Event(
            claim=iris.claim_of(self.nodes.one(node, KG.codes)) or "",
            document=self.document.id,
            sentence=self.sentence(node),
            type=kind,
            mode=self.optional(
                lambda mode: iris.event_term(mode).removeprefix(f"{kind}-"), self.nodes.maybe(node, KG.mode)
            ),
            contexts=tuple(contexts),
            cameo=self.optional(iris.cameo_code, self.nodes.maybe(node, KG.cameo)),
            quad=self.quad(type_node),
            score=self.optional(float, self.nodes.maybe(node, KG.score)),
            goldstein=self.optional(float, self.nodes.maybe(node, KG.goldstein)),
            actors=tuple(actors),
            recipients=tuple(recipients),
            date=self.nodes.maybe(node, KG.date),
            date_precision=self.nodes.maybe_term(node, KG.datePrecision),
            date_basis=self.nodes.maybe_term(node, KG.dateBasis),
            place=self.optional(self.phrase, self.nodes.maybe(node, KG.where)),
            realis=self.nodes.one(node, KG.realis),
            speaker=self.optional(self.actor, self.nodes.maybe(node, KG.source)),
            text=self.span(node),
            confidence=float(self.nodes.one(node, KG.confidence)),
            original_type=self.optional(iris.event_term, self.nodes.maybe(node, KG.originalType)),
            implied=self.implied(node),
        )

    def implied(self, event: str) -> tuple[Side, ...]:
        """The sides of an event that its sentence does not name."""
        found = self.nodes.values(event, KG.implied)
        sides: dict[str, Side] = {KG.actor.value: "actors", KG.recipient.value: "recipients"}
        return tuple(side for kind, side in sides.items() if kind in found)

    def quad(self, kind: str) -> int | None:
        """The quad class of a type, which only a user's own may lack."""
        own = KG.OwnType.value in self.nodes.values(kind, RDF.type)
        found = self.nodes.maybe(kind, KG.quadClass) if own else self.nodes.one(kind, KG.quadClass)
        return self.optional(iris.quad_number, found)
