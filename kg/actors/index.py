"""The known actors and how to find their names in a sentence.

Names lie in a token trie, so that a look-up costs the same whatever the tables' size. One spelling
stands for many: accents, full stops in acronyms, curly apostrophes and hyphens make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import OSA

from kg import resources, tables
from kg.actors import entries
from kg.model import Actor, Role
from kg.parsing.tree import Token

Kind = Literal[
    "name", "country", "demonym", "capital", "metonym", "title", "generic", "prefix", "group", "anaphor"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase may stand for: its kind, and the actor's id or the row of its table."""

    kind: Kind
    id: str
    phrase: str  # as the table has it
    row: Title | Generic | Prefix | Group | None = None
    titled: bool = False  # a name that begins with a title


@dataclass(frozen=True, slots=True)
class Title:
    """A title such as "prime minister" and the office that it names."""

    title: str
    office: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Generic:
    """A common noun for people who act: "police", "rebels"."""

    noun: str
    type: str
    sector: str | None
    plural: bool


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word before (or hyphenated after) a title that changes what it says: "former", "acting"."""

    word: str
    effect: str  # ended, holds, coming, dead, other


@dataclass(frozen=True, slots=True)
class Group:
    """A noun that stands for actors named before: "both sides", "the two leaders"."""

    noun: str
    of: str  # party, country, leader


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A noun that takes up an actor named before: "the group"; `named` if its name must have the noun."""

    noun: str
    types: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Homonym:
    """A country's name that others have too, with words that speak for either."""

    code: str
    cues: tuple[str, ...]
    other: str
    other_cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun's features."""

    form: str
    person: int
    plural: bool
    gender: str  # m, f, n or ""
    reflexive: bool


class Match:
    """A phrase of the tables in a sentence: tokens [start, end) and all that it may stand for."""

    __slots__ = ("end", "entries", "kinds", "start")

    def __init__(self, start: int, end: int, entries: tuple[Entry, ...]) -> None:
        self.start = start
        self.end = end
        self.entries = entries
        self.kinds = {e.kind for e in entries}

    def of(self, *kinds: str) -> list[Entry]:
        """The readings of one of these kinds."""
        if self.kinds.isdisjoint(kinds):
            return _NONE
        return [e for e in self.entries if e.kind in kinds]

    @property
    def titled(self) -> bool:
        """Whether it is a name that begins with a title: "President Xi"."""
        return self.entries[0].kind == "name" and self.entries[0].titled


@dataclass(frozen=True)
class Country:
    """A state with what points to it."""

    id: str
    code: str
    name: str
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    region: str
    wikidata: str | None
    start: str | None
    end: str | None


@dataclass
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


_NONE: list[Entry] = []
_LONG = 7  # letters of a country's name that is known by one slip: "Angola" is too near to "Angela"

# Offices that one person of a country holds at a time: a title for one of them finds its holder even
# under another word ("foreign secretary"). Who leads a country is whoever holds its highest offices.
_UNIQUE = frozenset({"head of government", "foreign minister", "defence minister", "finance minister"}) | {
    *("interior minister", "central bank governor", "speaker", "vice president")
}
_LEADING = {"head of state", "head of government", "head of state and government"}
_HEAD = "head of organisation"
_ANY_HEAD = frozenset({"chief", "leader"})
_FIRST = ("secretary", "general")
_STATE_OFFICES = _UNIQUE | _LEADING
_FEW = 20  # a title that more countries have than these is surely not one country's alone
_OFFICES_OF = {
    "leader": _LEADING,
    "head of state": {"head of state", "head of state and government"},
    "head of government": {"head of government", "head of state and government"},
    "prime minister": {"head of government"},
    "president": {"head of state and government"},
    "foreign policy chief": set(),
}

# An office outranks another that is held at the same time.
_RANK = (
    "head of state and government",
    "head of government",
    "head of state",
    "head of organisation",
    "foreign minister",
    "defence minister",
    "finance minister",
    "interior minister",
)


