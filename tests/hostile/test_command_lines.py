"""Odd command lines end with the exit code that is documented, and say why in a line where it is not 0."""

from __future__ import annotations

import logging
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.cli import main
from tests import effort
from tests.hostile.command_lines import lines

TEXT = "---\ndate: 2024-05-03\n---\nNorway said on Monday that Sudan had agreed to talks. Sudan denied it.\n"
FILES = {
    "a.txt": TEXT.encode(),
    "news/b.txt": TEXT.encode(),
    "empty": b"",
    "blank": b" \n",
    "zeros": bytes(100),
    "cut16.txt": "Norway left 😀".encode("utf-16")[:-1],
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "twice.csv": b"id,id,label\na,b,c\n",
}
MANY = list(lines())
WRITERS = {"build", "sync", "rebuild", "remove", "actors"}
LONGEST = 60  # seconds


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the command lines name."""
    folder = tmp_path_factory.mktemp("scene")
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "folder").mkdir()
    for name, target in (("dangling", "none"), ("loop", "loop"), ("loop.nq", "loop.nq")):
        (folder / name).symlink_to(target)
    for name in ("kg-store", "store", "damaged"):
        with kg.open_store(folder / name, create=True) as store:
            kg.build(kg.read([folder / "a.txt"]), store, "en_geopol_news_sm")
    for file in (folder / "damaged").glob("*.sst"):
        file.write_bytes(b"x" * 99)
    return folder


@pytest.fixture
def here(words: list[str], scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scene as the current folder; a copy of it for who writes there."""
    folder = scene
    if words[0] in WRITERS:
        folder = tmp_path / "scene"
        shutil.copytree(scene, folder, symlinks=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(logging.getLogger("kg"), "handlers", [])  # of command lines before
    return folder


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """No command line takes for ever."""

    def late(*_: object) -> None:
        raise AssertionError("it takes for ever")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def named(case: tuple[list[str], str]) -> str:
    words, codes = case
    return ascii(" ".join(words))[1:70].replace("\\", "/") + f" → {codes}"


@pytest.mark.long
@pytest.mark.parametrize(("words", "codes"), effort.some(MANY), ids=map(named, effort.some(MANY)))
def test_an_odd_command_line_is_told(
    words: list[str], codes: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    told = capfd.readouterr().err
    code = int(ended.value.code or 0)
    assert str(code) in codes.split(), told
    assert "Traceback" not in told
    assert "SECRET" not in told
    lines = told.splitlines()
    assert all(len(line) < 1100 and line.isprintable() for line in lines)
    assert (code == 0) or 1 <= len(lines) <= 6
    assert code != 2 or (len(lines) == 1 and re.match("kg: .*(--help[)]|characters[)])$", lines[0]))
    assert not list(here.rglob("*.part"))
    assert set(FILES) <= {str(p.relative_to(here)) for p in here.rglob("*")}


def test_there_are_many() -> None:
    assert len(MANY) >= 404
    assert len({tuple(words) for words, _ in MANY}) == len(MANY)
