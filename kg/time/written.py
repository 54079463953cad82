"""The day on which an article was written, from which its "today" counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kg.parsing.tree import Sentence
from kg.time.expressions import resolve_exactly

EARLIER = 3  # days, at most, between a dateline and the paper that prints it
_PARTED = re.compile(r"[,()]|\s[-–—]+")


def day_written(text: str, published: str | None, sentences: Iterable[Sentence]) -> str | None:
    """The ISO date of an article's dateline, where that is up to three days before publication; else that of
    publication: "ROME, Aug. 8 (Reuters) -" in the paper of the 9th tells of the 8th as today."""
    if published is None or len(published) != len("2025-05-07"):
        return published
    datelines = (s.block for s in sentences if s.block is not None and s.block.kind == "dateline")
    block = next(datelines, None)
    for part in _PARTED.split(text[block.start : block.end]) if block is not None else ():
        value = resolve_exactly(part.strip(" .—–-"), published, "past").value
        if value is not None and len(value) == len(published):
            days = (date.fromisoformat(published) - date.fromisoformat(value)).days
            return value if 0 < days <= EARLIER else published
    return published
