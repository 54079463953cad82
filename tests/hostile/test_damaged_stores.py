"""Stores that are damaged, full or read-only: the answer, or a line that says what is wrong and to do."""

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import KgError, StoreError
from kg.exports import to_bytes
from kg.store import open_store
from tests import effort
from tests.graph_samples import newspapers

# What is done to the files of a store; the first argument says how much it may matter.
PARTS = ("CURRENT", "MANIFEST*", "OPTIONS*", "*.log", "*.sst", "IDENTITY", "LOCK", "LOG")


def without(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def half(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def flipped(file: Path) -> None:
    data, chance = bytearray(file.read_bytes()), random.Random(1)
    for _ in range(20 if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def text(file: Path) -> None:
    file.write_bytes(b"hello\n")


def noise(file: Path) -> None:
    file.write_bytes(random.Random(3).randbytes(500))


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: tuple[Callable[[Path], None], ...] = (without, empty, half, flipped, text, noise, a_folder)
CASES = {f"{damage.__name__} {part}": (damage, part) for part in PARTS for damage in DAMAGES}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that nothing is wrong with."""
    folder = tmp_path_factory.mktemp("stores") / "whole"
    with open_store(folder, create=True) as store:
        for article in newspapers():
            store.put(article.quads())
        store.derive()
    return folder


def damaged(whole: Path, folder: Path, case: str) -> Path:
    damage, part = CASES[case]
    shutil.copytree(whole, folder)
    for file in sorted(folder.glob(part)):
        damage(file)
    return folder


def everything(folder: Path) -> None:
    """Opens a store, reads all of it, and writes to it."""
    with open_store(folder) as store:
        list(store.documents())
        to_bytes(store, "nquads")
        store.query("SELECT * { ?s ?p ?o }", timeout=20)
        store.put(newspapers()[0].quads())
        store.remove("a")
        store.derive()


@pytest.mark.parametrize("case", CASES)
def test_damage_is_told_in_a_line_that_says_what_to_do(case: str, whole: Path, tmp_path: Path) -> None:
    folder = damaged(whole, tmp_path / "store", case)
    try:
        everything(folder)
    except KgError as error:
        told = str(error)
        assert str(folder) in told
        assert any(way in told for way in ("; put a copy", "; name another", "; build one", "; wait")), told
        assert "\n" not in told
        assert len(told) < 700


VERBS = (
    ["query", "ASK {}"],
    ["export", "-o", "x.nq"],
    ["export", "-o", "x.csv"],
    ["view", "-o", "x.html"],
    ["check"],
    ["remove", "a"],
    ["backup", "copy"],
)
# All in one process, which damage may bring down: on standard error what each says, and its exit code.
ONE_BY_ONE = """
import json, sys
from kg.cli import main
for number, verb in enumerate(json.loads(sys.argv[1])):
    try:
        main([*verb, "--store", f"store{number}"])
    except SystemExit as end:
        print(f"exit {end.code or 0}", file=sys.stderr, flush=True)
"""


@pytest.mark.long
@pytest.mark.parametrize("case", effort.some(CASES))
def test_no_verb_has_a_traceback(case: str, whole: Path, tmp_path: Path) -> None:
    for number in range(len(VERBS)):
        damaged(whole, tmp_path / f"store{number}", case)
    command = [sys.executable, "-P", "-c", ONE_BY_ONE, json.dumps(VERBS)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    codes = [line for line in lines if line.startswith("exit ")]
    assert len(codes) == len(VERBS), done.stderr
    assert set(codes) <= {"exit 0", "exit 1"}, done.stderr
    assert len(lines) <= 2 * len(VERBS), done.stderr  # one with each


IMPATIENT = """
import sys
import kg.store.oxigraph
from kg.cli import main
kg.store.oxigraph.PATIENCE = 0.5
main(sys.argv[1:])
"""


@pytest.mark.long
@pytest.mark.parametrize("seed", effort.some(range(100)))
def test_nothing_runs_on_where_a_bit_is_flipped(seed: int, whole: Path, tmp_path: Path) -> None:
    """Oxigraph joins what it cannot read without end: each verb gives the whole answer or says why not."""
    chance, folder = random.Random(seed), tmp_path / "store"
    verb = chance.choice(VERBS)
    shutil.copytree(whole, folder)
    file = chance.choice(sorted(folder.glob("*.sst")))
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    command = [sys.executable, "-P", "-c", IMPATIENT, *verb, "--store", "store"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert done.returncode in (0, 1), done.stderr
    assert len(done.stderr.splitlines()) == done.returncode
    assert "copy it to where" not in done.stderr
    if "x.nq" in verb and done.returncode == 0:
        with open_store(whole) as store:
            assert (tmp_path / "x.nq").read_bytes() == to_bytes(store, "nquads")


def test_a_folder_that_is_a_link_to_itself_or_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe" / "CURRENT")
    (tmp_path / "file").write_bytes(b"")
    for name in ("loop", "file", "file/below", "none", "x" * 300, "pipe"):
        with pytest.raises(StoreError):
            open_store(tmp_path / name, create=name == "pipe")


@pytest.mark.parametrize("part", [part for part in PARTS if part != "CURRENT"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_part_that_is_a_pipe_or_never_ends_is_told(
    part: str, read_only: bool, whole: Path, tmp_path: Path
) -> None:
    shutil.copytree(whole, tmp_path / "store")
    file = next((tmp_path / "store").glob(part))
    for make in (os.mkfifo, lambda file: file.symlink_to("/dev/zero")):
        file.unlink()
        make(file)
        with pytest.raises(StoreError, match=f"{file.name} is no file"):
            open_store(tmp_path / "store", read_only=read_only)


def test_a_query_that_fails_for_damage_does_not_ask_for_more_memory(whole: Path, tmp_path: Path) -> None:
    """Oxigraph joins what it cannot read without end."""
    shutil.copytree(whole, tmp_path / "store")
    with open_store(tmp_path / "store", read_only=True) as store:
        for file in (tmp_path / "store").glob("*.sst"):
            data = bytearray(file.read_bytes())
            data[10] ^= 1  # in the first data; that the file is whole is all that opening looks at
            file.write_bytes(data)
        with pytest.raises(StoreError, match="Corruption"):
            store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", memory=0.3)


# --- disks: real ones of a few MB, which only root can mount


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True)
    if done.returncode != 0:
        pytest.skip("nobody may mount a disk here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_store_on_a_read_only_disk_is_read(disk: Path, whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, disk / "store")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with open_store(whole) as store:
        expected = to_bytes(store, "nquads")
    with open_store(disk / "store") as store:
        assert to_bytes(store, "nquads") == expected
        assert len(store.query("SELECT ?c { ?c a kg:Claim }", timeout=20)) > 5
        store.backup(tmp_path / "copy")
        for write in (
            lambda: store.put(newspapers()[0].quads()),
            lambda: store.remove("a"),
            lambda: store.put_many([newspapers()[0].quads()]),
        ):
            with pytest.raises(StoreError, match=r"the store cannot be written .*; copy it to where it can"):
                write()
    with pytest.raises(StoreError, match="Read-only"):
        open_store(disk / "new", create=True)
    with open_store(tmp_path / "copy") as copy:
        assert to_bytes(copy, "nquads") == expected


def fill(file: Path) -> None:
    """A file that takes all the space there is."""
    handle = os.open(file, os.O_CREAT | os.O_WRONLY)
    with contextlib.suppress(OSError):
        while True:
            os.write(handle, bytes(1000))
    os.close(handle)


def write_much(folder: Path) -> None:
    with open_store(folder) as store:
        for _ in range(200):
            store.put_many(article.quads() for article in newspapers())
            store.put(newspapers()[1].quads())


def test_a_full_disk_is_told_and_what_was_whole_stays_whole(disk: Path, whole: Path) -> None:
    shutil.copytree(whole, disk / "store")
    with open_store(disk / "store") as store:
        expected = to_bytes(store, "nquads")
    fill(disk / "filler")
    with pytest.raises(
        StoreError, match=r"No space left.*; free some space; what the store had it still has"
    ):
        write_much(disk / "store")
    with pytest.raises(StoreError, match="backup cannot be written"), open_store(whole) as store:
        store.backup(disk / "copy")
    assert not (disk / "copy").exists()
    (disk / "filler").unlink()
    with open_store(disk / "store") as store:
        assert to_bytes(store, "nquads") == expected
