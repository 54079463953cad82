"""Small text files that people give (decisions, layouts, queries), read whole up to a limit."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

_MOST = 50_000_000  # bytes; /dev/zero and a slip in a name have more


def read_text(path: Path, most: int = _MOST) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, of so many bytes at most.

    Raises InputError for what cannot be read, is no such text or is too long.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be read ({why}); name a file that can") from error
    if len(data) > most:
        raise InputError(f"{path}: longer than {most:,} bytes; name another file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at {error.start}"
        raise InputError(f"{path}: not UTF-8 text ({where}); save it as UTF-8") from None
