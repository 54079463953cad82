"""The best tree of a sentence: a maximum spanning tree with one root."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]
Heads = NDArray[np.int64]
ROOT_FINE = 1e4  # more than any tree is worth, so that the best tree has one arc from the root


def best_tree(scores: Scores) -> Heads:
    """Heads of the best tree with one root. Scores [n, n+1] are log probabilities of word by head; column
    and head 0 is the root, k the k-th word.

    Chu-Liu/Edmonds; the fine on the root's arcs after Stanojević & Cohen, EMNLP 2021.

    >>> scores = np.log([[0.1, 0.0001, 0.8, 0.1], [0.2, 0.7, 0.0001, 0.1], [0.05, 0.15, 0.8, 0.0001]])
    >>> best_tree(scores).tolist()
    [2, 0, 2]
    """
    heads: Heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and _reach_root(heads):
        return heads
    n = len(scores)
    full = np.full((n + 1, n + 1), -1e9)
    full[1:] = scores
    full[1:, 0] -= ROOT_FINE
    np.fill_diagonal(full, -1e9)
    tree: Heads = _contracted(full)[1:]
    return tree


def _reach_root(heads: Heads) -> bool:
    up = np.concatenate([[0], heads])
    for _ in range(max(1, len(up).bit_length())):
        up = up[up]
    return not up.any()


def _cycle(heads: Heads) -> list[int] | None:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path: list[int] = []
        at = start
        while at > 0 and not seen[at]:
            seen[at] = start + 1
            path.append(at)
            at = int(heads[at])
        if at > 0 and seen[at] == start + 1:
            return path[path.index(at) :]
    return None


def _contracted(scores: Scores) -> Heads:
    """Best heads; a circle of heads is made one word, the smaller problem solved, and the circle opened."""
    heads: Heads = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(len(scores)) if i not in inside]
    k, total = len(rest), float(scores[cycle, heads[cycle]].sum())
    small = np.full((k + 1, k + 1), -1e9)
    small[:k, :k] = scores[np.ix_(rest, rest)]
    leaving = scores[np.ix_(rest, cycle)]
    small[:k, k] = leaving.max(1)
    entering = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None] + total
    small[k, :k] = entering.max(0)
    small[0] = -1e9
    got, found = _contracted(small), heads.copy()
    for a, word in enumerate(rest):
        if word:
            found[word] = cycle[int(leaving[a].argmax())] if got[a] == k else rest[int(got[a])]
    found[cycle[int(entering[:, got[k]].argmax())]] = rest[int(got[k])]
    return found
