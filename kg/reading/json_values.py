"""Values of JSON, read strictly."""

import json

from kg.reading.article import Source


def value(text: str, source: Source) -> object:
    """The value that a text holds.

    Raises InputError where it is no JSON, and where an object has a key twice: which one holds nobody knows.
    """

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise source.error(f"{twice!r:.40} stands twice in one object; keep one")
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise source.error(f"not JSON: {str(getattr(error, 'msg', error))[:80]}") from None
