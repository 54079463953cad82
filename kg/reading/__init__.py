"""Files, folders, standard input and JSON lines as Documents; what cannot be read is told, never passed over.

A text file may begin with front matter, `key: value` lines between two lines of `---`. Its `title` is
not part of the text. Without one, a first line that reads like a headline is the title *and* stays in
the text, so that spans can point into it. Text is what the file holds after the front matter, as it
stands: line ends, wrapping and blanks are never changed. Forms that are not text (pages, PDF, Word …)
become one, and spans point into that.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import PurePath

from kg.errors import InputError, tell
from kg.model import Document
from kg.reading import door, own
from kg.reading.article import LONGEST, Documents, Source, headline
from kg.reading.columns import NAMES
from kg.reading.door import ENDINGS, READERS, Reader
from kg.reading.encoding import decode
from kg.reading.identity import base_of, identity
from kg.reading.incoming import Incoming
from kg.reading.paths import STDIN, files
from kg.shown import shown
from kg.time import expressions

__all__ = ["ENDINGS", "LONGEST", "READERS", "Reader", "base_of", "decode", "headline", "read"]

log = logging.getLogger("kg")


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    date: str | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str] | None = None,
    force: bool = False,
    base: str | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Document]:
    """The documents in files, folders (all below, in the order of their names) and "-", standard input.

    A document's id is its address, else the id of its record, else its path (and the line) relative to the
    folder that is named, or to `base`; a hash of its text on standard input. `date` and `publisher` hold
    where a document says nothing; `columns` gives what tables and records call a field: {"date": "printed"}.
    Some forms need the extra `files`. A text that is not English is an error, unless `force` is set.

    What cannot be read goes to `on_error` and the rest goes on; without it the first one is raised.
    What else a folder holds, and unknown fields, are logged to "kg" as warnings; hidden files and a
    folder's README or LICENSE are no articles.
    """
    paths, asked = list(paths), _asked(date, publisher, columns or {}, force)
    identified = _identified(_read_all(paths, asked), base_of(paths) if base is None else base)
    for found in _each_once(identified):
        if isinstance(found, Document):
            yield found
        else:
            tell(found, on_error)


def _asked(date: str | None, publisher: str | None, columns: Mapping[str, str], force: bool) -> Source:
    """What a call asks for, as every file is read with it."""
    if unknown := columns.keys() - NAMES.keys():
        raise InputError(f"--map {min(unknown)}: no field of a document; one of {', '.join(NAMES)}")
    defaults = {"publisher": publisher} if publisher else {}
    if date:
        defaults["date"] = expressions.as_iso(date)
    return Source("", None, defaults, dict(columns), force)


def _identified(
    found: Iterable[tuple[str, Document | InputError]], base: str
) -> Iterator[tuple[str, Document | InputError]]:
    """Documents with the ids by which they are known."""
    for name, each in found:
        yield name, replace(each, id=identity(each, name, base)) if isinstance(each, Document) else each


def _each_once(found: Iterable[tuple[str, Document | InputError]]) -> Documents:
    """Documents with ids that none before has; those that have are errors, which name both files."""
    names: dict[str, str] = {}
    for name, each in found:
        if isinstance(each, Document) and each.id in names:
            each = InputError(
                f"{shown(name)}: a second document with the id {shown(each.id)[:80]}, which one of"
                f" {shown(names[each.id])} has; give it one of its own"
            )
        elif isinstance(each, Document):
            names[each.id] = name
        yield each


def _read_all(
    paths: Iterable[str | os.PathLike[str]], asked: Source
) -> Iterator[tuple[str, Document | InputError]]:
    """Documents and errors in order, with the files they are in; a file that is named twice is read once."""
    done: set[str] = set()
    for path in paths:
        for found in files(os.fspath(path), (*ENDINGS, *door.UNREAD)):
            if isinstance(found, InputError):
                yield os.fspath(path), found
            elif (place := os.path.abspath(found)) in done:
                log.warning("%s: named twice, read once", shown(PurePath(found).as_posix()))
            else:
                done.add(place)
                name = PurePath(found).as_posix()
                is_named = found == os.fspath(path)
                documents = _file(found, replace(asked, name=name), is_named)
                yield from ((name, document) for document in documents)


def _file(path: str, source: Source, is_named: bool) -> Documents:
    """The documents of one file or of standard input; of a folder's, what kg has written is passed over."""
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else open(path, "rb") as stream:
            incoming = Incoming(stream, source)
            if not own.is_own(incoming):
                yield from door.documents(incoming)
            elif is_named:
                yield source.error("kg has written it, of articles; name those")
            else:
                log.warning("%s: passed over: kg has written it", shown(source.name))
    except OSError as error:
        yield InputError(f"{shown(source.name)}: cannot be read: {error.strerror or error}")
