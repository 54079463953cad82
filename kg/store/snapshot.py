"""A store as it is at one moment, to read: it waits for nobody, holds nobody up, and writes nothing there.

Oxigraph opens the files of a store when it first needs them, and a writer may have put others in their place
by then; the query would then never end. So a reader holds on to the files first, by hard links in a folder
beside the store, which is gone when the reader is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

_PATIENCE = 1.0  # seconds
_STALE = 24 * 3600.0  # seconds after which the folder of a reader that was killed may go


class Snapshot:
    """A store in a folder, frozen until `close`: open, and in a folder of its own, `path`.

    Raises what the disk or Oxigraph says against it.
    """

    def __init__(self, store: Path) -> None:
        self._folder = _beside(store)
        self.path = store if self._folder is None else Path(self._folder.name)
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
                    _empty(self.path)

    def close(self) -> None:
        """Let go of the files; whoever still has the store must not use it any more."""
        if self._folder is not None:
            self._folder.cleanup()


def _beside(store: Path) -> tempfile.TemporaryDirectory[str] | None:
    """A new folder on the same disk; None where none can be made. What killed readers left goes."""
    start = f".{store.name}.reading-"
    for old in store.parent.glob(f"{start}*"):
        if time.time() - old.stat().st_mtime > _STALE:
            shutil.rmtree(old, ignore_errors=True)
    try:
        return tempfile.TemporaryDirectory(prefix=start, dir=store.parent, ignore_cleanup_errors=True)
    except OSError:
        return None


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


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink(missing_ok=True)
