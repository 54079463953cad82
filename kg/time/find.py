"""The expressions of time of a text, each with what it means there.

A run of words that times are made of is cut, from the left, into the longest phrases that have a meaning
(`kg.time.expressions`). Each is read against the day of publication, the tense of its verb, and the times
that the text named before. What can be read in two ways stays without a value.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.english import time_words as words
from kg.model import Span
from kg.parsing.tree import Sentence
from kg.time.doubts import is_time
from kg.time.expressions import Resolved, resolve_exactly
from kg.time.forms import any_of
from kg.time.partial import Precision, days_between
from kg.time.runs import Word, may_be, runs
from kg.time.story import Story
from kg.time.tenses import Tenses
from kg.time.units import Tense
from kg.time.written import day_written

Basis = Literal["text", "publication", "anchor"]
LONGEST = 13  # words of a phrase
MOST_OF_A_YEAR = 240  # days
CALENDAR = 60  # days ahead that a list of dates may begin at; else it tells what has been


@dataclass(frozen=True)
class Expression(Span):
    """A time expression: ISO partial date or interval, its precision, and what it was read against.

    The basis is `text` where the words say it all, `publication` where the day of the article was needed, and
    `anchor` where it was counted from a time that the text named before.
    """

    value: str
    precision: Precision
    basis: Basis


def expressions(
    text: str, published: str | None = None, sentences: Iterable[Sentence] = ()
) -> list[Expression]:
    """The expressions of time of a text that have a value, in their order.

    `published` is an ISO date, None where it isn't known; `sentences` are the text parsed, by which the
    dateline and the tense of verbs are known better than by words.

    >>> [(e.text, e.value) for e in expressions("On 3 May they met, and a day later he left.", "2025-05-07")]
    [('On 3 May', '2025-05-03'), ('a day later', '2025-05-04')]
    """
    parsed = list(sentences)
    return list(_Reader(text, day_written(text, published, parsed), Tenses(text, parsed)).expressions())


class _Meaning(NamedTuple):
    """As `Resolved`, of a time that may be counted from one which the text named before."""

    value: str | None
    precision: Precision | None
    basis: Basis


_ABSTAIN = _Meaning(None, None, "publication")  # a time that can be read in two ways
_NOTHING = _Meaning(None, None, "text")  # no time as it stands; a part of it may be one

_DAY = any_of(day for day in words.WEEKDAYS if len(day) > 5)
_WEEKDAY = re.compile(rf"\b(?:{_DAY})\b", re.IGNORECASE)
_HEADINGS = re.compile(rf"^(?:{_DAY})[.:]", re.IGNORECASE | re.MULTILINE)
_COUNTED = re.compile(r"\b(?:previous|preceding)\b", re.IGNORECASE)
_YEARLESS = re.compile(
    rf"(?!.*\b(?:\d{{4}}|last|next|this|coming)\b).*\b(?:{any_of(words.MONTHS)})\b.*", re.IGNORECASE
)
_SAYS_YEAR = re.compile(r"\b(?:ago|year|years|last|next|this)\b", re.IGNORECASE)
_BEFORE_OR_AFTER = re.compile(r".*\b(after|before)", re.IGNORECASE)
_EVENT = re.compile(
    r"\s+(?!(?:him|her|them|it|that|this|and|but|or|on|in|at|to|by|with|for|from|when|as|of)\b)[\w“\"'‘]"
)
_YEAR = re.compile(r"\d{4}")
_UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:due|scheduled|planned|set|slated|for) $")
_NTH = re.compile(r"(?:(?:[a-z]+ )*)the \d\d?(?:st|nd|rd|th)", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:1\d|20)\d\d)\b")


class _Reader:
    """One pass over a text: its phrases in their order, read against what was named before."""

    def __init__(self, text: str, published: str | None, tenses: Tenses) -> None:
        self.text = text
        self.published = published
        self.tenses = tenses
        self.story = Story(text, published, tenses)
        self.order = _order(text)
        headings = (match.end() - 1 for match in _HEADINGS.finditer(text))
        self.agenda = next((tense for end in headings if (tense := tenses.after(end))), None)

    def expressions(self) -> Iterator[Expression]:
        for run in runs(self.text):
            at = 0
            while at < len(run):
                expression, at = self._longest(run, at)
                if expression is not None:
                    self.story.add(expression, expression.value, expression.basis == "text")
                    yield expression

    def _longest(self, run: Sequence[Word], first: int) -> tuple[Expression | None, int]:
        """The longest phrase from a word on that has a value, and where the run goes on."""
        for last in range(min(len(run), first + LONGEST), first, -1):
            start, end = run[first].start, run[last - 1].end
            if not may_be(run, first, last) or not is_time(self.text, start, end):
                continue
            found = self._read(start, end)
            if found is _ABSTAIN:
                return None, last
            if found.value is not None and found.precision is not None:
                return Expression(
                    self.text[start:end], start, end, found.value, found.precision, found.basis
                ), last
        return None, first + 1

    # ── What a phrase means ──────────────────────────────────────────────────────────────────────

    def _read(self, start: int, end: int) -> _Meaning:
        phrase, tense = self._ordered(self.text[start:end]), self._tense(start, end)
        plain = resolve_exactly(phrase, self.published, tense)
        if plain.value is None or _COUNTED.search(phrase):
            return self._counted(phrase, start, end, plain, tense)
        if plain.basis == "text":
            return _Meaning(*plain)
        if found := self._told_before(phrase, start, end, tense):
            return found
        if tense == "present" and _WEEKDAY.search(phrase) and self._depends_on_tense(phrase):
            return _ABSTAIN  # the last one or the next
        if self.story.is_heading(start, end) and self._is_far_ahead(plain.value):
            return _Meaning(*resolve_exactly(phrase, self.published, "past"))  # a chronology in the present
        return self._near(phrase, plain, tense)

    def _is_far_ahead(self, value: str) -> bool:
        """Whether a time is further ahead than calendars of what is to come begin."""
        return self.published is not None and days_between(self.published, value) > CALENDAR

    def _depends_on_tense(self, phrase: str) -> bool:
        past, future = (resolve_exactly(phrase, self.published, tense) for tense in ("past", "future"))
        return past != future

    def _told_before(self, phrase: str, start: int, end: int, tense: Tense | None) -> _Meaning | None:
        """What the text tells better than the day of publication: in diaries, lives, and beside a month."""
        if self.story.headings and self.story.is_heading(start, end) and _WEEKDAY.fullmatch(phrase):
            return _from_anchor(f"the following {phrase}", self.story.headings[-1])
        told = self.story.is_chronicle and self.story.named and tense != "future"  # "is due in June": of now
        if told and _YEARLESS.fullmatch(phrase):
            return _from_anchor(phrase, None, published=f"{self.story.named[-1].value[:4]}-12-31")
        if (near := self.story.month_of_paragraph(start)) and _NTH.fullmatch(phrase):
            return _from_anchor(phrase, None, published=near, tense="future")
        return None

    def _tense(self, start: int, end: int) -> Tense | None:
        """The tense that a phrase is read with."""
        if _YEAR.search(self.text, start, end):
            return None  # it decides nothing
        if self.story.is_heading(start, end):
            return self.tenses.after(end) or self.agenda
        is_of = self.text[start:end].endswith(("'s", "’s"))  # "Monday's raid"
        if _UNTIL.match(self.text, start):
            return self.tenses.until(start, end)
        if _DUE.search(self.text[max(0, start - 16) : start]) and not is_of:
            return "future"
        tense = self.tenses.at(start, end)
        return None if tense == "present" and is_of else tense

    def _counted(self, phrase: str, start: int, end: int, plain: Resolved, tense: Tense | None) -> _Meaning:
        """A time that is counted from one named before: "two days later", "that evening"."""
        if _BEFORE_OR_AFTER.fullmatch(phrase) and _EVENT.match(self.text, end):
            return _NOTHING  # "on Sunday, a day after the town fell": only the Sunday is sure
        for anchor in self.story.anchors(phrase, start):
            found = resolve_exactly(phrase, self.published, tense, anchor)
            if found.value is not None:
                return (
                    _Meaning(*found) if found == plain else _Meaning(found.value, found.precision, "anchor")
                )
        return _Meaning(*plain)

    def _near(self, phrase: str, plain: Resolved, tense: Tense | None) -> _Meaning:
        """A day or month that would be most of a year off is rather the other one.

        Beside a past verb it is neither: nobody writes "in June" of last June without saying so.
        """
        if self.published is None or plain.value is None or _SAYS_YEAR.search(phrase):
            return _Meaning(*plain)
        off = days_between(self.published, plain.value)
        if abs(off) < MOST_OF_A_YEAR:
            return _Meaning(*plain)
        if off < 0 and tense == "past" and not phrase.lower().startswith("of "):
            return _ABSTAIN
        return _Meaning(*resolve_exactly(phrase, self.published, "past" if off > 0 else "future"))

    def _ordered(self, phrase: str) -> str:
        """04/05/2025 as the other dates of the text are written: the day first, or the month."""
        if self.order is None or not (match := _NUMERIC.fullmatch(phrase)):
            return phrase
        day, month = (match[1], match[2]) if self.order == "day" else (match[2], match[1])
        return f"{match[3]}-{int(month):02}-{int(day):02}"


def _from_anchor(
    phrase: str, anchor: str | None, published: str | None = None, tense: Tense = "past"
) -> _Meaning:
    found = resolve_exactly(phrase, published, tense, anchor)
    return _Meaning(found.value, found.precision, "anchor")


def _order(text: str) -> Literal["day", "month"] | None:
    """Which comes first in a text's dates in figures, by those that can be read in one way only."""
    days_first = {int(m[1]) > 12 for m in _NUMERIC.finditer(text) if max(int(m[1]), int(m[2])) > 12}
    if len(days_first) != 1:
        return None
    return "day" if days_first.pop() else "month"
