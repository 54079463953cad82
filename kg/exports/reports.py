"""Coded events out of the store, in the files of `kg.exports.events`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import pyoxigraph as ox

from kg import iris, rdf
from kg.exports.events import FORMATS, Report
from kg.store import Store


def reports(store: Store) -> Iterator[Report]:
    """Every event in the store with its document and claim, in the documents' order."""
    background = _background(store)
    for document_id in store.documents():
        quads = list(store.quads(iris.graph(document_id)))
        subjects = dict.fromkeys(quad.subject for quad in quads)
        known = [quad for subject in subjects for quad in background.get(subject, ())]
        document, claims, events = rdf.read_document([*quads, *known])
        by_id = {claim.id: claim for claim in claims}
        yield from (Report(event, document, by_id.get(event.claim)) for event in events)


def _background(store: Store) -> dict[object, list[ox.Quad]]:
    """What the actors' graph says of each actor, with the roles it held."""
    quads = list(store.quads(iris.ACTORS_GRAPH))
    holders = {quad.subject: quad.object for quad in quads if quad.predicate == rdf.ORG.member}
    found: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        found[holders.get(quad.subject, quad.subject)].append(quad)
    return found


def exporter(write: Callable[[Sequence[Report]], str]) -> Callable[[Store, BinaryIO], None]:
    """An export of events as the function of `FORMATS` writes them."""

    def export(store: Store, out: BinaryIO) -> None:
        out.write(write(list(reports(store))).encode())

    export.__doc__ = write.__doc__
    return export


EXPORTS = {name: exporter(write) for name, write in FORMATS.items()}
