"""A user's own types of events: the table, the events, and all that carries them."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

import kg
from kg import iris, pipeline, rdf
from kg.cli import main
from kg.coding import own_types, types
from kg.errors import TableError
from kg.exports import to_bytes
from kg.model import Document, Event
from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL, folder
from kg.store.checks import check_graph
from kg.store.shared import Shared
from kg.views.payload import payload
from kg.views.source import read_graph

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "own_types"
TABLES = {path.stem: path for path in sorted(CASES.glob("*.csv"))}
MOST_WRONG = 2  # cases of a table, by something that is left out
HEADER = "name,verbs,nouns,example,quad\n"
GOOD = "PIRACY,hijack,,Iran hijacked a ship.,4\n"
TEXT = (
    "Houthi fighters hijacked a Japanese freighter on Sunday. North Korean hackers infiltrated a bank in "
    "Poland. The United States imposed sanctions on Iran on Monday."
)


# ── the events ──


@lru_cache
def coded(name: str) -> list[tuple[dict[str, object], list[Event]]]:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    documents = [Document(str(i), case["text"], published="2024-05-14") for i, case in enumerate(cases)]
    found = pipeline.analyse(documents, type_table=TABLES[name])
    return [(case, one.events) for case, one in zip(cases, found, strict=True)]


def told(event: Event) -> list[str]:
    """An event as a case has it: doers, type, recipients, realis, and the speaker where there is one."""
    sides = (", ".join(a.label for a in side) for side in (event.actors, event.recipients))
    doers, recipients = sides
    return [doers, event.type, recipients, event.realis, *([event.speaker.label] if event.speaker else [])]


with_model = pytest.mark.skipif(not folder(DEFAULT_MODEL).exists(), reason="the language model is not there")


@with_model
@pytest.mark.parametrize("name", TABLES)
def test_the_cases_give_their_events_and_no_others_of_these_types(name: str) -> None:
    wrong = [
        (case["text"], list(map(told, events)))
        for case, events in coded(name)
        if not all(e in map(told, events) for e in case["events"])  # type: ignore[attr-defined]
        or not {e.type for e in events}.isdisjoint(case.get("not", ()))  # type: ignore[arg-type]
    ]
    assert len(wrong) <= MOST_WRONG, wrong


@with_model
def test_no_act_is_told_by_two_types() -> None:
    for name in TABLES:
        for case, events in coded(name):
            own = [e for e in events if e.type not in types.types()]
            twice = [e for e in events for o in own if e is not o and told(e)[::2] == told(o)[::2]]
            assert not twice, (case["text"], list(map(told, events)))


@with_model
def test_what_kg_codes_the_words_as_stays_beside_the_type() -> None:
    [event] = [e for e in coded("economy")[0][1] if e.type == "Nationalisation"]
    assert (event.original_type, event.cameo, event.score, event.quad) == ("COERCE", "1711", -7.0, None)
    assert (event.mode, event.date, event.confidence <= 0.8) == (None, "2024-03", True)


def test_texts_without_such_acts_are_coded_as_ever() -> None:
    text = "Kenya called Peru. Oslo praised the reforms in Zambia. Iran will not free the editor."
    own = kg.events(text, FAST_MODEL, type_table=TABLES["economy"])
    assert own == kg.events(text, FAST_MODEL)


# ── the table ──

BAD = {
    "no column": ("name,verbs,nouns,quad\n", 1, "no column 'example'"),
    "another column": ("name,verbs,nouns,example,colour\n", 1, "unknown column 'colour'"),
    "a column twice": ("name,verbs,verbs,nouns,example\n", 1, "two columns 'verbs'"),
    "nothing": ("", 1, "no column 'name'"),
    "no row": (HEADER, 1, "no type stands below"),
    "an empty row": (f"{HEADER}{GOOD},,,,\n", 3, "name '' is nothing"),
    "no example": (f"{HEADER}PIRACY,hijack,,,4\n", 2, "example '' is nothing"),
    "no words": (f"{HEADER}PIRACY,, | ,Iran hijacked a ship.,4\n", 2, "'PIRACY' has neither verbs nor nouns"),
    "kg's own name": (
        f"{HEADER}{GOOD}Assault,maul,,A bear mauled Peru.,\n",
        3,
        "is that of a type of kg's own",
    ),
    "a name twice": (f"{HEADER}{GOOD}piracy,board,,Iran boarded a ship.,\n", 3, "name 'piracy' stands twice"),
    "a word twice": (
        f"{HEADER}{GOOD}LOOT,loot|Hijack,,Iran looted a ship.,\n",
        3,
        "'Hijack' is among the verbs of",
    ),
    "a strange name": (f"{HEADER}<b>,hijack,,Iran hijacked a ship.,\n", 2, "name '<b>' is not"),
    "a long name": (f"{HEADER}{'x' * 99},hijack,,Iran hijacked a ship.,\n", 2, "60 letters"),
    "quad 5": (f"{HEADER}PIRACY,hijack,,Iran hijacked a ship.,5\n", 2, "quad 5 is none of 1, 2, 3, 4"),
    "quad high": (f"{HEADER}PIRACY,hijack,,Iran hijacked a ship.,high\n", 2, "quad 'high' is not a number"),
    "too many cells": (f"{HEADER}{GOOD.strip()},\n", 2, "more or fewer fields than the header"),
    "no such act": (
        f"{HEADER}{GOOD}LOOT,loot,,Iran bought a ship.,\n",
        3,
        "the example of 'LOOT' gives no event",
    ),
    "no text": (f"{HEADER}PIRACY,hijack,,Iran \x1f hijacked.,\n", 2, "holds what is no text"),
}


def of_hijacking(example: str, own: object) -> list[Event]:
    """Codes an example as the first model would do it: only what the word says."""
    event = pytest.importorskip("tests.test_event_exports").event()
    return [replace(event, type="PIRACY")] if "hijack" in example else []


@pytest.mark.parametrize("what", BAD)
def test_a_bad_table_is_one_line_with_file_line_and_reason(what: str, tmp_path: Path) -> None:
    text, line, reason = BAD[what]
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as refused:
        own_types.read(file, of_hijacking)
    assert str(refused.value).startswith(f"{file}, line {line}: ")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(
        f"{HEADER}PIRACY,hijack,,Iran hijacked Cura\xe7ao.,4\n".encode("latin-1")
    )
    for name, reason in (("none.csv", "cannot be read"), ("", "not a file"), ("latin.csv", "not UTF-8 text")):
        with pytest.raises(TableError, match=reason):
            own_types.read(tmp_path / name, of_hijacking)


def test_the_command_says_it_before_anything_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text, line, reason = BAD["no such act"]
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for verb in (["events"], ["build", "--store", str(tmp_path / "s")]):
        assert kg_exits(*verb, str(tmp_path / "a.txt"), "--fast", "--types", str(tmp_path / "own.csv")) == 1
        out, err = capfd.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)
        assert f"own.csv, line {line}: {reason}" in err


def kg_exits(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(args)
    return int(ended.value.code or 0)


def test_the_example_that_comes_with_kg_is_good_and_in_the_help(capfd: pytest.CaptureFixture[str]) -> None:
    example = ROOT / "examples" / "types.csv"
    [event] = kg.events("Mali hijacked a ship of Oman.", FAST_MODEL, type_table=example)
    assert event.type == "PIRACY"
    kg_exits("events", "--help")
    shown = capfd.readouterr().out
    assert all(line in shown for line in example.read_text(encoding="utf-8").splitlines()[:2])


# ── what carries them ──


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one article, its types' table beside it."""
    place = tmp_path_factory.mktemp("own")
    (place / "types.csv").write_bytes(TABLES["security"].read_bytes())
    with kg.open_store(place / "s", create=True) as store:
        report = kg.build([article()], store, FAST_MODEL, type_table=place / "types.csv")
    assert (report.written, report.lost) == (1, [])
    return place


