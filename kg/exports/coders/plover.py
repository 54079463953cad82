"""PLOVER's JSON records, as its manual of 2023 lists them."""

import json
from collections.abc import Sequence

from kg.exports.coders.event_tables import Columns, Report, coder
from kg.exports.coders.locations import locate
from kg.model import Actor, Event

COLUMNS: Columns = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
    "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info",
    "coder", "coded_date", "coded_time", "comment",
)  # fmt: skip


def write(reports: Sequence[Report]) -> str:
    """A JSON object a line with all fields of the manual's chapter 6; unknown ones are empty."""
    return "".join(json.dumps(_record(r), ensure_ascii=False) + "\n" for r in reports)


def _record(report: Report) -> dict[str, object]:
    event, document = report.event, report.document
    values: dict[str, object] = dict.fromkeys(COLUMNS, "")
    start, _, end = (event.date or "").partition("/")
    return values | {
        "id": event.id,
        "has_event": True,
        "date": start,
        "enddate": end,
        "actor": [_actor(a) for a in event.actors],
        "recipient": [_actor(a) for a in event.recipients],
        "event": [event.type],
        "event_loc": _place(event),
        "event_text": [event.text.text],
        "quad_code": "" if event.quad is None else event.quad,
        "event_scale": "" if event.score is None else event.score,
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "link": document.url or "",
        "text": document.text,
        "cite_info": document.publisher or "",
        "coder": coder(),
        "comment": event.realis,
    }


def _actor(actor: Actor) -> dict[str, str]:
    fields = dict.fromkeys(
        (
            *("code", "sector", "entity_text", "identifier_id", "identifier_text"),
            *("religion", "ethnicity", "office", "gender", "age"),
        ),
        "",
    )
    return fields | {
        "code": actor.country or "",
        "sector": actor.sector or "",
        "entity_text": actor.label,
        "identifier_id": actor.wikidata or "",
        "identifier_text": actor.label if actor.wikidata else "",
    }


def _place(event: Event) -> dict[str, str]:
    place = locate(event)
    return {
        "extracted_place": event.place.text if event.place else "",
        "resolved_place": place.full,
        "geonameid": place.geonames,
        "lat": place.latitude,
        "lon": place.longitude,
        "city": place.city,
        "district": "",
        "province": "",
        "country": place.country,
        "country_code": place.code,
        "feature_class": "",
        "feature_code": "",
        "resolution": place.feature,
    }
