"""The known actors, found by name: countries, and the records of people and organisations."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from kg import resources, tables
from kg.actors import entries, offices
from kg.actors.offices import Offices
from kg.actors.spellings import phrase_units, plural, slips, sound, units, with_article
from kg.actors.trie import Entry, Kind, Trie
from kg.actors.wordlists import Clash, Group, Homonym, Noun, Prefix, Title, Vocabulary, rows
from kg.model import Actor, Role

log = logging.getLogger("kg")

# Letters of a country's name that is known by one slip: "Angola" is too near to "Angela".
_LONG = 7


@dataclass(frozen=True)
class Record:
    """A known person or organisation: all that its rows say."""

    id: str
    label: str
    type: str
    names: tuple[str, ...]
    wikidata: str | None
    gender: str | None
    roles: tuple[Role, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]


class Gazetteer(Vocabulary, Trie):
    """Every known actor, by phrase, by surname and by office; made by `load`."""

    def __init__(self) -> None:
        Vocabulary.__init__(self)
        Trie.__init__(self)
        self.countries: dict[str, entries.Country] = {}  # by code
        self.records: dict[str, Record] = {}
        self.offices = Offices()
        self.clashes: dict[str, list[Clash]] = defaultdict(list)  # by the name as it is written
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._code_of: dict[str, str] = {}
        self._slips: dict[str, set[tuple[str, str]]] = defaultdict(set)  # by name with a letter less

    # -- finding -----------------------------------------------------------------------------

    def misspelt(self, word: str) -> str | None:
        """The code of the only country whose name is one slip away from a word: "Afganistan".

        A letter left out, added, replaced, or two changed round, in names of seven letters and more; the
        first and the last letter are right ("Romani" is not Romania).
        """
        said = units(word)
        if len(said) != 1 or len(said[0]) < _LONG - 1:
            return None
        alike = {pair for form in slips(said[0]) for pair in self._slips.get(form, ())}
        shared = {phrase.lower() for phrase in self.homonyms}  # "Georgina" is not Georgia
        meant = {code for name, code in alike if OSA.distance(name, said[0]) == 1 and name not in shared}
        return meant.pop() if len(meant) == 1 else None

    def by_surname(self, last: str) -> list[str]:
        """Ids of the persons whose name ends so."""
        return self._by_last.get(last, [])

    def by_sound(self, last: str) -> list[str]:
        """Ids of the persons whose name ends in a word that sounds so."""
        return self._by_sound.get(sound(last), [])

    def plain(self, name: str) -> tuple[str, ...]:
        """A person's name in pieces, without the honorifics before it.

        >>> tables = Gazetteer()
        >>> tables.words["honorific"].add("sheikh")
        >>> tables.plain("Sheikh Hamad bin Isa")
        ('hamad', 'bin', 'isa')
        """
        parts = phrase_units(name)
        while len(parts) > 1 and parts[0] in self.words["honorific"]:
            parts = parts[1:]
        return parts

    # -- actors ------------------------------------------------------------------------------

    def actor(self, id: str, on: str | None) -> Actor:
        """The actor of that id with the country and sector that it had on a date (None: undated).

        An office that has ended leaves a person among the elites (ELI), as PLOVER codes them;
        without a date only what all the rows agree on is said.
        """
        record = self.records[id]
        country, sector = _standing(record, on)
        return Actor(
            record.id, record.label, record.type, country, sector, record.wikidata, True, record.roles
        )

    def of_id(self, id: str, on: str | None) -> Actor | None:
        """Whoever has that id on a date: somebody of the tables, a country, its government; else None."""
        if id in self.records:
            return self.actor(id, on)
        code = id.removesuffix("-gov").upper()
        if code not in self.countries:
            return None
        return self.government(code) if id.endswith("-gov") else self.state(code)

    def government(self, code: str) -> Actor:
        """The government of a country."""
        country = self.countries[code]
        label = f"Government of {with_article(country.name)}"
        return Actor(f"{country.id}-gov", label, "government", code, "GOV", known=True)

    def state(self, code: str) -> Actor:
        """The country as an actor."""
        country = self.countries[code]
        return Actor(country.id, country.name, "state", code, None, country.wikidata, known=True)

    def is_person(self, entry: Entry) -> bool:
        """Whether an entry of the kind `name` is a person's, and not an organisation's."""
        return self.records[entry.id].type == "person"

    def is_known(self, id: str) -> bool:
        """Whether an id is that of an actor of the tables."""
        return id in self.records or id in self._code_of

    def shared(self, records: Iterable[Record]) -> Iterator[tuple[str, list[str]]]:
        """The names of records that others have too, with the ids of all who have them."""
        for name in (n for record in records for n in record.names):
            ids = sorted({e.id for e in self.lookup(name) if e.kind in ("name", "country", "capital")})
            if len(ids) > 1:
                yield name, ids

    def gender(self, id: str) -> str | None:
        """m or f where the table says so."""
        record = self.records.get(id)
        return record.gender if record else None

    # -- filling -----------------------------------------------------------------------------

    def add_country(self, country: entries.Country) -> None:
        """Put a country with its names, demonyms, capitals and metonyms in."""
        self.countries[country.code] = country
        self._code_of[country.id] = self._code_of[f"{country.id}-gov"] = country.code
        parts = units(country.name)
        if len(parts) == 1 and len(parts[0]) >= _LONG and country.end is None:
            for form in slips(parts[0]):
                self._slips[form].add((parts[0], country.code))
        phrases: dict[Kind, tuple[str, ...]] = {
            "country": (country.name, *country.aliases),
            "demonym": country.demonyms,
            "capital": country.capital,
            "metonym": country.metonyms,
        }
        for kind, names in phrases.items():
            for phrase in names:
                self.add(phrase, Entry(kind, country.code, phrase))

    def add_record(self, record: Record) -> None:
        """Put a person or organisation in, or replace the one of the same id."""
        if record.id in self.records:
            self._forget(record.id)
        self.records[record.id] = record
        for name in record.names:
            titled = record.type == "person" and phrase_units(name)[:1] != self.plain(name)[:1]
            self.add(name, Entry("name", record.id, name, titled=titled))
        if record.type == "person":
            self._add_person(record)

    def _add_person(self, record: Record) -> None:
        for last in {parts[-1] for n in record.names if len(parts := phrase_units(n)) > 1}:
            self._by_last[last].append(record.id)
            self._by_sound[sound(last)].append(record.id)
        for role in record.roles:
            self.offices.add(record.id, role)
            if role.office == offices.HEAD:
                self._add_head(record.id, role)

    def _add_head(self, id: str, role: Role) -> None:
        """Note whose head somebody is: "NATO secretary general"."""
        words = phrase_units(role.title)
        for n in range(len(words) - 1, 0, -1):
            found = [e.id for e in self.lookup(" ".join(words[:n])) if e.kind == "name"]
            for organisation in found:
                self.offices.add_head(organisation, words[n:], id, role)
            if found:
                return

    def _forget(self, id: str) -> None:
        self.remove(self.records[id].names, id)
        for ids in (*self._by_last.values(), *self._by_sound.values()):
            ids[:] = [i for i in ids if i != id]
        self.offices.forget(id)


def _standing(record: Record, on: str | None) -> tuple[str | None, str | None]:
    """Country and sector on a date; without one, or without offices, those that all rows agree on."""
    found = offices.standing(record.roles, on) if on is not None and record.type == "person" else None
    return found or (offices.state(_agreed(record.countries)), _agreed(record.sectors))


def _agreed(values: tuple[str, ...]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


# -- loading ---------------------------------------------------------------------------------


def load(extra: Path | None = None) -> Gazetteer:
    """The tables that ship with kg, a user's own table over them.

    A row of `extra` overrides ours of the same id. Raises TableError for a bad row, with
    nothing half-loaded.
    """
    if extra is None:
        return _shipped()
    own = build(resources.path("data/actors"))
    records = _records(entries.rows(extra, frozenset(own.countries)))
    for record in records:
        own.add_record(record)
    for name, ids in own.shared(records):
        log.warning("%s: %r may be %s; the text decides, or nobody is chosen", extra, name, " or ".join(ids))
    return own


@lru_cache(maxsize=1)
def _shipped() -> Gazetteer:
    return build(resources.path("data/actors"))


def build(folder: Path) -> Gazetteer:
    """A gazetteer from a folder of tables (countries.csv must be there, the others may)."""
    gazetteer = Gazetteer()
    gazetteer.read(folder)
    for _, country in tables.read(folder / "countries.csv", entries.Country):
        gazetteer.add_country(country)
    codes = frozenset(gazetteer.countries)
    for name in ("organisations.csv", "people.csv"):
        if (folder / name).exists():
            for known in _records(entries.rows(folder / name, codes)):
                gazetteer.add_record(known)
    _add_titles(gazetteer, folder)
    _add_nouns(gazetteer, folder)
    _add_homonyms(gazetteer, folder)
    _add_clashes(gazetteer, folder / "clashes.csv")
    return gazetteer


def _records(found: Iterable[entries.Row]) -> list[Record]:
    grouped: dict[str, list[entries.Row]] = defaultdict(list)
    for row in found:
        grouped[row.id].append(row)
    return [_record(same) for same in grouped.values()]


def _record(same: list[entries.Row]) -> Record:
    """What the rows of one actor say together."""
    first = same[0]
    return Record(
        first.id,
        first.name,
        first.type,
        names=_distinct(n for row in same for n in (row.name, *row.aliases)),
        wikidata=_first(r.wikidata for r in same),
        gender=_first(r.gender for r in same),
        roles=tuple(filter(None, map(_role, same))),
        countries=_distinct(r.country for r in same),
        sectors=_distinct(r.sector for r in same),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next(filter(None, values), None)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def _role(row: entries.Row) -> Role | None:
    """The office of a row; a row with dates alone is one without a name."""
    if not (row.office or row.title or row.start or row.end):
        return None
    office, title = row.office or row.title or "", row.title or row.office or ""
    return Role(office, title, row.country, row.sector, row.start, row.end)


def _add_titles(gazetteer: Gazetteer, folder: Path) -> None:
    for title in _titles(gazetteer, folder):
        for phrase in (title.title, *title.aliases):
            for form in (phrase, plural(phrase)):
                gazetteer.add(form, Entry("title", title.title, form, title))


def _titles(gazetteer: Gazetteer, folder: Path) -> Iterator[Title]:
    """The titles of titles.csv, then those that only people's rows have."""
    seen: set[tuple[str, ...]] = set()
    for title in rows(folder, "titles", Title):
        seen.update(map(phrase_units, (title.title, *title.aliases)))
        yield title
    people = (r for r in gazetteer.records.values() if r.type == "person")
    for role in (role for record in people for role in record.roles if role.title):
        if phrase_units(role.title) not in seen:
            seen.add(phrase_units(role.title))
            yield Title(role.title, role.office, role.sector)


