"""Tables, a row an article: CSV and TSV with a header row, and the sheets of XLSX workbooks."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from kg.errors import InputError
from kg.model import Document
from kg.reading import columns
from kg.reading.article import LONGEST, Documents, Source, unused
from kg.reading.extras import library
from kg.reading.incoming import Incoming

ENDINGS: tuple[str, ...] = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
SEPARATORS = "\t,;|"
WIDEST = 40  # characters of a column's name; what is longer is a sentence

csv.field_size_limit(LONGEST + 1)  # of the whole process, as the library has it; else 131,072 characters

_TOLD = re.compile(r"\ufeff?sep=([,;|\t])\s*\Z")  # a first line for spreadsheets
_GDELT = re.compile(r"\d{9,}\t\d{8}\t\d{6}\t\d{4}\t")  # event id, day, month, year

Row = tuple[Source, Sequence[str]]


def fits(incoming: Incoming) -> bool:
    """Whether it is a workbook, or begins with a row of names that articles' columns have."""
    if "xl/workbook.xml" in incoming.members or _GDELT.match(incoming.start):
        return True
    names = _header(incoming.start)
    return len(names) > 1 and columns.is_record(names, incoming.source)


def documents(incoming: Incoming) -> Documents:
    """A document or an error for each row that isn't empty."""
    if _GDELT.match(incoming.start):
        raise incoming.source.error(
            "rows of GDELT's events, which have no text; kg fetch the addresses in it"
        )
    tables = _sheets(incoming) if incoming.members else [_rows(incoming)]
    for table in tables:
        yield from _articles(table, incoming.source)


def _articles(rows: Iterator[Row], source: Source) -> Documents:
    place, names = next(rows, (source, ()))
    if not columns.is_record(names, source):
        shown = ", ".join(" ".join(name.split())[:WIDEST] for name in names[:8]) or "nothing"
        raise place.error(f"no column of texts in: {shown}; name it, for instance: --map text=COLUMN")
    for place, cells in rows:
        if any(cells):
            yield _article_or_error(names, cells, place)
    unused(source, columns.unknown(dict.fromkeys(names), source))


def _article_or_error(names: Sequence[str], cells: Sequence[str], place: Source) -> Document | InputError:
    try:
        if any(cells[len(names) :]):
            raise place.error(
                f"{len(cells)} cells under {len(names)} names; quote cells that hold separators"
            )
        return columns.document(dict(zip(names, cells, strict=False)), place)
    except InputError as error:
        return error


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────


def _header(start: str) -> list[str]:
    """The names in the first line, if it is one of names."""
    line = start.partition("\n")[0].strip("\r")
    try:
        names = next(csv.reader([line], delimiter=_separator(line)), [])
    except csv.Error:
        return []
    return names if all(0 < len(name) <= WIDEST for name in names[1:]) else []


def _separator(line: str) -> str:
    """What parts the columns: whatever stands most often in the first line."""
    return max(SEPARATORS, key=line.count)


def _rows(incoming: Incoming) -> Iterator[Row]:
    """The rows with the line that each ends in."""
    lines = (_or_raise(line) for _, line in incoming.lines())
    first = next(lines, "")
    if told := _TOLD.match(first):
        first = next(lines, "")
    reader = csv.reader(
        (f"{line}\n" for line in chain([first], lines)), delimiter=told[1] if told else _separator(first)
    )
    try:
        for cells in reader:
            yield incoming.source.at(reader.line_num), cells
    except csv.Error as error:
        raise incoming.source.at(reader.line_num).error(f"not a table: {error}; mend the quotes") from None


def _or_raise(line: str | InputError) -> str:
    if isinstance(line, InputError):
        raise line
    return line


# ── Workbooks ────────────────────────────────────────────────────────────────────────────────────


def _sheets(incoming: Incoming) -> Iterator[Iterator[Row]]:
    """The sheets that are not empty."""
    openpyxl = library(incoming.source, "openpyxl", "XLSX")
    try:
        book = openpyxl.load_workbook(io.BytesIO(incoming.whole), read_only=True, data_only=True)
    except Exception as error:  # whatever is wrong within, of any of its parsers
        raise incoming.source.error(f"not a workbook that can be read: {str(error)[:80]}") from None
    for sheet in book.worksheets:
        rows = (
            (incoming.source.at(n), [_cell(c) for c in row]) for n, row in enumerate(sheet.values, start=1)
        )
        filled = (row for row in rows if any(row[1]))
        if first := next(filled, None):
            yield chain([first], filled)


def _cell(value: object) -> str:
    """A cell's text; a day without its hour."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return "" if value is None else str(value)
