"""Files, folders, standard input and JSON lines as Documents; what cannot be read is told, never passed over.

A text file may begin with front matter, `key: value` lines between two lines of `---`. Its `title` is
not part of the text. Without one, a first line that reads like a headline is the title *and* stays in
the text, so that spans can point into it. Text is what the file holds after the front matter, as it
stands: line ends, wrapping and blanks are never changed.
"""

import codecs
import json
import logging
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePath

from kg.errors import InputError
from kg.model import Document
from kg.time import expressions

log = logging.getLogger("kg")

TEXT = (".txt", ".text", ".md")
JSON_LINES = (".jsonl", ".ndjson", ".json-lines")
HTML = (".html", ".htm")
ENDINGS = TEXT + JSON_LINES + HTML  # what is read in a folder; a file that is named may end in anything
STDIN = "-"
FIELDS = ("title", "date", "publisher", "url")
LONGEST = 1_000_000  # characters that spaCy's parser takes in one piece (its `max_length`)
_NO_ARTICLE = re.compile(
    r"\.|(readme|licen[cs]e|changelog|contributing)\b", re.IGNORECASE
)  # hidden, or about others

_Read = Iterator[Document | InputError]


@dataclass(frozen=True)
class _Source:
    """Where a document stands, for errors: a file, or a line of one; and what holds where it says nothing."""

    name: str
    line: int | None = None
    defaults: dict[str, str] = field(default_factory=dict)

    def at(self, line: int) -> "_Source":
        return _Source(self.name, line, self.defaults)

    def error(self, what: str) -> InputError:
        return InputError(f"{_shown(self.place)}: {what}")

    @property
    def place(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}"


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
            found = InputError(f"{_shown(found.id)}: a second document with this id; give it one of its own")
        if isinstance(found, Document):
            ids.add(found.id)
            yield found
        elif on_error is None:
            raise found
        else:
            on_error(found)


def _read_all(paths: Iterable[str | os.PathLike[str]], defaults: dict[str, str]) -> _Read:
    """Documents and errors in order; a file that is named twice is read once."""
    done: set[str] = set()
    for path in paths:
        for found in _files(os.fspath(path)):
            if isinstance(found, InputError):
                yield found
            elif (name := PurePath(found).as_posix()) in done:
                log.warning("%s: named twice, read once", _shown(name))
            else:
                done.add(name)
                yield from _caught(_file(found, _Source(name, defaults=defaults)), name)


def _caught(documents: _Read, name: str) -> _Read:
    """The documents; what goes wrong on the way becomes the last of them."""
    try:
        yield from documents
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{_shown(name)}: cannot be read: {error.strerror or error}")


# ── Files and folders ────────────────────────────────────────────────────────────────────────────


def _files(path: str) -> Iterator[str | InputError]:
    """The files that a path stands for."""
    try:
        path.encode()
        mode = stat.S_IFIFO if path == STDIN else os.stat(path).st_mode
    except UnicodeEncodeError:
        yield InputError(f"{_shown(path)}: its name is not UTF-8; rename it")
    except FileNotFoundError:
        yield InputError(f"{_shown(path)}: no such file or folder; check the path")
    except (OSError, ValueError) as error:
        yield InputError(f"{_shown(path)}: cannot be read: {getattr(error, 'strerror', None) or error}")
    else:
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif path == STDIN or stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            yield path
        else:
            yield InputError(f"{_shown(path)}: not a file, a folder or a pipe; name one")


def _folder(path: str) -> Iterator[str | InputError]:
    """The files below a folder that kg reads, sorted; the others are logged after them."""
    errors: list[OSError] = []
    names = sorted(_below(path, errors.append), key=lambda name: PurePath(name).parts)
    wanted = [name for name in names if name.lower().endswith(ENDINGS)]
    for error in errors:
        yield InputError(f"{_shown(str(error.filename))}: cannot be read: {error.strerror}")
    if not wanted:
        yield InputError(f"{_shown(path)}: no file below it that kg reads ({' '.join(ENDINGS)})")
    for name in wanted:
        yield from _files(name)
    if skipped := [_shown(PurePath(n).as_posix()) for n in names if n not in set(wanted)]:
        more = f" and {len(skipped) - 5} more" if len(skipped) > 5 else ""
        log.warning("%s: skipped %s%s", _shown(path), ", ".join(skipped[:5]), more)


