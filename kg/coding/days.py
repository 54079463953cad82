"""On which day an act took place: chosen among the times that its document names, or untold.

A ranker taught on annotated news weighs where a time stands in the act's sentence, what it is in the claims
that tell the act, how far away it was named, and whether its tense fits; the day that the article was written
is one of the times, for a report's first sentence tells what is new today. Where none is likely enough the
text does not say. Weights: data/events/day.npz, made by data/models/recipe/days.py.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import resources
from kg.coding.standing import NOBODY, Act, Features, way_to
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Document, Precision
from kg.parsing.tree import Sentence, Token
from kg.time.find import Expression, expressions
from kg.time.partial import days_between, precision

LEAST = 0.55  # probability of a time from which it is given
_BACK, _ON = 3, 1  # sentences before and after an act of which the times are considered
_FIRST = 2  # sentences at the head of a text whose times are considered everywhere
_MANY = 8  # times of a sentence, at most, that are considered
_STEPS = (0, 1, 7, 31, 366, 3660)  # days away from the day of writing that tell times apart
_RELATIVE = frozenset({"before", "after", "since", "until", "till", "during", "following"})
_ELSEWHEN = frozenset(
    {"ago", "earlier", "later", "previously", "formerly", "once", "then", "afterwards", "since"}
)
_FINITE = frozenset({"VERB", "AUX"})
Basis = Literal["text", "publication"]
Dated = tuple[str | None, Precision | None, Basis | None]


@dataclass(frozen=True)
class Time:
    """A time that an act may have, and whether the words say it all or the day of writing was needed."""

    value: str
    precision: Precision
    basis: Basis


@dataclass(frozen=True)
class Named(Time):
    """One that the text names: its words, and the one that carries the others."""

    words: Expression
    sentence: Sentence
    head: Token


@cache
def day() -> Ranker:
    """The weights that ship with kg. Raises KgError where they are not there."""
    return ranker.load(resources.path("data/events/day.npz"))


class Days:
    """Chooses when a document's acts took place."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        written: str | None,
        learned: Ranker | None = None,
    ) -> None:
        self.written, self.learned = written, learned or day()
        self._in: dict[int, list[Named]] = defaultdict(list)  # by a sentence's number, the times it names
        for words, sentence in _placed(expressions(document.text, document.published, sentences), sentences):
            head = _head(words, sentence)
            if head is not None:
                basis: Basis = "publication" if words.basis == "publication" else "text"
                self._in[sentence.index].append(
                    Named(words.value, words.precision, basis, words, sentence, head)
                )
        self.today = [Time(written, precision(written), "publication")] if written else []

    def of(self, act: Act) -> Dated:
        """The date of an act, its precision, and whether the words give it alone or the day of writing was
        needed; nothing where the text does not tell."""
        times, untold = self.standing(act)
        likely = self.learned.likely([*(f for _, f in times), untold])
        chances: dict[str, float] = defaultdict(float)
        for (time, _), share in zip(times, likely[:-1], strict=True):
            chances[time.value] += share
        value = max(chances, key=lambda v: chances[v], default=None)
        told = next((t for t, _ in times if t.value == value and chances[value] >= LEAST), None)
        found = told or self._today(act)
        return (found.value, found.precision, found.basis) if found else (None, None, None)

    def _today(self, act: Act) -> Time | None:
        """The day of writing, for what a report's first sentence tells in the past without any time."""
        claim = act.claims[0] if act.claims else None
        if act.sentence.index > 0 or claim is None or claim.nested_in is not None or claim.tense != "past":
            return None
        is_plain = _is_main(act.word) and not _is_perfect(act.word) and not _is_elsewhen(act.word)
        timeless = claim.statement.when is None and not self._in.get(act.sentence.index)
        return next(iter(self.today), None) if is_plain and timeless else None

    def standing(self, act: Act) -> tuple[list[tuple[Time, Features]], Features]:
        """The times that an act may have, each with its features, and those of none."""
        near = [t for t in self._near(act.sentence.index) if _may_be_of(act, t)]
        here = [t for t in near if t.sentence is act.sentence]
        shared = _of_act(act) | {"times here": 0.3 * len(here), "times": 0.1 * min(len(near), 10)}
        found: list[tuple[Time, Features]] = [
            (t, shared | self._of_time(t) | self._of_named(act, t, near, here)) for t in near
        ]
        found += [(t, shared | self._of_time(t) | _of_today(act, t, near, here)) for t in self.today]
        return found, NOBODY | shared

    def _near(self, sentence: int) -> list[Named]:
        numbers = dict.fromkeys((*range(_FIRST), *range(sentence - _BACK, sentence + _ON + 1)))
        return [t for n in sorted(numbers) for t in self._in.get(n, ())[:_MANY]]

    def _of_time(self, time: Time) -> Features:
        return {f"precision={time.precision}": 1.0, **self._away(time)}

    def _of_named(self, act: Act, time: Named, near: Sequence[Named], here: Sequence[Named]) -> Features:
        words = time.words.text.lower().split()
        where = (
            _in_clause(act, time, here)
            if time.sentence is act.sentence
            else self._in_text(act, time, near, here)
        )
        return where | {
            f"says {words[0]}": 1.0,
            f"says {words[-1]}": 1.0,
            f"case={_case(time.head)}": 1.0,
            f"basis={time.words.basis}": 1.0,
            f"tense={_tense(act)} {self._side(time)}": 1.0,
            "again": float(sum(t.value == time.value for t in near) > 1),
        }

    def _in_text(self, act: Act, time: Named, near: Sequence[Named], here: Sequence[Named]) -> Features:
        """How far from the act's sentence a time is named."""
        first, last = time.sentence.index, act.sentence.index
        off = last - first
        since = sum(first < t.sentence.index <= last for t in near)
        return {
            f"sentences off {off if abs(off) <= _BACK else 'far'}": 1.0,
            "others since": 0.3 * min(since, 4),
            "with times": float(bool(here)),
            "main there": float(_governor(time.head).head is None),
            "last there": float(time is self._in[first][-1]),
        }

    def _away(self, time: Time) -> Features:
        """How far a time is from the day of writing."""
        days = self._days(time)
        if days is None:
            return {"away unknown": 1.0}
        steps = sum(abs(days) > step for step in _STEPS)
        return {f"away {'+' if days > 0 else '-'}{steps}": 1.0}

    def _side(self, time: Time) -> str:
        days = self._days(time)
        return "unknown" if days is None else "today" if days == 0 else "ahead" if days > 0 else "back"

    def _days(self, time: Time) -> int | None:
        return days_between(self.written, time.value) if self.written else None


