"""JSON lines: an article a line, an object with id, title, date, publisher, url and text (see `columns`)."""

import json

from kg.errors import InputError
from kg.model import Document
from kg.reading import columns, json_values
from kg.reading.article import Documents, Source, unused
from kg.reading.incoming import Incoming

ENDINGS: tuple[str, ...] = (".jsonl", ".ndjson", ".json-lines", ".jl")


def fits(incoming: Incoming) -> bool:
    """Whether it begins with two lines that each begin an object; with one where its name says so."""
    first, _, rest = incoming.start.partition("\n")
    if incoming.ending in ENDINGS:
        return first.startswith("{") and first.strip() != "{"
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def documents(incoming: Incoming) -> Documents:
    """A document or an error for each line that isn't blank."""
    told: dict[str, None] = {}
    empty = True
    for source, line in incoming.lines():
        if isinstance(line, InputError) or line.strip():
            empty = False
            yield line if isinstance(line, InputError) else _record_or_error(line, source, told)
    if empty:
        raise incoming.source.error("no records; write one JSON object a line")
    unused(incoming.source, told)


def _record_or_error(line: str, source: Source, told: dict[str, None]) -> Document | InputError:
    """The document of one line; names that say nothing to kg are added to `told`."""
    try:
        record = json_values.value(line, source)
        if not isinstance(record, dict):
            raise source.error("not a JSON object; write one object a line, with at least text")
        told |= dict.fromkeys(columns.unknown(record, source))
        return columns.document(record, source)
    except InputError as error:
        return error
