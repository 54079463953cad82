"""Teaches where an act took place, from annotated news.

    python data/models/recipe/scenes.py data/events BRIEFS

An event of a brief is placed on its trigger's word; every place that holds a word of its annotated one is
right, nowhere where none is annotated.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placing import acts, all_files, listed, texts
from ranker import train

from kg.coding.scenes import Scenes, Sites
from kg.coding.standing import Act, Features
from kg.learned.ranker import Ranker


@dataclass
class Example:
    """An annotated event with the features of the places that it may be at; "" is nowhere."""

    act: Act
    sites: Sites
    nowhere: Features
    right: dict[str, bool]


def examples(files: Iterable[Path]) -> Iterator[Example]:
    """The events of briefs whose triggers are found and that some place is named near."""
    for brief, sentences in texts(files):
        cast, told = acts(brief, sentences)
        scenes = Scenes(cast, Ranker((), ()))
        for event, act in told:
            sites, nowhere = scenes.standing(act)
            if sites:
                yield Example(act, sites, nowhere, _right(event, scenes, sites))


def _right(event: dict[str, Any], scenes: Scenes, sites: Iterable[str]) -> dict[str, bool]:
    names = [n.casefold() for n in listed(event.get("place", []))]
    found = {}
    for key in sites:
        place = scenes.places[key]
        labels = {a.actors[0].label.casefold() for a in place.appearances}
        found[key] = any(n in label or label in n for n in names for label in labels)
    return found | {"": not any(found.values())}


def learn(given: Iterable[Example]) -> Ranker:
    """The ranker from examples."""
    return train([([*e.sites.values(), e.nowhere], list(e.right.values())) for e in given], least=20)


if __name__ == "__main__":
    folder, briefs = map(Path, sys.argv[1:])
    learn(examples(all_files(briefs))).save(folder / "scene.npz")
