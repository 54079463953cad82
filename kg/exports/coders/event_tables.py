"""What event files share: reports, pairs of actors, clusters of reports, numbers for ids, lines of cells."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import product

from kg import cells, ids
from kg.coding import types
from kg.coding.stories import Cluster, cluster
from kg.model import Actor, Claim, Document, Event

log = logging.getLogger("kg")
Columns = tuple[str, ...]
Pair = tuple[Actor, Actor | None]  # source and target


@dataclass(frozen=True)
class Report:
    """An event with the document that reports it, and the claim that it codes where that is at hand."""

    event: Event
    document: Document
    claim: Claim | None = None


def coder() -> str:
    """Name and version of the coder."""
    return f"kg-{version('geopolitical-kg')}"


def tell_uncoded(reports: Sequence[Report]) -> None:
    """Says, of a format that has CAMEO's codes, which events of a user's own types have none."""
    events = {r.event.id: r.event for r in reports}.values()
    bare = [e for e in events if e.type not in types.types() and e.cameo is None]
    if bare:
        log.warning(
            "%d of %d events have no CAMEO code, and that cell is empty: of types of your own (%s), "
            "whose words kg codes as nothing else",
            *(len(bare), len(events), ", ".join(sorted({e.type for e in bare}))),
        )


def pairs(event: Event) -> Iterator[Pair]:
    """Source and target, each pair of a list; where both sides do the same, each is source once."""
    if event.recipients:
        yield from product(event.actors, event.recipients)
    elif _is_symmetric(event.type) and len(event.actors) > 1:
        yield from ((a, b) for a, b in product(event.actors, repeat=2) if a != b)
    else:
        yield from ((a, None) for a in event.actors)


def _is_symmetric(kind: str) -> bool:
    """Whether both sides do the same; of a user's own types that is not known."""
    return kind in types.types() and types.types()[kind].symmetric


def clustered(reports: Sequence[Report]) -> Iterator[tuple[Cluster, Pair]]:
    """The events that several reports are about, once for each pair of source and target."""
    documents = {r.document.id: r.document for r in reports}
    for found in cluster([r.event for r in reports], documents.values()):
        for pair in pairs(found.events[0]):
            yield found, pair


def number(id: str) -> int:
    """A positive number of 60 bits from an id, for formats whose ids are numbers."""
    return int(id.rpartition("-")[2][:15], 16)


def cluster_number(found: Cluster, pair: Pair) -> int:
    """The number of an event between two actors."""
    return number(ids.content_id("g", found.events[0].id, pair[0].id, pair[1].id if pair[1] else None))


def cameo_actor(actor: Actor) -> tuple[str, str, str]:
    """CAMEO's codes of country, known group and role."""
    country = types.cameo_countries().get(actor.country or "", actor.country or "")
    sector = types.sectors().get(actor.sector or "")
    return country, (sector and sector.group) or "", (sector and sector.cameo) or ""


def table(rows: Iterable[Columns], missing: str = "") -> str:
    """Rows as tab-separated lines; tabs and line breaks in a value become blanks, a formula becomes text."""
    return "".join("\t".join(cells.safe(" ".join(v.split())) or missing for v in row) + "\n" for row in rows)
