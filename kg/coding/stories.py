"""One event, many reports: events of several articles joined, with the reason.

Two reports are of one event when type, source actors, recipients, day and place agree; an unknown
recipient or place agrees with any, an unknown day with none. Copies of one agency's text count as one
report: publishers are independent when their articles differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg import ids
from kg.model import Document, Event

# Two texts this alike (0 to 100) are one text. In the tests an edited copy scores 92 and one cut by a
# quarter 100, another report of the same event 47.
COPY = 85.0
# The first words of an article are enough to know a copy, and keep long ones cheap.
_WORDS = 400


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
    originals = copies(list(texts.values()))
    joined: list[tuple[list[Event], list[str]]] = []
    open_at: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for event in events:
        key = _key(event)
        for i in open_at[key]:
            reason = why_same(joined[i][0][0], event)
            if reason is not None and all(why_same(e, event) is not None for e in joined[i][0]):
                joined[i][0].append(event)
                joined[i][1].append(_with_copy(reason, event, originals))
                break
        else:
            open_at[key].append(len(joined))
            joined.append(([event], []))
    return [_cluster(kept, reasons, texts, originals) for kept, reasons in joined]


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
    if one.place.actor is not None and other.place.actor is not None:
        return one.place.actor == other.place.actor
    return ids.slug(one.place.text) == ids.slug(other.place.text)


def copies(documents: Sequence[Document]) -> dict[str, str]:
    """For each document that copies an earlier one, the one it copies.

    Similarity is rapidfuzz's ratio of the first words (100 for equal texts); a text cut by more than half
    is not taken for a copy.
    """
    found: dict[str, str] = {}
    kept: list[tuple[str, str]] = []
    for document in documents:
        text = _start(document.text)
        original = next((id for id, known in kept if _is_copy(text, known)), None)
        if original is None:
            kept.append((document.id, text))
        else:
            found[document.id] = original
    return found


def _is_copy(one: str, other: str) -> bool:
    """Compares as much as the shorter text has: copies lose their last paragraphs."""
    length = min(len(one), len(other))
    if 2 * length < max(len(one), len(other)):
        return False
    return fuzz.ratio(one[:length], other[:length], score_cutoff=COPY) >= COPY


def _start(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())[:_WORDS])


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
