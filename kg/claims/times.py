"""When a claim's event took place, by the expressions of time that the document has.

The finder reads a time beside its verb's tense and the times told before, which an argument alone does not
tell. A claim without a time argument takes the only one that hangs on its verb.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kg.model import Claim, Span, When
from kg.parsing.tree import Sentence
from kg.time.find import Expression


def dated(claim: Claim, times: Sequence[Expression], sentence: Sentence) -> Claim:
    """The claim with its time as the finder reads it; unchanged where that says nothing.

    `times` are those of the document, in text order.
    """
    when = claim.statement.when
    if when is not None:
        found = _within(times, when.start, when.end)
        return _with(claim, found[0], when) if found else claim
    inside = [t for t in _within(times, sentence.start, sentence.end) if _is_own(claim, t, sentence)]
    return _with(claim, inside[0], inside[0]) if len(inside) == 1 else claim


def _within(times: Sequence[Expression], start: int, end: int) -> Sequence[Expression]:
    """The times that share characters with a stretch of text."""
    first = bisect_right(times, start, key=lambda time: time.end)
    return times[first : bisect_left(times, end, key=lambda time: time.start)]


def _is_own(claim: Claim, time: Expression, sentence: Sentence) -> bool:
    """Whether a time hangs on the claim's own verb; one within a noun phrase dates something else."""
    words = [t for t in sentence if time.start <= t.start < time.end]
    heads = {t.head.start for t in words if t.head is not None and t.head not in words}
    return heads == {claim.statement.relation.head}


def _with(claim: Claim, time: Expression, words: Span) -> Claim:
    from_text = time.basis != "publication"  # counted from a time that the text names, too
    basis: Literal["text", "publication"] = "text" if from_text else "publication"
    when = When(words.text, words.start, words.end, time.value, time.precision, basis)
    return replace(claim, statement=replace(claim.statement, when=when))
