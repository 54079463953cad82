"""The forms that times have in English, as tables: a pattern, what it means, and an example that a test runs.

Patterns are matched to a whole phrase in small letters without punctuation and clock times; how it is made
so is told in `kg.time.expressions`. Examples are read on Wednesday 7 May 2025 in a text that named 30 April
2025 before.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kg.english.time_words import (
    EASTER_DAYS,
    FIXED_DAYS,
    LONG_UNITS,
    MONTHS,
    NTH,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHORT_UNITS,
    TENS,
    WEEKDAYS,
)
from kg.time import units
from kg.time.units import Tense, around, away, part_of, stretch_end

Match = re.Match[str]


class At(NamedTuple):
    """What a phrase is read against: the day of publication, the clause's tense, the day named before."""

    day: date
    tense: Tense | None
    anchor: date


class Form(NamedTuple):
    """A pattern, what its match means, and an example: phrase and value."""

    pattern: str
    read: Callable[[Match, At], str | None]
    example: str
    value: str


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


# ── The parts of the forms ───────────────────────────────────────────────────────────────────────

RELATIVE_DAYS = {
    "today": 0,
    "this day": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}
STEP = {"last": -1, "previous": -1, "this": 0, "current": 0, "present": 0, "next": 1, "coming": 1}
ALL_NUMBERS = {**NUMBERS, **TENS, "hundred": 100}
_ONES = [word for word, n in NUMBERS.items() if n < 10 and word not in ("a", "an", "couple")]

M = rf"(?P<m>{any_of(MONTHS)})"
D = r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?"
Y = r"(?P<y>1\d{3}|20\d\d)"
OF_Y = rf"(?: of)?(?: the year)? {Y}"
WD = rf"(?P<wd>{any_of(WEEKDAYS)})"
W = rf"(?:(?P<w>{any_of(WEEKDAYS)}) )?"
NTH_WORD = rf"(?P<nth>{any_of(NTH)})"
N = (
    rf"(?:a )?(?P<n>\d{{1,4}}|(?:{any_of(TENS)}) (?:{any_of(_ONES)})|{any_of(ALL_NUMBERS)})(?: of)?"
    r"(?P<half> and a half)?"
)
U = rf"(?P<u>{any_of((*LONG_UNITS, *SHORT_UNITS, 'centurie'))})s?"
WEEK_OR_LONGER = r"(?P<u>week|weekend|month|quarter|year|decade|century)"
ORDINAL = rf"(?P<o>{any_of(ORDINALS)})"
HALF_OR_QUARTER = rf"{ORDINAL} (?P<part>quarter|half)"
SEASON = rf"(?P<season>{any_of(SEASONS)})"
FIXED = rf"(?P<name>{any_of(FIXED_DAYS)})"
EASTER = rf"(?P<feast>{any_of(EASTER_DAYS)})"
WHICH = r"(?:(?P<which>this past|this coming|last|past|previous|this|coming|upcoming|next) )?"
STEPS = rf"(?P<step>{any_of(STEP)})"
OF_YEAR = r"(?:(?: of)? (?P<step>last|this|next) year)?"
CENTURY = rf"(?:(?P<c>\d{{1,2}})(?:st|nd|rd|th)|{NTH_WORD}) century"


def count(match: Match) -> int:
    """The number that a phrase names, 1 where it names none: "45", "forty five", "a dozen"."""
    words = (match["n"] or "one").split()
    return sum(ALL_NUMBERS.get(word) or int(word) for word in words)


def steps(match: Match, day: date, way: int) -> str | None:
    """So many units away from a day; "two and a half years" are thirty months, some hours the same day."""
    unit = "century" if match["u"] == "centurie" else match["u"]
    n = count(match)
    if unit in SHORT_UNITS:
        return day.isoformat() if n < 12 or unit != "hour" else None
    if match.groupdict().get("half"):
        return around(day, way * (12 * n + 6), "month") if unit == "year" else None
    return away(day, way * n, unit)


def numbered(match: Match, number: str) -> int:
    """A number in figures or as an ordinal in words: the 20th, the twentieth."""
    return int(match[number]) if match[number] else NTH[match["nth"]]


def month_of(match: Match) -> str:
    """A month of a year that the phrase names."""
    return f"{match['y']}-{MONTHS[match['m']]:02}"


# ── What says its date itself ────────────────────────────────────────────────────────────────────


