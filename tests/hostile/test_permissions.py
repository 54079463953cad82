"""What may not be read or written is named, with the way out, and the exit code tells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.parsing.models import FAST_MODEL

TEXT = "---\ndate: 2024-05-03\n---\nNorway said on Monday that Sudan had agreed to talks.\n"
# Root may read and write everything; without these two powers only what the permissions say.
PLAIN = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []

# The mode that something has, what is done, the exit code, and what is told.
CASES = [
    ("news/b.txt", 0o000, "extract news --fast", 1, "news/b.txt: cannot be read: Permission denied"),
    ("news/b.txt", 0o000, "extract news/b.txt --fast", 1, "news/b.txt: cannot be read: Permission denied"),
    ("news", 0o000, "extract news --fast", 1, "news: cannot be read: Permission denied"),
    ("folder", 0o555, "build a.txt --store folder/s --fast", 1, "look after the permissions"),
    ("folder", 0o555, "view --store s -o folder/p.html", 1, "folder/p.html cannot be written"),
    ("folder", 0o555, "export --store s -o folder/x.ttl", 1, "folder/x.ttl cannot be written"),
    ("folder", 0o555, "backup --store s folder/b", 1, "look after the permissions"),
    ("folder", 0o555, "actors merge norway sudan --judgements folder/j.jsonl", 1, "name another file"),
    ("s", 0o000, "query ASK{} --store s", 1, "Permission denied"),
    ("s", 0o000, "build a.txt --store s --fast", 1, "Permission denied"),
    ("s/*", 0o000, "query ASK{} --store s", 1, "Permission denied"),
    ("s s/*", 0o444, "query ASK{} --store s", 1, "Permission denied"),
    ("s", 0o555, "query ASK{} --store s", 0, "yes"),
    ("s", 0o555, "remove a.txt --store s", 1, "copy it to where it can be written"),
]


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """A folder with articles, a store and an empty folder."""
    (tmp_path / "a.txt").write_text(TEXT)
    for name in ("news", "folder"):
        (tmp_path / name).mkdir()
    for name in ("a", "b"):
        (tmp_path / "news" / f"{name}.txt").write_text(TEXT)
    with kg.open_store(tmp_path / "s", create=True) as store:
        kg.build(kg.read([tmp_path / "a.txt"]), store, FAST_MODEL)
    return tmp_path


@pytest.mark.skipif(bool(PLAIN) and not shutil.which("setpriv"), reason="root may do everything")
@pytest.mark.parametrize(("names", "mode", "words", "code", "says"), CASES)
def test_what_is_not_allowed_is_told(
    names: str, mode: int, words: str, code: int, says: str, scene: Path
) -> None:
    locked = [path for name in names.split() for path in scene.glob(name)]
    before = {path: path.stat().st_mode for path in locked}
    for path in reversed(locked):
        path.chmod(mode)
    command = [*PLAIN, sys.executable, "-P", "-m", "kg", *words.split()]
    told = subprocess.run(command, capture_output=True, text=True, cwd=scene, check=False)
    for path in locked:
        path.chmod(before[path])
    assert told.returncode == code, told.stderr
    assert says in told.stderr + told.stdout
    assert "Traceback" not in told.stderr
