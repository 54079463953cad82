"""zip and gz: what is packed in them, read as files of a folder are."""

from __future__ import annotations

import gzip
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, BinaryIO

from kg.errors import InputError
from kg.reading.article import Source
from kg.reading.incoming import LARGEST, Incoming
from kg.reading.paths import NO_ARTICLE
from kg.shown import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

log = logging.getLogger("kg")

ENDINGS: tuple[str, ...] = (".zip", ".gz")
MOST = 1_000_000  # files in an archive
UNPACKED = 5_000_000_000  # bytes that an archive may hold unpacked
# Bytes that one packed byte may become: text packs to a fifth, tables that repeat themselves to a
# hundredth at best; a bomb to a thousandth.
MOST_TIMES = 200
_NO_TEXT = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico|css|js|woff2?|ttf|mp[34]|wav|mov|avi)\Z|/\Z", re.IGNORECASE
)
_BOOK = {"META-INF/container.xml": "a book (EPUB)", "ppt/presentation.xml": "slides (PPTX)"}


def fits(incoming: Incoming) -> bool:
    """Whether it is packed."""
    return incoming.head.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"))


def documents(incoming: Incoming) -> Iterator[Incoming | InputError]:
    """What is packed, each to be read as what it is; raises InputError for archives that nobody packs."""
    if incoming.head.startswith(b"\x1f\x8b"):
        name = PurePath(incoming.source.name).name
        inner = name.removesuffix(".gz") if name.endswith(".gz") else "content"
        packed = gzip.GzipFile(fileobj=incoming.file)
        yield incoming.within(inner, _unpacked(packed, UNPACKED, incoming.source))
        return
    for form, what in _BOOK.items():
        if form in incoming.members:
            raise incoming.source.error(f"{what}; save it as PDF or text")
    yield from _members(incoming)


def _members(incoming: Incoming) -> Iterator[Incoming | InputError]:
    source = incoming.source
    try:
        archive = zipfile.ZipFile(incoming.file)
    except (zipfile.BadZipFile, ValueError) as error:
        raise source.error(f"not a zip archive that can be read: {str(error)[:80]}") from None
    with archive:
        infos = sorted((i for i in archive.infolist() if _may_be_read(i.filename)), key=lambda i: i.filename)
        if not infos:
            raise source.error("nothing in it that may be an article")
        _check(infos, incoming)
        for info in infos:
            try:
                with archive.open(info) as member:
                    yield incoming.within(info.filename, _unpacked(member, info.file_size, source))
            except (
                RuntimeError,
                NotImplementedError,
                zipfile.BadZipFile,
            ) as error:  # a password, a method, damage
                yield source.error(f"{shown(info.filename)[:80]} cannot be unpacked: {str(error)[:80]}")


def _may_be_read(name: str) -> bool:
    """Whether a file in an archive may be an article: not hidden, no picture, none of what Macs add."""
    parts = PurePath(name).parts
    return not _NO_TEXT.search(name) and not any(
        NO_ARTICLE.match(part) or part == "__MACOSX" for part in parts
    )


def _check(infos: list[zipfile.ZipInfo], incoming: Incoming) -> None:
    """Raises InputError for a bomb: more files or bytes than anybody packs, or far more than came in."""
    size, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if len(infos) > MOST or size > UNPACKED or (size > LARGEST and size > MOST_TIMES * packed):
        raise incoming.source.error(f"{len(infos):,} files that unpack to {size:,} bytes; unpack it yourself")


def _unpacked(packed: IO[bytes] | gzip.GzipFile, limit: int, source: Source) -> BinaryIO:
    return io.BufferedReader(_Unpacked(packed, limit, source))


class _Unpacked(io.RawIOBase):
    """A packed file as it is unpacked, no further than to a limit."""

    def __init__(self, packed: IO[bytes] | gzip.GzipFile, limit: int, source: Source) -> None:
        self._packed, self._left, self._source = packed, limit, source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._packed.read(len(view))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise self._source.error(f"cannot be unpacked: {str(error)[:80]}") from None
        self._left -= len(data)
        if self._left < 0:
            raise self._source.error("unpacks to more than it says; unpack it yourself")
        view[: len(data)] = data
        return len(data)
