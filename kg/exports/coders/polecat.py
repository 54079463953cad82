"""POLECAT's weekly files: one row a report, lists within cells."""

from collections.abc import Sequence

from kg.coding import types
from kg.exports.coders.event_tables import Columns, Report, coder, table
from kg.exports.coders.locations import locate
from kg.model import Actor

COLUMNS: Columns = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude",
    "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(reports: Sequence[Report]) -> str:
    """Tab-separated with a header, 40 columns; missing is `None`, lists are joined by `; `."""
    return table((COLUMNS, *(_row(r) for r in reports)), missing="None")


def _row(report: Report) -> Columns:
    event, document = report.event, report.document
    place = locate(event)
    return (
        event.id,
        event.date or "",
        event.type,
        event.mode or "",
        f"{event.score:g}" if event.score is not None else "",
        types.QUADS[event.quad].upper() if event.quad is not None else "",
        "; ".join(event.contexts),
        *_actors(event.actors),
        *_actors(event.recipients),
        place.full,
        place.city,
        "",
        "",
        place.country,
        place.latitude,
        place.longitude,
        place.geonames,
        event.place.text if event.place else "",
        place.feature,
        document.publisher or "",
        document.published or "",
        "",
        "",
        "",
        document.language,
        coder(),
    )


def _actors(actors: Sequence[Actor]) -> Columns:
    countries = [a.country for a in actors if a.country]
    sectors = list(dict.fromkeys(a.sector for a in actors if a.sector))
    return (
        "; ".join(a.label for a in actors),
        "; ".join(countries),
        "; ".join(types.cow()[c] for c in countries if c in types.cow()),
        sectors[0] if sectors else "",
        "; ".join(sectors),
        "",
        "",
        "",
    )
