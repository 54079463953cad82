"""A folder of articles that changes, and the store that keeps up with it."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, cast

from kg import copies, iris, pipeline, rdf
from kg.actors.judgements import lines as decision_lines
from kg.errors import InputError, StoreError
from kg.model import Document
from kg.parsing.models import DEFAULT_MODEL
from kg.pipeline import BuildReport
from kg.reading import read
from kg.store import open_store
from kg.workers import Workers

if TYPE_CHECKING:
    from kg.store import Store

Status = Literal["unchanged", "new", "changed", "moved", "deleted"]


@dataclass(frozen=True)
class Change:
    """What has become of a document since the store last saw it."""

    document: str
    status: Status
    before: str | None = None  # the id of one that was moved
    copy_of: str | None = None  # the first document in the folder that it nearly repeats

    def record(self) -> dict[str, str | None]:
        """The change as a dictionary, for JSON lines."""
        found = {"document": self.document, "status": self.status, "copy_of": self.copy_of}
        return found if self.before is None else {**found, "before": self.before}


@dataclass
class SyncReport:
    """What a sync found and did, and what could not be read or understood."""

    changes: list[Change] = field(default_factory=list)  # all but what is unchanged
    counts: Counter[Status] = field(default_factory=Counter)
    problems: list[InputError] = field(default_factory=list)
    built: BuildReport = field(default_factory=BuildReport)
    copies: dict[str, str] = field(default_factory=dict)  # document → the first that it nearly repeats
    pruned: bool = False


def sync(
    folder: str | os.PathLike[str],
    store: Store,
    *,
    prune: bool = False,
    model: str = DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    workers: Workers = 1,
    progress: Callable[[Document], None] = lambda _: None,
    type_table: Path | None = None,
    **reading: Any,
) -> SyncReport:
    """Makes a store say what a folder says: new and changed documents are read, moved ones get their new id.

    What is gone from the folder is told, and taken out with `prune`, unless something could not be read.
    Which documents nearly repeat which is kept in the store (kg:copyOf), so that a report counts once.
    `reading` is handed to `read`; the rest is as for `build`. Raises InputError for a folder that is not
    the store's.
    """
    report, base = SyncReport(), _base(folder, store)
    made_by = pipeline.made_with(model, actor_table, type_table)
    with tempfile.TemporaryFile() as waiting:
        documents = read([folder], base=base, on_error=report.problems.append, **reading)
        found = _compare(documents, store, pipeline.UpToDate(store, made_by, judgements), waiting)
        report.counts.update(change.status for change in found)
        report.changes = [change for change in found if change.status != "unchanged"]
        report.pruned = prune and not report.problems
        for change in report.changes:
            if change.before is not None:
                store.remove(change.before)
            elif change.status == "deleted" and report.pruned:
                store.remove(change.document)
        store.keep_base(base)
        report.built = pipeline.build(
            _kept(waiting), store, model, actor_table, judgements, progress, workers, type_table
        )
        report.copies = {c.document: c.copy_of for c in found if c.copy_of is not None}
        _keep_copies(store, report.copies)
    return report


def _keep_copies(store: Store, copies: dict[str, str]) -> None:
    """Remembers the copies among the documents that the store has."""
    there = store.documents()
    store.keep_copies({copy: first for copy, first in copies.items() if copy in there and first in there})


def watch(
    folder: str | os.PathLike[str], location: str | Path, *, every: float = 2.0, **options: Any
) -> Iterator[SyncReport]:
    """Syncs a folder with the store at a location now and whenever something in it has changed.

    It looks every so many seconds, and waits for a file that is still being written. The store is free in
    between. `options` as for `sync`.
    """
    how = (options.get(name) for name in ("actor_table", "judgements", "type_table"))
    pipeline.require_usable(options.get("model", DEFAULT_MODEL), *how)
    seen: dict[str, tuple[int, int]] | None = None
    while True:
        there = _files(folder)
        if there != seen and there == _later(folder, every if seen is not None else 0):
            with open_store(location, create=True) as store:
                report = sync(folder, store, **options)
            seen = there
            yield report
        else:
            time.sleep(every)


def rebuild(
    location: str | Path,
    model: str = DEFAULT_MODEL,
    actor_table: Path | None = None,
    judgements: Path | None = None,
    progress: Callable[[Document], None] = lambda _: None,
    workers: Workers = 1,
    type_table: Path | None = None,
) -> BuildReport:
    """Reads all articles of a store in a folder anew, from the texts that it keeps, whichever kg wrote it.

    The new store is made beside the old one and takes its place when it is whole. What cannot be understood
    is not in the new one, so then the old one stays beside it, as `….old`. Without a file of decisions
    (`judgements`) or of event types (`type_table`), those hold with which the store was built. Otherwise as
    `build`.
    """
    pipeline.require_usable(model, actor_table, judgements, type_table)
    place = Path(location)
    new, old = place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")
    if old.exists():
        raise StoreError(f"{old} is in the way: a rebuild left it; remove it, or move it back to {place}")
    with open_store(place, read_only=True, any_version=True) as before, open_store(new, create=True) as after:
        if (base := before.base()) is not None:
            after.keep_base(base)
        there: set[str] = set()

        def stored() -> Iterator[Document]:
            for document in _stored(before):
                there.add(document.id)
                yield document

        with (
            _as_file(
                "judgements.jsonl", judgements, [f"{line}\n" for line in before.judgements()]
            ) as decided,
            _as_file("types.csv", type_table, ["\n".join(before.types())]) as own,
        ):
            report = pipeline.build(stored(), after, model, actor_table, decided, progress, workers, own)
        _keep_copies(after, before.copies())
        for gone in after.documents().keys() - there:  # taken out since a rebuild that was stopped
            after.remove(gone)
        after.derive()
    place.rename(old)
    new.rename(place)
    if not report.lost:
        shutil.rmtree(old)
    return report


def honour(
    store: Store,
    judgements: Path,
    actor_table: Path | None = None,
    progress: Callable[[Document], None] = lambda _: None,
    workers: Workers = 1,
) -> BuildReport:
    """Makes a store honour the decisions of a file as they stand now, at once.

    Only the documents that a new or an undone decision concerns are read anew, from the texts that the store
    keeps, each by the model that read it before; then the store is as if it had been built with the file.
    Raises InputError where they were read with another table of actors, ModelError without their model.
    """
    known, copies_of, report = store.made_by(), store.copies(), BuildReport()
    made_by = {id: known.get(id, []) for id in waiting(store, judgements)}
    with _as_file("types.csv", None, ["\n".join(store.types())]) as own:
        for model, ids in _by_model(made_by).items():
            _require_tables(made_by, ids, pipeline.made_with(model, actor_table, own))
            documents = _stored(store, ids)
            part = pipeline.build(documents, store, model, actor_table, judgements, progress, workers, own)
            report = report.joined(part)
    if made_by:
        _keep_copies(store, copies_of)
    elif judgements.exists():  # they concern nobody here yet, but a rebuild takes them along
        store.keep_judgements(decision_lines(judgements))
    return report


def waiting(store: Store, judgements: Path) -> list[str]:
    """The documents of a store that `honour` would read anew."""
    return sorted(pipeline.UpToDate(store, (), judgements).stale)


def _by_model(made_by: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Documents by the name of the model that read them."""
    found: dict[str, list[str]] = {}
    for id, names in made_by.items():
        model = next((n for n in names if " " not in n and not n.startswith(("kg-", "file-"))), DEFAULT_MODEL)
        found.setdefault(model.rpartition("-")[0] or model, []).append(id)
    return found


