"""Days, weeks, months, seasons, years and longer, counted from a day, as ISO values."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from kg.errors import InputError
from kg.time.partial import bounds

Tense = Literal["past", "present", "future"]

# First month and length in months. Seasons are those of the northern half of the world.
PARTS_OF_YEAR = {
    **{f"{n} quarter": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{f"{n} half": (6 * n - 5, 6) for n in (1, 2)},
    "spring": (3, 3),
    "summer": (6, 3),
    "autumn": (9, 3),
    "fall": (9, 3),
    "winter": (12, 3),
}
# How many of a finer unit a unit has, for stretches that end today: "the past year" is twelve months.
FINER = {"week": (7, "day"), "fortnight": (14, "day"), "year": (12, "month"), "decade": (10, "year")}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
YEARS_IN = {"decade": 10, "century": 100}


def around(day: date, n: int, unit: str) -> str | None:
    """The calendar's day, week (Monday to Sunday), month … that is `n` of them after the one of `day`.

    >>> around(date(2025, 5, 7), -1, "week"), around(date(2025, 5, 7), 0, "decade")
    ('2025-04-28/2025-05-04', '2020/2029')
    """
    try:
        if unit in ("day", "night"):
            return (day + timedelta(n)).isoformat()
        if unit in ("week", "weekend", "fortnight"):
            return _week(day + timedelta(n * DAYS_IN.get(unit, 7)), unit)
        if unit in MONTHS_IN:
            return _months(day, n, unit)
        return _years(day.year + n * YEARS_IN[unit], unit)
    except (OverflowError, KeyError):  # before the year 1; an hour is no time of the calendar
        return None


def _week(day: date, unit: str) -> str:
    monday = day - timedelta(day.weekday())
    return f"{monday + timedelta(5 if unit == 'weekend' else 0)}/{monday + timedelta(6)}"


def _months(day: date, n: int, unit: str) -> str | None:
    year, month = divmod(12 * day.year + day.month - 1 + n * MONTHS_IN[unit], 12)
    if not 1 <= year <= 9999:
        return None
    if unit == "year":
        return f"{year:04}"
    return f"{year:04}-{month + 1:02}" if unit == "month" else part_of(year, f"{month // 3 + 1} quarter")


def _years(year: int, unit: str) -> str:
    if unit == "decade":
        return f"{year // 10 * 10:04}/{year // 10 * 10 + 9:04}"
    return century((year - 1) // 100 + 1)


def century(number: int) -> str:
    """
    >>> century(20)
    '1901/2000'
    """
    return f"{100 * number - 99:04}/{100 * number:04}"


def away(day: date, n: int, unit: str) -> str | None:
    """The time `n` units from a day: weeks are counted in days, decades in years.

    >>> away(date(2025, 5, 7), -2, "week"), away(date(2025, 5, 7), -2, "month")
    ('2025-04-23', '2025-03')
    """
    if unit in ("week", "fortnight"):
        return around(day, n * DAYS_IN[unit], "day")
    if unit == "decade" or (unit == "century" and abs(n) == 1):
        return around(day, n * YEARS_IN[unit], "year")
    return around(day, n, unit)


def stretch_end(day: date, n: int, unit: str) -> str | None:
    """The other end of a stretch of `n` units that begins or ends with a day, in the next finer unit.

    >>> stretch_end(date(2025, 5, 7), -1, "year")
    '2024-05'
    """
    times, finer = FINER.get(unit, (1, unit))
    return around(day, n * times, finer)


def part_of(year: int, part: str) -> str | None:
    """The months of a quarter, half or season of a year; None for a fifth quarter.

    >>> part_of(2025, "3 quarter"), part_of(1984, "winter")
    ('2025-07/2025-09', '1984-12/1985-02')
    """
    if part not in PARTS_OF_YEAR:
        return None
    month, length = PARTS_OF_YEAR[part]
    further, last = divmod(month + length - 2, 12)
    return f"{year:04}-{month:02}/{year + further:04}-{last + 1:02}"


def edge(value: str, part: str) -> str | None:
    """The start, middle or end of a month or year: a week of a month, a month of a year.

    >>> edge("2025-04", "end"), edge("2024", "start"), edge("2025-04", "middle")
    ('2025-04-24/2025-04-30', '2024-01-01/2024-01-31', '2025-04-11/2025-04-20')
    """
    first, last = bounds(value)
    days = (last - first).days
    if part == "middle":
        return f"{first + timedelta(days // 3 + 1)}/{first + timedelta(2 * days // 3)}"
    length = timedelta(6 if days < 40 else 30)
    return f"{first}/{first + length}" if part == "start" else f"{last - length}/{last}"


def side_of(value: str, side: str) -> str:
    """The early or late half of a decade, or quarter of a century; "mid": the years in its middle.

    >>> side_of("1990/1999", "early"), side_of("1801/1900", "late")
    ('1990/1994', '1876/1900')
    """
    first, last = bounds(value)
    years = last.year - first.year + 1
    part = years // 2 if years == 10 else years // 4
    if side in ("early", "earlier"):
        return f"{first.year:04}/{first.year + part - 1:04}"
    if side in ("late", "later"):
        return f"{last.year - part + 1:04}/{last.year:04}"
    return f"{first.year + 2 * years // 5:04}/{first.year + 3 * years // 5:04}"


def is_date(value: str) -> bool:
    """Whether a value is one of the calendar: 31 February isn't.

    >>> is_date("2024-02-29"), is_date("2025-02-29")
    (True, False)
    """
    try:
        return bool(bounds(value))
    except InputError:
        return False


BACKWARD = frozenset({"last", "previous", "past", "this past"})
FORWARD = frozenset({"next", "coming", "upcoming", "this coming"})


def pick(values: Iterable[str], day: date, tense: Tense | None, which: str | None = None) -> str | None:
    """Of values in order, the one that "last" or "next" picks, else the clause's tense.

    Without a tense it is the last that has begun by that day; with present the nearest; with future
    the first that has not ended.

    >>> pick(["2024-05-09", "2025-05-09"], date(2025, 5, 7), None)
    '2024-05-09'
    """
    spans = [(*bounds(value), value) for value in values]
    if which in BACKWARD:
        return _last_ended(spans, day)
    if which in FORWARD:
        return _first_unbegun(spans, day)
    past, future = _last_begun(spans, day), _first_unended(spans, day)
    if tense == "present" and past and future:
        return min(past, future, key=lambda value: abs(bounds(value)[0] - day))
    is_ahead = tense == "future" or (which == "this" and tense != "past")
    return future if is_ahead else past


_Spans = Sequence[tuple[date, date, str]]


def _last_ended(spans: _Spans, day: date) -> str | None:
    return next((value for _, last, value in reversed(spans) if last < day), None)


def _last_begun(spans: _Spans, day: date) -> str | None:
    return next((value for first, _, value in reversed(spans) if first <= day), None)


def _first_unbegun(spans: _Spans, day: date) -> str | None:
    return next((value for first, _, value in spans if first > day), None)


def _first_unended(spans: _Spans, day: date) -> str | None:
    return next((value for _, last, value in spans if last >= day), None)


def yearly(rest: str, day: date, tense: Tense | None, which: str | None = None) -> str | None:
    """A day or month that comes every year (29 February, less often), in the year that is meant.

    >>> yearly("-04-30", date(2025, 5, 7), None), yearly("-02-29", date(2025, 5, 7), "future")
    ('2025-04-30', '2028-02-29')
    """
    reach = 8 if rest == "-02-29" else 1
    values = (f"{year:04}{rest}" for year in range(day.year - reach, day.year + reach + 1))
    return pick(filter(is_date, values), day, tense, which)


def yearly_on(rest: str, number: int, day: date) -> str | None:
    """A day that comes every year, in the year when it was that day of the week; the nearest to a day.

    >>> yearly_on("-09-22", 6, date(2024, 9, 20))
    '2024-09-22'
    """
    years = sorted(range(day.year - 3, day.year + 4), key=lambda year: abs(year - day.year))
    values = filter(is_date, (f"{year:04}{rest}" for year in years))
    return next((value for value in values if date.fromisoformat(value).weekday() == number), None)


def weekday(day: date, number: int, tense: Tense | None, which: str | None = None) -> str | None:
    """A day of the week, 0 for Monday, within a week of a day.

    >>> weekday(date(2025, 5, 7), 4, "future"), weekday(date(2025, 5, 7), 4, None)
    ('2025-05-09', '2025-05-02')
    """
    days = (day + timedelta(n) for n in range(-7, 8))
    return pick((d.isoformat() for d in days if d.weekday() == number), day, tense, which)


def of_month(day: date, number: int, tense: Tense | None) -> str | None:
    """A day of the month, in the month that is meant: "on the 5th".

    >>> of_month(date(2025, 5, 7), 5, None), of_month(date(2025, 5, 7), 31, None)
    ('2025-05-05', None)
    """
    months = (around(day, n, "month") for n in (-1, 0, 1))
    return pick(filter(is_date, (f"{month}-{number:02}" for month in months)), day, tense)


def weekday_of_month(month: str, number: int, which: int) -> str | None:
    """The first, second … or (-1) last Monday, Tuesday … of a month.

    >>> weekday_of_month("2025-05", 4, -1), weekday_of_month("2025-05", 0, 1)
    ('2025-05-30', '2025-05-05')
    """
    first, last = bounds(month)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    fitting = [d for d in days if d.weekday() == number]
    at = which - 1 if which > 0 else which
    return fitting[at].isoformat() if at < len(fitting) else None


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm; Meeus 1991, chapter 8).

    >>> easter(2000), easter(2025)
    (datetime.date(2000, 4, 23), datetime.date(2025, 4, 20))
    """
    golden, (hundreds, rest) = year % 19, divmod(year, 100)
    epact = (19 * golden + hundreds - hundreds // 4 - (hundreds - (hundreds + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