@lru_cache(maxsize=65536)
def units(word: str) -> tuple[str, ...]:
    """A word's pieces in the one spelling that names are compared in.

    >>> units("al-Assad"), units("U.S."), units("Erdoğan’s"), units("-")
    (('al', 'assad'), ('us',), ('erdogan', 's'), ())
    """
    plain = word.replace("’", "'").replace("ʼ", "'").replace("`", "'").replace("&", " and ")
    plain = plain.replace("ı", "i").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", plain.replace("ß", "ss").replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"'s\b", " s", plain).replace(".", "").replace("'", "")
    return tuple(re.findall(r"[\w,/()]+", re.sub(r"[-–—]", " ", plain)))


@lru_cache(maxsize=65536)
def phrase_units(phrase: str) -> tuple[str, ...]:
    """The pieces of a phrase of several words, commas and brackets left out.

    >>> phrase_units("Washington, D.C.")
    ('washington', 'dc')
    """
    return tuple(u for word in re.sub(r"[,()]", " ", phrase).split() for u in units(word))


class Gazetteer:
    """Every known actor, by phrase, by surname and by office; made by `load`."""

    def __init__(self) -> None:
        self.countries: dict[str, Country] = {}  # by code
        self.records: dict[str, Record] = {}
        self._trie: dict[str, object] = {}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._by_office: dict[str, list[tuple[str, Role]]] = defaultdict(list)  # by country
        self._by_title: dict[tuple[str, ...], dict[str | None, list[tuple[str, Role]]]] = {}  # by country
        self._by_organisation: dict[str, list[tuple[tuple[str, ...], str, Role]]] = defaultdict(list)
        self._code_of: dict[str, str] = {}
        self._slips: dict[str, set[tuple[str, str]]] = defaultdict(set)  # by name with a letter less
        self.senses: dict[tuple[str, str], str] = {}  # what a preposition, verb or noun says of a place
        self.homonyms: dict[str, list[Homonym]] = defaultdict(list)  # by phrase
        self.regions: dict[tuple[str, ...], str] = {}  # country by the pieces of a region's name
        self.pronouns: dict[str, Pronoun] = {}
        self.humans: set[str] = set()  # common nouns for persons
        self.genders: dict[str, str] = {}  # m or f, of some of them
        self.anaphors: dict[str, Anaphor] = {}  # by noun
        self.words: dict[str, set[str]] = defaultdict(set)  # verbs of saying, nouns of time
        self.weights: dict[str, float] = {}  # of coreference

    # -- finding -----------------------------------------------------------------------------

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The longest phrases of the tables in a sentence, none inside another, in text order."""
        pieces = [(u, i) for i, t in enumerate(tokens) for u in units(t.text)]
        trie, last, found = self._trie, -1, []
        for n, (unit, i) in enumerate(pieces):
            if unit in trie and i != last:  # phrases begin with a word's first piece
                found += self._from(pieces, n, tokens)
            last = i
        return _apart(found) if len(found) > 1 else found

    def _from(self, pieces: list[tuple[str, int]], at: int, tokens: Sequence[Token]) -> list[Match]:
        """The phrases that begin at a piece and end with a word's last piece."""
        node, found, count = self._trie, [], len(pieces)
        for n in range(at, count):
            below = node.get(pieces[n][0])
            if below is None:
                break
            node = below  # type: ignore[assignment]
            entries = node.get("")
            if entries and (n + 1 == count or pieces[n + 1][1] != pieces[n][1]):
                start, end = pieces[at][1], pieces[n][1] + 1
                fitting = tuple(e for e in entries if _cased(e, tokens[start:end]))  # type: ignore[attr-defined]
                if fitting:
                    found.append(Match(start, end, fitting))
        return found

    def lookup(self, phrase: str) -> tuple[Entry, ...]:
        """All that a whole phrase may stand for, letters' case aside."""
        node: dict[str, object] = self._trie
        for unit in phrase_units(phrase):
            below = node.get(unit)
            if not isinstance(below, dict):
                return ()
            node = below
        entries = node.get("")
        return tuple(entries) if isinstance(entries, list) else ()

    def misspelt(self, word: str) -> str | None:
        """The code of the only country whose name is one slip away from a word: "Afganistan".

        A letter left out, added, replaced, or two changed round, in names of seven letters and more; the
        first and the last letter are right ("Romani" is not Romania).
        """
        said = units(word)
        if len(said) != 1 or len(said[0]) < _LONG - 1:
            return None
        alike = {pair for form in _slips(said[0]) for pair in self._slips.get(form, ())}
        shared = {phrase.lower() for phrase in self.homonyms}  # "Georgina" is not Georgia
        meant = {code for name, code in alike if OSA.distance(name, said[0]) == 1 and name not in shared}
        return meant.pop() if len(meant) == 1 else None

    def by_surname(self, last: str) -> list[str]:
        """Ids of the persons whose name ends so."""
        return self._by_last.get(last, [])

    def holders(self, country: str, said: str, title: Title, on: str | None) -> list[str]:
        """Ids of the persons who held a title in a country on a date.

        The words said decide first ("treasury secretary"), then the title that they are another word
        for, then the office; but a president is never looked for by office, since a king is not
        one. Without a date there is no telling: nobody.
        """
        if on is None:
            return []
        for words in (said, title.title):
            held = self._by_title.get(phrase_units(words), {}).get(country, [])
            found = list(dict.fromkeys(i for i, role in held if in_force(role, on)))
            if found:
                return found
        offices = _OFFICES_OF.get(title.title) or ({title.office} if title.office in _UNIQUE else set())
        held = [(i, r) for i, r in self._by_office.get(country, []) if r.office in offices]
        return list(dict.fromkeys(i for i, role in held if in_force(role, on)))

    def only_holders(self, said: str, on: str | None) -> list[str]:
        """Ids of who held a title that no second country has ("treasury secretary")."""
        by_country = self._by_title.get(phrase_units(said), {})
        if on is None or len(by_country) > _FEW:
            return []
        offices = _STATE_OFFICES if len(phrase_units(said)) > 1 else _LEADING  # "the pope", but no minister
        held = [pair for pairs in by_country.values() for pair in pairs if pair[1].office in offices]
        if len({role.country for _, role in held}) != 1:
            return []
        return list(dict.fromkeys(i for i, role in held if in_force(role, on)))

    def heads(self, organisation: str, said: str, title: Title, on: str | None) -> list[str]:
        """Ids of who headed an organisation on a date: "NATO's secretary general", "the IAEA chief".

        The title's words decide, or those that it is another word for; any head will do for a "chief".
        """
        if on is None:
            return []
        held = [(rest, i) for rest, i, role in self._by_organisation[organisation] if in_force(role, on)]
        words = {phrase_units(said), phrase_units(title.title)}
        exact = list(dict.fromkeys(i for rest, i in held if rest in words))
        if exact or title.title not in _ANY_HEAD:
            return exact
        first = [i for rest, i in held if rest == _FIRST]  # of the many chiefs of the UN
        return list(dict.fromkeys(first or (i for _, i in held)))

    def code(self, id: str) -> str | None:
        """The country code of a state's or government's id."""
        return self._code_of.get(id)

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

    def government(self, code: str) -> Actor:
        """The government of a country."""
        country = self.countries[code]
        label = f"Government of {_with_article(country.name)}"
        return Actor(f"{country.id}-gov", label, "government", code, "GOV", known=True)

    def state(self, code: str) -> Actor:
        """The country as an actor."""
        country = self.countries[code]
        return Actor(country.id, country.name, "state", code, None, country.wikidata, known=True)

    def is_known(self, id: str) -> bool:
        """Whether an id is that of an actor of the tables."""
        return id in self.records or id in self._code_of

    def gender(self, id: str) -> str | None:
        """m or f where the table says so."""
        record = self.records.get(id)
        return record.gender if record else None

    # -- filling -----------------------------------------------------------------------------

    def add(self, phrase: str, entry: Entry) -> None:
        """Put a phrase into the trie."""
        parts = phrase_units(phrase)
        node: dict[str, object] = self._trie
        for unit in parts:
            node = node.setdefault(unit, {})  # type: ignore[assignment]
        if parts:
            entries = node.setdefault("", [])
            assert isinstance(entries, list)
            same = next((e for e in entries if e.kind == entry.kind and e.id == entry.id), None)
            if same is None:
                entries.append(entry)
            elif _letters(entry.phrase)[1] < _letters(same.phrase)[1]:
                entries[entries.index(same)] = entry  # "al-Qaeda" is "Al-Qaeda" too

    def add_country(self, country: Country, aliases: Iterable[str], metonyms: Iterable[str]) -> None:
        """Put a country with its names, demonyms, capitals and metonyms in."""
        self.countries[country.code] = country
        self._code_of[country.id] = self._code_of[f"{country.id}-gov"] = country.code
        parts = units(country.name)
        if len(parts) == 1 and len(parts[0]) >= _LONG and country.end is None:
            for form in _slips(parts[0]):
                self._slips[form].add((parts[0], country.code))
        for kind, phrases in (
            ("country", (country.name, *aliases)),
            ("demonym", country.demonyms),
            ("capital", country.capitals),
            ("metonym", metonyms),
        ):
            for phrase in phrases:
                self.add(phrase, Entry(kind, country.code, phrase))  # type: ignore[arg-type]

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

    def _add_person(self, record: Record) -> None:
        for last in {parts[-1] for n in record.names if len(parts := phrase_units(n)) > 1}:
            self._by_last[last].append(record.id)
        for role in record.roles:
            by_country = self._by_title.setdefault(phrase_units(role.title), {})
            by_country.setdefault(role.country, []).append((record.id, role))
            if role.country:
                self._by_office[role.country].append((record.id, role))
            if role.office == _HEAD:
                self._add_head(record.id, role)

    def _add_head(self, id: str, role: Role) -> None:
        """Note whose head somebody is: "NATO secretary general"."""
        words = phrase_units(role.title)
        for n in range(len(words) - 1, 0, -1):
            found = [e.id for e in self.lookup(" ".join(words[:n])) if e.kind == "name"]
            for organisation in found:
                self._by_organisation[organisation].append((words[n:], id, role))
            if found:
                return

    def _forget(self, id: str) -> None:
        for name in self.records[id].names:
            node: dict[str, object] = self._trie
            for unit in phrase_units(name):
                node = node[unit]  # type: ignore[assignment]
            entries = node[""]
            assert isinstance(entries, list)
            node[""] = [e for e in entries if e.id != id]
        for ids in self._by_last.values():
            ids[:] = [i for i in ids if i != id]
        for heads in self._by_organisation.values():
            heads[:] = [h for h in heads if h[1] != id]
        by_title = (held for by_country in self._by_title.values() for held in by_country.values())
        for held in (*self._by_office.values(), *by_title):
            held[:] = [(i, role) for i, role in held if i != id]


