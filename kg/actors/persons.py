"""Persons: full names, surnames, titles before and after them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg import ids
from kg.actors.context import Context
from kg.actors.index import Record
from kg.actors.mentions import Ref
from kg.actors.names import Chunk, block_start
from kg.actors.offices import in_force
from kg.actors.spellings import phrase_units
from kg.actors.trie import Match
from kg.actors.vocabulary import Title
from kg.model import Actor, Role
from kg.parsing.tree import Token

_MR = {"mr": "m", "mister": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "madame": "f"}
_GENDERED = {
    "king": "m",
    "prince": "m",
    "emperor": "m",
    "sultan": "m",
    "sheikh": "m",
    "pope": "m",
    "lord": "m",
}
_GENDERED |= {"queen": "f", "princess": "f", "empress": "f", "lady": "f", "duke": "m", "duchess": "f"}


@dataclass
class Person:
    """A person's name in a sentence with what stands around it."""

    sentence: int
    chunk: Chunk
    block: int
    units: tuple[str, ...]
    text: str
    title: Title | None = None
    title_text: str | None = None
    said: tuple[str, ...] = ()
    effect: str | None = None  # former, elect … as prefixes.csv says
    codes: tuple[str, ...] = ()
    gender: str | None = None


def read(context: Context, sentence: int, chunk: Chunk) -> Person:
    """A name with its title, country and gender as the sentence gives them."""
    tokens = context.sentences[sentence].tokens
    block = _with_title(block_start(tokens, chunk), chunk, context.matches[sentence])
    words = tokens[chunk.start : chunk.end]
    units = tuple(u for t in words for u in phrase_units(t.text))
    text = context.document.text[words[0].start : words[-1].end]
    person = Person(sentence, chunk, block, units, text)
    person.gender = next(
        (_MR[w] for t in tokens[block : chunk.start] if (w := t.text.lower().strip(".")) in _MR), None
    )
    _read_title(context, person, tokens)
    person.codes = tuple(_codes(context, person, tokens))
    return person


def _with_title(block: int, chunk: Chunk, matches: list[Match]) -> int:
    """A block that takes the whole of a title in: "Minister of Defense" before a name."""
    for match in matches:
        if match.of("title") and match.start < block <= match.end <= chunk.start:
            return match.start
    return block


def _read_title(context: Context, person: Person, tokens: list[Token]) -> None:
    found = [m for m in context.matches[person.sentence] if m.of("title", "prefix")]
    before = [m for m in found if person.block <= m.start and m.end <= person.chunk.start]
    titles = (
        [m for m in before if m.of("title")] or _apposed(person, found, tokens) or _leading(person, found)
    )
    person.effect = effect(before, tokens)
    if titles:
        match = titles[-1]
        row = match.of("title")[0].row
        assert isinstance(row, Title)
        person.title = row
        person.said = tuple(u for t in tokens[match.start : match.end] for u in phrase_units(t.text))
        before_name = person.block <= match.start and match.end <= person.chunk.start
        start, end = (person.block, person.chunk.start) if before_name else (match.start, match.end)
        person.title_text = context.document.text[tokens[start].start : tokens[end - 1].end]
        person.gender = person.gender or _GENDERED.get(row.title.split()[-1])
    elif person.block < person.chunk.start and _describes(context, tokens[person.chunk.start - 1]):
        person.title_text = context.document.text[
            tokens[person.block].start : tokens[person.chunk.start - 1].end
        ]


def _apposed(person: Person, found: list[Match], tokens: list[Token]) -> list[Match]:
    """A title set beside the name: "Bessent, the Treasury Secretary,", "the Treasury Secretary, Bessent,"."""
    beside = {c.i for c in _beside(person.chunk.head)}
    return [m for m in found if m.of("title") and any(m.start <= i < m.end for i in beside)][:1]


def _beside(head: Token) -> list[Token]:
    """The words that stand in apposition to one, on either side."""
    above = [head.head] if head.dep == "appos" and head.head is not None else []
    return above + head.all("appos")


def _describes(context: Context, token: Token) -> bool:
    """Whether a word before a name says what the person is: "striker Ivan Petrov"."""
    gazetteer = context.gazetteer
    if token.text.lower().strip(".") in gazetteer.words["honorific"]:
        return True
    return token.lemma.lower() in gazetteer.humans or token.lemma.lower().endswith(("er", "or", "ist"))


