"""What a time phrase means for an article: a partial date or an interval, and what it was counted from."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.english.time_words import DAY_PARTS, MONTHS, NAMED_DAYS, NUMBERS, ORDINALS, SEASONS, UNITS, WEEKDAYS
from kg.errors import InputError
from kg.time.partial import Precision, bounds, precision

Tense = Literal["past", "present", "future"]
Basis = Literal["text", "publication"]


class Resolved(NamedTuple):
    """What a time phrase means: ISO value, its precision, and whether the publication date was needed."""

    value: str | None
    precision: Precision | None
    basis: Basis


UNRESOLVED = Resolved(None, None, "text")


def as_iso(text: str) -> str:
    """The ISO date that a written date means, day, month or year.

    >>> as_iso("Wed, 30 April 2025 10:00 GMT"), as_iso("April 2025"), as_iso("2025-04-30T10:00:00Z")
    ('2025-04-30', '2025-04', '2025-04-30')

    Raises InputError when there is no such date, or it can be read in two ways (04/05/2025).
    """
    stamp = re.fullmatch(r"(.*\d{4}|\d{4}-\d\d-\d\d)[T ,]+\d\d:\d\d\S*( \S{1,5})?", text.strip(), re.ASCII)
    found = resolve(stamp[1] if stamp else text.strip(), None)
    if found.value is None or found.precision == "interval":
        raise InputError(f"{text!r} is not a date: write YYYY-MM-DD, YYYY-MM or YYYY")
    return found.value


# ── Time phrases ─────────────────────────────────────────────────────────────────────────────────


class _At(NamedTuple):
    """What a phrase is read against: the day of publication, the clause's tense, an anchor day."""

    day: date | None
    tense: Tense | None = None
    anchor: date | None = None


_Match = re.Match[str]
_compiled = lru_cache(maxsize=None)(re.compile)  # when first needed: all of them cost 30 ms


def resolve(
    phrase: str, published: str | None, tense: Tense | None = None, anchor: str | None = None
) -> Resolved:
    """What a time phrase means in an article of that date (ISO; None where it isn't known).

    A day or month without a year is the nearest one not after publication; with `tense` future the
    nearest one not before it; with present the nearest one. "Two weeks later" counts from `anchor`.
    Durations ("for months") and vague times ("soon") have no value. An interval is inclusive.

    >>> resolve("on April 30", "2025-05-02")
    Resolved(value='2025-04-30', precision='day', basis='publication')
    >>> resolve("next Friday", "2025-05-02").value, resolve("in 2015", None).value
    ('2025-05-09', '2015')
    >>> resolve("since Monday", "2025-05-02").value, resolve("for months", "2025-05-02").value
    ('2025-04-28/..', None)
    """
    return _resolve(phrase, published, tense, anchor)


@lru_cache(maxsize=16384)
def _resolve(phrase: str, published: str | None, tense: Tense | None, anchor: str | None) -> Resolved:
    """Reads the phrase at both ends of a partial publication date or anchor; what they agree on holds."""
    text = _normal(phrase)
    if not text or len(text) > 120:  # what is longer than that is a clause
        return UNRESOLVED
    days = set(bounds(published)) if published else {None}
    anchors = set(bounds(anchor)) if anchor else {None}
    found = {_read(text, _At(day, tense, start)) for day in days for start in anchors}
    return found.pop() if len(found) == 1 else UNRESOLVED


def _read(text: str, at: _At) -> Resolved:
    """The whole phrase; else the part before a further clause ("on Tuesday | after talks")."""
    found = _read_whole(text, at)
    while found.value is None and (cut := _compiled(_FURTHER).fullmatch(text)):
        text = cut[1]
        found = _read_whole(text, at)
    return found


def _read_whole(text: str, at: _At) -> Resolved:
    for pattern, built in _BUILT:
        if match := _compiled(pattern).fullmatch(text):
            return built(match, at)
    return _read_simple(text, at)


def _read_simple(text: str, at: _At) -> Resolved:
    """A time that isn't built from two others."""
    bare = _plain(text)
    for pattern, said in _SAID:
        if match := _compiled(pattern).fullmatch(bare):
            return _resolved(said(match), "text")
    if at.day is not None:
        for pattern, told in _TOLD:
            if match := _compiled(pattern).fullmatch(bare):
                return _resolved(told(match, at, at.day), "publication")
    if at.anchor is not None:
        for pattern, counted in _COUNTED:
            if match := _compiled(pattern).fullmatch(bare):
                return _resolved(counted(match, at.anchor), "text")
    return _with_dateparser(bare, at.day)