def article() -> Document:
    return Document("a.txt", TEXT, published="2024-05-14")


def stored(place: Path) -> list[Event]:
    with kg.open_store(place / "s") as store:
        _, _, events = rdf.read_document(Shared(store).beside(store.quads(iris.graph("a.txt"))))
    return events


def test_the_store_gives_them_back(built: Path) -> None:
    written = kg.events(article(), FAST_MODEL, type_table=built / "types.csv")
    key = lambda e: e.id  # noqa: E731
    assert sorted(stored(built), key=key) == sorted(written, key=key)
    assert {(e.type, e.quad) for e in written} >= {("PIRACY", 4), ("INFILTRATION", None)}


def test_they_are_concepts_of_the_store_and_its_shapes_hold(built: Path) -> None:
    with kg.open_store(built / "s") as store:
        assert kg.check(store) == []
        rows = store.query(
            "SELECT ?type ?label { ?type a kg:OwnType ; skos:prefLabel ?label } ORDER BY ?label"
        )
        found = {str(label): str(kind) for kind, label in rows}
    assert found == {name: iris.own_type(name) for name in ("INFILTRATION", "PIRACY")}


@pytest.mark.parametrize(
    ("missing", "what"),
    [(rdf.KG.quadClass, "an event's type has a quad class"), (rdf.KG.score, "an event has a score")],
)
def test_a_type_of_kgs_own_still_needs_class_and_score(built: Path, missing: object, what: str) -> None:
    with kg.open_store(built / "s") as store:
        quads = Shared(store).beside(store.quads(iris.graph("a.txt")))
    found = check_graph("a.txt", [q for q in quads if q.predicate != missing])
    assert [f.message for f in found] == [
        f"{what}, unless {'it' if 'class' in what else 'its type'} is a user's own"
    ]