def _require_tables(made_by: Mapping[str, Sequence[str]], ids: Iterable[str], now: Sequence[str]) -> None:
    tables = {name for name in now if name.startswith("file-")}
    for id in ids:
        if {name for name in made_by[id] if name.startswith("file-")} != tables:
            raise InputError(
                f"{id} was read with another table of actors, so the decision waits for the next kg build; "
                "name that table with --actors to have it at once"
            )


@contextmanager
def _as_file(name: str, given: Path | None, kept: Sequence[str]) -> Iterator[Path | None]:
    """A file that is given, or where there is none, one of that name with what the store kept of it."""
    text = "".join(kept)
    if not text or (given is not None and given.exists()):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="kept-in-the-store-") as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode())
        yield file


def _stored(store: Store, ids: Iterable[str] | None = None) -> Iterator[Document]:
    """The documents of a store, or some: of their graphs, only what every version of kg has written."""
    for graph in store.graphs() if ids is None else map(iris.graph, ids):
        quads = list(store.quads(graph))
        for article in (q.subject for q in quads if q.object == rdf.SCHEMA.NewsArticle):
            yield _document(store, [q for q in quads if q.subject == article], quads)


def _document(store: Store, said: list[Any], quads: list[Any]) -> Document:
    values = {quad.predicate: quad.object for quad in said}
    publisher = values.get(rdf.SCHEMA.publisher)
    names = (q.object.value for q in quads if q.subject == publisher and q.predicate == rdf.RDFS.label)

    def text(predicate: Any) -> str | None:
        return values[predicate].value if predicate in values else None

    return Document(
        text(rdf.DCT.identifier) or "",
        text(rdf.NIF.isString) or "",
        text(rdf.SCHEMA.headline),
        next(names, None),
        text(rdf.SCHEMA.url),
        text(rdf.SCHEMA.datePublished),
        text(rdf.SCHEMA.inLanguage) or "en",
    )


