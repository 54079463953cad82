"""Phoenix's files: a row for a cluster of reports and a pair of actors, with all its sources."""

from collections.abc import Sequence

from kg.coding.stories import Cluster
from kg.exports.coders.event_tables import (
    Columns,
    Pair,
    Report,
    cameo_actor,
    cluster_number,
    clustered,
    table,
    tell_uncoded,
)
from kg.exports.coders.gdelt import quad_class
from kg.exports.coders.locations import locate
from kg.model import Actor, Event

COLUMNS: Columns = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole",
    "TargetActorAttribute", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScale", "Issues", "Lat",
    "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip


def write(reports: Sequence[Report]) -> str:
    """Tab-separated without a header, 26 columns; identifiers, URLs and sources are joined by `;`."""
    tell_uncoded(reports)
    return table(_row(c, p, reports) for c, p in clustered(reports))


def _row(found: Cluster, pair: Pair, reports: Sequence[Report]) -> Columns:
    event = found.events[0]
    code = event.cameo or ""
    place = locate(event)
    return (
        str(cluster_number(found, pair)),
        *_day(event),
        *_actor(pair[0]),
        *_actor(pair[1]),
        code,
        code[:2],
        _quad(code),
        f"{event.goldstein:g}" if event.goldstein is not None else "",
        ";".join(event.contexts),
        place.latitude,
        place.longitude,
        place.city or place.country,
        "",
        place.code,
        *_sources([r for r in reports if any(r.event is e for e in found.events)]),
    )


def _day(event: Event) -> Columns:
    """Date, year, month and day, where the day is known."""
    if event.date is None or event.date_precision != "day":
        return ("", "", "", "")
    year, month, day = event.date.split("-")
    return (f"{year}{month}{day}", str(int(year)), str(int(month)), str(int(day)))


def _sources(reports: Sequence[Report]) -> Columns:
    """Sentences, addresses and publishers of the reports of an event."""
    return (
        ";".join(f"{r.document.id}_{r.event.sentence + 1}" for r in reports),
        ";".join(r.document.url or "" for r in reports),
        ";".join(r.document.publisher or "" for r in reports),
    )


def _actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("", "", "", "")
    country, group, role = cameo_actor(actor)
    return (f"{country or group}{role}", country or group, role, "")


def _quad(code: str) -> str:
    """0 to 4; statements (01) are neutral, protest (14) is material conflict."""
    return {"01": "0", "14": "4"}.get(code[:2]) or quad_class(code)
