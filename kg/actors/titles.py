"""Titles without a name: "the Hungarian prime minister" is whoever held the office at the date."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids
from kg.actors import groups
from kg.actors.context import Context
from kg.actors.descriptions import effect
from kg.actors.mentions import Ref
from kg.actors.offices import in_force
from kg.actors.spellings import phrase_units
from kg.actors.trie import Match
from kg.actors.wordlists import Title
from kg.model import Actor
from kg.parsing.tree import Token

# Types of those who are not the state that they are in.
_BODIES = frozenset({"armed group", "movement", "party", "company", "media", "ngo"})
# What a prefix says against the holder at the date, by its effect.
_NO_HOLDER = {
    "ended": "no longer",
    "coming": "not yet",
    "dead": "dead",
    "other": "another office",
    "then": "then",
}
_BEHIND = frozenset({"elect", "designate"})  # prefixes that stand behind a title
_NEGATION = frozenset({"not", "n't", "never"})


class Titles:
    """Links the titles of a document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.gazetteer = context.gazetteer

    def link(self, ref: Ref, title: Title) -> None:
        """A title: of whom it is said, else who held it."""
        ref.kind, ref.office = "title", title.office
        ref.title = self.context.noun(ref)
        ref.plural = ref.head.tag in ("NNS", "NNPS")
        if not self._beside(ref) and not self._predicate(ref):
            if ref.plural:
                self._several(ref, title)
            else:
                self._one(ref, title)
        self.context.add(ref)

    def owned(self, ref: Ref, title: Title, code: str) -> None:
        """ "Its president", once it is known whose."""
        if ref.verdict == "unsure" and not ref.plural:
            self._holder(ref, title, code, self._effect(ref))

    def countries(self, ref: Ref) -> list[str]:
        """The countries that a title's words have with them: "minister of foreign affairs of Iraq"."""
        words = (ref.head, *self.context.tokens(ref)[ref.start : ref.end])
        found = (self.context.country_codes(ref.sentence, token) for token in words)
        return next((codes for codes in found if codes), [])

    def _one(self, ref: Ref, title: Title) -> None:
        effect = self._effect(ref)
        if effect not in _NO_HOLDER and self._heads(ref, title):
            return
        if (body := self._body(ref)) is not None:
            self._of_body(ref, title, *body)
        elif codes := self.countries(ref):
            self._holder(ref, title, codes[0], effect)
        else:
            self._unnamed(ref, title, effect)

    # -- said of somebody named --------------------------------------------------------------

    def _beside(self, ref: Ref) -> bool:
        """A title set beside a name: "Bessent, the Treasury Secretary,", "Qatar's emir, Sheikh Hamad,"."""
        other = ref.head.head if ref.head.dep == "appos" else ref.head.child("appos")
        meant = self.context.at(ref.sentence, other) if other is not None else self._behind_comma(ref)
        if meant is None or meant.kind != "person":
            return False
        ref.means(meant.actor, meant.verdict, f"set beside '{self.context.words(meant)}'")
        ref.gender = meant.gender
        return True

    def _behind_comma(self, ref: Ref) -> Ref | None:
        """The person between commas right behind a title, or who once bore it, which no parser has to see."""
        tokens = self.context.tokens(ref)
        if ref.plural or ref.end + 1 >= len(tokens) or tokens[ref.end].text != ",":
            return None
        meant = self.context.covered.get((ref.sentence, ref.end + 1))
        if meant is None or meant.actor is None:
            return None
        said = phrase_units(self.context.noun(ref))
        bore = any(phrase_units(r.title) == said for r in meant.actor.roles)
        return meant if bore or _is_set_off(meant, tokens) else None

    def _predicate(self, ref: Ref) -> bool:
        """What somebody is said to be: "Orban is the prime minister"."""
        subject = ref.head.child("nsubj") if ref.head.child("cop") is not None else None
        meant = self.context.at(ref.sentence, subject) if subject is not None else None
        if meant is None or meant.kind != "person":
            return False
        if any(c.lower in _NEGATION for c in ref.head.children):
            ref.means(None, "not same", f"said not to be '{self.context.words(meant)}'")
        else:
            ref.means(meant.actor, meant.verdict, f"said of '{self.context.words(meant)}'")
        return True

    def _effect(self, ref: Ref) -> str | None:
        """What a prefix before the title, or "elect" behind it, says of it."""
        return effect([m for m in self.context.matches[ref.sentence] if self._is_prefix(m, ref)])

    def _is_prefix(self, match: Match, ref: Ref) -> bool:
        if ref.block <= match.start < ref.start:
            return bool(match.of("prefix"))
        behind = match.start in (ref.end, ref.end + 1) and match.of("prefix")
        return bool(behind) and self.context.tokens(ref)[match.start].lower in _BEHIND

    # -- who held it -------------------------------------------------------------------------

    def _holder(self, ref: Ref, title: Title, code: str, effect: str | None) -> None:
        """Who held the title in a country when the document appeared."""
        held = []
        if effect not in _NO_HOLDER:
            held = self.gazetteer.offices.holders(code, self.context.noun(ref), title, self.context.on)
        if len(held) == 1:
            self._means_known(ref, held[0], f"{title.title} of {self._place(code)} on {self.context.on}")
            return
        sector = "ELI" if effect == "ended" else title.sector
        self._of_country(ref, [code], sector, self._why(title, code, effect, held), effect)

    def _place(self, code: str) -> str:
        country = self.gazetteer.countries.get(code)
        return country.name if country else code

    def _why(self, title: Title, code: str, effect: str | None, held: list[str]) -> str:
        """Why nobody known is chosen."""
        on, office = self.context.on, f"{title.title} of {self._place(code)}"
        if effect is not None and effect in _NO_HOLDER:
            return f"{_NO_HOLDER[effect]}: not the {office}"
        if on is None:
            return f"the document has no date, so who was {office} is open"
        if held:
            return f"{len(held)} persons were {office} around {on}"
        return f"no table says who was {office} on {on}"

    def _means_known(self, ref: Ref, id: str, office: str) -> None:
        actor = self.context.known(id)
        ref.means(actor, "same", f"{actor.label} was {office}")
        ref.gender = self.gazetteer.gender(id)

    def _of_country(
        self, ref: Ref, codes: list[str], sector: str | None, why: str, effect: str | None = None
    ) -> None:
        """A holder whom nobody names: an actor by title and country."""
        changed = effect in ("ended", "coming", "dead", "other")
        text = self.context.described(ref) if changed else self.context.noun(ref)
        self.context.by_country(ref, text, codes, "person", sector, why)
        if not ref.plural:
            ref.verdict = "unsure"

    def _heads(self, ref: Ref, title: Title) -> bool:
        """The head of an organisation that stands in the title or with it: "the IAEA chief"."""
        on = self.context.on
        for organisation, words in self._organisations(ref):
            held = self.gazetteer.offices.heads(organisation, words, title, on)
            if len(held) == 1:
                whose = self.gazetteer.records[organisation].label
                self._means_known(ref, held[0], f"{title.title} of {whose} on {on}")
                return True
        return False

    def _organisations(self, ref: Ref) -> Iterator[tuple[str, str]]:
        """Ids of the organisations that a title names or that own it, with the title's other words."""
        said = self.context.noun(ref)
        for name, words in _splits(said):
            yield from ((e.id, words) for e in self.gazetteer.lookup(name) if e.kind == "name")
        for owner in self._owners(ref):
            meant = self.context.at(ref.sentence, owner)
            if meant is not None and meant.kind == "organisation" and meant.actor and meant.actor.known:
                yield meant.actor.id, said

    def _body(self, ref: Ref) -> tuple[str, Actor] | None:
        """The group, party or company in a title or right before it, and its words that the title lacks: "an
        RSF spokesman" speaks for no country."""
        said = (self.gazetteer.lookup(name) for name, _ in _splits(self.context.noun(ref)))
        named = (("", self.context.known(e.id)) for found in said for e in found if e.kind == "name")
        before = (self.context.at(ref.sentence, c) for c in ref.head.all("compound", "nmod:poss"))
        beside = (
            (self.context.words(m).removeprefix("The "), m.actor)
            for m in before
            if m is not None and m.kind == "organisation" and m.actor is not None
        )
        return next((found for found in (*named, *beside) if found[1].type in _BODIES), None)

    def _of_body(self, ref: Ref, title: Title, words: str, body: Actor) -> None:
        """A holder in a group whom nobody names."""
        label = f"{words} {self.context.noun(ref)}" if words else self.context.described(ref)
        id, sector = f"{body.id}-{ids.slug(self.context.noun(ref))}", body.sector or title.sector
        made = self.context.local(id, label, "person", body.country, sector)
        ref.means(made, "unsure", f"{title.title} of {body.label}")

    def _owners(self, ref: Ref) -> list[Token]:
        """The words that may say whose a title is: "NATO's", wherever the parser hangs it."""
        tokens = self.context.tokens(ref)
        before = [t for t in tokens[max(0, ref.start - 2) : ref.start] if t.tag != "POS"]
        return before[-1:] + [c for t in tokens[ref.start : ref.end] for c in t.children if _owns(c)]

    # -- several, or nobody said -------------------------------------------------------------

    def _several(self, ref: Ref, title: Title) -> None:
        """ "The presidents of Russia and China"; "Iraqi ministers"."""
        codes = self.countries(ref)
        if len(codes) < 2:
            self._of_country(ref, codes, title.sector, "several who hold the title")
            return
        ref.members, why = self._each(ref, title, codes)
        ref.means(groups.joined(self.context, ref.members), "same", why)

    def _each(self, ref: Ref, title: Title, codes: list[str]) -> tuple[tuple[Actor, ...], str]:
        """Who held a title in each of several countries, and why."""
        on = self.context.on
        held = [self.gazetteer.offices.holders(c, title.title, title, on) for c in codes]
        if all(len(found) == 1 for found in held):
            why = f"who was {title.title} of each country on {on}"
            return tuple(self.context.known(found[0]) for found in held), why
        text = self.context.noun(ref)
        known = [c for c in codes if c in self.gazetteer.countries]
        parts = tuple(self.context.part(c, text, "person", title.sector) for c in known)
        return parts, "who hold the title in several countries"

    def _unnamed(self, ref: Ref, title: Title, effect: str | None) -> None:
        """A title alone: whoever the text has called so, or the only holder that the tables know."""
        if effect not in _NO_HOLDER and _is_definite(ref.head):
            earlier = self._titled(ref)
            if earlier is not None:
                why = f"the {title.title} named before: '{self.context.words(earlier)}'"
                ref.means(earlier.actor, earlier.verdict, why)
                ref.gender = earlier.gender
                return
            holders = self._only_holders(ref, title)
            if len(holders) == 1:
                actor, on = self.context.known(holders[0]), self.context.on
                why = f"{actor.label} was {title.title} on {on}; no other country has one"
                ref.means(actor, "same", why)
                return
        label = self.context.described(ref)
        id = ids.content_id(ids.slug(label), self.context.document.id)
        sector = "ELI" if effect == "ended" else title.sector
        ref.means(
            self.context.local(id, label, "person", None, sector), "unsure", "the text does not say who"
        )

    def _only_holders(self, ref: Ref, title: Title) -> list[str]:
        """Who held a title that one country alone has, by the words said or the title that they mean."""
        for words in (self.context.noun(ref), title.title):
            found = self.gazetteer.offices.only_holders(words, self.context.on)
            if found:
                return found
        return []

    def _titled(self, ref: Ref) -> Ref | None:
        """The last person named before who bears the title, in text or in office at the date."""
        said = phrase_units(self.context.noun(ref))
        before = [r for r in self.context.before(ref) if r.kind == "person" and self._bears(r, said)]
        return before[-1] if before else None

    def _bears(self, ref: Ref, said: tuple[str, ...]) -> bool:
        """Whether a person was named with a title, or held it at the document's date."""
        on = self.context.on
        if ref.actor is None:
            return False
        held = [r for r in ref.actor.roles if on is not None and in_force(r, on)]
        return ref.said == said or any(phrase_units(r.title) == said for r in held)


