"""A document's quads as N-Quads: how they go from process to process, and fastest into a store."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import rdf
from kg.store.sparql import document_graph

_DEFAULT = ox.DefaultGraph()
PIECE = 50_000  # quads: some 12 MB of text; most documents are one piece
_LEVEL = 1  # of compression: the fastest makes N-Quads a twentieth, in less time than they take to write


@dataclass(frozen=True)
class Packed:
    """The quads of one document: its own graph's, those of shared graphs, what is said of its graph.

    All are N-Quads, compressed: a megabyte of text may have 300 MB of them. The document's own come in
    pieces, so that nobody has to hold them all.
    """

    graph: str
    own: tuple[bytes, ...]
    shared: bytes
    provenance: bytes

    def quads(self) -> list[ox.Quad]:
        """The quads as they were packed, graph by graph."""
        return [quad for part in self.parts() for quad in part]

    def parts(self) -> Iterator[list[ox.Quad]]:
        """The same part by part: what the shared graphs and the default graph hold comes with the last."""
        *before, last = self.own
        yield from map(_quads, before)
        yield [*_quads(last), *self.shared_quads(), *_quads(self.provenance)]

    def shared_quads(self) -> list[ox.Quad]:
        """The quads of the shared graphs."""
        return _quads(self.shared)

    def own_texts(self) -> Iterator[bytes]:
        """N-Quads of its own graph, piece by piece: each triple in its graph and in the merge of all."""
        return (_twice(piece, ox.NamedNode(self.graph)) for piece in self.own)

    def shared_lines(self) -> set[bytes]:
        """Lines of N-Quads of the shared graphs: each triple in its graph and in the merge of all."""
        return set(_twice(self.shared, *rdf.SHARED_GRAPHS).splitlines(keepends=True))

    def provenance_text(self) -> bytes:
        """N-Quads of what is said of its graph."""
        return zlib.decompress(self.provenance)


Article = Packed | Sequence[ox.Quad]


def packed(article: Article) -> Packed:
    """A document's quads as text, if they are not that already."""
    return article if isinstance(article, Packed) else pack(article)


def pack(quads: Iterable[ox.Quad]) -> Packed:
    """The quads of one document, those of shared graphs among them, as text."""
    own: list[ox.Quad] = []
    shared: list[ox.Quad] = []
    said: list[ox.Quad] = []
    places: dict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Quad]] = {
        _DEFAULT: said,
        **dict.fromkeys(rdf.SHARED_GRAPHS, shared),
    }
    graphs: list[ox.Quad] = []  # a quad of each piece
    pieces: list[bytes] = []

    def end_piece() -> None:
        document_graph(own)
        graphs.extend(own[:1])
        pieces.append(_text(own))
        own.clear()

    for quad in quads:
        places.get(quad.graph_name, own).append(quad)
        if len(own) == PIECE:
            end_piece()
    if own or not pieces:
        end_piece()
    return Packed(document_graph(graphs).value, tuple(pieces), _text(shared), _text(said))


def _twice(piece: bytes, *graphs: ox.NamedNode) -> bytes:
    """The triples of a piece in these graphs and outside of them: a line of N-Quads ends with its graph."""
    text = merged = zlib.decompress(piece)
    for graph in graphs:
        merged = merged.replace(f" {graph} .\n".encode(), b" .\n")
    return text + merged


def _quads(piece: bytes) -> list[ox.Quad]:
    return list(ox.parse(zlib.decompress(piece), format=ox.RdfFormat.N_QUADS))


def _text(quads: list[ox.Quad]) -> bytes:
    return zlib.compress(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", _LEVEL)
