"""Every mention of an actor in a document, judged: who it is, and why.

Names first (persons, organisations, countries), full names before short ones; then what common nouns
say of them ("the Hungarian prime minister", "Iraqi police"), groups, and last the pronouns. A wrong
known actor is worse than a local one: where a name could be several, nobody is chosen.
"""

from __future__ import annotations

from kg.actors import common_nouns, descriptions, kinds, localities, nationals, persons
from kg.actors.context import Context
from kg.actors.countries import Countries
from kg.actors.index import Gazetteer
from kg.actors.mentions import Mentions, collect
from kg.actors.names import Chunk
from kg.actors.organisations import Organisations
from kg.actors.pronouns import coreference
from kg.model import Document
from kg.parsing.tree import Sentence

Named = list[tuple[int, Chunk]]  # names, each with the number of its sentence


def link(document: Document, sentences: list[Sentence], gazetteer: Gazetteer) -> Mentions:
    """The mentions of a parsed document, each a judgement with its reason."""
    context = Context(document, sentences, gazetteer)
    coreference.link(context, link_names(context))
    return collect(document, sentences, context.refs.values())


def link_names(context: Context) -> common_nouns.Nominals:
    """Names and common nouns; pronouns come after them."""
    people, bodies = _link_places(context)
    _link_organisations(context, bodies)
    _link_persons(context, people)
    nominals = common_nouns.link(context)
    nationals.link(context)
    return nominals


def _link_places(context: Context) -> tuple[Named, Named]:
    """Countries and places first, since they say whose president somebody is; what persons and
    organisations are left."""
    countries = Countries(context)
    people: Named = []
    bodies: Named = []
    for s, found in enumerate(context.chunks):
        for chunk in found:
            kind = kinds.kind(context, s, chunk)
            if kind == "person":
                people.append((s, chunk))
            elif kind == "organisation":
                bodies.append((s, chunk))
            elif kind == "place":
                localities.link(context, s, chunk)
            else:
                countries.link(s, chunk, kind)
    return people, bodies


def _link_organisations(context: Context, named: Named) -> None:
    """Long names and those that the tables have first, since short ones stand for them."""
    organisations = Organisations(context)
    for s, chunk in sorted(named, key=lambda pair: (pair[1].start - pair[1].end, not pair[1].entries)):
        organisations.link(s, chunk)


def _link_persons(context: Context, named: Named) -> None:
    """Full names first, since surnames stand for them."""
    linker = persons.Persons(context)
    people = [descriptions.read(context, s, chunk) for s, chunk in named]
    for person in people:
        if len(person.units) > 1:
            linker.link_full(person)
    for person in people:
        if len(person.units) == 1:
            linker.link_short(person)
