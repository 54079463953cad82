"""What a time phrase means for an article: a partial date or an interval, and what it was counted from.

A phrase is made plain (small letters, no clock times), then tried as a form that is built from other times
("between … and …"), and as one that isn't (`kg.time.forms`).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.english.time_words import MONTHS, NUMBERS, ORDINALS, PARTS_OF_DAY, UNITS, WEEKDAYS
from kg.errors import InputError
from kg.time import forms, units
from kg.time.forms import CENTURY, WD, At, D, Form, M, Match, N, U, Y, any_of
from kg.time.partial import Precision, bounds, precision
from kg.time.units import Tense

Basis = Literal["text", "publication"]


class Resolved(NamedTuple):
    """What a time phrase means: ISO value, its precision, and whether the publication date was needed."""

    value: str | None
    precision: Precision | None
    basis: Basis


UNRESOLVED = Resolved(None, None, "text")
LONGEST = 120  # characters; what is longer is a clause


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
    return _resolve(phrase, published, tense, anchor, True)


def resolve_exactly(
    phrase: str, published: str | None, tense: Tense | None = None, anchor: str | None = None
) -> Resolved:
    """As `resolve`, of a phrase that is a time and nothing else, in one of the forms that are known."""
    return _resolve(phrase, published, tense, anchor, False)


@lru_cache(maxsize=16384)
def _resolve(
    phrase: str, published: str | None, tense: Tense | None, anchor: str | None, loosely: bool
) -> Resolved:
    """Reads the phrase at both ends of a partial publication date or anchor; what they agree on holds."""
    if len(phrase) > LONGEST or not (text := _normal(phrase)):
        return UNRESOLVED
    days = set(bounds(published)) if published else {None}
    anchors = set(bounds(anchor)) if anchor else {None}
    found = {_Reader(day, tense, start, loosely).read(text) for day in days for start in anchors}
    return found.pop() if len(found) == 1 else UNRESOLVED


# ── Making a phrase plain ────────────────────────────────────────────────────────────────────────

_compiled = lru_cache(maxsize=None)(re.compile)  # when first needed: all of them cost 30 ms
_NORMAL: Sequence[tuple[str, str]] = (
    (r"[‘’`]", "'"),
    (r"\b([ap])\.m\.?", r"\1m"),
    (r"(?<=[a-z])\.", ""),
    (r"'s(?! (?:day|eve|time)\b)", ""),
    (r"(?<=\w)\s*[–—]\s*(?=\w)", " to "),
    (r"(?<=[a-z\d]) - (?=[a-z\d])", " to "),
    (rf"\b({any_of(MONTHS)})-({any_of(MONTHS)})\b", r"\1 to \2"),
    (r"(?<![-\d])(\d{1,2}|\d{4})-(\d{1,2}|\d{4})(?![-\d])(?<!\d{4}-0\d)(?<!\d{4}-1[0-2])", r"\1 to \2"),
    (r"(?<=\w)-(?=[a-z])|(?<=[a-z])-(?=\w)", " "),  # mid-March, two-week
    (r"[,;:.!?](?=\s|$)|[\"“”()\[\]]", " "),
    (r"\s+", " "),
)
_IS_NORMAL = r"[a-z0-9]+(?: [a-z0-9]+)*"  # most phrases are, and the rules take their time

_HOURS = [word for word, n in NUMBERS.items() if n < 13 and word not in ("a", "an", "couple")]
_HOUR = rf"(?:\d{{1,2}}|{any_of(_HOURS)})"
_PART = rf"(?:(?:early|late|mid|small|later) )?(?:{any_of(PARTS_OF_DAY)}|(?<=early )hours|(?<=small )hours)"
_MINUTES = rf"(?:half|(?:a )?quarter|(?:{any_of(forms.ALL_NUMBERS)}|\d\d?)(?: minutes?)?)"
_TIME = (
    rf"(?:\d{{1,2}}[:.]\d\d(?: ?[ap]m)?|\d{{1,2}} ?[ap]m|{_HOUR} o'clock|\d{{4}}(?= gmt| utc)"
    rf"|{_MINUTES} (?:past|to) (?:{_HOUR}|noon|midnight)"
    rf"|{_HOUR}(?= in the (?:morning|afternoon|evening)| (?:this|that|yesterday|tomorrow|today)\b)"
    rf"|(?<=at ){_HOUR}(?= on {any_of(WEEKDAYS)}))"
    r"(?: (?:local time|gmt|utc|est|edt|[a-z]+ time))?"
)
_NEAR = (
    r"(?:(?:shortly|just|soon|immediately|well|late|close|early) )?"
    r"(?:(?:before|after|by|at|around|about|towards?|in|on|to|near|during|of|only|over) )*(?:the )?"
)
_HAS_CLOCK = rf"[:.]|\d ?[ap]m\b|o'clock|gmt|utc|hours|past|quarter|at |{'|'.join(PARTS_OF_DAY)}"
_CLOCK: Sequence[tuple[str, str]] = (
    (r"\bthis (?:morning|afternoon|evening|lunchtime)\b|\btonight\b", "today"),
    (r"\blast (?:night|evening)\b", "yesterday"),
    (r"\bnight before last\b", "day before yesterday"),
    (rf"\b(?:that|the same|that same|the very same) (?:{_PART})", "the same day"),
    (rf"\b(?:next|following) (?:{_PART})", "next day"),
    (rf"\bprevious (?:{_PART})", "previous day"),
    (rf"(?:{_PART}) (before|after)(?= |$)(?! last)", r"day \1"),
    (rf"\b(?:{_NEAR})\b{_TIME}(?= |$)", ""),
    (rf"\b(?:{_NEAR})\b{_PART}(?: of| on(?= the \d))?(?= |$)", ""),
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
        r"|start|beginning|end|rest|close|turn|year(?= \d{4}$)|again|all(?= weekend)|no later than)(?: |$))*",
        "",
    ),
    (r"(?: (?:on|at|in|alone|itself))? ?$", ""),
)
_HAS_DATE = r"\d|century"  # what says its date itself
# Before one of these words a time may end and the rest of the clause begin.
_FURTHER = (
    r"(.{3,}) (?:after|before|when|while|as|where|which|that|who|in|at|for|with|during|following|amid"
    r"|to|by|from|and|but|because|over|ahead|despite|under)\b.*"
)


def _normal(phrase: str) -> str:
    """Small letters, plain apostrophes, "to" for a dash, no punctuation, no time of the day."""
    text = phrase.lower()
    if not _compiled(_IS_NORMAL).fullmatch(text):
        text = _substituted(_NORMAL, text).strip()
    if _compiled(_HAS_CLOCK).search(text):
        text = _substituted(_CLOCK, text).strip() or _SAME_DAY
    return text


_SAME_DAY = "same day"  # what a time of the day says: "at dawn"


def _substituted(rules: Sequence[tuple[str, str]], text: str) -> str:
    for pattern, into in rules:
        text = _compiled(pattern).sub(into, text)
    return text


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


class _Reader(NamedTuple):
    """Reads plain phrases against a day of publication, a tense and a day that the text named before.

    Loosely: a further clause may follow the time, and dateparser knows rare ways to write a date.
    """

    day: date | None
    tense: Tense | None
    anchor: date | None
    loosely: bool

    def read(self, text: str) -> Resolved:
        """The whole phrase; else the part before a further clause ("on Tuesday | after talks")."""
        found = self.whole(text)
        while self.loosely and found.value is None and (cut := _compiled(_FURTHER).fullmatch(text)):
            text = cut[1]
            found = self.whole(text)
        return found

    def whole(self, text: str) -> Resolved:
        for pattern, built in _BUILT:
            if match := _compiled(pattern).fullmatch(text):
                return built(match, self)
        return self.simple(text)

    def simple(self, text: str) -> Resolved:
        """A time that isn't built from two others."""
        bare = _substituted(_PLAIN, text)
        at = At(self.day or date.min, self.tense, self.anchor or date.min)
        tables: tuple[tuple[Sequence[Form], Basis, bool], ...] = (
            (forms.SAID, "text", _compiled(_HAS_DATE).search(bare) is not None),
            (forms.COUNTED, "text", self.anchor is not None),
            (forms.TOLD, "publication", self.day is not None),
        )
        for table, basis, is_known in tables:
            if is_known and (found := _first(table, bare, at)) is not None:
                return _resolved(found or None, basis)
        return _with_dateparser(bare, self.day) if self.loosely else UNRESOLVED


