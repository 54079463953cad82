"""The files that paths stand for: files, folders with all below, and - for standard input."""

import logging
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from kg.errors import InputError
from kg.reading import own
from kg.shown import shown

log = logging.getLogger("kg")

STDIN = "-"
NO_ARTICLE = re.compile(  # hidden, or about others
    r"\.|(readme|licen[cs]e|changelog|contributing)\b", re.IGNORECASE
)


def files(path: str, endings: Sequence[str]) -> Iterator[str | InputError]:
    """The files that a path stands for; of a folder those with the endings, the others are logged."""
    try:
        path.encode()
        mode = stat.S_IFIFO if path == STDIN else os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield InputError(f"{shown(path)}: {_why(error)}")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, endings)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield path
    else:
        yield InputError(f"{shown(path)}: not a file, a folder or a pipe; name one")


def _why(error: OSError | ValueError) -> str:
    """What is wrong with a path, and what to do."""
    if isinstance(error, UnicodeEncodeError):
        return "its name is not UTF-8; rename it"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the path"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _folder(path: str, endings: Sequence[str]) -> Iterator[str | InputError]:
    """The files below a folder that kg reads, sorted; the others are logged after them."""
    errors: list[OSError] = []
    names = sorted(_below(path, errors.append), key=lambda name: PurePath(name).parts)
    wanted = [name for name in names if name.lower().endswith(tuple(endings))]
    for error in errors:
        yield InputError(f"{shown(str(error.filename))}: cannot be read: {error.strerror}")
    if not wanted:
        yield InputError(f"{shown(path)}: no file below it that kg reads ({' '.join(endings)})")
    for name in wanted:
        yield _file_or_error(name)
    _log_skipped(path, sorted(set(names) - set(wanted), key=names.index))


def _file_or_error(name: str) -> str | InputError:
    """A file of a folder, if it is one with a name that can be kept; a pipe would wait for ever."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        return InputError(f"{shown(name)}: {_why(error)}")
    is_file = os.path.isfile(name)
    return name if is_file else InputError(f"{shown(name)}: not a file; name it if it should be read")


def _log_skipped(path: str, names: Sequence[str]) -> None:
    if names:
        first = ", ".join(shown(PurePath(name).as_posix()) for name in names[:5])
        log.warning(
            "%s: skipped %s%s", shown(path), first, f" and {len(names) - 5} more" if names[5:] else ""
        )


def _below(path: str, on_error: Callable[[OSError], None]) -> Iterator[str]:
    """All files below a folder that may be articles; stores are passed over, links to folders named."""
    for folder, folders, files in os.walk(path, onerror=on_error):
        if own.is_store(files):
            folders[:] = []
            continue
        folders[:] = [name for name in folders if not (name.startswith(".") or _is_of_a_page(name, files))]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        yield from (os.path.join(folder, n) for n in files + links if not NO_ARTICLE.match(n))


def _is_of_a_page(folder: str, files: Sequence[str]) -> bool:
    """Whether a folder holds the pictures and frames of a page that a browser saved beside it."""
    page = folder.removesuffix("_files")
    return page != folder and any(page + ending in files for ending in (".html", ".htm"))
