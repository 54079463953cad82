"""What common nouns say of actors: "the Hungarian prime minister", "Iraqi police", "both sides"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import ids
from kg.actors import groups, names, persons
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.offices import in_force
from kg.actors.spellings import phrase_units
from kg.actors.trie import Match
from kg.actors.vocabulary import Anaphor, Generic, Group, Title
from kg.model import Actor
from kg.parsing.tree import Token

_MODIFIERS = frozenset({"compound", "amod", "flat", "nmod:desc", "fixed", "goeswith"})
_ANYWHERE = frozenset({"company", "media", "igo", "ngo"})  # need not be of where they are
_TELLING = frozenset({"det", "nmod:poss", "amod", "compound", "nmod", "cop", "acl", "acl:relcl", "appos"})
_NO_HOLDER = {
    "ended": "no longer",
    "coming": "not yet",
    "dead": "dead",
    "other": "another office",
    "then": "then",
}


def link(context: Context) -> Nominals:
    """Add the mentions that common nouns make, in text order; the reader of them, for what comes later."""
    reader = Nominals(context)
    for s, matches in enumerate(context.matches):
        for match in matches:
            reader.read(s, match)
    return reader


def by_noun(context: Context, name: str) -> tuple[str | None, str | None]:
    """Type and sector that an organisation's own last or first words give: "Defence Ministry"."""
    words = name.split()
    first = [words[0]] if len(words) > 2 and words[1].lower() in ("of", "for") else []
    for phrase in (*first, " ".join(words[-2:]), words[-1]):
        for entry in context.gazetteer.lookup(phrase):
            if isinstance(entry.row, Generic) and entry.row.type != "population":
                return entry.row.type, entry.row.sector
    return None, None