def _resolved(value: str | None, basis: Basis) -> Resolved:
    """A value that is a real date, or nothing: "31 February" means no day."""
    try:
        return Resolved(value, precision(value), basis) if value else UNRESOLVED
    except InputError:
        return UNRESOLVED


@lru_cache(maxsize=4096)
def _is_date(value: str) -> bool:
    return _resolved(value, "text") != UNRESOLVED


# Making a phrase plain.

_NORMAL: Sequence[tuple[str, str]] = (
    (r"[‘’`]", "'"),
    (r"\b([ap])\.m\.?", r"\1m"),
    (r"(?<=[a-z])\.", ""),
    (r"'s(?! (?:day|eve|time)\b)", ""),
    (r"(?<=\w)\s*[–—]\s*(?=\w)", " to "),
    (r"(?<![-\d])(\d{1,2}|\d{4})-(\d{1,2}|\d{4})(?![-\d])(?<!\d{4}-0\d)(?<!\d{4}-1[0-2])", r"\1 to \2"),
    (r"(?<=\w)-(?=[a-z])|(?<=[a-z])-(?=\w)", " "),  # mid-March, two-week
    (r"[,;:.!?](?=\s|$)|[\"“”()\[\]]", " "),
    (r"\s+", " "),
)
_IS_NORMAL = r"[a-z0-9]+(?: [a-z0-9]+)*"  # most phrases are, and the rules take their time
_PARTS = f"(?:(?:early|late|mid|small) )?(?:{'|'.join(DAY_PARTS)}|(?<=early )hours|(?<=small )hours)s?"
_HAS_CLOCK = rf":|\d ?[ap]m\b|o'clock|gmt|utc|hours|{'|'.join(DAY_PARTS)}"
_CLOCK: Sequence[tuple[str, str]] = (
    (r"\bthis (?:morning|afternoon|evening)\b|\btonight\b", "today"),
    (r"\blast (?:night|evening)\b", "yesterday"),
    (rf"\b(?:(?:in|at|on|by|around) )?(?:the )?{_PARTS}(?: of)?\b", ""),
    (
        r"(?:\b(?:at|around|about|by) )?"
        r"\b(?:\d{1,2}(?::\d\d)?(?: ?[ap]m\b| o'clock\b)|\d{1,2}:\d\d|\d{4}(?= gmt| utc))"
        r"(?: (?:local time|gmt|utc|est|edt|[a-z]+ time))?\b",
        "",
    ),
    (r"\s+", " "),
)
_PLAIN: Sequence[tuple[str, str]] = (
    (
        r"\b(?:start|beginning|middle|end|rest|remainder|close|course|later|earlier|early|late)"
        r" (?:of|in|during) (?:the|this) (year|month|week)$",
        r"this \1",
    ),
    (
        r"^ ?(?:(?:on|in|at|during|of|the|early|late|mid|middle|later|earlier|around|about|nearly|almost"
        r"|roughly|approximately|exactly|only|just|as|recently|over|through|throughout|sometime|back|some"
        r"|start|beginning|end|rest|close|turn|year(?= \d{4}$))(?: |$))*",
        "",
    ),
    (r"(?: (?:on|at|in))? ?$", ""),
)
# Before one of these words a time may end and the rest of the clause begin.
_FURTHER = (
    r"(.{3,}) (?:after|before|when|while|as|where|which|that|who|in|at|for|with|during|following|amid"
    r"|to|by|from|and|but|because|over|ahead|despite|under)\b.*"
)


def _normal(phrase: str) -> str:
    """Small letters, plain apostrophes, "to" for a dash, no punctuation."""
    text = phrase.lower()
    return text if _compiled(_IS_NORMAL).fullmatch(text) else _substituted(_NORMAL, text).strip()


def _plain(text: str) -> str:
    """A phrase without clock times, parts of the day, and words that change nothing about the date."""
    if _compiled(_HAS_CLOCK).search(text):
        text = _substituted(_CLOCK, text)
    return _substituted(_PLAIN, text)


def _substituted(rules: Sequence[tuple[str, str]], text: str) -> str:
    for pattern, into in rules:
        text = _compiled(pattern).sub(into, text)
    return text


