"""The best sequence of labels: each word's likelihoods, and how well one label follows another."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]


def best_path(scores: Scores, steps: Scores) -> NDArray[np.int64]:
    """The best labels of n words (Viterbi, 1967). Scores [n, k] are log likelihoods of k labels up to a
    constant a word; steps [k + 1, k] are what a label counts for behind each other one, and behind none in
    the last row.

    >>> outside_begin_inside = np.log([[0.5, 0.3, 0.2], [0.4, 0.1, 0.5], [0.1, 0.2, 0.7]])
    >>> steps = np.array([[0, 0, -99], [0, 0, 0], [0, 0, 0], [0, 0, -99]])  # nothing goes on behind outside
    >>> best_path(outside_begin_inside, steps).tolist()
    [1, 2, 2]
    """
    best, before = scores[0] + steps[-1], np.zeros(scores.shape, np.int64)
    for i, row in enumerate(scores[1:], 1):
        ways = best[:, None] + steps[:-1]
        before[i] = ways.argmax(0)
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for row in before[:0:-1]:
        path.append(int(row[path[-1]]))
    return np.array(path[::-1], np.int64)