def _below(path: str, on_error: Callable[[OSError], None]) -> Iterator[str]:
    """All files below a folder that may be articles; links to folders are named, not entered."""
    for folder, folders, files in os.walk(path, onerror=on_error):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        yield from (os.path.join(folder, n) for n in files + links if not _NO_ARTICLE.match(n))


def _file(path: str, source: _Source) -> _Read:
    """The documents of one file, by its ending; standard input is JSON lines if it begins with {."""
    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    text = decode(data, source.name)
    ending = PurePath(path).suffix.lower()
    if ending in JSON_LINES or (path == STDIN and text.lstrip().startswith("{")):
        yield from _json_lines(text, source)
    elif ending in HTML:
        yield _html(text, source)
    else:
        yield _text(text, source)


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
    encoding = next((e for bom, e in _BOMS if data.startswith(bom)), "utf-8")
    if not data:
        raise InputError(f"{_shown(name)}: the file is empty; put an article in it")
    if encoding.startswith("utf-8") and (zero := data.find(b"\0")) >= 0:
        raise InputError(f"{_shown(name)}: not text: a zero byte at {zero}; convert it to UTF-8 text")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{_shown(name)}: not {encoding.upper().removesuffix('-SIG')}: byte 0x{data[error.start]:02x} at"
            f" {error.start}; convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def _shown(name: str) -> str:
    """A name on one line, whatever it holds."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


# ── One document ─────────────────────────────────────────────────────────────────────────────────


def _document(source: _Source, document_id: str, text: str, fields: dict[str, str]) -> Document:
    """A document from its text and what is said about it.

    Raises InputError when a field cannot be what it should, or the text is none.
    """
    fields = source.defaults | {key: value for key, value in fields.items() if value}
    if not text.strip():
        raise source.error("no text; an article needs some")
    if len(text) > LONGEST:
        raise source.error(f"{len(text):,} characters, more than {LONGEST:,}; split it into articles")
    if bad := _BAD.search(text):
        raise source.error(f"not text: U+{ord(bad[0]):04X} at character {bad.start()}; remove it")
    try:
        published = expressions.as_iso(fields["date"]) if "date" in fields else None
    except InputError as error:
        raise source.error(f"date {error}") from None
    if "url" in fields and not _URL.fullmatch(fields["url"]):
        raise source.error(f"url {fields['url']!r} is not a web address; write http://… or https://…")
    title = fields.get("title") or headline(text)
    return Document(document_id, text, title, fields.get("publisher"), fields.get("url"), published)


_BAD = re.compile("[\x00\x1f\ud800-\udfff]")  # no store holds the last, and ids need the second
_URL = re.compile(r"""https?://[^\s<>"{}|\\^`]+""", re.IGNORECASE)


def _field(source: _Source, key: str, value: str) -> str:
    """A field's value on one line."""
    value = " ".join(value.split())
    for c in value:
        if unicodedata.category(c) in ("Cc", "Cs"):
            raise source.error(f"{key} holds U+{ord(c):04X}; remove it")
    return value


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────

_LINE_END = r"(?:\r\n|\n|\r)"
_FRONT = re.compile(rf"---[ \t]*{_LINE_END}(?=---[ \t]*{_LINE_END}|\s*(?:#[^\r\n]*\s+)*\w[\w -]*:)")
_LINE = re.compile(rf"([^\r\n]*)(?:{_LINE_END}|\Z)")
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


def _text(text: str, source: _Source) -> Document:
    fields, start = _front_matter(text, source)
    return _document(source, source.name, text[start:], fields)


