"""Scores against PLOVER's gold standard records, from raw text to coded events.

A record (JSON) has an `id`, a `date`, a `text`, an `event` type in PLOVER's older names, and lists of
`source` and `target` actors with country codes. The measure is that of the published comparison:
a record counts when some predicted event is right, and an event is spurious when it has neither the
record's type nor both of its actors.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.coding import types
from kg.errors import InputError
from kg.model import Actor, Document, Event
from kg.pipeline import analyse

# What the records' authors called types in 2016, and codes that are not ISO 3166.
_OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_OLD_CODES = {
    "JAP": "JPN", "YUG": "SRB", "FRY": "SRB", "SCG": "SRB", "PAL": "PSE", "PSX": "PSE", "GMY": "DEU",
    "GER": "DEU", "UKD": "GBR", "ROM": "ROU", "SUN": "RUS", "TAW": "TWN",
}  # fmt: skip
# The records know one code for bodies of many states.
_BODIES = {"UNO": "IGO", "EUR": "IGO"}

Analyse = Callable[[list[Document]], Iterable[Iterable[Event]]]


@dataclass(frozen=True)
class Record:
    """A gold record: the type in today's name, country codes of sources and targets."""

    document: Document
    type: str
    sources: frozenset[str]
    targets: frozenset[str]


@dataclass(frozen=True)
class Scores:
    """Shares of the records with the type, a source, a target, and all three right; events too many."""

    records: int
    type: float
    source: float
    target: float
    all: float
    predicted: float
    spurious: float

    def rows(self) -> list[tuple[str, str]]:
        """Name and value, as a table prints them."""
        return [
            ("records", str(self.records)),
            ("type", f"{self.type:.3f}"),
            ("source", f"{self.source:.3f}"),
            ("target", f"{self.target:.3f}"),
            ("type, source and target", f"{self.all:.3f}"),
            ("events per record", f"{self.predicted:.2f}"),
            ("spurious per record", f"{self.spurious:.2f}"),
        ]


def read(path: Path) -> list[Record]:
    """The records of a gold file. Raises InputError when it is not one."""
    try:
        return [_record(r) for r in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a file of PLOVER gold records ({error!r})") from error


def evaluate(gold: Path, model: str) -> list[tuple[str, str]]:
    """PLOVER gold standard records (JSON): types, actors and recipients from raw text."""
    return scores(gold, lambda documents: (a.events for a in analyse(documents, model))).rows()


def scores(path: Path, analyse: Analyse) -> Scores:
    """Scores of the events that `analyse` gives for each record's text, each a document of its own."""
    records = read(path)
    return score(records, [list(events) for events in analyse([r.document for r in records])])


def predictions(records: list[Record], analyse: Analyse) -> Iterator[dict[str, Any]]:
    """For other scorers: each record's id, and its events with type and country codes."""
    for record, events in zip(records, analyse([r.document for r in records]), strict=True):
        yield {
            "id": record.document.id,
            "events": [
                {
                    "type": e.type,
                    "source": sorted(codes_of(e.actors)),
                    "target": sorted(codes_of(e.recipients)),
                }
                for e in events
            ],
        }


def score(records: list[Record], predicted: list[list[Event]]) -> Scores:
    """The scores of predicted events, a list for each record."""
    pairs = list(zip(records, predicted, strict=True))
    with_target = [(r, es) for r, es in pairs if r.targets]
    return Scores(
        len(records),
        _share((any(e.type == r.type for e in es) for r, es in pairs)),
        _share((not r.sources or any(r.sources & codes_of(e.actors) for e in es) for r, es in pairs)),
        _share((any(r.targets & codes_of(e.recipients) for e in es) for r, es in with_target)),
        _share((any(is_right(r, e) for e in es) for r, es in pairs)),
        sum(len(es) for es in predicted) / max(len(records), 1),
        sum(_is_spurious(r, e) for r, es in pairs for e in es) / max(len(records), 1),
    )


def codes_of(actors: Iterable[Actor]) -> frozenset[str]:
    """Countries, and for bodies of many countries what they are: IGO, NGO …"""
    found = (a.country or a.sector for a in actors)
    return frozenset(_BODIES.get(c, c) for c in found if c is not None)


def _record(raw: dict[str, Any]) -> Record:
    type_ = _OLD_TYPES.get(raw["event"], raw["event"])
    if type_ not in types.types():
        raise ValueError(f"no such type: {type_}")
    document = Document(raw["id"], raw["text"], published=raw.get("date") or None)
    return Record(document, type_, _gold_codes(raw.get("source")), _gold_codes(raw.get("target")))


def _gold_codes(actors: Any) -> frozenset[str]:
    listed = actors if isinstance(actors, list) else []
    codes = ((a.get("code") or "").upper()[:3] for a in listed if isinstance(a, dict))
    return frozenset(_OLD_CODES.get(c, c) for c in codes if c)


def is_right(record: Record, event: Event) -> bool:
    """Whether type and actors agree; where both sides do the same, either may be named as source."""
    if event.type != record.type:
        return False
    sources, targets = codes_of(event.actors), codes_of(event.recipients)
    if _shared(record.sources, sources) and _shared(record.targets, targets):
        return True
    both = sources | targets
    symmetric = types.types()[event.type].symmetric
    return symmetric and bool(record.sources & both) and _shared(record.targets, both)


def _shared(gold: frozenset[str], found: frozenset[str]) -> bool:
    return not gold or bool(gold & found)


def _is_spurious(record: Record, event: Event) -> bool:
    both = record.sources & codes_of(event.actors) and record.targets & codes_of(event.recipients)
    return event.type != record.type and not both


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / len(values) if values else 0.0