# The words of the forms.


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_M = rf"(?P<m>{_any(MONTHS)})"
_D = r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_Y = r"(?P<y>1\d{3}|20\d\d)"
_W = rf"(?:(?:{_any(WEEKDAYS)}) )?"
_WD = rf"(?P<wd>{_any(WEEKDAYS)})"
_N = rf"(?:a )?(?P<n>\d{{1,3}}|{_any(NUMBERS)})(?: of)?"
_U = rf"(?P<u>{_any(UNITS)})s?"
_ORDINAL = rf"(?P<o>{_any(ORDINALS)})"
_OF_Y = rf"(?: of)?(?: the year)? {_Y}"
_WHICH = r"(?:(?P<which>this past|this coming|last|past|previous|this|coming|upcoming|next) )?"
_OF_YEAR = r"(?:(?: of)? (?P<step>last|this|next) year)?"
_STEP = {"last": -1, "previous": -1, "this": 0, "current": 0, "present": 0, "next": 1, "coming": 1}
_STEPS = rf"(?P<step>{_any(_STEP)})"
_RELATIVE_DAYS = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}


# Forms that say their date themselves.


def _full_date(match: _Match) -> str:
    return f"{match['y']}-{MONTHS[match['m']]:02}-{int(match['d']):02}"


def _numeric(match: _Match) -> str | None:
    """13/05/2025 and 5/13/2025 can be read in one way only; 04/05/2025 can't."""
    a, b = int(match[1]), int(match[2])
    if a <= 12 and b <= 12 and a != b:
        return None
    return f"{match[3]}-{min(a, b):02}-{max(a, b):02}"


def _named_day_of(match: _Match) -> str:
    return "{}-{:02}-{:02}".format(match["y"], *NAMED_DAYS[match["name"]])


def _century(match: _Match) -> str:
    number = int(match[1])
    return f"{number - 1:02}01/{number:02}00"


def _part_of(year: int, part: str, number: int) -> str:
    """The months of a quarter or half of a year: `2025-07/2025-09`. A fifth quarter is no date."""
    months = 3 if part == "quarter" else 6
    return f"{year:04}-{months * (number - 1) + 1:02}/{year:04}-{months * number:02}"


_SAID: Sequence[tuple[str, Callable[[_Match], str | None]]] = (
    (rf"{_W}{_M} {_D} {_Y}", _full_date),
    (rf"{_W}{_D}(?: of)? {_M} {_Y}", _full_date),
    (rf"{_M}(?: of)? {_Y}", lambda m: f"{m['y']}-{MONTHS[m['m']]:02}"),
    (_Y, lambda m: m["y"]),
    (r"\d{4}-\d\d(?:-\d\d)?", lambda m: m[0]),
    (r"(\d{1,2})[/.](\d{1,2})[/.]((?:1\d|20)\d\d)", _numeric),
    (r"((?:1\d|20)\d)0s", lambda m: f"{m[1]}0/{m[1]}9"),
    (r"(\d{1,2})(?:st|nd|rd|th) century", _century),
    (rf"{_ORDINAL} (quarter|half){_OF_Y}", lambda m: _part_of(int(m["y"]), m[2], ORDINALS[m["o"]])),
    (rf"q([1-4]){_OF_Y}", lambda m: _part_of(int(m["y"]), "quarter", int(m[1]))),
    (rf"(?:{'|'.join(SEASONS)}){_OF_Y}", lambda m: m["y"]),  # its months depend on where one is
    (rf"(?P<name>{_any(NAMED_DAYS)}) {_Y}", _named_day_of),
    (r"9/11", lambda m: "2001-09-11"),
)


# Forms that need the day of publication.


def _nearest(values: Iterable[str], at: _At, day: date, which: str | None) -> str | None:
    """Of values in order, the one that "last" or "next" picks, else the clause's tense."""
    spans = [(*bounds(value), value) for value in values]
    if which in ("last", "previous", "past", "this past"):
        return next((value for _, last, value in reversed(spans) if last < day), None)
    if which in ("next", "coming", "upcoming", "this coming"):
        return next((value for first, _, value in spans if first > day), None)
    forward = at.tense == "future" or (which == "this" and at.tense != "past")
    return _by_tense(spans, day, at.tense, forward)


