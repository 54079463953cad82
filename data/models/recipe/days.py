"""Teaches on which day an act took place, from annotated news.

    python data/models/recipe/days.py data/events

An annotated event is placed on its trigger's word; every time that is the annotated one, or less or more
exact, is right, and none where none is annotated. Read are the texts that their reader did not learn on.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from placing import acts, in_halves, texts
from ranker import train

from kg.coding.days import Days
from kg.coding.standing import Features
from kg.learned.ranker import Ranker
from kg.time.written import day_written
from tests.benchmarks.briefs import is_when


@dataclass
class Example:
    """An annotated event with the features of the times that it may have, those of none last, and which of
    them are right."""

    features: list[Features]
    right: list[bool]


def examples(files: Iterable[Path]) -> Iterator[Example]:
    """The events of briefs whose triggers are found."""
    for brief, sentences in texts(files):
        cast, told = acts(brief, sentences)
        written = day_written(brief["text"], brief["published"], sentences)
        days = Days(cast.document, sentences, written, Ranker((), ()))
        for event, act in told:
            times, untold = days.standing(act)
            told_day = event.get("date")
            right = [told_day is not None and is_when(t.value, told_day) for t, _ in times]
            yield Example([*(f for _, f in times), untold], [*right, not any(right)])


def learn(given: Iterable[Example]) -> Ranker:
    """The ranker from examples."""
    choices = [(e.features, e.right) for e in given]
    return train(choices, least=20, hidden=32, epochs=8, drop=0.2)


if __name__ == "__main__":
    learn(examples(in_halves())).save(Path(sys.argv[1]) / "day.npz")
