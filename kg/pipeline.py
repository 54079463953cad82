"""The parts joined: documents in, what they say out, and a store that keeps it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import chain
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
from kg.errors import DocumentError
from kg.model import Actor, Claim, Document, Event, Judgement, Phrase
from kg.parsing import models, pipelines
from kg.parsing.tree import Sentence
from kg.time.find import Expression, expressions

if TYPE_CHECKING:
    from kg.actors.mentions import Mentions
    from kg.store import Store

P = TypeVar("P", bound=Phrase)
log = logging.getLogger("kg")
DESCRIBING = ("title", "apposition")  # claims that say what somebody is
TOGETHER = 10_000  # characters: some 32 paragraphs, which the parser takes at a time
LEFT_OUT = "the document is left out"


@dataclass(frozen=True)
class Analysis:
    """What one document says: its sentences, who is mentioned in them, its claims and events."""

    document: Document
    sentences: list[Sentence]
    mentions: Mentions
    claims: list[Claim]
    events: list[Event]
    lost: tuple[DocumentError, ...] = ()  # sentences without claims, claims without events

    def known_actors(self) -> Iterator[Actor]:
        """The actors of the tables that the document mentions."""
        yield from (j.actor for j in self.mentions.all if j.actor is not None and j.actor.known)


# What a document gives, as a value that goes from process to process: what it says, or why that is lost.
Outcome = Analysis | DocumentError
OnError = Callable[[DocumentError], None]


def warn(error: DocumentError) -> None:
    """Says what is lost in the log "kg": what becomes of it where nobody asks for it."""
    log.warning("%s", error)


def analyse(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    on_error: OnError = warn,
) -> Iterator[Analysis]:
    """Reads documents one by one, in their order; parsing runs ahead by a few.

    `actor_table` is a user's CSV of actors, `judgements` a file of decisions about who is who. A document
    that cannot be understood is left out, and goes to `on_error`, as does each sentence or claim that is
    lost of another; without it they are logged. Raises ModelError, TableError or InputError before the
    first document is analysed.
    """
    documents = iter(documents)
    first = next(documents, None)
    if first is None:  # nothing to load the model for
        return
    gazetteer = load_actors(actor_table)
    pipelines.load(model)
    decisions = Decisions(read_judgements(judgements) if judgements else [])
    for document, sentences in _parsed(chain([first], documents), model):
        found = outcome(document, sentences, gazetteer, decisions)
        if isinstance(found, DocumentError):
            on_error(found)
            continue
        for lost in found.lost:
            on_error(lost)
        yield found


def outcome(
    document: Document,
    sentences: list[Sentence] | DocumentError,
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
) -> Outcome:
    """What a document says, or the error that says why it is left out: every document stands alone."""
    if isinstance(sentences, DocumentError):
        return sentences
    try:
        return understand(document, sentences, gazetteer, decisions)
    except Exception as error:
        return DocumentError.of(document.id, LEFT_OUT, error)


def understand(
    document: Document,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
) -> Analysis:
    """What a document says, from its sentences as `parse` gives them."""
    lost: list[DocumentError] = []
    mentions = link(document, sentences, gazetteer)
    if decisions is not None:
        mentions = decisions.apply(document, mentions, gazetteer)
    times = expressions(document.text, document.published, sentences)
    found = extract_claims(document, sentences, lost.append)
    claims = [attach(dated(c, times, sentences[c.sentence]), mentions) for c in found]
    events = code(claims, mentions, document, sentences, lost.append)
    return Analysis(document, sentences, mentions, claims, events, tuple(lost))


def _parsed(
    documents: Iterable[Document], model: str
) -> Iterator[tuple[Document, list[Sentence] | DocumentError]]:
    """Documents with their sentences. They are parsed a few at a time, and where that fails each alone."""
    for group in _groups(documents):
        yield from zip(group, _parsed_together(group, model), strict=True)


def _parsed_together(group: list[Document], model: str) -> Sequence[list[Sentence] | DocumentError]:
    try:
        return list(pipelines.parse((d.text for d in group), model))
    except Exception:  # it is told of the document that causes it
        return [_parsed_alone(d, model) for d in group]


def _parsed_alone(document: Document, model: str) -> list[Sentence] | DocumentError:
    try:
        return next(pipelines.parse([document.text], model))
    except Exception as error:
        return DocumentError.of(document.id, LEFT_OUT, error)


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents with at least TOGETHER characters between them."""
    group: list[Document] = []
    for document in documents:
        group.append(document)
        if sum(len(d.text) for d in group) >= TOGETHER:
            yield group
            group = []
    if group:
        yield group


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

    Stores nothing. Raises DocumentError for a document that cannot be understood; of a sentence that cannot
    be it warns.
    """
    return _only(document, model, actor_table).claims


def events(
    document: Document | str, model: str = pipelines.DEFAULT_MODEL, actor_table: Path | None = None
) -> list[Event]:
    """The coded events of one document or text. Stores nothing. Raises and warns as `extract` does."""
    return _only(document, model, actor_table).events


def mentions(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    on_error: OnError = warn,
) -> Iterator[tuple[Document, Judgement]]:
    """Every mention of somebody in documents, in text order: whom it is taken for, or nobody, and why.

    `on_error` as for `analyse`.
    """
    for analysis in analyse(documents, model, actor_table, judgements, on_error):
        for judgement in analysis.mentions.all:
            yield analysis.document, judgement


def dates(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    on_error: OnError = warn,
) -> Iterator[tuple[Document, Expression]]:
    """Every expression of time that has a value, in text order, whether or not a claim has it.

    `on_error` as for `analyse`.
    """
    pipelines.load(model)
    for document, sentences in _parsed(documents, model):
        found = _expressions(document, sentences)
        if isinstance(found, DocumentError):
            on_error(found)
            continue
        for expression in found:
            yield document, expression


def _expressions(
    document: Document, sentences: list[Sentence] | DocumentError
) -> list[Expression] | DocumentError:
    if isinstance(sentences, DocumentError):
        return sentences
    try:
        return list(expressions(document.text, document.published, sentences))
    except Exception as error:
        return DocumentError.of(document.id, LEFT_OUT, error)


def judgements(file: Path) -> list[Decision]:
    """The decisions about who is who in a file that are in force; none where there is no file."""
    return Decisions(read_judgements(file)).in_force


def _raise_left_out(error: DocumentError) -> None:
    if error.lost == LEFT_OUT:
        raise error
    warn(error)


def _only(document: Document | str, model: str, actor_table: Path | None) -> Analysis:
    known = Document("text", document) if isinstance(document, str) else document
    for analysis in analyse([known], model, actor_table, on_error=_raise_left_out):
        return analysis
    raise AssertionError("a document is either understood or an error")


@dataclass
class BuildReport:
    """What a build did: documents written, those that were up to date, claims and events in the written,
    and what is lost: documents that are left out, parts of those that are written."""

    written: int = 0
    unchanged: int = 0
    claims: int = 0
    events: int = 0
    lost: list[DocumentError] = field(default_factory=list)


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
    same build started again goes on from there. `progress` hears of every document that is written or was
    up to date. The store keeps what it has of a document that cannot be understood, and every build tries
    again what is not whole.
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
        for analysis in analyse(changed(), model, actor_table, judgements, report.lost.append):
            quads = _quads(analysis, made_by)
            if isinstance(quads, DocumentError):
                report.lost.append(quads)
                continue
            report.written += 1
            report.claims += len(analysis.claims)
            report.events += len(analysis.events)
            yield quads
            progress(analysis.document)

    store.put_many(graphs())
    store.derive()  # cheap where nothing changed; a build killed before this is made whole here
    store.flush()
    return report


def _quads(analysis: Analysis, made_by: tuple[str, ...]) -> list[Any] | DocumentError:
    """All that the store keeps of a document."""
    from kg import rdf

    document = analysis.document
    try:
        return [
            *rdf.document_quads(document, analysis.sentences, analysis.claims, analysis.events),
            *rdf.provenance_quads(document, made_by, lost=[error.lost for error in analysis.lost]),
            *rdf.actor_quads({a.id: a for a in analysis.known_actors()}.values()),
        ]
    except Exception as error:
        return DocumentError.of(document.id, LEFT_OUT, error)


def made_with(model: str, *files: Path | None) -> tuple[str, ...]:
    """What reads documents: kg, the model, the user's files by content. Another one reads them anew."""
    contents = [f.read_bytes() for f in files if f is not None and f.exists()]
    names = [f"kg-{version('geopolitical-kg')}", models.version(model)]
    return (*names, *(ids.content_id("file", content.hex()) for content in contents))