def _full_date(match: Match, at: At) -> str:
    return f"{month_of(match)}-{int(match['d']):02}"


def _numeric(match: Match, at: At) -> str | None:
    """13/05/2025 and 5/13/2025 can be read in one way only; 04/05/2025 can't."""
    a, b = int(match[1]), int(match[2])
    if a <= 12 and b <= 12 and a != b:
        return None
    return f"{match[3]}-{min(a, b):02}-{max(a, b):02}"


def _decade(match: Match, at: At) -> str:
    """The 1990s are ten years; before 1900, "the 1800s" are a hundred."""
    first = int(match["decade"])
    years = 100 if first % 100 == 0 and first < 1900 else 10
    return f"{first:04}/{first + years - 1:04}"


def _half_century(match: Match, at: At) -> str:
    first = 100 * numbered(match, "c") - 99 + 50 * (ORDINALS[match["o"]] - 1)
    return f"{first:04}/{first + 49:04}"


def _part_of_that_year(match: Match, at: At) -> str | None:
    return part_of(int(match["y"]), f"{ORDINALS[match['o']]} {match['part']}")


def _feast(year: int, name: str) -> str:
    return (units.easter(year) + timedelta(EASTER_DAYS[name])).isoformat()


SAID: tuple[Form, ...] = (
    Form(rf"{W}{M} {D} {Y}", _full_date, "Monday, April 28th, 2025", "2025-04-28"),
    Form(rf"{W}{D}(?: of)? {M} {Y}", _full_date, "the 28th of Apr., 2025", "2025-04-28"),
    Form(
        rf"{NTH_WORD} of {M} {Y}",
        lambda m, at: f"{month_of(m)}-{NTH[m['nth']]:02}",
        "the first of June 1976",
        "1976-06-01",
    ),
    Form(rf"{Y} {M} (?P<d>\d\d?)", _full_date, "2025 April 30", "2025-04-30"),
    Form(rf"{M}(?: of| in)? {Y}", lambda m, at: month_of(m), "in April of 2025", "2025-04"),
    Form(rf"(?:one )?{WD} in {M} {Y}", lambda m, at: month_of(m), "one Friday in May 2017", "2017-05"),
    Form(Y, lambda m, at: m["y"], "in 2015", "2015"),
    Form(r"(\d{4}-\d\d(?:-\d\d)?)(?:t\d\d:?\d\d\S*)?", lambda m, at: m[1], "2025-04-30T10:00Z", "2025-04-30"),
    Form(r"(\d{4})/(\d\d)/(\d\d)", lambda m, at: "-".join(m.groups()), "2025/04/30", "2025-04-30"),
    Form(r"(\d\d?)[/.](\d\d?)[/.]((?:1\d|20)\d\d)", _numeric, "24/02/2022", "2022-02-24"),
    Form(r"(?P<decade>(?:1\d|20)\d0)s", _decade, "in the 1990s", "1990/1999"),
    Form(r"'?([2-9]0)s", lambda m, at: f"19{m[1]}/19{m[1][0]}9", "the '80s", "1980/1989"),
    Form(CENTURY, lambda m, at: units.century(numbered(m, "c")), "in the nineteenth century", "1801/1900"),
    Form(
        rf"{ORDINAL} half of (?:the )?{CENTURY}",
        _half_century,
        "the first half of the 20th century",
        "1901/1950",
    ),
    Form(rf"{HALF_OR_QUARTER}{OF_Y}", _part_of_that_year, "the third quarter of 2024", "2024-07/2024-09"),
    Form(
        rf"q([1-4]){OF_Y}",
        lambda m, at: part_of(int(m["y"]), f"{m[1]} quarter"),
        "Q3 2024",
        "2024-07/2024-09",
    ),
    Form(
        rf"{SEASON}{OF_Y}",
        lambda m, at: part_of(int(m["y"]), m["season"]),
        "in spring 2024",
        "2024-03/2024-05",
    ),
    Form(
        rf"{FIXED} {Y}",
        lambda m, at: "{}-{:02}-{:02}".format(m["y"], *FIXED_DAYS[m["name"]]),
        "Christmas Day 2024",
        "2024-12-25",
    ),
    Form(rf"{EASTER} {Y}", lambda m, at: _feast(int(m["y"]), m["feast"]), "Easter Monday 1916", "1916-04-24"),
    Form(r"(?:year|ad) (\d{1,4})", lambda m, at: m[1].zfill(4), "in the year 71", "0071"),
    Form(r"(\d{1,4}) ad", lambda m, at: m[1].zfill(4), "347 AD", "0347"),
    Form(r"9/11", lambda m, at: "2001-09-11", "9/11", "2001-09-11"),
)


