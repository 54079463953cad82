"""The embedded store: Oxigraph in a folder of its own (RocksDB), or in memory."""

from __future__ import annotations

import os
import re
import shutil
import stat
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any, Self, TypeVar, cast

import pyoxigraph as ox

from kg import iris, rdf
from kg.errors import BusyStoreError, QueryError, StoreError
from kg.store import guard
from kg.store.kept import Kept
from kg.store.packed import PIECE, Article, Packed, packed
from kg.store.results import Answer, Rows, StoredDocument, Triples, answer, stored_documents
from kg.store.snapshot import Snapshot
from kg.store.sparql import (
    DERIVED,
    DOCUMENTS,
    MERGED,
    PROVENANCE,
    Layout,
    derived_from,
)

_BATCH = 16_000_000  # characters of N-Quads per bulk load, some 30 articles: larger ones gain little
_SIGNS = 300
_FAULTS = (OSError, RuntimeError, ValueError)  # what pyoxigraph raises where a disk or a file is bad
_DEFAULT = ox.DefaultGraph()
PATIENCE = 5.0  # seconds of a query before it is looked whether its store can be read
_MANY = 1_000_000  # terms that are kept in memory to look them up
T = TypeVar("T")


class OxigraphStore(Kept):
    """A store in a folder, or in memory without one.

    One process at a time writes in a folder; with `read_only` it is seen as it is now, by any number of them.
    """

    def __init__(self, path: str | Path | None = None, create: bool = True, read_only: bool = False) -> None:
        self.path = None if path is None else Path(path)
        self.is_read_only = read_only and path is not None
        self._snapshot: Snapshot | None = None
        self._new: set[str] = set()  # graphs that came since the derived one was made
        self._is_readable = False  # where that has been looked at
        self._open: ox.Store | None = ox.Store() if self.path is None else self._opened(self.path, create)

    def __repr__(self) -> str:
        return f"OxigraphStore({str(self.path) if self.path else ''!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _opened(self, path: Path, create: bool) -> ox.Store:
        try:
            _check_folder(path, create and not self.is_read_only)
            if self.is_read_only:
                self._snapshot = Snapshot(path)
                return self._snapshot.store
            return ox.Store(os.path.realpath(path))  # in one process RocksDB's lock is one of a name
        except _FAULTS as error:
            told = _because(error)
            if re.search("lock hold by|Resource temporarily unavailable", told):
                raise BusyStoreError(f"another process writes into {path}; wait for it to end") from error
            if re.search("Read-only file system|Permission denied", told) and (path / "CURRENT").exists():
                self.is_read_only = True
                return frozen(path)
            raise StoreError(f"{path}: the store cannot be opened ({told}); {_mend(told)}") from error

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError(f"the store {self.path or 'in memory'} is closed; open it again")
        return self._open

    def put(self, quads: Sequence[ox.Quad]) -> None:
        """Write a document's quads in place of what the store has of it, all or nothing; a very large one
        as `put_many` does."""
        if len(quads) > PIECE:
            self.put_many([quads])
        else:
            self._update(MERGED.replace_document(quads))

    def put_many(self, articles: Iterable[Article]) -> int:
        """Write many documents fast; gives their number.

        New and very large ones go in by bulk load, which is not one transaction: a document counts as there
        once its provenance is, and that follows its graph.
        """
        self._require_writing()
        batch, count = _Batch(self._store), 0
        try:
            for article in map(packed, articles):
                count += 1
                if article.graph not in batch.names and not self._has(article.graph):
                    batch.add(article)
                    self._new.add(article.graph)
                    continue
                batch.write()
                if len(article.own) > 1 or self._is_large(article.graph):
                    self._thin(article.graph)
                    self._update(MERGED.drop_old(article.graph, article.shared_quads()))
                    batch.add(article)
                else:
                    self._update(MERGED.replace_document(article.quads()))
        finally:  # what came before an interruption is kept
            batch.write()
            self.flush()
        return count

    def _has(self, graph: str) -> bool:
        return self._store.contains_named_graph(ox.NamedNode(graph))

    def _is_large(self, graph: str) -> bool:
        """Whether a graph has more triples than one update may change: what that changes is in memory."""
        with self._told("read"):
            found = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            return any(True for _ in islice(found, PIECE, None))

    def _thin(self, graph: str) -> None:
        """Take a large document out step by step until one update may do the rest; from the first step on
        it does not count as there."""
        if self._is_large(graph):
            self._update(MERGED.drop_provenance(graph))
        while self._is_large(graph):
            self._update(MERGED.thin_graph(graph, PIECE))
            self.flush()  # what is written and not yet on disk is in memory, too

    def remove(self, document_id: str) -> bool:
        """Take a document out with all that it said; whether it was there."""
        graph = iris.graph(document_id)
        with self._told("read"):
            there = self._has(graph)
        self._require_writing()
        self._thin(graph)
        self._update(MERGED.drop_document(graph))
        return there

    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id, in the ids' order."""
        return stored_documents(cast(Rows, self.query(DOCUMENTS)))

    def query(
        self,
        text: str,
        *,
        timeout: float | None = None,
        memory: float | None = None,
        allow_remote: bool = False,
    ) -> Answer:
        """The answer to a SPARQL query, by default over all graphs as one; kg's prefixes are known to it.

        With a limit, of `timeout` seconds or `memory` gigabytes (0 for none), it runs in a process of its
        own, as does a large one, which may overflow the stack. Raises QueryError where it is wrong, unsafe
        or meets a limit.
        """
        if timeout is None and memory is None and not _is_large(text):
            return self._watched(partial(run_query, self._store, text, allow_remote))
        from kg.store import worker

        guard.require_text(text)
        limits = worker.Limits.of(timeout, memory)
        if self.path is None:
            return worker.query_in_process(self._store, text, limits, allow_remote)
        if self.is_read_only:
            place = self.path if self._snapshot is None else self._snapshot.path
            return worker.query_in_process(place, text, limits, allow_remote)
        self.flush()
        with self._told("read"), closing(Snapshot(self.path)) as snapshot:
            return worker.query_in_process(snapshot.path, text, limits, allow_remote)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of a named graph by its IRI; what is said of graphs for ""; all of them for None."""
        if graph:
            with self._told("read"):
                yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            return
        yield from ox.parse(self.dump(""), format=ox.RdfFormat.N_TRIPLES)
        for name in self.graphs() if graph is None else ():
            yield from self.quads(name)

    def dump(self, graph: str | None, format: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> bytes:
        """The triples of a named graph, what is said of graphs for "", or all merged for None; unsorted."""
        if graph == "":
            return rdf.serialize(cast(Triples, self.query(PROVENANCE)), format)
        name = _DEFAULT if graph is None else ox.NamedNode(graph)
        prefixes = iris.PREFIXES if format == ox.RdfFormat.TURTLE else None
        with self._told("read"):
            data = self._store.dump(format=format, from_graph=name, prefixes=prefixes) or b""
        return rdf.sorted_prefixes(data)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        with self._told("read"):
            names = {cast(ox.NamedNode, graph).value for graph in self._store.named_graphs()}
        return sorted(names - iris.KEPT_GRAPHS)

    @property
    def _layout(self) -> Layout:
        return MERGED

    def derive(self) -> None:
        """Bring the derived graph up to date: plain edges for what documents themselves assert as certain."""
        documents = {iris.graph(id): stored for id, stored in self.documents().items()}
        before = [row.hash for row in cast(Rows, self.query(DERIVED))]
        if before == [derived_from(documents.values())]:
            return
        # Where documents were only added, their graphs alone are looked at; many of them are faster all anew.
        old = [stored for graph, stored in documents.items() if graph not in self._new]
        only_new = before == [derived_from(old)] and len(self._new) <= len(old)
        self._update(MERGED.derive(documents.values(), self._new if only_new else ())[0])
        self._new = set()

    def flush(self) -> None:
        """Bring everything written so far to disk."""
        if self.path is not None and not self.is_read_only:
            with self._told("written"):
                self._store.flush()

    def backup(self, directory: str | Path) -> None:
        """Copy the store into a new folder while it is in use."""
        if self.path is None:
            raise StoreError("a store in memory cannot be backed up; export it instead")
        if Path(directory).exists():
            raise StoreError(f"{directory} is there already; name a folder that is not")
        try:
            self._store.backup(str(directory))
        except _FAULTS as error:
            told = _because(error)
            shutil.rmtree(directory, ignore_errors=True)  # half of a store is none
            raise StoreError(f"{directory}: the backup cannot be written ({told}); {_mend(told)}") from error

    def close(self) -> None:
        """Let go of the store, so that another process can have it."""
        try:
            if self._open is not None:
                self.flush()
        finally:
            self._open = None
            if self._snapshot is not None:
                del self._snapshot.store
                self._snapshot.close()
                self._snapshot = None

    def _require_writing(self) -> None:
        if self._snapshot is not None:
            raise StoreError(f"{self.path} is open to be read; open it without read_only to write")

    def _update(self, text: str) -> None:
        self._require_writing()
        with self._told("written"):
            self._watched(partial(self._store.update, text))

    def _watched(self, work: Callable[[], T]) -> T:
        """What some work on the store gives.

        Oxigraph joins what it cannot read without end: where work on a folder takes long, it is looked
        whether all can be read, and StoreError raised where it cannot. The work's thread is left behind then.
        """
        if self.path is None or self._is_readable:
            return work()
        done = in_thread(work)
        del work  # an error that somebody keeps must not hold the store open
        with suppress(TimeoutError):
            return done.result(PATIENCE)
        place = self.path if self._snapshot is None else self._snapshot.path
        looked = in_thread(partial(require_readable, place, done.done))
        wait([cast("Future[object]", done), cast("Future[object]", looked)], return_when=FIRST_COMPLETED)
        if not done.done():
            looked.result()
            self._is_readable = True
        return done.result()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """What the disk says against reading or writing, in one line with the way out."""
        try:
            yield
        except _FAULTS as error:
            told = _because(error)
            frozen = self.is_read_only and what == "written"
            hint = "copy it to where it can be written" if frozen else _mend(told)
            raise StoreError(f"{self.path}: the store cannot be {what} ({told}); {hint}") from error


class _Batch:
    """New documents on their way into the store: first their graphs, then what says that they are there."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.names: set[str] = set()
        self.provenance: list[bytes] = []
        self.shared: set[bytes] = set()  # lines of the shared graphs: most documents bring the same
        self._begin_load()

    def _begin_load(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, article: Packed) -> None:
        new = article.shared_lines() - self.shared
        self.shared |= new
        self.parts += new
        for text in article.own_texts():
            if self.size >= _BATCH:
                self._load()
            self.parts.append(text)
            self.size += len(text)
        self.names.add(article.graph)
        self.provenance.append(article.provenance_text())
        if self.size >= _BATCH or len(article.own) > 1:
            self.write()

    def write(self) -> None:
        """All that was added, for good."""
        if not self.names:
            return
        said = b"".join(self.provenance)
        self.names, self.provenance, self.shared = set(), [], set()
        self._load()
        try:
            self.store.extend(ox.parse(said, format=ox.RdfFormat.N_QUADS))
            self.store.flush()  # so that a copy made meanwhile has it
        except OSError as error:
            raise StoreError(f"the store cannot be written ({error})") from error

    def _load(self) -> None:
        graphs = b"".join(self.parts)
        self._begin_load()
        try:
            # Lenient: Oxigraph wrote these lines itself, and need not look at each IRI again.
            self.store.bulk_load(graphs, format=ox.RdfFormat.N_QUADS, lenient=True)
        except OSError as error:
            raise StoreError(f"the store cannot be written ({error})") from error


