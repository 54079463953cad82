"""Where the graph lives: in memory, on disk, or on any SPARQL server; one small protocol for all.

with open_store("kg-store", create=True) as store:
    store.put([*document_quads(...), *provenance_quads(...)])
    store.derive()
    store.query("SELECT * { ?s ?p ?o }").rows
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

import pyoxigraph as ox

from kg import iris
from kg.errors import StoreError
from kg.store.oxigraph import OxigraphStore
from kg.store.packed import Article
from kg.store.results import Answer, Iri, Row, Rows, StoredDocument, Triples, Truth
from kg.store.sparql import VERSIONS

__all__ = [
    "Answer", "Iri", "OxigraphStore", "Row", "Rows", "Store", "StoredDocument", "Triples", "Truth",
    "backup", "open_store", "remove",
]  # fmt: skip


class Store(Protocol):
    """What every store does; `tests/test_store.py` runs one contract over all of them."""

    def put(self, quads: Sequence[ox.Quad]) -> None:
        """Write a document's quads in place of what the store has of it, all or nothing.

        Quads of the shared graphs come along, and are added to them.
        """

    def put_many(self, articles: Iterable[Article]) -> int:
        """Write many documents fast; gives their number. What is listed afterwards is whole."""

    def remove(self, document_id: str) -> bool:
        """Take a document out with all that it said; whether it was there."""

    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id, in the ids' order."""

    def query(
        self,
        text: str,
        *,
        timeout: float | None = None,
        memory: float | None = None,
        allow_remote: bool = False,
    ) -> Answer:
        """The answer to a SPARQL query, by default over all graphs as one; kg's prefixes are known to it.

        Raises QueryError where it is wrong, unsafe, takes longer than `timeout` seconds or needs more than
        `memory` gigabytes.
        """

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of a named graph by its IRI; what is said of graphs for ""; all of them for None."""

    def dump(self, graph: str | None, format: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> bytes:
        """The triples of a named graph, what is said of graphs for "", or all merged for None; unsorted."""

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def base(self) -> str | None:
        """The folder that the documents' ids are relative to, where it is known."""

    def keep_base(self, base: str) -> None:
        """Remember the folder that the documents' ids are relative to; no export has it."""

    def judgements(self) -> list[str]:
        """The lines of the file of decisions (`kg actors merge` …) with which it was built."""

    def keep_judgements(self, lines: Sequence[str]) -> None:
        """Remember the lines of the file of decisions, in a graph of their own; no export has them."""

    def honoured(self) -> dict[str, list[str]]:
        """The ids of the decisions that each document's graph honours, sorted, where there are any."""

    def made_by(self) -> dict[str, list[str]]:
        """Names and versions of what read each document: kg, its model, libraries, the user's tables."""

    def types(self) -> list[str]:
        """The lines of the user's table of event types with which it was built."""

    def keep_types(self, lines: Sequence[str]) -> None:
        """Remember the lines of the user's table of event types, as those of decisions."""

    def copies(self) -> dict[str, str]:
        """Which documents nearly repeat which others, by id."""

    def keep_copies(self, copies: Mapping[str, str]) -> None:
        """Remember which documents nearly repeat which others, in place of what was known of that."""

    def derive(self) -> None:
        """Bring the graphs that documents share up to date, once documents were written or taken out.

        The derived one has plain edges for what documents themselves assert as certain; the others lose what
        no document speaks of any more.
        """

    def flush(self) -> None:
        """Bring everything written so far to disk."""

    def backup(self, directory: str | Path) -> None:
        """Copy the store into a new folder while it is in use."""

    def close(self) -> None:
        """Let go of the store, so that another process can have it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_store(
    location: str | Path | None = None,
    create: bool = False,
    *,
    read_only: bool = False,
    any_version: bool = False,
) -> Store:
    """The store in a folder, on a SPARQL server (http://…), or in memory for None.

    A folder that is not there is made with `create`. With `read_only` a folder is seen as it is now, also
    while another process writes there, and nothing in it is touched. Raises StoreError when there is no
    store, something else lies there, another process writes there, no server answers, or (but for
    `any_version`) another version of kg wrote what it holds.
    """
    if location is None:
        return OxigraphStore()
    remote = str(location).lower().startswith(("http:", "https:"))
    store = _remote(str(location)) if remote else OxigraphStore(location, create, read_only)
    try:
        if not any_version:
            _require_version(store, location)
    except BaseException:
        store.close()
        raise
    return store


def remove(store: Store, document: str) -> None:
    """Take a document and all that it says out of a store.

    Raises StoreError where the store has no document of that id.
    """
    was_there = store.remove(document)
    store.derive()  # also where it was not: who was killed between the two made no end of it
    if not was_there:
        raise StoreError(f"{document}: no such document in the store; kg query --name documents lists them")


def backup(store: Store, directory: str | Path) -> None:
    """Copy a store into a folder that is not there yet, while it is in use.

    Raises StoreError for a folder that is there and for a store that cannot be copied.
    """
    store.backup(directory)


def _require_version(store: Store, location: str | Path) -> None:
    """Refuse a store in another form than this kg writes: it would be read wrongly, and in silence."""
    for row in cast(Rows, store.query(VERSIONS)):
        version = str(row[0]).rpartition("/")[2]
        if version != iris.VERSION:
            raise StoreError(
                f"{location} was built in the form of version {version}, and this kg reads {iris.VERSION}; "
                f"kg rebuild --store {location} reads its articles anew"
            )


def _remote(address: str) -> Store:
    try:
        from kg.store.remote import RemoteStore
    except ImportError as error:
        raise StoreError("stores on a server need httpx: pip install 'geopolitical-kg[remote]'") from error
    return RemoteStore(address)
