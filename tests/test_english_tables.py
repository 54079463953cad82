"""Every row of data/english is shown by its example: it does what the row says, and only by that row.

The test takes the row away and reads the example again: the claims must be others than before.
"""

import copy
import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.claims import extract
from kg.claims.factuality import stronger
from kg.english import lexicon
from kg.model import PLAIN, Claim, Document
from kg.parsing import pipelines
from kg.parsing.tree import Sentence

# Rows that no sentence of those tried shows, by table and key, with the reason.
OPEN_FILE = Path(__file__).parent / "cases" / "english-open.csv"
with OPEN_FILE.open(encoding="utf-8", newline="") as lines:
    OPEN = {
        (r["table"], (r["word"], r["voice"], r["complement"]) if r["voice"] else r["word"]): r["reason"]
        for r in csv.DictReader(lines)
    }


def key_of(name: str, row: Any) -> Any:
    """What a row's word stands under in its table."""
    return (row.word, row.voice, row.complement) if name == "verbs" else row.word


def table_of(name: str) -> dict[Any, Any]:
    if name == "verbs":
        return lexicon.verb_frames()
    return lexicon.nominals() if name == "nominals" else lexicon.table(name)


ROWS = [(name, row) for name in lexicon.ROWS for row in lexicon.rows(name)]


@pytest.fixture(scope="module")
def parsed() -> list[list[Sentence]]:
    """The examples' sentences, parsed in one go; rows are shown without what the model says beside trees."""
    found = list(pipelines.parse(row.example for _, row in ROWS))
    for sentence in (s for sentences in found for s in sentences):
        sentence.signals = None
    return found


def claims_of(row: Any, sentences: list[Sentence]) -> list[Claim]:
    """The claims of an example; the trees stay as they are."""
    return extract(Document("example", row.example), copy.deepcopy(sentences))


def claims_without(name: str, row: Any, sentences: list[Sentence]) -> list[Claim]:
    """The claims of an example without the row."""
    table, key = table_of(name), key_of(name, row)
    frame = table.pop(key)
    try:
        return claims_of(row, sentences)
    finally:
        table[key] = frame


def fault(name: str, row: Any, sentences: list[Sentence]) -> str | None:
    """What is wrong with an example; None where it shows its row."""
    claims = claims_of(row, sentences)
    if not any(CHECKS[name](claim, row, claims) for claim in claims):
        return "no claim is as the row says"
    if said(claims) == said(claims_without(name, row, sentences)):
        return "the claims are the same without the row"
    return None


def said(claims: list[Claim]) -> set[tuple[Any, ...]]:
    """What tells claims apart."""
    return {(c.id, c.factuality, c.tense, c.cue, *(a.role for a in c.statement.arguments)) for c in claims}


def is_taken_so(claim: Claim, row: Any) -> bool:
    """Whether a claim is as sure as the row says, and no less sure."""
    taken = (row.polarity or PLAIN[0], row.modality or PLAIN[1], row.factuality or PLAIN[2])
    return (claim.polarity, claim.modality, claim.factuality) == taken


def governed(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim shows the verb, alone or merged with its own verb, and has the subject that it is due."""
    plain = not (row.polarity or row.modality or row.factuality)
    cue = None if row.kind in lexicon.MERGING and plain and claim.nested_in is None else row.word
    return is_taken_so(claim, row) and shows(claim, cue) and controlled(claim, row, claims)


def shows(claim: Claim, word: str | None) -> bool:
    """Whether the claim's cue is a word; of "call on" it is "call"."""
    return claim.cue == word or (word is not None and claim.cue == word.split()[0])


def controlled(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """Whether an infinitive or gerund tells a deed of the one whose it is by the row."""
    outer = next((c.statement for c in claims if c.id == claim.nested_in), None)
    if (
        outer is None
        or row.complement in ("ccomp", "question", "any")
        or row.control not in ("subject", "object")
    ):
        return True
    same = claim.statement.subject == outer.subject
    return same == (row.control == "subject")


def with_cue(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim is taken as the row says, and shows its word."""
    return is_taken_so(claim, row) and claim.cue == row.word


def modified(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim is taken as the row says; what negates it is not told by its word."""
    return is_taken_so(claim, row) and (row.kind == "negation" or claim.cue == row.word)


def auxiliary(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim is taken as the row says, and lies ahead where it does."""
    taken = (claim.modality, claim.factuality) == (row.modality, row.factuality)
    return taken and claim.cue == row.word and row.tense in ("", claim.tense)


def marked(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim is taken as the row says; a time to come makes it unsure."""
    if row.role == "time" and claim.factuality == "unknown":
        return True
    is_as_open = stronger(claim.modality, row.modality) == claim.modality  # "would … to" is conditional, too
    return is_as_open and claim.factuality == (row.factuality or PLAIN[2])


def in_role(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """An argument with the preposition has the role; a source is none, it speaks."""
    if row.role == "source":
        return claim.cue == row.word and not claim.statement.arguments
    return any((a.preposition, a.role) == (row.word, row.role) for a in claim.statement.arguments)


def in_place(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The noun says where."""
    where = claim.statement.where
    return where is not None and row.word in where.text.lower()


def nominal(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The noun is a claim of its own, with who did it and to whom."""
    s = claim.statement
    return claim.found_by == "nominal" and s.relation.lemma == row.word and bool(s.subject and s.object)


def lent(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """What a noun speaks of is the deed or the claim of the verb's subject."""
    outer = next((c.statement for c in claims if c.id == claim.nested_in), None)
    return outer is not None and outer.relation.lemma == row.word and outer.subject == claim.statement.subject


def sourced(claim: Claim, row: Any, claims: list[Claim]) -> bool:
    """The claim has a speaker, by the preposition."""
    return claim.speaker is not None and claim.cue == row.word


CHECKS: dict[str, Callable[[Claim, Any, list[Claim]], bool]] = {
    "adjectives": modified,
    "adverbs": modified,
    "auxiliaries": auxiliary,
    "light": lent,
    "markers": marked,
    "nominals": nominal,
    "nouns": with_cue,
    "places": in_place,
    "prepositions": in_role,
    "sources": sourced,
    "verbs": governed,
}


@pytest.mark.parametrize("name", lexicon.ROWS)
def test_every_row_is_shown_by_its_example(name: str, parsed: list[list[Sentence]]) -> None:
    wrong = {}
    for (table, row), sentences in zip(ROWS, parsed, strict=True):
        if table == name and (found := fault(name, row, sentences)):
            wrong[name, key_of(name, row)] = (row.example, found)
    assert {k: v for k, v in wrong.items() if k not in OPEN} == {}
    assert [k for k in OPEN if k[0] == name and k not in wrong] == [], "right now: no longer open"


@pytest.mark.parametrize("name", lexicon.ROWS)
def test_no_word_stands_twice(name: str) -> None:
    keys = [key_of(name, row) for row in lexicon.rows(name)]
    assert [k for k in keys if keys.count(k) > 1] == []


def test_words_of_a_kind_stand_once_and_in_their_example() -> None:
    rows = lexicon.kind_rows()
    keys = [(row.word, row.kind) for row in rows]
    assert [k for k in keys if keys.count(k) > 1] == []
    assert [r.word for r in rows if not re.search(rf"\b{re.escape(r.word)}", r.example, re.IGNORECASE)] == []


def test_no_example_is_used_twice() -> None:
    examples = [row.example for _, row in ROWS]
    assert [e for e in examples if examples.count(e) > 1] == []
