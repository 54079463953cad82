"""Linking on whole texts, parsed by the language model that ships, with the tables that ship."""

import tomllib
from pathlib import Path

import pytest

from kg import nlp
from kg.actors import gazetteer, linking
from kg.model import Document, Judgement

FILE = Path(__file__).parent / "cases" / "actors" / "linking.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def parsed():
    return dict(zip((c["text"] for c in CASES), nlp.parse(c["text"] for c in CASES), strict=True))


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
        return actor is None or actor.id != wanted[4:]
    if wanted.isupper():
        return actor is not None and actor.country == wanted
    return actor is not None and actor.id == wanted


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_who_is_who(case, parsed):
    document = Document("case", case["text"], published=case.get("on"))
    found = linking.link(document, parsed[case["text"]], gazetteer.load())
    for word, wanted in case["who"].items():
        at = max(t.start for s in parsed[case["text"]] for t in s if t.text == word)
        judgement = found.at(at)
        assert meets(judgement, found.members(at), found.place(at), wanted), (
            f"{word}: wanted {wanted}, got {judgement and judgement.actor}, {judgement and judgement.reason}"
        )
