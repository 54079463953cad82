"""Coded events out of the store, in the files of `kg.exports.coders`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from kg import iris, rdf
from kg.exports.coders import FORMATS, Report
from kg.store import Store
from kg.store.shared import Shared


def reports(store: Store) -> Iterator[Report]:
    """Every event in the store with its document and claim, in the documents' order."""
    shared = Shared(store)
    for document_id in store.documents():
        document, claims, events = rdf.read_document(shared.beside(store.quads(iris.graph(document_id))))
        by_id = {claim.id: claim for claim in claims}
        yield from (Report(event, document, by_id.get(event.claim)) for event in events)


def exporter(write: Callable[[Sequence[Report]], str]) -> Callable[[Store, BinaryIO], None]:
    """An export of events as the function of `FORMATS` writes them."""

    def export(store: Store, out: BinaryIO) -> None:
        out.write(write(list(reports(store))).encode())

    export.__doc__ = write.__doc__
    return export


EXPORTS = {name: exporter(write) for name, write in FORMATS.items()}