def _first(table: Sequence[Form], text: str, at: At) -> str | None:
    """The value by the first form that fits; "" where that form has none; None where no form fits."""
    for form in table:
        if match := _compiled(form.pattern).fullmatch(text):
            return _value(form, match, at)
    return None


def _value(form: Form, match: Match, at: At) -> str:
    """The value that a form gives; "" for none, as of a time beyond the calendar (the years 1 to 9999)."""
    try:
        return form.read(match, at) or ""
    except (OverflowError, ValueError, InputError):  # what `datetime` and `bounds` raise there
        return ""


def _resolved(value: str | None, basis: Basis) -> Resolved:
    """A value that is a real date, or nothing: "31 February" means no day."""
    try:
        return Resolved(value, precision(value), basis) if value else UNRESOLVED
    except InputError:
        return UNRESOLVED


# ── Times that are built from others ─────────────────────────────────────────────────────────────

_OPEN = Resolved("..", None, "text")
_DEICTIC = r".*\b(?:today|yesterday|tomorrow|last|this|next|ago|\d{4})\b.*"  # not told by the other end
_EDGES = {
    "start": "start",
    "beginning": "start",
    "outset": "start",
    "turn": "start",
    "middle": "middle",
    "end": "end",
    "close": "end",
}


def _joined(start: Resolved, end: Resolved) -> Resolved:
    """The interval from one time to another, or nothing when one of them isn't known."""
    if start.value is None or end.value is None:
        return UNRESOLVED
    basis: Basis = "text" if start.basis == end.basis == "text" else "publication"
    value = f"{start.value.partition('/')[0]}/{end.value.rpartition('/')[2]}"
    return _resolved(value, basis) if value != "../.." else UNRESOLVED  # "until after Monday"


