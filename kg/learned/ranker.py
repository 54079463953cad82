"""A small network that chooses one of several candidates, or none of them.

A candidate is a mapping of features to numbers. Its score is linear in them, plus one hidden layer of
rectified units; the scores of a choice's candidates become probabilities by softmax. Several networks, each
from another seed, vote by their mean. `data/models/recipe/ranker.py` trains one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError

Floats = NDArray[np.float32]
Candidate = Mapping[str, float]


@dataclass(frozen=True)
class Network:
    """Weights for d features: [d, h], [h], [h] of the hidden layer, and [d] of the linear part."""

    hidden: Floats
    bias: Floats
    out: Floats
    linear: Floats

    def scores(self, rows: Floats) -> Floats:
        """A score for each row of [n, d] features."""
        layer = np.maximum(rows @ self.hidden + self.bias, 0) @ self.out
        return np.asarray(layer + rows @ self.linear, np.float32)


@dataclass(frozen=True)
class Ranker:
    """Networks over the same named features."""

    features: tuple[str, ...]
    networks: tuple[Network, ...]

    def likely(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each candidate is the one; features that training did not see count nothing."""
        return self.chances(self.rows(candidates))

    def chances(self, rows: Floats) -> list[float]:
        """The same of candidates that are rows of a matrix already."""
        return np.mean([softmax(n.scores(rows)) for n in self.networks], axis=0).tolist()  # type: ignore[no-any-return]

    def rows(self, candidates: Sequence[Candidate]) -> Floats:
        """The candidates as a matrix [n, d]."""
        places = self._places
        rows = np.zeros((len(candidates), len(places)), np.float32)
        for row, candidate in zip(rows, candidates, strict=True):
            for name, value in candidate.items():
                if name in places:
                    row[places[name]] = value
        return rows

    def columns(self, names: Sequence[str]) -> list[int]:
        """Where features stand in the rows."""
        return [self._places[name] for name in names]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.features)}

    def save(self, path: Path) -> None:
        """Writes the weights, in half precision."""
        parts = {
            f"{key}_{i}": np.float16(value)
            for i, n in enumerate(self.networks)
            for key, value in vars(n).items()
        }
        np.savez_compressed(path, features=np.array(self.features), **parts)  # type: ignore[arg-type]


def load(path: Path) -> Ranker:
    """The ranker that `save` wrote. Raises KgError when the file holds none."""
    try:
        with np.load(path, allow_pickle=False) as file:
            names = tuple(file["features"].tolist())
            parts = {key: file[key].astype(np.float32) for key in file.files if key != "features"}
    except (OSError, ValueError, KeyError) as error:
        raise KgError(f"{path}: these are no weights of kg's; install the package again ({error})") from error
    count = sum(key.startswith("hidden_") for key in parts)
    keys = ("hidden", "bias", "out", "linear")
    return Ranker(names, tuple(Network(*(parts[f"{key}_{i}"] for key in keys)) for i in range(count)))


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities that sum to one."""
    power = np.exp(scores - scores.max())
    return np.asarray(power / power.sum(), np.float32)