def _splits(said: str) -> Iterator[tuple[str, str]]:
    """What an organisation's name in a title may be, and the words that remain.

    >>> list(_splits("IAEA chief")), list(_splits("head of the IMF"))[:1]
    ([('IAEA', 'chief')], [('IMF', 'head')])
    """
    if " of " in said:
        title, _, whose = said.partition(" of ")
        yield whose.removeprefix("the "), title
    parts = said.split()
    for n in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:n]), " ".join(parts[n:])


def _is_set_off(meant: Ref, tokens: list[Token]) -> bool:
    """Whether a name has a comma behind it and is not one of a list."""
    if meant.end >= len(tokens) or tokens[meant.end].text != ",":
        return False
    return not (meant.end + 1 < len(tokens) and tokens[meant.end + 1].lower in ("and", "or"))


def _is_definite(head: Token) -> bool:
    """Whether a title is somebody's in particular: "the president", "its president", "President"."""
    determiner = head.child("det")
    if determiner is not None:
        return determiner.lower in ("the", "this", "that")
    return head.pos == "PROPN" or head.child("nmod:poss") is not None


def _owns(token: Token) -> bool:
    """Whether a modifier may name whose a title is."""
    case = token.child("case")
    of = token.dep == "nmod" and case is not None and case.lower in ("of", "for")
    return of or token.dep in ("compound", "nmod:poss", "nmod:desc")
