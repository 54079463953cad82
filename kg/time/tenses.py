"""Whether what a time belongs to has happened: the tense of the verb that governs it."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from kg.english.time_words import AHEAD, AHEAD_VERBS, GIVING_TIME, MODALS, PLANNED, SAYING_NOW, SCHEDULED
from kg.parsing.tree import Sentence, Token
from kg.time.units import Tense

FINITE: dict[str, Tense] = {"VBD": "past", "VBZ": "present", "VBP": "present"}
PAST_HELPERS = frozenset({"have", "has", "had", "having", "'ve", "’ve", "was", "were", "did"})
PERFECT = frozenset({"have", "has", "'ve", "’ve"})
BE = frozenset({"is", "are", "be"})
_BEHIND = re.compile(r"\b(?:had|was|were|said|told|\w{3,}ed)\b")
_AHEAD = re.compile(rf"\b(?:{'|'.join(AHEAD)})\b|'ll\b|\b(?:is|are|be) (?:to|due|set)\b")
_CLAUSE = re.compile(r"[.;:!?\n—]|, (?:and|but|which|who|while)\b")


class Tenses:
    """The tense at a place of a text, from its parsed sentences, else from the words of the clause before."""

    def __init__(self, text: str, sentences: Iterable[Sentence] = ()) -> None:
        self._text = text
        self._tokens = [token for sentence in sentences for token in sentence]
        self._starts = [token.start for token in self._tokens]

    def at(self, start: int, end: int) -> Tense | None:
        """The tense of the verb that governs the words of a span, or None where none does."""
        token = self.head(start, end)
        if token is None:
            return self._by_words(start)
        found = tense_above(token)
        return "past" if found != "past" and self._follows_past(start, end) else found

    def until(self, start: int, end: int) -> Tense:
        """The tense of "until" a time: what lasted until Monday has ended, time that somebody has until
        Monday or was given has not."""
        token = self.head(start, end)
        if token is None or self.at(start, end) != "past":
            return "future"
        verb = next((t for t in (token, *token.ancestors()) if t.pos in ("VERB", "AUX")), token)
        helpers = {c.lower for c in _helpers(verb)}
        lies_ahead = verb.lemma in GIVING_TIME and "had" not in helpers
        return "future" if lies_ahead or helpers & PERFECT else "past"

    def _follows_past(self, start: int, end: int) -> bool:
        """Whether the verb next to a time is in the past, whatever the parser hung it on."""
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        begins = first == 0 or self._tokens[first - 1].pos in ("PUNCT", "PRON", "CCONJ", "SCONJ")
        if begins and last < len(self._tokens) and self._tokens[last].tag == "VBD":
            return True
        for token in reversed(self._tokens[max(0, first - 10) : first]):
            if token.pos in ("PUNCT", "VERB", "AUX"):
                return token.tag == "VBD" and token.lower not in AHEAD_VERBS
        return False

    def after(self, end: int) -> Tense | None:
        """The tense of what follows a heading on its line: "Monday. The council meets" is to come."""
        first = bisect_right(self._starts, end)
        for token in self._tokens[first : first + 40]:
            if "\n" in self._text[end : token.start]:
                break
            if (
                token.pos in ("VERB", "AUX")
                and token.base_dep != "aux"
                and (found := tense_of(token)) is not None
            ):
                return "past" if found == "past" else "future"
        return None

    def in_front(self, start: int, end: int) -> bool:
        """Whether a time is one that the story has come to, not one that says more of a noun."""
        token = self.head(start, end)
        if token is None or token.head is None:
            return True
        if token.base_dep == "nmod" and token.head.pos == "NOUN" and token.head.head is not None:
            return False
        return not any(above.base_dep == "acl" for above in token.ancestors())

    def head(self, start: int, end: int) -> Token | None:
        """The word of a span that hangs on one outside of it."""
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        inside = self._tokens[first:last]
        return next((t for t in inside if t.head is None or not start <= t.head.start < end), None)

    def _by_words(self, start: int) -> Tense | None:
        clause = _CLAUSE.split(self._text[max(0, start - 160) : start])[-1]
        ahead, behind = (
            max((m.end() for m in cue.finditer(clause)), default=-1) for cue in (_AHEAD, _BEHIND)
        )
        return None if ahead == behind else "future" if ahead > behind else "past"


def tense_above(token: Token) -> Tense | None:
    """The tense of the first verb above a word that has one: "the vote planned for Friday" is to come."""
    for verb in (token, *token.ancestors()):
        if verb.pos in ("VERB", "AUX") or verb.child("cop", "aux", "aux:pass") is not None:
            if (found := tense_of(verb)) is not None:
                return found if found != "present" else _of_present(verb)
        elif verb.lower in AHEAD_VERBS:
            return "future"
    return None


def _of_present(verb: Token) -> Tense | None:
    """A present tense that is a plan ("the council meets on Friday"), or a report ("aides say")."""
    if verb.lemma in SCHEDULED:
        return "future"
    return None if verb.lemma in SAYING_NOW else "present"


def tense_of(verb: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; None for one that has that of the verb above it."""
    helpers = _helpers(verb)
    said = {c.lower for c in helpers}
    if said & MODALS or _is_to(verb, said):
        return "past" if "have" in said else "future"
    if said & PAST_HELPERS:
        return "past"
    if verb.tag == "VBN":
        return _participle(verb, bool(helpers))
    return next((FINITE[c.tag] for c in (*helpers, verb) if c.tag in FINITE), None)


def _helpers(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.base_dep in ("aux", "cop")]


def _is_to(verb: Token, helpers: set[str]) -> bool:
    """Whether it is to come by "to": "is to leave", "plans to leave"; not "was forced to leave"."""
    if not any(c.dep in ("mark", "aux") and c.lower == "to" for c in verb.children):
        return False
    above = verb.head
    return bool(helpers & BE) or above is None or above.lemma in AHEAD_VERBS or above.lower in AHEAD_VERBS


def _participle(verb: Token, helped: bool) -> Tense:
    """ "Planned for Friday" is to come, "held on Friday" isn't."""
    if verb.lemma in PLANNED and verb.child("nsubj") is None:
        return "future"
    return "present" if helped else "past"
