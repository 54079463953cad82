"""What the careful model says of words beside their trees: events, who does, says and is meant what, vectors.

Words are named by where they begin in the document. A pipeline that learnt no such heads has no signals, and
whoever reads them does without.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.parsing.upper import PIECES, Lower, Told, Upper

Floats = NDArray[np.float32]
KEY = "careful"  # under which a Doc's user data holds its scores


class Scores(Protocol):
    """A paragraph's scores as the component leaves them; rows are its words."""

    tokens: list[int]
    vectors: NDArray[np.float16]
    lower: Lower
    labels: dict[str, list[str]]
    made_with: str
    upper: Upper


class Signals:
    """The scores of a document's words: paragraphs are added in their order, then it is closed."""

    def __init__(self) -> None:
        self._vectors: dict[int, tuple[NDArray[np.float16], int]] = {}
        self._told: dict[int, tuple[Told, int, list[int | None]]] = {}
        self._labels: dict[str, list[str]] = {}
        self._waiting: list[tuple[Lower, list[int | None]]] = []  # the paragraphs of the next window
        self._upper: Upper | None = None
        self.made_with = ""

    def add(self, scores: Scores, starts: Mapping[int, int]) -> None:
        """Takes the scores of a piece of the document; `starts` tells where each of its tokens begins."""
        self.made_with, self._labels, self._upper = scores.made_with, scores.labels, scores.upper
        begins = [starts.get(token) for token in scores.tokens]
        self._vectors |= {at: (scores.vectors, row) for row, at in enumerate(begins) if at is not None}
        for first, part in scores.lower.parts():
            if sum(len(p.words) for p, _ in self._waiting) + len(part.words) > PIECES:
                self.close()
            self._waiting.append((part, begins[first : first + len(part.shapes)]))

    def close(self) -> None:
        """Reads what is told of whom in the paragraphs that came last."""
        if self._upper is not None and self._waiting:
            told = self._upper.read([part for part, _ in self._waiting])
            begins = [at for _, own in self._waiting for at in own]
            self._told |= {at: (told, row, begins) for row, at in enumerate(begins) if at is not None}
            self._waiting = []

    def __bool__(self) -> bool:
        return bool(self._told)

    def of(self, head: str, start: int) -> dict[str, float]:
        """The probability of each class of a head for a word; empty where nothing is known of it."""
        known = self._told.get(start)
        if known is None or head not in known[0].probabilities:
            return {}
        told, row, _ = known
        return dict(zip(self._labels[head], told.probabilities[head][row].tolist(), strict=True))

    def role(self, role: str, start: int) -> list[tuple[int | None, float]]:
        """Where the words begin that a role of a word is likeliest taken by, with their probabilities, the
        likeliest first; a negative number for NOBODY and OUTSIDE (`kg.parsing.upper`)."""
        known = self._told.get(start)
        if known is None:
            return []
        told, row, begins = known
        return [(at if at < 0 else begins[at], likely) for at, likely in told.of(role, row)]

    def holders(self, start: int) -> list[tuple[int | None, float]]:
        """Where the words begin whose statement a word's is, the likeliest first; None for the article or
        somebody who is not named near by."""
        found = self.role("holder", start)
        return [(None if at is None or at < 0 else at, likely) for at, likely in found]

    def vector(self, start: int) -> Floats | None:
        """The encoder's vector of a word."""
        known = self._vectors.get(start)
        return None if known is None else known[0][known[1]].astype(np.float32)
