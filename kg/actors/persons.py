"""Persons: who a full name, a surname, or a surname with a title is."""

from __future__ import annotations

from dataclasses import replace

from kg import ids
from kg.actors.context import Context
from kg.actors.descriptions import NOT_NOW, Person
from kg.actors.index import Record
from kg.actors.mentions import Ref
from kg.actors.names import is_one_person
from kg.actors.offices import in_force, same_office
from kg.actors.spellings import phrase_units, similar, sound
from kg.actors.trie import Entry
from kg.model import Actor

Named = tuple[Person, Ref]

# Years before somebody's first office in which a surname alone is somebody else's.
_UNKNOWN_BEFORE = 10
_ANY_OFFICE = frozenset({"other", "head of organisation"})  # of titles that tell little: "Mr", "Dr", "chief"
_MOST = 50  # persons of one name that are remembered, the last ones


class Persons:
    """Decides who the persons of a document are."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.gazetteer = context.gazetteer
        self.records = context.gazetteer.records
        self.full: dict[str, list[Named]] = {}  # by last name, in text order
        self.first: dict[str, list[Named]] = {}
        self.sounds: dict[str, list[Named]] = {}  # by last name as it sounds

    def link_full(self, person: Person) -> Ref:
        """A name of at least two words."""
        ref = self._ref(person)
        found, why = self._known(person)
        if found:
            ref.means(self._as_said(found, person), "same", why)
        elif why:
            ref.means(None, "unsure", why)
        elif before := self._written_before(person):
            other, meant = before
            ref.means(meant.actor, meant.verdict, f"the name of '{other.text}' in the same document")
        else:
            self._local(ref, person)
        self.sounds.setdefault(_sounds(person)[-1], []).append((person, ref))
        self._remember(self.full, person.units[-1], (person, ref))
        self._remember(self.first, person.units[0], (person, ref))
        return self.context.add(self._finished(ref, person))

    def link_short(self, person: Person) -> Ref:
        """A surname, or any name of one word."""
        ref = self._ref(person)
        steps = (self._by_document, self._by_table, self._by_office, self._by_time, self._several)
        if not any(step(ref, person) for step in steps):
            self._local(ref, person)
            self._remember(self.full, person.units[-1], (person, ref))
        return self.context.add(self._finished(ref, person))

    @staticmethod
    def _remember(names: dict[str, list[Named]], name: str, named: Named) -> None:
        """Keep who goes by a name."""
        names[name] = [*names.get(name, [])[1 - _MOST :], named]

    def _as_said(self, id: str, person: Person) -> Actor:
        """A known person; out of office, of the country that the text gives where a role agrees."""
        actor, on, said = self.context.known(id), self.context.on, person.country
        in_office = on is not None and any(in_force(r, on) for r in actor.roles)
        if in_office or said not in {r.country for r in actor.roles}:
            return actor
        return replace(actor, country=said)

    def _written_before(self, person: Person) -> Named | None:
        """The person of the same first and last name in this document, a middle name more or less.

        However they are spelt, and in another sentence also the other way round.
        """
        said = _sounds(person)
        for other, ref in self.sounds.get(said[-1], []):
            if is_one_person(said, _sounds(other)) and _is_compatible(person, ref):
                return other, ref
        turned = [p for p in self.sounds.get(said[0], []) if _sounds(p[0]) == said[::-1]]
        return next((p for p in turned if p[0].sentence != person.sentence), None)

    # -- one word --------------------------------------------------------------------------

    def _named(self, person: Person) -> dict[str, Named]:
        """The persons whom the document names in full and whose last (or family) name this is, by id."""
        word = person.units[-1]
        found = [pair for pair in self.full.get(word, []) if _is_compatible(person, pair[1])]
        found = found or [pair for pair in self.first.get(word, []) if _is_compatible(person, pair[1])]
        return {ref.actor.id: (other, ref) for other, ref in found if ref.actor}

    def _by_document(self, ref: Ref, person: Person) -> bool:
        """The only person of that name in the document, unless the tables know somebody better."""
        table = [e.id for e in self._entries(person)]
        named = _only_titled(_only_listed(self._named(person), table), person)
        if len(named) != 1:
            return False
        other, meant = next(iter(named.values()))
        if table and meant.actor and meant.actor.id not in table and not person.title_text:
            why = f"'{person.text}' may be {meant.actor.label}, named here, or somebody better known"
            ref.means(None, "unsure", why)
        else:
            part = _part(person, other)
            ref.means(meant.actor, meant.verdict, f"{part} of '{other.text}' in the same document")
        return True

    def _by_table(self, ref: Ref, person: Person) -> bool:
        """The person whom the tables have under that one word."""
        found, why = self._known(person)
        if found:
            ref.means(self.context.known(found), "same", why)
        elif why:
            ref.means(None, "unsure", why)
        return bool(found or why)

    def _by_office(self, ref: Ref, person: Person) -> bool:
        """A title and a surname that one known person held at the document's date."""
        found = [i for i in self.gazetteer.by_surname(person.units[-1]) if self._held(i, person)]
        if len(found) != 1:
            return False
        actor = self.context.known(found[0])
        ref.means(actor, "same", f"{actor.label} was {person.title_text} on {self.context.on}")
        return True

    def _by_time(self, ref: Ref, person: Person) -> bool:
        """A surname that one known person has who was in office then, of a country that the text names."""
        if person.title is not None and person.title.office not in _ANY_OFFICE:
            return False
        among = self.gazetteer.by_surname(person.units[-1])
        then = [i for i in among if self._is_in_office(i) and self._is_spoken_of(i) and self._is_public(i)]
        found = [i for i in then if self._fits(self.records[i], person)]
        if len(found) != 1 or self._named(person):
            return False
        actor = self.context.known(found[0])
        ref.means(actor, "same", f"{actor.label} was in office on {self.context.on}")
        return True

    def _several(self, ref: Ref, person: Person) -> bool:
        """Several persons of that name in the document: nobody is chosen."""
        named = self._named(person)
        if len(named) < 2:
            return False
        people = ", ".join(other.text for other, _ in named.values())
        ref.means(None, "unsure", f"'{person.text}' may be any of {people}")
        return True

    # -- the tables ------------------------------------------------------------------------

    def _entries(self, person: Person) -> list[Entry]:
        """What the tables have of persons under the very name."""
        return [e for e in person.chunk.of("name") if self.gazetteer.is_person(e)]

    def _known(self, person: Person) -> tuple[str | None, str]:
        """The known person of that name, or none and why there is doubt."""
        named = self._entries(person)
        fitting = [e for e in named if self._fits(self.records[e.id], person)]
        chosen = self._narrowed([e.id for e in fitting], person)
        if len(chosen) == 1:
            phrase = {e.id: e.phrase for e in reversed(fitting)}[chosen[0]]
            return chosen[0], self._why(chosen[0], phrase, person)
        if len(chosen) > 1:
            labels = ", ".join(self.records[i].label for i in chosen)
            return None, f"'{person.text}' may be {labels}"
        if not person.is_short and not named:
            return self._by_parts(person)
        return None, ""

    def _why(self, id: str, phrase: str, person: Person) -> str:
        label = self.records[id].label
        if phrase_units(label) == phrase_units(phrase):
            return f"name: '{person.text}'"
        return f"'{person.text}' is a known name of {label}"

    def _by_parts(self, person: Person) -> tuple[str | None, str]:
        """The holder of the title at the date, some of whose names these are, in whatever spelling."""
        held = [i for i in self._candidates(person) if self._held(i, person)]
        alike = [i for i in held if self._is_alike(self.records[i], person)]
        if len(alike) != 1:
            return None, ""
        label, on = self.records[alike[0]].label, self.context.on
        return alike[0], f"{label} was {person.title_text} on {on}; '{person.text}' spells it otherwise"

    def _candidates(self, person: Person) -> list[str]:
        """Known persons with one of the name's words as last name, or in office in its country."""
        title, on = person.title, self.context.on
        if title is None or on is None:
            return []
        found = [i for u in person.units for i in self.gazetteer.by_surname(u)]
        for code in person.codes or tuple(self.context.countries):
            found += self.gazetteer.offices.holders(code, title.title, title, on)
        return list(dict.fromkeys(found))

    def _is_alike(self, record: Record, person: Person) -> bool:
        """Whether the name is one of a known person's in another spelling."""
        said = self.gazetteer.plain(person.text)
        known = (self.gazetteer.plain(name) for name in record.names)
        return any(_is_respelt(said, has) for has in known if len(has) > 1)

    def _held(self, id: str, person: Person) -> bool:
        """Whether a known person held the title at the document's date (in the country, if one is said)."""
        on, title, record = self.context.on, person.title, self.records[id]
        if on is None or title is None or person.effect in NOT_NOW or not self._fits(record, person):
            return False
        return any(in_force(r, on) and same_office(r, title) for r in record.roles)

    def _fits(self, record: Record, person: Person) -> bool:
        """Whether nothing beside the name speaks against the person."""
        if person.gender and record.gender and person.gender != record.gender:
            return False
        if person.codes and record.countries and not set(person.codes) & set(record.countries):
            return False
        return not (person.is_short and self._is_too_early(record))

    def _is_too_early(self, record: Record) -> bool:
        """Whether the document is from long before the person was known by a surname alone."""
        starts, on = [r.start for r in record.roles if r.start], self.context.on
        if on is None or not starts or len(starts) < len(record.roles):
            return False
        return int(on[:4]) < int(min(starts)[:4]) - _UNKNOWN_BEFORE

    def _narrowed(self, found: list[str], person: Person) -> list[str]:
        """Of several persons of one name: who held the title, who was in office, who is of the country."""
        if len(found) < 2:
            return found
        for fits in (lambda i: self._held(i, person), self._is_in_office, self._is_spoken_of):
            kept = [i for i in found if fits(i)]
            if len(kept) == 1:
                return kept
        return found

    def _is_in_office(self, id: str) -> bool:
        """Whether an office of known dates was somebody's at the document's date."""
        on, roles = self.context.on, self.records[id].roles
        return on is not None and any(in_force(r, on) and (r.start or r.end) for r in roles)

    def _is_public(self, id: str) -> bool:
        """Whether somebody does not head a firm, which may bear the same name."""
        return all(r.sector != "BUS" for r in self.records[id].roles)

    def _is_spoken_of(self, id: str) -> bool:
        """Whether the document names somebody's country."""
        return any(self.context.countries[c] for c in self.records[id].countries)

    # -- nobody known ----------------------------------------------------------------------

    def _local(self, ref: Ref, person: Person) -> None:
        """A person of this text; the Smiths of two texts need not be one."""
        id = self.context.here(person.text) if person.is_short else ids.slug(person.text)
        actor = self.context.local(id, person.text, "person", person.country, self._sector(person))
        ref.means(actor, "same", "a name that no table has: an actor of this text")

    def _sector(self, person: Person) -> str | None:
        """The sector that a title gives; a sheikh need not govern."""
        title = person.title
        if person.effect == "ended":
            return "ELI"
        if title is None:
            return None
        honorific = title.title in self.gazetteer.words["honorific"]
        return None if honorific and title.office in ("other", "head of organisation") else title.sector

    def _ref(self, person: Person) -> Ref:
        c = person.chunk
        return Ref(
            person.sentence, c.head, c.start, c.end, "person", title=person.title_text, block=person.block
        )

    def _finished(self, ref: Ref, person: Person) -> Ref:
        ref.gender = person.gender or (self.gazetteer.gender(ref.actor.id) if ref.actor else None)
        ref.office = person.title.office if person.title else None
        ref.said = person.said
        return ref


