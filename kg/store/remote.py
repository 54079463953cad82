"""Any SPARQL server: queries and updates by the SPARQL 1.1 Protocol, graphs by the Graph Store Protocol.

The address is the server's root, to which `query`, `update` and `store` are added (as Oxigraph's server
has them), or one address for all three, ending in `sparql`. A token or a name with a password come
from KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from kg.store.sparql import (
    DERIVED,
    DOCUMENTS,
    PROVENANCE,
    derive,
    document_graph,
    drop_graph,
    drop_provenance,
    merged,
    remove_document,
)

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_DEFAULT = ox.DefaultGraph()
_TIMEOUT = 300.0  # seconds to wait for an answer where the caller sets no limit


class RemoteStore:
    """A store on a SPARQL server."""

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        self.address = address.rstrip("/")
        one = self.address.endswith("sparql")
        self._query, self._update_at, self._graphs_at = (
            self.address if one else f"{self.address}/{verb}" for verb in ("query", "update", "store")
        )
        self._client = httpx.Client(timeout=_TIMEOUT, **_credentials(environment))

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
        graph = document_graph(quads)
        self._update(f"{drop_graph(graph.value)} ;\n{drop_provenance(graph.value)}")
        said = [q for q in quads if q.graph_name == _DEFAULT]
        named = sorted((q for q in quads if q.graph_name != _DEFAULT), key=lambda q: str(q.graph_name))
        for name, group in groupby(named, key=lambda q: q.graph_name):
            self._send("POST", name, group)
        self._send("POST", _DEFAULT, merged(named))
        self._send("POST", _DEFAULT, said)

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
        self._update(remove_document(graph))
        return bool(there)

    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id, in the ids' order."""
        return stored_documents(cast(Rows, self.query(DOCUMENTS)))

    def query(self, text: str, *, timeout: float | None = None, allow_remote: bool = False) -> Answer:
        """The answer to a SPARQL query; kg's prefixes are known to it.

        Raises QueryError where it is wrong, unsafe or takes longer than `timeout` seconds.
        """
        guard.check(text, allow_remote)
        try:
            response = self._http.post(
                self._query,
                data={"query": prefixed(text)},
                headers={"Accept": f"{_RESULTS}, {_TRIPLES};q=0.9"},
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
        return _answer(self._checked(response))

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
        headers = {"Accept": _TRIPLES}
        response = self._request("GET", self._graphs_at, missing=True, params=_graph(graph), headers=headers)
        data = b"" if response.status_code == httpx.codes.NOT_FOUND else response.content
        if format == ox.RdfFormat.N_TRIPLES:
            return data
        return rdf.serialize((q.triple for q in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)), format)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        rows = cast(Rows, self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        return sorted(str(row[0]) for row in rows)

    def derive(self) -> None:
        """Bring the derived graph up to date: plain edges for what documents themselves assert as certain."""
        update, state = derive(self.documents().values())
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
        self._request(
            "POST", self._update_at, content=text, headers={"Content-Type": "application/sparql-update"}
        )

    def _send(self, method: str, graph: object, quads: Iterable[ox.Quad]) -> None:
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        body = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
        self._request(
            method, self._graphs_at, params=_graph(name), content=body, headers={"Content-Type": _TRIPLES}
        )

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
    if user := environment.get("KG_STORE_USER"):
        return {"auth": (user, environment.get("KG_STORE_PASSWORD", ""))}
    return {}


def _graph(name: str | None) -> dict[str, str]:
    return {"graph": name} if name else {"default": ""}


def _answer(response: httpx.Response) -> Answer:
    if response.headers.get("content-type", "").startswith(_TRIPLES):
        return Triples(response.content)
    if isinstance(found := response.json().get("boolean"), bool):
        return Truth(found)
    return Rows(response.content)


def _first_line(response: httpx.Response) -> str:
    return next(iter(response.text.strip().splitlines()), response.reason_phrase)[:200]