def _between(match: Match, reader: _Reader) -> Resolved:
    """Both ends: what one leaves unsaid, the other says ("2 to 5 May", "May 2 to 5, 2025")."""
    one, other = _completed(match[1], match[2])
    end = reader.whole(other)
    if end.value is None or re.fullmatch(_DEICTIC, one):
        return _joined(reader.whole(one), end)
    last = reader._replace(day=bounds(end.value)[1], tense="past")  # the last such time not after the end
    return _joined(last.whole(one)._replace(basis="text"), end)


def _completed(one: str, other: str) -> tuple[str, str]:
    """A day without its month gets that of the other end."""
    if (day := re.fullmatch(rf"{D}( {Y})?", other)) and (month := re.search(rf"\b{M}\b", one)):
        other = f"{month['m']} {day['d']}{day[2] or ''}"
    if (day := re.fullmatch(D, one)) and (month := re.search(rf"\b{M}\b", other)):
        one = f"{month['m']} {day['d']}"
    return one, other


def _years(match: Match, reader: _Reader) -> Resolved:
    """ "1914 to 18"."""
    return _resolved(f"{match[1]}{match[2]}/{match[1]}{match[3]}", "text")


def _winter(match: Match, reader: _Reader) -> Resolved:
    """ "The winter of 1776-77"."""
    return _resolved(units.part_of(int(match["y"]), "winter"), "text")


def _in_units(match: Match, reader: _Reader) -> Resolved:
    """ "In two weeks" is a time only of what is to come; else it is how long something took."""
    if reader.day is None or reader.tense != "future":
        return UNRESOLVED
    return _resolved(forms.steps(match, reader.day, 1), "publication")


def _from_now(match: Match, reader: _Reader) -> Resolved:
    return _in_units(match, reader._replace(tense="future"))


def _counted_from(match: Match, reader: _Reader) -> Resolved:
    """ "Two days after April 30", "a week from Monday"."""
    if match["way"] == "from":
        reader = reader._replace(tense="future")
    elif not re.search(WD, match["x"]):
        reader = reader._replace(tense="present")  # the nearest: "four days before Christmas"
    start = reader.read(match["x"])
    if start.precision != "day" or start.value is None:
        return UNRESOLVED
    way = -1 if match["way"] == "before" else 1
    return _resolved(forms.steps(match, date.fromisoformat(start.value), way), start.basis)


def _week_of(match: Match, reader: _Reader) -> Resolved:
    day = reader.simple(match[1])
    if day.precision != "day" or day.value is None:
        return UNRESOLVED
    return _resolved(units.around(date.fromisoformat(day.value), 0, "week"), day.basis)


def _edge_of(match: Match, reader: _Reader) -> Resolved:
    """ "The end of April", "the beginning of the year"."""
    whole = reader.simple(re.sub(r"^the (?=(?:year|month|week)$)", "this ", match["x"]))
    if whole.precision not in ("month", "year") or whole.value is None:
        return whole
    return _resolved(units.edge(whole.value, _EDGES[match["edge"]]), whole.basis)


def _year_end(match: Match, reader: _Reader) -> Resolved:
    """ "By year's end", "at year's end 1998"."""
    year = reader.simple(match[1] or "this year")
    return _resolved(
        units.edge(year.value, "end") if year.precision == "year" and year.value else None, year.basis
    )


def _side_of(match: Match, reader: _Reader) -> Resolved:
    """The early or late half of a decade or quarter of a century, or what is in the middle of it."""
    whole = reader.simple(match["x"])
    if whole.value is None or "/" not in whole.value:
        return whole
    return _resolved(units.side_of(whole.value, match["side"]), whole.basis)


