"""Partial dates with their precision, and intervals.

A value is text in ISO 8601: a day `2025-04-30`, a month `2025-04`, a year `2025`, or an interval of
them `2025-04-01/2025-05`, where `..` is an open or unknown end (ISO 8601-2): `2025-04-01/..`. What
is not said stays out: a year is never written as its 1 January.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal

from kg.errors import InputError

Precision = Literal["day", "month", "year", "interval"]


@lru_cache(maxsize=4096)
def bounds(value: str) -> tuple[date, date]:
    """The first and the last day that a value can mean; open ends reach to the years 1 and 9999.

    >>> [str(day) for day in bounds("2024-02")]
    ['2024-02-01', '2024-02-29']

    Raises InputError when it is no ISO date or interval.
    """
    start, slash, end = value.partition("/")
    first = date.min if start == ".." and slash else _part(start, value)[0]
    last = first if not slash else date.max if end == ".." else _part(end, value)[1]
    last = last if slash else _part(start, value)[1]
    if last < first:
        raise InputError(f"{value!r} ends before it begins")
    return first, last


def _part(text: str, whole: str) -> tuple[date, date]:
    """The first and last day of a year, month or day."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(g) if g else None for g in match.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise InputError(f"{whole!r} is not a date: write YYYY-MM-DD, YYYY-MM or YYYY") from error


def precision(value: str) -> Precision:
    """How much a value says.

    >>> precision("2025"), precision("2025-04"), precision("2025-04-30"), precision("2025/..")
    ('year', 'month', 'day', 'interval')
    """
    bounds(value)
    return "interval" if "/" in value else ("year", "month", "day")[value.count("-")]


def days_between(one: str, other: str) -> int:
    """How many days after the beginning of `one` the other begins, or ends where it has no beginning.

    >>> days_between("2025-05-07", "2025-05-09"), days_between("2025-05-07", "../2025-05-01")
    (2, -6)
    """
    begin, _, end = other.partition("/")
    return (bounds(end if begin == ".." else begin)[0] - bounds(one)[0]).days


def contains(outer: str, inner: str) -> bool:
    """Whether everything that `inner` can mean lies in `outer`.

    >>> contains("2025-04", "2025-04-30"), contains("2025-04-30", "2025-04")
    (True, False)
    """
    (first, last), (from_, to) = bounds(outer), bounds(inner)
    return first <= from_ and to <= last


def before(one: str, other: str) -> bool | None:
    """Whether `one` is wholly before `other`; None where their precision leaves it open.

    >>> before("2014", "2015-03"), before("2015", "2015-03"), before("2016", "2015")
    (True, None, False)
    """
    (first, last), (from_, to) = bounds(one), bounds(other)
    return True if last < from_ else False if first >= to else None


def within(value: str | None, start: str | None, end: str | None) -> bool | None:
    """Whether a date lies in a role held from `start` until before `end`; None is an open end.

    What the precision leaves open is None, and so is a date that isn't known.

    >>> within("2015-06", "2010-05-29", "2022-05-16"), within("2022", "2010-05-29", "2022-05-16")
    (True, None)
    >>> within("2023", "2010-05-29", "2022-05-16"), within(None, "2010", None)
    (False, None)
    """
    if value is None:
        return None
    first, last = bounds(value)
    started, starts = bounds(start) if start else (date.min, date.min)
    ends, ended = bounds(end) if end else (date.max, date.max)
    if last < started or (end and first >= ended):
        return False
    return True if starts <= first and (last < ends or not end) else None


def sort_key(value: str) -> tuple[date, date]:
    """A key that puts dates in order of their first day, the longer one first.

    >>> sorted(["2025-01-02", "2025-01", "2025", "2024-12-31"], key=sort_key)
    ['2024-12-31', '2025', '2025-01', '2025-01-02']
    """
    first, last = bounds(value)
    return first, date.fromordinal(date.max.toordinal() - last.toordinal() + 1)
