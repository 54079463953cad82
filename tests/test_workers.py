"""Processes that read: order, streaming, deaths, Ctrl-C, and the same bytes from any number of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import threadpoolctl

import kg
from kg import pipeline, workers
from kg.errors import KgError, ModelError
from kg.exports import to_bytes
from kg.model import Document
from kg.parsing.models import FAST_MODEL
from kg.records import claim_record, event_record, json_line
from tests import worker_samples

ROOT = Path(__file__).parents[1]
PARTIES = "Norway Sudan Egypt Chad Peru Chile Oman Iran Iraq Mali Niger Ghana Kenya Nepal Japan".split()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another folder than the checkout: processes find nothing in the current one."""
    monkeypatch.chdir(tmp_path)


def lost(item: int, how: str) -> tuple[int, str]:
    return item, how


# ── the pool ──


def test_results_come_in_the_order_of_the_items_from_several_processes() -> None:
    found = list(workers.ordered(range(20), worker_samples.square, lost, 2))
    assert [square for _, square in found] == [n * n for n in range(20)]
    processes = {process for process, _ in found}
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_one_worker_is_this_process() -> None:
    assert {process for process, _ in workers.ordered(range(3), worker_samples.square, lost)} == {os.getpid()}


def test_an_article_is_read_by_one_thread_and_others_keep_theirs() -> None:
    def threads(_: object = None) -> set[int]:
        return {pool["num_threads"] for pool in threadpoolctl.threadpool_info()}

    with threadpoolctl.threadpool_limits(2):
        read = pipeline.Reader(FAST_MODEL, None, None, threads)()
        assert read(Document("a.txt", "Norway recalled its envoy.")) == {1}
        assert threads() == {2}


def test_a_short_stream_is_read_in_this_process_and_a_long_one_on_every_core(monkeypatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)

    def processes(count: int) -> set[int]:
        return {p for p, _ in workers.ordered(range(count), worker_samples.square, lost, None)}

    assert processes(workers.PAYS - 1) == {os.getpid()}
    assert len(processes(3 * workers.PAYS) - {os.getpid()}) == 2


def test_a_stream_is_taken_as_it_is_needed() -> None:
    taken: list[int] = []

    def stream() -> Iterator[int]:
        for n in range(10_000):
            taken.append(n)
            yield n

    with closing(workers.ordered(stream(), worker_samples.square, lost, 2)) as results:
        for _ in range(5):
            next(results)
    assert len(taken) <= 5 + 2 * workers.AHEAD


def test_a_process_that_dies_loses_its_item_alone() -> None:
    found = list(workers.ordered(range(10), worker_samples.deadly, lost, 2))
    why = "was ended by SIGKILL: too little memory?"
    assert [n for n in range(10) if found[n] == (n, why)] == [3, 7]
    assert [found[n][1] for n in range(10) if n not in (3, 7)] == [
        n * n for n in range(10) if n not in (3, 7)
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_what_a_setup_raises_is_raised_here(count: int) -> None:
    with pytest.raises(ModelError, match="no such model"):
        list(workers.ordered(range(3), worker_samples.refusing, lost, count))


def test_a_process_that_cannot_start_is_an_error_and_not_a_loss_for_each_item() -> None:
    with pytest.raises(KgError, match="cannot start: it ended with code 5"):
        list(workers.ordered(range(3), worker_samples.never_ready, lost, 2))


def test_what_an_item_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="0 is no good"):
        list(workers.ordered(range(3), worker_samples.failing, lost, 2))


def test_no_process_is_left_when_a_caller_stops_early() -> None:
    with closing(workers.ordered(range(100), worker_samples.square, lost, 2)) as results:
        processes = {next(results)[0] for _ in range(8)}
    assert not any(psutil.pid_exists(process) for process in processes)


# ── kg ──


def write_articles(folder: Path, count: int) -> None:
    """Short articles, each of its own."""
    folder.mkdir()
    for n in range(count):
        a, b, c = (PARTIES[(n * step + step) % len(PARTIES)] for step in (1, 3, 7))
        text = f"---\ndate: 2024-05-{n % 28 + 1:02}\npublisher: Paper {n % 5}\n---\n" + (
            f"{a} said that {b} had attacked {c}. {b} denied that it had agreed to {n} talks with {c}.\n"
        )
        (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "kg", *arguments, "--fast"]


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A kg of its own, with the folder as the current one; it prints into the file `out`."""
    places = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    with (folder / "out").open("wb") as out:
        return subprocess.Popen(
            command(*arguments),
            cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip


def run(folder: Path, *arguments: str) -> tuple[str, str, int]:
    """What a kg of its own prints, says on standard error, and its exit code."""
    with start(folder, *arguments) as process:
        told = process.communicate()[1]
    return (folder / "out").read_text(encoding="utf-8"), told, process.returncode


def content(store: Path) -> bytes:
    with kg.open_store(store) as opened:
        return to_bytes(opened, "nquads")


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 12)

    def lines(count: int) -> list[str]:
        found = kg.findings(kg.read(["news"]), FAST_MODEL, workers=count)
        made = (r for f in found for r in (*map(claim_record, f.claims), *map(event_record, f.events)))
        return [json_line(record) for record in made]

    def turtle(count: int) -> bytes:
        with kg.open_store(f"s{count}", create=True) as store:
            assert kg.build(kg.read(["news"]), store, FAST_MODEL, workers=count).written == 12
            return to_bytes(store, "turtle")

    assert lines(1) == lines(2)
    assert turtle(1) == turtle(2)


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 4)
    for name in ("pickle", "spacy", "numpy", "random", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('from the current folder')", encoding="utf-8")
    out, told, code = run(tmp_path, "extract", "news", "--format", "jsonl", "--workers", "2")
    assert (code, told) == (0, "")
    assert out


def children(process: subprocess.Popen[str], count: int) -> list[psutil.Process]:
    """The processes that a command has started, as soon as they are so many."""
    for _ in range(600):
        found = psutil.Process(process.pid).children()
        if len(found) == count:
            return found
        time.sleep(0.05)
    raise AssertionError("no worker started")


def test_a_worker_that_dies_loses_its_article_alone(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 60)
    with start(tmp_path, "extract", "news", "--format", "jsonl", "--workers", "2") as process:
        while (tmp_path / "out").read_bytes().count(b"\n") < 10:  # both workers are at work by then
            time.sleep(0.01)
        children(process, 2)[0].kill()
        told = process.communicate()[1]
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert process.returncode == 1
    assert "the document is left out (the process that read it was ended by SIGKILL" in told
    assert "1 of 60 articles could not be understood" in told
    assert len({json.loads(line)["document"] for line in lines}) == 59


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT there")
def test_control_c_says_what_is_kept_and_leaves_no_process(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 150)
    with start(tmp_path, "build", "news", "--workers", "2") as process:
        below = children(process, 2)
        while sum(child.cpu_times().user for child in below) < 2.5:  # they have begun to read
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert len(told.splitlines()) == 1
    assert told.startswith("kg: interrupted: ")
    assert told.endswith("articles are in kg-store; the same command goes on from there\n")
    assert not any(child.is_running() for child in below)
    kept = int(told.split()[2])
    out, _, code = run(tmp_path, "build", "news", "--workers", "2")
    assert code == 0
    assert f"{150 - kept} articles written, {kept} unchanged" in out
