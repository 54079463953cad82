"""Every mention of an actor in a document, judged: who it is, and why.

Names first (persons, organisations, countries), full names before short ones; then what common nouns
say of them ("the Hungarian prime minister", "Iraqi police"), groups, and last the pronouns. A wrong
known actor is worse than a local one: where a name could be several, nobody is chosen.
"""

from __future__ import annotations

from dataclasses import replace

from kg import ids
from kg.actors import common_nouns, metonyms, persons, places
from kg.actors.context import Context
from kg.actors.index import Gazetteer, Record
from kg.actors.mentions import Mentions, Ref, collect
from kg.actors.names import Chunk, is_settlement
from kg.actors.pronouns import coreference
from kg.actors.spellings import phrase_units, units
from kg.actors.trie import Entry
from kg.actors.vocabulary import Generic
from kg.model import Actor, Document
from kg.parsing.tree import Sentence, Token

_ACRONYM = 2, 10  # letters
_FIRM = frozenset(
    {"inc", "corp", "corporation", "co", "company", "ltd", "llc", "plc", "ag", "group", "limited"}
)
_EVERYWHERE = frozenset({"media", "igo"})  # at home in any country's news
_NAMESAKES = frozenset({"company", "media"})  # often named after a person: "Ford"
_DESCRIBING = frozenset({"amod", "compound", "nmod:desc", "flat"})
_BODIES = frozenset({"government", "igo", "ngo", "party", "agency", "movement", "organisation"})
_GOVERNMENT = frozenset({"government", "federal", "central", "national", "of", "the", "republic"})
_MANY_NAMESAKES = "USA"
_NOUNS = frozenset({"generic", "title", "anaphor", "group"})
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "s", "de", "la", "et"})


def link(document: Document, sentences: list[Sentence], gazetteer: Gazetteer) -> Mentions:
    """The mentions of a parsed document, each a judgement with its reason."""
    context = Context(document, sentences, gazetteer)
    coreference.link(context, link_names(context))
    return collect(document, sentences, context.refs.values())


def link_names(context: Context) -> common_nouns.Nominals:
    """Names and common nouns; pronouns come after them."""
    _Names(context).link()
    return common_nouns.link(context)