# ── What needs the day of publication ────────────────────────────────────────────────────────────


def _month_day(match: Match, at: At) -> str | None:
    return _yearly(f"-{MONTHS[match['m']]:02}-{int(match['d']):02}", match, at)


def _nth_of_month(match: Match, at: At) -> str | None:
    return _yearly(f"-{MONTHS[match['m']]:02}-{NTH[match['nth']]:02}", match, at)


def _fixed_day(match: Match, at: At) -> str | None:
    return _yearly("-{:02}-{:02}".format(*FIXED_DAYS[match["name"]]), match, at)


def _month(match: Match, at: At) -> str | None:
    return _yearly(f"-{MONTHS[match['m']]:02}", match, at)


def _yearly(rest: str, match: Match, at: At) -> str | None:
    if match["step"]:
        return f"{at.day.year + STEP[match['step']]:04}{rest}"
    if named := match.groupdict().get("w"):
        return units.yearly_on(rest, WEEKDAYS[named], at.day)
    return units.yearly(rest, at.day, at.tense, match["which"])


def _movable_feast(match: Match, at: At) -> str | None:
    days = [_feast(at.day.year + n, match["feast"]) for n in (-1, 0, 1)]
    return units.pick(days, at.day, at.tense, match["which"])


def _weekday(match: Match, at: At) -> str | None:
    return units.weekday(at.day, WEEKDAYS[match["wd"]], at.tense, match["which"])


def _weekday_of_week(match: Match, at: At) -> str:
    monday = at.day - timedelta(at.day.weekday() - 7 * STEP[match["step"]])
    return (monday + timedelta(WEEKDAYS[match["wd"]])).isoformat()


def _month_of_weekday(match: Match, at: At) -> str | None:
    return units.yearly(f"-{MONTHS[match['m']]:02}", at.day, at.tense)


def _weekend(match: Match, at: At) -> str | None:
    """The last one, or the one that is on; with tense future, the next one."""
    return around(at.day, 0 if at.tense == "future" or at.day.weekday() > 4 else -1, "weekend")


def _this_weekend(match: Match, at: At) -> str | None:
    """On a Monday, "has been a member since this weekend" means the one that is over."""
    over = at.tense == "past" and at.day.weekday() < 3
    return around(at.day, -1 if over else 0, "weekend")


def _part_of_year(match: Match, at: At) -> str | None:
    part = f"{ORDINALS[match['o']]} {match['part']}"
    if match["step"] or match["year"]:
        return part_of(at.day.year + STEP.get(match["step"] or "", 0), part)
    return _nearest_part(part, at)


def _season(match: Match, at: At) -> str | None:
    if match["step"]:
        return part_of(at.day.year + STEP[match["step"]], match["season"])
    return _nearest_part(match["season"], at, match["which"])


def _nearest_part(part: str, at: At, which: str | None = None) -> str | None:
    """The part of a year that is meant; "this winter" is that of last year up to June."""
    values = [part_of(at.day.year + n, part) or "" for n in (-2, -1, 0, 1)]
    if which == "this" and (part != "winter" or at.day.month > 6):
        return values[2] or None
    return units.pick(filter(None, values), at.day, at.tense, None if which == "this" else which)


def _past_stretch(match: Match, at: At) -> str | None:
    start = stretch_end(at.day, -count(match), match["u"])
    return start and f"{start.partition('/')[0]}/{at.day}"


def _coming_stretch(match: Match, at: At) -> str | None:
    end = stretch_end(at.day, count(match), match["u"])
    return end and f"{at.day}/{end.rpartition('/')[2]}"


def _day_of_month(match: Match, at: At) -> str:
    number = int(match["d"]) if match.groupdict().get("d") else NTH[match["nth"]]
    return f"{around(at.day, STEP[match['step'] or 'this'], 'month')}-{number:02}"


def _weekday_before_last(match: Match, at: At) -> str | None:
    last = units.weekday(at.day, WEEKDAYS[match["wd"]], "past")
    return (date.fromisoformat(last) - timedelta(7)).isoformat() if last else None


