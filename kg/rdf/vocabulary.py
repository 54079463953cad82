"""The terms that kg's graphs are written in, and the names of the graphs that all documents share."""

from __future__ import annotations

from typing import Any, TypeAlias

import pyoxigraph as ox

from kg import iris

Graph: TypeAlias = ox.NamedNode | ox.DefaultGraph
Term: TypeAlias = Any  # what pyoxigraph takes as an object: NamedNode or Literal
Row: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, Term]


class Terms:
    """The terms of a vocabulary as attributes: `KG.states` is <…ontology#states>."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> ox.NamedNode:
        node = ox.NamedNode(self._base + name)
        setattr(self, name, node)
        return node


KG, NIF, SCHEMA, SKOS = Terms(iris.KG), Terms(iris.NIF), Terms(iris.SCHEMA), Terms(iris.SKOS)
RDF, RDFS, XSD, DCT = Terms(iris.RDF), Terms(iris.RDFS), Terms(iris.XSD), Terms(iris.DCT)
SEM, PROV, ORG = Terms(iris.SEM), Terms(iris.PROV), Terms(iris.ORG)

ACTORS_GRAPH, VOCABULARY_GRAPH = ox.NamedNode(iris.ACTORS_GRAPH), ox.NamedNode(iris.VOCABULARY_GRAPH)
SHARED_GRAPHS = (ACTORS_GRAPH, VOCABULARY_GRAPH)
DEFAULT = ox.DefaultGraph()

# Actor.type → a class that other people's tools know; the type itself is kept as kg:actorType.
ACTOR_CLASSES = {
    "person": SCHEMA.Person,
    "state": SCHEMA.Country,
    "country": SCHEMA.Country,
    "government": SCHEMA.GovernmentOrganization,
    "place": SCHEMA.Place,
}
# Relation.voice → the class of a relation; in the passive it is another one: its subject has it done to it.
RELATION_CLASSES = {"active": KG.ActiveRelation, "passive": KG.PassiveRelation}


def own_node(local: str) -> ox.NamedNode:
    """A node of kg's by its local name: a claim's or event's id, a sentence of a document."""
    return ox.NamedNode(iris.ID + local)


def value_term(value: str) -> ox.NamedNode:
    """The term that stands for one of the model's values.

    >>> value_term("affirmed") == KG.affirmed
    True
    """
    return ox.NamedNode(iris.KG + value)
