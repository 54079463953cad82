"""Files, folders, standard input and JSON lines as Documents; what cannot be read is told, never passed over.

A text file may begin with front matter, `key: value` lines between two lines of `---`. Its `title` is
not part of the text. Without one, a first line that reads like a headline is the title *and* stays in
the text, so that spans can point into it. Text is what the file holds after the front matter, as it
stands: line ends, wrapping and blanks are never changed.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Protocol

from kg.errors import InputError, tell
from kg.model import Document
from kg.reading import json_lines, plain_text, web_page
from kg.reading.article import LONGEST, Documents, Source, headline
from kg.reading.encoding import decode, shown
from kg.reading.paths import STDIN, files
from kg.time import expressions

__all__ = ["ENDINGS", "LONGEST", "READERS", "Reader", "decode", "headline", "read"]

log = logging.getLogger("kg")


class Reader(Protocol):
    """Reads one form of file; each is a module with these names."""

    ENDINGS: tuple[str, ...]  # how the names of its files end, in small letters

    def fits(self, data: bytes, /) -> bool:
        """Whether what comes without a name, on standard input, is in this form."""

    def documents(self, data: bytes, source: Source, /) -> Documents:
        """The documents in a file's bytes; an InputError for each that cannot be read, or raised for all."""


# In the order in which they are asked; the last one reads what no other does.
READERS: tuple[Reader, ...] = (json_lines, web_page, plain_text)
# What is read in a folder; a file that is named may end in anything.
ENDINGS = tuple(ending for reader in (plain_text, json_lines, web_page) for ending in reader.ENDINGS)


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    date: str | None = None,
    publisher: str | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Document]:
    """The documents in files, folders (all below, in the order of their names) and "-", standard input.

    A document's id is its path as given or found, with "/" and without "./"; for JSON lines (an object
    a line: id, title, date, publisher, url, text) the record's id, or path:line where it has none.
    `date` and `publisher` hold where a document says nothing. HTML needs the extra `html`.

    What cannot be read goes to `on_error` and the rest goes on; without it the first one is raised.
    What else a folder holds, and unknown fields, are logged to "kg" as warnings; hidden files and a
    folder's README or LICENSE are no articles.
    """
    defaults = {"publisher": publisher} if publisher else {}
    if date:
        defaults["date"] = expressions.as_iso(date)
    ids: set[str] = set()
    for found in _read_all(paths, defaults):
        if isinstance(found, Document) and found.id in ids:
            found = InputError(f"{shown(found.id)}: a second document with this id; give it one of its own")
        if isinstance(found, Document):
            ids.add(found.id)
            yield found
        else:
            tell(found, on_error)


def _read_all(paths: Iterable[str | os.PathLike[str]], defaults: dict[str, str]) -> Documents:
    """Documents and errors in order; a file that is named twice is read once."""
    done: set[str] = set()
    for path in paths:
        for found in files(os.fspath(path), ENDINGS):
            if isinstance(found, InputError):
                yield found
            elif (name := PurePath(found).as_posix()) in done:
                log.warning("%s: named twice, read once", shown(name))
            else:
                done.add(name)
                yield from _caught(_file(found, Source(name, defaults=defaults)), name)


def _caught(documents: Documents, name: str) -> Documents:
    """The documents; what goes wrong on the way becomes the last of them."""
    try:
        yield from documents
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{shown(name)}: cannot be read: {error.strerror or error}")


def _file(path: str, source: Source) -> Documents:
    """The documents of one file or of standard input."""
    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    yield from _reader(path, data).documents(data, source)


def _reader(path: str, data: bytes) -> Reader:
    """By the name's ending; by the content where there is no name; else text."""
    if path == STDIN:
        return next(reader for reader in READERS if reader.fits(data))
    ending = PurePath(path).suffix.lower()
    return next((reader for reader in READERS if ending in reader.ENDINGS), READERS[-1])