def _years_ago_today(match: Match, at: At) -> str:
    return f"{at.day.year - count(match):04}{at.day.isoformat()[4:]}"


def _nth(match: Match, at: At) -> str | None:
    return units.of_month(at.day, numbered(match, "d"), at.tense)


TOLD: tuple[Form, ...] = (
    Form(rf"{WHICH}{WD}", _weekday, "on Tuesday", "2025-05-06"),
    Form(rf"{W}{WHICH}{M} {D}{OF_YEAR}", _month_day, "April 30", "2025-04-30"),
    Form(rf"{W}{WHICH}{D}(?: of)? {M}{OF_YEAR}", _month_day, "Monday, 28 April", "2025-04-28"),
    Form(rf"{W}{WHICH}{NTH_WORD} of {M}{OF_YEAR}", _nth_of_month, "the first of May", "2025-05-01"),
    Form(rf"{W}{WHICH}{M} {NTH_WORD}{OF_YEAR}", _nth_of_month, "April thirtieth", "2025-04-30"),
    Form(
        any_of(RELATIVE_DAYS),
        lambda m, at: around(at.day, RELATIVE_DAYS[m[0]], "day"),
        "the day before yesterday",
        "2025-05-05",
    ),
    Form(rf"{WHICH}{M}{OF_YEAR}", _month, "in March", "2025-03"),
    Form(rf"(?:one )?{WD} in {M}", _month_of_weekday, "one Friday in March", "2025-03"),
    Form(r"this weekend", _this_weekend, "this weekend", "2025-05-10/2025-05-11"),
    Form(
        rf"{STEPS} {WEEK_OR_LONGER}",
        lambda m, at: around(at.day, STEP[m["step"]], m["u"]),
        "last month",
        "2025-04",
    ),
    Form(
        rf"(?:an hour|{N} (?:minute|second)s?) ago",
        lambda m, at: at.day.isoformat(),
        "ten minutes ago",
        "2025-05-07",
    ),
    Form(
        rf"{N} {U}(?<!hour)(?<!hours) (?:ago|back)",
        lambda m, at: steps(m, at.day, -1),
        "three years ago",
        "2022",
    ),
    Form(rf"{N} years? ago (?:today|this day)", _years_ago_today, "ten years ago today", "2015-05-07"),
    Form(
        rf"{N} years? ago (?:this|next|last) (?:week|month|year)",
        lambda m, at: None,
        "a year ago this week",
        "",
    ),
    Form(rf"(?:past|last|previous) {N} {U}", _past_stretch, "the past two weeks", "2025-04-23/2025-05-07"),
    Form(
        r"past(?P<n>) (?P<u>day|week|fortnight|month|year|decade)",
        _past_stretch,
        "the past year",
        "2024-05/2025-05-07",
    ),
    Form(rf"(?:next|coming) {N} {U}", _coming_stretch, "the next three months", "2025-05-07/2025-08"),
    Form(r"weekend", _weekend, "over the weekend", "2025-05-03/2025-05-04"),
    Form(
        r"overnight",
        lambda m, at: f"{at.day - timedelta(1)}/{at.day}",
        "overnight",
        "2025-05-06/2025-05-07",
    ),
    Form(rf"{WD}(?: of)? {STEPS} week", _weekday_of_week, "Monday last week", "2025-04-28"),
    Form(rf"{STEPS} week(?: on)? {WD}", _weekday_of_week, "last week on Friday", "2025-05-02"),
    Form(
        rf"{HALF_OR_QUARTER}(?: of (?:{STEPS} year|(?P<year>the year)))?",
        _part_of_year,
        "the first half of the year",
        "2025-01/2025-06",
    ),
    Form(
        rf"(?P<d>\d\d?)(?:st|nd|rd|th)|(?P<nth>{any_of(w for w, n in NTH.items() if n > 3)})",
        _nth,
        "on the 5th",
        "2025-05-05",
    ),
    Form(rf"{D} of (?:{STEPS}|the) month", _day_of_month, "on the 15th of this month", "2025-05-15"),
    Form(
        rf"(?:the )?{NTH_WORD} of (?:{STEPS}|the) month",
        _day_of_month,
        "the fourth of last month",
        "2025-04-04",
    ),
    Form(rf"(?:the )?{WD} before last", _weekday_before_last, "the Thursday before last", "2025-04-24"),
    Form(rf"{WHICH}{FIXED}{OF_YEAR}", _fixed_day, "on New Year’s Eve", "2024-12-31"),
    Form(rf"{WHICH}{EASTER}", _movable_feast, "on Easter Sunday", "2025-04-20"),
    Form(rf"{WHICH}{SEASON}{OF_YEAR}", _season, "last summer", "2024-06/2024-08"),
)


