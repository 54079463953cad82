"""Fits the order of tuples from a CaRB gold file: `python -m tests.benchmarks.tuple_order_fit GOLD [MODEL]`.

A tuple's target is the mean of its precision and recall: the shares of its words that its gold tuple has
and of the gold tuple's words that it has, 0 where no gold tuple is left for it. The fit is a logistic
regression with an L2 penalty (Newton's method), on features that at least SUPPORT clauses have.
"""

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.parsing import pipelines
from tests.benchmarks.carb_score import Parts, key, match, pairs, read_gold
from tests.benchmarks.lines import parse_lines
from tests.benchmarks.tuple_order import TABLE
from tests.benchmarks.tuples import Tuple, tuples

SUPPORT, PENALTY, ROUNDS = 15, 8.0, 12


def fit(gold: Path, model: str = pipelines.DEFAULT_MODEL) -> dict[str, float]:
    """The weight of each feature, `bias` first."""
    sentences, golds = read_gold(gold)
    rows: list[tuple[Tuple, float]] = []
    for line, parsed in zip(sentences, parse_lines(sentences, model), strict=True):
        found = [t for sentence in parsed for t in tuples(sentence)]
        rows += zip(found, targets(golds[key(line)], found), strict=True)
    counts = Counter(f for t, _ in rows for f in t.features)
    names = ["bias", *sorted(f for f, n in counts.items() if n >= SUPPORT)]
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for row, (t, _) in enumerate(rows):
        x[row, [place[f] for f in t.features if f in place]] = 1
    return dict(zip(names, logistic(x, np.array([y for _, y in rows])).tolist(), strict=True))


def targets(golds: Sequence[Parts], found: Sequence[Tuple]) -> list[float]:
    """Each tuple's worth against the gold tuple that it is paired with, the most precise pairs first."""
    parts = [Parts.of(t.relation, [t.subject, *t.arguments]) for t in found]
    table = [[match(g, p) for p in parts] for g in golds]
    result = [0.0] * len(found)
    for precision, row, column in pairs(table, range(len(found))):
        result[column] = (precision + table[row][column][1]) / 2 if precision else 0.0
    return result


def logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights that make 1 / (1 + exp(-x·w)) fit y in [0, 1]; the first column is not penalised."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w += np.linalg.solve(hessian, gradient)
    return w


def main(gold: str, model: str = pipelines.DEFAULT_MODEL) -> None:
    """Writes the table."""
    fitted = fit(Path(gold), model)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weight:.3f}") for name, weight in fitted.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