def run_query(store: ox.Store, text: str, allow_remote: bool = False) -> Answer:
    """The answer of an open Oxigraph store, in this process; what is wrong with the query is a QueryError."""
    try:
        guard.check(text, allow_remote)
        return answer(store.query(text, prefixes=iris.PREFIXES))
    except SyntaxError as error:
        raise QueryError(guard.syntax_message(text, str(error))) from error
    except MemoryError as error:
        raise QueryError("the query needs more memory than there is; make it narrower") from error
    except _FAULTS as error:
        told = _because(error)
        if told.startswith(("Corruption", "IO error")):
            raise _unreadable(told) from error
        raise QueryError(f"the query failed: {told}") from error
    finally:
        del store  # a traceback that somebody keeps, as notebooks do, must not hold the store open


def _is_large(text: str) -> bool:
    """Whether a query has so many signs that, nested or chained, they may overflow Oxigraph's stack.

    The densest that does, on a stack of 1 MB, has 375: `IF(1,1,` 125 times. The largest of ours has 167.
    """
    return len(re.findall(r"[^\w\s]", text)) > _SIGNS


def _check_folder(path: Path, create: bool) -> None:
    """Refuse a path where no store is and none may be made."""
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a store; name a folder")
    if not path.exists() and not create:
        raise StoreError(f"there is no store at {path}; build one (kg build PATH… --store {path})")
    if not path.exists() and not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent} to make a store in; make it, or name another")
    if path.is_dir() and not (path / "CURRENT").is_file() and (not create or os.listdir(path)):
        raise StoreError(f"{path} is a folder, but no store lies in it; name another")
    for file in path.iterdir() if path.is_dir() else ():
        if _is_device(file):  # a pipe or an endless device would be read for ever
            raise StoreError(f"{path}: the store cannot be opened ({file.name} is no file); {_mend('')}")