def _base(folder: str | os.PathLike[str], store: Store) -> str:
    """The folder that ids are relative to: the store's, which must be this one, unless it has moved."""
    here, base = os.path.abspath(folder), store.base()
    if not os.path.isdir(here):
        raise InputError(f"{os.fspath(folder)}: not a folder; name the one that the store keeps up with")
    if base is not None and base != here and os.path.isdir(base):
        raise InputError(
            f"{os.fspath(folder)}: the store keeps up with {base}; sync that, or name another store"
        )
    return here


def _compare(
    documents: Iterable[Document], store: Store, kept: pipeline.UpToDate, waiting: IO[bytes]
) -> list[Change]:
    """What has become of every document; those that are to be read wait in a file, not in memory."""
    known, near = store.documents(), copies.Copies[str]()
    found: dict[str, Change] = {}
    texts: dict[str, int] = {}  # of new documents
    for document in documents:
        status = _status(document, known, kept)
        first = near.add(document.id, copies.sketch(document.text))
        copy_of = None if first == document.id else first
        found[document.id] = Change(document.id, status, copy_of=copy_of)
        if status == "new":
            texts[document.id] = hash(document.text)
        if status != "unchanged":
            pickle.dump(document, waiting)
    gone = [document for document in known if document not in found]
    moved = _moved(store, gone, texts) if texts else {}
    for new, old in moved.items():
        found[new] = replace(found[new], status="moved", before=old)
    left = (old for old in gone if old not in set(moved.values()))
    return [*found.values(), *(Change(old, "deleted") for old in left)]


def _status(document: Document, known: Collection[str], kept: pipeline.UpToDate) -> Status:
    if document.id not in known:
        return "new"
    return "unchanged" if document in kept else "changed"


def _moved(store: Store, gone: list[str], texts: dict[str, int]) -> dict[str, str]:
    """New documents whose text one that is gone had: new id → old id, each once."""
    had: dict[int, list[str]] = {}
    for document in gone:
        had.setdefault(hash(_text(store, document)), []).append(document)
    return {new: had[text].pop(0) for new, text in texts.items() if had.get(text)}


def _text(store: Store, document: str) -> str | None:
    """The text of a stored document."""
    quads = store.quads(iris.graph(document))
    return next((cast(str, q.object.value) for q in quads if q.predicate == rdf.NIF.isString), None)  # type: ignore[union-attr]


def _kept(waiting: IO[bytes]) -> Iterator[Document]:
    waiting.seek(0)
    while True:
        try:
            yield pickle.load(waiting)  # written by ourselves, into a file without a name
        except EOFError:
            return


def _files(folder: str | os.PathLike[str]) -> dict[str, tuple[int, int]]:
    """The files below a folder with time and size, by which a change is seen."""
    found: dict[str, tuple[int, int]] = {}
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (os.path.join(where, name) for name in names):
            try:
                stat = os.stat(path)
            except OSError:  # gone in this moment
                continue
            found[path] = stat.st_mtime_ns, stat.st_size
    return found


def _later(folder: str | os.PathLike[str], seconds: float) -> dict[str, tuple[int, int]]:
    time.sleep(seconds)
    return _files(folder)
