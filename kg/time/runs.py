"""Runs of neighbouring words that times are made of, the first step to the times of a text."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.english import time_words as words

Kind = Literal["time", "helper", "mark", "other"]

_TOKEN = re.compile(
    r"[Qq][1-4]\b"
    r"|\d{4}-\d\d(?:-\d\d)?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"  # ISO
    r"|\d+(?:[/.:,]\d+)+(?!\w)|['’]\d0s\b|\d+(?:st|nd|rd|th|s|am|pm)?(?!\w)"
    r"|[ap]\.m\.?|o['’]clock|[^\W\d_]+(?:['’](?=day|eve)|['’]s)?\.?|\S"
)
_WRITTEN = re.compile(
    r"q[1-4]|(?:1\d|20)\d\d|\d{4}-\d\d.*|\d+[/.]\d+[/.]\d+|(?:1\d|20)\d0s|['’]\d0s|\d+:\d\d|\d\d?\.\d\d|\d+(?:st|nd|rd|th)|9/11"
)
_NUMBER = re.compile(r"\d{1,4}")
_THREE_NUMBERS = re.compile(r"(?<!\S)\d{1,4} \d{1,4} \d{1,4}(?!\S)")  # side by side they are no date
_BREAK = re.compile(r"\n|[.;:!?]")

_NAMES = frozenset(words.MONTHS) | frozenset(words.WEEKDAYS)  # only with a capital
_FULL = {"may", "june", "july", "march", "april"}
CUT_SHORT = frozenset(name for name in _NAMES if len(name) < 6) - _FULL
_SPLIT = [
    word for name in (*words.FIXED_DAYS, *words.EASTER_DAYS, *words.PARTS_OF_DAY) for word in name.split()
]
_TIMES = (
    frozenset(
        form for unit in (*words.LONG_UNITS, *words.SHORT_UNITS, "weekend") for form in (unit, f"{unit}s")
    )
    | frozenset(word for word in _SPLIT if word not in words.AROUND or word == "new")
    | frozenset(words.SEASONS)
    | frozenset("today yesterday tomorrow tonight overnight centuries years o'clock o’clock".split())
)
_HELPERS = (
    words.AROUND
    | frozenset(words.TENS)
    | frozenset(word for name in words.NTH for word in name.split())
    | frozenset(words.BESIDE_TIMES)
)
_FINAL = frozenset(
    "ago back later earlier before after end ad afterwards afterward previously last that".split()
)


class Word(NamedTuple):
    """A word with its place; its kind: tells a time, may stand beside one, is a comma or dash, or other."""

    lower: str
    start: int
    end: int
    kind: Kind


def runs(text: str) -> Iterator[list[Word]]:
    """Runs that a time may be in, within a sentence.

    >>> [[word.lower for word in run] for run in runs("He left on Friday, 3 May. In Oslo, 200 men stayed.")]
    [['on', 'friday', ',', '3', 'may']]
    """
    run: list[Word] = []
    tells = False
    for match in _TOKEN.finditer(text):
        written, lower, kind = _read(match[0])
        start = match.start()
        if run and (kind == "other" or _BREAK.search(text, run[-1].end, start)):
            if tells:
                yield run
            run, tells = [], False
        if kind != "other":
            run.append(Word(lower, start, start + len(written), kind))
            tells = tells or kind == "time"
    if tells:
        yield run


@lru_cache(maxsize=32768)
def _read(token: str) -> tuple[str, str, Kind]:
    """A token without a full stop that isn't its own, in small letters, and its kind."""
    written = token
    if token[-1] == "." and token[:-1].lower() not in CUT_SHORT and "." not in token[:-1]:
        written = token[:-1] or token
    lower = written.lower().rstrip(".") or written
    return written, lower, _kind(lower, written[0].isupper())


def _kind(lower: str, is_capital: bool) -> Kind:
    bare = lower.removesuffix("'s").removesuffix("’s")
    if bare in _NAMES:
        return "time" if is_capital else "other"
    if bare in _TIMES or lower in _TIMES or _WRITTEN.fullmatch(lower):
        return "time"
    if lower in _HELPERS or _NUMBER.fullmatch(lower):
        return "helper"
    return "mark" if lower in (",", "-", "–") else "other"


def may_be(run: Sequence[Word], first: int, last: int) -> bool:
    """Whether `run[first:last]` can be a phrase: it tells a time and doesn't end on a preposition."""
    final = run[last - 1]
    ends_well = (
        final.kind == "time" or final.lower in _FINAL | words.NTH.keys() or _NUMBER.fullmatch(final.lower)
    )
    if run[first].kind == "mark" or not ends_well:
        return False
    inside = run[first:last]
    if _THREE_NUMBERS.search(" ".join(word.lower for word in inside)):
        return False
    joined = all(_joins(run, n) for n in range(first + 1, last) if run[n].kind == "mark")
    return joined and any(word.kind == "time" for word in inside)


def _joins(run: Sequence[Word], n: int) -> bool:
    """Whether a comma or dash stands inside a date: "Friday, 3 May, 2024", "Oct.-Nov.", "mid-March"."""
    before, after = run[n - 1].lower, run[n + 1].lower
    if run[n].lower != "," or re.fullmatch(r"\d{4}", after):
        return True
    return before in words.WEEKDAYS and (after in words.MONTHS or after[0].isdigit() or after == "the")
