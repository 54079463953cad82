"""Linear models over named features: a choice between options, each with what is true of it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import resources, tables


class Linear:
    """Weights by feature; what has no weight says nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def score(self, features: Iterable[str]) -> float:
        """The sum of the features' weights."""
        return sum(self._weights.get(f, 0.0) for f in features)

    def choose(self, options: Sequence[Iterable[str]]) -> list[float]:
        """How likely each option is, given its features; they add up to 1.

        >>> Linear({"near": 1.0}).choose([["near"], ["far"]])
        [0.7310585786300049, 0.2689414213699951]
        """
        scores = [self.score(o) for o in options]
        most = max(scores, default=0.0)
        powers = [math.exp(s - most) for s in scores]
        return [p / sum(powers) for p in powers]


@cache
def model(name: str, decision: str) -> Linear:
    """The model of a decision: the column of that name in data/learned/<name>.csv. Raises TableError."""
    rows = tables.records(resources.path(f"data/learned/{name}.csv"))
    return Linear({row["feature"]: float(row[decision]) for _, row in rows})
