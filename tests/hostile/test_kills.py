"""kill -9 at random moments of every command that writes, then the same again: as if nothing had happened."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

import kg
from kg.exports import to_bytes
from tests import effort

ROOT = Path(__file__).parents[2]
OLD, NEW = 6, 9  # articles in the store before, and below the folder then
FAST, HERE = "--fast", ("--store", "store")


@dataclass(frozen=True)
class Verb:
    """A command that is killed: its words, what it makes beside the store, and how often it is killed."""

    words: tuple[str, ...]
    makes: str | None = None
    kills: int = 14


VERBS = {
    "build": Verb(("build", "news", *HERE, FAST, "--workers", "2"), kills=18),
    "sync": Verb(("sync", "news", *HERE, FAST, "--prune"), kills=18),
    "remove": Verb(("remove", "003.txt", *HERE), kills=14),
    "merge": Verb(("actors", "merge", "norway", "sudan", *HERE), makes="kg-judgements.jsonl", kills=10),
    "export": Verb(("export", *HERE, "-o", "graph.nq"), makes="graph.nq", kills=14),
    "view": Verb(("view", *HERE, "-o", "graph.html"), makes="graph.html", kills=14),
    "backup": Verb(("backup", "copy", *HERE), makes="copy", kills=12),
}


def article(number: int) -> str:
    parties = "Norway Sudan Egypt Chad Peru Chile Oman Iran Iraq Mali Niger Ghana Kenya Nepal Japan".split()
    a, b, c = (parties[(number * step + step) % len(parties)] for step in (1, 3, 7))
    said = f"{a} said that {b} had attacked {c}. {b} denied that it had agreed to {number} talks with {c}.\n"
    return f"---\ndate: 2024-05-{number % 28 + 1:02}\npublisher: Paper {number % 5}\n---\n{said}"


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    places = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    command = [sys.executable, "-P", "-m", "kg", *words]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def run(folder: Path, *words: str) -> tuple[int, str]:
    with start(folder, *words) as process:
        told = process.communicate()[1].decode()
    return process.returncode, told


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A store of some articles beside a folder where some have come, gone and changed since, ever anew.

    It is always at the same place, which the store keeps.
    """
    folder, kept = (tmp_path_factory.mktemp("scene") / name for name in ("now", "kept"))
    (folder / "news").mkdir(parents=True)
    for number in range(OLD):
        (folder / "news" / f"{number:03}.txt").write_text(article(number), encoding="utf-8")
    assert run(folder, *VERBS["build"].words[:-2])[0] == 0  # in one process
    for number in range(OLD, NEW):
        (folder / "news" / f"{number:03}.txt").write_text(article(number), encoding="utf-8")
    (folder / "news" / "001.txt").write_text(article(99), encoding="utf-8")
    (folder / "news" / "002.txt").unlink()
    (folder / "news" / "004.txt").rename(folder / "news" / "moved.txt")
    folder.rename(kept)

    def anew() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept, folder)
        return folder

    return anew


def content(path: Path) -> object:
    """What a store or a file says; of decisions, what they decide and not when."""
    if path.is_dir():
        with kg.open_store(path) as store:
            return to_bytes(store, "nquads")
    if path.suffix == ".jsonl":
        return [(d.keep, d.drop) for d in kg.judgements(path)]  # type: ignore[union-attr]
    return path.read_bytes()


def outcome(folder: Path, verb: Verb) -> tuple[list[object], set[str]]:
    """What a command leaves: what the store and its own file say, and all that lies there."""
    said = [content(folder / "store"), *([content(folder / verb.makes)] if verb.makes else [])]
    return said, set(os.listdir(folder))


def seconds(process: subprocess.Popen[bytes]) -> float:
    """The CPU time of a process and of those below it: how far it is, however busy the machine."""
    with suppress(psutil.Error):
        its = psutil.Process(process.pid)
        return sum(sum(p.cpu_times()[:2]) for p in (its, *its.children(recursive=True)))
    return 0.0


def killed_after(process: subprocess.Popen[bytes], moment: float) -> bool:
    """Kills a process once it has worked so long, with all below it; False where it was done before."""
    while process.poll() is None and seconds(process) < moment:
        time.sleep(0.002)
    below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.kill()
    process.communicate()
    assert not psutil.wait_procs(below, timeout=10)[1], "a worker outlives its parent"
    return process.returncode == -signal.SIGKILL


@pytest.mark.long
@pytest.mark.parametrize("name", VERBS)
def test_a_killed_command_done_again_is_as_one_that_was_not(name: str, scene: Callable[[], Path]) -> None:
    verb, chance = VERBS[name], random.Random(name)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    folder = scene()
    code, told = run(folder, *verb.words)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert code == 0, told
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    whole, kills, tries = outcome(folder, verb), 0, 0
    while kills < effort.times(verb.kills):
        tries += 1
        assert tries < 4 * verb.kills, "it ends before it can be killed"
        folder = scene()
        with start(folder, *verb.words) as process:
            was_killed = killed_after(process, chance.uniform(0.3, 1) * took)
        kills += was_killed
        made = folder / verb.makes if verb.makes else None
        is_done = not was_killed or (made is not None and made.exists())
        if is_done and made is not None:
            assert content(made) == whole[0][1], "half of it"
        code, told = run(folder, *verb.words)
        assert code == 0 or name == "remove" or (is_done and name in ("backup", "merge")), told
        assert "Traceback" not in told
        assert outcome(folder, verb) == whole