def _is_device(path: Path) -> bool:
    """Whether a path is neither file nor folder; what a writer has just removed is no device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def frozen(path: Path) -> ox.Store:
    """The store in a folder as it stands, to be read only. Raises StoreError where it cannot be."""
    try:
        return ox.Store.read_only(str(path))
    except _FAULTS as error:
        told = _because(error)
        raise StoreError(f"{path}: the store cannot be opened ({told}); {_mend(told)}") from error


def require_readable(path: Path, enough: Callable[[], bool] = lambda: False) -> None:
    """Raise StoreError where what lies in a folder's store cannot be read, whichever way it is looked up.

    It stops when `enough` says so.
    """
    try:
        for _ in _every_way(frozen(path)):
            if enough():
                return
    except _FAULTS as error:
        raise _unreadable(_because(error)) from error


def _every_way(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads of a store by subject, by predicate and by object, of all graphs together and of each one:
    these are Oxigraph's indexes, each in files of its own."""
    predicates: set[ox.NamedNode] = set()
    objects: set[Any] = set()
    for graph in (*store.named_graphs(), _DEFAULT):
        own_predicates: set[ox.NamedNode] = set()
        own_objects: set[Any] = set()
        for quad in store.quads_for_pattern(None, None, None, graph):
            own_predicates.add(quad.predicate)
            if len(own_objects) < _MANY:
                own_objects.add(quad.object)
            yield quad
        for predicate in own_predicates:
            yield from store.quads_for_pattern(None, predicate, None, graph)
        for object in own_objects:
            yield from store.quads_for_pattern(None, None, object, graph)
        predicates |= own_predicates
        objects |= own_objects if len(objects) < _MANY else set()
    yield from store
    for predicate in predicates:
        yield from store.quads_for_pattern(None, predicate, None)
    for object in objects:
        yield from store.quads_for_pattern(None, None, object)


def in_thread(work: Callable[[], T]) -> Future[T]:
    """What some work gives or raises, in a thread that no process waits for at its end."""
    found: Future[T] = Future()
    todo = [work]

    def run() -> None:
        try:
            found.set_result(todo.pop()())
        except BaseException as error:  # handed to whoever asks for the result
            _let_go(error)
            found.set_exception(error)

    Thread(target=run, daemon=True).start()
    return found


def _let_go(error: BaseException | None) -> None:
    """Drops what the frames of an error hold: pyoxigraph's answers may only go in the thread that asked."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _unreadable(told: str) -> StoreError:
    return StoreError(f"the store cannot be read ({told}); {_mend(told)}")


def _because(error: Exception) -> str:
    """What RocksDB says of a file, in short and on one line."""
    return " ".join(str(error).split())[:300]


def _mend(told: str) -> str:
    """What to do where a disk or a file is bad."""
    if re.search("No space left|Disk quota|File too large", told):
        return "free some space; what the store had it still has"
    if "Permission denied" in told:
        return "look after the permissions of its files"
    return "put a copy of it (kg backup) in its place, or build it anew from its articles"
