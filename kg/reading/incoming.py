"""What comes in: a file, standard input or a member of an archive, before it is known what it is.

Its beginning can be looked at, and nothing more than the limits allow is ever held.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError
from kg.reading.article import Source
from kg.reading.encoding import beginning, decode, is_wide

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 16  # bytes that are enough to tell what something is
LARGEST = 100_000_000  # bytes that are read at once: a year of a newspaper in one file is a fifth of it
LONGEST_LINE = 20_000_000  # bytes: an article of LONGEST characters, each written as \\uXXXX, has 6,000,000
DEEPEST = 3  # archives in archives: a mailbox in a zip in a zip


class Incoming:
    """Bytes that come from somewhere, read once from first to last."""

    def __init__(self, stream: BinaryIO, source: Source, depth: int = 0, limit: int = LARGEST) -> None:
        self.source = source
        self.depth = depth
        self.limit = limit
        self.head = _read_up_to(stream, HEAD)
        self._stream = stream

    @property
    def ending(self) -> str:
        """How its name ends, in small letters: ".txt", or nothing."""
        return PurePath(self.source.name).suffix.lower()

    @cached_property
    def start(self) -> str:
        """The first thousands of characters, without white space before them; empty where it is no text."""
        return beginning(self.head).lstrip()

    @cached_property
    def members(self) -> frozenset[str]:
        """The names in a zip archive, which many formats of documents are; empty where it is none."""
        if not self.head.startswith(b"PK\x03\x04"):
            return frozenset()
        try:
            with zipfile.ZipFile(self.file) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return frozenset()

    @cached_property
    def file(self) -> BinaryIO:
        """All of it as a file that can be read in any order."""
        if not self._stream.seekable():
            return io.BytesIO(self.whole)
        self._stream.seek(0)
        return self._stream

    @cached_property
    def whole(self) -> bytes:
        """All bytes.

        Raises InputError where they are more than the limit; of a file they are not read then.
        """
        size = _size(self._stream)
        data = b"" if size > self.limit else self.head + self._rest().read(self.limit + 1 - len(self.head))
        if size > self.limit or len(data) > self.limit:
            more = f"{size:,} bytes" if size else "too large"
            raise self.source.error(f"{more}, and {self.limit:,} are read at once; split it")
        return data

    @cached_property
    def text(self) -> str:
        """All of it decoded."""
        return decode(self.whole, self.source.name)

    def lines(self) -> Iterator[tuple[Source, str | InputError]]:
        r"""Each line with its place, without its end (`\n`, `\r\n`), or why it is none."""
        if is_wide(self.head):
            yield from ((self.source.at(n), line) for n, line in enumerate(self.text.split("\n"), start=1))
            return
        for number, line in enumerate(self.byte_lines(), start=1):
            yield (source := self.source.at(number)), _line(line, source)

    def byte_lines(self) -> Iterator[bytes]:
        """Each line with its end; nothing after one that is too long."""
        chained = io.BufferedReader(_Chained(self.head, self._rest()))
        while line := chained.readline(LONGEST_LINE + 1):
            yield line
            if len(line) > LONGEST_LINE:
                return

    def within(self, name: str, stream: BinaryIO, limit: int = LARGEST) -> Incoming:
        """What is inside this, under its name in it."""
        source = replace(self.source, name=f"{self.source.name}/{name}", line=None)
        if self.depth == DEEPEST:
            raise source.error(f"an archive in {DEEPEST} others; unpack it")
        return Incoming(stream, source, self.depth + 1, limit)

    def _rest(self) -> BinaryIO:
        """What comes after the head."""
        if self._stream.seekable():  # a look at its members may have moved it
            self._stream.seek(len(self.head))
        return self._stream


def _line(line: bytes, source: Source) -> str | InputError:
    if len(line) > LONGEST_LINE:
        return source.error(f"a line of more than {LONGEST_LINE:,} bytes; split it")
    try:
        return decode(line, source.place).rstrip("\r\n")
    except InputError as error:
        return error


def _size(stream: BinaryIO) -> int:
    """How many bytes a file has; 0 where only reading tells."""
    if not stream.seekable():
        return 0
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or all; a pipe gives what it has at each time."""
    read = bytearray()
    while len(read) < size and (more := stream.read(size - len(read))):
        read += more
    return bytes(read)


class _Chained(io.RawIOBase):
    """The head that was read already, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
