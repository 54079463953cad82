"""Records and rows as articles: fields found by the names that those who write them use.

A record is an object of JSON or a row of a table. What is nested counts by its path (`source.name`); case,
blanks and punctuation in names do not count. `--map date=printed` names a field's column outright.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.model import Document
from kg.reading.article import FIELDS, Source, article, day, field_value
from kg.reading.markup import has_blocks, text_of

# Texts that tell what another text is about; they count where there is none.
TEASERS = ("leadparagraph", "description", "summary", "abstract", "snippet", "fieldstrailtext")
# Field → the names that are used for it, of which the first that holds something counts: our own, then those
# of NewsAPI, GNews, mediastack, newsdata, NewsCatcher, Event Registry, Bing, Guardian, New York Times,
# WordPress, JSON Feed, news-please, Media Cloud, GDELT, and of tables that people keep.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "maintext", "fulltext", "articletext", "articlebody", "bodytext", "story",
        "article", "paragraphs", "fieldsbodytext", "fieldsbody", "contenttext", "contentrendered",
        "contenthtml",
        *TEASERS,
    ),
    "title": ("title", "headline", "headlinemain", "webtitle", "titlerendered", "name"),
    "date": (
        "date", "published", "publishedat", "publicationdate", "publishdate", "publisheddate", "publishedon",
        "datepublished", "datepublish", "webpublicationdate", "pubdate", "firstpublished", "datetime",
        "seendate", "timestamp", "created", "createdat", "day",
    ),
    "publisher": (
        "publisher", "sourcename", "sourcetitle", "source", "publication", "newspaper", "outlet",
        "mediaoutlet", "medianame", "pubtitle", "providername", "provider", "sitename", "sourcedomain",
        "domain", "cleanurl", "sourceid", "site",
    ),
    "url": ("url", "link", "weburl", "sourceurl", "permalink"),
    "id": ("id", "articleid", "docid", "documentid", "guid", "uuid"),
    "language": ("language", "lang"),
}  # fmt: skip
KNOWN = frozenset(name for names in NAMES.values() for name in names)
DEEPEST = 3  # levels of a record that are looked into

# What services put where they cut a text off: "… [+1432 chars]", "[...]", "… (2311 more words)".
_STUMP = re.compile(
    r"\s*(?:…|\.{3})?\s*(?:\[\+?\d+ (?:more )?char(?:acter)?s\]|\[(?:…|\.{3})\]|\(\d+ more words\))\s*\Z"
)
LONG_AGO = 1_000_000_000  # seconds since 1970: in 2001
LONGEST_STUMP = 60  # characters; a longer look would take ever longer over blanks
_SENTENCE_END = re.compile(r".*[.!?][\"'”’)]*(?=\s|\Z)", re.DOTALL)
_STAMP = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?$", re.ASCII)  # GDELT's


def plain(name: str) -> str:
    """A column's name as it is compared.

    >>> plain("Published_At"), plain("source.name")
    ('publishedat', 'sourcename')
    """
    return re.sub(r"[\W_]+", "", name.lower())


def is_record(names: Iterable[str], source: Source) -> bool:
    """Whether somebody who uses these names speaks of articles: of a text, or of a title at an address.

    What only tells what a text is about, as the settings of a program do of it, needs an address or a day.
    """
    has = {field for field in NAMES if _used(field, names, source)}
    told = "text" in has and has & {"url", "date"}
    return has_text(names, source) or bool(told) or has >= {"title", "url"}


def has_text(names: Iterable[str], source: Source) -> bool:
    """Whether these names are an article's own, and not a list's with a description."""
    return bool(_used("text", names, source) - {*TEASERS})


def _used(field: str, names: Iterable[str], source: Source) -> set[str]:
    """Which of the names stand for a field."""
    return {plain(name) for name in names} & {*NAMES[field], plain(source.columns.get(field, field))}


def document(record: Mapping[str, object], source: Source) -> Document:
    """The article that a record tells of; where it has no text but a title, that is the text.

    Its id is the record's, or its place. Raises InputError where a field cannot be what it should.
    """
    values = dict(_flat(record))
    found = {field: _found(field, values, source) for field in NAMES if field != "text"}
    fields = {field: field_value(source, field, found[field]) for field in (*FIELDS, "id", "language")}
    fields["date"] = day(_STAMP.sub(r"\1-\2-\3", fields["date"])) or fields["date"]
    text = _found("text", values, source, _readable)
    if not text and not (fields["title"] and fields["url"]):
        raise source.error("no text; give the record a field text, or name its own: --map text=NAME")
    return article(source, fields["id"] or source.place, text or fields["title"], fields)


def unknown(record: Mapping[str, object], source: Source) -> list[str]:
    """The names in a record that say nothing to kg."""
    mapped = set(source.columns.values())
    return [name for name in record if plain(name) not in KNOWN and name not in mapped]


def whole_sentences(text: str) -> str:
    """A text without the mark that it was cut off, and without the sentence that was cut.

    >>> whole_sentences("Xi called. He said that the ta… [+1432 chars]")
    'Xi called.'
    """
    begun = text.rstrip()[-LONGEST_STUMP:]
    cut = _STUMP.search(begun)
    if cut is None:
        return text
    ended = _SENTENCE_END.match(text.rstrip()[: cut.start() - len(begun)])
    return ended[0] if ended else ""


def _flat(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Each value of a record with its path made plain; of a list the first counts."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, Mapping):
        yield path, value
    elif depth < DEEPEST:
        for name, below in value.items():
            yield from _flat(below, path + plain(str(name)), depth + 1)


def _found(field: str, values: Mapping[str, object], source: Source, read: Callable[[str], str] = str) -> str:
    """What a record says of a field under the name that the user gave, else the first that says something."""
    names = (plain(source.columns[field]),) if field in source.columns else NAMES[field]
    return next((text for name in names if (text := read(_string(source, name, values.get(name))))), "")


def _readable(text: str) -> str:
    """A text without markup, and without what was cut."""
    return whole_sentences(text_of(text) if has_blocks(text) else text)


def _string(source: Source, name: str, value: object) -> str:
    """A value's text; null and a missing key are empty, and an id may be a number."""
    if value is None or isinstance(value, str):
        return value or ""
    if name in NAMES["text"] and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    if type(value) is int and (name in NAMES["id"] or (name in NAMES["date"] and value >= LONG_AGO)):
        return str(value)
    raise source.error(f"{name} is not text but {json.dumps(value, default=str)[:40]}; write it in quotes")
