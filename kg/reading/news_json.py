"""JSON of news services and of people: a list of articles, wherever in it that stands, or one article."""

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.reading import columns, json_values
from kg.reading.article import Documents, Source
from kg.reading.incoming import Incoming

ENDINGS: tuple[str, ...] = (".json",)
DEEPEST = 3  # levels above a list of articles: `response.docs`, `articles.results`

_OPENED = re.compile(r'\{\s*(?:"|\}|\Z)|\[\s*(?:[{\[\]]|\Z)')


def fits(incoming: Incoming) -> bool:
    """Whether it begins like an object or a list of them."""
    return _OPENED.match(incoming.start) is not None


def documents(incoming: Incoming) -> Documents:
    """The articles of the first list of them, or the one that it is."""
    source = incoming.source
    value = _rows(json_values.value(incoming.text, source))
    records = next(_lists(value, source), None)
    if records is None:
        raise source.error("no articles in it; kg looks for a list of objects with text or content")
    if isinstance(value, dict) and records[0] is value:
        yield columns.document(value, source)
    else:
        yield from (_article_or_error(record, source.at(n)) for n, record in enumerate(records, start=1))


def _rows(value: object) -> object:
    """The rows of a table that is written column by column, as pandas does; else the value."""
    columns_of = list(value.values()) if isinstance(value, dict) else []
    if len(columns_of) < 2 or not all(isinstance(column, dict) for column in columns_of):
        return value
    numbers = [str(n) for n in range(len(columns_of[0]))]
    if not numbers or any(list(column) != numbers for column in columns_of):
        return value
    assert isinstance(value, dict)
    return [{name: column[n] for name, column in value.items()} for n in numbers]


def _article_or_error(record: object, source: Source) -> Document | InputError:
    try:
        if not isinstance(record, dict):
            raise source.error("not a JSON object; an article is one, with at least text")
        return columns.document(record, source)
    except InputError as error:
        return error


def _lists(value: object, source: Source, depth: int = 0) -> Iterator[list[object]]:
    """The lists of articles in a value, outer ones first; an article is a list of one."""
    if isinstance(value, list) and any(_is_record(v, source) for v in value):
        yield value
    if isinstance(value, dict) and depth < DEEPEST:
        by_name = [v for v in value.values() if _is_record(v, source)]
        yield from [by_name] if len(by_name) > 1 else _of_object(value, source, depth)


def _is_record(value: object, source: Source) -> bool:
    return isinstance(value, dict) and columns.is_record(value, source)


def _of_object(value: dict[str, object], source: Source, depth: int) -> Iterator[list[object]]:
    """The object itself where it is an article, and the lists in it: first where it only describes them."""
    below = [found for v in value.values() for found in _lists(v, source, depth + 1)]
    own: list[list[object]] = [[value]] if _is_record(value, source) else []
    yield from own + below if columns.has_text(value, source) else below + own
