"""Actors by name or id: who is so called in the tables, or among others that somebody brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.actors.index import Gazetteer, Record
from kg.actors.spellings import phrase_units
from kg.errors import InputError

MOST = 20  # found by a part of the name


@dataclass(frozen=True, slots=True)
class Found:
    """An actor with all its names; `documents` is how many of a store mention it, where one was asked."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = "unknown"
    country: str | None = None
    documents: int | None = None

    def is_called(self, name: str) -> bool:
        """Whether that is its id or one of its names, case and accents aside."""
        said = phrase_units(name)
        return name == self.id or said in map(phrase_units, (self.label, *self.aliases))

    def has_part(self, words: frozenset[str]) -> bool:
        """Whether all these words stand in one of its names."""
        return any(words <= set(phrase_units(n)) for n in (self.label, *self.aliases))


def everybody(gazetteer: Gazetteer) -> list[Found]:
    """All actors of the tables, countries before their governments and these before people and bodies."""
    found = []
    for country in gazetteer.countries.values():
        government = gazetteer.government(country.code)
        found.append(Found(country.id, country.name, country.aliases, "state", country.code))
        found.append(Found(government.id, government.label, country.metonyms, "government", country.code))
    return [*found, *map(_of_record, gazetteer.records.values())]


def _of_record(record: Record) -> Found:
    aliases = tuple(n for n in record.names if n != record.label)
    country = record.countries[0] if len(record.countries) == 1 else None
    return Found(record.id, record.label, aliases, record.type, country)


def find(name: str, among: Iterable[Found]) -> list[Found]:
    """Those of that id or name; where nobody is, those with all its words in one of their names."""
    actors, words = list(among), frozenset(phrase_units(name))
    exact = [a for a in actors if a.is_called(name)]
    return exact or ([a for a in actors if a.has_part(words)][:MOST] if words else [])


def only(name: str, among: Sequence[Found]) -> Found:
    """The one of that id or name. Raises InputError where nobody, or more than one, is so called."""
    by_id = [a for a in among if a.id == name]
    found = by_id or [a for a in among if a.is_called(name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(a.id for a in found[:MOST])
        raise InputError(f"{name!r} may be {ids}; give one of these ids")
    raise InputError(f"no actor has the id or name {name!r}; `kg actors find` looks for a part of a name")
