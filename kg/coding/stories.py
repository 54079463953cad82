"""One event, many reports: events of several articles joined, with the reason.

Two reports are of one event when type, source actors, recipients, day and place agree; an unknown
recipient or place agrees with any, an unknown day with none. Copies of one agency's text count as one
report: publishers are independent when their articles differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import ids
from kg.copies import FEWEST, Copies, Sketch, sketch
from kg.model import Actor, Document, Event


@dataclass(frozen=True)
class Cluster:
    """Reports of one event: all of them, in the order given, with who published them independently."""

    events: tuple[Event, ...]
    publishers: tuple[str, ...]  # one for each independent text, in order
    copies: tuple[tuple[str, str], ...]  # a document, and the one that it copies
    reasons: tuple[str, ...]  # why each report after the first was joined

    @property
    def id(self) -> str:
        """A hash of the events' ids."""
        return ids.content_id("k", *sorted(e.id for e in self.events))

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims that report the event."""
        return tuple(dict.fromkeys(e.claim for e in self.events))

    @property
    def independent(self) -> int:
        """How many texts report it that are not copies of each other."""
        return len(self.publishers)


def cluster(events: Iterable[Event], documents: Iterable[Document]) -> list[Cluster]:
    """Joins events of different reports; every event is in exactly one cluster.

    `documents` are those that the events are of. Clusters come in the order of their first events.
    """
    texts = {d.id: d for d in documents}
    originals = copies(texts.values())
    stories: list[_Story] = []
    alike: dict[tuple[object, ...], dict[tuple[object, ...], _Story]] = defaultdict(dict)
    for event in events:
        beside = alike[_key(event)]  # stories by all that tells their events from each other
        story = beside.get(_telling(event)) or next((s for s in beside.values() if s.agrees(event)), None)
        if story is None:
            story = _Story()
            stories.append(story)
        story.add(event, originals)
        beside[_telling(event)] = story
    return [_cluster(s.events, s.reasons, texts, originals) for s in stories]


class _Story:
    """Reports of one event as they are joined."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.reasons: list[str] = []
        self.told: dict[tuple[object, ...], Event] = {}  # one of those that are alike in all that tells

    def agrees(self, event: Event) -> bool:
        """Whether an event of the same key is one with each that was joined."""
        return all(_agree_on_recipients(e, event) and _agree_on_place(e, event) for e in self.told.values())

    def add(self, event: Event, originals: Mapping[str, str]) -> None:
        """Join an event that agrees."""
        reason = why_same(self.events[0], event) if self.events else None
        if reason is not None:
            self.reasons.append(_with_copy(reason, event, originals))
        self.events.append(event)
        self.told.setdefault(_telling(event), event)


def _telling(event: Event) -> tuple[object, ...]:
    """What may tell events of one key from each other."""
    place = event.place
    return (
        frozenset(event.recipients),
        place and place.actor,
        None if place is None else ids.slug(place.text),
    )


def _key(event: Event) -> tuple[object, ...]:
    """What must agree exactly; events without a day each stand alone."""
    day = event.date if event.date_precision == "day" else event.id
    return event.type, tuple(sorted(a.id for a in event.actors)), day, event.realis == "happened"


def why_same(one: Event, other: Event) -> str | None:
    """Why two events are one, or None where they are not."""
    if _key(one) != _key(other) or not (_agree_on_recipients(one, other) and _agree_on_place(one, other)):
        return None
    who = ", ".join(a.label for a in one.actors)
    shared = [a.label for a in one.recipients if a in other.recipients]
    parts = [
        f"both {one.type} by {who}",
        f"to {', '.join(shared)}" if shared else "recipient unknown in one",
        f"on {one.date}",
        f"in {one.place.text}" if one.place and other.place else "place unknown in one",
    ]
    return ", ".join(parts)


def _agree_on_recipients(one: Event, other: Event) -> bool:
    return not one.recipients or not other.recipients or not set(one.recipients).isdisjoint(other.recipients)


def _agree_on_place(one: Event, other: Event) -> bool:
    if one.place is None or other.place is None:
        return True
    here, there = one.place.actor, other.place.actor
    if here is not None and there is not None:
        return here == there or _holds(here, there) or _holds(there, here)
    return ids.slug(one.place.text) == ids.slug(other.place.text)


def _holds(state: Actor, place: Actor) -> bool:
    """Whether a place lies in a state: one report says Syria, the other Aleppo."""
    return state.type == "state" and state.country == place.country


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """For each document that copies an earlier one, the first of its group (`kg.copies`)."""
    known: Copies[str] = Copies()
    same: dict[Sketch, str] = {}  # texts that are the same are not compared with all others again
    found: dict[str, str] = {}
    for document in documents:
        runs = sketch(document.text)
        if runs not in same or len(runs) < FEWEST:
            same[runs] = known.add(document.id, runs)
        found[document.id] = same[runs]
    return {copy: original for copy, original in found.items() if copy != original}


def _with_copy(reason: str, event: Event, originals: Mapping[str, str]) -> str:
    original = originals.get(event.document)
    return f"{reason}; a copy of {original}" if original else reason


def _cluster(
    kept: list[Event], reasons: list[str], texts: Mapping[str, Document], originals: Mapping[str, str]
) -> Cluster:
    documents = list(dict.fromkeys(e.document for e in kept))
    independent = list(dict.fromkeys(originals.get(d, d) for d in documents))
    names = [texts[d].publisher or d if d in texts else d for d in independent]
    folded = tuple((d, originals[d]) for d in documents if d in originals)
    return Cluster(tuple(kept), tuple(dict.fromkeys(names)), folded, tuple(reasons))
