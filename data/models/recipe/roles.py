"""Whom the words of annotated texts stand for, as marks on words: who does an act, to whom it is done, whom
a pronoun or a description means.

    python data/models/recipe/roles.py OUT.json FILES...

What an annotation tells by name or country is looked up among all mentions that kg finds in the text; every
one of them is right. Words are named by where they begin. `prepare.py` puts the marks beside the others.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]
from parties import right  # noqa: E402
from placing import acts, links_of, listed, named, texts  # noqa: E402

from kg.coding.cast import Cast  # noqa: E402
from kg.parsing.models import DEFAULT_MODEL  # noqa: E402

Mark = tuple[int, list[int], bool]  # a word, the words that are right for it, whether nobody is right too
SIDES = {"doer": "actor", "target": "recipient"}


def marks(brief: dict[str, Any], sentences: list[Any]) -> dict[str, list[Mark]]:
    """The marks of a text, by role."""
    cast, told = acts(brief, sentences)
    found = {
        role: [(act.word.start, *_parties(cast, event, side)) for event, act in told]
        for role, side in SIDES.items()
    }
    found["antecedent"] = [(start, *_meant(cast, link, start)) for start, link in links_of(brief)]
    return {role: [m for m in row if m[1] or m[2]] for role, row in found.items()}


def _parties(cast: Cast, event: dict[str, Any], side: str) -> tuple[list[int], bool]:
    accepted = right(event, side, cast, cast.parties)
    words = [a.head.start for key, p in cast.parties.items() if accepted[key] for a in p.appearances]
    return words, "none" in listed(event.get(side, "none"))


def _meant(cast: Cast, link: dict[str, Any], start: int) -> tuple[list[int], bool]:
    names = listed(link.get("label", [])) or listed(link.get("country", []))
    seen = [a for p in cast.parties.values() for a in p.appearances if a.head.start != start]
    found = {a.head.start for a in seen if any(named(x, names) for x in a.actors)}
    return sorted(found), "none" in names


def main() -> None:
    """Writes the marks of all texts of some files, by their ids."""
    out, *files = map(Path, sys.argv[1:])
    found = {brief["id"]: marks(brief, sentences) for brief, sentences in texts(files, DEFAULT_MODEL)}
    out.write_text(json.dumps(found), encoding="utf-8")
    for role in (*SIDES, "antecedent"):
        rows = [m for by_role in found.values() for m in by_role[role]]
        print(role, len(rows), "marked;", sum(bool(m[1]) for m in rows), "with a word")


if __name__ == "__main__":
    main()
