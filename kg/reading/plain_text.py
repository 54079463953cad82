"""A text file: an article with or without front matter, or many as a news archive exports them."""

import re

from kg.reading import news_exports, prose
from kg.reading.article import FIELDS, Documents, Source, article, field_value, known_fields
from kg.reading.incoming import Incoming

ENDINGS: tuple[str, ...] = (".txt", ".text", ".md", ".markdown")

_LINE_END = r"(?:\r\n|\n|\r)"
_FRONT = re.compile(rf"---[ \t]*{_LINE_END}(?=---[ \t]*{_LINE_END}|\s*(?:#[^\r\n]*[\r\n]\s*)*\w[\w -]*:)")
_LINE = re.compile(rf"([^\r\n]*)(?:{_LINE_END}|\Z)")


def fits(incoming: Incoming) -> bool:
    """Whether it begins with front matter; any other text is what nothing else is."""
    return _FRONT.match(incoming.start) is not None


def documents(incoming: Incoming) -> Documents:
    """The article in a text, or the articles of an export.

    Raises InputError where it is written for machines: what is no prose is not read as such.
    """
    text = incoming.text
    if news_exports.is_one(text):
        yield from news_exports.articles(text, incoming.source)
    else:
        prose.check(text, incoming.source)
        fields, start = _front_matter(text, incoming.source)
        yield article(incoming.source, incoming.source.name, text[start:], fields)


def _front_matter(text: str, source: Source) -> tuple[dict[str, str], int]:
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
            return known_fields(fields, source), position
        if line[1].strip() and not line[1].startswith("#"):
            key = _front_line(line[1], key, fields, source.at(number))
    raise source.at(1).error("front matter without an end; put a line of --- after it")


def _front_line(line: str, last: str, fields: dict[str, str], source: Source) -> str:
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
    fields[key] = field_value(source, key, value[1:-1] if quoted else value) if key in FIELDS else ""
    return key
