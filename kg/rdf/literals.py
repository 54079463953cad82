"""Dates, numbers, words and places in a text as literals, in the form that every store keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.model import Span
from kg.rdf.vocabulary import KG, XSD, Row
from kg.time.partial import bounds

_PARTIAL_DATES = (  # ISO form, what to add for a whole day, datatype
    (re.compile(r"\d{4}-\d\d-\d\d"), "", XSD.date),
    (re.compile(r"\d{4}-\d\d"), "-01", XSD.gYearMonth),
    (re.compile(r"\d{4}"), "-01-01", XSD.gYear),
)
SPAN = re.compile(r"char=(\d+),(\d+)")  # RFC 5147


def span(place: Span) -> ox.Literal:
    """From where to where words go, as a text fragment of RFC 5147.

    >>> span(Span("Trump", 12, 17)).value
    'char=12,17'
    """
    return ox.Literal(f"char={place.start},{place.end}")


def span_of(text: str) -> tuple[int, int]:
    """Where the characters of a kg:span begin and end; StoreError for what is none.

    >>> span_of("char=12,27")
    (12, 27)
    """
    found = SPAN.fullmatch(text)
    if found is None:
        raise StoreError(f"{text!r} is not a span such as char=12,27: the graph is damaged; build it again")
    return int(found[1]), int(found[2])


def date_literal(value: str) -> ox.Literal:
    """A partial ISO date as xsd:date, xsd:gYearMonth or xsd:gYear; anything else as plain text.

    >>> str(date_literal("2025-06"))
    '"2025-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> str(date_literal("2025-02-30"))
    '"2025-02-30"'
    """
    for pattern, rest, datatype in _PARTIAL_DATES:
        if pattern.fullmatch(value) and _is_day(value + rest):
            return ox.Literal(value, datatype=datatype)
    return ox.Literal(value)


def days(node: ox.NamedNode, value: str) -> Iterator[Row]:
    """The first and the last day that a date or interval can mean, as xsd:date; an open end has none.

    >>> [str(day.value) for _, _, day in days(ox.NamedNode("urn:x"), "2025-02")]
    ['2025-02-01', '2025-02-28']
    """
    try:
        first, last = bounds(value)
    except InputError:
        return
    if first != date.min:
        yield node, KG.firstDay, ox.Literal(first.isoformat(), datatype=XSD.date)
    if last != date.max:
        yield node, KG.lastDay, ox.Literal(last.isoformat(), datatype=XSD.date)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def integer(value: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=1024)  # confidences and scores are few
def decimal(value: float) -> ox.Literal:
    """A number to six decimals, in the form that Oxigraph keeps: 0.5, not 0.50 or 5e-1.

    >>> decimal(0.50).value, decimal(-0.0).value
    ('0.5', '0')
    """
    text = f"{Decimal(repr(value)).quantize(Decimal('0.000001')):f}".rstrip("0").rstrip(".")
    return ox.Literal(text if text not in ("", "-0") else "0", datatype=XSD.decimal)


def language_tag(tag: str) -> str | None:
    """The language tag for words, or None where it is not one.

    >>> language_tag("en"), language_tag("not a tag")
    ('en', None)
    """
    try:
        ox.Literal("", language=tag)
    except ValueError:
        return None
    return tag
