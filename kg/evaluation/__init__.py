"""Scores against gold data: what `kg evaluate` prints."""

from collections.abc import Callable
from pathlib import Path

from kg import nlp, pipeline
from kg.coding import gold as plover
from kg.errors import KgError
from kg.evaluation import actors, carb, coref, trees

Figures = list[tuple[str, str]]


def evaluate_plover(gold: Path, model: str) -> Figures:
    """PLOVER gold standard records (JSON): types, actors and recipients from raw text."""
    return plover.evaluate(
        gold, lambda documents: (a.events for a in pipeline.analyse(documents, model))
    ).rows()


# Each gives rows of a name and a figure for a gold file and a model.
EVALUATIONS: dict[str, Callable[[Path, str], Figures]] = {
    "carb": carb.evaluate,
    "coref": coref.evaluate,
    "plover": evaluate_plover,
    "roles": actors.roles,
    "names": actors.names,
    "trees": trees.evaluate,
}


def evaluate(name: str, gold: Path, model: str = nlp.DEFAULT_MODEL) -> Figures:
    """The figures of an evaluation on a gold file. Raises KgError for one that isn't known."""
    if name not in EVALUATIONS:
        raise KgError(f"{name}: no evaluation of that name; there are {', '.join(EVALUATIONS)}")
    return EVALUATIONS[name](gold, model)
