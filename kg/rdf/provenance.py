"""What made a document's graph, and how it is known to be up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple

import pyoxigraph as ox

from kg import iris
from kg.model import Document
from kg.rdf.vocabulary import DCT, DEFAULT, KG, PROV, RDF, XSD, Row


def provenance_quads(
    document: Document,
    made_by: Sequence[str] = (),
    ended: str | None = None,
    lost: Sequence[str] = (),
    decisions: Sequence[str] = (),
) -> list[ox.Quad]:
    """What made the document's graph, for the default graph.

    `made_by` names software and models with their versions; `ended` is an ISO date and time with zone,
    written only if given, so that by default the same input gives the same quads. `lost` says what of the
    document could not be understood; such a graph is never up to date, so that every build tries again.
    `decisions` are the ids of those about who is who that the graph honours.
    """
    doc, graph = ox.NamedNode(iris.document(document.id)), ox.NamedNode(iris.graph(document.id))
    run = ox.NamedNode(iris.run(document.id))
    rows: list[Row] = [
        (graph, RDF.type, KG.DocumentGraph),
        (graph, PROV.wasDerivedFrom, doc),
        (graph, PROV.wasGeneratedBy, run),
        (graph, DCT.conformsTo, ox.NamedNode(iris.ONTOLOGY_VERSION)),
        (graph, KG.contentHash, ox.Literal(content_hash(document, (*made_by, *decisions, *lost)))),
        (run, RDF.type, PROV.Activity),
        (run, PROV.used, doc),
    ]
    rows += [(run, KG.madeBy, ox.Literal(name)) for name in made_by]
    rows += [(run, KG.honours, ox.Literal(id)) for id in decisions]
    rows += [(run, KG.lost, ox.Literal(what)) for what in lost]
    if ended is not None:
        rows.append((run, PROV.endedAtTime, ox.Literal(ended, datatype=XSD.dateTime)))
    return [ox.Quad(*row, DEFAULT) for row in rows]


def content_hash(document: Document, made_by: Sequence[str] = ()) -> str:
    """SHA-256 of all that the document says and of what reads it: unchanged, its graph is up to date."""
    parts = (*astuple(document), *made_by)
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
