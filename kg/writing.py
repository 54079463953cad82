"""The one way in which kg writes a file: beside it, flushed to disk, and put in its place when it is whole.

So a reader sees the old file or the new one, never half of one, and a full disk costs nothing that was there.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError

try:
    import fcntl
except ImportError:  # Windows, where nobody can delete a file that is open
    fcntl = None  # type: ignore[assignment]

_BEGIN, _END = ".kg-", ".part"
_HINTS = {
    errno.ENOSPC: "free some space, or write elsewhere; what was there is as it was",
    errno.EDQUOT: "free some space, or write elsewhere; what was there is as it was",
    errno.EFBIG: "allow larger files (ulimit -f), or write elsewhere; what was there is as it was",
    errno.ENOENT: "make its folder first",
    errno.ENOTDIR: "make its folder first",
    errno.EISDIR: "it is a folder; name a file in it",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EPIPE: "nobody reads any more",
}


@contextmanager
def writing(path: str | Path) -> Iterator[BinaryIO]:
    """An open file whose bytes become the content of `path` when the block ends without an error.

    A link is followed. A device or a pipe is written into as it stands. An existing file keeps its
    permissions, a new one has what the umask says. What a killed process left half done in that folder is
    cleared away. Raises InputError, which says what to do, where it cannot be written.
    """
    try:
        with _in_place(path) if _is_stream(path) else _beside(Path(os.path.realpath(path))) as out:
            yield out
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "name a file that you may write")
        raise InputError(f"{path} cannot be written: {error.strerror or error}; {hint}") from error


def _is_stream(path: str | Path) -> bool:
    """Whether a path leads to something that is no file: a device, a pipe, an open handle of this process."""
    with suppress(FileNotFoundError):
        mode = os.stat(path).st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or str(path).startswith(("/dev/", "/proc/"))
    return False


@contextmanager
def _in_place(path: str | Path) -> Iterator[BinaryIO]:
    with open(os.open(path, os.O_WRONLY), "wb") as out:
        yield out


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    _clear(path.parent)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=_BEGIN, suffix=_END)
    try:
        with open(handle, "wb") as out:
            hold(out)
            yield out
            out.flush()
            os.fsync(out.fileno())
            os.chmod(part, _permissions(path))
            os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Those of the file that is replaced, or those that a new file gets."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def hold(file: BinaryIO) -> None:
    """Mark a file as somebody's, until it is closed or its process ends; an OSError where it is another's."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(folder: Path) -> None:
    """Delete what killed processes left half done in a folder; what others are writing stays."""
    for part in folder.glob(f"{_BEGIN}*{_END}"):
        with suppress(OSError):
            with part.open("rb") as left:
                hold(cast(BinaryIO, left))
            part.unlink()
