"""The graph in RDF formats, sorted, so that two versions can be compared line by line.

Formats without named graphs get all graphs as one. XML cannot hold control characters: there they become
U+FFFD; every other format keeps the text as it is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg import iris, rdf, resources
from kg.store import Store
from kg.store.results import NOT_XML

_SPO = (rdf.RDF.subject, rdf.RDF.predicate, rdf.RDF.object)


def turtle(store: Store, out: BinaryIO) -> None:
    """Turtle of all graphs as one, sorted, with prefixes."""
    out.write(rdf.serialize(_triples(_lines(store)), ox.RdfFormat.TURTLE))


def turtle_unsorted(store: Store, out: BinaryIO) -> None:
    """Turtle of all graphs as one, with prefixes, in the order in which the store has it: the fastest."""
    out.write(store.dump(None, ox.RdfFormat.TURTLE))


def turtle12(store: Store, out: BinaryIO) -> None:
    """RDF 1.2 Turtle: a statement is a reifier of its triple (rdf:reifies); for Oxigraph, Jena 5 …"""
    out.write(rdf.serialize(_reified(_triples(_lines(store))), ox.RdfFormat.TURTLE))


def ntriples(store: Store, out: BinaryIO) -> None:
    """N-Triples of all graphs as one, sorted."""
    out.writelines(_lines(store))


def nquads(store: Store, out: BinaryIO) -> None:
    """N-Quads, sorted by graph; the lossless form of a store."""
    for graph in _graphs(store):
        name = f" <{graph}> .\n".encode() if graph else b" .\n"
        out.writelines(line.removesuffix(b" .\n") + name for line in _sorted(store, graph))


def trig(store: Store, out: BinaryIO) -> None:
    """TriG, sorted, with prefixes: Turtle that keeps the named graphs."""
    out.write(rdf.serialize(_quads(store), ox.RdfFormat.TRIG))


def jsonld(store: Store, out: BinaryIO) -> None:
    """JSON-LD with kg's context, one object for each named graph."""
    import rdflib  # slow to import
    from rdflib.plugins.serializers.jsonld import from_rdf

    context = json.loads(resources.path("ontologies/context.jsonld").read_bytes())["@context"]
    graphs: list[Any] = []
    for graph in _graphs(store):
        found = rdflib.Graph().parse(data=store.dump(graph), format="nt")
        nodes = _nodes(from_rdf(found, context))  # type: ignore[no-untyped-call]
        graphs += [{"@id": _short(graph), "@graph": nodes}] if graph else nodes
    document = {"@context": context, "@graph": graphs}
    out.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def rdfxml(store: Store, out: BinaryIO) -> None:
    """RDF/XML of all graphs as one, sorted."""
    text = rdf.serialize(_triples(_lines(store)), ox.RdfFormat.RDF_XML).decode()
    out.write(NOT_XML.sub("\ufffd", text).encode())


def _graphs(store: Store) -> list[str]:
    return ["", *store.graphs()]


def _sorted(store: Store, graph: str) -> list[bytes]:
    return sorted(store.dump(graph).splitlines(keepends=True))


def _lines(store: Store) -> list[bytes]:
    """The triples of all graphs, each once, sorted."""
    return sorted(store.dump(None).splitlines(keepends=True))


def _triples(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
        yield quad.triple


def _quads(store: Store) -> Iterator[ox.Quad]:
    for graph in _graphs(store):
        name = ox.NamedNode(graph) if graph else rdf.DEFAULT
        for triple in _triples(_sorted(store, graph)):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


def _reified(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Subject, predicate and object of a statement as one triple that it reifies, where it has all three."""
    parts: dict[Any, dict[Any, ox.Triple]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in _SPO:
            parts[triple.subject][triple.predicate] = triple
        else:
            yield triple
    for node, found in parts.items():
        if len(found) == 3:
            yield ox.Triple(node, rdf.RDF.reifies, ox.Triple(*cast(Any, [found[p].object for p in _SPO])))
        else:
            yield from found.values()


def _nodes(data: Any) -> list[Any]:
    """The nodes of a JSON-LD document, everything in a fixed order."""
    nodes = data["@graph"] if "@graph" in data else [{k: v for k, v in data.items() if k != "@context"}]
    return sorted((_ordered(node) for node in nodes), key=lambda node: str(node["@id"]))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda k: (k != "@id", k))}
    if isinstance(value, list):
        return sorted((_ordered(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value


def _short(graph: str) -> str:
    return f"id:{graph.removeprefix(iris.ID)}" if graph.startswith(iris.ID) else graph