def _add_nouns(gazetteer: Gazetteer, folder: Path) -> None:
    """Common nouns, prefixes, nouns for groups and for who is named before."""
    for noun in rows(folder, "generic", Noun):
        for form, generic in noun.forms():
            gazetteer.add(form, Entry("generic", noun.noun, form, generic))
    for prefix in rows(folder, "prefixes", Prefix):
        gazetteer.add(prefix.word, Entry("prefix", prefix.word, prefix.word, prefix))
    for group in rows(folder, "groups", Group):
        gazetteer.add(group.noun, Entry("group", group.noun, group.noun, group))
    for anaphor in gazetteer.anaphors:
        gazetteer.add(anaphor, Entry("anaphor", anaphor, anaphor))


def _add_homonyms(gazetteer: Gazetteer, folder: Path) -> None:
    """The shared names of those countries that the tables have."""
    for homonym in rows(folder, "homonyms", Homonym):
        if homonym.code in gazetteer.countries:
            gazetteer.add(homonym.phrase, Entry("country", homonym.code, homonym.phrase))
            gazetteer.homonyms[homonym.phrase].append(homonym)


def _add_clashes(gazetteer: Gazetteer, file: Path) -> None:
    """The readings of names that several share. Raises TableError for whom no table has."""
    for line, clash in tables.read(file, Clash) if file.exists() else ():
        if clash.id in gazetteer.records:
            gazetteer.add(clash.alias, Entry("name", clash.id, clash.alias))
        elif clash.id in gazetteer.countries:
            if all(e.id != clash.id for e in gazetteer.lookup(clash.alias)):
                gazetteer.add(clash.alias, Entry("country", clash.id, clash.alias))
        elif clash.id is not None:
            raise tables.refused(file, line, f"id {clash.id!r} is no actor's and no country's code")
        gazetteer.clashes[clash.alias].append(clash)
