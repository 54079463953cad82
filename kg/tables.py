"""The one loader of tables: CSV files, a header and then a row a line, read as rows that have been checked.

A table's columns are the fields of a dataclass, and a field's type says what its cells may hold:

    str               something
    str | None        something or nothing
    int, float        a number
    bool              yes or no
    Literal["a", …]   one of these ("" among them: or nothing)
    tuple[str, …]     several, apart by |; perhaps none
    frozenset[str]    the same, where the order says nothing

A field with a default may be left out as a column. What one row cannot know of itself (a code that is no
country's, an id that stands twice) is checked by whoever reads the table, who refuses it with `refused`.
"""

import csv
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, TextIO, TypeVar, Union, get_args, get_origin, get_type_hints

from kg import resources
from kg.errors import TableError

R = TypeVar("R")


@cache
def table(name: str, row: type[R], fault: Callable[[R], str | None] = lambda _: None) -> tuple[R, ...]:
    """The rows of data/<name>.csv; `name` is for instance `events/types`.

    `fault` says what is wrong with a row beside the others or another table. Raises TableError with file,
    line, column and value at the first cell that does not fit.
    """
    file, found = resources.path(f"data/{name}.csv"), []
    for line, one in read(file, row):
        if reason := fault(one):
            raise refused(file, line, reason)
        found.append(one)
    return tuple(found)


def read(file: Path, row: type[R]) -> Iterator[tuple[int, R]]:
    """The rows of a file, each with its line number. Raises TableError."""
    hints = get_type_hints(row)
    readers = {f.name: reader_of(hints[f.name]) for f in fields(row)}  # type: ignore[arg-type]
    needed = {f.name for f in fields(row) if f.default is MISSING and f.default_factory is MISSING}  # type: ignore[arg-type]

    def header_fault(header: Sequence[str]) -> str | None:
        unknown = [name for name in header if name not in readers]
        missing = [name for name in readers if name in needed and name not in header]
        twice = [name for name in header if header.count(name) > 1]
        if unknown:
            return f"unknown column {unknown[0]!r} (there are {', '.join(readers)})"
        return f"no column {missing[0]!r}" if missing else f"two columns {twice[0]!r}" if twice else None

    for line, record in records(file, header_fault):
        values = {}
        for name, cell in record.items():
            try:
                values[name] = readers[name](cell)
            except ValueError as error:
                raise refused(file, line, f"{name} {cell!r} is {error}") from error
        yield line, row(**values)


@cache
def reader_of(kind: Any) -> Callable[[str], Any]:
    """What reads a cell of a column of this type, and raises ValueError with what a cell is not.

    >>> reader_of(tuple[str, ...])("in|on"), reader_of(str | None)(""), reader_of(bool)("yes")
    (('in', 'on'), None, True)
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        of_some = reader_of(next(a for a in arguments if a is not type(None)))
        return lambda cell: of_some(cell) if cell else None
    if origin in (tuple, frozenset):
        return lambda cell: origin(several(cell))
    if origin is Literal:
        return partial(_one_of, {a: a for a in arguments})
    if kind is bool:
        return partial(_one_of, {"yes": True, "no": False})
    return partial(_number, kind) if kind in (int, float) else _something


def _something(cell: str) -> str:
    if not cell:
        raise ValueError("nothing: it must be filled in")
    return cell


def _one_of(allowed: dict[str, Any], cell: str) -> Any:
    if cell not in allowed:
        raise ValueError(f"not one of {', '.join(a or 'nothing' for a in allowed)}")
    return allowed[cell]


def _number(kind: type[int] | type[float], cell: str) -> float:
    try:
        return kind(_something(cell))
    except ValueError as error:
        raise ValueError("not a number") from error


def several(text: str | None) -> tuple[str, ...]:
    """The values of a field that holds several, apart by `|`.

    >>> several("PRC|China ")
    ('PRC', 'China')
    """
    return tuple(part.strip() for part in (text or "").split("|") if part.strip())


def records(
    file: Path, header_fault: Callable[[Sequence[str]], str | None] = lambda _: None
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV file with its line number, as text, fields stripped.

    `header_fault` says what is wrong with the columns' names. Raises TableError.
    """
    if file.exists() and not file.is_file():
        raise TableError(f"{file}: not a file; give a CSV file")
    last = 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
            header = [name.strip() for name in next(reader, ())]
            if reason := header_fault(header):
                raise refused(file, 1, reason)
            last = reader.line_num
            for cells in filter(None, reader):
                if len(cells) != len(header):
                    raise refused(file, reader.line_num, "it has more or fewer fields than the header")
                last = reader.line_num
                yield last, dict(zip(header, map(str.strip, cells), strict=True))
    except OSError as error:
        raise TableError(f"{file}: cannot be read ({error.strerror}); give a CSV file") from error
    except UnicodeDecodeError as error:
        raise refused(file, _first_undecodable(file), "not UTF-8 text") from error
    except csv.Error as error:
        raise refused(file, last + 1, f"not CSV ({error})") from error  # after the last good row


def _delimiter(lines: TextIO) -> str:
    """What parts the cells: a comma, or a semicolon, as spreadsheets write in half of the world."""
    header = lines.readline()
    lines.seek(0)
    return ";" if header.count(";") > header.count(",") else ","


def _first_undecodable(file: Path) -> int:
    """The number of the first line that is not UTF-8."""
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def refused(file: Path, line: int, why: str) -> TableError:
    """The error for a row that is refused."""
    return TableError(f"{file}, line {line}: {why}; correct the row, nothing was loaded from this table")
