"""Scores against gold data: what `kg evaluate` prints."""

from collections.abc import Callable
from pathlib import Path

from kg import nlp
from kg.errors import KgError
from kg.evaluation import carb

# Each gives rows of a name and a figure for a gold file and a model.
EVALUATIONS: dict[str, Callable[[Path, str], list[tuple[str, str]]]] = {
    "carb": carb.evaluate,
}


def evaluate(name: str, gold: Path, model: str = nlp.DEFAULT_MODEL) -> list[tuple[str, str]]:
    """The figures of an evaluation on a gold file. Raises KgError for one that isn't known."""
    if name not in EVALUATIONS:
        raise KgError(f"{name}: no evaluation of that name; there are {', '.join(EVALUATIONS)}")
    return EVALUATIONS[name](gold, model)
