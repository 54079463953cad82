"""A folder that changes and the store that keeps up: what is new, changed, moved, deleted, a copy."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import threading
import time
from itertools import islice
from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.corpus import SyncReport, waiting
from kg.errors import InputError
from kg.exports import to_bytes
from kg.parsing.models import FAST_MODEL
from kg.store import Store, mentioned

STORY = (
    "Norway said on Monday that Sudan had agreed to talks in Oslo, which begin on Friday. Sudan denied that "
    "it had agreed to anything, and demanded that Egypt open the border before any talks."
)
TEXTS = {
    "a.txt": STORY,
    "b.txt": "Peru recalled its envoy. Chile said that it had not been told.",
    "deep/c.txt": "Iran attacked Oman.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that has three articles in `news`."""
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        write(tmp_path / "news" / name, text)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ndate: 2024-05-03\n---\n{text}\n", encoding="utf-8")


def sync(folder: str | Path = "news", **options: object) -> SyncReport:
    with kg.open_store("s", create=True) as store:
        return kg.sync(folder, store, model=FAST_MODEL, **options)  # type: ignore[arg-type]


def changes(report: SyncReport) -> dict[str, str]:
    return {change.document: change.status for change in report.changes}


def content(store: str) -> bytes:
    with kg.open_store(store) as opened:
        return to_bytes(opened, "nquads")


def documents(store: str) -> list[bytes]:
    """What the documents' own graphs hold: what is known of actors and terms stays when they go."""
    shared = re.compile(rb"/graph-(actors|vocabulary)> \.$")
    return [line for line in content(store).splitlines() if not shared.search(line)]


