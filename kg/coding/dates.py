"""On which day an event took place: the claim's own time, or that of the verb that it is joined to ("was
seized on Friday and charged"), else the day of publication where that is fair.

A report's first sentence tells in the past what is new today. What stands below it, lies further back ("had
fled"), or is placed in time by words that give no date ("a week earlier", "before the vote") has no date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kg.model import Claim, Precision, When
from kg.parsing.tree import Sentence, Token

Basis = Literal["text", "publication"]
Dated = tuple[str | None, Precision | None, Basis | None]

_NONE: Dated = (None, None, None)
_RELATIVE = frozenset({"before", "after", "since", "until", "till", "during", "following"})
_ELSEWHEN = frozenset(
    {"ago", "earlier", "later", "previously", "formerly", "once", "then", "afterwards", "since"}
)
_BY_LENGTH: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}


def date_of(claim: Claim, sentence: Sentence, written: str | None, beside: Iterable[Claim] = ()) -> Dated:
    """The date of a claim's event with its precision and where it comes from; nothing where none is known.

    `written` is the day of the article's dateline or else of its publication, `beside` are the claims of
    the same sentence.
    """
    verb = sentence.at(claim.statement.relation.head)
    when = claim.statement.when or (_shared(claim, verb, sentence, beside) if verb is not None else None)
    if when is not None:
        return (when.value, when.precision, when.basis) if when.value is not None else _NONE
    if written is None or claim.nested_in is not None or claim.tense != "past" or verb is None:
        return _NONE
    if sentence.index > 0 or not _is_main(verb) or _is_elsewhen(verb):
        return _NONE
    return written, _BY_LENGTH.get(len(written), "interval"), "publication"


def _shared(claim: Claim, verb: Token, sentence: Sentence, beside: Iterable[Claim]) -> When | None:
    """The day of the verb that one is joined to, if it stands before it, both have the same doer and tense,
    and nobody else acts in between; a month or a year has room for both apart."""
    first, joint = verb.head, verb.child("cc")
    if verb.dep != "conj" or first is None or (joint is not None and joint.lower != "and"):
        return None
    others = any(t.base_dep == "nsubj" and (t.head is verb or first.i < t.i < verb.i) for t in sentence)
    if others or _is_elsewhen(verb) or any(a.role == "time" for a in claim.statement.arguments):
        return None
    same = (c for c in beside if c.statement.relation.head == first.start and c.tense == claim.tense)
    times = (c.statement.when for c in same)
    return next((w for w in times if w and w.precision == "day" and w.end <= verb.start), None)


def _is_main(verb: Token) -> bool:
    """Whether a verb is a sentence's main one, or joined to it, and tells of no earlier past."""
    first = verb
    while first.dep == "conj" and first.head is not None:
        first = first.head
    perfect = any(c.lower == "had" for word in (verb, first) for c in word.all("aux"))
    return first.head is None and not perfect


def _is_elsewhen(verb: Token) -> bool:
    """Whether words beside a verb place it in time without a date."""
    for child in verb.children:
        case = child.child("case", "mark")
        if child.lower in _ELSEWHEN or (case is not None and case.lower in _RELATIVE):
            return True
    return False
