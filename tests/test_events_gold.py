"""The score of predicted events against gold records, on records of our own."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Actor, Event, Span
from tests.benchmarks import plover

RECORDS = [
    {"id": "r1", "date": "2001-02-03", "event": "DEMAND", "text": "Fiji demands.",
     "source": [{"actorText": "Fiji", "code": "FJI"}], "target": [{"actorText": "Japan", "code": "JAP"}]},
    {"id": "r2", "date": "2001-02-03", "event": "CONSULT", "text": "Peru and Chile talk.",
     "source": [{"code": "PER"}, {"code": "CHLGOV"}], "target": ""},
    {"id": "r3", "date": "", "event": "FIGHT", "text": "Someone fights.", "source": [{"code": "IGO"}],
     "target": None},
]  # fmt: skip


def actor(code: str | None, sector: str | None = None) -> Actor:
    return Actor(f"a-{code}-{sector}", "A", "state", code, sector)


def event(type_: str, sources: list[Actor], targets: list[Actor]) -> Event:
    return Event("c", "d", 0, type_, None, (), None, 1, 0.0, None, tuple(sources), tuple(targets), None, None,
                 None, None, "happened", None, Span("x", 0, 1))  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(RECORDS))
    return file


def test_old_names_and_codes_become_todays(path: Path) -> None:
    one, two, three = plover.read(path)
    assert (one.type, one.sources, one.targets) == ("REQUEST", {"FJI"}, {"JPN"})
    assert (two.type, two.sources, two.targets) == ("CONSULT", {"PER", "CHL"}, frozenset())
    assert (three.type, three.document.published) == ("ASSAULT", None)


def test_all_right_is_all_ones(path: Path) -> None:
    right = [
        [event("REQUEST", [actor("FJI")], [actor("JPN")])],
        [event("CONSULT", [actor("PER")], [actor("CHL")])],
        [event("ASSAULT", [actor(None, "UNO")], [])],
    ]
    found = plover.score(plover.read(path), right)
    assert (found.type, found.source, found.target, found.all) == (1, 1, 1, 1)
    assert (found.predicted, found.spurious) == (1, 0)


def test_an_extra_event_is_spurious_unless_type_or_both_actors_are_right(path: Path) -> None:
    events = [
        [
            event("ACCUSE", [actor("FJI")], [actor("JPN")]),  # both actors
            event("REQUEST", [actor("USA")], []),  # the type
            event("ACCUSE", [actor("FJI")], []),  # neither
        ],
        [],
        [],
    ]
    found = plover.score(plover.read(path), events)
    assert found.spurious == pytest.approx(1 / 3)
    assert found.all == 0


def test_sides_may_be_swapped_only_where_both_do_the_same(path: Path) -> None:
    swapped = [
        [event("REQUEST", [actor("JPN")], [actor("FJI")])],
        [event("CONSULT", [actor("BOL")], [actor("PER")])],
        [],
    ]
    found = plover.score(plover.read(path), swapped)
    assert found.all == pytest.approx(1 / 3)


def test_predictions_are_what_other_scorers_read(path: Path) -> None:
    records = plover.read(path)
    lines = list(
        plover.predictions(records, lambda ds: [[event("AID", [actor("FJI")], [actor("PER")])]] * len(ds))
    )
    assert lines[0] == {"id": "r1", "events": [{"type": "AID", "source": ["FJI"], "target": ["PER"]}]}


def test_evaluate_joins_reading_and_scoring(path: Path) -> None:
    found = plover.scores(path, lambda documents: [[] for _ in documents])
    assert dict(found.rows())["records"] == "3"
    assert dict(found.rows())["spurious per record"] == "0.00"


@pytest.mark.parametrize("text", ["", "[{}]", '[{"id": "x", "event": "DANCE", "text": "x"}]', '{"a": 1}'])
def test_what_is_no_gold_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    with pytest.raises(InputError, match=r"bad\.json"):
        plover.read(file)
