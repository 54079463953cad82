"""The contexts that a text speaks of, by the keywords of data/events/contexts.csv."""

import re
from functools import lru_cache

from kg.coding.types import rows


@lru_cache(maxsize=1)
def _keywords() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (r["context"], re.compile(rf"(?<!\w)(?:{_alternatives(r['keywords'])})(?!\w)", re.IGNORECASE))
        for r in rows("contexts")
    )


def _alternatives(cell: str) -> str:
    return "|".join(re.escape(w) for w in sorted(cell.split("|"), key=len, reverse=True))


def contexts_of(text: str) -> tuple[str, ...]:
    """The contexts whose keywords a text holds, in the table's order.

    >>> contexts_of("Ghana extradited a cocaine smuggler")
    ('legal', 'crime', 'illegal_drugs')
    """
    return tuple(name for name, pattern in _keywords() if pattern.search(text))