def _front_matter(text: str, source: _Source) -> tuple[dict[str, str], int]:
    """The fields between lines of `---`, and where the text begins after them."""
    if not (opened := _FRONT.match(text)):
        return {}, 0
    fields: dict[str, str] = {}
    key, number, position = "", 1, opened.end()
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None
        number, position = number + 1, line.end()
        if line[1].rstrip() == "---":
            return _known(fields, source), position
        if line[1].strip() and not line[1].startswith("#"):
            key = _front_line(line[1], key, fields, source.at(number))
    raise source.at(1).error("front matter without an end; put a line of --- after it")


def _front_line(line: str, last: str, fields: dict[str, str], source: _Source) -> str:
    """Adds a line to the fields, an indented one to the last of them; gives the key it belongs to."""
    key, colon, value = line.partition(":")
    key = key.strip().lower()
    if line[0] in " \t-" and last:
        fields[last] += " " + line.strip()
        return last
    if not colon:
        raise source.error(f"front matter {line.strip()[:40]!r} is no `key: value`; mend it or put --- first")
    if key in fields:
        raise source.error(f"front matter says {key} twice; keep one")
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    fields[key] = _field(source, key, value[1:-1] if quoted else value) if key in FIELDS else ""
    return key


def _known(fields: dict[str, str], source: _Source) -> dict[str, str]:
    """The fields that a document has; others are logged."""
    if unknown := [_shown(key) for key in fields if key not in FIELDS]:
        log.warning(
            "%s: not kept: %s; kept are %s", _shown(source.name), ", ".join(unknown), ", ".join(FIELDS)
        )
    return {key: value for key, value in fields.items() if key in FIELDS}


# ── JSON lines ───────────────────────────────────────────────────────────────────────────────────


def _json_lines(text: str, source: _Source) -> _Read:
    """A document or an error for each line that isn't blank."""
    unknown: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _record_or_error(line, source.at(number), unknown)
    if not text.strip():
        raise source.error("no records; write one JSON object a line")
    _known(unknown, source)


def _record_or_error(line: str, source: _Source, unknown: dict[str, str]) -> Document | InputError:
    try:
        return _record(line, source, unknown)
    except InputError as error:
        return error


def _record(line: str, source: _Source, unknown: dict[str, str]) -> Document:
    """The document of one line; keys that no document has are added to `unknown`."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise source.error(f"not JSON: {getattr(error, 'msg', error)}; write one object a line") from None
    if not isinstance(record, dict):
        raise source.error("not a JSON object; write one object a line, with at least text")
    if "text" not in record:
        raise source.error("no text; give the record a field text")
    unknown.update((key, "") for key in record if key not in ("id", "text", *FIELDS))
    fields = {key: _field(source, key, _string(source, key, record)) for key in FIELDS}
    document_id = _field(source, "id", _string(source, "id", record))
    return _document(source, document_id or source.place, _string(source, "text", record), fields)


def _string(source: _Source, key: str, record: dict[str, object]) -> str:
    """The text of a key; null and a missing key are empty, and an id may be a number."""
    value = record.get(key)
    if key == "id" and type(value) is int:
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise source.error(f"{key} is not text but {json.dumps(value)[:40]}; write it in quotes")
    return value or ""


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────


def _html(html: str, source: _Source) -> Document:
    """The article in a page as trafilatura finds it, a blank line between its blocks, and its metadata."""
    try:
        trafilatura = import_module("trafilatura")  # an extra, and slow to import
    except ImportError:
        raise source.error("HTML needs an extra; pip install 'geopolitical-kg[html]'") from None
    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    if page is None or not page.text:
        raise source.error("no article found in the page; save its text as a .txt file")
    found = {"title": page.title, "date": page.date, "publisher": page.sitename, "url": page.url}
    fields = {key: _field(source, key, value or "") for key, value in found.items()}
    blocks = page.text.split("\n")
    if blocks[0].strip() == fields["title"]:
        del blocks[0]
    return _document(source, source.name, "\n\n".join(blocks), fields)
