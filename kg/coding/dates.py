"""On which day an event took place: the claim's own time, else the day of publication where that is fair.

A report's first sentence tells in the past what is new today. What stands below it, lies further back ("had
fled"), or is placed in time by words that give no date ("a week earlier", "before the vote") has no date.
"""

from __future__ import annotations

from typing import Literal

from kg.model import Claim, Precision
from kg.parsing.tree import Sentence, Token

Basis = Literal["text", "publication"]
Dated = tuple[str | None, Precision | None, Basis | None]

_NONE: Dated = (None, None, None)
_RELATIVE = frozenset({"before", "after", "since", "until", "till", "during", "following"})
_ELSEWHEN = frozenset({"ago", "earlier", "later", "previously", "formerly", "once", "then", "afterwards"})
_BY_LENGTH: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}


def date_of(claim: Claim, sentence: Sentence, written: str | None) -> Dated:
    """The date of a claim's event with its precision and where it comes from; nothing where none is known.

    `written` is the day of the article's dateline or else of its publication.
    """
    when = claim.statement.when
    if when is not None:
        return (when.value, when.precision, when.basis) if when.value is not None else _NONE
    verb = sentence.at(claim.statement.relation.head)
    if written is None or claim.nested_in is not None or claim.tense != "past" or verb is None:
        return _NONE
    if sentence.index > 0 or not _is_main(verb) or _is_elsewhen(verb):
        return _NONE
    return written, _BY_LENGTH.get(len(written), "interval"), "publication"


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
