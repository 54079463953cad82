"""One event, many reports."""

from dataclasses import replace

import pytest

from kg.coding.stories import cluster, copies, why_same
from kg.model import Actor, Document, Event, Phrase, Span

GHANA = Actor("gha", "Ghana", "state", "GHA")
TOGO = Actor("tgo", "Togo", "state", "TGO")
BENIN = Actor("ben", "Benin", "state", "BEN")
WIRE = (
    "ACCRA (Coast Wire) - Ghana closed its northern border with Togo on Monday after a dispute over cattle "
    "taxes, the interior minister said. Lorries queued for eleven kilometres at the crossing and traders "
    "slept beside their goods. The minister gave no date for a reopening, and Togo's embassy did not reply."
)
OTHER = (
    "Travellers found the gates at Aflao shut on Monday. Officials in Lome called the move of their "
    "neighbour a surprise; hoteliers there fear for the festival season, which begins on the "
    "first of the month."
)


def event(document: str, **more: object) -> Event:
    made = Event(
        f"c-{document}", document, 0, "SANCTION", "discontinue", (), "160", 4, -6.0, -4.0, (GHANA,), (TOGO,),
        "2024-03-04", "day", "text", None, "happened", None, Span("closed", 0, 6),
    )  # fmt: skip
    return replace(made, **more)


def place(name: str) -> Phrase:
    return Phrase(name, 0, len(name))


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{i}", text, publisher=f"Paper {i}") for i, text in enumerate(texts)]


def test_two_reports_of_one_event_are_joined_with_the_reason() -> None:
    (found,) = cluster([event("d0"), event("d1")], documents(WIRE, OTHER))
    assert found.claims == ("c-d0", "c-d1")
    assert found.publishers == ("Paper 0", "Paper 1")
    assert found.reasons == ("both SANCTION by Ghana, to Togo, on 2024-03-04, place unknown in one",)


def test_a_wire_copy_is_no_second_witness() -> None:
    copy = WIRE.replace("ACCRA (Coast Wire) - ", "").replace("eleven", "11")
    (found,) = cluster([event("d0"), event("d1"), event("d2")], documents(WIRE, copy, OTHER))
    assert len(found.events) == 3
    assert found.independent == 2
    assert found.copies == (("d1", "d0"),)
    assert found.reasons[0].endswith("a copy of d0")


def test_a_copy_cut_short_is_still_one_and_another_report_is_none() -> None:
    found = copies(documents(WIRE, WIRE[: WIRE.index(" The minister gave no date")], OTHER))
    assert found == {"d1": "d0"}


def test_what_differs_keeps_reports_apart() -> None:
    one = event("d0", place=place("Aflao"))
    others = [
        event("d1", type="COERCE"),
        event("d1", actors=(BENIN,)),
        event("d1", recipients=(BENIN,)),
        event("d1", date="2024-03-05"),
        event("d1", place=place("Paga")),
        event("d1", realis="denied"),
    ]
    assert [why_same(one, other) for other in others] == [None] * len(others)


def test_events_without_a_day_stand_alone() -> None:
    undated = [event(d, date="2024-03", date_precision="month") for d in ("d0", "d1")]
    assert len(cluster(undated, documents(WIRE, OTHER))) == 2


def test_a_cluster_agrees_throughout() -> None:
    """A report without a place must not bind two whose places differ."""
    events = [event("d0", place=place("Aflao")), event("d1"), event("d2", place=place("Paga"))]
    found = cluster(events, documents(WIRE, OTHER, OTHER[20:]))
    assert [len(c.events) for c in found] == [2, 1]


@pytest.mark.parametrize(("other", "together"), [(TOGO, True), (GHANA, False)])
def test_a_state_holds_its_towns(other: Actor, together: bool) -> None:
    """One report says Togo, the other a town there."""
    town = replace(place("Aflao"), actor=Actor("aflao", "Aflao", "place", "TGO"))
    events = [event("d0", place=town), event("d1", place=replace(place("there"), actor=other))]
    assert (len(cluster(events, documents(WIRE, OTHER))) == 1) is together


def test_every_event_is_in_one_cluster() -> None:
    events = [event("d0"), event("d0", type="ACCUSE"), event("d1"), event("d1", recipients=())]
    found = cluster(events, documents(WIRE, OTHER))
    assert sorted(e.id for c in found for e in c.events) == sorted(e.id for e in events)
    assert len({c.id for c in found}) == len(found)