# ── What counts from a time that the text named before ───────────────────────────────────────────


def _weekday_from(match: Match, at: At) -> str:
    """The Friday before a day, or the following one; never that day itself."""
    number = WEEKDAYS[match["wd"]]
    ahead = match["way"] in ("following", "after", "next")
    days = (
        (number - at.anchor.weekday() - 1) % 7 + 1 if ahead else -((at.anchor.weekday() - number - 1) % 7 + 1)
    )
    return (at.anchor + timedelta(days)).isoformat()


def _month_from(match: Match, at: At) -> str:
    """The July before a month, or the following one; never that month itself."""
    month, ahead = MONTHS[match["m"]], match["way"] == "following"
    other_year = month <= at.anchor.month if ahead else month >= at.anchor.month
    return f"{at.anchor.year + (1 if ahead else -1) * other_year:04}-{month:02}"


def _that_month(match: Match, at: At) -> str | None:
    """ "That August": the one that the day before was in, or the next."""
    return units.yearly(f"-{MONTHS[match['m']]:02}", at.anchor, "future")


def _month_of_that_year(match: Match, at: At) -> str:
    year = at.anchor.year + (match["which"] in ("following", "next"))
    return f"{year:04}-{MONTHS[match['m']]:02}"


def _day_of_that_month(match: Match, at: At) -> str:
    return f"{at.anchor.isoformat()[:7]}-{numbered(match, 'd'):02}"


_DAY = r"(?P<u>day|night)"

COUNTED: tuple[Form, ...] = (
    Form(
        r"within (?:(?:a few|the|an) )?(?:hour|minute|moment)s?|(?:(?:a few|some|several|a couple of) )?"
        r"(?:hour|minute|moment|second)s (?:later|earlier|before|after|afterwards?)",
        lambda m, at: at.anchor.isoformat(),
        "hours earlier",
        "2025-04-30",
    ),
    Form(
        rf"{N} {U} (?:later|afterwards?|after(?: that)?|on)",
        lambda m, at: steps(m, at.anchor, 1),
        "two days later",
        "2025-05-02",
    ),
    Form(
        rf"{N} {U} (?:earlier|before(?: that)?|previously)",
        lambda m, at: steps(m, at.anchor, -1),
        "a year earlier",
        "2024",
    ),
    Form(
        rf"(?:next|following) {_DAY}", lambda m, at: around(at.anchor, 1, "day"), "the next day", "2025-05-01"
    ),
    Form(rf"following {U}", lambda m, at: around(at.anchor, 1, m["u"]), "the following year", "2026"),
    Form(
        rf"(?:previous|preceding) {U}",
        lambda m, at: around(at.anchor, -1, m["u"]),
        "the previous month",
        "2025-03",
    ),
    Form(rf"{U} after", lambda m, at: around(at.anchor, 1, m["u"]), "the year after", "2026"),
    Form(rf"{U} before", lambda m, at: around(at.anchor, -1, m["u"]), "the day before", "2025-04-29"),
    Form(
        rf"(?:that )?(?:very )?(?:same|that|very) {U}",
        lambda m, at: around(at.anchor, 0, m["u"]),
        "the same year",
        "2025",
    ),
    Form(rf"{WD} (?P<way>before|after)", _weekday_from, "the Friday before", "2025-04-25"),
    Form(rf"(?P<way>following|previous|preceding) {WD}", _weekday_from, "the following Friday", "2025-05-02"),
    Form(rf"(?P<way>following|previous|preceding) {M}", _month_from, "the following April", "2026-04"),
    Form(rf"(?:that|same) {M}", _that_month, "that August", "2025-08"),
    Form(
        rf"{M}(?: of)? (?:the )?(?P<which>that|same|following|next) year",
        _month_of_that_year,
        "in May of that year",
        "2025-05",
    ),
    Form(
        rf"{D} of (?:that|the same) month",
        lambda m, at: _day_of_that_month(m, at),
        "the 5th of that month",
        "2025-04-05",
    ),
)
