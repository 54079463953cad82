"""Sentences of our own, from raw text to coded events: ten and more for each type, half with a twist."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.coding import types
from kg.errors import ModelError
from kg.model import Document, Event
from kg.parsing import pipelines
from tests.benchmarks import plover

CASES = Path(__file__).parent / "cases" / "events"
# Shares of the cases that come out right, measured with the shipped model; they may only rise.
FLOOR, FLOOR_EACH = 0.85, 0.6


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield path.stem.upper(), case


@lru_cache(maxsize=1)
def results() -> list[tuple[str, dict[str, Any], bool]]:
    try:
        pipelines.load()
    except ModelError:
        pytest.skip("the language model is not there")
    all_cases = list(cases())
    documents = [
        Document(str(i), case["text"], published="2024-05-14") for i, (_, case) in enumerate(all_cases)
    ]
    analyses = pipeline.analyse(documents)
    return [(t, c, is_right(t, c, a.events)) for (t, c), a in zip(all_cases, analyses, strict=True)]


def is_right(type_: str, case: dict[str, Any], events: list[Event]) -> bool:
    """Whether an event has the type, all actors, and the recipients and realis that the case names."""
    return any(
        e.type == type_
        and set(case["actors"])
        <= plover.codes_of(e.actors) | (plover.codes_of(e.recipients) if both(e) else set())
        and set(case.get("recipients", [])) <= plover.codes_of(e.recipients)
        and case.get("realis", e.realis) == e.realis
        for e in events
    )


def both(event: Event) -> bool:
    return types.types()[event.type].symmetric


def test_every_type_has_cases_half_with_a_twist() -> None:
    for type_ in types.types():
        own = [c for t, c in cases() if t == type_]
        twisted = [c for c in own if "twist" in c]
        assert len(own) >= 10
        assert 2 * len(twisted) >= len(own) - 1


def test_cases_come_out_right() -> None:
    wrong = [f"{t}: {c['text']}" for t, c, right in results() if not right]
    assert len(wrong) <= (1 - FLOOR) * len(results()), "\n".join(wrong)


@pytest.mark.parametrize("type_", list(types.types()))
def test_no_type_is_left_behind(type_: str) -> None:
    own = [(c, right) for t, c, right in results() if t == type_]
    assert sum(right for _, right in own) >= FLOOR_EACH * len(own), [
        c["text"] for c, right in own if not right
    ]


def no_events() -> list[dict[str, Any]]:
    """The sentences that tell no event of some types, or none of somebody."""
    return tomllib.loads((CASES.parent / "no-events.toml").read_text(encoding="utf-8"))["case"]  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def told() -> dict[str, list[Event]]:
    results()
    documents = [Document(c["text"], c["text"], published="2024-05-14") for c in no_events()]
    return {a.document.id: a.events for a in pipeline.analyse(documents)}


@pytest.mark.parametrize("case", no_events(), ids=lambda c: c["text"][:40])
def test_what_is_no_event(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "open" in case:
        request.applymarker(pytest.mark.xfail(strict=False, reason="open"))
    events = [e for e in told()[case["text"]] if e.realis == "happened"]
    assert not [e for e in events if e.type in case.get("never", ())]
    assert not [e for e in events if case.get("nobody") in plover.codes_of((*e.actors, *e.recipients))]
