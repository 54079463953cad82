"""The loader of tables: cells by their columns' types, faults with file, line, column and value."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from kg import tables
from kg.errors import TableError


@dataclass(frozen=True)
class Word:
    word: str
    kind: Literal["noun", "verb", ""]
    forms: tuple[str, ...]
    weight: float
    plural: bool
    note: str | None = None


HEADER = "word,kind,forms,weight,plural,note\n"


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_cells_are_read_as_their_columns_types_say(tmp_path: Path) -> None:
    found = list(tables.read(file(tmp_path, HEADER + "seize,verb,seized|seizing,0.5,no,\n"), Word))
    assert found == [(2, Word("seize", "verb", ("seized", "seizing"), 0.5, False, None))]


def test_a_column_with_a_default_may_be_left_out(tmp_path: Path) -> None:
    found = list(tables.read(file(tmp_path, "word,kind,forms,weight,plural\nmen,,,1,yes\n"), Word))
    assert found == [(2, Word("men", "", (), 1.0, True))]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",verb,,1,no,", "word '' is nothing"),
        ("seize,adverb,,1,no,", "kind 'adverb' is not one of noun, verb, nothing"),
        ("seize,verb,,much,no,", "weight 'much' is not a number"),
        ("seize,verb,,1,perhaps,", "plural 'perhaps' is not one of yes, no"),
        ("seize,verb,,1", "more or fewer fields"),
    ],
)
def test_a_fault_is_told_with_file_line_column_and_value(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(TableError, match=rf"words\.csv, line 3: .*{fault}"):
        list(tables.read(file(tmp_path, f"{HEADER}seize,verb,,1,no,\n{row}\n"), Word))


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("word,kind,forms,weight", "no column 'plural'"),
        ("word,kind,forms,weight,plural,colour", "unknown column 'colour'"),
        ("word,word,kind,forms,weight,plural", "two columns 'word'"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, header: str, fault: str) -> None:
    with pytest.raises(TableError, match=rf"line 1: {fault}"):
        list(tables.read(file(tmp_path, header + "\n"), Word))