def _nth_weekday(match: Match, reader: _Reader) -> Resolved:
    """ "The last Friday of this month", "the first Monday in May 2025"."""
    month = reader.simple(match["x"])
    if month.precision != "month" or month.value is None:
        return UNRESOLVED
    which = -1 if match["which"] == "last" else ORDINALS[match["which"]]
    return _resolved(units.weekday_of_month(month.value, WEEKDAYS[match["wd"]], which), month.basis)


def _nth_day(match: Match, reader: _Reader) -> Resolved:
    """ "The first day of next month", "the last day of 2024"."""
    whole = reader.simple(match["x"])
    if whole.precision not in ("month", "year") or whole.value is None:
        return UNRESOLVED
    return _resolved(str(bounds(whole.value)[match["which"] == "last"]), whole.basis)


def _onwards(match: Match, reader: _Reader) -> Resolved:
    start = reader.read(match[1])
    if start.value and _compiled(r".*\b(?:end|close) of .*").fullmatch(match[1]):
        start = start._replace(value=start.value.rpartition("/")[2])
    return _joined(start, _OPEN)


def _since(match: Match, reader: _Reader) -> Resolved:
    return _onwards(match, reader._replace(tense="past"))


def _until(match: Match, reader: _Reader) -> Resolved:
    """Until a part of the year is until it begins; until a day or week, until it ends."""
    end = reader.read(match[1])
    if end.value and _compiled(r"\d{4}-\d\d/\d{4}-\d\d").fullmatch(end.value):
        end = end._replace(value=end.value.partition("/")[0])
    return _joined(_OPEN, end)


def _no_time(match: Match, reader: _Reader) -> Resolved:
    return UNRESOLVED


_X = r"(?P<x>.+)"
_SIDE = r"(?P<side>early|earlier|mid|late|later)"
_AGE = rf"(?P<x>\d\d(?:\d\d)?s|{CENTURY})"
_BUILT: Sequence[tuple[str, Callable[[Match, _Reader], Resolved]]] = (
    (r"(?:ever )?since (.+)", _since),
    (r"(?:until|till|up to|by|before|prior to|no later than) (.+)", _until),
    (r"after (.+)", _onwards),
    (r"(?:from |in )?(\d\d)(\d\d) to (\d\d)", _years),
    (r"between (.{1,40}?) and (.+)", _between),
    (rf"(?:the )?{N} {U} (?P<way>after|before) (?!that$){_X}", _counted_from),
    (rf"{N} (?P<u>week)s? (?P<way>from) (?!now){_X}", _counted_from),
    (
        rf"(?:the )?(?P<n>)(?P<u>day|week|month|year) (?P<way>after|before) (?!yesterday|tomorrow|that$){_X}",
        _counted_from,
    ),
    (rf"{N} {U} from now", _from_now),
    (rf"(?:(?:in|of|during) )?(?:the )?winter of {Y} to \d\d(?:\d\d)?", _winter),
    (r"(?:from )?(.{1,40}?) (?:to|until|till|through) (.+)", _between),
    (r"from (.+?)(?: on(?:wards?)?)?", _onwards),
    (r"(?:in |during )?(?:the )?week (?:of|starting|beginning) (.+)", _week_of),
    (rf"(?:with)?in {N} {U}(?:'s?)?(?: time)?", _in_units),
    (r"(?:for|every|each|all(?! weekend)) .+", _no_time),  # how long or how often, not when
    (rf"(?:(?:at|in|around|towards?|near|on) )?(?:the )?(?P<edge>{any_of(_EDGES)}) (?:of|in) {_X}", _edge_of),
    (r"(?:(?:at|around|towards?) )?(?:the )?year end(?: (\d{4}))?", _year_end),
    (
        rf"(?:(?:in|during|of|over|throughout) )?(?:the )?{_SIDE} (?:the )?{_AGE}",
        _side_of,
    ),
    (rf"(?:on )?(?:the )?(?P<which>last|first|second|third|fourth) {WD} (?:of|in) {_X}", _nth_weekday),
    (rf"(?:on )?(?:the )?(?P<which>last|first) (?:day|night) (?:of|in) {_X}", _nth_day),
)


# ── What is left: rare ways to write a date ──────────────────────────────────────────────────────


def _with_dateparser(text: str, day: date | None) -> Resolved:
    """dateparser's reading of a written date or "… ago"; milliseconds, so only where it has a chance.

    It is read against two days: what doesn't change needs no publication date.
    """
    if not re.search(r"\d", text) or not re.search(rf"\d{{4}}|\bago\b|\b{M}\b", text) or "hour" in text:
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
    return units.around(found.date_obj.date(), 0, found.period if found.period in UNITS else "day")
