"""What a word's vector tells: what sort of being or thing it stands for, and what else in a few numbers.

A sort is person, group, place or thing.
No table has all nouns for people, and nothing but its context tells whether "it" is a ministry or a missile.
The weights were learnt from the types of GUM's entities by data/models/recipe/coreference.py and lie in
data/actors/sorts.npz; of GUM's development part they are right of 93 % of the nouns and 88 % of the pronouns.
The few numbers are the vector's main components among GUM's nouns and pronouns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg import resources
from kg.errors import ModelError
from kg.parsing.signals import Signals
from kg.parsing.tree import Sentence

# How likely a sort has to be for a noun that no table has.
SURE = 0.6


class Sorts:
    """Weights of words and of pronouns, with the encoder whose vectors they were learnt on."""

    def __init__(
        self, made_with: str, names: Sequence[str], weights: Mapping[str, NDArray[np.float32]]
    ) -> None:
        self.made_with = made_with
        self.names = names
        self.weights = weights  # a matrix for "noun", "pronoun" and "few", a row for each number and one more

    def of(self, signals: Signals | None, start: int, form: str) -> dict[str, float]:
        """The probability of each sort for the word that begins there; empty where no encoder read it.

        `form` is "noun" or "pronoun". Raises ModelError for the vectors of another encoder.
        """
        scores = self._product(signals, start, form)
        if scores is None:
            return {}
        likely = np.exp(scores - scores.max())
        return dict(zip(self.names, (likely / likely.sum()).tolist(), strict=True))

    def few(self, signals: Signals | None, start: int) -> tuple[float, ...]:
        """A word's vector in a few numbers; none where no encoder read it. Raises ModelError as `of`."""
        found = self._product(signals, start, "few")
        return () if found is None else tuple(found.tolist())

    def _product(self, signals: Signals | None, start: int, form: str) -> NDArray[np.float32] | None:
        vector = signals.vector(start) if signals else None
        if signals is None or vector is None:
            return None
        if signals.made_with != self.made_with:
            raise ModelError(
                f"data/actors/sorts.npz was learnt with the encoder {self.made_with}, this is "
                f"{signals.made_with}; run data/models/recipe/coreference.py with the new one"
            )
        weights = self.weights[form]
        return np.asarray(vector @ weights[:-1] + weights[-1], np.float32)


@lru_cache(maxsize=1)
def load(file: Path | None = None) -> Sorts:
    """The weights that ship with kg, or those of a file."""
    with np.load(file or resources.path("data/actors/sorts.npz"), allow_pickle=False) as kept:
        weights = {form: kept[form] for form in ("noun", "pronoun", "few")}
        return Sorts(str(kept["made_with"]), [str(n) for n in kept["names"]], weights)


def signals_of(sentences: Sequence[Sentence]) -> Signals | None:
    """What the language model says of a document's words."""
    return sentences[0].signals if sentences else None
