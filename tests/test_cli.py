"""The command line in process: what it prints, what it says when something is wrong, and its exit codes."""

import json
from pathlib import Path

import pytest

from kg import iris
from kg.cli import main
from kg.store import open_store

ARTICLE = """---
title: Envoys meet in Oslo
date: 2024-05-03
publisher: The Example Courier (invented)
---
Norway said on Monday that Sudan had agreed to talks. Sudan denied that it had agreed to anything.
Khartoum demanded that Egypt open the border.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with one article in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def kg(*args: str) -> int:
    """Runs the command; gives its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(args)
    return int(ended.value.code or 0)


def test_json_lines_have_the_documented_fields(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert kg("extract", "a.txt", "--format", "jsonl") == 0
    records = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    fields = (
        "id document sentence evidence subject relation object arguments polarity modality factuality "
        "speaker cue nested_in when where confidence"
    )
    assert all(set(fields.split()) <= set(r) for r in records)
    assert {r["document"] for r in records} == {"a.txt"}
    nested = [r for r in records if r["nested_in"]]
    assert {r["nested_in"] for r in nested} <= {r["id"] for r in records}
    assert any(r["polarity"] == "negated" and r["speaker"] for r in nested)


def test_the_same_input_gives_the_same_bytes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        kg("extract", "a.txt", "--format", "jsonl")
        outputs.append(capfd.readouterr().out)
    assert outputs[0] == outputs[1]


def test_building_twice_changes_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert kg("build", "a.txt") == 0
    assert kg("export", "-o", "first.nq") == 0
    assert kg("build", "a.txt") == 0
    assert "0 articles written, 1 unchanged" in capfd.readouterr().out
    assert kg("export", "-o", "second.nq") == 0
    assert (folder / "first.nq").read_bytes() == (folder / "second.nq").read_bytes()


def test_a_changed_article_replaces_its_graph(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kg("build", "a.txt")
    (folder / "a.txt").write_text("Peru recalled its envoy.\n", encoding="utf-8")
    kg("build", "a.txt")
    capfd.readouterr()
    kg("query", "SELECT ?t { GRAPH ?g { ?s nif:referenceContext ?d ; nif:anchorOf ?t } }", "--format", "csv")
    assert "Norway" not in capfd.readouterr().out


def test_named_query_and_view(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kg("build", "a.txt")
    assert kg("query", "--name", "who-demands-what", "--format", "csv") == 0
    assert "Egypt" in capfd.readouterr().out
    assert kg("view", "-o", "graph.html") == 0
    assert b"<!doctype html>" in (folder / "graph.html").read_bytes()[:100].lower()


WRONG = {
    "a missing path": (["extract", "gone.txt"], "gone.txt"),
    "an empty file": (["extract", "empty.txt"], "empty.txt"),
    "bytes that are no text": (["extract", "bytes.txt"], "bytes.txt"),
    "a model that is not there": (["extract", "a.txt", "--model", "no_such_model"], "no_such_model"),
    "a format that is not known": (["extract", "a.txt", "--format", "yaml"], "yaml"),
    "a store that is not there": (["query", "ASK {}", "--store", "no-store"], "no-store"),
    "a named query that is not known": (["query", "--name", "who-knows"], "who-knows"),
    "a query that is wrong": (["query", "SELECT WHERE"], "line 1"),
    "nothing to build from": (["build", "empty.txt", "--store", "new"], "empty.txt"),
    "a kind that is not known": (["list", "planets"], "planets"),
    "an actor table that is none": (["extract", "a.txt", "--actors", "bytes.txt"], "bytes.txt"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_line_that_names_it(
    case: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "bytes.txt").write_bytes(bytes(range(256)))
    kg("build", "a.txt")
    capfd.readouterr()
    arguments, named = WRONG[case]
    assert kg(*arguments) == 1
    message = capfd.readouterr().err
    assert named in message
    assert "Traceback" not in message
    assert not (folder / "new").exists()


def test_the_good_ones_are_done_and_the_bad_ones_told(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00")
    assert kg("build", ".") == 1
    told = capfd.readouterr()
    assert "1 articles written" in told.out
    assert "bad.txt" in told.err
    assert "1 of 2 inputs could not be read" in told.err


def test_a_store_that_another_process_holds(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from kg.store import open_store

    kg("build", "a.txt")
    with open_store("kg-store"):
        assert kg("query", "ASK { ?c a kg:Claim }") == 0
        assert kg("backup", "copy") == 0
        assert kg("build", "a.txt") == 1
    assert "another process writes into kg-store" in capfd.readouterr().err
    files = sorted(path.name for path in (folder / "kg-store").iterdir())
    for verb in (["query", "ASK {}"], ["export", "-o", "a.ttl"], ["check"]):
        assert kg(*verb) == 0
    assert sorted(path.name for path in (folder / "kg-store").iterdir()) == files


def test_a_store_of_another_version_is_read_anew(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", ".")
    kg("export", "-o", "before.nq")
    with monkeypatch.context() as other:
        other.setattr("kg.iris.ONTOLOGY_VERSION", iris.ONTOLOGY_VERSION.replace(iris.VERSION, "0.1.7"))
        other.setattr("kg.iris.VERSION", "0.1.7")
        kg("build", ".", "--store", "old")
    capfd.readouterr()
    assert kg("query", "ASK {}", "--store", "old") == 1
    assert "old was built in the form of version 0.1.7" in capfd.readouterr().err
    assert kg("rebuild", "--store", "old") == 0
    assert capfd.readouterr().out == "old: 1 articles read anew\n"
    kg("export", "--store", "old", "-o", "after.nq")
    assert (folder / "after.nq").read_bytes() == (folder / "before.nq").read_bytes()
    assert not (folder / "old.old").exists()


def test_actors_are_found_and_merged_while_another_writes_into_the_store(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with open_store(folder / "kg-store", create=True):
        before = sorted((folder / "kg-store").glob("[!L]*"))  # a log aside
        assert kg("actors", "find", "Norway") == 0
        assert kg("actors", "merge", "nor", "egy") == 0
        assert sorted((folder / "kg-store").glob("[!L]*")) == before
    assert "another process writes into kg-store" in capfd.readouterr().err


def test_a_decision_holds_in_the_store_at_once_and_is_undone_there(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def actors() -> str:
        capfd.readouterr()
        assert kg("query", "--name", "actors", "--format", "csv") == 0
        return capfd.readouterr().out

    kg("build", "a.txt", "--fast")
    before = actors()
    assert kg("actors", "rename", "nor", "Kingdom of Norway") == 0
    told = capfd.readouterr().out.splitlines()
    assert told[1] == "kg-store: 1 articles read anew"
    assert "Kingdom of Norway" in actors()
    assert kg("actors", "undo", told[0].split(":")[0]) == 0
    assert actors() == before


def test_decisions_about_actors_are_honoured_and_undone(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert kg("actors", "merge", "nor", "egy", "--why", "for the test") == 0
    judgement = capfd.readouterr().out.split(":")[0]
    kg("extract", "a.txt", "--format", "jsonl")
    assert '"egy"' not in capfd.readouterr().out
    assert kg("actors", "undo", judgement) == 0
    kg("extract", "a.txt", "--format", "jsonl")
    assert '"egy"' in capfd.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("build", "a.txt", "--actors"),
        ("build", "a.txt", "--types"),
        ("build", "a.txt", "--judgements"),
        ("sync", ".", "--actors"),
        ("watch", ".", "--types"),
        ("build", "a.txt", "--model"),
    ],
)
def test_what_is_refused_leaves_no_empty_store(words: tuple[str, ...], folder: Path) -> None:
    (folder / "bad.csv").write_text("id,id\na,b\n", "utf-8")
    there = sorted(folder.rglob("*"))
    assert kg(*words, "bad.csv", "--store", "new") == 1
    assert sorted(folder.rglob("*")) == there


def test_columns_are_named_by_the_user(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "t.csv").write_text(
        "printed,what it says\n2024-05-03,Norway said on Monday that Sudan had agreed to talks.\n", "utf-8"
    )
    assert (
        kg("dates", "t.csv", "--map", "text=what it says", "--map", "date=printed", "--format", "jsonl") == 0
    )
    assert json.loads(capfd.readouterr().out)["value"] == "2024-04-29"
    assert kg("dates", "t.csv", "--map", "day=printed") == 1
    assert kg("dates", "t.csv", "--map", "text") == 1
    assert capfd.readouterr().err.splitlines() == [
        "kg: --map day: no field of a document; one of text, title, date, publisher, url, id, language",
        "kg: --map text: not FIELD=COLUMN; write, for instance, --map date=printed",
    ]


def test_another_language_is_left_out_and_counted(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "b.txt").write_text("Der Minister sagte am Montag, dass die Regierung gehen werde.", "utf-8")
    assert kg("extract", "a.txt", "b.txt", "--format", "jsonl") == 1
    printed = capfd.readouterr()
    assert {json.loads(line)["document"] for line in printed.out.splitlines()} == {"a.txt"}
    assert printed.err.splitlines() == [
        "b.txt: German, not English; left out (--force reads it all the same)",
        "1 of 2 inputs could not be read",
    ]