def _slips(word: str) -> Iterator[str]:
    """A word, and what is left of it without one of its letters, the first and the last one apart.

    Two words one slip away from each other share one of these (the symmetric delete method).
    """
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(1, len(word) - 1))


def _apart(found: list[Match]) -> list[Match]:
    """The longest of overlapping phrases; "Xi Jinping" before "President Xi"."""
    if all(a.end <= b.start for a, b in pairwise(found)):
        return found
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.titled, m.start)):
        if all(match.end <= k.start or k.end <= match.start for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _cased(entry: Entry, tokens: Sequence[Token]) -> bool:
    """Whether the words are written as a name of this kind is: "us" is not the U.S."""
    if entry.kind in ("title", "generic", "prefix", "group", "anaphor"):
        return True
    acronym, capitals = _letters(entry.phrase)
    if acronym:
        return all(not t.text.isalpha() or t.text.isupper() for t in tokens)
    return capitals <= sum(_letters(t.text)[1] for t in tokens)


@lru_cache(maxsize=65536)
def _letters(phrase: str) -> tuple[bool, int]:
    """Whether a phrase is a short acronym, and how many of its words have a capital."""
    letters = phrase.replace(".", "").replace(" ", "")
    capitals = sum(w[:1].isupper() for w in re.split(r"[-–\s]", phrase))
    return letters.isupper() and len(letters) <= 5, capitals


def in_force(role: Role, on: str) -> bool:
    """Whether an office was held at some time of a partial date; open ends hold for ever.

    >>> in_force(Role("head of state", "president", "FRA", "GOV", "2017-05-14"), "2018")
    True
    """
    low, high = (on + "-01-01")[:10] if len(on) == 4 else (on + "-01")[:10], (on + "-12-31")[:10]
    if len(on) == 7:
        high = on + "-31"
    started = role.start is None or role.start <= high
    ended = role.end is not None and (role.end + "-99-99")[:10] <= low
    return started and not ended


def _standing(record: Record, on: str | None) -> tuple[str | None, str | None]:
    """Country and sector on a date."""
    dated = [r for r in record.roles if r.start or r.end]
    undated = [r for r in record.roles if not (r.start or r.end)]
    if on is None or not dated or record.type != "person":
        return _state(_agreed(record.countries)), _agreed(record.sectors)
    held = sorted((r for r in dated if in_force(r, on)), key=_rank)
    if held or undated:
        role = (held or undated)[0]
        return _state(role.country), role.sector
    past = [r for r in dated if r.end and r.end[:4] <= on[:4]]
    if past:
        return _state(max(past, key=lambda r: r.end or "").country), "ELI"
    return _state(min(dated, key=lambda r: r.start or "").country), None  # not yet in office


def _state(code: str | None) -> str | None:
    """A country's code; none for UNO, EUR and others that have no country."""
    return None if code in entries.STATELESS else code


def _agreed(values: tuple[str, ...]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def _rank(role: Role) -> tuple[int, str]:
    return (_RANK.index(role.office) if role.office in _RANK else len(_RANK), role.start or "")


def _with_article(name: str) -> str:
    """A country's name as it stands after "of".

    >>> _with_article("United States"), _with_article("China"), _with_article("Solomon Islands")
    ('the United States', 'China', 'the Solomon Islands')
    """
    plural = name.endswith(("Islands", "Maldives", "Philippines", "Netherlands", "Comoros", "Seychelles"))
    first = name.split()[0]
    article = plural or first in ("United", "Democratic", "Republic", "Central", "Dominican", "Soviet")
    return f"the {name}" if article or name in ("Bahamas", "Gambia") else name


# -- loading ---------------------------------------------------------------------------------


def load(extra: Path | None = None) -> Gazetteer:
    """The tables that ship with kg, a user's own table over them.

    A row of `extra` overrides ours of the same id. Raises TableError for a bad row, with
    nothing half-loaded.
    """
    if extra is None:
        return _shipped()
    own = build(resources.path("data/actors"))
    for record in _records(entries.rows(extra, frozenset(own.countries))):
        own.add_record(record)
    return own


@lru_cache(maxsize=1)
def _shipped() -> Gazetteer:
    return build(resources.path("data/actors"))


def build(folder: Path) -> Gazetteer:
    """A gazetteer from a folder of tables (countries.csv must be there, the others may)."""
    gazetteer = Gazetteer()
    for row in _rows_of(folder, "words.csv"):
        gazetteer.words[row["kind"]].add(row["word"])
    for line, record in tables.records(folder / "countries.csv"):
        if not record["code"]:
            raise tables.refused(folder / "countries.csv", line, "no code")
        gazetteer.add_country(
            _country(record), tables.several(record["aliases"]), tables.several(record["metonyms"])
        )
    codes = frozenset(gazetteer.countries)
    for name in ("organisations.csv", "people.csv"):
        if (folder / name).exists():
            for known in _records(entries.rows(folder / name, codes)):
                gazetteer.add_record(known)
    _add_words(gazetteer, folder)
    return gazetteer


def _country(record: dict[str, str]) -> Country:
    return Country(
        record["id"],
        record["code"],
        record["name"],
        tables.several(record["demonyms"]),
        tables.several(record["capital"]),
        record["region"],
        record["wikidata"] or None,
        record["start"] or None,
        record["end"] or None,
    )


def _records(rows: Iterable[entries.Row]) -> list[Record]:
    grouped: dict[str, list[entries.Row]] = defaultdict(list)
    for row in rows:
        grouped[row.id].append(row)
    return [_record(same) for same in grouped.values()]


def _record(same: list[entries.Row]) -> Record:
    first = same[0]
    names = dict.fromkeys(n for row in same for n in (row.name, *row.aliases))
    roles = tuple(
        Role(r.office or r.title or "", r.title or r.office or "", r.country, r.sector, r.start, r.end)
        for r in same
        if r.office or r.title or r.start or r.end
    )
    return Record(
        first.id,
        first.name,
        first.type,
        tuple(names),
        next((r.wikidata for r in same if r.wikidata), None),
        next((r.gender for r in same if r.gender), None),
        roles,
        tuple(dict.fromkeys(r.country for r in same if r.country)),
        tuple(dict.fromkeys(r.sector for r in same if r.sector)),
    )


def _add_words(gazetteer: Gazetteer, folder: Path) -> None:
    """Titles, generic nouns, prefixes and group nouns."""
    for title, phrases in _titles(gazetteer, folder):
        for phrase in phrases:
            for form in (phrase, _plural(phrase)):
                gazetteer.add(form, Entry("title", title.title, form, title))
    for row in _rows_of(folder, "generic.csv"):
        noun, plural = row["noun"], row["plural"]
        for form, many in ((noun, plural == "yes" or plural == noun), (plural, True)):
            if form and form not in ("yes", "no"):
                word = Generic(noun, row["type"], row["sector"] or None, many)
                gazetteer.add(form, Entry("generic", noun, form, word))
    for row in _rows_of(folder, "prefixes.csv"):
        prefix = Prefix(row["word"], row["effect"])
        gazetteer.add(row["word"], Entry("prefix", row["word"], row["word"], prefix))
    for row in _rows_of(folder, "groups.csv"):
        group = Group(row["noun"], row["of"])
        gazetteer.add(row["noun"], Entry("group", row["noun"], row["noun"], group))

    for row in _rows_of(folder, "senses.csv"):
        gazetteer.senses[row["part"], row["word"]] = row["says"]
    for row in _rows_of(folder, "homonyms.csv"):
        if row["code"] not in gazetteer.countries:
            continue
        cues, others = tables.several(row["cues"]), tables.several(row["other_cues"])
        gazetteer.add(row["phrase"], Entry("country", row["code"], row["phrase"]))
        gazetteer.homonyms[row["phrase"]].append(Homonym(row["code"], cues, row["other"], others))
    for row in _rows_of(folder, "regions.csv"):
        gazetteer.regions[phrase_units(row["name"])] = row["code"]
    for row in _rows_of(folder, "humans.csv"):
        gazetteer.humans.add(row["noun"])
        if row["gender"]:
            gazetteer.genders[row["noun"]] = row["gender"]
    for row in _rows_of(folder, "anaphors.csv"):
        anaphor = Anaphor(row["noun"], tables.several(row["types"]), row["named"] == "yes")
        gazetteer.anaphors[row["noun"]] = anaphor
        gazetteer.add(row["noun"], Entry("anaphor", row["noun"], row["noun"]))
    for row in _rows_of(folder, "coreference.csv"):
        gazetteer.weights[row["feature"]] = float(row["weight"])
    for row in _rows_of(folder, "pronouns.csv"):
        gazetteer.pronouns[row["form"]] = Pronoun(
            row["form"],
            int(row["person"]),
            row["number"] == "plur",
            row["gender"],
            row["reflexive"] == "yes",
        )


def _rows_of(folder: Path, name: str) -> Iterator[dict[str, str]]:
    if (folder / name).exists():
        for _, record in tables.records(folder / name):
            yield record


def _titles(gazetteer: Gazetteer, folder: Path) -> Iterator[tuple[Title, tuple[str, ...]]]:
    """The titles of titles.csv, then those that only people's rows have."""
    seen: set[tuple[str, ...]] = set()
    for row in _rows_of(folder, "titles.csv"):
        phrases = (row["title"], *tables.several(row["aliases"]))
        seen.update(map(phrase_units, phrases))
        yield Title(row["title"], row["office"], row["sector"] or None), phrases
    for record in gazetteer.records.values():
        for role in record.roles:
            if record.type == "person" and role.title and phrase_units(role.title) not in seen:
                seen.add(phrase_units(role.title))
                yield Title(role.title, role.office, role.sector), (role.title,)


def _plural(phrase: str) -> str:
    """A title for several: "foreign ministers", "secretaries of state".

    >>> _plural("secretary of state"), _plural("prime minister")
    ('secretaries of state', 'prime ministers')
    """
    head, of, rest = phrase.partition(" of ")
    many = head[:-1] + "ies" if head.endswith("y") else head + "s"
    return many.replace("mans", "men").replace("womans", "women") + of + rest
