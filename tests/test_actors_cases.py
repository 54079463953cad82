"""Linking on whole texts, parsed by the language model that ships, with the tables that ship."""

import tomllib
from pathlib import Path

from kg.actors import index, linking
from kg.model import Document, Judgement
from kg.parsing import pipelines

FILE = Path(__file__).parent / "cases" / "actors" / "linking.toml"
FLOOR = 0.06  # of the words may come out wrong
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def meets(judgement: Judgement | None, members, place, wanted: str) -> bool:
    """Whether a mention means what a case wants of it."""
    actor = judgement.actor if judgement else None
    if wanted == "nobody":
        return actor is None
    if wanted == "place":
        return actor is None and place is not None
    if wanted == "unsure":
        return judgement is None or judgement.verdict != "same"
    if wanted.startswith("+"):
        return {a.id for a in members} == set(wanted[1:].split("+"))
    if wanted.startswith("not "):
        return not meets(judgement, members, place, wanted.removeprefix("not "))
    if wanted.isupper():
        return actor is not None and actor.country == wanted
    return actor is not None and actor.id == wanted


def wrong(case, sentences) -> list[str]:
    """The words of a case that mean something else than wanted."""
    document = Document("case", case["text"], published=case.get("on"))
    found = linking.link(document, sentences, index.load())
    faults = []
    for word, wanted in case["who"].items():
        at = max(t.start for s in sentences for t in s if t.text == word)
        judgement = found.at(at)
        if not meets(judgement, found.members(at), found.place(at), wanted):
            actor = judgement.actor.id if judgement and judgement.actor else None
            faults.append(f"{case['text']} — {word}: wanted {wanted}, got {actor}")
    return faults


def test_who_is_who():
    """Parsers err; linking must not add to it. The floor is for the parser that ships."""
    parsed = list(pipelines.parse(case["text"] for case in CASES))
    faults = [f for case, sentences in zip(CASES, parsed, strict=True) for f in wrong(case, sentences)]
    asked = sum(len(case["who"]) for case in CASES)
    assert len(faults) <= FLOOR * asked, "\n".join(faults)
