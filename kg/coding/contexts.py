"""The contexts that a text speaks of, by the keywords of data/events/keywords.csv."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.coding import types


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that speaks of a context."""

    keyword: str
    context: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = {context.name for context in types.contexts()}

    def fault(row: Keyword) -> str | None:
        return None if row.context in known else f"there is no context {row.context!r}"

    words = defaultdict(list)
    for row in tables.table("events/keywords", Keyword, fault):
        words[row.context].append(row.keyword)
    return tuple((context.name, _pattern(words[context.name])) for context in types.contexts())


def _pattern(keywords: list[str]) -> re.Pattern[str]:
    """Any of the keywords, the longest first."""
    any_of = "|".join(re.escape(word) for word in sorted(keywords, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def contexts_of(text: str) -> tuple[str, ...]:
    """The contexts whose keywords a text holds, in the table's order.

    >>> contexts_of("Ghana extradited a cocaine smuggler")
    ('legal', 'crime', 'illegal_drugs')
    """
    return tuple(name for name, pattern in _patterns() if pattern.search(text))
