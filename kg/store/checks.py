"""Whether a store keeps its promises: SHACL shapes, words at their places in the text, nothing dangling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

import pyoxigraph as ox
import rdflib

from kg import ids, iris, rdf, resources
from kg.errors import KgError
from kg.store import Store
from kg.store.results import Iri, Rows
from kg.store.shared import Shared

_OWN = (iris.ID, iris.REL)  # nodes that must be described where they are used
_PIECE = 5_000  # nodes that are checked at once: most documents are one piece
_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True)
class Finding:
    """One broken promise: in which document, about which node, what is wrong."""

    document: str
    check: str  # shape, offset, dangling or clash
    node: str
    message: str

    def record(self) -> dict[str, str]:
        """The finding as a dictionary, for JSON lines."""
        return asdict(self)


def check(store: Store) -> list[Finding]:
    """What is wrong in a store, document by document; nothing, if all is well.

    Raises KgError when pyshacl is not installed (`pip install 'geopolitical-kg[check]'`).
    """
    found, shared = [], Shared(store)
    names = {iris.graph(id): id for id in store.documents()}
    for graph in store.graphs():
        if graph in (iris.ACTORS_GRAPH, iris.VOCABULARY_GRAPH, iris.ASSERTED_GRAPH):
            continue
        document = names.get(graph, Iri(graph).short)
        if graph not in names:
            missing = "the default graph does not say what this graph is; build its document again"
            found.append(Finding(document, "dangling", Iri(graph).short, missing))
        found += check_graph(document, shared.beside(store.quads(graph)))
    return found + list(_clashes(store))


# Nodes named after a name, which two names would share.
_NAMES = """
SELECT DISTINCT ?node ?kind ?name {
  VALUES ?kind { kg:Publisher kg:ActiveRelation kg:PassiveRelation kg:Actor kg:LocalActor }
  ?node a ?kind ; rdfs:label ?name
} ORDER BY ?node ?kind ?name
"""


def _clashes(store: Store) -> Iterator[Finding]:
    """Nodes that stand for two names: what is said of one is said of the other.

    An actor is one under names that differ in case, accents and signs.
    """
    for (node, kind), rows in groupby(cast(Rows, store.query(_NAMES)), key=lambda row: (row.node, row.kind)):
        key = ids.slug if str(kind).endswith("Actor") else str
        names = {key(name): name for name in (str(row.name) for row in rows)}
        if len(names) > 1:
            message = f"stands for several names: {', '.join(sorted(names.values()))}"
            yield Finding("", "clash", Iri(str(node)).short, message)


def check_graph(document: str, quads: list[ox.Quad]) -> list[Finding]:
    """What is wrong in one document's graph, the shared graphs' descriptions of its nodes beside it."""
    return sorted(
        {*_shapes(document, quads), *_offsets(document, quads), *_dangling(document, quads)},
        key=lambda finding: (finding.check, finding.node, finding.message),
    )


def _shapes(document: str, quads: list[ox.Quad]) -> Iterator[Finding]:
    """What SHACL finds, in plain rdflib graphs, thirty times faster than a store: piece by piece, for
    rdflib takes a kilobyte a triple."""
    for nodes, piece in _pieces(quads):
        data = rdf.serialize((quad.triple for quad in piece), ox.RdfFormat.N_TRIPLES)
        graph = rdflib.Graph().parse(data=data, format="nt")
        conforms, report, _ = _validate()(graph, shacl_graph=shapes(), inference="none", advanced=False)
        for result in () if conforms else report.subjects(rdflib.RDF.type, _SH.ValidationResult):
            focus = report.value(result, _SH.focusNode)
            if str(focus) in nodes:
                yield Finding(
                    document, "shape", Iri(focus).short, str(report.value(result, _SH.resultMessage))
                )


def _pieces(quads: list[ox.Quad]) -> Iterator[tuple[set[str], list[ox.Quad]]]:
    """Some nodes of a graph, and all that the shapes ask of them: what is said of them and of the nodes
    that they point to, and one of each kind of quad that points to them.

    Nodes that stand together in the text come together, for they point to each other.
    """
    said: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        said[_value(quad.subject)].append(quad)
    pointing: dict[str, dict[ox.NamedNode, ox.Quad]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode):
            pointing[quad.object.value].setdefault(quad.predicate, quad)
    places = _places(quads, {})
    nodes = sorted({*said, *pointing}, key=lambda node: places.get(node, (0, 0)))
    for start in range(0, len(nodes), _PIECE):
        own = set(nodes[start : start + _PIECE])
        pointed = {_value(quad.object) for node in own for quad in said.get(node, ())}
        yield (
            own,
            [
                *(quad for node in sorted(own | pointed) for quad in said.get(node, ())),
                *(quad for node in sorted(own) for quad in pointing.get(node, {}).values()),
            ],
        )


@lru_cache(maxsize=1)
def shapes() -> rdflib.Graph:
    """The shapes of ontologies/shapes.ttl."""
    return rdflib.Graph().parse(resources.path("ontologies/shapes.ttl"), format="turtle")


def _validate() -> Any:
    try:
        from pyshacl import validate
    except ImportError as error:
        raise KgError("kg check needs pyshacl: pip install 'geopolitical-kg[check]'") from error
    return validate


def _offsets(document: str, quads: list[ox.Quad]) -> Iterator[Finding]:
    """Words that do not stand in the document's text where they are said to."""
    text = next(iter(_values(quads, rdf.NIF.isString).values()), "")
    words = _values(quads, rdf.NIF.anchorOf)
    for node, (start, end) in _places(quads, words).items():
        if not 0 <= start <= end <= len(text):
            yield Finding(document, "offset", Iri(node).short, f"[{start}, {end}) is outside the text")
        elif node in words and text[start:end] != words[node]:
            there = f"the text has {text[start:end]!r} at {start}, not {words[node]!r}"
            yield Finding(document, "offset", Iri(node).short, there)


def _places(quads: list[ox.Quad], words: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Where the words of each node stand: by where they begin, or by the span it points to."""
    begins, spans = _values(quads, rdf.NIF.beginIndex), _values(quads, rdf.KG.span)
    pieces = {node: (int(begin), int(begin) + len(words.get(node, ""))) for node, begin in begins.items()}
    return pieces | {node: rdf.span_of(span) for node, span in spans.items() if rdf.SPAN.fullmatch(span)}


def _values(quads: list[ox.Quad], predicate: ox.NamedNode) -> dict[str, str]:
    return {_value(quad.subject): _value(quad.object) for quad in quads if quad.predicate == predicate}


def _dangling(document: str, quads: list[ox.Quad]) -> Iterator[Finding]:
    """Nodes of ours that the graph points to and says nothing of."""
    described = {_value(quad.subject) for quad in quads}
    for quad in quads:
        for term in (quad.object, quad.predicate):
            value = _value(term) if isinstance(term, ox.NamedNode) else ""
            if value.startswith(_OWN) and value not in described:
                message = f"{Iri(value).short} is not described in its document's graph"
                yield Finding(document, "dangling", Iri(_value(quad.subject)).short, message)


def _value(term: object) -> str:
    return cast(str, cast(Any, term).value)
