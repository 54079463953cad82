"""The actor tables as rows that have been checked: one line of a CSV file, one plain object.

Columns of countries.csv are the fields of `Country`. Columns of people.csv, which a user's own table
(`--actors FILE`) may have too:

    id          small letters, digits and hyphens; the same id on several rows is one actor
    name        the label; aliases other names, apart by |
    type        one of TYPES
    country     ISO 3166 alpha-3, or a PLOVER code for what has no country (IGO, NGO …)
    sector      PLOVER: GOV, MIL, REB …
    wikidata    Q and digits
    office, title, start, end     one row per office held (one of OFFICES); ISO dates, whole or partial
    gender      m or f

`id`, `name` and `type` must be there, other columns must not. A file is read as a whole before a row of
it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.tables import records, refused, several

# PLOVER's sectors and the codes of actors that have no country (PLOVER manual 0.7, section 3).
STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "INT", "REG"})
SECTORS = STATELESS | {
    *("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "REB", "SPY", "UAF", "PRM", "AGR", "BUS", "CRM", "CVL"),
    *("EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC"),
}

TYPES = frozenset(
    (
        *("person", "government", "military", "party", "armed group", "igo", "ngo", "company", "media"),
        *("agency", "movement", "population", "organisation"),
    )
)
OFFICES = frozenset(
    (
        *("head of state", "head of government", "head of state and government", "vice president"),
        *("foreign minister", "defence minister", "finance minister", "interior minister"),
        *("deputy head of government", "legislator", "speaker", "party leader", "opposition leader"),
        *("military chief", "head of organisation", "central bank governor", "national security adviser"),
        *("spokesperson", "envoy", "rebel leader", "other"),
    )
)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_NEEDED = ("id", "name", "type")
_SHORTEST = 2  # letters and digits of a name: one letter stands for too much
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffd]")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Country:
    """A state with what points to it: a row of countries.csv, as data/actors/README.md has its columns."""

    id: str
    code: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    metonyms: tuple[str, ...]
    wikidata: str | None
    region: str
    start: str | None
    end: str | None
    example: str = ""

    @property
    def adjective(self) -> str:
        """Its first demonym, or its name where it has none."""
        return self.demonyms[0] if self.demonyms else self.name


@dataclass(frozen=True)
class Row:
    """A row of a people or organisations table."""

    id: str
    name: str
    aliases: tuple[str, ...]
    type: str
    country: str | None
    sector: str | None
    wikidata: str | None
    office: str | None
    title: str | None
    start: str | None
    end: str | None
    gender: str | None


def rows(file: Path, countries: frozenset[str]) -> list[Row]:
    """The rows of a people or organisations table.

    Raises TableError with file, line and reason at the first row that breaks a rule.
    """
    found: list[Row] = []
    first: dict[str, Row] = {}
    for line, record in records(file, _header_fault):
        reason = _fault(record, countries)
        if reason:
            raise refused(file, line, reason)
        value = {name: record.get(name) or None for name in Row.__annotations__}
        row = Row(**{**value, "aliases": several(record.get("aliases"))})  # type: ignore[arg-type]
        same = first.setdefault(row.id, row)
        if (row.name, row.type) != (same.name, same.type):
            raise refused(file, line, f"id {row.id!r} is that of {same.name!r} ({same.type}) further up")
        found.append(row)
    return found


def _header_fault(header: Sequence[str]) -> str | None:
    columns = tuple(Row.__annotations__)
    for name in header:
        if name not in columns:
            return f"unknown column {name!r} (there are {', '.join(columns)})"
        if header.count(name) > 1:
            return f"two columns {name!r}"
    return next((f"no column {name!r}" for name in _NEEDED if name not in header), None)


def _fault(record: dict[str, str], countries: frozenset[str]) -> str | None:
    """What is wrong with a row, by the first check that finds something."""
    return (
        _text_fault(record)
        or _id_fault(record["id"], countries)
        or _name_fault(record)
        or _choice_fault(record)
        or _code_fault(record, countries)
        or _wikidata_fault(record.get("wikidata"))
        or _date_fault(record.get("start"), record.get("end"))
        or _gender_fault(record.get("gender"))
    )


def _text_fault(record: dict[str, str]) -> str | None:
    if _CONTROL.search("".join(record.values())):
        column, strange = next((c, m) for c, value in record.items() if (m := _CONTROL.search(value)))
        return f"{column} is no text: it holds U+{ord(strange.group()):04X}"
    return next((f"no {column}" for column in _NEEDED if not record.get(column)), None)


def _id_fault(id: str, countries: frozenset[str]) -> str | None:
    if not _ID.fullmatch(id):
        return f"id {id!r} is not small letters, digits and single hyphens"
    if id.removesuffix("-gov").upper() in countries:
        return f"id {id!r} is a country's or its government's"
    return None


def _name_fault(record: dict[str, str]) -> str | None:
    for name in (record["name"], *several(record.get("aliases"))):
        if sum(map(str.isalnum, name)) < _SHORTEST:
            return f"name {name!r} is too short to be found"
    return None


def _choice_fault(record: dict[str, str]) -> str | None:
    for column, allowed in (("type", TYPES), ("office", OFFICES)):
        if record.get(column) and record[column] not in allowed:
            return f"{column} {record[column]!r} is not one of {', '.join(sorted(allowed))}"
    return None


def _code_fault(record: dict[str, str], countries: frozenset[str]) -> str | None:
    country, sector = record.get("country"), record.get("sector")
    if country and country not in countries and country not in STATELESS:
        return f"country {country!r} is not an ISO 3166 alpha-3 code"
    if sector and sector not in SECTORS:
        return f"sector {sector!r} is not a PLOVER sector"
    return None


def _wikidata_fault(wikidata: str | None) -> str | None:
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        return f"wikidata {wikidata!r} is not Q and digits"
    return None


def _date_fault(start: str | None, end: str | None) -> str | None:
    for day in (start, end):
        if day and not _is_date(day):
            return f"date {day!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if start and end and end < start[: len(end)]:
        return f"it ends ({end}) before it starts ({start})"
    return None


def _gender_fault(gender: str | None) -> str | None:
    return None if gender in (None, "", "m", "f") else f"gender {gender!r} is not m or f"


def _is_date(text: str) -> bool:
    """Whether it is an ISO date of the calendar, whole or partial."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return True
