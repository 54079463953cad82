"""What looks like a time and isn't: a number of men, a month that is a name, every Friday.

Each row has the phrases that it is about, the words before and behind them that decide, and an example
with the phrase in brackets, which a test runs.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg.english import time_words as words
from kg.time.forms import any_of
from kg.time.runs import CUT_SHORT

REACH = 24  # characters of the text before and behind a phrase


class Doubt(NamedTuple):
    """Phrases (a pattern for the whole), what stands before and behind them, and an example."""

    phrase: str
    before: str
    behind: str
    example: str


_MONTH = rf"(?:{any_of(words.MONTHS)})\.?"
_NAMES_TOO = "may|march|april|june|august|jan|mar|dec"
_FULL_DAYS = any_of(day for day in words.WEEKDAYS if len(day) > 5)
_SHORT_DAYS = any_of(day for day in CUT_SHORT if day in words.WEEKDAYS)
_YEAR = r"(?:the )?(?:1\d|20)\d\d(?:['’]s)?"
_EARLY_YEAR = r"1[0-8]\d\d"
_YEAR_CUES = (
    r"(?:\b(?:in|since|until|till|by|before|after|from|to|between|and|of|during|for|through|early|late|mid|year|the|a|an|c"
    r"|circa|his|her|its|their)|['’]s)[\s-]*\(?$"
)
_COUNTED = (
    r"\s*(?i:per ?cent|percent|km|kg|miles?|met(?:re|er)s?|tonnes?|tons|dollars|euros|hours|gmt|utc|local"
    r"|people|men|women|children|feet|mph|mw|am|pm)\b"
)
_PLURAL = (
    r"\s+(?!(?:was|is|has|as|his|its|this|does|always|perhaps|means|saw|brings|becomes|marks)\b)"
    r"[a-z-]+(?<!s)s\b(?!['’])"
)
_MONTH_CUES = (
    r"\b(?:for|of|in|since|until|by|last|next|this|from|to|and|or|early|late|between|before|after|during"
    r"|mid|than)[\s-]+$"
)
_DAY_CUES = "on|since|until|till|by|from|of|before|after|to|between|and|early|late"
_NTH = rf"(?:\d\d?(?:st|nd|rd|th)|{any_of(words.NTH).replace(' ', '[ -]')})"
_SENTENCE_GOES_ON = (
    r"(?!\s*(?:$|[.,;:)!?—–-]|(?:and|or|to|when|after|before|the|a|an|he|she|it|they|we|I|his|her|its|their|was|were|is"
    r"|had|has|Mr|by|in|at|that|as|with|for|from|on|who|which|this|there)\b))"
)
_CLOCK = (
    rf"(?:[a-z]+ )*?(?:{any_of(words.PARTS_OF_DAY)}|o['’]clock|\d\d?[:.]\d\d)(?: (?:gmt|utc|local time))?"
)
_CLOCK_CUES = (
    r"(?:at|in|by|before|after|towards?|around|about|late|early|shortly|just|soon|half|a quarter|that"
    r"|the same|the following|the next|the previous|from|until|since|last|this|tomorrow|yesterday|on"
    r"|[a-z]+day)\b"
)

NO_TIMES: Sequence[Doubt] = (
    Doubt(
        ".*",
        r"\b(?:every|each|most|many|any|alternate|per)(?: other| second)?\s+$",
        "",
        "every other [Friday]",
    ),
    Doubt(".*", "", r"[\s-]*(?:old\b|of age\b)", "a tradition [2000 years] old"),
    Doubt(".*", r"\b(?:Black|Bloody|Super|Cyber|Ruby|Blue|Red|Casual|Giving)\s+$", "", "on Bloody [Sunday]"),
    Doubt(".*", "", r"\s+of \d{3}\b", "[in December] of 384"),
    Doubt(rf".*\b(?:{_FULL_DAYS})", r"\sa\s$", "", "they meet on a [Monday]"),
    Doubt(r".*\bfrom\b.*", r"for\s$", "", "shut for [two weeks from Monday]"),
    Doubt(r"(?:by|since|until|from|after|before|to)\b.*['’]s", "", "", "appalled [by Wednesday's] ruling"),
    Doubt(r"[\d:.,\s–-]*[:.][\d:.,\s–-]*", "", "", "open daily [08:00 - 20:00]"),
    Doubt(rf"(?:the )?(?:{_SHORT_DAYS})\.?(?: [\d:. apm-]+)?", "", "", "open [Sat] and Sun"),
    Doubt(
        _YEAR,
        r"(?:[$€£¥#№+<>=~&%/A-Za-z]|(?<!\d{4})-|\b(?:some|about|around|nearly|almost|over|than|least|most"
        r"|up to|roughly|approximately|total of|no|nos|number|resolutions?|section|pages?|pp?|route|flight"
        r"|article|room|line|us|rs|rule|fig|figure|table|tel)\b\.?\s*\(?)$",
        "",
        "under resolution [1973]",
    ),
    Doubt(_YEAR, "", rf"(?:[%°]|[,:.]\d|-\w|{_COUNTED})", "he walked [1900] km"),
    Doubt(rf"(?:some|about|nearly|almost|over|more than|at least) {_YEAR}", "", "", "[some 2000] came"),
    Doubt(r"(?:over|back|again) (?:in|on|at)\b.*", "", "", "the war was [over in 1980]"),
    Doubt(_MONTH, r"\b\d\d?(?:st|nd|rd|th)?(?: of)?\s+$", "", "on 31 [February]"),
    Doubt(rf"(?:.* )?{_MONTH}", "", r"\s+(?:29|3[01])\b", "[in February] 31"),
    Doubt(_NAMES_TOO, "", r"\s+[A-Z]", "the book by [April] Moss"),
    Doubt(_EARLY_YEAR, "", _PLURAL, "a survey of [1709] schools"),
    Doubt(r".*\bof the \d{4}", "", r"\s+[A-Za-z]", "[the start of the 2014] games"),
    Doubt(
        r".*\b(?:same|very) day",
        "",
        r"\s+(?:of|that|when|he|she|it|they)\b",
        "on [the same day] that he fell",
    ),
    Doubt(rf"(?:(?:{_DAY_CUES}) )*{_NTH}", "", "", "[on 5th] Avenue"),
    Doubt(rf"(?:(?:{_DAY_CUES}) )*the (?:first|second|third)", "", "", "[on the second] he said nothing"),
    Doubt(rf"(?:(?:{_DAY_CUES}) )*the {_NTH}", "", _SENTENCE_GOES_ON, "[on the 5th] floor"),
    Doubt(rf"(?!{_CLOCK_CUES}){_CLOCK}", "", "", "good [evening]"),
    Doubt(_CLOCK, "", r"\s+of\s+[a-z]", "[at the dawn] of history"),
)
"""No time where the phrase, what is before it and what is behind it fit."""

ONLY_AFTER: Sequence[Doubt] = (
    Doubt(_NAMES_TOO, _MONTH_CUES, "", "Theresa [May] won"),
    Doubt(r"(?:the )?(?-i:spring|summer|autumn|fall|winter)", _MONTH_CUES, "", "[winter] wheat"),
    Doubt(r"(?:the )?(?-i:Spring|Summer|Autumn|Fall|Winter)", r"(?!)", "", "the Prague [Spring]"),
    Doubt(rf"the {_NTH}", rf"(?:\b(?:{_DAY_CUES})|,)\s+$", "", "he is [the 4th]"),
    Doubt(_YEAR, _YEAR_CUES, _PLURAL, "[2000] soldiers"),
    Doubt(_EARLY_YEAR, _YEAR_CUES, r"\s+[A-Z]", "[1696] Bergen Street"),
)
"""Where phrase and what is behind it fit, a time only if what is before it fits too."""


def is_time(text: str, start: int, end: int) -> bool:
    """Whether nothing speaks against reading the words from `start` to `end` as a time.

    >>> is_time("In 2000 soldiers came.", 3, 7), is_time("The 2016 elections", 4, 8)
    (True, True)
    >>> is_time("some 2000 men", 5, 9)
    False
    """
    parts = text[max(0, start - REACH) : start], text[start:end], text[end : end + REACH]
    return not any(_holds(doubt, *parts) for doubt in NO_TIMES) and not any(
        _lacks(doubt, *parts) for doubt in ONLY_AFTER
    )


def _holds(doubt: Doubt, before: str, phrase: str, behind: str) -> bool:
    """Whether the phrase, what is before it and what is behind it fit."""
    of_phrase, of_before, of_behind = _compiled(doubt)
    return bool(of_phrase.fullmatch(phrase) and of_before.search(before) and of_behind.match(behind))


def _lacks(doubt: Doubt, before: str, phrase: str, behind: str) -> bool:
    """Whether the phrase and what is behind it fit, but not what is before it."""
    of_phrase, of_before, of_behind = _compiled(doubt)
    return bool(of_phrase.fullmatch(phrase) and of_behind.match(behind) and not of_before.search(before))


@cache
def _compiled(doubt: Doubt) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns of a row; what is behind a phrase keeps its capitals."""
    phrase, before = (re.compile(pattern, re.IGNORECASE) for pattern in (doubt.phrase, doubt.before))
    return phrase, before, re.compile(doubt.behind)
