"""Names of countries, of their peoples, capitals and governments' seats: who or what each stands for."""

from __future__ import annotations

from dataclasses import replace

from kg import ids
from kg.actors import localities, metonyms, nationals, places
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.names import Chunk
from kg.actors.trie import Entry
from kg.parsing.tree import Token

_DESCRIBING = frozenset({"amod", "compound", "nmod:desc", "flat"})
_MANY_NAMESAKES = "USA"
_DASHES = frozenset({"—", "–", "-", "--"})
_DATELINE = 6  # words on either side of the dash


class Countries:
    """Links the names of countries and what stands for them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.gazetteer = context.gazetteer

    def link(self, s: int, chunk: Chunk, kind: str) -> None:
        """A name of one of the kinds country, demonym, capital, metonym."""
        ref = Ref(s, chunk.head, chunk.start, chunk.end, kind)
        if kind == "demonym" and self.context.is_ethnic(s, chunk):
            self._ethnic(ref)
        elif not chunk.entries:
            self._people(ref)
        else:
            self._named(ref, chunk)
        self.context.add(ref)

    def _named(self, ref: Ref, chunk: Chunk) -> None:
        """A name that the tables have for one country or several."""
        code, sure, why = self._code(ref, chunk)
        if code is None:
            ref.means(None, "unsure", why)
        elif ref.kind == "demonym":
            self._citizens(ref, code)
        elif ref.kind == "country":
            self._state(ref, code, sure, why)
        else:
            bodies = chunk.of("name")
            self._government(ref, code, bodies[0] if len(bodies) == 1 else None)

    def _code(self, ref: Ref, chunk: Chunk) -> tuple[str | None, bool, str]:
        """The country that a name means, whether that is sure, and why."""
        text = " ".join(t.text for t in self.context.tokens(ref)[chunk.start : chunk.end])
        if ref.kind == "country" and (homonyms := self.gazetteer.homonyms.get(text)):
            return self.context.by_cues(text, homonyms)
        codes = [e.id for e in chunk.of(ref.kind)]
        code = self.context.one_country(codes)
        if code and ref.kind == "country" and not self.gazetteer.lookup(text):
            return code, True, f"'{text}' is {self.gazetteer.countries[code].name} misspelt"
        if code:
            return code, True, ""
        names = ", ".join(dict.fromkeys(self.gazetteer.countries[c].name for c in codes))
        return None, False, f"'{text}' may be of {names}"

    # -- the state, the government, the place ------------------------------------------------

    def _state(self, ref: Ref, code: str, sure: bool, why: str) -> None:
        """A country by its name, also where it is only the place of something."""
        name = self.gazetteer.countries[code].name
        says, reason = metonyms.sense(ref.head, self.gazetteer)
        because = why or f"name of {name}"
        if says == "place":
            ref.place = places.find(name, self.gazetteer)
            because = f"{because}; {reason}"
        ref.means(self.gazetteer.state(code), "same" if sure else "unsure", because)

    def _government(self, ref: Ref, code: str, seated: Entry | None) -> None:
        """A capital or seat of government: the government where it acts, else the place.

        `seated` is an organisation that the text means by its seat: "Brussels" in matters of the union.
        """
        is_capital = ref.kind == "capital"
        says, reason = self._capital_sense(ref, code) if is_capital else self._sense(ref)
        behind = self.context.behind_comma(ref) if is_capital else []
        if behind and behind[0] != code:
            self._place(ref, behind[0], "place", reason)
        elif is_capital and not behind and says != "actor" and (other := self._namesake(ref, code)):
            self._place(ref, other, "place", f"a city of that name in {self.gazetteer.countries[other].name}")
        elif says == "actor" and seated is not None:
            body = self.context.known(seated.id)
            ref.means(body, "same", f"seat of {body.label}; {reason}")
        elif says == "actor" or (says == "unclear" and not is_capital):
            what = "capital" if is_capital else "seat of government"
            why = f"{what} of {self.gazetteer.countries[code].name}; {reason}"
            ref.means(self.gazetteer.government(code), "same", why)
        else:
            self._place(ref, code, says, reason)

    def _place(self, ref: Ref, code: str, says: metonyms.Sense, reason: str) -> None:
        """A city or building of a country, where it is no more than that."""
        ref.place = self._site(ref, code)
        ref.site = localities.called(self.context, ref, code) if says == "place" else None
        ref.means(None, "not same" if says == "place" else "unsure", reason)

    def _site(self, ref: Ref, code: str) -> places.Place | None:
        """The city or building; of no country if its country was none at the date."""
        behind = self.context.behind_comma(ref)
        if code in behind:
            return places.within(self.context.words(ref), code, self.gazetteer)
        found = places.find(self.context.words(ref), self.gazetteer, (code,))
        return found if found is None or self.context.existed(code) else replace(found, country=None)

    def _sense(self, ref: Ref) -> tuple[metonyms.Sense, str]:
        """Whether a seat of government acts or is a place."""
        if _is_dateline(ref, self.context.tokens(ref)):
            return "place", "the dateline"
        return metonyms.sense(ref.head, self.gazetteer)

    def _capital_sense(self, ref: Ref, code: str) -> tuple[metonyms.Sense, str]:
        """The same of a capital, which other countries may have a city of the name of."""
        behind = self.context.behind_comma(ref)
        if behind:
            return "place", f"a place: {self.gazetteer.countries[behind[0]].name} stands behind it"
        if not self.context.existed(code) and not _is_dateline(ref, self.context.tokens(ref)):
            return "place", f"a place: no capital of a state in {self.context.on}"
        return self._sense(ref)

    def _namesake(self, ref: Ref, code: str) -> str | None:
        """Another country with a city of a capital's name, where nobody else is named.

        The United States have one for most capitals, and are named in most texts.
        """
        spoken = [c for c in self.context.spoken if c != _MANY_NAMESAKES]
        return places.namesake(self.context.words(ref), code, spoken) if len(spoken) == 1 else None

    # -- peoples -----------------------------------------------------------------------------

    def _ethnic(self, ref: Ref) -> None:
        """ "Ethnic Albanians", "ethnic Albanian rebels": a people, at home where the text says they live."""
        if ref.head.dep in _DESCRIBING:
            ref.means(None, "not same", "an ethnic group, not the country")
            return
        text = self.context.text(ref.sentence, ref.start - 1, ref.end).lower()
        codes = self.context.country_codes(ref.sentence, ref.head)
        home = self.gazetteer.countries.get(codes[0]) if len(codes) == 1 else None
        id, label = ids.slug(text), f"ethnic {self.context.tokens(ref)[ref.end - 1].text}"
        if home is not None:
            id, label = f"{home.id}-{id}", f"{label} of {home.name}"
        actor = self.context.local(id, label, "population", home.code if home else None, "CVL")
        ref.means(actor, "same", "an ethnic group, not the country's people")
        ref.plural = True

    def _people(self, ref: Ref) -> None:
        """A people that no table has: "the Kurds"."""
        if _describes(ref.head):
            return
        text = self._spaced(ref)
        actor = self.context.local(ids.slug(text), text, "population")
        ref.means(actor, "same", "a people or group by name")
        ref.plural = True

    def _citizens(self, ref: Ref, code: str) -> None:
        """A country's people, at home or elsewhere; its adjective stands for the country."""
        country, text = self.gazetteer.countries[code], self._spaced(ref)
        if _describes(ref.head):
            ref.means(self.gazetteer.state(code), "same", f"'{text}' is of {country.name}")
            return
        if nationals.is_one(self.context, ref, code):
            nationals.someone(self.context, ref, code)
            return
        elsewhere = [c for c in self._residence(ref) if c != code]
        if len(elsewhere) == 1:
            home = self.gazetteer.countries[elsewhere[0]]
            id, label = f"{home.id}-{ids.slug(text)}", f"{text} of {home.name}"
            actor = self.context.local(id, label, "population", home.code, "CVL")
            ref.means(actor, "same", f"'{text}' of {home.name}, not of {country.name}")
        else:
            label = f"{country.adjective} people"
            actor = self.context.local(f"{country.id}-people", label, "population", code)
            ref.means(actor, "same", f"'{text}' are the people of {country.name}")
        ref.plural = True

    def _spaced(self, ref: Ref) -> str:
        return " ".join(t.text for t in self.context.tokens(ref)[ref.start : ref.end])

    def _residence(self, ref: Ref) -> list[str]:
        """The country of "the Russians of Latvia", "Croatian Serbs"."""
        homes = [c for c in ref.head.all("nmod") if (case := c.child("case")) and case.lower == "of"]
        if ref.head.lower in self.gazetteer.words["minority"]:
            homes += ref.head.all("amod", "compound")
        return [code for c in homes for code in self.context.codes_of(ref.sentence, c)]


def _describes(head: Token) -> bool:
    """Whether an adjective, or what "and" joins to one, describes a noun."""
    while head.dep == "conj" and head.head is not None:
        head = head.head
    return head.dep in _DESCRIBING


def _is_dateline(ref: Ref, tokens: list[Token]) -> bool:
    """Whether a name stands in a dateline: "WASHINGTON/BEIJING —"."""
    if not tokens[ref.start].text.isupper() or ref.end > _DATELINE:
        return False
    before, after = tokens[: ref.end], tokens[ref.end : ref.end + _DATELINE]
    in_capitals = all(t.text.isupper() or not t.text.isalpha() for t in before)
    return in_capitals and any(t.text in _DASHES for t in after)
