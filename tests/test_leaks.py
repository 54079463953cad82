"""What somebody says, demands, plans, denies or merely thinks possible never comes out as a plain fact.

Each case names the verb whose statement must be kept apart. The share of leaks is a floor that may only
get better; a case whose verb is not found at all counts as missed, not as a leak.
"""

import csv
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Claim, Document

with (Path(__file__).parent / "cases" / "leaks.tsv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def outcomes() -> list[str]:
    """For each case: kept apart, leaked, or missed."""
    documents = [Document(f"case-{i}", case["text"]) for i, case in enumerate(CASES)]
    found = pipeline.analyse(documents)
    return [outcome(a.claims, case["hidden"].split()) for a, case in zip(found, CASES, strict=True)]


def outcome(claims: list[Claim], hidden: list[str]) -> str:
    found = [c for c in claims if c.statement.relation.lemma.split()[: len(hidden)] == hidden]
    if not found:
        return "missed"
    return "leaked" if any(c.is_fact for c in found) else "kept apart"


def report(outcomes: list[str], what: str) -> str:
    return "\n".join(f"{c['kind']}: {c['text']}" for c, o in zip(CASES, outcomes, strict=True) if o == what)


def test_there_are_enough_cases_of_every_kind() -> None:
    assert len(CASES) >= 150
    assert len({c["kind"] for c in CASES}) >= 9


def test_few_leaks(outcomes: list[str]) -> None:
    share = outcomes.count("leaked") / len(outcomes)
    assert share <= 0.02, f"{share:.1%} leak:\n{report(outcomes, 'leaked')}"


def test_few_are_missed(outcomes: list[str]) -> None:
    share = outcomes.count("missed") / len(outcomes)
    assert share <= 0.1, f"{share:.1%} are missed:\n{report(outcomes, 'missed')}"


def test_what_a_line_announces_is_its_speakers() -> None:
    """A statement without quotation marks, as ministries publish it."""
    text = (
        "The ambassador, Ruth Amadi, said:\n\nThe rebels burned the consulate. We left the capital on Friday."
    )
    [analysed] = pipeline.analyse([Document("statement", text)])
    told = [c for c in analysed.claims if c.statement.relation.lemma in ("burn", "leave")]
    assert len(told) == 2
    for claim in told:
        assert claim.speaker is not None
        assert not claim.is_fact
