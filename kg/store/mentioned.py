"""The actors whom the documents of a store mention, and which documents mention them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg import iris
from kg.actors.finding import Found

if TYPE_CHECKING:
    from kg.store import Rows, Store

_MENTIONED = """
SELECT ?actor (SAMPLE(?name) AS ?label) (SAMPLE(?kind) AS ?type) (SAMPLE(?code) AS ?country)
       (COUNT(DISTINCT ?graph) AS ?documents) {
  GRAPH ?graph { ?mention kg:refersTo ?actor }
  ?actor rdfs:label ?name ; kg:actorType ?kind .
  OPTIONAL { ?actor kg:countryCode ?code }
} GROUP BY ?actor ORDER BY ?actor
"""


def actors(store: Store) -> Iterator[Found]:
    """Every actor that is mentioned, by id."""
    for row in cast("Rows", store.query(_MENTIONED)):
        actor, label, type, country, documents = (row[i] for i in range(5))
        code = str(country) if country is not None else None
        yield Found(iris.actor_id(str(actor)), str(label), (), str(type), code, int(str(documents)))


def documents(store: Store, actors: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each document that mentions one of these actors (ids), with the actor."""
    names = " ".join(str(ox.NamedNode(iris.actor(id))) for id in actors)
    query = f"""SELECT DISTINCT ?id ?actor {{ VALUES ?actor {{ {names} }} GRAPH ?graph {{
        ?mention kg:refersTo|kg:member ?actor . ?document a schema:NewsArticle ; dct:identifier ?id }} }}"""
    for document, actor in cast("Rows", store.query(query)):
        yield str(document), iris.actor_id(str(actor))


def is_at(store: Store, actor: str, document: str, start: int) -> bool:
    """Whether an actor (id) is mentioned at a character of a document."""
    name, id = str(ox.NamedNode(iris.actor(actor))), str(ox.Literal(document))
    query = f"""ASK {{ GRAPH ?graph {{ ?document dct:identifier {id} ; a schema:NewsArticle .
        ?mention kg:refersTo|kg:member {name} ; nif:beginIndex {start} }} }}"""
    return bool(store.query(query))
