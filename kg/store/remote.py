"""Any SPARQL server: queries and updates by the SPARQL 1.1 Protocol, graphs by the Graph Store Protocol.

The address is the server's root, to which `query`, `update` and `store` are added (as Oxigraph's server
has them), or one address for all three, ending in `sparql`. A token or a name with a password come
from KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD.

Virtuoso, which has its graphs at an address of their own and no default graph, is told by its header: a
query that names no graph sees the union of all graphs there, a triple once for every graph that has it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import Any, Self, cast

import pyoxigraph as ox

from kg import iris, rdf
from kg.errors import QueryError, StoreError
from kg.store import guard
from kg.store.connection import Connection, Reply
from kg.store.kept import Kept
from kg.store.oxigraph import OxigraphStore
from kg.store.packed import Article, Packed, packed
from kg.store.results import Answer, Rows, StoredDocument, Triples, Truth, stored_documents
from kg.store.sparql import (
    DERIVED,
    DOCUMENTS,
    MERGED,
    PROVENANCE,
    UNION,
    Layout,
)
from kg.store.worker import Limits

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class _Server:
    """Where a server takes queries, updates and graphs, and how it holds them."""

    query: str
    update: str
    graphs: str
    layout: Layout


def _standard(address: str) -> _Server:
    if address.endswith("sparql"):
        return _Server(address, address, address, MERGED)
    return _Server(f"{address}/query", f"{address}/update", f"{address}/store", MERGED)


def _virtuoso(address: str, login: str = "") -> _Server:
    sparql = f"{address}{login}"
    return _Server(sparql, sparql, f"{address}-graph-crud{login}", UNION)


class RemoteStore(Kept):
    """A store on a SPARQL server."""

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        self._connection = Connection(address, environment)
        self.address = self._connection.address

    @cached_property
    def _server(self) -> _Server:
        """What kind of server it is; asked once."""
        place = f"{self.address}" if self.address.endswith("sparql") else f"{self.address}/query"
        reply = self._request("POST", place, data={"query": "ASK {}"}, headers={"Accept": _RESULTS})
        if not reply.headers.get("server", "").startswith("Virtuoso"):
            return _standard(self.address)
        # Which takes a visitor where a name is given otherwise.
        return _virtuoso(self.address, "-auth" if self._connection.log_in_by_digest() else "")

    def __repr__(self) -> str:
        return f"RemoteStore({self.address!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def put(self, quads: Sequence[ox.Quad]) -> None:
        """Write a document's quads in place of what the store has of it.

        A server takes a graph whole but not several requests as one; so the document counts as
        there only from when its provenance is written, which comes last.
        """
        self._put(packed(quads))

    def put_many(self, articles: Iterable[Article]) -> int:
        """Write many documents, one after another; gives their number."""
        count = 0
        for article in articles:
            self._put(packed(article))
            count += 1
        return count

    def _put(self, article: Packed) -> None:
        layout = self._layout
        self._update(layout.drop_old(article.graph, article.shared_quads()))
        for part in article.parts():
            for name, group in groupby(layout.placed(part), key=lambda q: q.graph_name):
                self._add(name, group)

    def remove(self, document_id: str) -> bool:
        """Take a document out with all that it said; whether it was there."""
        graph = iris.graph(document_id)
        there = self.query(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")
        self._update(self._layout.drop_document(graph))
        return bool(there)

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
        """The answer to a SPARQL query; kg's prefixes are known to it.

        The server sets its own limits of memory, so `memory` bounds the answer alone. Raises QueryError where
        the query is wrong, unsafe or takes longer than `timeout` seconds.
        """
        limits = Limits.of(timeout, memory)
        form = _form(text, allow_remote)
        try:
            reply = self._connection.request(
                "POST",
                self._server.query,
                data={"query": prefixed(text)},
                headers={"Accept": _TRIPLES if isinstance(form, Triples) else _RESULTS},
                timeout=limits.timeout,
                most=limits.bytes,
            )
        except TimeoutError as error:
            raise QueryError(
                f"the query took too long: {error}; make it narrower or give it longer"
            ) from error
        if reply.status == HTTPStatus.BAD_REQUEST:
            raise QueryError(f"the server refuses the query: {self._connection.told(reply)}")
        self._connection.checked(reply)
        try:
            return _answer(reply.body, form)
        except (SyntaxError, ValueError) as error:
            raise self._no_answer(reply, error) from error

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of a named graph by its IRI; what is said of graphs for ""; all of them for None."""
        for name in ["", *self.graphs()] if graph is None else [graph]:
            term = ox.NamedNode(name) if name else _DEFAULT
            for quad in ox.parse(self.dump(name), format=ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, term)

    def dump(self, graph: str | None, format: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> bytes:
        """The triples of a named graph, what is said of graphs for "", or all merged for None; unsorted."""
        if graph == "":
            return rdf.serialize(cast(Triples, self.query(PROVENANCE)), format)
        if graph is None and self._layout == UNION:
            lines = (
                line for name in ["", *self.graphs()] for line in self.dump(name).splitlines(keepends=True)
            )
            data = b"".join(dict.fromkeys(lines))
        else:
            data = self._dumped(graph)
        if format == ox.RdfFormat.N_TRIPLES:
            return data
        return rdf.serialize((q.triple for q in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)), format)

    def _dumped(self, graph: str | None) -> bytes:
        reply = self._request(
            "GET", self._server.graphs, missing=True, params=_graph(graph), headers={"Accept": _TRIPLES}
        )
        if reply.status == HTTPStatus.NOT_FOUND:
            return b""
        try:
            parsed = ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)  # servers write it differently
            return ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.N_TRIPLES) or b""
        except (SyntaxError, ValueError) as error:
            raise self._no_answer(reply, error) from error

    def graphs(self) -> list[str]:
        """The IRIs of kg's named graphs, sorted; what else the server holds is not looked at."""
        rows = cast(Rows, self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        own = {str(row[0]) for row in rows} - {iris.PROVENANCE_GRAPH} - iris.KEPT_GRAPHS
        return sorted(name for name in own if name.startswith(iris.ID))

    @property
    def _layout(self) -> Layout:
        return self._server.layout

    def derive(self) -> None:
        """Bring the derived graph up to date: plain edges for what documents themselves assert as certain."""
        update, state = self._layout.derive(self.documents().values())
        if [row.hash for row in cast(Rows, self.query(DERIVED))] != [state]:
            self._update(update)

    def flush(self) -> None:
        """Nothing: a server keeps what it has confirmed."""

    def backup(self, directory: str | Path) -> None:
        """Refused: a server is backed up where it runs."""
        raise StoreError(f"{self.address} is a server; back it up there, or export it as N-Quads")

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._request("POST", self._server.update, content=text, headers=headers)

    def _add(self, graph: object, quads: Iterable[ox.Quad]) -> None:
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        body = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
        headers = {"Content-Type": _TRIPLES}
        self._request("POST", self._server.graphs, params=_graph(name), content=body, headers=headers)

    def _request(self, method: str, url: str, missing: bool = False, **what: Any) -> Reply:
        try:
            reply = self._connection.request(method, url, **what)
        except TimeoutError as error:
            raise StoreError(f"{error}; try again later") from error
        if missing and reply.status == HTTPStatus.NOT_FOUND:
            return reply
        return self._connection.checked(reply)

    def _no_answer(self, reply: Reply, error: Exception) -> StoreError:
        kind = reply.headers.get("content-type", "of no type")
        return StoreError(
            f"{self.address} answers with what is no answer to a query ({kind}): "
            f"{self._connection.told(reply)!r} ({error}); is it the address of a SPARQL server?"
        )


def prefixed(text: str) -> str:
    """The query with kg's prefixes in front, on its own first line so that line numbers stay."""
    return " ".join(f"PREFIX {name}: <{base}>" for name, base in iris.PREFIXES.items()) + " " + text


def _graph(name: str | None) -> dict[str, str]:
    return {"graph": name} if name else {"default": ""}


def _form(text: str, allow_remote: bool) -> Answer:
    """The answer of an empty store, which has the form that the server's must have.

    So nothing is sent that is no query: some servers take an update in its place.
    """
    return OxigraphStore().query(
        guard.without_service(text) if allow_remote else text, allow_remote=allow_remote
    )


def _answer(data: bytes, form: Answer) -> Answer:
    """The answer in a server's bytes, all of which are read here; ValueError where it has another form."""
    if isinstance(form, Triples):
        deque(ox.parse(data, format=ox.RdfFormat.N_TRIPLES), maxlen=0)
        return Triples(data)
    columns, count = _counted(data)
    if columns is None or columns == {"__ASK_RETVAL"}:  # Virtuoso's own form: a row for yes, none for no
        return _of_form(Truth(count > 0), form)
    if isinstance(form, Rows) and (lacking := set(form.columns) - columns):
        raise ValueError(f"without the column {min(lacking)}")
    return _of_form(Rows(data), form)


def _counted(data: bytes) -> tuple[set[str] | None, int]:
    """The columns and the number of rows in SPARQL results; no columns, and 1 or 0, for yes or no."""
    found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    try:
        if isinstance(found, ox.QueryBoolean):
            return None, int(bool(found))
        last = deque(enumerate(found, 1), maxlen=1)
        return {variable.value for variable in found.variables}, last[0][0] if last else 0
    finally:
        del found  # a traceback that is kept may be let go in another thread, which Oxigraph does not like


def _of_form(answer: Answer, form: Answer) -> Answer:
    if type(answer) is not type(form):
        raise ValueError(f"{answer.kind} where {form.kind} were asked for")
    return answer
