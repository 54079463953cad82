"""The times that a text has named so far, and which of them a later one may be counted from."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from kg.english import time_words as words
from kg.model import Span
from kg.time.forms import any_of
from kg.time.partial import before, bounds
from kg.time.tenses import Tenses

RECENT = 60  # days: a time of the day belongs to one that the article is about
DATELINE = 80  # characters in which a dateline ends
STALE = 2  # years
CHRONICLE = 5  # years named that are gone, at least
REMEMBERED = 30  # times: none is counted from one named longer ago
LIKELY = 5  # times that a phrase may be counted from

_DAY = any_of(day for day in words.WEEKDAYS if len(day) > 5)
_HEADING_ENDS = re.compile(rf"[.:]\s| and (?:{_DAY})[.:]", re.IGNORECASE)
_DATELINE_ENDS = re.compile(r"\s*(?:[—–.:(]|\)|-\s)")
_ASIDE = re.compile(r"\b(?:ago|earlier|before)$", re.IGNORECASE)
_SAME_ONE = re.compile(r"\b(?:that|same|very)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(r"\b(?:that|same|next|following|previous)\b", re.IGNORECASE)
_HOURS = re.compile(rf"\b(?:hours?|minutes?|o['’]clock|{any_of(words.PARTS_OF_DAY)})\b", re.IGNORECASE)
_HOUR_ONLY = re.compile(
    rf"(?:[a-z]+ )*?(?:{any_of(words.PARTS_OF_DAY)}|o['’]clock|\d\d?[:.]\d\d)", re.IGNORECASE
)
_SPAN = "week|weekend|month|year|night|spring|summer|autumn|fall|winter"
_POINTS_TO_NOW = re.compile(
    rf"\b(?:yesterday|tomorrow|tonight|{_DAY}|(?:last|this|next) (?:{_SPAN}))\b",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
_SENTENCE_ENDS = re.compile(r"[.?!] |\.[”\"] |\n")


class Named(NamedTuple):
    """A time that the text named: its value, its place, the number of its sentence."""

    value: str
    start: int
    sentence: int
    in_front: bool  # of the story's own course, not of what is told beside it
    is_aside: bool  # "since May", "a week ago"


class Story:
    """What a text has told so far, as far as times go."""

    def __init__(self, text: str, published: str | None, tenses: Tenses) -> None:
        self.named: deque[Named] = deque(maxlen=REMEMBERED)
        self.headings: list[str] = []  # days at the heads of paragraphs
        self.is_chronicle = _is_chronicle(text, published)
        self._text = text
        self._published = published
        self._tenses = tenses
        self._sentences = [match.end() for match in _SENTENCE_ENDS.finditer(text)]
        self._paragraphs = [match.end() for match in re.finditer("\n", text)]

    def add(self, span: Span, value: str, says_it_all: bool) -> None:
        """Keep a time, unless it is still to come or the article's own day in its dateline."""
        begin = value.partition("/")[0]
        if self.is_heading(span.start, span.end):
            self.headings.append(begin)
        elif begin == ".." or self._is_dateline(span) or (self.is_ahead(begin) and not says_it_all):
            return
        in_front = self._tenses.in_front(span.start, span.end)
        is_aside = value.endswith("/..") or bool(_ASIDE.search(span.text))
        self.named.append(Named(begin, span.start, self._sentence(span.start), in_front, is_aside))

    def anchors(self, phrase: str, start: int) -> Iterator[str]:
        """The times that a phrase may be counted from, the likeliest first.

        That is the last one of the sentence; else of the paragraph, its own course before what is told
        beside it; else of the text. "That evening" is of the last one, wherever it stands.
        """
        paragraph = self._paragraph(start)
        before = [n for n in reversed(self.named) if self._may_tell(n, phrase, n.start >= paragraph)]
        if _SAME_ONE.search(phrase):
            ordered = [named for named in before if not named.is_aside] or before
        else:
            ordered = self._by_nearness(before, start)
        yield from list(dict.fromkeys(named.value for named in ordered))[:LIKELY]

    def _by_nearness(self, before: list[Named], start: int) -> list[Named]:
        sentence, paragraph = self._sentence(start), self._paragraph(start)

        def distance(named: Named) -> int:
            """0 in the sentence, 1 and 2 in the paragraph, 3 and 4 before it: the course before the rest."""
            if named.sentence == sentence:
                return 0
            beside = not named.in_front or named.is_aside
            return (1 if named.start >= paragraph else 3) + beside

        return sorted(before, key=distance)

    def month_of_paragraph(self, start: int) -> str | None:
        """The last day, or first of a month, that the paragraph of a place has named before it.

        None where that was long before the article's own day.
        """
        paragraph = self._paragraph(start)
        here = (named.value for named in reversed(self.named) if named.start >= paragraph)
        last = next((value for value in here if "-" in value), None)
        if last is None or self._published is None or int(last[:4]) < int(self._published[:4]) - 1:
            return None
        return bounds(last)[0].isoformat()

    def is_heading(self, start: int, end: int) -> bool:
        """Whether a time heads its paragraph, as in a diary: "Monday. The council meets"."""
        return self._text[max(0, start - 1) : start] in ("", "\n") and bool(
            _HEADING_ENDS.match(self._text, end)
        )

    def _may_tell(self, named: Named, phrase: str, is_near: bool) -> bool:
        """Whether a phrase may count from it: a time of the day only from a day that the article is about."""
        if _HOUR_ONLY.fullmatch(phrase) and not _OTHER_DAY.search(phrase):
            return is_near and not named.is_aside
        if self._published is None or self.is_chronicle or is_near or not _HOURS.search(phrase):
            return True
        return (bounds(self._published)[0] - bounds(named.value)[0]).days < RECENT

    def _sentence(self, start: int) -> int:
        return bisect_right(self._sentences, start)

    def _paragraph(self, start: int) -> int:
        """Where the paragraph of a place begins."""
        number = bisect_right(self._paragraphs, start)
        return self._paragraphs[number - 1] if number else 0

    def is_ahead(self, value: str) -> bool:
        """Whether a value begins after the day of publication."""
        return self._published is not None and before(self._published, value) is True

    def _is_dateline(self, span: Span) -> bool:
        before = self._text[max(0, span.start - DATELINE) : span.start]
        is_place = span.start < DATELINE and not re.search(r"\b[a-z]", before)
        return is_place and bool(_DATELINE_ENDS.match(self._text, span.end))


def _is_chronicle(text: str, published: str | None) -> bool:
    """Whether a text tells of years gone and has no dateline nor a word that points to its own day, as a
    life does.

    Of half of GUM's documents it takes 15 of 55, eight of them lives and one of them news.
    """
    now = int(published[:4]) if published else 9999
    if published and published[:4] in text[:DATELINE]:
        return False
    gone = sum(int(match[0]) < now - STALE for match in _ANY_YEAR.finditer(text))
    return gone >= CHRONICLE and gone > 3 * len(_POINTS_TO_NOW.findall(text))