def _leading(person: Person, found: list[Match]) -> list[Match]:
    """A title that the tables or the parser took for part of the name: "King Hamad bin Isa"."""
    return [m for m in found if m.of("title") and m.start == person.chunk.start and m.end < person.chunk.end]


def effect(matches: list[Match], tokens: list[Token]) -> str | None:
    """What a prefix among these says of the title: "ended" for "former"."""
    for match in matches:
        for entry in match.of("prefix"):
            row = entry.row
            if row is not None and hasattr(row, "effect"):
                return str(row.effect)
    return None


def _codes(context: Context, person: Person, tokens: list[Token]) -> list[str]:
    """The country that the name's titles and modifiers give."""
    codes: list[str] = []
    for i in range(person.chunk.start - 1, person.block - 1, -1):
        codes += context.codes_of(person.sentence, tokens[i])
    for token in [
        person.chunk.head,
        *tokens[person.block : person.chunk.start],
        tokens[person.chunk.end - 1],
    ]:
        codes += context.country_codes(person.sentence, token)
    for beside in _beside(person.chunk.head):
        if beside.i in context.common[person.sentence]:  # and not the next name of a list
            codes += context.country_codes(person.sentence, beside)
    return list(dict.fromkeys(codes))


class Persons:
    """Decides who the persons of a document are."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.full: dict[str, list[tuple[Person, Ref]]] = {}  # by last name, in text order
        self.first: dict[str, list[tuple[Person, Ref]]] = {}

    def link_full(self, person: Person) -> Ref:
        """A name of at least two words."""
        ref = self._ref(person)
        found, why = self._known(person)
        before = self._written_before(person)
        if found:
            ref.means(self._as_said(found, person), "same", why)
        elif why:
            ref.means(None, "unsure", why)
        elif before:
            ref.means(
                before[1].actor, before[1].verdict, f"the name of '{before[0].text}' in the same document"
            )
        else:
            self._local(ref, person)
        self.full.setdefault(person.units[-1], []).append((person, ref))
        self.first.setdefault(person.units[0], []).append((person, ref))
        return self.context.add(self._finished(ref, person))

    def _as_said(self, id: str, person: Person) -> Actor:
        """A known person; out of office, of the country that the text gives where a role agrees."""
        actor, on = self.context.known(id), self.context.on
        said = person.codes[0] if len(person.codes) == 1 else None
        if said not in {r.country for r in actor.roles} or (on and any(in_force(r, on) for r in actor.roles)):
            return actor
        return replace(actor, country=said)

    def _written_before(self, person: Person) -> tuple[Person, Ref] | None:
        """The person of the same first and last name in this document, a middle name more or less."""
        same = [
            pair
            for pair in self.full.get(person.units[-1], [])
            if pair[0].units[0] == person.units[0] and self._compatible(person, *pair)
        ]
        shorter = [
            p for p in same if set(p[0].units) <= set(person.units) or set(person.units) <= set(p[0].units)
        ]
        return shorter[0] if shorter else None

    def link_short(self, person: Person) -> Ref:
        """A surname, or any name of one word."""
        ref = self._ref(person)
        if not (
            self._by_document(ref, person) or self._by_table(ref, person) or self._by_office(ref, person)
        ):
            if self._several(ref, person):
                return self.context.add(self._finished(ref, person))
            self._local(ref, person)
            self.full.setdefault(person.units[-1], []).append((person, ref))
        return self.context.add(self._finished(ref, person))

    # -- one word --------------------------------------------------------------------------

    def _named(self, person: Person) -> dict[str, tuple[Person, Ref]]:
        """The persons whom the document names in full and whose last (or family) name this is."""
        word = person.units[-1]
        found = [pair for pair in self.full.get(word, []) if self._compatible(person, *pair)]
        if not found:
            found = [pair for pair in self.first.get(word, []) if self._compatible(person, *pair)]
        return {pair[1].actor.id: pair for pair in found if pair[1].actor}

    def _by_document(self, ref: Ref, person: Person) -> bool:
        named = self._named(person)
        table = [
            e.id for e in person.chunk.of("name") if self.context.gazetteer.records[e.id].type == "person"
        ]
        if len(named) > 1 and len(both := [i for i in table if i in named]) == 1:
            named = {both[0]: named[both[0]]}
        if len(named) > 1 and person.title:
            titled = {
                i: p for i, p in named.items() if p[0].title and p[0].title.office == person.title.office
            }
            named = titled if len(titled) == 1 else named
        if len(named) != 1:
            return False
        other, meant = next(iter(named.values()))
        if table and meant.actor and meant.actor.id not in table and not person.title_text:
            ref.means(
                None,
                "unsure",
                f"'{person.text}' may be {meant.actor.label}, named here, or somebody better known",
            )
            return True
        part = "surname" if person.units[-1] == other.units[-1] else "first word"
        part = "name" if len(other.units) == 1 else part
        ref.means(meant.actor, meant.verdict, f"{part} of '{other.text}' in the same document")
        return True

    def _by_table(self, ref: Ref, person: Person) -> bool:
        found, why = self._known(person)
        if found:
            ref.means(self.context.known(found), "same", why)
        elif why:
            ref.means(None, "unsure", why)
        return bool(found or why)

    def _by_office(self, ref: Ref, person: Person) -> bool:
        """A title and a surname that one known person held at the document's date."""
        found = [i for i in self.context.gazetteer.by_surname(person.units[-1]) if self._held(i, person)]
        if len(found) != 1:
            return False
        actor = self.context.known(found[0])
        ref.means(actor, "same", f"{actor.label} was {person.title_text} on {self.context.on}")
        return True

    def _several(self, ref: Ref, person: Person) -> bool:
        named = self._named(person)
        if len(named) > 1:
            people = ", ".join(pair[0].text for pair in named.values())
            ref.means(None, "unsure", f"'{person.text}' may be any of {people}")
        return len(named) > 1

    def _compatible(self, person: Person, other: Person, ref: Ref) -> bool:
        gender = ref.gender
        if person.gender and gender and person.gender != gender:
            return False
        return not (
            person.codes and ref.actor and ref.actor.country and ref.actor.country not in person.codes
        )

    # -- the tables ------------------------------------------------------------------------

    def _known(self, person: Person) -> tuple[str | None, str]:
        """The known person of that name, or none and why there is doubt."""
        records = self.context.gazetteer.records
        named = [e for e in person.chunk.of("name") if records[e.id].type == "person"]
        fitting = [e for e in named if self._fits(records[e.id], person)]
        chosen = self._narrowed([e.id for e in fitting], person)
        if len(chosen) == 1:
            entry = next(e for e in fitting if e.id == chosen[0])
            label = records[entry.id].label
            how = "name" if phrase_units(label) == phrase_units(entry.phrase) else f"known name of {label}"
            return entry.id, f"{how}: '{person.text}'" if how == "name" else f"'{person.text}' is a {how}"
        if len(chosen) > 1:
            labels = ", ".join(records[i].label for i in chosen)
            return None, f"'{person.text}' may be {labels}"
        if len(person.units) > 1 and not named:
            return self._by_parts(person)
        return None, ""

    def _by_parts(self, person: Person) -> tuple[str | None, str]:
        """The holder of the title at the date, some of whose names these are, in whatever spelling."""
        if (
            not person.title
            or self.context.on is None
            or person.effect in ("ended", "coming", "dead", "other")
        ):
            return None, ""
        held = [i for i in self._candidates(person) if self._held(i, person)]
        alike = [i for i in held if self._alike(self.context.gazetteer.records[i], person)]
        if len(alike) != 1:
            return None, ""
        label = self.context.gazetteer.records[alike[0]].label
        return alike[
            0
        ], f"{label} was {person.title_text} on {self.context.on}; '{person.text}' spells it otherwise"

    def _candidates(self, person: Person) -> list[str]:
        """Known persons with one of the name's words as last name, or in office in its country."""
        gazetteer = self.context.gazetteer
        found = [i for u in person.units for i in gazetteer.by_surname(u)]
        for code in person.codes or tuple(self.context.countries):
            title = person.title
            found += gazetteer.offices.holders(code, title.title, title, self.context.on) if title else []
        return list(dict.fromkeys(found))

    def _alike(self, record: Record, person: Person) -> bool:
        """Whether one name's words are all among the other's, or two names differ in spelling only."""
        said = self.context.gazetteer.plain(person.text)
        for name in record.names:
            has = self.context.gazetteer.plain(name)
            if len(has) < 2:
                continue
            shared = set(has) & set(said)
            if len(shared) >= 2 and (shared == set(has) or shared == set(said)):
                return True
            if said[-1] == has[-1] and (similar(said[0], has[0]) or said[0] in has):
                return True
            if said[0] == has[0] and similar(said[-1], has[-1]):
                return True
        return False

    def _held(self, id: str, person: Person) -> bool:
        """Whether a known person held the title at the document's date (in the country, if one is said)."""
        on, title = self.context.on, person.title
        if on is None or title is None or person.effect in ("ended", "coming", "dead", "other"):
            return False
        record = self.context.gazetteer.records[id]
        if not self._fits(record, person):
            return False
        return any(in_force(r, on) and _same_office(r, title) for r in record.roles)

    def _fits(self, record: Record, person: Person) -> bool:
        """Whether nothing beside the name speaks against the person."""
        if person.gender and record.gender and person.gender != record.gender:
            return False
        if person.codes and record.countries and not set(person.codes) & set(record.countries):
            return False
        return not (len(person.units) == 1 and self._too_early(record))

    def _too_early(self, record: Record) -> bool:
        """Whether the document is from long before the person was known by a surname alone."""
        starts = [r.start for r in record.roles if r.start]
        on = self.context.on
        return bool(
            on and starts and len(starts) == len(record.roles) and int(on[:4]) < int(min(starts)[:4]) - 10
        )

    def _narrowed(self, found: list[str], person: Person) -> list[str]:
        """Of several persons of one name: who held the title, who was in office, who is of the country."""
        if len(found) < 2:
            return found
        records, on = self.context.gazetteer.records, self.context.on
        tests = [
            [i for i in found if self._held(i, person)],
            [
                i
                for i in found
                if on and any(in_force(r, on) and (r.start or r.end) for r in records[i].roles)
            ],
            [i for i in found if any(self.context.countries[c] for c in records[i].countries)],
        ]
        return next((kept for kept in tests if len(kept) == 1), found)

    # -- nobody known ----------------------------------------------------------------------

    def _local(self, ref: Ref, person: Person) -> None:
        country = person.codes[0] if len(person.codes) == 1 else None
        title = person.title
        honorific = title and title.title in self.context.gazetteer.words["honorific"]
        empty = honorific and title and title.office in ("other", "head of organisation")
        sector = title.sector if title and not empty else None  # a sheikh need not govern
        if person.effect == "ended":
            sector = "ELI"
        short = len(person.units) == 1  # the Smiths of two texts need not be one
        id = self.context.here(person.text) if short else ids.slug(person.text)
        actor = self.context.local(id, person.text, "person", country, sector)
        ref.means(actor, "same", "a name that no table has: an actor of this text")

    def _ref(self, person: Person) -> Ref:
        c = person.chunk
        return Ref(
            person.sentence, c.head, c.start, c.end, "person", title=person.title_text, block=person.block
        )

    def _finished(self, ref: Ref, person: Person) -> Ref:
        ref.gender = person.gender or (self.context.gazetteer.gender(ref.actor.id) if ref.actor else None)
        ref.office = person.title.office if person.title else None
        ref.said = person.said
        return ref


def _same_office(role: Role, title: Title) -> bool:
    """Whether a role goes by this title or is the office that the title names."""
    if phrase_units(role.title) == phrase_units(title.title):
        return True
    if title.office in ("other", ""):
        return False
    both = role.office == "head of state and government"
    return role.office == title.office or (both and title.office in ("head of state", "head of government"))


def similar(one: str, other: str) -> bool:
    """Whether two words are one name in two spellings: most of their pairs of letters are shared.

    >>> similar("haidar", "haider"), similar("george", "gerald")
    (True, False)
    """
    if (
        one == other
        or (len(one) == 1 and other.startswith(one))
        or (len(other) == 1 and one.startswith(other))
    ):
        return True
    if one[:1] != other[:1]:
        return False
    pairs = [{w[i : i + 2] for i in range(len(w) - 1)} for w in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1])) >= 0.55