def kg_exits(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(args)
    return int(ended.value.code or 0)


def test_a_first_sync_is_a_build(folder: Path) -> None:
    assert changes(sync()) == dict.fromkeys(TEXTS, "new")
    kg_exits("build", "news", "--store", "built", "--fast", "--judgements", "none")
    assert content("s") == content("built")


def test_nothing_new_is_nothing_done(folder: Path) -> None:
    sync()
    report = sync()
    assert (report.changes, report.built.written, report.counts["unchanged"]) == ([], 0, 3)


def test_each_change_is_told_and_done(folder: Path) -> None:
    sync()
    write(folder / "news" / "d.txt", "Chad recalled its envoy.")
    write(folder / "news" / "b.txt", "Peru sent its envoy back.")
    (folder / "news" / "deep" / "c.txt").rename(folder / "news" / "moved.txt")
    (folder / "news" / "a.txt").unlink()
    report = sync(prune=True)
    assert changes(report) == {"d.txt": "new", "b.txt": "changed", "moved.txt": "moved", "a.txt": "deleted"}
    assert [c.before for c in report.changes if c.status == "moved"] == ["deep/c.txt"]
    kg_exits("build", "news", "--store", "anew", "--fast", "--judgements", "none")
    assert documents("s") == documents("anew")


def test_what_is_deleted_stays_until_it_is_pruned(folder: Path) -> None:
    sync()
    (folder / "news" / "b.txt").unlink()
    for prune, left in ((False, 3), (True, 2)):
        assert changes(sync(prune=prune)) == {"b.txt": "deleted"}
        with kg.open_store("s") as store:
            assert len(store.documents()) == left


def test_nothing_is_pruned_while_something_cannot_be_read(folder: Path) -> None:
    sync()
    (folder / "news" / "b.txt").write_bytes(b"")
    report = sync(prune=True)
    assert (changes(report), report.pruned) == ({"b.txt": "deleted"}, False)
    with kg.open_store("s") as store:
        assert "b.txt" in store.documents()


def test_a_copy_says_of_what(folder: Path) -> None:
    write(folder / "news" / "copy.txt", f"OSLO (Wire) - {STORY}")
    [copy] = [c for c in sync().changes if c.copy_of]
    assert (copy.document, copy.status, copy.copy_of) == ("copy.txt", "new", "a.txt")


def test_a_rebuild_takes_the_decisions_along_with_which_a_store_was_built(folder: Path) -> None:
    decided = folder / "j.jsonl"
    kg.rename(decided, "Norway", "Kingdom of Norway", "me")
    with kg.open_store("s", create=True) as store:
        kg.build(kg.read([folder / "news" / "a.txt"]), store, FAST_MODEL, judgements=decided)
        assert store.judgements() == decided.read_text(encoding="utf-8").splitlines()
        assert not [g for g in store.graphs() if "judgement" in g]
    decided.unlink()
    kg.rebuild("s", FAST_MODEL)
    with kg.open_store("s") as store:
        assert len(store.judgements()) == 1
        assert "Kingdom of Norway" in [label for (label,) in store.query("SELECT ?l { ?a rdfs:label ?l }")]


DECISIONS = (
    lambda file, store: kg.merge(file, "Norway", "Sudan", "me", store=store),
    lambda file, store: kg.merge(file, "Egypt", "Norway", "me", store=store),
    lambda file, store: kg.rename(file, "Sudan", "the Sudanese", "me", store=store),
    lambda file, store: kg.rename(file, "Oslo Shipping", "OS", "me", store=store),
    lambda file, store: kg.split(file, "Sudan", "b.txt", "me", into="sudan-2", store=store),
    lambda file, store: kg.split(file, "Norway", "a.txt", "me", store=store),
    lambda file, store: kg.rename(file, "Norway", "Kingdom of Norway", "me", store=store),
)


def everything(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


@pytest.mark.parametrize("seed", range(4))
def test_decisions_hold_at_once_as_if_a_store_had_been_built_with_them(folder: Path, seed: int) -> None:
    write(folder / "news" / "d.txt", "Oslo Shipping sued Norway. Sudan thanked Oslo Shipping.")
    chance, decided = random.Random(seed), folder / "j.jsonl"
    with kg.open_store("s", create=True) as store:
        kg.build(kg.read(["news"]), store, FAST_MODEL)
        for _ in range(8):
            in_force = [d.id for d in kg.judgements(decided)]
            if in_force and chance.random() < 0.4:
                kg.undo(decided, chance.choice(in_force), "me")
            else:
                with contextlib.suppress(InputError):  # whoever was merged is nobody any more
                    chance.choice(DECISIONS)(decided, store)
            report = kg.honour(store, decided)
            assert report.unchanged == 0
            assert waiting(store, decided) == []
        with kg.open_store() as fresh:
            kg.build(kg.read(["news"]), fresh, FAST_MODEL, judgements=decided)
            assert everything(store) == everything(fresh)
        assert kg.build(kg.read(["news"]), store, FAST_MODEL, judgements=decided).written == 0


def test_only_what_a_decision_concerns_is_read_anew(folder: Path) -> None:
    sync()
    decided = folder / "j.jsonl"
    with kg.open_store("s") as store:
        kg.rename(decided, "Norway", "Kingdom of Norway", "me", store=store)
        about = {row[0] for row in mentioned.documents(store, ["nor"])}
        assert waiting(store, decided) == sorted(about)
        assert 0 < len(about) < len(store.documents())
        report = kg.honour(store, decided)
        assert report.written == len(about)
        assert kg.honour(store, decided).written == 0
    assert sync(judgements=decided).counts["unchanged"] == 3


def test_a_store_keeps_a_decision_that_concerns_none_of_its_documents(folder: Path) -> None:
    sync()
    decided = folder / "j.jsonl"
    kg.rename(decided, "Peru", "Republic of Peru", "me")
    kg.rename(decided, "Fiji", "Republic of Fiji", "me")
    with kg.open_store("s") as store:
        kg.honour(store, decided)
        kg.rename(decided, "Tonga", "Kingdom of Tonga", "me", store=store)
        assert kg.honour(store, decided).written == 0
        assert store.judgements() == decided.read_text(encoding="utf-8").splitlines()


def test_what_another_table_read_waits_for_it(folder: Path) -> None:
    table, decided = folder / "own.csv", folder / "j.jsonl"
    table.write_text(kg.template(), encoding="utf-8")
    with kg.open_store("s", create=True) as store:
        kg.build(kg.read(["news"]), store, FAST_MODEL, table)
        kg.rename(decided, "Norway", "Kingdom of Norway", "me", store=store)
        with pytest.raises(InputError, match="read with another table of actors"):
            kg.honour(store, decided)
        assert kg.honour(store, decided, table).written > 0


def test_copies_are_one_report_of_all_their_publishers(folder: Path) -> None:
    for name, paper in (("a.txt", "The Herald"), ("copy.txt", "The Times"), ("copy2.txt", "The Times")):
        text = f"---\ndate: 2024-05-03\npublisher: {paper}\n---\n{STORY}\n"
        (folder / "news" / name).write_text(text, encoding="utf-8")

    def reports() -> list[tuple[str, int, str]]:
        with kg.open_store("s") as store:
            rows = kg.query(store, name="reports").rows
            return [(row.report, row.articles, row.publishers) for row in rows]

    sync()
    assert reports() == [("a.txt", 3, "The Herald, The Times")]
    kg.rebuild("s", FAST_MODEL)
    assert reports() == [("a.txt", 3, "The Herald, The Times")]
    (folder / "news" / "a.txt").unlink()
    sync(prune=True)
    assert reports() == [("copy.txt", 2, "The Times")]
    (folder / "news" / "copy2.txt").write_text("Peru left.\n", encoding="utf-8")
    sync()
    assert reports() == []


def test_a_folder_that_was_moved_keeps_its_ids_and_another_is_refused(folder: Path) -> None:
    sync()
    (folder / "news").rename(folder / "daily")
    assert sync("daily").changes == []
    with kg.open_store("s") as store:
        assert store.base() == str(folder / "daily")
    write(folder / "other" / "x.txt", "Chad recalled its envoy.")
    with pytest.raises(InputError, match=r"other: the store keeps up with .*daily; sync that"):
        sync("other")
    with pytest.raises(InputError, match="not a folder"):
        sync("daily/a.txt")


def test_a_build_of_the_same_folder_however_it_is_named(folder: Path, capfd, monkeypatch) -> None:
    sync()
    for path in ("news", f"{folder}/news", "./news/", "news/deep"):
        assert kg_exits("build", path, "--store", "s", "--fast") == 0
        assert "0 articles written" in capfd.readouterr().out
    monkeypatch.chdir(folder / "news")
    assert kg_exits("build", ".", "--store", "../s", "--fast") == 0
    assert "0 articles written, 3 unchanged" in capfd.readouterr().out


def test_the_base_is_in_no_export(folder: Path) -> None:
    sync()
    with kg.open_store("s") as store:
        for format in ("turtle", "turtle-unsorted", "nquads", "trig", "jsonld"):
            assert str(folder).encode() not in to_bytes(store, format)
        assert kg.check(store) == []


def test_lines_and_json_lines_on_the_command_line(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(folder / "news" / "copy.txt", STORY)
    assert kg_exits("sync", "news", "--store", "s", "--fast", "--format", "jsonl") == 0
    records = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert records[0] == {"document": "a.txt", "status": "new", "copy_of": None}
    assert records[2] == {"document": "copy.txt", "status": "new", "copy_of": "a.txt"}
    assert kg_exits("sync", "news", "--store", "s", "--fast") == 0
    assert capfd.readouterr().out.endswith("; 1 copy (kg query --name reports)\n")
    (folder / "news" / "b.txt").rename(folder / "news" / "e.txt")
    (folder / "news" / "copy.txt").unlink()
    assert kg_exits("sync", "news", "--store", "s", "--fast") == 0
    assert capfd.readouterr().out == (
        "moved     e.txt (was b.txt)\n"
        "deleted   copy.txt\n"
        "s: 0 new, 0 changed, 1 moved, 2 unchanged, 1 deleted (kept; --prune takes them out)\n"
    )


def test_what_is_not_pruned_says_why(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert kg_exits("sync", "news", "--store", "s", "--fast") == 0
    (folder / "news" / "b.txt").unlink()
    (folder / "news" / "empty.txt").touch()
    assert kg_exits("sync", "news", "--store", "s", "--fast", "--prune") == 1
    assert "1 deleted (kept; while something cannot be read)\n" in capfd.readouterr().out


def test_watch_reads_as_sync_does_and_tells_a_fault_once(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "news" / "empty.txt").touch()
    write(folder / "news" / "e.txt", "Der Außenminister sagte in Berlin, man werde nicht nachgeben.")
    looks = iter([lambda: write(folder / "news" / "d.txt", "Chad recalled its envoy."), lambda: None, None])

    def sleep(_: float) -> None:
        if (change := next(looks, None)) is None:
            raise KeyboardInterrupt
        change()

    monkeypatch.setattr("kg.corpus.time.sleep", lambda seconds: sleep(seconds) if seconds else None)
    assert kg_exits("watch", "news", "--store", "s", "--fast", "--publisher", "The Herald", "--force") == 130
    out, told = capfd.readouterr()
    assert "new       e.txt\n" in out
    assert out.endswith("new       d.txt\ns: 1 new, 0 changed, 0 moved, 4 unchanged, 0 deleted\n")
    assert told.count("empty.txt: the file is empty") == 1
    with kg.open_store("s") as store:
        assert {row[2] for row in kg.query(store, name="documents").rows} == {"The Herald"}


def test_watch_syncs_when_something_changes(folder: Path) -> None:
    def later() -> None:
        time.sleep(1)
        write(folder / "news" / "d.txt", "Chad recalled its envoy.")

    threading.Thread(target=later).start()
    reports = kg.watch("news", "s", every=0.2, model=FAST_MODEL)
    first, second = islice(reports, 2)
    assert changes(first) == dict.fromkeys(TEXTS, "new")
    assert changes(second) == {"d.txt": "new"}
    assert os.path.isdir("s")
