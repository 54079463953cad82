"""Time grows with the text: every shape is read at lengths that double, and what is too long is told."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg import pipeline, rdf
from kg.actors.index import load
from kg.coding import stories
from kg.model import Actor, Document, Event, Span
from kg.parsing import limits, pipelines
from kg.parsing.blocks import blocks
from kg.parsing.plain import plain
from kg.reading.article import headline
from tests import effort
from tests.hostile.shapes import SHAPES

FAST = "en_geopol_news_sm"


# ── Expressions over raw text ──

RAW = {"blocks": blocks, "plain": plain, "headline": headline}


@pytest.mark.parametrize("read", RAW)
def test_raw_text_is_read_in_no_time(read: str) -> None:
    """40 kB of any shape in a second: with the square of that, most would take longer."""
    for name, shape in SHAPES.items():
        text = shape(40_000)
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


# ── How time grows ──

STEEPEST = 1.2  # exponent
LENGTHS = (4_000, 16_000)  # twice the double


def exponent(work: Callable[[int], object], lengths: tuple[int, ...], tries: int = 2) -> float:
    """How the time of some work grows with a length, by logarithms from the first to the last; of a few tries
    the first that is flat enough, since a busy machine only adds to it."""

    def seconds(length: int) -> float:
        started = time.process_time()
        work(length)
        return max(time.process_time() - started, 0.02)  # what is in no time doesn't grow

    seconds(lengths[0])  # what is loaded or remembered at first
    least = math.inf
    while tries and least > STEEPEST:
        first, last = seconds(lengths[0]), seconds(lengths[-1])
        least = min(least, math.log(last / first) / math.log(lengths[-1] / lengths[0]))
        tries -= 1
    return least


def part(shapes: list[str]) -> list[str]:
    """All of them in `make test-long`, else every tenth."""
    return shapes if effort.IN_FULL else shapes[::12]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", part(list(SHAPES)))
def test_time_grows_with_the_text(name: str) -> None:
    gazetteer = load(None)

    def read(length: int) -> None:
        document = Document("d", SHAPES[name](length), published="2024-05-03")
        [sentences] = pipelines.parse([document.text], FAST, on_limit=lambda *_: None)
        found = pipeline.understand(document, sentences, gazetteer)
        assert not found.lost
        list(rdf.document_quads(document, sentences, found.claims, found.events))

    found = exponent(read, LENGTHS)
    assert found <= STEEPEST, f"time grows with the power {found:.2f} of the length"


def events(count: int, way: str) -> Iterator[Event]:
    """Reports that must not be compared all with all: of one event, or of many."""
    iran, oman = (Actor("iran", "Iran"),), (Actor("oman", "Oman"),)
    for n in range(count):
        day = f"{2000 + n % 20}-05-03" if way == "other days" else "2024-05-03"
        yield Event(
            f"c{n}", f"d{n}", 0, "ASSAULT", None, (), None, 4, -9, None, iran, oman, day, "day", "text",
            None, "happened", None, Span("x", 0, 1),
        )  # fmt: skip


@pytest.mark.parametrize("way", ["one event", "other days"])
def test_clusters_grow_with_the_events(way: str) -> None:
    def join(count: int) -> None:
        stories.cluster(events(count, way), [])

    assert exponent(join, (2_000, 8_000), tries=5) <= STEEPEST


@pytest.mark.parametrize("text", ["copies", "others"])
def test_copies_are_found_in_time_that_grows_with_the_articles(text: str) -> None:
    words = [f"word{n}" for n in range(500)]

    def find(count: int) -> None:
        many = (words if text == "copies" else [f"{w}x{n}" for w in words[:60]] for n in range(count))
        stories.copies(Document(f"d{n}", " ".join(w)) for n, w in enumerate(many))

    assert exponent(find, (100, 400), tries=5) <= STEEPEST
