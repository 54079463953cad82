"""The parts joined: documents in, what they say out, and a store that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg import ids
from kg.actors.index import Gazetteer
from kg.actors.index import load as load_actors
from kg.actors.judgements import Decision, Decisions
from kg.actors.judgements import read as read_judgements
from kg.actors.linking import link
from kg.claims import extract as extract_claims
from kg.claims.times import dated
from kg.coding.coder import code
from kg.model import Actor, Claim, Document, Event, Judgement, Phrase
from kg.parsing import pipelines
from kg.parsing.tree import Sentence
from kg.time.find import Expression, expressions

if TYPE_CHECKING:
    from kg.actors.mentions import Mentions
    from kg.store import Store

P = TypeVar("P", bound=Phrase)
DESCRIBING = ("title", "apposition")  # claims that say what somebody is


@dataclass(frozen=True)
class Analysis:
    """What one document says: its sentences, who is mentioned in them, its claims and events."""

    document: Document
    sentences: list[Sentence]
    mentions: Mentions
    claims: list[Claim]
    events: list[Event]

    def known_actors(self) -> Iterator[Actor]:
        """The actors of the tables that the document mentions."""
        yield from (j.actor for j in self.mentions.all if j.actor is not None and j.actor.known)


def analyse(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
) -> Iterator[Analysis]:
    """Reads documents one by one, in their order; parsing runs ahead by a batch.

    `actor_table` is a user's CSV of actors, `judgements` a file of decisions about who is who. Raises
    ModelError, TableError or InputError before the first document is read.
    """
    pipelines.load(model)
    gazetteer = load_actors(actor_table)
    decisions = Decisions(read_judgements(judgements) if judgements else [])
    kept, texts = _tee(documents)
    for sentences in pipelines.parse(texts, model):
        yield understand(kept.pop(0), sentences, gazetteer, decisions)


def understand(
    document: Document,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
) -> Analysis:
    """What a document says, from its sentences as `parse` gives them."""
    mentions = link(document, sentences, gazetteer)
    if decisions is not None:
        mentions = decisions.apply(document, mentions, gazetteer)
    times = expressions(document.text, document.published, sentences)
    found = extract_claims(document, sentences)
    claims = [attach(dated(c, times, sentences[c.sentence]), mentions) for c in found]
    return Analysis(document, sentences, mentions, claims, code(claims, mentions, document, sentences))


def _tee(documents: Iterable[Document]) -> tuple[list[Document], Iterator[str]]:
    """The documents' texts for the parser, and a list that holds those it has taken."""
    kept: list[Document] = []

    def texts() -> Iterator[str]:
        for document in documents:
            kept.append(document)
            yield document.text

    return kept, texts()


def attach(claim: Claim, mentions: Mentions) -> Claim:
    """The claim with its phrases linked to the actors that the document mentions there."""

    def linked(phrase: P) -> P:
        if phrase.statement is not None:
            return phrase
        judgement = mentions.at(phrase.head)
        if judgement is None:
            return phrase
        return replace(
            phrase, actor=judgement.actor, members=mentions.members(phrase.head), reason=judgement.reason
        )

    s = claim.statement
    statement = replace(
        s,
        subject=s.subject and linked(s.subject),
        object=s.object and linked(s.object),
        arguments=tuple(linked(a) for a in s.arguments),
        where=s.where and linked(s.where),
    )
    if statement.subject and statement.object and claim.found_by in DESCRIBING:
        same = statement.object.actor == statement.subject.actor  # "President" is a role of Trump's here
        described = replace(statement.object, actor=None) if same else statement.object
        statement = replace(statement, object=described)
    return replace(claim, statement=statement, speaker=claim.speaker and linked(claim.speaker))


def extract(
    document: Document | str, model: str = pipelines.DEFAULT_MODEL, actor_table: Path | None = None
) -> list[Claim]:
    """The claims of one document, or of a text without date and publisher, in the order of the text.

    Stores nothing.
    """
    return _only(document, model, actor_table).claims


def events(
    document: Document | str, model: str = pipelines.DEFAULT_MODEL, actor_table: Path | None = None
) -> list[Event]:
    """The coded events of one document or text. Stores nothing."""
    return _only(document, model, actor_table).events


def mentions(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
) -> Iterator[tuple[Document, Judgement]]:
    """Every mention of somebody in documents, in text order: whom it is taken for, or nobody, and why."""
    for analysis in analyse(documents, model, actor_table, judgements):
        for judgement in analysis.mentions.all:
            yield analysis.document, judgement


def dates(
    documents: Iterable[Document], model: str = pipelines.DEFAULT_MODEL
) -> Iterator[tuple[Document, Expression]]:
    """Every expression of time that has a value, in text order, whether or not a claim has it."""
    kept, texts = _tee(documents)
    for sentences in pipelines.parse(texts, model):
        document = kept.pop(0)
        for expression in expressions(document.text, document.published, sentences):
            yield document, expression


def judgements(file: Path) -> list[Decision]:
    """The decisions about who is who in a file that are in force; none where there is no file."""
    return Decisions(read_judgements(file)).in_force


def _only(document: Document | str, model: str, actor_table: Path | None) -> Analysis:
    known = Document("text", document) if isinstance(document, str) else document
    return next(analyse([known], model, actor_table))


@dataclass
class BuildReport:
    """What a build did: documents written, those that were up to date, claims and events in the written."""

    written: int = 0
    unchanged: int = 0
    claims: int = 0
    events: int = 0


def build(
    documents: Iterable[Document],
    store: Store,
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    progress: Callable[[Document], None] = lambda _: None,
) -> BuildReport:
    """Analyses documents and keeps them in the store; those that it has already are left as they are.

    A changed document replaces its graph. What is written stays if the build is interrupted, and the
    same build started again goes on from there. `progress` hears of every document that is done.
    """
    from kg import rdf

    report = BuildReport()
    made_by = made_with(model, actor_table, judgements)
    known = {id: stored.content_hash for id, stored in store.documents().items()}

    def changed() -> Iterator[Document]:
        for document in documents:
            if known.get(document.id) == rdf.content_hash(document, made_by):
                report.unchanged += 1
                progress(document)
            else:
                yield document

    def graphs() -> Iterator[list[Any]]:
        for analysis in analyse(changed(), model, actor_table, judgements):
            document = analysis.document
            report.written += 1
            report.claims += len(analysis.claims)
            report.events += len(analysis.events)
            yield [
                *rdf.document_quads(document, analysis.sentences, analysis.claims, analysis.events),
                *rdf.provenance_quads(document, made_by),
                *rdf.actor_quads({a.id: a for a in analysis.known_actors()}.values()),
            ]
            progress(document)

    store.put_many(graphs())
    store.derive()  # cheap where nothing changed; a build killed before this is made whole here
    store.flush()
    return report


def made_with(model: str, *files: Path | None) -> tuple[str, ...]:
    """What reads documents: kg, the model, the user's files by content. Another one reads them anew."""
    contents = [f.read_bytes() for f in files if f is not None and f.exists()]
    names = [f"kg-{version('geopolitical-kg')}", pipelines.model_version(model)]
    return (*names, *(ids.content_id("file", content.hex()) for content in contents))