class Nominals:
    """Reads the titles, generic nouns and groups of a document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.said: dict[str, list[Ref]] = {}  # by noun, those of a known country

    def read(self, s: int, match: Match) -> None:
        """One phrase of the tables that is no name."""
        tokens = self.context.sentences[s].tokens
        head = names.head_of(tokens, match.start, match.end)
        if head.pos not in ("NOUN", "PROPN") and not (
            head.pos == "ADJ" and head.base_dep in ("nsubj", "obj")
        ):
            return
        if self._part_of_a_name(s, match, head):
            return
        start = names.head_of(tokens, match.start, match.end).subtree()[0].i
        ref = Ref(s, head, match.start, match.end, "generic", block=min(start, match.start))
        rows = [e.row for e in match.entries]
        title = next((r for r in rows if isinstance(r, Title)), None)
        generic = next((r for r in rows if isinstance(r, Generic)), None)
        group = next((r for r in rows if isinstance(r, Group)), None)
        many = head.tag in ("NNS", "NNPS")
        if not many and self._bare(head, rows):
            return
        if match.of("anaphor") and not many and self._taken_up(ref, match.of("anaphor")[0].id):
            return
        if group and groups.is_of_two(head):
            self._group(ref, group)
        elif title and (not generic or self._is_office(ref, title, many)):
            self._title(ref, title)
        elif generic:
            self._generic(ref, generic)

    def _is_office(self, ref: Ref, title: Title, many: bool) -> bool:
        """Whether a noun that may be anybody is an office here: "the presidents of Peru and Chile"."""
        return len(self._title_codes(ref)) > 1 if many else title.office != "other"

    def _part_of_a_name(self, s: int, match: Match, head: Token) -> bool:
        """Whether the words stand in a name or title that has its mention, or only modify another noun."""
        return (
            (s, head.i) in self.context.covered
            or head.i in self.context.chunk_at[s]
            or head.dep in _MODIFIERS
        )

    def _taken_up(self, ref: Ref, noun: str) -> bool:
        """ "The group", "the country": the only actor of that type in the last sentence that names one."""
        determiner = ref.head.child("det")
        bare = not any(
            c.dep in ("amod", "compound", "nmod:poss", "nmod", "acl:relcl") for c in ref.head.children
        )
        if determiner is None or determiner.lower not in ("the", "this", "that") or not bare:
            return False
        anaphor = self.context.gazetteer.anaphors[noun]
        before = [
            r
            for r in self.context.before(ref, groups.NEAR)
            if r.head.head is not ref.head.head or not r.head.head
        ]
        named = [(r, a) for r in before if (a := self._of_type(r, anaphor)) is not None]
        last = named[-1][0].sentence if named else -1
        actors = {a.id: a for r, a in named if r.sentence == last}
        if len(actors) != 1:
            return False
        actor = next(iter(actors.values()))
        self.context.add(ref.means(actor, "same", f"the {noun} named before: {actor.label}"))
        return True

    def _of_type(self, ref: Ref, anaphor: Anaphor) -> Actor | None:
        """A mention's actor if the noun can take it up; a country for its government."""
        types = anaphor.types
        actor = ref.actor
        if actor is None or ref.verdict != "same" or ref.kind in ("generic", "group"):
            return None
        if "state" in types:
            code = actor.country if ref.kind in ("country", "capital", "metonym", "demonym") else None
            return self.context.gazetteer.state(code) if code in self.context.gazetteer.countries else None
        named = not anaphor.named or anaphor.noun in actor.label.lower()
        return actor if actor.type in types and named else None

    def _bare(self, head: Token, rows: Sequence[object]) -> bool:
        """Whether a noun stands for no one: "justice", "business", a title cut off before its name."""
        plural = any(isinstance(r, Generic) and r.plural for r in rows)
        if plural or any(c.dep in _TELLING for c in head.children) or head.dep == "appos":
            return False
        return head.text[:1].islower() or head.text.endswith(".") or len(head.text) < 5

    # -- titles ----------------------------------------------------------------------------

    def _title(self, ref: Ref, title: Title) -> None:
        ref.kind, ref.office = "title", title.office
        ref.title = self._text(ref)
        ref.plural = ref.head.tag in ("NNS", "NNPS")
        if not self._beside(ref) and not self._predicate(ref):
            effect = self._effect(ref)
            codes = self._title_codes(ref)
            if ref.plural and len(codes) > 1:
                self._holders(ref, title, codes)
            elif ref.plural:
                self._of_country(ref, codes, title.sector, "several who hold the title")
            elif effect not in _NO_HOLDER and self._heads(ref, title):
                pass
            elif codes:
                self._holder(ref, title, codes[0], effect)
            else:
                self._unnamed(ref, title, effect)
        self.context.add(ref)

    def _title_codes(self, ref: Ref) -> list[str]:
        """The countries that a title's words have with them: "minister of foreign affairs of Iraq"."""
        tokens = self.context.sentences[ref.sentence].tokens[ref.start : ref.end]
        codes = self.context.country_codes(ref.sentence, ref.head)
        for token in tokens:
            codes = codes or self.context.country_codes(ref.sentence, token)
        return codes

    def _beside(self, ref: Ref) -> bool:
        """A title set beside a name: "Bessent, the Treasury Secretary,", "Qatar's emir, Sheikh Hamad,"."""
        other = ref.head.head if ref.head.dep == "appos" else ref.head.child("appos")
        meant = self.context.at(ref.sentence, other) if other is not None else self._behind_comma(ref)
        if meant is None or meant.kind != "person":
            return False
        ref.means(meant.actor, meant.verdict, f"set beside '{self._words(meant)}'")
        ref.gender = meant.gender
        return True

    def _behind_comma(self, ref: Ref) -> Ref | None:
        """The person between commas right behind a title, or who once bore it, which no parser has to see."""
        tokens = self.context.sentences[ref.sentence].tokens
        if ref.plural or ref.end + 1 >= len(tokens) or tokens[ref.end].text != ",":
            return None
        meant = self.context.covered.get((ref.sentence, ref.end + 1))
        if meant is None or meant.actor is None:
            return None
        said = phrase_units(self._text(ref))
        closed = meant.end < len(tokens) and tokens[meant.end].text == ","
        alone = closed and not (meant.end + 1 < len(tokens) and tokens[meant.end + 1].lower in ("and", "or"))
        return meant if alone or any(phrase_units(r.title) == said for r in meant.actor.roles) else None

    def _predicate(self, ref: Ref) -> bool:
        """What somebody is said to be: "Orban is the prime minister"."""
        subject = ref.head.child("nsubj") if ref.head.child("cop") is not None else None
        meant = self.context.at(ref.sentence, subject) if subject is not None else None
        if meant is None or meant.kind != "person":
            return False
        if any(c.lower in ("not", "n't", "never") for c in ref.head.children):
            ref.means(None, "not same", f"said not to be '{self._words(meant)}'")
        else:
            ref.means(meant.actor, meant.verdict, f"said of '{self._words(meant)}'")
        return True

    def _effect(self, ref: Ref) -> str | None:
        tokens = self.context.sentences[ref.sentence].tokens
        near = [
            m
            for m in self.context.matches[ref.sentence]
            if m.of("prefix") and (ref.block <= m.start < ref.start or m.start in (ref.end, ref.end + 1))
        ]
        near = [
            m for m in near if m.start < ref.start or tokens[m.start].text.lower() in ("elect", "designate")
        ]
        return persons.effect(near, tokens)

    def _holder(self, ref: Ref, title: Title, code: str, effect: str | None) -> None:
        """Who held the title in a country when the document appeared."""
        on = self.context.on
        country = self.context.gazetteer.countries.get(code)
        place = country.name if country else code
        held = (
            []
            if effect in _NO_HOLDER
            else self.context.gazetteer.offices.holders(code, self._text(ref), title, on)
        )
        if len(held) == 1:
            actor = self.context.known(held[0])
            ref.means(actor, "same", f"{actor.label} was {title.title} of {place} on {on}")
            ref.gender = self.context.gazetteer.gender(held[0])
            return
        if effect in _NO_HOLDER:
            why = f"{_NO_HOLDER[effect]}: not the {title.title} of {place}"
        elif on is None:
            why = f"the document has no date, so who was {title.title} of {place} is open"
        elif held:
            why = f"{len(held)} persons were {title.title} of {place} around {on}"
        else:
            why = f"no table says who was {title.title} of {place} on {on}"
        self._of_country(ref, [code], "ELI" if effect == "ended" else title.sector, why, effect)

    def _heads(self, ref: Ref, title: Title) -> bool:
        """The head of an organisation that stands in the title or with it: "the IAEA chief"."""
        said, on = self._text(ref), self.context.on
        for organisation, words in self._organisations(ref, said):
            held = self.context.gazetteer.offices.heads(organisation, words, title, on)
            if len(held) == 1:
                actor, whose = self.context.known(held[0]), self.context.gazetteer.records[organisation].label
                ref.means(actor, "same", f"{actor.label} was {title.title} of {whose} on {on}")
                ref.gender = self.context.gazetteer.gender(held[0])
                return True
        return False

    def _organisations(self, ref: Ref, said: str) -> Iterator[tuple[str, str]]:
        """Ids of the organisations that a title names or that own it, with the title's other words."""
        parts = said.split()
        splits = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(len(parts) - 1, 0, -1)]
        if " of " in said:
            title, _, whose = said.partition(" of ")
            splits.insert(0, (whose.removeprefix("the "), title))
        for name, words in splits:
            yield from ((e.id, words) for e in self.context.gazetteer.lookup(name) if e.kind == "name")
        tokens = self.context.sentences[ref.sentence].tokens
        before = tokens[max(0, ref.start - 2) : ref.start]  # "NATO's", wherever the parser hangs it
        owners = [t for t in before if t.tag != "POS"][-1:]
        owners += [c for t in tokens[ref.start : ref.end] for c in t.children if _owns(c)]
        for owner in owners:
            meant = self.context.at(ref.sentence, owner)
            if meant is not None and meant.kind == "organisation" and meant.actor and meant.actor.known:
                yield meant.actor.id, said

    def _holders(self, ref: Ref, title: Title, codes: list[str]) -> None:
        """ "The presidents of Russia and China": who held the title in each country."""
        on = self.context.on
        held = [self.context.gazetteer.offices.holders(c, title.title, title, on) for c in codes]
        if all(len(ids_) == 1 for ids_ in held):
            ref.members = tuple(self.context.known(ids_[0]) for ids_ in held)
            why = f"who was {title.title} of each country on {on}"
        else:
            known = [c for c in codes if c in self.context.gazetteer.countries]
            ref.members = tuple(self._part(ref, c, "person", title.sector) for c in known)
            why = "who hold the title in several countries"
        ref.means(groups.joined(self.context, ref.members), "same", why)

    def _unnamed(self, ref: Ref, title: Title, effect: str | None) -> None:
        """A title alone: whoever the text has called so, or the only holder that the tables know."""
        earlier = [] if effect in _NO_HOLDER else self._titled(ref)
        if earlier:
            meant = earlier[-1]
            ref.means(meant.actor, meant.verdict, f"the {title.title} named before: '{self._words(meant)}'")
            ref.gender = meant.gender
            return
        asked = effect not in _NO_HOLDER and self._definite(ref.head)
        words = (self._text(ref), title.title) if asked else ()
        found = (self.context.gazetteer.offices.only_holders(w, self.context.on) for w in words)
        holders = next((h for h in found if h), [])
        if len(holders) == 1:
            actor = self.context.known(holders[0])
            ref.means(
                actor,
                "same",
                f"{actor.label} was {title.title} on {self.context.on}; no other country has one",
            )
            return
        label = self._label(ref)
        id = ids.content_id(ids.slug(label), self.context.document.id)
        actor = self.context.local(id, label, "person", None, "ELI" if effect == "ended" else title.sector)
        ref.means(actor, "unsure", "the text does not say who")

    def _titled(self, ref: Ref) -> list[Ref]:
        """Persons named before who bear the title, in text or in office at the date."""
        if not self._definite(ref.head):
            return []
        said = phrase_units(self._text(ref))
        return [r for r in self.context.before(ref) if r.kind == "person" and self._bears(r, said)]

    def _bears(self, ref: Ref, said: tuple[str, ...]) -> bool:
        if ref.actor is None:
            return False
        on = self.context.on
        return ref.said == said or (
            on is not None and any(in_force(r, on) and phrase_units(r.title) == said for r in ref.actor.roles)
        )

    # -- police, rebels, officials, governments -----------------------------------------------

    def _generic(self, ref: Ref, row: Generic) -> None:
        ref.plural = row.plural or ref.head.tag in ("NNS", "NNPS")
        if not ref.plural and self._called(ref, row):
            self.context.add(ref)
            return
        codes = self.context.country_codes(ref.sentence, ref.head, where=self._is_where(row))
        codes = codes or self._based(ref)
        if self._of_many(ref) and self._of_organisation(ref, row):
            pass
        elif len(codes) > 1:
            self._several(ref, row, codes)
        elif (
            codes
            and self._governs(row)
            and codes[0] in self.context.gazetteer.countries
            and not self._is_named(ref)
        ):
            actor = self.context.gazetteer.government(codes[0])
            ref.means(actor, "same", f"the {row.noun} of {self.context.gazetteer.countries[codes[0]].name}")
        elif codes:
            self._of_country(ref, codes, row.sector, f"{row.noun} with a country", type=row.type)
        elif not self._of_organisation(ref, row) and not self._said_before(ref, row):
            self._nobodys(ref, row)
        if ref.actor and ref.actor.country:
            self.said.setdefault(row.noun, []).append(ref)
        self.context.add(ref)

    def _of_many(self, ref: Ref) -> bool:
        """Whether a body without a country stands before a noun: "UN officials in Mali" are the UN's."""
        before = (self.context.at(ref.sentence, c) for c in ref.head.all("compound", "nmod:poss"))
        owners = [r.actor for r in before if r is not None and r.kind == "organisation" and r.actor]
        return any(a.known and a.country is None and a.type != "population" for a in owners)

    def _is_where(self, row: Generic) -> bool:
        """Whether those in a country are of it: police are, foreign troops need not be."""
        return row.type not in _ANYWHERE and row.noun not in self.context.gazetteer.words["abroad"]

    def _based(self, ref: Ref) -> list[str]:
        """ "A group based in Trinidad"."""
        clause = ref.head.child("acl")
        if clause is None or clause.lemma.lower() not in ("base", "based"):
            return []
        return [c for o in clause.all("obl") for c in self.context.codes_of(ref.sentence, o)]

    def _governs(self, row: Generic) -> bool:
        """Whether a noun is a government's: "the Trump administration", "the Chinese authorities"."""
        return row.noun in self.context.gazetteer.words["government"]

    def _is_named(self, ref: Ref) -> bool:
        """Whether capitals make a name of it that is no government's: "Civil Defense Authority"."""
        if not ref.head.text[:1].isupper():
            return False
        others = (c for c in ref.head.all("compound") if self.context.at(ref.sentence, c) is None)
        return any(c.text[:1].isupper() and c.i not in self.context.chunk_at[ref.sentence] for c in others)

    def _called(self, ref: Ref, row: Generic) -> bool:
        """ "The militant group Hamas", "the al-Qaeda network", "Pakistan, a U.S. ally": the one so called."""
        beside = (
            [ref.head.head] if ref.head.dep == "appos" and ref.head.head else ref.head.all("appos", "flat")
        )
        compound = [c for c in ref.head.all("compound", "nmod:desc") if ref.head.i > c.i]
        after = self.context.chunk_at[ref.sentence].get(ref.end)
        if after is not None and after.head.head is ref.head.head and after.head.dep == ref.head.dep:
            beside = [*beside, after.head]  # "the group Hamas", of which some parsers make two subjects
        for other in (*beside, *compound):
            meant = self.context.at(ref.sentence, other)
            if (
                meant is None
                or meant.actor is None
                or meant.kind not in ("organisation", "country", "person")
            ):
                continue
            if meant.kind == "country" and row.noun not in self.context.gazetteer.words["state"]:
                continue  # "the tribe in Anbar, Iraq"
            if other in beside or meant.actor.type == row.type:
                ref.means(meant.actor, meant.verdict, f"the {row.noun} called '{self._words(meant)}'")
                return True
        return False

    def _several(self, ref: Ref, row: Generic, codes: list[str]) -> None:
        """ "U.S. and Chinese officials": a group with a part in each country."""
        gazetteer = self.context.gazetteer
        if self._governs(row):
            ref.members = tuple(gazetteer.government(c) for c in codes if c in gazetteer.countries)
        else:
            known = [c for c in codes if c in gazetteer.countries]
            ref.members = tuple(self._part(ref, c, row.type, row.sector) for c in known)
        ref.means(groups.joined(self.context, ref.members), "same", f"{row.noun} of several countries")

    def _part(self, ref: Ref, code: str, type: str, sector: str | None) -> Actor:
        country = self.context.gazetteer.countries[code]
        text = self._text(ref)
        label = f"{country.adjective} {text}"
        return self.context.local(f"{country.id}-{ids.slug(text)}", label, type, code, sector)

    def _of_organisation(self, ref: Ref, row: Generic) -> bool:
        """ "NATO troops": those of an organisation, with its country if it has one."""
        owners = [self.context.at(ref.sentence, c) for c in ref.head.all("compound", "nmod:poss", "amod")]
        owner = next((o for o in owners if o and o.kind == "organisation" and o.actor), None)
        if owner is None or owner.actor is None:
            return False
        text = self._text(ref)
        id = f"{owner.actor.id}-{ids.slug(text)}"
        label = f"{self._words(owner)} {text}".removeprefix("The ")
        sector = owner.actor.sector if row.type == "population" else row.sector
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
        ref.means(meant.actor, meant.verdict, f"the {row.noun} named before: '{self._words(meant)}'")
        return True

    def _can_be_said_again(self, head: Token) -> bool:
        """Not with an owner, a number, a people, or "every" and the like: "every European government"."""
        determiner = head.child("det")
        general = determiner is not None and determiner.lower in self.context.gazetteer.words["any"]
        new = any(c.dep == "amod" and c.text[:1].isupper() for c in head.children)
        return not (general or new) and head.child("nmod:poss", "nummod") is None

    def _nobodys(self, ref: Ref, row: Generic) -> None:
        adjective = self._people(ref)
        if adjective:
            label = f"{adjective} {self._text(ref)}"
            actor = self.context.local(ids.slug(label), label, row.type, None, row.sector)
            ref.means(actor, "same", f"{row.noun} of a people or region: '{adjective}'")
            return
        code, where = self._where(ref) if row.sector != "GOV" else (None, "")  # officials meet anywhere
        if code:
            self._of_country(
                ref, [code], row.sector, f"{row.noun} where it happens: '{where}'", type=row.type
            )
            return
        label = self._text(ref)
        id = ids.content_id(ids.slug(label), self.context.document.id)
        actor = self.context.local(id, label, row.type, None, row.sector)
        ref.means(actor, "unsure", f"the text does not say which {row.noun}")

    def _people(self, ref: Ref) -> str | None:
        """The adjective of a people or region that is no country: "European leaders"."""
        chunks = self.context.chunk_at[ref.sentence]
        for child in ref.head.all("amod", "compound"):
            chunk = chunks.get(child.i)
            if chunk is not None and chunk.ent == "NORP" and not chunk.of("country", "demonym"):
                return child.text
        return None

    def owned(self, ref: Ref, code: str) -> None:
        """ "Its troops", "its president", once it is known whose: of that country.

        "His Russian counterpart" is of another, as is any counterpart.
        """
        if self._text(ref).lower() in self.context.gazetteer.words["other"]:
            return
        if ref.kind == "title":
            self._owned_title(ref, code)
            return
        row = next(
            (e.row for e in self.context.gazetteer.lookup(self._text(ref)) if isinstance(e.row, Generic)),
            None,
        )
        if row is None or code not in self.context.gazetteer.countries:
            return
        if self._governs(row):
            ref.means(
                self.context.gazetteer.government(code), "same", f"the {row.noun} of whom the pronoun means"
            )
        else:
            self._of_country(ref, [code], row.sector, f"{row.noun} of whom the pronoun means", type=row.type)

    def _owned_title(self, ref: Ref, code: str) -> None:
        rows = [e.row for e in self.context.gazetteer.lookup(self._text(ref)) if isinstance(e.row, Title)]
        if rows and ref.verdict == "unsure" and not ref.plural:
            self._holder(ref, rows[0], code, self._effect(ref))

    def _where(self, ref: Ref) -> tuple[str | None, str]:
        """The country of the place that stands beside the verb: "Police arrested them in Cairo"."""
        verb = ref.head.head
        if ref.head.base_dep != "nsubj" or verb is None:
            return None, ""
        for other in verb.all("obl"):
            case = other.child("case")
            chunk = self.context.chunk_at[ref.sentence].get(other.i)
            if case is not None and case.lower in ("in", "at", "near") and chunk is not None:
                place = self.context.at(ref.sentence, chunk.head)
                codes = [e.id for e in chunk.of("country", "capital")]
                found = codes[:1] or (
                    [place.place.country] if place and place.place and place.place.country else []
                )
                if found:
                    return found[0], f"{case.text} {other.text}"
        return None, ""

    def _of_country(
        self,
        ref: Ref,
        codes: list[str],
        sector: str | None,
        why: str,
        effect: str | None = None,
        type: str = "person",
    ) -> None:
        """An actor by noun and country: "Iraqi police"."""
        text = self._text(ref)
        if effect in ("ended", "coming", "dead", "other") and not text.lower().startswith(effect):
            text = self._label(ref)
        country = self.context.gazetteer.countries.get(codes[0]) if codes else None
        if country is None:
            id = ids.content_id(ids.slug(text), self.context.document.id)
            ref.means(self.context.local(id, text, type, codes[0] if codes else None, sector), "unsure", why)
            return
        label = f"{country.adjective} {text}"
        actor = self.context.local(f"{country.id}-{ids.slug(text)}", label, type, country.code, sector)
        ref.means(actor, "unsure" if ref.kind == "title" and not ref.plural else "same", why)

    # -- groups ----------------------------------------------------------------------------

    def _group(self, ref: Ref, row: Group) -> None:
        ref.kind, ref.plural = "group", True
        ref.members = groups.members(self.context, ref, row.of)
        if ref.members:
            labels = " and ".join(a.label for a in ref.members)
            ref.means(
                groups.joined(self.context, ref.members),
                "same",
                f"'{self._text(ref)}' are {labels} in this text",
            )
        else:
            text = self._label(ref)
            id = ids.content_id(ids.slug(text), self.context.document.id, ref.head.start)
            ref.means(self.context.local(id, text, "group"), "unsure", "the text does not say which two")
        self.context.add(ref)

    # -- words -----------------------------------------------------------------------------

    def _definite(self, head: Token) -> bool:
        determiner = head.child("det")
        if determiner is not None:
            return determiner.lower in ("the", "this", "that")
        return head.pos == "PROPN" or head.child("nmod:poss") is not None

    def _text(self, ref: Ref) -> str:
        tokens = self.context.sentences[ref.sentence].tokens
        text = self.context.document.text[tokens[ref.start].start : tokens[ref.end - 1].end]
        return text if any(c.isupper() for c in text[1:]) else text[:1].lower() + text[1:]

    def _label(self, ref: Ref) -> str:
        """The noun with the adjectives that tell it from others: "senior official"."""
        tokens = self.context.sentences[ref.sentence].tokens
        start = ref.start
        while (
            start > 0
            and tokens[start - 1].pos in ("ADJ", "NOUN", "NUM")
            and tokens[start - 1].head is ref.head
        ):
            start -= 1
        return self.context.document.text[tokens[start].start : tokens[ref.end - 1].end]

    def _words(self, ref: Ref) -> str:
        tokens = self.context.sentences[ref.sentence].tokens
        return self.context.document.text[tokens[ref.start].start : tokens[ref.end - 1].end]


def _owns(token: Token) -> bool:
    """Whether a modifier may name whose a title is."""
    case = token.child("case")
    of = token.dep == "nmod" and case is not None and case.lower in ("of", "for")
    return of or token.dep in ("compound", "nmod:poss", "nmod:desc")


def _adjective(demonyms: tuple[str, ...], name: str) -> str:
    return demonyms[0] if demonyms else name
