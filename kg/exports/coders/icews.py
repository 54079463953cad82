"""ICEWS's files: a row for each pair of source and target of a report."""

from collections.abc import Sequence

from kg.coding import types
from kg.exports.coders.event_tables import Columns, Pair, Report, number, pairs, table, tell_uncoded
from kg.exports.coders.locations import country_name, locate
from kg.model import Actor

COLUMNS: Columns = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def write(reports: Sequence[Report]) -> str:
    """Tab-separated with a header, 20 columns; missing is `NA`. An id is shared by an event's pairs."""
    tell_uncoded(reports)
    rows = (_row(r, pair) for r in reports for pair in pairs(r.event))
    return table((COLUMNS, *rows), missing="NA")


def _row(report: Report, pair: Pair) -> Columns:
    event, document = report.event, report.document
    place = locate(event)
    cameo = types.codes().get(event.cameo or "")
    source, target = (_actor(a) for a in pair)
    return (
        str(number(event.id)),
        event.date or "",
        *source,
        cameo.label if cameo else "",
        event.cameo or "",
        f"{event.goldstein:.1f}" if event.goldstein is not None else "",
        *target,
        document.id,
        str(event.sentence + 1),
        document.publisher or "",
        place.city,
        "",
        "",
        place.country,
        place.latitude,
        place.longitude,
    )


def _actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("", "", "")
    sector = types.sectors().get(actor.sector or "")
    return (actor.label, (sector and sector.icews) or "", country_name(actor.country))
