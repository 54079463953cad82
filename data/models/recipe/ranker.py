"""Trains the small network of kg.learned.ranker: Adam on the likelihood of any right candidate."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from kg.learned.ranker import Network, Ranker

Choice = tuple[Sequence[Mapping[str, float]], Sequence[bool]]  # candidates, and which of them are right


def train(
    choices: Sequence[Choice],
    *,
    least: int = 40,
    hidden: int = 48,
    epochs: int = 14,
    drop: float = 0.1,
    seeds: int = 2,
) -> Ranker:
    """A ranker from choices in which at least one candidate is right.

    Features of fewer than `least` candidates are left out. The same choices give the same weights.
    """
    seen = Counter(
        name for candidates, _ in choices for c in candidates for name, value in c.items() if value
    )
    names = tuple(sorted(name for name, count in seen.items() if count >= least))
    empty = Ranker(names, ())
    rows = [empty.rows(candidates).astype(np.float16) for candidates, _ in choices]  # they fill the memory
    right = [np.array(r, bool) for _, r in choices]
    networks = tuple(_network(rows, right, hidden, epochs, drop, seed) for seed in range(seeds))
    return Ranker(names, networks)


def _network(rows, right, hidden, epochs, drop, seed, rate=3e-3, decay=1e-4, batch=64) -> Network:
    random = np.random.default_rng(seed)
    size = rows[0].shape[1]
    weights = [
        (random.normal(0, 1.5 / np.sqrt(size), (size, hidden))).astype(np.float32),
        np.zeros(hidden, np.float32),
        random.normal(0, 1 / np.sqrt(hidden), hidden).astype(np.float32),
        np.zeros(size, np.float32),
    ]
    means, squares = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    step, steps = 0, epochs * -(-len(rows) // batch)
    kept = np.uint8(round(256 * (1 - drop)))
    for _ in range(epochs):
        order = random.permutation(len(rows))
        for k in range(0, len(rows), batch):
            taken = order[k : k + batch]
            x = np.vstack([rows[i] for i in taken]).astype(np.float32)
            x *= np.frombuffer(random.bytes(x.size), np.uint8).reshape(x.shape) < kept
            owner = np.repeat(np.arange(len(taken)), [len(rows[i]) for i in taken])
            slopes = _slopes(weights, x, owner, np.concatenate([right[i] for i in taken]), len(taken))
            step += 1
            speed = rate * min(1, step / 50) * (1 - step / (steps + 1))
            for i, slope in enumerate(slopes):
                slope = slope + decay * weights[i]
                means[i] *= 0.9
                means[i] += 0.1 * slope
                squares[i] *= 0.99
                squares[i] += 0.01 * slope * slope
                moved = means[i] / (1 - 0.9**step) / (np.sqrt(squares[i] / (1 - 0.99**step)) + 1e-7)
                weights[i] -= np.float32(speed) * moved.astype(np.float32)
    return Network(*weights)


def _slopes(weights, x, owner, right, count):
    """The gradient of -log(probability of the right candidates), by weight."""
    hidden, bias, out, _ = weights
    before = x @ hidden + bias
    layer = np.maximum(before, 0)
    chosen = _shares(layer @ out + x @ weights[3], owner, count)
    total = np.bincount(owner, chosen * right, count)
    wanted = chosen * right / np.maximum(total[owner], 1e-9)
    error = ((chosen - wanted) / count).astype(np.float32)
    back = np.outer(error, out) * (before > 0)
    return x.T @ back, back.sum(0), layer.T @ error, x.T @ error


def _shares(scores, owner, count):
    highest = np.full(count, -1e9, np.float32)
    np.maximum.at(highest, owner, scores)
    power = np.exp(scores - highest[owner])
    return power / np.bincount(owner, power, count)[owner]
