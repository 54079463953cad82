"""What the careful model says of words beside their trees: events, holders of statements, vectors.

Words are named by where they begin in the document. A pipeline that learnt no such heads has no signals, and
whoever reads them does without.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
KEY = "careful"  # under which a Doc's user data holds its scores


class Scores(Protocol):
    """A text's scores as the component leaves them; rows are its words, probabilities [rows, classes]."""

    tokens: list[int]
    vectors: NDArray[np.float16]
    labels: dict[str, list[str]]
    probabilities: dict[str, Floats]
    made_with: str

    def holders(self, row: int) -> list[tuple[int, float]]:
        """(token, probability) of whose words a row's statement is, negative numbers for nobody named."""


class Signals:
    """The scores of a document's words."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Scores, int, Mapping[int, int]]] = {}
        self.made_with = ""

    def add(self, scores: Scores, starts: Mapping[int, int]) -> None:
        """Takes the scores of a piece of the document; `starts` tells where each of its tokens begins."""
        self.made_with = scores.made_with
        for row, token in enumerate(scores.tokens):
            if token in starts:
                self._rows[starts[token]] = scores, row, starts

    def __bool__(self) -> bool:
        return bool(self._rows)

    def of(self, head: str, start: int) -> dict[str, float]:
        """The probability of each class of a head for a word; empty where nothing is known of it."""
        known = self._rows.get(start)
        if known is None or head not in known[0].labels:
            return {}
        scores, row, _ = known
        return dict(zip(scores.labels[head], scores.probabilities[head][row].tolist(), strict=True))

    def holders(self, start: int) -> list[tuple[int | None, float]]:
        """Where the words begin whose statement a word's is, the likeliest first; None for the article or
        somebody who is not named in the same paragraph."""
        known = self._rows.get(start)
        if known is None:
            return []
        scores, row, starts = known
        return [(starts.get(token), likely) for token, likely in scores.holders(row)]

    def vector(self, start: int) -> Floats | None:
        """The encoder's vector of a word."""
        known = self._rows.get(start)
        return None if known is None else known[0].vectors[known[1]].astype(np.float32)
