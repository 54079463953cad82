"""Time grows with the text: every shape is read at lengths that double, and what is too long is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import kg
from kg.model import Document
from kg.parsing import limits
from kg.parsing.blocks import blocks
from kg.parsing.plain import plain
from kg.reading.article import headline
from tests.hostile.shapes import SHAPES

FAST = "en_geopol_news_sm"


# ── Expressions over raw text ──

RAW = {"blocks": blocks, "plain": plain, "headline": headline}


@pytest.mark.parametrize("read", RAW)
def test_raw_text_is_read_in_no_time(read: str) -> None:
    """200 kB of any shape in a second: with the square of that, most would take minutes."""
    for name, shape in SHAPES.items():
        text = shape(200_000)
        started = time.process_time()
        RAW[read](text)
        assert time.process_time() - started < 1, name


FRONTS = {
    "comments": "---\n" + "# " * 40,
    "comments, blanks and lines": "---\n" + "# \n" * 20_000,
    "blanks": "---\n" + " " * 200_000 + "!",
    "lines": "---\n" + "\n" * 200_000 + "!",
    "words": "---\n" + "a " * 100_000 + "!",
    "marks": "---" * 50_000,
    "a comment": "---\n#" + " #" * 100_000,
    "keys": "---\n" + "a b: c\n" * 3,
}


@pytest.mark.parametrize("name", FRONTS)
def test_front_matter_is_read_in_no_time(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRONTS[name] + "\nIran left.", encoding="utf-8")
    started = time.process_time()
    list(kg.read([str(tmp_path / "a.txt")], on_error=lambda _: None))
    assert time.process_time() - started < 1


# ── What is too long ──

OMAN = "Oman left. "
LONG = {
    "words of more than 200 characters left out, the first at character 10": f"Iran left {'ab-' * 100} now.",
    "sentences of more than 300 words read in pieces, the first at character 0": f"Iran {'very ' * 400}left.",
    "paragraphs of more than 20,000 characters read in pieces, the first at character 0": "Oman left. "
    * 2000,
}


@pytest.mark.parametrize(("told", "text"), LONG.items())
def test_what_is_too_long_is_told_with_its_place(
    told: str, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    [found] = kg.analyse([Document("a.txt", text)], FAST)
    assert f"a.txt: 1 {told}" in caplog.text
    assert not found.lost
    assert all(len(s.tokens) <= limits.SENTENCE for s in found.sentences)
    for sentence in found.sentences:
        for token in sentence:
            assert text[token.start : token.end] == token.text


def test_a_long_paragraph_is_parted_between_sentences() -> None:
    [found] = kg.analyse([Document("a.txt", "Iran left Oman. " * 1500)], FAST, on_error=pytest.fail)
    assert {s.text for s in found.sentences} == {"Iran left Oman."}
    assert len(found.sentences) == 1500


def test_what_is_not_too_long_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    text = "Iran left " + "a" * (limits.WORD - 1) + ". " + "Oman left. " * ((limits.PARAGRAPH - 300) // 11)
    list(kg.analyse([Document("a.txt", text)], FAST))
    assert caplog.text == ""
