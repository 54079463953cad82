"""JSON lines: an article a line, an object with id, title, date, publisher, url and text."""

import json

from kg.errors import InputError
from kg.model import Document
from kg.reading.article import FIELDS, Documents, Source, article, field_value, known_fields
from kg.reading.encoding import decode

ENDINGS: tuple[str, ...] = (".jsonl", ".ndjson", ".json-lines")


def fits(data: bytes) -> bool:
    """Whether what comes without a name begins with an object."""
    return decode(data, "-").lstrip().startswith("{")


def documents(data: bytes, source: Source) -> Documents:
    """A document or an error for each line that isn't blank."""
    text = decode(data, source.name)
    unknown: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _record_or_error(line, source.at(number), unknown)
    if not text.strip():
        raise source.error("no records; write one JSON object a line")
    known_fields(unknown, source)


def _record_or_error(line: str, source: Source, unknown: dict[str, str]) -> Document | InputError:
    try:
        return _record(line, source, unknown)
    except InputError as error:
        return error


def _record(line: str, source: Source, unknown: dict[str, str]) -> Document:
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
    fields = {key: field_value(source, key, _string(source, key, record)) for key in FIELDS}
    document_id = field_value(source, "id", _string(source, "id", record))
    return article(source, document_id or source.place, _string(source, "text", record), fields)


def _string(source: Source, key: str, record: dict[str, object]) -> str:
    """The text of a key; null and a missing key are empty, and an id may be a number."""
    value = record.get(key)
    if key == "id" and type(value) is int:
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise source.error(f"{key} is not text but {json.dumps(value)[:40]}; write it in quotes")
    return value or ""
