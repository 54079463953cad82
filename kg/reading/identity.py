"""What a document's id is: the same however its file was named, and wherever its folder was moved to.

Its address, else the `id` of its record, else its path relative to the folder that was named, else (standard
input has no path) a hash of its text.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kg import ids
from kg.model import Document
from kg.reading.paths import STDIN


def base_of(paths: Iterable[str | os.PathLike[str]]) -> str:
    """The folder that paths are relative to: the one that is named, the one around all that are."""
    named = [os.path.abspath(path) for path in paths if os.fspath(path) != STDIN]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in named]
    try:
        return os.path.commonpath(folders)
    except ValueError:  # none is named, or they lie on several drives
        return os.getcwd()


def identity(document: Document, name: str, base: str) -> str:
    """The id of a document from the file of this name; as yet its id is that name, or its record's."""
    if document.url is not None:
        return document.url
    if not _is_place(document.id, name):
        return document.id
    if name == STDIN:
        return ids.content_id("text", document.text)
    return _relative(name, base) + document.id[len(name) :]


def _is_place(document_id: str, name: str) -> bool:
    """Whether an id only says where the document stands: a file, an article in it, a file packed in it."""
    return document_id == name or document_id.startswith((f"{name}:", f"{name}/"))


def _relative(name: str, base: str) -> str:
    path = os.path.abspath(name)
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()
