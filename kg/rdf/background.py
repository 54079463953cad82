"""Who is who as RDF: names, types, sides, Wikidata items and dated roles of actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple

import pyoxigraph as ox

from kg import iris
from kg.model import Actor, Role
from kg.rdf.literals import date_literal, days
from kg.rdf.vocabulary import ACTOR_CLASSES, ACTORS_GRAPH, KG, ORG, RDF, RDFS, SKOS, Row


def actor_quads(actors: Iterable[Actor]) -> list[ox.Quad]:
    """Who is who, for the actors' graph: names, types, Wikidata items and dated roles."""
    rows: list[Row] = []
    for actor in actors:
        rows += (*identity(actor), *_table_rows(actor), *(() if actor.roles else side(actor)))
    return [ox.Quad(*row, ACTORS_GRAPH) for row in rows]


def with_actors(quads: Iterable[ox.Quad], actors: Iterable[Actor]) -> Iterator[ox.Quad]:
    """A document's quads, then who those of the actors are that they point to, each once.

    Nobody else belongs into the document's store.
    """
    unique = {ox.NamedNode(iris.actor(actor.id)): actor for actor in actors}
    pointed_to = set()
    for quad in quads:
        if quad.object in unique:
            pointed_to.add(quad.object)
        yield quad
    yield from actor_quads(actor for node, actor in unique.items() if node in pointed_to)


def identity(actor: Actor) -> Iterator[Row]:
    """Who an actor is: whether a table knows it, its name and its type."""
    node = ox.NamedNode(iris.actor(actor.id))
    yield node, RDF.type, KG.Actor if actor.known else KG.LocalActor
    yield node, RDFS.label, ox.Literal(actor.label)
    yield node, KG.actorType, ox.Literal(actor.type)
    if actor.type in ACTOR_CLASSES:
        yield node, RDF.type, ACTOR_CLASSES[actor.type]


def side(actor: Actor) -> Iterator[Row]:
    """Which country and sector an actor belongs to: with dated roles, on a document's date; else always."""
    yield from _side(ox.NamedNode(iris.actor(actor.id)), actor)


def _side(node: ox.NamedNode, whose: Actor | Role) -> Iterator[Row]:
    if whose.country is not None:
        yield node, KG.countryCode, ox.Literal(whose.country)
    if whose.sector is not None:
        yield node, KG.sector, ox.Literal(whose.sector)


def _table_rows(actor: Actor) -> Iterator[Row]:
    """What tables know of an actor besides: the Wikidata item and dated roles."""
    if actor.wikidata is not None:
        item = ox.NamedNode(iris.WIKIDATA + actor.wikidata)
        yield ox.NamedNode(iris.actor(actor.id)), SKOS.exactMatch, item
    for role in actor.roles:
        yield from _role_rows(actor, role)


def _role_rows(actor: Actor, role: Role) -> Iterator[Row]:
    node = ox.NamedNode(iris.role_held(actor.id, *astuple(role)))
    yield node, ORG.member, ox.NamedNode(iris.actor(actor.id))
    yield node, RDFS.label, ox.Literal(role.title)
    yield node, KG.office, ox.Literal(role.office)
    yield from _side(node, role)
    if role.start is not None:
        yield node, KG.since, date_literal(role.start)
    if role.end is not None:
        yield node, KG.until, date_literal(role.end)
    yield from days(node, f"{role.start or '..'}/{role.end or '..'}")
