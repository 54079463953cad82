"""The store as files: RDF formats, graph files of the actors, and event files.

EXPORTS is the table of formats, each a function that writes to an open binary file; ENDINGS says which
a file's name means.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.exports import graphs, reports, syntaxes
from kg.store import Store
from kg.writing import writing

Export = Callable[[Store, BinaryIO], None]

EXPORTS: dict[str, Export] = {
    "turtle": syntaxes.turtle,
    "turtle-unsorted": syntaxes.turtle_unsorted,
    "turtle12": syntaxes.turtle12,
    "ntriples": syntaxes.ntriples,
    "nquads": syntaxes.nquads,
    "trig": syntaxes.trig,
    "jsonld": syntaxes.jsonld,
    "rdfxml": syntaxes.rdfxml,
    "graphml": graphs.graphml,
    "gexf": graphs.gexf,
    "csv": graphs.csv_edges,
    "csv-nodes": graphs.csv_nodes,
    "cypher": graphs.cypher,
    **reports.EXPORTS,
}

ENDINGS = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
    ".cypher": "cypher",
    ".cql": "cypher",
}


def export(store: Store, target: str | Path | BinaryIO, format: str | None = None) -> None:
    """Write the store to a file or an open binary file; without a format, the name's ending says which.

    A file appears only when it is whole. Raises KgError for a format that isn't known, and
    InputError where the file cannot be written.
    """
    write = _writer(target, format)
    if not isinstance(target, str | Path):
        write(store, target)
        return
    with writing(target) as out:
        write(store, out)


def to_bytes(store: Store, format: str) -> bytes:
    """The store in a format, as bytes."""
    out = io.BytesIO()
    export(store, out, format)
    return out.getvalue()


def _writer(target: object, format: str | None) -> Export:
    known = ", ".join(EXPORTS)
    if format is None:
        ending = Path(target).suffix.lower() if isinstance(target, str | Path) else ""
        if ending not in ENDINGS:
            raise KgError(f"{target}: the name's ending tells no format; give one of {known}")
        format = ENDINGS[ending]
    if format not in EXPORTS:
        raise KgError(f"{format}: no such export; there are {known}")
    return EXPORTS[format]
