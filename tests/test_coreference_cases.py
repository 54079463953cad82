"""Pronouns and anaphors in whole texts, parsed by the language model that ships."""

import re
import tomllib
from pathlib import Path

from kg.actors import index, linking
from kg.actors.mentions import Mentions
from kg.model import Document
from kg.parsing import pipelines

FILE = Path(__file__).parent / "cases" / "actors" / "coreference.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
# Parsers err: this many of the words may come out wrong, none of them as somebody else.
FLOOR = 0.06


def place(text: str, word: str) -> int:
    """Where a word stands: "it 2" is the second "it"."""
    form, _, number = word.partition(" ")
    return [m.start() for m in re.finditer(rf"\b{form}\b", text)][int(number or 1) - 1]


def noun(found: Mentions, text: str, start: int) -> str:
    """The word at the end of a mention's links."""
    while (before := found.antecedent(start)) is not None:
        start = before
    return re.match(r"\w+", text[start:])[0]


def meets(found: Mentions, text: str, start: int, wanted: str) -> bool:
    """Whether the mention that begins there means what a case wants."""
    judgement = found.at(start)
    actor = judgement.actor if judgement else None
    if wanted in ("nobody", "none"):
        return actor is None
    if wanted == "unresolved":
        return actor is None and judgement is not None and judgement.reason.startswith("unresolved: ")
    if wanted == "unsure":
        return judgement is not None and judgement.verdict != "same"
    if wanted.startswith("@"):
        there = found.place(start)
        return there is not None and there.name == wanted[1:]
    if wanted.startswith("the "):
        return found.antecedent(start) is not None and noun(found, text, start) in wanted[4:].split("|")
    if wanted.startswith("+"):
        return {a.id for a in found.members(start)} == set(wanted[1:].split("+"))
    if wanted.startswith("not "):
        return actor is None or actor.id != wanted[4:]
    if wanted.isupper():
        return actor is not None and actor.country == wanted
    return actor is not None and actor.id == wanted


def test_whom_they_stand_for():
    faults = []
    tables = index.load()
    for case, sentences in zip(CASES, pipelines.parse(c["text"] for c in CASES), strict=True):
        text = case["text"]
        found = linking.link(Document("case", text, published=case.get("on")), sentences, tables)
        for word, _, wanted in (line.partition(": ") for line in case["means"]):
            start = place(text, word)
            if not meets(found, text, start, wanted):
                judgement = found.at(start)
                faults.append(f"{case['kind']}: {text} — {word}: wanted {wanted}, got {judgement}")
    asked = sum(len(case["means"]) for case in CASES)
    assert len(faults) <= FLOOR * asked, "\n".join([f"{len(faults)} of {asked}", *faults])
