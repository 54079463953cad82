"""A store as it is at one moment, to read: it waits for nobody, holds nobody up, and writes nothing there.

Oxigraph opens the files of a store when it first needs them, and a writer may have put others in their place
by then; the query would then never end. So a reader holds on to the files first, by hard links in a folder
beside the store, which is gone when the reader is; one that was killed leaves it to the next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.writing import hold

_PATIENCE = 1.0  # seconds
_HELD = "held"  # the file that a reader holds in its folder
_STALE = 24 * 3600.0  # seconds after which a folder without it may go


class Snapshot:
    """A store in a folder, frozen until `close`: open, and in a folder of its own, `path`.

    Raises what the disk or Oxigraph says against it.
    """

    def __init__(self, store: Path) -> None:
        self._folder = _Folder.beside(store)
        self.path = store if self._folder is None else self._folder.path
        last = time.monotonic() + _PATIENCE
        while True:
            try:
                if self._folder is not None:
                    _link(store, self.path)
                self.store = ox.Store.read_only(str(self.path))
                return
            except (OSError, RuntimeError):
                if time.monotonic() > last:
                    self.close()
                    raise
                if self._folder is not None:
                    self._folder.empty()

    def close(self) -> None:
        """Let go of the files; whoever still has the store must not use it any more."""
        if self._folder is not None:
            self._folder.close()


class _Folder:
    """A new folder of a reader, on the disk of the store, held for as long as the reader lives."""

    def __init__(self, made: tempfile.TemporaryDirectory[str]) -> None:
        self._made, self.path = made, Path(made.name)
        new = self.path / f"{_HELD}.new"
        self._held = new.open("wb")
        with suppress(OSError):  # some disks know no locks
            hold(self._held)
            new.rename(self.path / _HELD)  # held before anybody sees it

    @classmethod
    def beside(cls, store: Path) -> _Folder | None:
        """None where no folder can be made. What killed readers left goes."""
        start = f".{store.name}.reading-"
        for left in store.parent.glob(f"{start}*"):
            _clear(left)
        try:
            return cls(tempfile.TemporaryDirectory("", start, store.parent, ignore_cleanup_errors=True))
        except OSError:
            return None

    def empty(self) -> None:
        for file in self.path.iterdir():
            if not file.name.startswith(_HELD):
                file.unlink(missing_ok=True)

    def close(self) -> None:
        self._made.cleanup()
        self._held.close()


def _clear(folder: Path) -> None:
    """Delete the folder of a reader that is no more."""
    with suppress(OSError):
        try:
            with (folder / _HELD).open("rb") as held:
                hold(cast(BinaryIO, held))
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)


def _link(store: Path, folder: Path) -> None:
    """Holds the data, copies what still grows: first the log of what is not yet data, then the list of data.

    Data that was listed and went in between is missed: then the store does not open.
    """
    for name in _named(store, ".sst"):
        os.link(store / name, folder / name)
    for name in (*_named(store, ".log"), "CURRENT", (store / "CURRENT").read_text().strip()):
        shutil.copyfile(store / name, folder / name)
    for name in _named(store, ".sst"):
        if not (folder / name).exists():
            os.link(store / name, folder / name)


def _named(store: Path, ending: str) -> Iterator[str]:
    return (name for name in sorted(os.listdir(store)) if name.endswith(ending))
