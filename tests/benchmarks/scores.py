"""The evaluations by name: figures for a gold file and a model."""

from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError
from kg.parsing.pipelines import DEFAULT_MODEL
from tests.benchmarks import actors, articles, briefs, carb_score, coref, dates, plover, trees

Figures = list[tuple[str, str]]

# Each gives rows of a name and a figure for a gold file and a model.
EVALUATIONS: dict[str, Callable[[Path, str], Figures]] = {
    "articles": articles.evaluate,
    "briefs": briefs.evaluate,
    "carb": carb_score.evaluate,
    "coref": coref.evaluate,
    "dates": dates.evaluate,
    "plover": plover.evaluate,
    "roles": actors.roles,
    "names": actors.names,
    "trees": trees.evaluate,
}


def evaluate(name: str, gold: Path, model: str = DEFAULT_MODEL) -> Figures:
    """The figures of an evaluation on a gold file. Raises KgError for one that isn't known."""
    if name not in EVALUATIONS:
        raise KgError(f"{name}: no evaluation of that name; there are {', '.join(EVALUATIONS)}")
    return EVALUATIONS[name](gold, model)
