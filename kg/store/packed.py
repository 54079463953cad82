"""A document's quads as N-Quads: how they go from process to process, and fastest into a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import rdf
from kg.store.sparql import document_graph

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class Packed:
    """The quads of one document: its own graph's, those of shared graphs, what is said of its graph.

    `own` and `shared` hold each triple twice, in its graph and in the merge of all graphs.
    """

    graph: str
    own: bytes
    shared: bytes
    provenance: bytes

    def quads(self) -> list[ox.Quad]:
        """The quads as they were packed, graph by graph."""
        data = self.own + self.shared
        named = (q for q in ox.parse(data, format=ox.RdfFormat.N_QUADS) if q.graph_name != _DEFAULT)
        return [*named, *ox.parse(self.provenance, format=ox.RdfFormat.N_QUADS)]


Article = Packed | Sequence[ox.Quad]


def packed(article: Article) -> Packed:
    """A document's quads as text, if they are not that already."""
    return article if isinstance(article, Packed) else pack(article)


def unpacked(article: Article) -> Sequence[ox.Quad]:
    """A document's quads."""
    return article.quads() if isinstance(article, Packed) else article


def pack(quads: Iterable[ox.Quad]) -> Packed:
    """The quads of one document, those of shared graphs among them, as text."""
    of_graph: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        of_graph[quad.graph_name].append(quad)
    said = of_graph.pop(_DEFAULT, [])
    shared = [quad for graph in rdf.SHARED_GRAPHS for quad in of_graph.pop(graph, [])]
    own = [quad for quads in of_graph.values() for quad in quads]
    graph = document_graph(quads[0] for quads in of_graph.values())
    return Packed(graph.value, _twice(own), _twice(shared), _text(said))


def _twice(quads: list[ox.Quad]) -> bytes:
    return _text(quads) + (ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b"")


def _text(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
