"""Any SPARQL server: queries and updates by the SPARQL 1.1 Protocol, graphs by the Graph Store Protocol.

The address is the server's root, to which `query`, `update` and `store` are added (as Oxigraph's server
has them), or one address for all three, ending in `sparql`. A token or a name with a password come
from KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD.

Virtuoso, which has its graphs at an address of their own and no default graph, is told by its header: a
query that names no graph sees the union of all graphs there, a triple once for every graph that has it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, Self, cast

import httpx
import pyoxigraph as ox

from kg import iris, rdf
from kg.errors import QueryError, StoreError
from kg.store import guard
from kg.store.oxigraph import run_query
from kg.store.results import Answer, Rows, StoredDocument, Triples, Truth, stored_documents
from kg.store.sparql import DERIVED, DOCUMENTS, MERGED, PROVENANCE, UNION, Layout, document_graph

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_DEFAULT = ox.DefaultGraph()
_TIMEOUT = 300.0  # seconds to wait for an answer where the caller sets no limit


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


class RemoteStore:
    """A store on a SPARQL server."""

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        self.address = address.rstrip("/")
        self._environment = environment
        self._client = httpx.Client(timeout=_TIMEOUT, **_credentials(environment))

    @cached_property
    def _server(self) -> _Server:
        """What kind of server it is; asked once."""
        place = f"{self.address}" if self.address.endswith("sparql") else f"{self.address}/query"
        response = self._request("POST", place, data={"query": "ASK {}"}, headers={"Accept": _RESULTS})
        if not response.headers.get("server", "").startswith("Virtuoso"):
            return _standard(self.address)
        if isinstance(self._client.auth, httpx.BasicAuth):  # which it takes for a visitor
            self._client.auth = httpx.DigestAuth(*_name_and_password(self._environment))
            return _virtuoso(self.address, "-auth")
        return _virtuoso(self.address)

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
        layout = self._server.layout
        self._update(layout.drop_document(document_graph(quads).value))
        for name, group in groupby(layout.placed(quads), key=lambda q: q.graph_name):
            self._add(name, group)

    def put_many(self, articles: Iterable[Sequence[ox.Quad]]) -> int:
        """Write many documents, one after another; gives their number."""
        count = 0
        for quads in articles:
            self.put(quads)
            count += 1
        return count

    def remove(self, document_id: str) -> bool:
        """Take a document out with all that it said; whether it was there."""
        graph = iris.graph(document_id)
        there = self.query(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")
        self._update(self._server.layout.remove_document(graph))
        return bool(there)

    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id, in the ids' order."""
        return stored_documents(cast(Rows, self.query(DOCUMENTS)))

    def query(self, text: str, *, timeout: float | None = None, allow_remote: bool = False) -> Answer:
        """The answer to a SPARQL query; kg's prefixes are known to it.

        Raises QueryError where it is wrong, unsafe or takes longer than `timeout` seconds.
        """
        guard.check(text, allow_remote)
        gives_triples = guard.gives_triples(text)
        try:
            response = self._http.post(
                self._server.query,
                data={"query": prefixed(text)},
                headers={"Accept": _TRIPLES if gives_triples else _RESULTS},
                timeout=timeout or _TIMEOUT,
            )
        except httpx.TimeoutException as error:
            raise QueryError(
                f"the query took longer than {timeout or _TIMEOUT:g} s; make it narrower or give it longer"
            ) from error
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if response.status_code == httpx.codes.BAD_REQUEST:
            run_query(ox.Store(), text)  # says where it is wrong better than servers do
            raise QueryError(f"the server refuses the query: {_first_line(response)}")
        return _answer(self._checked(response), gives_triples)

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
        if graph is None and self._server.layout == UNION:
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
        response = self._request(
            "GET", self._server.graphs, missing=True, params=_graph(graph), headers={"Accept": _TRIPLES}
        )
        if response.status_code == httpx.codes.NOT_FOUND:
            return b""
        parsed = ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)  # servers write it differently
        return ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.N_TRIPLES) or b""

    def graphs(self) -> list[str]:
        """The IRIs of kg's named graphs, sorted; what else the server holds is not looked at."""
        rows = cast(Rows, self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        own = {str(row[0]) for row in rows} - {iris.PROVENANCE_GRAPH}
        return sorted(name for name in own if name.startswith(iris.ID))

    def derive(self) -> None:
        """Bring the derived graph up to date: plain edges for what documents themselves assert as certain."""
        update, state = self._server.layout.derive(self.documents().values())
        if [row.hash for row in cast(Rows, self.query(DERIVED))] != [state]:
            self._update(update)

    def flush(self) -> None:
        """Nothing: a server keeps what it has confirmed."""

    def backup(self, directory: str | Path) -> None:
        """Refused: a server is backed up where it runs."""
        raise StoreError(f"{self.address} is a server; back it up there, or export it as N-Quads")

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._request("POST", self._server.update, content=text, headers=headers)

    def _add(self, graph: object, quads: Iterable[ox.Quad]) -> None:
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        body = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
        headers = {"Content-Type": _TRIPLES}
        self._request("POST", self._server.graphs, params=_graph(name), content=body, headers=headers)

    @property
    def _http(self) -> httpx.Client:
        if self._client.is_closed:
            raise StoreError(f"the store {self.address} is closed; open it again")
        return self._client

    def _request(self, method: str, url: str, missing: bool = False, **what: Any) -> httpx.Response:
        try:
            response = self._http.request(method, url, **what)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if missing and response.status_code == httpx.codes.NOT_FOUND:
            return response
        return self._checked(response)

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.is_success:
            return response
        hint = "; set KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD"
        asked = hint if response.status_code in (401, 403) else ""
        raise StoreError(f"{self.address} answers {response.status_code}: {_first_line(response)}{asked}")

    def _unreachable(self, error: Exception) -> StoreError:
        return StoreError(f"no SPARQL server answers at {self.address} ({error})")


def prefixed(text: str) -> str:
    """The query with kg's prefixes in front, on its own first line so that line numbers stay."""
    return " ".join(f"PREFIX {name}: <{base}>" for name, base in iris.PREFIXES.items()) + " " + text


def _credentials(environment: Mapping[str, str]) -> dict[str, Any]:
    if token := environment.get("KG_STORE_TOKEN"):
        return {"headers": {"Authorization": f"Bearer {token}"}}
    if environment.get("KG_STORE_USER"):
        return {"auth": _name_and_password(environment)}
    return {}


def _name_and_password(environment: Mapping[str, str]) -> tuple[str, str]:
    return environment["KG_STORE_USER"], environment.get("KG_STORE_PASSWORD", "")


def _graph(name: str | None) -> dict[str, str]:
    return {"graph": name} if name else {"default": ""}


def _answer(response: httpx.Response, triples: bool) -> Answer:
    if triples:
        return Triples(response.content)
    answer = response.json()
    if isinstance(found := answer.get("boolean"), bool):
        return Truth(found)
    if answer["head"]["vars"] == ["__ASK_RETVAL"]:  # Virtuoso's own form: a row for yes, none for no
        return Truth(bool(answer["results"]["bindings"]))
    return Rows(response.content)


def _first_line(response: httpx.Response) -> str:
    return next(iter(response.text.strip().splitlines()), response.reason_phrase)[:200]
