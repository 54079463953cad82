"""Cells of tables for other programs: the one writer of CSV, and what makes a cell safe in a spreadsheet.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and runs it. Such a cell gets
an apostrophe in front, which spreadsheets take as "this is text"; so does one that begins with a tab or a
line end, which some of them drop. Numbers and dashes stay as they are. A program that wants the text itself
takes one apostrophe off each cell that begins with apostrophes or blanks and then one of these signs, or with
apostrophes and then a tab or a line end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|-+")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-1.5"), safe("- he said"), safe("a=b"), safe("'=1")
    ("'=1+1", '-1.5', "'- he said", 'a=b', "''=1")
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _PLAIN.fullmatch(cell) else cell


def to_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    r"""A table as CSV by RFC 4180: lines end in CRLF, a cell with a line end in it is quoted, None is empty.

    >>> to_csv(["who", "n"], [["a\rb", 1.5], [None, "=2"]])
    'who,n\r\n"a\rb",1.5\r\n,\'=2\r\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in header])
    writer.writerows([safe("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()
