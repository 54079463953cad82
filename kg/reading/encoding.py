"""Bytes as text, without a guess; names as they can be shown."""

import codecs

from kg.errors import InputError

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
        what = encoding.upper().removesuffix("-SIG")
        if is_wide(data) and "truncated" in error.reason:
            raise InputError(f"{shown(name)}: {what} that is cut within a character; copy it again") from None
        raise InputError(
            f"{shown(name)}: not {what}: byte 0x{data[error.start]:02x} at {error.start}; convert it, for"
            " instance: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


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


def shown(name: str) -> str:
    """A name on one line, whatever it holds."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