def _placed(
    times: Iterable[Expression], sentences: Sequence[Sentence]
) -> Iterator[tuple[Expression, Sentence]]:
    """Times with the sentences that they begin in."""
    starts = [s.start for s in sentences]
    for time in times:
        if (n := bisect_right(starts, time.start)) > 0:
            yield time, sentences[n - 1]


def _head(words: Expression, sentence: Sentence) -> Token | None:
    """The word of a time that the others hang on."""
    inside = [t for t in sentence if words.start <= t.start < words.end]
    own = {id(t) for t in inside}
    tops = [t for t in inside if t.head is None or id(t.head) not in own]
    return next((t for t in tops if t.pos not in ("ADP", "DET", "PUNCT")), tops[0] if tops else None)


def _governor(word: Token) -> Token:
    """The verb that a word hangs on, or the top of its tree."""
    while word.head is not None and word.pos not in _FINITE:
        word = word.head
    return word


def _of_act(act: Act) -> Features:
    claim = act.claims[0] if act.claims else None
    return {
        f"type={act.type}": 1.0,
        f"pos={act.word.pos}": 1.0,
        f"dep={act.word.base_dep}": 1.0,
        f"lemma={act.word.lemma.lower()}": 1.0,
        f"tense={_tense(act)}": 1.0,
        f"modality={claim.modality if claim else None}": 1.0,
        "nested": float(claim is not None and claim.nested_in is not None),
        "relation": float(bool(claim)),
        "perfect": float(_is_perfect(act.word)),
        "main": float(_is_main(act.word)),
        "sentence": 0.1 * min(act.sentence.index, 20),
        "lead": float(act.sentence.index == 0),
    }


def _tense(act: Act) -> str:
    return str(act.claims[0].tense) if act.claims else "none"


