"""Names of organisations: known ones, those that the text explains, and those of this text alone."""

from __future__ import annotations

from collections.abc import Callable

from kg import ids
from kg.actors import acronyms, generic_nouns, kinds
from kg.actors.context import Context
from kg.actors.index import Record
from kg.actors.mentions import Ref
from kg.actors.names import Chunk
from kg.actors.spellings import alike, phrase_units
from kg.actors.trie import Entry
from kg.model import Actor
from kg.parsing.tree import Token

_FIRM = frozenset(
    {"inc", "corp", "corporation", "co", "company", "ltd", "llc", "plc", "ag", "group", "limited"}
)
_EVERYWHERE = frozenset({"media", "igo"})  # at home in any country's news
_GOVERNMENT = frozenset({"government", "federal", "central", "national", "of", "the", "republic"})
_AGAINST = frozenset({"anti", "pro"})
_NOUNS = frozenset({"generic", "title", "anaphor", "group"})
_MOST = 300  # names, the longest ones, that short ones may stand for
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "s", "de", "la", "et"})

Name = tuple[str, ...]  # in pieces


class Organisations:
    """Links the names of organisations, long ones before the short ones that stand for them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.gazetteer = context.gazetteer
        self.records = context.gazetteer.records
        self.acronyms: dict[str, Ref] = {}
        self.named: dict[Name, Ref] = {}

    def link(self, s: int, chunk: Chunk) -> None:
        """Who it is: whom the text gives the acronym of, whom the tables know, or an actor of this text."""
        ref = Ref(s, chunk.head, chunk.start, chunk.end, "organisation")
        text = self.context.words(ref)
        name = tuple(
            u for t in self.context.tokens(ref)[chunk.start : chunk.end] for u in phrase_units(t.text)
        )
        if not self._defined(ref, text) and not self._listed(ref, chunk, text):
            self._unlisted(ref, chunk, text, name)
        if kinds.is_ship(self.context, s, chunk):
            ref.means(None, "not same", "a ship")
        self._define(ref, name)
        if len(self.named) < _MOST:
            self.named.setdefault(name, ref)
        self.context.add(ref)

    # -- acronyms ----------------------------------------------------------------------------

    def _defined(self, ref: Ref, text: str) -> bool:
        """An acronym that the text explains."""
        meant = self.acronyms.get(text)
        if meant is None or meant.actor is None:
            return False
        record = self.records.get(meant.actor.id)
        if record is not None and text in record.names:
            return False  # known by itself
        ref.means(meant.actor, meant.verdict, f"the text gives '{text}' as short for {meant.actor.label}")
        return True

    def _define(self, ref: Ref, name: Name) -> None:
        """Note the acronym in brackets behind a name.

        Of another language ("Workers' Party (PT)") if the tables have nobody else under it.
        """
        short = acronyms.behind(self.context.tokens(ref), ref.end)
        if short is None or ref.actor is None:
            return
        there = self.context.chunk_at[ref.sentence].get(ref.end + 1)
        is_free = len(name) > 1 and (there is None or not there.entries)
        if is_free or acronyms.are_initials(short, name):
            self.acronyms.setdefault(short, ref)

    # -- known organisations -----------------------------------------------------------------

    def _listed(self, ref: Ref, chunk: Chunk, text: str) -> bool:
        """A name that the tables have; False where it is to be read as one that they do not."""
        entries = [e for e in chunk.of("name") if not self.gazetteer.is_person(e)]
        if entries and (longer := self._longer(ref)):
            self._unlisted(ref, chunk, longer, phrase_units(longer))
            return True
        if not entries or all(self._is_foreign(e) for e in entries):
            return False
        chosen = self._narrowed(entries)
        if len(chosen) == 1:
            self._known(ref, chosen[0], text)
        else:
            labels = ", ".join(self.records[e.id].label for e in chosen)
            actor = self.context.local(self.context.here(text), text, "organisation")
            ref.means(actor, "unsure", f"'{text}' may be {labels}")
        return True

    def _known(self, ref: Ref, entry: Entry, text: str) -> None:
        record = self.records[entry.id]
        if part := self._part_of(ref, entry, text):
            ref.means(part, "same", f"the {text} of one country")
            return
        same = phrase_units(record.label) == phrase_units(entry.phrase)
        why = f"name: '{text}'" if same else f"'{text}' is a known name of {record.label}"
        ref.means(self.context.known(record.id), "same", why)

    def _longer(self, ref: Ref) -> str | None:
        """The longer name that a known one is part of: "Kentucky House of Representatives"."""
        before = self.context.tokens(ref)[ref.start - 1] if ref.start else None
        if before is None or not _is_part_of_the_name(before, ref.head):
            return None
        chunk = self.context.chunk_at[ref.sentence].get(before.i)
        if chunk is None or not self._is_elsewhere(ref, chunk, before):
            return None
        ref.start = chunk.start
        return self.context.words(ref)

    def _is_elsewhere(self, ref: Ref, chunk: Chunk, before: Token) -> bool:
        """Whether the name before a known one is of another country than all that it may mean."""
        entries = self.context.chunk_at[ref.sentence][ref.start].of("name")
        if any(self.records[e.id].type == "population" for e in entries):
            return False
        codes = set(self.context.codes_of(ref.sentence, before))
        countries = {c for e in entries for c in self.records[e.id].countries}
        return not codes & countries if codes else chunk.ent == "LOC"

    def _is_foreign(self, entry: Entry) -> bool:
        """Whether a name of everyday words ("Labour Party") is of a country that the text never names."""
        countries = self.records[entry.id].countries
        common = all(u in self.gazetteer.words["common"] for u in phrase_units(entry.phrase))
        return common and bool(countries) and not self._is_near(entry)

    def _is_near(self, entry: Entry) -> bool:
        """Whether the text speaks of the country of what an entry stands for."""
        return any(self.context.countries[c] for c in self.records[entry.id].countries)

    def _part_of(self, ref: Ref, entry: Entry, text: str) -> Actor | None:
        """ "Iraqi Kurds" are not all the Kurds: a people without a country, with one said."""
        record = self.records[entry.id]
        codes = self.context.country_codes(ref.sentence, ref.head)
        if record.type != "population" or record.countries or len(codes) != 1:
            return None
        country = self.gazetteer.countries.get(codes[0])
        if country is None:
            return None
        id, label = f"{country.id}-{ids.slug(text)}", f"{country.adjective} {text}"
        return self.context.local(id, label, "population", country.code)

    def _narrowed(self, entries: list[Entry]) -> list[Entry]:
        """Of several of one name: who is of a country that the text speaks of, else who is everywhere."""
        if len(entries) < 2:
            return entries
        near = [e for e in entries if self._is_near(e)]
        if len(near) == 1:
            return near
        wide = [e for e in entries if self.records[e.id].type in _EVERYWHERE]  # AFP: the agency, no police
        return wide if len(wide) == 1 and not near else entries

    # -- organisations that no table has -----------------------------------------------------

    def _unlisted(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> None:
        """A known one under another name, else an organisation of this text."""
        steps: tuple[Callable[[Ref, Chunk, str, Name], bool], ...] = (
            self._shortened,
            self._governed,
            self._by_noun_behind,
            self._by_acronym,
            self._thing,
        )
        if not any(step(ref, chunk, text, name) for step in steps):
            self._local(ref, chunk, text, name)

    def _shortened(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> bool:
        """A shorter form of a name in this document."""
        longer = [r for n, r in self.named.items() if _is_short_for(name, n)]
        if not longer and _is_the(ref.head):
            longer = [r for n, r in self.named.items() if self._is_end_of(name, n, r)]
        meant = {r.actor.id: (r.actor, r.verdict) for r in reversed(longer) if r.actor}
        if len(meant) != 1:
            return False
        actor, verdict = next(iter(meant.values()))
        ref.means(actor, verdict, f"short for '{actor.label}' in the same document")
        return True

    def _is_end_of(self, short: Name, full: Name, ref: Ref) -> bool:
        """Whether a word is what a name, or another name of whom it means, ends in, there or before "of".

        "The Commission" of the European Commission, "the Union" of the EU, "the Commons" of the House of
        Commons, "the House".
        """
        record = self.records.get(ref.actor.id) if ref.actor is not None else None
        others = map(phrase_units, record.names) if record is not None else ()
        return any(_is_one_of_its_nouns(short, name) for name in (full, *others))

    def _governed(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> bool:
        """A country's government: "Federal Government of Iraq", "Iraqi Government"."""
        words = phrase_units(text)
        nations = [m for m in chunk.inside if m.of("country", "demonym")]
        if len(nations) != 1 or "government" not in words:
            return False
        inside = {u for e in nations[0].entries for u in phrase_units(e.phrase)}
        if not set(words) <= inside | _GOVERNMENT:
            return False  # "Kurdistan Regional Government of Iraq"
        code = self.context.one_country([e.id for e in nations[0].of("country", "demonym")])
        if code is None:
            return False
        country = self.gazetteer.countries[code].name
        ref.means(self.gazetteer.government(code), "same", f"the government of {country}")
        return True

    def _by_noun_behind(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> bool:
        """The known organisation that a name is with a noun for its kind behind: "Fatah Party"."""
        kind = self.gazetteer.anaphors.get(text.split()[-1].lower())
        before = [m for m in chunk.inside if (m.start, m.end) == (chunk.start, chunk.end - 1)]
        found = [self.records[e.id] for m in before for e in m.of("name")]
        if kind is None or len(found) != 1 or found[0].type not in kind.types:
            return False
        ref.means(self.context.known(found[0].id), "same", f"{found[0].label} with what it is: '{text}'")
        return True

    def _by_acronym(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> bool:
        """A known organisation whose acronym stands in brackets behind and whose name is nearly this."""
        short = acronyms.behind(self.context.tokens(ref), ref.end) or ""
        named = [self.records[e.id] for e in self.gazetteer.lookup(short) if e.kind == "name"]
        country = self._country(ref, chunk)
        found = [r for r in named if _is_nearly(name, r) and country in (None, *r.countries)]
        if len(found) != 1:
            return False
        why = f"{found[0].label}, whose acronym the text gives, spelt otherwise"
        ref.means(self.context.known(found[0].id), "same", why)
        return True

    def _thing(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> bool:
        """What cannot act, by its last word: a treaty, a prize; whoever is "anti-Taliban"."""
        last = text.split()[-1].lower()
        if len(name) > 1 and name[0] in _AGAINST:
            ref.means(None, "not same", f"nobody by name: {text}")
            return True
        if last not in self.gazetteer.words["thing"]:
            return False
        ref.means(None, "not same", f"nobody who acts: a {last}")
        return True

    def _local(self, ref: Ref, chunk: Chunk, text: str, name: Name) -> None:
        type, sector = generic_nouns.by_noun(self.context, text)
        type = type or ("organisation" if chunk.ent == "ORG" else "unknown")
        common = chunk.is_open or self._is_common(name)
        id = self.context.here(text) if common else ids.slug(text)
        actor = self.context.local(id, text, type, self._country(ref, chunk), sector)
        if chunk.is_open:
            ref.means(actor, "unsure", f"the text does not say whose name '{text}' is")
        else:
            ref.means(actor, "same", "a name that no table has: an actor of this text")

    def _country(self, ref: Ref, chunk: Chunk) -> str | None:
        """The first country that its name or its modifiers give."""
        codes = [e.id for m in chunk.inside for e in m.of("country", "demonym")]
        codes += self.context.country_codes(ref.sentence, chunk.head)
        return self.context.one_country(codes[:1])

    def _is_common(self, name: Name) -> bool:
        """Whether all words of a name are common ones: "the Navy" of two texts need not be one."""
        known = self.gazetteer.words["common"] | _SMALL
        return all(u in known or any(e.kind in _NOUNS for e in self.gazetteer.lookup(u)) for u in name)


def _is_part_of_the_name(token: Token, head: Token) -> bool:
    """Whether a capitalised word describes the name behind it."""
    return token.dep in ("compound", "amod", "flat") and token.head is head and token.text[:1].isupper()


def _is_the(head: Token) -> bool:
    """Whether a name has "the" before it, or before the noun that it describes: "Council members"."""
    determiner = head.child("det")
    if determiner is not None:
        return determiner.lower in ("the", "this")
    return head.dep == "compound"


def _is_one_of_its_nouns(short: Name, full: Name) -> bool:
    """Whether a short name is a longer one's last words, or the last ones before "of" or "for".

    >>> _is_one_of_its_nouns(("council",), ("security", "council"))
    True
    >>> _is_one_of_its_nouns(("house",), ("house", "of", "commons")), _is_one_of_its_nouns(("un",), ("un",))
    (True, False)
    """
    joint = next((i for i, word in enumerate(full) if word in ("of", "for")), len(full))
    return len(short) < len(full) and short in (full[-len(short) :], full[:joint][-len(short) :])


def _is_nearly(name: Name, record: Record) -> bool:
    """Whether a name is one of a known organisation's, spelt otherwise."""
    return any(alike(name, phrase_units(known)) for known in record.names)


def _is_short_for(short: Name, full: Name) -> bool:
    """Whether a name is a longer one without its "of …" or its kind of firm.

    >>> _is_short_for(("google",), ("google", "inc")), _is_short_for(("navy",), ("navy", "league"))
    (True, False)
    """
    rest = full[len(short) :]
    if full[: len(short)] != short or not rest:
        return False
    return set(rest) <= _FIRM or (len(short) > 1 and rest[0] in ("of", "for"))
