"""Texts that are not English are told, those that are never; one that is too short to tell is read."""

import json
import tomllib
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import language, read

CASES = tomllib.loads((Path(__file__).parent / "cases" / "languages.toml").read_text("utf-8"))
OTHER = {case["language"]: case["text"] for case in CASES["other"]}
ENGLISH = [case["text"] for case in CASES["english"]]
UNSPACED = ("zh", "ja")


def first(text, words):
    """The first words of a text; of one without blanks, so many characters."""
    return " ".join(text.split()[:words]) if " " in text else text[: 2 * words]


@pytest.mark.parametrize("code", OTHER)
def test_a_report_in_another_language_is_told(code):
    assert language.other(OTHER[code]) == code
    assert language.other(first(OTHER[code], 8)) is not None


@pytest.mark.parametrize("text", ENGLISH)
def test_english_that_looks_otherwise_is_read(text):
    assert language.other(text) is None


def test_what_a_record_says_holds_where_the_text_does_not_show_it():
    assert language.other("Xi ruft Trump an", "german") == "german"
    assert language.other("The two leaders spoke of tariffs for an hour, officials said.", "de") is None


def test_a_text_that_is_not_english_is_left_out_and_named(tmp_path):
    (tmp_path / "a.txt").write_text(OTHER["de"], encoding="utf-8")
    with pytest.raises(
        InputError, match=r"a\.txt: German, not English; left out \(--force reads it all the sam"
    ):
        list(read([tmp_path / "a.txt"]))
    [document] = read([tmp_path / "a.txt"], force=True)
    assert (document.text, document.language) == (OTHER["de"], "de")


def test_one_of_many_is_left_out(tmp_path):
    rows = [{"text": OTHER["fr"]}, {"text": "Xi called.", "language": "EN-us"}, {"text": "Ja.", "lang": "de"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    errors = []
    assert [d.text for d in read([tmp_path / "a.jsonl"], on_error=errors.append)] == ["Xi called."]
    told = [str(error).partition("a.jsonl:")[2].partition(",")[0] for error in errors]
    assert told == ["1: French", "3: German"]


def test_names_of_languages():
    codes = ("de", "deu", "german", "klingonese")
    assert [language.name(code) for code in codes] == ["German", "German", "German", "Klingonese"]
