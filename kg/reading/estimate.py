"""About how many articles there are to read, without reading them: for a bar that says how long it takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

_LINES = (".jsonl", ".ndjson", ".json-lines")  # files of an article a line
_SAMPLE = 1 << 18  # bytes of such a file that tell how long its lines are


def estimate(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """About how many articles files and folders hold; None where standard input is among them."""
    names = [os.fspath(path) for path in paths]
    return None if "-" in names else sum(_articles(file) for name in names for file in _files(name))


def _files(name: str) -> Iterator[str]:
    if not os.path.isdir(name):
        yield name
        return
    for folder, folders, files in os.walk(name):
        folders[:] = [below for below in folders if not below.startswith(".")]
        yield from (os.path.join(folder, file) for file in files if not file.startswith("."))


def _articles(file: str) -> int:
    if not file.lower().endswith(_LINES) or not os.path.isfile(file):
        return 1
    with open(file, "rb") as opened:
        sample = opened.read(_SAMPLE)
    return max(1, sample.count(b"\n") * os.path.getsize(file) // max(1, len(sample)))
