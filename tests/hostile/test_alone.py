"""Every document stands alone: what breaks one is named and counted, and the others are read as ever."""

from __future__ import annotations

import importlib
import pickle
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import main
from kg.errors import DocumentError
from kg.model import Document

GOOD = "Norway said on Monday that Sudan had agreed to talks. Iran attacked Oman."
BAD = "Chad attacked Mali. Nauru attacked Palau. Oman left."  # the faults lie in wait for Nauru

# Where a fault may lie, and what is lost by it.
FAULTS = {
    "kg.parsing.pipelines:plain": "the document is left out",
    "kg.pipeline:link": "the document is left out",
    "kg.pipeline:expressions": "the document is left out",
    "kg.rdf:document_quads": "the document is left out",
    "kg.claims:Attribution": "no claims from the sentence at character 20",
    "kg.coding.coder:features": "no event from the claim at character 26",
    "kg.coding.coder:told_by_model": "no event by the model from the sentence at character 20",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with three articles, the second of them bad."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.txt", GOOD), ("b.txt", BAD), ("c.txt", GOOD)):
        (tmp_path / name).write_text(f"---\ndate: 2024-05-03\n---\n{text}", encoding="utf-8")
    return tmp_path


def break_at_nauru(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Puts a fault into a function, for what is about Nauru."""
    module, _, name = fault.partition(":")
    real = getattr(importlib.import_module(module), name)

    def fails(*args: Any, **options: Any) -> Any:
        if "Nauru" in repr(args[0]):
            raise RecursionError("too\ndeep")
        return real(*args, **options)

    monkeypatch.setattr(f"{module}.{name}", fails)


def kg_exits(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(args)
    return int(ended.value.code or 0)


def documents(store: str) -> list[str]:
    with kg.open_store(store) as opened:
        return list(opened.documents())


@pytest.mark.parametrize(("fault", "lost"), FAULTS.items())
def test_a_build_goes_on_names_what_is_lost_and_tries_again(
    folder: Path,
    fault: str,
    lost: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with monkeypatch.context() as patch:
        break_at_nauru(patch, fault)
        for _ in range(2):  # what is not whole is not up to date
            assert kg_exits("build", ".", "--fast", "--store", "s") == 1
            told = capfd.readouterr().err
            assert f"b.txt: {lost} (RecursionError: too deep)\n" in told
            assert "1 of 3 articles could not be understood, or not all of them" in told
    assert ("b.txt" in documents("s")) is ("left out" not in lost)
    assert kg_exits("build", ".", "--fast", "--store", "s") == 0
    assert capfd.readouterr().out.startswith("s: 1 articles written, 2 unchanged;")
    kg_exits("build", ".", "--fast", "--store", "at-once")
    for store in ("s", "at-once"):
        kg_exits("export", "--store", store, "-o", f"{store}.nq")
    assert (folder / "s.nq").read_bytes() == (folder / "at-once.nq").read_bytes()


@pytest.mark.parametrize("verb", ["extract", "events", "dates", "actors list"])
@pytest.mark.parametrize("fault", ["kg.parsing.pipelines:plain", "kg.pipeline:expressions"])
def test_every_verb_goes_on(
    folder: Path,
    fault: str,
    verb: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    break_at_nauru(monkeypatch, fault)
    assert kg_exits(*verb.split(), ".", "--fast", "--format", "jsonl") == 1
    told = capfd.readouterr()
    assert '"a.txt"' in told.out
    assert '"c.txt"' in told.out
    assert "b.txt: the document is left out (RecursionError: too deep)" in told.err


def test_what_is_lost_says_so_in_the_graph(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at_nauru(monkeypatch, "kg.claims:Attribution")
    with kg.open_store() as store:
        report = kg.build(kg.read(["."]), store, "en_geopol_news_sm")
        [row] = store.query("SELECT ?what { ?run kg:lost ?what }")  # type: ignore[misc, attr-defined]
    assert row.what == report.lost[0].lost == FAULTS["kg.claims:Attribution"]


def test_one_text_that_cannot_be_understood_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    break_at_nauru(monkeypatch, "kg.pipeline:link")
    with pytest.raises(DocumentError, match="left out"):
        kg.extract(BAD)


def test_a_lost_part_of_one_text_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_at_nauru(monkeypatch, "kg.claims:Attribution")
    assert len({c.sentence for c in kg.extract(BAD)}) == 2
    assert "text: no claims from the sentence at character 20" in caplog.text


def test_the_failure_of_a_document_goes_from_process_to_process() -> None:
    error = DocumentError.of("a.txt", "the document is left out", ValueError("x\n" * 999))
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.document) == (str(error), "a.txt")
    assert "\n" not in str(error)
    assert len(str(error)) < 200


# Days beyond the calendar, reached from its ends.
TIMES = (
    "on Monday", "next week", "in two days", "last year", "three centuries ago", "by the end of the decade",
    "at Easter", "last winter", "on the 31st", "in the coming months", "since the day before yesterday",
)  # fmt: skip


@pytest.mark.parametrize("published", ["0001-01-01", "0001", "9999-12-31", "9999-12", "9999"])
def test_a_time_beyond_the_calendar_has_no_value_and_stops_nothing(published: str) -> None:
    text = " ".join(f"Iran attacked Oman {time}." for time in TIMES)
    lost: list[DocumentError] = []
    [found] = kg.analyse(
        [Document("d", text, published=published)], "en_geopol_news_sm", on_error=lost.append
    )
    assert not lost
    assert len({c.sentence for c in found.claims}) == len(TIMES)
