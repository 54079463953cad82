"""Common nouns for people who act: police, rebels, officials, governments, companies."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids
from kg.actors import groups
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.names import Chunk
from kg.actors.wordlists import Generic
from kg.model import Actor
from kg.parsing.tree import Token

_ANYWHERE = frozenset({"company", "media", "igo", "ngo"})  # need not be of where they are
_CALLED = ("organisation", "country", "person")
_ARMED = frozenset({"armed group", "military"})
_AT = frozenset({"in", "at", "near"})


def by_noun(context: Context, name: str) -> tuple[str | None, str | None]:
    """Type and sector that an organisation's own last or first words give: "Defence Ministry"."""
    words = name.split()
    first = [words[0]] if len(words) > 2 and words[1].lower() in ("of", "for") else []
    for phrase in (*first, " ".join(words[-2:]), words[-1]):
        for entry in context.gazetteer.lookup(phrase):
            if isinstance(entry.row, Generic) and entry.row.type != "population":
                return entry.row.type, entry.row.sector
    return None, None


class GenericNouns:
    """Links the nouns of a document that stand for people who act."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.gazetteer = context.gazetteer
        self.said: dict[str, list[Ref]] = {}  # by noun, those of a known country

    def link(self, ref: Ref, row: Generic) -> None:
        """Those called by name beside it, else those of its countries, else nobody known."""
        ref.plural = row.plural or ref.head.tag in ("NNS", "NNPS")
        if not ref.plural and self._called(ref, row):
            self.context.add(ref)
            return
        self._decide(ref, row)
        if ref.actor and ref.actor.country:
            self.said.setdefault(row.noun, []).append(ref)
        self.context.add(ref)

    def owned(self, ref: Ref, row: Generic, code: str) -> None:
        """ "Its troops", once it is known whose."""
        if code not in self.gazetteer.countries:
            return
        why = f"the {row.noun} of whom the pronoun means"
        if self._governs(row):
            ref.means(self.gazetteer.government(code), "same", why)
        else:
            why = f"{row.noun} of whom the pronoun means"
            self.context.by_country(ref, self.context.noun(ref), [code], row.type, row.sector, why)

    def _decide(self, ref: Ref, row: Generic) -> None:
        if self._is_of_known(ref, row) and self._of_organisation(ref, row):
            return
        codes = self.context.country_codes(ref.sentence, ref.head, where=self._is_where(ref, row))
        codes = codes or self._based(ref)
        if len(codes) > 1:
            self._several(ref, row, codes)
        elif codes:
            self._of_country(ref, row, codes[0])
        elif not self._of_organisation(ref, row) and not self._said_before(ref, row):
            self._nobodys(ref, row)

    # -- those of countries ------------------------------------------------------------------

    def _of_country(self, ref: Ref, row: Generic, code: str) -> None:
        """ "The Chinese authorities" are the government, "Iraqi police" an actor by noun and country."""
        country = self.gazetteer.countries.get(code)
        if country is not None and self._governs(row) and not self._is_named(ref):
            ref.means(self.gazetteer.government(code), "same", f"the {row.noun} of {country.name}")
            return
        text, why = self.context.noun(ref), f"{row.noun} with a country"
        self.context.by_country(ref, text, [code], row.type, row.sector, why)

    def _several(self, ref: Ref, row: Generic, codes: list[str]) -> None:
        """ "U.S. and Chinese officials": a group with a part in each country."""
        text = self.context.noun(ref)
        known = [c for c in codes if c in self.gazetteer.countries]
        if self._governs(row):
            ref.members = tuple(self.gazetteer.government(c) for c in known)
        else:
            ref.members = tuple(self.context.part(c, text, row.type, row.sector) for c in known)
        ref.means(groups.joined(self.context, ref.members), "same", f"{row.noun} of several countries")

    def _is_where(self, ref: Ref, row: Generic) -> bool:
        """Whether those in a country are of it: police are; peacekeepers, foreign judges and those of a court
        in The Hague are not."""
        words = self.gazetteer.words
        before = (c for c in ref.head.all("amod") if c.i < ref.start)  # not of "the foreign ministry"
        foreign = any(c.lower in words["foreign"] for c in before)
        places = (t.text.lower() for c in ref.head.all("nmod", "obl") for t in (c, *c.all("flat")))
        away = foreign or (row.sector == "JUD" and any(place in words["seat"] for place in places))
        return row.type not in _ANYWHERE and row.noun not in words["abroad"] and not away

    def _based(self, ref: Ref) -> list[str]:
        """ "A group based in Trinidad"."""
        clause = ref.head.child("acl")
        if clause is None or clause.lemma.lower() not in ("base", "based"):
            return []
        return [c for o in clause.all("obl") for c in self.context.codes_of(ref.sentence, o)]

    def _governs(self, row: Generic) -> bool:
        """Whether a noun is a government's: "the Trump administration", "the Chinese authorities"."""
        return row.noun in self.gazetteer.words["government"]

    def _is_named(self, ref: Ref) -> bool:
        """Whether capitals make a name of it that is no government's: "Civil Defense Authority"."""
        if not ref.head.text[:1].isupper():
            return False
        others = (c for c in ref.head.all("compound") if self.context.at(ref.sentence, c) is None)
        return any(c.text[:1].isupper() and c.i not in self.context.chunk_at[ref.sentence] for c in others)

    # -- those of somebody named -------------------------------------------------------------

    def _called(self, ref: Ref, row: Generic) -> bool:
        """ "The militant group Hamas", "the al-Qaeda network", "Pakistan, a U.S. ally": the one so called."""
        beside = self._beside(ref)
        before = [c for c in ref.head.all("compound", "nmod:desc") if c.i < ref.head.i]
        for other in (*beside, *before):
            meant = self.context.at(ref.sentence, other)
            if meant is None or meant.actor is None or not self._may_be_called(meant, row):
                continue
            if other in beside or meant.actor.type in self._types(row):
                ref.means(meant.actor, meant.verdict, f"the {row.noun} called '{self.context.words(meant)}'")
                return True
        return False

    def _types(self, row: Generic) -> tuple[str, ...]:
        """The types of those whom a noun may be said of: a movement may be armed."""
        anaphor = self.gazetteer.anaphors.get(row.noun)
        return (row.type, *(anaphor.types if anaphor is not None else ()))

    def _beside(self, ref: Ref) -> list[Token]:
        """The names set beside a noun or right behind it."""
        head = ref.head
        found = [head.head] if head.dep == "appos" and head.head else head.all("appos", "flat")
        after = self.context.chunk_at[ref.sentence].get(ref.end)
        if after is not None and after.head.head is head.head and after.head.dep == head.dep:
            return [*found, after.head]  # "the group Hamas", of which some parsers make two subjects
        return found

    def _may_be_called(self, meant: Ref, row: Generic) -> bool:
        """Not a country, unless the noun is for one: "the tribe in Anbar, Iraq"."""
        state = row.noun in self.gazetteer.words["state"]
        return meant.kind in _CALLED and (meant.kind != "country" or state)

    def _is_of_known(self, ref: Ref, row: Generic) -> bool:
        """Whether a known body owns a noun: "UN officials in Mali" are the UN's, "Taliban fighters" theirs.

        "The Fatah government" is its country's.
        """
        owner = self._owner(ref)
        if owner is None or owner.actor is None or not _is_known_body(owner.actor):
            return False
        return not (owner.actor.country and self._governs(row))

    def _owner(self, ref: Ref) -> Ref | None:
        """The organisation before a noun, or a known one behind its "of": "fighters of Hamas"."""
        before = self._organisations(ref, ref.head.all("compound", "nmod:poss", "amod"))
        behind = self._organisations(ref, [c for c in ref.head.all("nmod") if _is_behind_of(c)])
        return next(iter([*before, *(r for r in behind if r.actor and r.actor.known)]), None)

    def _organisations(self, ref: Ref, words: list[Token]) -> list[Ref]:
        found = (self.context.at(ref.sentence, word) for word in words)
        return [r for r in found if r is not None and r.kind == "organisation" and r.actor]

    def _of_organisation(self, ref: Ref, row: Generic) -> bool:
        """ "NATO troops": those of an organisation, with its country if it has one; "Hamas gunmen": Hamas."""
        owner = self._owner(ref)
        if owner is None or owner.actor is None:
            return False
        if ref.plural and owner.actor.type == "armed group" and row.type in _ARMED:
            ref.means(owner.actor, owner.verdict, f"its {row.noun} is {owner.actor.label}")
            return True
        text = self.context.noun(ref)
        label = f"{self.context.words(owner)} {text}".removeprefix("The ")
        sector = owner.actor.sector if row.type == "population" else row.sector
        id = f"{owner.actor.id}-{ids.slug(text)}"
        actor = self.context.local(id, label, row.type, owner.actor.country, sector)
        ref.means(actor, "same", f"{row.noun} of {owner.actor.label}")
        return True

    def _said_before(self, ref: Ref, row: Generic) -> bool:
        """The same noun with a country, earlier: "the police" after "Iraqi police"."""
        before = {r.actor.id: r for r in self.said.get(row.noun, []) if r.actor}
        if len(before) != 1 or not self._can_be_said_again(ref.head):
            return False
        meant = next(iter(before.values()))
        if (meant.head.tag in ("NNS", "NNPS")) != (ref.head.tag in ("NNS", "NNPS")):
            return False  # "the two armies" are not the army of before
        why = f"the {row.noun} named before: '{self.context.words(meant)}'"
        ref.means(meant.actor, meant.verdict, why)
        return True

    def _can_be_said_again(self, head: Token) -> bool:
        """Not with an owner, a number, a people, or "every" and the like: "every European government"."""
        determiner = head.child("det")
        general = determiner is not None and determiner.lower in self.gazetteer.words["any"]
        new = any(c.dep == "amod" and c.text[:1].isupper() for c in head.children)
        return not (general or new) and head.child("nmod:poss", "nummod") is None

    # -- those of nobody named ---------------------------------------------------------------

    def _nobodys(self, ref: Ref, row: Generic) -> None:
        """Those of a people or region, those where it happens, else whoever the text means."""
        text = self.context.noun(ref)
        adjective = self._people(ref)
        if adjective:
            label = f"{adjective} {text}"
            actor = self.context.local(ids.slug(label), label, row.type, None, row.sector)
            ref.means(actor, "same", f"{row.noun} of a people or region: '{adjective}'")
            return
        code, where = self._where(ref) if row.sector != "GOV" else (None, "")  # officials meet anywhere
        if code:
            why = f"{row.noun} where it happens: '{where}'"
            self.context.by_country(ref, text, [code], row.type, row.sector, why)
            return
        id = ids.content_id(ids.slug(text), self.context.document.id)
        actor = self.context.local(id, text, row.type, None, row.sector)
        ref.means(actor, "unsure", f"the text does not say which {row.noun}")

    def _people(self, ref: Ref) -> str | None:
        """The adjective of a people or region that is no country: "European leaders"."""
        chunks = self.context.chunk_at[ref.sentence]
        for child in ref.head.all("amod", "compound"):
            chunk = chunks.get(child.i)
            if chunk is not None and chunk.ent == "NORP" and not chunk.of("country", "demonym"):
                return child.text
        return None

    def _where(self, ref: Ref) -> tuple[str | None, str]:
        """The country of the place that stands beside the verb: "Police arrested them in Cairo"."""
        for case, other, chunk in self._sites(ref):
            codes = [e.id for e in chunk.of("country", "capital")]
            place = self.context.at(ref.sentence, chunk.head)
            code = codes[0] if codes else place.where if place is not None else None
            if code:
                return code, f"{case.text} {other.text}"
        return None, ""

    def _sites(self, ref: Ref) -> Iterator[tuple[Token, Token, Chunk]]:
        """The names that tell where the subject of a verb does something, with their prepositions."""
        verb = ref.head.head
        if ref.head.base_dep != "nsubj" or verb is None:
            return
        for other in verb.all("obl"):
            case = other.child("case")
            chunk = self.context.chunk_at[ref.sentence].get(other.i)
            if case is not None and case.lower in _AT and chunk is not None:
                yield case, other, chunk


def _is_known_body(actor: Actor) -> bool:
    """Whether the tables have an actor, and it is not a people, which may live in several countries."""
    return actor.known and actor.type != "population"


def _is_behind_of(token: Token) -> bool:
    case = token.child("case")
    return case is not None and case.lower == "of"
