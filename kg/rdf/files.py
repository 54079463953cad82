"""Quads and triples as the text of RDF files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

import pyoxigraph as ox

from kg import iris


def serialize(statements: Iterable[ox.Quad | ox.Triple], format: ox.RdfFormat) -> bytes:
    """Quads or triples in an RDF format, in the order given, with kg's prefixes where the format has any.

    Oxigraph writes prefixes in no fixed order; sorted, the same input gives the same bytes.
    """
    has_prefixes = format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    written = cast(Any, statements)  # Oxigraph takes a mixture too
    data = ox.serialize(written, format=format, prefixes=iris.PREFIXES if has_prefixes else None) or b""
    return sorted_prefixes(data) if has_prefixes else data


def sorted_prefixes(data: bytes) -> bytes:
    """Turtle, TriG or RDF/XML with the prefixes at its beginning sorted."""
    if data.startswith(b"<?xml"):
        head, root, rest = re.match(rb"(.*?<rdf:RDF )(.*?)(>.*)", data, re.DOTALL).groups()  # type: ignore[union-attr]
        return head + b" ".join(sorted(root.split())) + rest
    end = 0
    while data.startswith(b"@prefix ", end):
        end = data.index(b"\n", end) + 1
    return b"".join(sorted(data[:end].splitlines(keepends=True))) + data[end:]