class _Names:
    """Links the names of a document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.persons = persons.Persons(context)
        self.acronyms: dict[str, Ref] = {}
        self.organisations: dict[tuple[str, ...], Ref] = {}

    def link(self) -> None:
        """Countries first, since they say whose president somebody is; then persons, long before short."""
        named: list[tuple[int, Chunk]] = []
        groups: list[tuple[int, Chunk]] = []
        for s, found in enumerate(self.context.chunks):
            for chunk in found:
                kind = self._kind(s, chunk)
                if kind == "person":
                    named.append((s, chunk))
                elif kind == "organisation":
                    groups.append((s, chunk))
                elif kind == "place":
                    self._place(s, chunk)
                else:
                    self._country(s, chunk, kind)
        for s, chunk in sorted(groups, key=lambda pair: pair[1].start - pair[1].end):
            self._organisation(s, chunk)  # long names first, since short ones stand for them
        people = [persons.read(self.context, s, chunk) for s, chunk in named]
        for person in people:
            if len(person.units) > 1:
                self.persons.link_full(person)
        for person in people:
            if len(person.units) == 1:
                self.persons.link_short(person)

    def _kind(self, s: int, chunk: Chunk) -> str:
        """What kind of name it is, by the tables, then by the parser."""
        records = self.context.gazetteer.records
        people = [e for e in chunk.of("name") if records[e.id].type == "person"]
        others = [e for e in chunk.of("name") if records[e.id].type != "person"]
        if people and (chunk.ent == "PERSON" or not (others or chunk.of("country", "capital", "demonym"))):
            return "organisation" if self._ship(s, chunk) else "person"
        for kind in ("country", "demonym", "capital", "metonym"):
            if chunk.of(kind) and not self._other_name(s, chunk):
                return kind
        if others and not (chunk.ent == "PERSON" and all(records[e.id].type in _NAMESAKES for e in others)):
            return "organisation"
        tokens = self.context.sentences[s].tokens
        last = tokens[chunk.end - 1].lower
        words = self.context.gazetteer.words
        part = tokens[chunk.start].lower in words["direction"] and chunk.inside
        if part or last in words["geographic"] or is_settlement(tokens, chunk.start, words):
            return "place"
        short = chunk.end - chunk.start == 1 and chunk.ent != "ORG"
        if short and self.context.called.issuperset(units(tokens[chunk.start].text)):
            return "person"  # a word of somebody's full name
        nouns = [e.row for e in self.context.gazetteer.lookup(last) if isinstance(e.row, Generic)]
        bodies = [n for n in nouns if chunk.ent == "PERSON" or n.type in _BODIES]
        if chunk.ent in ("PERSON", "LOC") and chunk.end - chunk.start > 1 and bodies:
            return "organisation"  # "Johnson Administration", "Montenegro Assembly"
        if chunk.ent == "PERSON" and self._within(chunk):
            return "place"  # somebody can hardly be what something happens in
        return {"PERSON": "person", "ORG": "organisation", "NORP": "demonym", "LOC": "place"}.get(
            chunk.ent, "organisation"
        )

    def _ship(self, s: int, chunk: Chunk) -> bool:
        """Whether a ship is named after the person: "USS Abraham Lincoln"."""
        before = units(self.context.sentences[s].tokens[chunk.start - 1].text) if chunk.start else ()
        return bool(before) and before[0] in self.context.gazetteer.words["ship"]

    def _within(self, chunk: Chunk) -> bool:
        case = chunk.head.child("case")
        inside = case is not None and case.lower in (
            "in",
            "near",
            "outside",
            "inside",
            "throughout",
            "across",
        )
        return inside and chunk.head.base_dep in ("obl", "nmod")

    def _other_name(self, s: int, chunk: Chunk) -> bool:
        """Whether a country's name is a person's here: "Jordan" after a title or a full name."""
        if chunk.ent != "PERSON" or chunk.end - chunk.start > 1:
            return False
        person = persons.read(self.context, s, chunk)
        return bool(person.title or person.gender or person.units[0] in self.context.called)

    # -- countries, governments, places --------------------------------------------------------

    def _country(self, s: int, chunk: Chunk, kind: str) -> None:
        ref = Ref(s, chunk.head, chunk.start, chunk.end, kind)
        code, verdict_is_sure, why = self._code(s, chunk, kind)
        if kind == "demonym" and self.context.is_ethnic(s, chunk):
            self._ethnic(ref)
        elif code is None and not chunk.entries:
            self._people(ref, None)
        elif code is None:
            ref.means(None, "unsure", why)
        elif kind == "demonym":
            self._people(ref, code)
        elif kind == "country":
            self._state(ref, code, verdict_is_sure, why)
        else:
            self._government(ref, code, kind)
        self.context.add(ref)

    def _code(self, s: int, chunk: Chunk, kind: str) -> tuple[str | None, bool, str]:
        """The country that a name means, whether that is sure, and why."""
        entries = chunk.of(kind)
        text = " ".join(t.text for t in self.context.sentences[s].tokens[chunk.start : chunk.end])
        homonyms = self.context.gazetteer.homonyms.get(text, []) if kind == "country" else []
        if homonyms:
            return self.context.by_cues(text, homonyms)
        code = self.context.one_country([e.id for e in entries])
        if code and kind == "country" and not self.context.gazetteer.lookup(text):
            return code, True, f"'{text}' is {self.context.gazetteer.countries[code].name} misspelt"
        if code:
            return code, True, ""
        names = ", ".join(dict.fromkeys(self.context.gazetteer.countries[e.id].name for e in entries))
        return None, False, f"'{text}' may be of {names}" if names else f"'{text}' names no country"

    def _state(self, ref: Ref, code: str, sure: bool, why: str) -> None:
        name = self.context.gazetteer.countries[code].name
        says, reason = metonyms.sense(ref.head, self.context.gazetteer)
        if says == "place":
            ref.place = places.find(name, self.context.gazetteer)
        because = why or f"name of {name}"
        ref.means(
            self.context.gazetteer.state(code),
            "same" if sure else "unsure",
            f"{because}; {reason}" if says == "place" else because,
        )

    def _government(self, ref: Ref, code: str, kind: str) -> None:
        """A capital or seat of government: the government where it acts, else the place."""
        gazetteer = self.context.gazetteer
        name = gazetteer.countries[code].name
        tokens = self.context.sentences[ref.sentence].tokens
        says, reason = metonyms.sense(ref.head, gazetteer)
        if kind == "capital" and not self.context.existed(code):
            says, reason = "place", f"a place: no capital of a state in {self.context.on}"
        if _dateline(ref, tokens):
            says, reason = "place", "the dateline"
        if kind == "capital" and self._with_its_country(ref, code):
            says, reason = "place", f"a place: its country, {name}, stands behind it"
        text = self.context.document.text[tokens[ref.start].start : tokens[ref.end - 1].end]
        other = self._namesake(ref, code, text) if kind == "capital" and says != "actor" else None
        if other:
            code = other
            says, reason = "place", f"a city of that name in {gazetteer.countries[other].name}"
        if says == "actor" or (says == "unclear" and kind == "metonym"):
            what = "capital" if kind == "capital" else "seat of government"
            ref.means(gazetteer.government(code), "same", f"{what} of {name}; {reason}")
            return
        ref.place = places.find(text, gazetteer, (code,))
        if ref.place is not None and not self.context.existed(code):
            ref.place = replace(ref.place, country=None)
        ref.means(None, "not same" if says == "place" else "unsure", reason)

    def _with_its_country(self, ref: Ref, code: str) -> bool:
        """Whether a country's name follows a comma: "Berlin, Germany"."""
        return code in self._behind_comma(ref)

    def _behind_comma(self, ref: Ref) -> list[str]:
        """The codes of the country that a comma parts from a name."""
        tokens = self.context.sentences[ref.sentence].tokens
        behind = self.context.chunk_at[ref.sentence].get(ref.end + 1)
        comma = ref.end < len(tokens) and tokens[ref.end].text == ","
        return [e.id for e in behind.of("country")] if comma and behind is not None else []

    def _namesake(self, ref: Ref, code: str, text: str) -> str | None:
        """Another country with a city of a capital's name, where it stands behind or nobody else is named.

        The United States have one for most capitals, and are named in most texts.
        """
        spoken = self._behind_comma(ref) or [c for c in self.context.spoken if c != _MANY_NAMESAKES]
        return places.namesake(text, code, spoken) if len(spoken) == 1 else None

    def _ethnic(self, ref: Ref) -> None:
        """ "Ethnic Albanians", "ethnic Albanian rebels": a people, at home where the text says they live."""
        tokens = self.context.sentences[ref.sentence].tokens
        text = self.context.document.text[tokens[ref.start - 1].start : tokens[ref.end - 1].end].lower()
        if ref.head.dep in _DESCRIBING:
            ref.means(None, "not same", "an ethnic group, not the country")
            return
        codes = self.context.country_codes(ref.sentence, ref.head)
        home = self.context.gazetteer.countries.get(codes[0]) if len(codes) == 1 else None
        id, label = ids.slug(text), f"ethnic {tokens[ref.end - 1].text}"
        if home is not None:
            id, label = f"{home.id}-{id}", f"{label} of {home.name}"
        actor = self.context.local(id, label, "population", home.code if home else None, "CVL")
        ref.means(actor, "same", "an ethnic group, not the country's people")
        ref.plural = True

    def _people(self, ref: Ref, code: str | None) -> None:
        """A people: "the Kurds"; the adjective of a country stands for the country."""
        gazetteer = self.context.gazetteer
        text = " ".join(t.text for t in self.context.sentences[ref.sentence].tokens[ref.start : ref.end])
        first = ref.head
        while first.dep == "conj" and first.head is not None:
            first = first.head
        if first.dep in _DESCRIBING:
            if code:
                name = gazetteer.countries[code].name
                ref.means(gazetteer.state(code), "same", f"'{text}' is of {name}")
            return
        elsewhere = [c for c in self._residence(ref) if c != code]
        if code and len(elsewhere) == 1:
            country = gazetteer.countries[elsewhere[0]]
            actor = self.context.local(
                f"{country.id}-{ids.slug(text)}",
                f"{text} of {country.name}",
                "population",
                country.code,
                "CVL",
            )
            ref.means(actor, "same", f"'{text}' of {country.name}, not of {gazetteer.countries[code].name}")
        elif code:
            country = gazetteer.countries[code]
            label = f"{country.adjective} people"
            actor = self.context.local(f"{country.id}-people", label, "population", code)
            ref.means(actor, "same", f"'{text}' are the people of {country.name}")
        else:
            ref.means(
                self.context.local(ids.slug(text), text, "population"), "same", "a people or group by name"
            )
        ref.plural = True

    def _residence(self, ref: Ref) -> list[str]:
        """The country of "the Russians of Latvia", "Croatian Serbs"."""
        homes = [c for c in ref.head.all("nmod") if (case := c.child("case")) and case.lower == "of"]
        if ref.head.lower in self.context.gazetteer.words["minority"]:
            homes += ref.head.all("amod", "compound")
        return [code for c in homes for code in self.context.codes_of(ref.sentence, c)]

    def _place(self, s: int, chunk: Chunk) -> None:
        """A place that is no country: where something happens, or a region that acts."""
        ref = Ref(s, chunk.head, chunk.start, chunk.end, "place")
        tokens = self.context.sentences[s].tokens
        text = self.context.document.text[tokens[chunk.start].start : tokens[chunk.end - 1].end]
        ref.place = places.find(text, self.context.gazetteer, self.context.countries)
        says, reason = metonyms.sense(chunk.head, self.context.gazetteer)
        whole = self._whole(chunk, tokens) if ref.place is None else None
        if whole is not None:
            says, reason, ref.place = "place", f"a part of {whole.name}", replace(whole, name=text)
        acts = chunk.head.dep == "nsubj" and chunk.head.head is not None and not chunk.head.head.child("cop")
        if says == "actor" and (acts or chunk.head.base_dep == "obl") and chunk.head.pos == "PROPN":
            inside = [e.id for m in chunk.inside for e in m.of("country", "demonym")]
            country = ref.place.country if ref.place else self.context.one_country(inside) if inside else None
            actor = self.context.local(ids.slug(text), text, "place", country)
            ref.means(actor, "same", f"a place that no table has; {reason}")
        else:
            ref.means(None, "not same", f"a place: {reason}" if says != "place" else reason)
        self.context.add(ref)

    def _whole(self, chunk: Chunk, tokens: list[Token]) -> places.Place | None:
        """The country or region of which a name is a part: "Northern Syria", but not "North America"."""
        gazetteer = self.context.gazetteer
        if tokens[chunk.start].lower not in gazetteer.words["direction"]:
            return None
        rest = self.context.document.text[tokens[chunk.start].end : tokens[chunk.end - 1].end].strip()
        named = {phrase_units(gazetteer.countries[e.id].name) for m in chunk.inside for e in m.of("country")}
        known = phrase_units(rest) in named or phrase_units(rest) in gazetteer.regions
        return places.find(rest, gazetteer, self.context.countries) if known else None

    # -- organisations ---------------------------------------------------------------------

    def _organisation(self, s: int, chunk: Chunk) -> None:
        ref = Ref(s, chunk.head, chunk.start, chunk.end, "organisation")
        tokens = self.context.sentences[s].tokens
        text = self.context.document.text[tokens[chunk.start].start : tokens[chunk.end - 1].end]
        name = tuple(u for t in tokens[chunk.start : chunk.end] for u in phrase_units(t.text))
        if not self._defined(ref, text) and not self._listed(ref, chunk, text):
            self._unlisted(ref, chunk, text, name)
        if self._ship(s, chunk):
            ref.means(None, "not same", "a ship")
        self._define(ref, tokens, name)
        self.organisations.setdefault(name, ref)
        self.context.add(ref)

    def _defined(self, ref: Ref, text: str) -> bool:
        """An acronym that the text explains."""
        meant = self.acronyms.get(text)
        if meant is None or meant.actor is None:
            return False
        name = self.context.gazetteer.records.get(meant.actor.id)
        if name is not None and text in name.names:
            return False  # known by itself
        ref.means(meant.actor, meant.verdict, f"the text gives '{text}' as short for {meant.actor.label}")
        return True

    def _listed(self, ref: Ref, chunk: Chunk, text: str) -> bool:
        records = self.context.gazetteer.records
        entries = [e for e in chunk.of("name") if records[e.id].type != "person"]
        if entries and (longer := self._longer(ref)):
            self._unlisted(ref, chunk, longer, tuple(phrase_units(longer)))
            return True
        if entries and all(self._foreign(e) for e in entries):
            return False
        chosen = self._narrowed(entries)
        if len(chosen) == 1 and (part := self._part_of(ref, records[chosen[0].id], text)):
            ref.means(part, "same", f"the {text} of one country")
        elif len(chosen) == 1:
            record = records[chosen[0].id]
            same = phrase_units(record.label) == phrase_units(chosen[0].phrase)
            why = f"name: '{text}'" if same else f"'{text}' is a known name of {record.label}"
            ref.means(self.context.known(record.id), "same", why)
        elif chosen:
            ref.means(None, "unsure", f"'{text}' may be " + ", ".join(records[e.id].label for e in chosen))
        return bool(entries)

    def _longer(self, ref: Ref) -> str | None:
        """The longer name that a known one is part of: "Kentucky House of Representatives"."""
        tokens = self.context.sentences[ref.sentence].tokens
        before = tokens[ref.start - 1] if ref.start else None
        if before is None or before.dep not in ("compound", "amod", "flat") or before.head is not ref.head:
            return None
        chunk = self.context.chunk_at[ref.sentence].get(before.i)
        if chunk is None or not before.text[:1].isupper():
            return None
        codes = set(self.context.codes_of(ref.sentence, before))
        entries = self.context.chunk_at[ref.sentence][ref.start].of("name")
        countries = {c for e in entries for c in self.context.gazetteer.records[e.id].countries}
        population = any(self.context.gazetteer.records[e.id].type == "population" for e in entries)
        if population or codes & countries or (not codes and chunk.ent != "LOC"):
            return None
        ref.start = chunk.start
        return self.context.document.text[tokens[chunk.start].start : tokens[ref.end - 1].end]

    def _foreign(self, entry: Entry) -> bool:
        """Whether a name of everyday words ("Labour Party") is of a country that the text never names."""
        gazetteer = self.context.gazetteer
        countries = gazetteer.records[entry.id].countries
        common = all(u in gazetteer.words["common"] for u in phrase_units(entry.phrase))
        return common and bool(countries) and not any(self.context.countries[c] for c in countries)

    def _part_of(self, ref: Ref, record: Record, text: str) -> Actor | None:
        """ "Iraqi Kurds" are not all the Kurds: a people without a country, with one said."""
        codes = self.context.country_codes(ref.sentence, ref.head)
        if record.type != "population" or record.countries or len(codes) != 1:
            return None
        country = self.context.gazetteer.countries.get(codes[0])
        if country is None:
            return None
        label = f"{country.adjective} {text}"
        return self.context.local(f"{country.id}-{ids.slug(text)}", label, "population", country.code)

    def _narrowed(self, entries: list[Entry]) -> list[Entry]:
        if len(entries) < 2:
            return entries
        records = self.context.gazetteer.records
        near = [e for e in entries if any(self.context.countries[c] for c in records[e.id].countries)]
        if len(near) == 1:
            return near
        wide = [e for e in entries if records[e.id].type in _EVERYWHERE]  # the agency AFP, not a police force
        return wide if len(wide) == 1 and not near else entries

    def _unlisted(self, ref: Ref, chunk: Chunk, text: str, name: tuple[str, ...]) -> None:
        """An organisation of this text; a shorter form of its name is the same one."""
        longer = [r for n, r in self.organisations.items() if _shortened(name, n)]
        if len({r.actor.id for r in longer if r.actor}) == 1 and longer[0].actor:
            ref.means(
                longer[0].actor,
                longer[0].verdict,
                f"short for '{longer[0].actor.label}' in the same document",
            )
            return
        governed = self._governed(chunk, text)
        if governed:
            country = self.context.gazetteer.countries[governed].name
            ref.means(self.context.gazetteer.government(governed), "same", f"the government of {country}")
            return
        known = self._by_noun_behind(chunk, text)
        if known:
            ref.means(self.context.known(known.id), "same", f"{known.label} with what it is: '{text}'")
            return
        known = self._by_acronym(ref, name)
        if known:
            ref.means(
                self.context.known(known.id),
                "same",
                f"{known.label}, whose acronym the text gives, spelt otherwise",
            )
            return
        codes = [e.id for m in chunk.inside for e in m.of("country", "demonym")]
        codes += self.context.country_codes(ref.sentence, chunk.head)
        code = self.context.one_country(list(dict.fromkeys(codes))[:1]) if codes else None
        if text.split()[-1].lower() in self.context.gazetteer.words["thing"]:
            ref.means(None, "not same", f"nobody who acts: a {text.split()[-1].lower()}")
            return
        type, sector = common_nouns.by_noun(self.context, text)
        default = "organisation" if chunk.ent == "ORG" else "unknown"
        id = self.context.here(text) if self._is_common(name) else ids.slug(text)
        actor = self.context.local(id, text, type or default, code, sector)
        ref.means(actor, "same", "a name that no table has: an actor of this text")

    def _is_common(self, name: tuple[str, ...]) -> bool:
        """Whether all words of a name are common ones: "the Navy" of two texts need not be one."""
        gazetteer = self.context.gazetteer
        known = gazetteer.words["common"] | _SMALL
        return all(u in known or any(e.kind in _NOUNS for e in gazetteer.lookup(u)) for u in name)

    def _governed(self, chunk: Chunk, text: str) -> str | None:
        """The country whose government a name is: "Federal Government of Iraq", "Iraqi Government"."""
        words = phrase_units(text)
        nations = [m for m in chunk.inside if m.of("country", "demonym")]
        if len(nations) != 1 or "government" not in words:
            return None
        inside = {u for e in nations[0].entries for u in phrase_units(e.phrase)}
        if not set(words) <= inside | _GOVERNMENT:
            return None  # "Kurdistan Regional Government of Iraq"
        return self.context.one_country([e.id for e in nations[0].of("country", "demonym")])

    def _by_noun_behind(self, chunk: Chunk, text: str) -> Record | None:
        """The known organisation that a name is with a noun for its kind behind: "Fatah Party"."""
        records = self.context.gazetteer.records
        known = [m for m in chunk.inside if m.start == chunk.start and m.end == chunk.end - 1]
        kind = self.context.gazetteer.anaphors.get(text.split()[-1].lower())
        found = [records[e.id] for m in known for e in m.of("name")]
        fitting = [r for r in found if kind and r.type in kind.types]
        return fitting[0] if len(found) == len(fitting) == 1 else None

    def _by_acronym(self, ref: Ref, name: tuple[str, ...]) -> Record | None:
        """A known organisation whose acronym stands in brackets behind and whose name is nearly this."""
        short = _bracketed(self.context.sentences[ref.sentence].tokens[ref.end : ref.end + 3])
        records = self.context.gazetteer.records
        named = [records[e.id] for e in self.context.gazetteer.lookup(short or "") if e.kind == "name"]
        found = [r for r in named if any(_alike(name, phrase_units(n)) for n in r.names)]
        return found[0] if len(found) == 1 else None

    def _define(self, ref: Ref, tokens: list[Token], name: tuple[str, ...]) -> None:
        """Note the acronym in brackets behind a name: "Palestine Liberation Organization (PLO)"."""
        short = _bracketed(tokens[ref.end : ref.end + 3])
        if not short or ref.actor is None:
            return
        plain = "".join(units(short))
        if short.isupper() and _ACRONYM[0] <= len(plain) <= _ACRONYM[1] and _initials(plain, name):
            self.acronyms[short] = ref


