"""The one door: what something is, told by how it begins and then by how its name ends, and who reads it."""

from collections.abc import Iterator
from typing import Protocol

from kg.errors import InputError
from kg.model import Document
from kg.reading import (
    archives,
    feeds,
    json_lines,
    mail,
    news_json,
    open_document,
    pdf,
    plain_text,
    rich_text,
    sheets,
    subtitles,
    web_archive,
    web_page,
    word,
)
from kg.reading.article import Documents
from kg.reading.incoming import Incoming
from kg.shown import shown


class Reader(Protocol):
    """Reads one form of file; each is a module with these names."""

    ENDINGS: tuple[str, ...]  # how the names of its files end, in small letters

    def fits(self, incoming: Incoming, /) -> bool:
        """Whether it begins as this form does, whatever its name."""

    def documents(self, incoming: Incoming, /) -> Iterator[Document | InputError | Incoming]:
        """Its documents and what is within; an InputError for each that cannot be read, or raised for all."""


# In the order in which they are asked: archives hold others, mail may be an archived page, a page a feed.
READERS: tuple[Reader, ...] = (
    pdf, word, open_document, sheets, archives, rich_text, web_archive, mail, feeds, web_page, subtitles,
    json_lines, news_json, plain_text,
)  # fmt: skip
ENDINGS = tuple(ending for reader in READERS for ending in reader.ENDINGS)

_OFFICE = "save it as .docx, .xlsx, .pdf or text"
_UNPACK = "unpack it, and name what was in it"
_PICTURE = "write out its text, for instance with tesseract"
_SOUND = "write out what is said, for instance with whisper"
# How forms begin that kg does not read, what they are, and the way out.
REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or mail (.doc, .xls, .msg)", _OFFICE),
    (b"\x89PNG", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF8", "a picture", _PICTURE),
    (b"II*\0", "a picture", _PICTURE),
    (b"MM\0*", "a picture", _PICTURE),
    (b"RIFF", "a picture, sound or film", _SOUND),
    (b"ID3", "sound", _SOUND),
    (b"OggS", "sound", _SOUND),
    (b"fLaC", "sound", _SOUND),
    (b"\x1aE\xdf\xa3", "a film", _SOUND),
    (b"\0\0\0\x18ftyp", "a film", _SOUND),
    (b"\0\0\0\x20ftyp", "a film", _SOUND),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"BZh", "packed with bzip2", _UNPACK),
    (b"\xfd7zXZ", "packed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", _UNPACK),
    (b"WARC/", "a web archive (WARC)", "save its pages as HTML"),
    (b"PAR1", "Parquet", "export it as CSV or JSON lines"),
    (b"SQLite format 3", "a database", "export its articles as CSV or JSON lines"),
    (b"\x7fELF", "a program", "name articles"),
    (b"MZ\x90", "a program", "name articles"),
)
# Endings of files that may well hold articles and are not read; a folder's are named with the way out.
UNREAD = tuple(
    ".doc .xls .ppt .pptx .msg .pst .epub .mobi .pages .wpd .7z .rar .tar .tgz .bz2 .xz .zst .warc .parquet"
    " .sqlite .db".split()
)


def documents(incoming: Incoming) -> Documents:
    """The documents in what comes in and in all that is packed in it; what goes wrong becomes one of them."""
    found = None
    try:
        for found in reader(incoming).documents(incoming):
            if isinstance(found, Incoming):
                yield from documents(found)
            else:
                yield found
        if found is None:
            raise incoming.source.error("no article in it")
    except InputError as error:
        yield error
    except OSError as error:
        name = shown(incoming.source.name)
        yield InputError(f"{name}: cannot be read: {error.strerror or str(error)[:80]}")


def reader(incoming: Incoming) -> Reader:
    """Who reads it: by its content, else by its name's ending, else it is a text.

    Raises InputError for forms that nobody reads.
    """
    for beginning, what, way_out in REFUSED:
        if incoming.head.startswith(beginning):
            raise incoming.source.error(f"{what}; {way_out}")
    fitting = (reader for reader in READERS if reader.fits(incoming))
    named = (reader for reader in READERS if incoming.ending in reader.ENDINGS)
    return next(fitting, None) or next(named, plain_text)
