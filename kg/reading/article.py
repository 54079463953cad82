"""One article: its text and what is said about it, checked and made a Document."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from kg.errors import InputError
from kg.model import UNFIT, Document
from kg.reading import language
from kg.shown import shown
from kg.time import expressions

log = logging.getLogger("kg")

Documents = Iterator[Document | InputError]
FIELDS = ("title", "date", "publisher", "url")
LONGEST = 1_000_000  # characters that spaCy's parser takes in one piece (its `max_length`)
_URL = re.compile(r"""https?://[^\s<>"{}|\\^`]+""", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """Where a document stands, for errors: a file, or a line of one; and what holds where it says nothing."""

    name: str
    line: int | None = None
    defaults: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)  # field → what a table or a record calls it
    any_language: bool = False  # whether texts are read that are not English

    def at(self, line: int) -> "Source":
        """The same file at a line, or at its n-th article."""
        return replace(self, line=line)

    def error(self, what: str) -> InputError:
        """An error that begins with the place."""
        return InputError(f"{shown(self.place)}: {what}")

    @property
    def place(self) -> str:
        """The file, and the line of it."""
        return self.name if self.line is None else f"{self.name}:{self.line}"


def article(source: Source, document_id: str, text: str, fields: dict[str, str]) -> Document:
    """A document from its text and what is said about it (FIELDS, language), else the source's defaults.

    Raises InputError when a field cannot be what it should, or the text is none.
    """
    fields = source.defaults | {key: value for key, value in fields.items() if value}
    _check_text(source, text)
    published, url = _date(source, fields.get("date")), fields.get("url")
    if url is not None and not _URL.fullmatch(url):
        raise source.error(f"url {url!r} is not a web address; write http://… or https://…")
    title = fields.get("title") or headline(text)
    spoken = _language(source, text, fields.get("language", "").lower())
    return Document(document_id, text, title, fields.get("publisher"), url, published, spoken)


def _language(source: Source, text: str, said: str) -> str:
    """The language of a text, of which a record may say something."""
    other = language.other(text, "" if re.fullmatch(r"en|eng|english|en[-_].*", said) else said)
    if other is not None and not source.any_language:
        raise source.error(f"{language.name(other)}, not English; left out (--force reads it all the same)")
    return other or "en"


def _check_text(source: Source, text: str) -> None:
    if not text.strip():
        raise source.error("no text; an article needs some")
    if len(text) > LONGEST:
        raise source.error(f"{len(text):,} characters, more than {LONGEST:,}; split it into articles")
    if bad := UNFIT.search(text):
        raise source.error(f"not text: U+{ord(bad[0]):04X} at character {bad.start()}; remove it")


def _date(source: Source, said: str | None) -> str | None:
    try:
        return None if said is None else expressions.as_iso(said)
    except InputError as error:
        raise source.error(f"date {error}") from None


def field_value(source: Source, key: str, value: str) -> str:
    """A field's value on one line."""
    value = " ".join(value.split())
    for c in value:
        if unicodedata.category(c) in ("Cc", "Cs"):
            raise source.error(f"{key} holds U+{ord(c):04X}; remove it")
    return value


def line_of(text: str) -> str:
    """What a form says in a field, on one line, without characters that no line has."""
    return " ".join("".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text).split())


def day(stamp: str) -> str:
    """The ISO date of a stamp as machines write it, where it was written; none where it is not understood.

    >>> day("Wed, 30 Apr 2025 23:30:00 -0500"), day("2025-04-30T10:00:00Z"), day("April 3, 2025"), day("soon")
    ('2025-04-30', '2025-04-30', '2025-04-03', '')
    >>> day("1749081600"), day("1749081600000")
    ('2025-06-05', '2025-06-05')
    """
    reading = (_since_1970, _iso, _of_mail, _of_prose)
    return next((iso for reads in reading if (iso := reads(stamp.strip()))), "")


def _since_1970(stamp: str) -> str:
    """Seconds or milliseconds, as computers count them, of this century."""
    seconds = re.fullmatch(r"(\d{10})(?:\d{3})?", stamp, re.ASCII)
    return datetime.fromtimestamp(int(seconds[1]), UTC).date().isoformat() if seconds else ""


def _iso(stamp: str) -> str:
    written = re.match(r"\d{4}(-?)\d\d\1\d\d(?!\d)", stamp, re.ASCII)
    with suppress(ValueError):
        return date.fromisoformat(written[0]).isoformat() if written else ""
    return ""


def _of_mail(stamp: str) -> str:
    with suppress(ValueError, IndexError, TypeError):
        return parsedate_to_datetime(stamp).date().isoformat()
    return ""


def _of_prose(stamp: str) -> str:
    with suppress(InputError):
        return expressions.as_iso(stamp)
    return ""


def known_fields(fields: dict[str, str], source: Source) -> dict[str, str]:
    """The fields that a document has; others are logged."""
    unused(source, [key for key in fields if key not in FIELDS])
    return {key: value for key, value in fields.items() if key in FIELDS}


def unused(source: Source, names: Iterable[str]) -> None:
    """Logs what a file tells that no document keeps."""
    if names := [shown(name)[:40] for name in names]:
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        kept = ", ".join(FIELDS)
        log.warning("%s: not kept: %s%s; kept are %s", shown(source.name), ", ".join(names[:8]), more, kept)


_LINE_END = r"(?:\r\n|\n|\r)"
_HEADLINE = re.compile(rf"\s*(?:#+ +)?(\S[^\r\n]{{3,180}}){_LINE_END}[ \t]*{_LINE_END}\s*\S")


def headline(text: str) -> str | None:
    """The first line, if it reads like a headline: short, no full stop, and a blank line after it.

    >>> headline("Xi calls Trump\\n\\nBEIJING - The two leaders ...")
    'Xi calls Trump'
    >>> headline("Xi called Trump.\\n\\nThe two leaders ...")
    """
    match = _HEADLINE.match(text)
    if match is None:
        return None
    line = " ".join(match[1].split())
    sentence = re.search(r"""[.,;:]["”'’)]*$""", line) and not re.search(r"\b(?:[A-Z]\.){2,}$", line)
    return None if sentence or " " not in line else line
