"""The actor tables as rows that have been checked: one line of a CSV file, one plain object.

Columns of people.csv, which a user's own table (`--actors FILE`) may have too:

    id          small letters, digits and hyphens; the same id on several rows is one actor
    name        the label; aliases other names, apart by |
    type        person, or what kind of organisation
    country     ISO 3166 alpha-3, or a PLOVER code for what has no country (IGO, NGO …)
    sector      PLOVER: GOV, MIL, REB …
    wikidata    Q and digits
    office, title, start, end     one row per office held; ISO dates, whole or partial
    gender      m or f
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ActorTableError

# PLOVER's sectors and the codes of actors that have no country (PLOVER manual 0.7, section 3).
STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "INT", "REG"})
SECTORS = STATELESS | {
    *("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "REB", "SPY", "UAF", "PRM", "AGR", "BUS", "CRM", "CVL"),
    *("EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC"),
}

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


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


def several(text: str | None) -> tuple[str, ...]:
    """The values of a field that holds several, apart by `|`.

    >>> several("PRC|China ")
    ('PRC', 'China')
    """
    return tuple(part.strip() for part in (text or "").split("|") if part.strip())


def records(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV file with its line number, fields stripped. Raises ActorTableError."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            for record in reader:
                if None in record or None in record.values():
                    raise refused(file, reader.line_num, "it has more or fewer fields than the header")
                yield reader.line_num, {name.strip(): value.strip() for name, value in record.items()}
    except OSError as error:
        raise ActorTableError(f"{file}: cannot be read ({error.strerror}); give a CSV file") from error
    except UnicodeDecodeError as error:
        raise ActorTableError(f"{file}: not UTF-8 text; save the table as UTF-8") from error
    except csv.Error as error:
        raise refused(file, reader.line_num, f"not CSV ({error})") from error


def refused(file: Path, line: int, why: str) -> ActorTableError:
    """The error for a row that is refused."""
    return ActorTableError(f"{file}, line {line}: {why}; correct the row, nothing was loaded from this table")


def rows(file: Path, countries: frozenset[str]) -> list[Row]:
    """The rows of a people or organisations table.

    Raises ActorTableError with file, line and reason at the first row that breaks a rule.
    """
    found = []
    for line, record in records(file):
        reason = _fault(record, countries)
        if reason:
            raise refused(file, line, reason)
        value = {name: record.get(name) or None for name in Row.__annotations__}
        found.append(Row(**{**value, "aliases": several(record.get("aliases"))}))  # type: ignore[arg-type]
    return found


def _fault(record: dict[str, str], countries: frozenset[str]) -> str | None:
    for name in ("id", "name", "type"):
        if not record.get(name):
            return f"no {name}"
    if not _ID.fullmatch(record["id"]):
        return f"id {record['id']!r} is not small letters, digits and single hyphens"
    country, sector = record.get("country"), record.get("sector")
    if country and country not in countries | STATELESS:
        return f"country {country!r} is not an ISO 3166 alpha-3 code"
    if sector and sector not in SECTORS:
        return f"sector {sector!r} is not a PLOVER sector"
    return _detail_fault(record)


def _detail_fault(record: dict[str, str]) -> str | None:
    wikidata, start, end = (record.get(name) for name in ("wikidata", "start", "end"))
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        return f"wikidata {wikidata!r} is not Q and digits"
    for date in (start, end):
        if date and not _DATE.fullmatch(date):
            return f"date {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if start and end and end < start[: len(end)]:
        return f"it ends ({end}) before it starts ({start})"
    if record.get("gender") not in (None, "", "m", "f"):
        return f"gender {record['gender']!r} is not m or f"
    return None