@pytest.mark.parametrize("format", ["polecat", "plover", "icews", "gdelt", "gdelt-mentions", "phoenix"])
def test_event_files_have_them(built: Path, format: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kg"), kg.open_store(built / "s") as store:
        lines = to_bytes(store, format).decode().splitlines()
    header = format in ("polecat", "icews")
    assert len(lines) - header == len(stored(built))
    without_codes = [e for e in stored(built) if e.cameo is None and e.type not in types.types()]
    if format in ("icews", "gdelt", "phoenix") and without_codes:
        assert "have no CAMEO code" in caplog.text
    if format in ("polecat", "plover"):
        assert any("INFILTRATION" in line for line in lines)


def test_every_export_is_written(built: Path) -> None:
    with kg.open_store(built / "s") as store:
        for format, _ in kg.list("exports"):
            assert to_bytes(store, format)


def test_the_page_shows_them_with_a_class_or_none(built: Path) -> None:
    with kg.open_store(built / "s") as store:
        page = payload(read_graph(store))
        claims = page["claims"]
        rows = store.query((ROOT / "data/queries/events.rq").read_text(encoding="utf-8"))
        assert len({str(row[1]) for row in rows}) == 3
    shown = {claims["words"][e]: q for e, q in zip(claims["event"], claims["quad"], strict=True) if e >= 0}
    assert (shown["PIRACY"], shown["INFILTRATION"]) == (4, 0)
    assert page["classes"][0] == "not coded, or without a class"


# ── the store remembers ──


def test_another_table_reads_again_and_a_rebuild_takes_the_last_along(tmp_path: Path) -> None:
    table, place = tmp_path / "types.csv", tmp_path / "s"
    table.write_bytes(TABLES["security"].read_bytes().replace(b"\n", b"\r\n"))

    def build() -> tuple[int, int]:
        with kg.open_store(place, create=True) as store:
            report = kg.build([article()], store, FAST_MODEL, type_table=table)
        return report.written, report.unchanged

    assert [build(), build()] == [(1, 0), (0, 1)]
    table.write_text(table.read_text(encoding="utf-8").replace("INFILTRATION", "BREAK-IN"), encoding="utf-8")
    assert build() == (1, 0)
    assert "BREAK-IN" in {e.type for e in stored(tmp_path)}
    kg.rebuild(place, FAST_MODEL)
    assert "BREAK-IN" in {e.type for e in stored(tmp_path)}
    assert build() == (0, 1)  # the same table, byte for byte
    with kg.open_store(place) as store:
        assert not [graph for graph in store.graphs() if "types" in graph]
        assert kg.check(store) == []


def test_sync_and_kg_toml_have_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own.csv").write_text(HEADER + GOOD, encoding="utf-8")
    (tmp_path / "kg.toml").write_text('types = "own.csv"\n', encoding="utf-8")
    assert kg_exits("sync", "news", "--store", "s", "--fast") == 0
    assert "PIRACY" in {e.type for e in stored(tmp_path)}