def _by_tense(spans: list[tuple[date, date, str]], day: date, tense: str | None, forward: bool) -> str | None:
    """Of values in order, the last that has begun or the first that has not ended, as the tense has it."""
    past = next(((first, value) for first, _, value in reversed(spans) if first <= day), None)
    future = next(((first, value) for first, last, value in spans if last >= day), None)
    if tense == "present" and past and future:
        return min(past, future, key=lambda found: abs(found[0] - day))[1]
    chosen = future if forward else past
    return chosen and chosen[1]


def _weekday(match: _Match, at: _At, day: date) -> str | None:
    days = [day + timedelta(n) for n in range(-7, 8)]
    fitting = [d.isoformat() for d in days if d.weekday() == WEEKDAYS[match["wd"]]]
    return _nearest(fitting, at, day, match["which"])


def _weekday_of_week(match: _Match, at: _At, day: date) -> str:
    monday = day - timedelta(day.weekday() - 7 * _STEP[match["step"]])
    return (monday + timedelta(WEEKDAYS[match["wd"]])).isoformat()


def _month_day(match: _Match, at: _At, day: date) -> str | None:
    return _yearly(f"-{MONTHS[match['m']]:02}-{int(match['d']):02}", match, at, day)


def _named_day(match: _Match, at: _At, day: date) -> str | None:
    return _yearly("-{:02}-{:02}".format(*NAMED_DAYS[match["name"]]), match, at, day)


def _month(match: _Match, at: _At, day: date) -> str | None:
    return _yearly(f"-{MONTHS[match['m']]:02}", match, at, day)


def _yearly(rest: str, match: _Match, at: _At, day: date) -> str | None:
    """A day or month that comes every year (29 February, less often), in the year that is meant."""
    if match["step"]:
        return f"{day.year + _STEP[match['step']]:04}{rest}"
    reach = 8 if rest == "-02-29" else 1
    values = (f"{year:04}{rest}" for year in range(day.year - reach, day.year + reach + 1))
    return _nearest(filter(_is_date, values), at, day, match["which"])


def _part_of_year(match: _Match, at: _At, day: date) -> str | None:
    number, part = ORDINALS[match["o"]], match["part"]
    if match["step"] or match["year"]:
        return _part_of(day.year + _STEP.get(match["step"] or "", 0), part, number)
    values = (_part_of(day.year + n, part, number) for n in (-1, 0, 1))
    return _nearest(filter(_is_date, values), at, day, None)


