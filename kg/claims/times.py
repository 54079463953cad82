"""When a claim's event took place, by the expressions of time that the document has.

The finder reads a time beside its verb's tense and the times told before, which an argument alone does not
tell. A claim without a time argument takes the only one that hangs on its verb, else the one that its verb
shares: "On Tuesday the court freed the editor and fined his paper", "Speaking on Monday, she said".
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kg.model import Claim, Span, When
from kg.parsing.tree import Sentence, Token
from kg.time.find import Expression

_SUBJECTS = ("nsubj", "nsubj:pass")


def dated(claim: Claim, times: Sequence[Expression], sentence: Sentence) -> Claim:
    """The claim with its time as the finder reads it; unchanged where that says nothing.

    `times` are those of the document, in text order.
    """
    when = claim.statement.when
    if when is not None:
        found = _within(times, when.start, when.end)
        return _with(claim, found[0], when) if found else claim
    verb = sentence.at(claim.statement.relation.head)
    near = [(t, h) for t in _within(times, sentence.start, sentence.end) if (h := _head(t, sentence))]
    own = [t for t, head in near if head is verb]
    found = own or [t for t, head in near if verb is not None and _shares(verb, head, t)]
    return _with(claim, found[0], found[0]) if len(found) == 1 else claim


def _within(times: Sequence[Expression], start: int, end: int) -> Sequence[Expression]:
    """The times that share characters with a stretch of text."""
    first = bisect_right(times, start, key=lambda time: time.end)
    return times[first : bisect_left(times, end, key=lambda time: time.start)]


def _head(time: Expression, sentence: Sentence) -> Token | None:
    """The one word that a time hangs on; one within a noun phrase dates something else."""
    words = [t for t in sentence if time.start <= t.start < time.end]
    heads = {t.head for t in words if t.head is not None and t.head not in words}
    return heads.pop() if len(heads) == 1 else None


def _shares(verb: Token, head: Token, time: Expression) -> bool:
    """Whether a time that hangs on another verb is this one's too.

    It stands in front of both, or one of them only tells in a participle what went on beside the other.
    """
    if verb.dep == "conj" and verb.head is head:
        return time.start < head.start and verb.tag == head.tag and verb.child(*_SUBJECTS) is None
    return (verb.head is head and _goes_along(verb)) or (head.head is verb and _goes_along(head))


def _goes_along(verb: Token) -> bool:
    """Whether a verb is a participle beside its sentence's main one: "burning two lorries"."""
    return verb.base_dep == "advcl" and verb.tag == "VBG" and verb.child("mark", "case") is None


def _with(claim: Claim, time: Expression, words: Span) -> Claim:
    from_text = time.basis != "publication"  # counted from a time that the text names, too
    basis: Literal["text", "publication"] = "text" if from_text else "publication"
    when = When(words.text, words.start, words.end, time.value, time.precision, basis)
    return replace(claim, statement=replace(claim.statement, when=when))
