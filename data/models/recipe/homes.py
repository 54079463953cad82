"""Teaches where somebody belongs who has no country of his own, from annotated news.

    python data/models/recipe/homes.py data/events BRIEFS

An event of a brief is placed on its trigger's word, and its parties are chosen. For those without a country
the one that their side's annotation names is right; none, where it names them and no country. Where it names
neither them nor a country that the text speaks of, nothing is learnt.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from placing import acts, all_files, is_unseen, listed, named, texts
from ranker import train

from kg.claims.speech import Speech
from kg.coding.homes import Countries, Homes, is_homeless
from kg.coding.parties import Parties
from kg.coding.standing import Features, without_model
from kg.learned.ranker import Ranker
from kg.model import Actor

CODE = re.compile("[A-Z]{3}")


@dataclass
class Example:
    """Somebody without a country, and the features of those where he may belong; "" is none."""

    actor: Actor
    countries: Countries
    none: Features
    right: dict[str, bool]

    def without_model(self) -> "Example":
        """The same as a pipeline without the careful model would see it."""
        countries = {code: without_model(features) for code, features in self.countries.items()}
        return replace(self, countries=countries, none=without_model(self.none))


def examples(files: Iterable[Path]) -> Iterator[Example]:
    """The parties without a country of the events of briefs whose triggers are found; of texts that the
    careful model learnt on, as a pipeline without it would see them."""
    for file in files:
        found = _examples(file)
        yield from found if is_unseen(file) else (e.without_model() for e in found)


def _examples(file: Path) -> Iterator[Example]:
    for brief, sentences in texts([file]):
        cast, told = acts(brief, sentences)
        parties, homes = Parties(cast, Speech(sentences)), Homes(cast, Ranker((), ()))
        for event, act in told:
            sides = parties.of(act)
            for side, field, own, others in (
                ("doer", "actor", sides.doers, sides.recipients),
                ("recipient", "recipient", sides.recipients, sides.doers),
            ):
                for actor in filter(is_homeless, own):
                    countries, none = homes.standing(actor, act, side, others)
                    right = _right(listed(event.get(field, [])), actor, countries)
                    if any(right.values()):
                        yield Example(actor, countries, none, right)


def _right(names: list[Any], actor: Actor, countries: Iterable[str]) -> dict[str, bool]:
    codes = [n for n in names if CODE.fullmatch(n)]
    found = {code: code in codes for code in countries}
    return found | {"": not codes and named(actor, names)}


def learn(given: Iterable[Example], **how: Any) -> Ranker:
    """The ranker from examples."""
    return train([([*e.countries.values(), e.none], list(e.right.values())) for e in given], least=20, **how)


if __name__ == "__main__":
    folder, briefs = map(Path, sys.argv[1:])
    learn(examples(all_files(briefs))).save(folder / "home.npz")