def _of_today(act: Act, today: Time, near: Sequence[Time], here: Sequence[Time]) -> Features:
    """What speaks for the day of writing."""
    return {
        "today": 1.0,
        f"today type={act.type}": 1.0,
        f"today sentence {min(act.sentence.index, 4)}": 1.0,
        f"today tense={_tense(act)}": 1.0,
        "today told": float(any(t.value == today.value for t in near)),
        "today with times": float(bool(here)),
        "today in the main line": float(_is_main(act.word)),
        "today perfect": float(_is_perfect(act.word)),
    }


def _may_be_of(act: Act, time: Named) -> bool:
    """Whether an act may have a time: not that of a verb that it is only set beside ("fell on Friday, but was
    retaken", "and troops bombed them") or that it comes after ("and have since freed ten")."""
    verb = _governor(time.head)
    if time.sentence is not act.sentence or verb is act.word:
        return True
    return not (_is_elsewhen(act.word) or _is_set_beside(act.word, verb))


def _in_clause(act: Act, time: Named, here: Sequence[Named]) -> Features:
    """What a time is in the act's clause: whether it hangs on its word, on what it is joined to, or on what
    stands above or below; and in the claims that tell it."""
    verb, own = _governor(time.head), _governor(act.word)
    between = sorted((act.word.i, time.head.i))
    verbs = sum(t.pos == "VERB" for t in act.sentence if between[0] < t.i < between[1])
    found: Features = {
        "here": 1.0,
        **way_to(act.word, time.head),
        "on its word": float(time.head.head is act.word),
        "same verb": float(verb is own),
        "joined": float(own.dep == "conj" and own.head is verb),
        "shared": float(_shares(own, verb) and time.head.i < own.i),
        "joined behind": float(verb.dep == "conj" and verb.head is own),
        "above": float(verb is not own and any(a is verb for a in act.word.ancestors())),
        "below": float(verb is not own and any(a is own for a in verb.ancestors())),
        "verbs between": 0.3 * min(verbs, 4),
        "only": float(len(here) == 1),
        "nearest": float(time is min(here, key=lambda t: abs(t.head.i - act.word.i))),
        "in front": float(time.head.i < 3),
    }
    for name, claims in (
        ("claim", act.claims),
        ("around", (act.told_in,) if act.told_in else ()),
        ("over", (act.above,) if act.above else ()),
    ):
        for c in claims:
            when = c.statement.when
            if when is not None and when.start < time.words.end and time.words.start < when.end:
                found[f"when of {name}"] = 1.0
            if any(a.start < time.words.end and time.words.start < a.end for a in c.statement.arguments):
                found[f"argument of {name}"] = 1.0
    return found


def _is_main(verb: Token) -> bool:
    """Whether a verb is a sentence's main one, or joined to it."""
    while verb.dep == "conj" and verb.head is not None:
        verb = verb.head
    return verb.head is None


def _is_perfect(verb: Token) -> bool:
    """Whether a verb tells of an earlier past: "had fled"."""
    words = [verb]
    while words[-1].dep == "conj" and words[-1].head is not None:
        words.append(words[-1].head)
    return any(c.lower == "had" for word in words for c in word.all("aux"))


def _shares(verb: Token, first: Token) -> bool:
    """Whether a verb is joined to another as what the same one did as well: "was seized and charged"."""
    joint = verb.child("cc")
    return (
        verb.dep == "conj"
        and verb.head is first
        and (joint is None or joint.lower == "and")
        and verb.child("aux", "aux:pass") is None
        and verb.child("nsubj", "nsubj:pass") is None
    )


def _is_set_beside(verb: Token, first: Token) -> bool:
    """Whether a verb is joined to another as what somebody else does, or by "but"."""
    joint = verb.child("cc")
    others = verb.child("nsubj", "nsubj:pass") is not None or (joint is not None and joint.lower != "and")
    return verb.dep == "conj" and verb.head is first and others


def _is_elsewhen(verb: Token) -> bool:
    """Whether words beside a verb place it in time without a date: "years ago", "after the rains"."""
    cases = (child.child("case", "mark") for child in verb.children)
    return any(c.lower in _ELSEWHEN for c in verb.children) or any(c and c.lower in _RELATIVE for c in cases)


def _case(head: Token) -> str:
    case = head.child("case", "mark")
    return case.lower if case is not None else ""
