"""Bytes as text, without a guess."""

import codecs
import re

from kg.errors import InputError
from kg.shown import shown

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str) -> str:
    """The text that bytes hold: UTF-8, or what a byte order mark says. Nothing is guessed.

    >>> decode("\\ufeffXi".encode("utf-16-le"), "a.txt")
    'Xi'

    Raises InputError, with the place of the first wrong byte.
    """
    encoding = _marked(data) or "utf-8"
    if not data:
        raise InputError(f"{shown(name)}: the file is empty; put an article in it")
    if encoding.startswith("utf-8") and (zero := data.find(b"\0")) >= 0:
        raise InputError(f"{shown(name)}: not text: a zero byte at {zero}; convert it to UTF-8 text")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{shown(name)}: {_wrong(data, encoding, error)}") from None


def _wrong(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """What is wrong with bytes, and what to do.

    Where all before is ASCII, what looks like the beginning of a character is a letter of Windows-1252.
    """
    what = encoding.upper().removesuffix("-SIG")
    is_cut = error.end >= len(data) and re.match("truncated|unexpected end", error.reason)
    if is_cut and (is_wide(data) or not data[: error.start].isascii()):
        return f"{what} that is cut within a character; copy it again"
    convert = (
        "save it as UTF-8" if is_wide(data) else "convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8"
    )
    return f"not {what}: byte 0x{data[error.start]:02x} at {error.start}; {convert}"


def beginning(data: bytes) -> str:
    """The text that the first bytes of a file hold without wrong and cut ones; none where they are no text.

    >>> beginning("Erdoğan".encode()[:5]), beginning(bytes(5))
    ('Erdo', '')
    """
    encoding = _marked(data) or "utf-8"
    return "" if encoding.startswith("utf-8") and b"\0" in data else data.decode(encoding, "ignore")


def is_wide(data: bytes) -> bool:
    """Whether a byte order mark says that a character has two bytes or four."""
    return (_marked(data) or "utf-8-sig") != "utf-8-sig"


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark says."""
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
