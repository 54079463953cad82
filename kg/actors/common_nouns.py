"""What common nouns say of actors: "the Hungarian prime minister", "Iraqi police", "both sides"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kg import ids
from kg.actors import groups, names
from kg.actors.context import Context
from kg.actors.generic_nouns import GenericNouns
from kg.actors.mentions import Ref
from kg.actors.titles import Titles
from kg.actors.trie import Match
from kg.actors.vocabulary import Anaphor, Generic, Group, Title
from kg.model import Actor
from kg.parsing.tree import Token

_MODIFIERS = frozenset({"compound", "amod", "flat", "nmod:desc", "fixed", "goeswith"})
_TELLING = frozenset({"det", "nmod:poss", "amod", "compound", "nmod", "cop", "acl", "acl:relcl", "appos"})
_RESTRICTING = ("amod", "compound", "nmod:poss", "nmod", "acl:relcl")
R = TypeVar("R")
Rows = Sequence[object]  # what a phrase may stand for, as the tables have it
_ABBREVIATED = 5  # letters below which a capital makes a noun somebody: "PM"


def link(context: Context) -> Nominals:
    """Add the mentions that common nouns make, in text order; the reader of them, for what comes later."""
    reader = Nominals(context)
    for s, matches in enumerate(context.matches):
        for match in matches:
            reader.read(s, match)
    return reader


class Nominals:
    """Reads the titles, generic nouns and groups of a document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.titles = Titles(context)
        self.generics = GenericNouns(context)

    def read(self, s: int, match: Match) -> None:
        """One phrase of the tables that is no name."""
        tokens = self.context.sentences[s].tokens
        head = names.head_of(tokens, match.start, match.end)
        if not _is_noun(head) or self._is_part_of_a_name(s, head):
            return
        ref = Ref(s, head, match.start, match.end, "generic", block=min(head.subtree()[0].i, match.start))
        rows = [e.row for e in match.entries]
        if not _is_many(head) and (_is_bare(head, rows) or self._taken_up(ref, match)):
            return
        self._decide(ref, rows)

    def _decide(self, ref: Ref, rows: Rows) -> None:
        """A group of two, an office, or people by what they do, in this order."""
        title, generic, group = _first(rows, Title), _first(rows, Generic), _first(rows, Group)
        if group and groups.is_of_two(ref.head):
            self._group(ref, group)
        elif title and (not generic or self._is_office(ref, title)):
            self.titles.link(ref, title)
        elif generic:
            self.generics.link(ref, generic)

    def owned(self, ref: Ref, code: str) -> None:
        """ "Its troops", "its president", once it is known whose: of that country.

        "His Russian counterpart" is of another, as is any counterpart.
        """
        noun = self.context.noun(ref)
        if noun.lower() in self.context.gazetteer.words["other"]:
            return
        rows = [e.row for e in self.context.gazetteer.lookup(noun)]
        title, generic = _first(rows, Title), _first(rows, Generic)
        if ref.kind == "title":
            if title is not None:
                self.titles.owned(ref, title, code)
        elif generic is not None:
            self.generics.owned(ref, generic, code)

    def _is_office(self, ref: Ref, title: Title) -> bool:
        """Whether a noun that may be anybody is an office here: "the presidents of Peru and Chile"."""
        if _is_many(ref.head):
            return len(self.titles.countries(ref)) > 1
        return title.office != "other"

    def _is_part_of_a_name(self, s: int, head: Token) -> bool:
        """Whether the words stand in a name or title that has its mention, or only modify another noun."""
        named = (s, head.i) in self.context.covered or head.i in self.context.chunk_at[s]
        return named or head.dep in _MODIFIERS

    # -- who was named before ----------------------------------------------------------------

    def _taken_up(self, ref: Ref, match: Match) -> bool:
        """ "The group", "the country": the only actor of that type in the last sentence that names one."""
        nouns = match.of("anaphor")
        if not nouns or not _is_pointing(ref.head):
            return False
        anaphor = self.context.gazetteer.anaphors[nouns[0].id]
        before = [r for r in self.context.before(ref, groups.NEAR) if not _is_beside(r.head, ref.head)]
        named = [(r.sentence, a) for r in before if (a := self._of_type(r, anaphor)) is not None]
        actors = {a.id: a for sentence, a in named if sentence == named[-1][0]}
        if len(actors) != 1:
            return False
        actor = next(iter(actors.values()))
        self.context.add(ref.means(actor, "same", f"the {anaphor.noun} named before: {actor.label}"))
        return True

    def _of_type(self, ref: Ref, anaphor: Anaphor) -> Actor | None:
        """A mention's actor if the noun can take it up; a country for its government."""
        actor = ref.actor
        if actor is None or ref.verdict != "same" or ref.kind in ("generic", "group"):
            return None
        if "state" in anaphor.types:
            return self._state(ref, actor)
        named = not anaphor.named or anaphor.noun in actor.label.lower()
        return actor if actor.type in anaphor.types and named else None

    def _state(self, ref: Ref, actor: Actor) -> Actor | None:
        """The country that a country's name, its people's or its government's stands for."""
        gazetteer, of_a_country = self.context.gazetteer, ("country", "capital", "metonym", "demonym")
        if ref.kind not in of_a_country or actor.country not in gazetteer.countries:
            return None
        return gazetteer.state(actor.country)

    # -- groups ----------------------------------------------------------------------------

    def _group(self, ref: Ref, row: Group) -> None:
        """ "Both sides": the two that the text names before."""
        ref.kind, ref.plural = "group", True
        ref.members = groups.members(self.context, ref, row.of)
        if ref.members:
            labels = " and ".join(a.label for a in ref.members)
            why = f"'{self.context.noun(ref)}' are {labels} in this text"
            ref.means(groups.joined(self.context, ref.members), "same", why)
        else:
            text = self.context.described(ref)
            id = ids.content_id(ids.slug(text), self.context.document.id, ref.head.start)
            ref.means(self.context.local(id, text, "group"), "unsure", "the text does not say which two")
        self.context.add(ref)


def _first(rows: Rows, kind: type[R]) -> R | None:
    """The first row of a kind."""
    return next((r for r in rows if isinstance(r, kind)), None)


def _is_noun(head: Token) -> bool:
    """Whether a word is a noun, or an adjective that stands for one: "the elderly"."""
    return head.pos in ("NOUN", "PROPN") or (head.pos == "ADJ" and head.base_dep in ("nsubj", "obj"))


def _is_many(head: Token) -> bool:
    return head.tag in ("NNS", "NNPS")


def _is_bare(head: Token, rows: Rows) -> bool:
    """Whether a noun stands for no one: "justice", "business", a title cut off before its name."""
    plural = any(isinstance(r, Generic) and r.plural for r in rows)
    if plural or any(c.dep in _TELLING for c in head.children) or head.dep == "appos":
        return False
    return head.text[:1].islower() or head.text.endswith(".") or len(head.text) < _ABBREVIATED


def _is_pointing(head: Token) -> bool:
    """Whether a noun stands with "the" or "this" and nothing else that tells which."""
    determiner = head.child("det")
    if determiner is None or determiner.lower not in ("the", "this", "that"):
        return False
    return head.child(*_RESTRICTING) is None


def _is_beside(one: Token, other: Token) -> bool:
    """Whether two words hang on the same one."""
    return one.head is not None and one.head is other.head
