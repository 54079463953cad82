"""What a text is about, in a few numbers: the mean of its words' vectors on their main axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Projection:
    """The k main axes [d, k] of vectors of d numbers that one encoder makes, scaled to unit variance."""

    made_with: str  # the encoder's hash
    mean: Floats
    axes: Floats

    def of(self, vector: Floats, made_with: str) -> list[float]:
        """The k numbers of a vector. Raises KgError when another encoder made it."""
        if made_with != self.made_with:
            raise KgError(f"these weights were learnt with the encoder {self.made_with}, this is {made_with}")
        return ((vector - self.mean) @ self.axes).tolist()  # type: ignore[no-any-return]

    def save(self, path: Path) -> None:
        """Writes the axes, in half precision."""
        np.savez_compressed(
            path, made_with=self.made_with, mean=np.float16(self.mean), axes=np.float16(self.axes)
        )


def load(path: Path) -> Projection:
    """The projection that `save` wrote. Raises KgError when the file holds none."""
    try:
        with np.load(path, allow_pickle=False) as file:
            mean, axes = file["mean"].astype(np.float32), file["axes"].astype(np.float32)
            return Projection(str(file["made_with"]), mean, axes)
    except (OSError, ValueError, KeyError) as error:
        raise KgError(f"{path}: these are no weights of kg's; install the package again ({error})") from error


def fitted(means: Sequence[Floats], axes: int, made_with: str) -> Projection:
    """The main axes of many texts' mean vectors, by singular values."""
    rows = np.array(means, np.float32)
    middle = rows.mean(0)
    _, sizes, directions = np.linalg.svd(rows - middle, full_matrices=False)
    scale = sizes[:axes] / np.sqrt(len(rows))
    return Projection(made_with, middle, np.asarray(directions[:axes].T / scale, np.float32))