def _unit(day: date, n: int, unit: str) -> str | None:
    """The day, week (Monday to Sunday), month … that is `n` of them after the one `day` is in."""
    try:
        if unit == "day":
            return (day + timedelta(n)).isoformat()
        if unit in ("week", "weekend", "fortnight"):
            monday = day - timedelta(day.weekday() - 7 * n * (2 if unit == "fortnight" else 1))
            return f"{monday + timedelta(5 if unit == 'weekend' else 0)}/{monday + timedelta(6)}"
        if unit in ("month", "quarter"):
            year, month = divmod(12 * day.year + day.month - 1 + n * (3 if unit == "quarter" else 1), 12)
            return f"{year:04}-{month + 1:02}" if unit == "month" else _part_of(year, unit, month // 3 + 1)
        if unit == "year":
            return f"{day.year + n:04}"
        decade = (day.year // 10 + n) * 10
        return f"{decade:04}/{decade + 9:04}"
    except OverflowError:  # before the year 1
        return None


_FINER = {"week": (7, "day"), "fortnight": (14, "day"), "year": (12, "month"), "decade": (10, "year")}


def _shift(day: date, n: int, unit: str) -> str | None:
    """The time `n` units away in the next finer unit, for the end of a stretch."""
    times, finer = _FINER.get(unit, (1, unit))
    return _unit(day, n * times, finer)


def _count(match: _Match) -> int:
    n = match["n"] or "one"
    return NUMBERS.get(n) or int(n)


def _past_stretch(match: _Match, at: _At, day: date) -> str | None:
    start = _shift(day, -_count(match), match["u"])
    return start and f"{start.partition('/')[0]}/{day}"


def _coming_stretch(match: _Match, at: _At, day: date) -> str | None:
    end = _shift(day, _count(match), match["u"])
    return end and f"{day}/{end.rpartition('/')[2]}"


def _weekend(match: _Match, at: _At, day: date) -> str | None:
    """The last one, or the one that is on; with tense future, the next one."""
    return _unit(day, 0 if at.tense == "future" or day.weekday() > 4 else -1, "weekend")


def _day_of_month(match: _Match, at: _At, day: date) -> str | None:
    return f"{_unit(day, _STEP[match['step']], 'month')}-{int(match['d']):02}"


_TOLD: Sequence[tuple[str, Callable[[_Match, _At, date], str | None]]] = (
    (rf"{_WHICH}{_WD}", _weekday),
    (rf"{_W}{_WHICH}{_M} {_D}{_OF_YEAR}", _month_day),
    (rf"{_W}{_WHICH}{_D}(?: of)? {_M}{_OF_YEAR}", _month_day),
    (_any(_RELATIVE_DAYS), lambda m, at, day: _unit(day, _RELATIVE_DAYS[m[0]], "day")),
    (rf"{_WHICH}{_M}{_OF_YEAR}", _month),
    (
        rf"{_STEPS} (?P<u>week|weekend|month|quarter|year|decade)",
        lambda m, at, d: _unit(d, _STEP[m[1]], m[2]),
    ),
    (rf"{_N} {_U} ago", lambda m, at, day: _unit(day, -_count(m), m["u"])),
    (rf"(?:past|last|previous) {_N} {_U}", _past_stretch),
    (r"past(?P<n>) (?P<u>day|week|fortnight|month|year|decade)", _past_stretch),
    (rf"(?:next|coming) {_N} {_U}", _coming_stretch),
    (r"weekend", _weekend),
    (r"overnight", lambda m, at, day: f"{day - timedelta(1)}/{day}"),
    (rf"{_WD}(?: of)? {_STEPS} week", _weekday_of_week),
    (rf"{_STEPS} week(?: on)? {_WD}", _weekday_of_week),
    (rf"{_ORDINAL} (?P<part>quarter|half)(?: of (?:{_STEPS} year|(?P<year>the year)))?", _part_of_year),
    (rf"{_D} of {_STEPS} month", _day_of_month),
    (rf"{_WHICH}(?P<name>{_any(NAMED_DAYS)}){_OF_YEAR}", _named_day),
    (rf"this (?:{'|'.join(SEASONS)})", lambda m, at, day: str(day.year)),
)


# Forms that count from a day that the text named before.

_COUNTED: Sequence[tuple[str, Callable[[_Match, date], str | None]]] = (
    (rf"{_N} {_U} (?:later|afterwards?|after(?: that)?|on)", lambda m, day: _unit(day, _count(m), m["u"])),
    (rf"{_N} {_U} (?:earlier|before(?: that)?|previously)", lambda m, day: _unit(day, -_count(m), m["u"])),
    (rf"(?:next|following) {_U}", lambda m, day: _unit(day, 1, m["u"])),
    (rf"previous {_U}", lambda m, day: _unit(day, -1, m["u"])),
    (rf"{_U} after", lambda m, day: _unit(day, 1, m["u"])),
    (rf"{_U} before", lambda m, day: _unit(day, -1, m["u"])),
    (rf"(?:that )?(?:same|that|very) {_U}", lambda m, day: _unit(day, 0, m["u"])),
)


# Forms built from other times.

_OPEN = Resolved("..", None, "text")
_DEICTIC = r".*\b(?:today|yesterday|tomorrow|last|this|next|ago|\d{4})\b.*"  # not told by the other end


def _joined(start: Resolved, end: Resolved) -> Resolved:
    """The interval from one time to another, or nothing when one of them isn't known."""
    if start.value is None or end.value is None:
        return UNRESOLVED
    basis: Basis = "text" if start.basis == end.basis == "text" else "publication"
    return _resolved(f"{start.value.partition('/')[0]}/{end.value.rpartition('/')[2]}", basis)


def _between(match: _Match, at: _At) -> Resolved:
    """Both ends: what one leaves unsaid, the other says ("2 to 5 May", "May 2 to 5, 2025")."""
    one, other = match[1], match[2]
    if (day := re.fullmatch(rf"{_D}( {_Y})?", other)) and (month := re.search(rf"\b{_M}\b", one)):
        other = f"{month['m']} {day['d']}{day[2] or ''}"
    if (day := re.fullmatch(_D, one)) and (month := re.search(rf"\b{_M}\b", other)):
        one = f"{month['m']} {day['d']}"
    end = _read_simple(other, at)
    if end.value is None or re.fullmatch(_DEICTIC, one):
        return _joined(_read_simple(one, at), end)
    start = _read_simple(one, _At(bounds(end.value)[1], "past"))  # the last such time not after the end
    return _joined(start._replace(basis="text"), end)


def _in_units(match: _Match, at: _At) -> Resolved:
    """ "In two weeks" is a time only of what is to come; else it is how long something took."""
    if at.day is None or at.tense != "future":
        return UNRESOLVED
    return _resolved(_unit(at.day, _count(match), match["u"]), "publication")


def _counted_from(match: _Match, at: _At) -> Resolved:
    """ "Two days after April 30"."""
    start = _read(match["x"], at)
    if start.precision != "day" or start.value is None:
        return UNRESOLVED
    n = _count(match) * (-1 if match["way"] == "before" else 1)
    return _resolved(_unit(date.fromisoformat(start.value), n, match["u"]), start.basis)


def _week_of(match: _Match, at: _At) -> Resolved:
    day = _read_simple(match[1], at)
    if day.precision != "day" or day.value is None:
        return UNRESOLVED
    return _resolved(_unit(date.fromisoformat(day.value), 0, "week"), day.basis)


def _onwards(match: _Match, at: _At) -> Resolved:
    return _joined(_read(match[1], at), _OPEN)


def _since(match: _Match, at: _At) -> Resolved:
    return _onwards(match, at._replace(tense="past"))


def _until(match: _Match, at: _At) -> Resolved:
    return _joined(_OPEN, _read(match[1], at))


_BUILT: Sequence[tuple[str, Callable[[_Match, _At], Resolved]]] = (
    (r"(?:ever )?since (.+)", _since),
    (r"(?:until|till|up to|by|before|prior to|no later than) (.+)", _until),
    (r"after (.+)", _onwards),
    (r"(?:from |in )?(\d\d)(\d\d) to (\d\d)", lambda m, at: _resolved(f"{m[1]}{m[2]}/{m[1]}{m[3]}", "text")),
    (r"between (.{1,40}?) and (.+)", _between),
    (r"(?:from )?(.{1,40}?) (?:to|until|till|through) (.+)", _between),
    (r"from (.+?)(?: on(?:wards?)?)?", _onwards),
    (rf"(?:the )?{_N} {_U} (?P<way>after|before) (?P<x>.+)", _counted_from),
    (
        r"(?:the )?(?P<n>)(?P<u>day|week|month|year) (?P<way>after|before) (?!yesterday|tomorrow)(?P<x>.+)",
        _counted_from,
    ),
    (r"(?:in |during )?(?:the )?week (?:of|starting|beginning) (.+)", _week_of),
    (rf"(?:with)?in {_N} {_U}(?:'s?)?(?: time)?", _in_units),
    (rf"{_N} {_U} from now", lambda m, at: _in_units(m, at._replace(tense="future"))),
    (r"(?:for|every|each|all) .+", lambda m, at: UNRESOLVED),  # how long or how often, not when
)


# What is left: rare ways to write a date.


def _with_dateparser(text: str, day: date | None) -> Resolved:
    """dateparser's reading of a written date or "… ago"; milliseconds, so only where it has a chance.

    It is read against two days: what doesn't change needs no publication date.
    """
    if not re.search(r"\d", text) or not re.search(rf"\d{{4}}|\bago\b|\b{_M}\b", text) or "hour" in text:
        return UNRESOLVED
    here, elsewhere = (_parsed(text, d) for d in (day or date(2001, 1, 10), date(1975, 8, 23)))
    if here == elsewhere or day is not None:
        return _resolved(here, "text" if here == elsewhere else "publication")
    return UNRESOLVED


def _parsed(text: str, day: date) -> str | None:
    """The date that dateparser reads against a day, cut to the precision it found."""
    from dateparser.date import DateDataParser  # here: it takes 0.2 s to import

    settings = {
        "RELATIVE_BASE": datetime.combine(day, time()),
        "PREFER_DATES_FROM": "past",
        "PARSERS": ["relative-time", "absolute-time"],
        "TIMEZONE": "UTC",
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text)
    if found.date_obj is None:
        return None
    return _unit(found.date_obj.date(), 0, found.period if found.period in UNITS else "day")
