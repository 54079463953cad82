"""Names that several share: the text decides whom they mean, or nobody is chosen.

data/actors/clashes.csv has a row for each reading of such a name, with the countries and words that speak
for it. The reading that most of them speak for is the one; one that needs none is taken where nothing
speaks for another. A tie, or nothing, leaves the name open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.actors.names import Chunk
from kg.actors.wordlists import Clash


def reading(clashes: Sequence[Clash], text: str, named: Mapping[str, int]) -> Clash | None:
    """The reading of a name that a document decides for, or None where it does not decide."""
    weights = [clash.weight(text, named) for clash in clashes]
    most = max(weights)
    left = [c for c, w in zip(clashes, weights, strict=True) if w == most and (most or c.is_default)]
    return left[0] if len(left) == 1 else None


def decided(chunk: Chunk, found: Clash | None) -> Chunk:
    """A shared name with the entries of the reading that the text decides for; with none where it doesn't."""
    if found is None:
        return replace(chunk, entries=(), is_open=True)
    kept = [e for e in chunk.entries if e.id == found.id]
    if kept and all(e.kind == "name" for e in kept):
        kept += chunk.of("capital", "metonym")  # Brussels, where the European Union sits, is still a city
    return replace(chunk, entries=tuple(kept))
