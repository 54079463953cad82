"""What a document's graph leaves to the shared graphs: who its known actors are, and what its terms mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import iris, rdf

if TYPE_CHECKING:
    from kg.store import Store


class Shared:
    """The quads of a store's shared graphs by the node that they describe; an actor's roles are its own."""

    def __init__(self, store: Store) -> None:
        quads = [q for name in (iris.ACTORS_GRAPH, iris.VOCABULARY_GRAPH) for q in store.quads(name)]
        holders = {quad.subject: quad.object for quad in quads if quad.predicate == rdf.ORG.member}
        self._found: dict[object, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            self._found[holders.get(quad.subject, quad.subject)].append(quad)

    def beside(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """The quads of a document's graph, then what the shared graphs say of the nodes in them."""
        quads = list(quads)
        terms = (term for quad in quads for term in (quad.subject, quad.predicate, quad.object))
        named = dict.fromkeys(term for term in terms if term in self._found)
        return [*quads, *(found for term in named for found in self._found[term])]