def _is_compatible(person: Person, ref: Ref) -> bool:
    """Whether neither gender nor country speaks against a name meaning whom another one means."""
    if person.gender and ref.gender and person.gender != ref.gender:
        return False
    country = ref.actor.country if ref.actor else None
    return not (person.codes and country and country not in person.codes)


def _sounds(person: Person) -> tuple[str, ...]:
    return tuple(map(sound, person.units))


def _only_listed(named: dict[str, Named], table: list[str]) -> dict[str, Named]:
    """Of several whom the document names, the only one whom the tables have under the very word."""
    both = [i for i in table if i in named]
    return {both[0]: named[both[0]]} if len(named) > 1 and len(both) == 1 else named


def _only_titled(named: dict[str, Named], person: Person) -> dict[str, Named]:
    """Of several whom the document names, the only one with an office as the name's title gives it."""
    if len(named) < 2 or person.title is None:
        return named
    office = person.title.office
    titled = {i: p for i, p in named.items() if p[0].title and p[0].title.office == office}
    return titled if len(titled) == 1 else named


def _part(person: Person, other: Person) -> str:
    """Which part of a longer name a word is."""
    if other.is_short:
        return "name"
    return "surname" if person.units[-1] == other.units[-1] else "first word"


def _is_respelt(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether one name's words are all among the other's, or two names differ in spelling only."""
    shared = set(known) & set(said)
    if len(shared) >= 2 and shared in (set(known), set(said)):
        return True
    if said[-1] == known[-1] and (similar(said[0], known[0]) or said[0] in known):
        return True
    return said[0] == known[0] and similar(said[-1], known[-1])