def _bracketed(after: list[Token]) -> str | None:
    """The one word in brackets, if that is what comes."""
    if len(after) == 3 and after[0].text in ("(", "[") and after[2].text in (")", "]"):
        return after[1].text
    return None


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of one length have two thirds of their words in common, spelling aside."""
    if len(one) != len(other) or len(one) < 3:
        return False
    return 3 * sum(persons.similar(a, b) for a, b in zip(one, other, strict=True)) >= 2 * len(one)


def _initials(short: str, name: tuple[str, ...]) -> bool:
    """Whether an acronym's letters stand in order in a name's words, most of them first letters.

    >>> _initials("plo", ("palestine", "liberation", "organization")), _initials("un", ("fatah",))
    (True, False)
    """
    first = [w[0] for w in name]
    found = sum(1 for c in short if c in first)
    rest = iter("".join(name))
    return all(c in rest for c in short) and found >= 0.6 * len(short)


def _shortened(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is a longer one without its "of …" or its kind of firm.

    >>> _shortened(("google",), ("google", "inc")), _shortened(("coalition",), ("coalition", "authority"))
    (True, False)
    """
    rest = full[len(short) :]
    if full[: len(short)] != short or not rest:
        return False
    return set(rest) <= _FIRM or (len(short) > 1 and rest[0] in ("of", "for"))


def _short(acronym: str, name: tuple[str, ...]) -> bool:
    """Whether capitals are the first letters of all of a name's words, small words aside.

    >>> _short("CPA", ("coalition", "provisional", "authority")), _short("UN", ("un", "women"))
    (True, False)
    """
    first = "".join(w[0] for w in name if w not in _SMALL)
    return acronym.isupper() and len(acronym) >= _ACRONYM[0] and units(acronym) == (first,)


def _dateline(ref: Ref, tokens: list[Token]) -> bool:
    """Whether a name stands in a dateline: "WASHINGTON/BEIJING —"."""
    if not tokens[ref.start].text.isupper() or ref.end > 6:
        return False
    after = [t.text for t in tokens[ref.end : ref.end + 6]]
    return any(t in ("—", "–", "-", "--") for t in after) and all(
        t.text.isupper() or not t.text.isalpha() or t.i >= ref.end for t in tokens[: ref.end]
    )
