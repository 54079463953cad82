"""GDELT 2.0's tables: events, a row for a cluster of reports and a pair of actors, and their mentions."""

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
from kg.exports.coders.locations import fips_codes, locate
from kg.model import Actor, Claim, Event

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Columns = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{c}" for n in (1, 2) for c in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{g}Geo_{c}" for g in ("Actor1", "Actor2", "Action") for c in _PLACE),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS: Columns = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText",
    "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_WEB, _CITATION = "1", "2"  # GDELT's MentionType


def write(reports: Sequence[Report]) -> str:
    """GDELT 2.0 Events: tab-separated without a header, 61 columns; places have FIPS 10-4 codes."""
    tell_uncoded(reports)
    return table(_row(c, p, reports) for c, p in clustered(reports))


def _row(found: Cluster, pair: Pair, reports: Sequence[Report]) -> Columns:
    event = found.events[0]
    code = event.cameo or ""
    documents = {e.document for e in found.events}
    url = next((r.document.url for r in reports if r.event is event), None)
    nowhere = ("0", *[""] * (len(_PLACE) - 1))
    return (
        str(cluster_number(found, pair)),
        *_date(event.date),
        *_actor(pair[0]),
        *_actor(pair[1]),
        str(int(event.sentence == 0)),
        code,
        code[:3],
        code[:2],
        quad_class(code),
        f"{event.goldstein:g}" if event.goldstein is not None else "",
        str(len(found.events)),
        str(found.independent),
        str(len(documents)),
        "",
        *nowhere,
        *nowhere,
        *_place(event),
        "",
        url or "",
    )


def write_mentions(reports: Sequence[Report]) -> str:
    """GDELT 2.0 Mentions: tab-separated without a header, 16 columns, a row for each report of an event."""
    by_event = {id(r.event): r for r in reports}
    return table(
        _mention_row(by_event[id(event)], found, pair)
        for found, pair in clustered(reports)
        for event in found.events
    )


def _mention_row(report: Report, found: Cluster, pair: Pair) -> Columns:
    event, document = report.event, report.document
    return (
        str(cluster_number(found, pair)),
        _timestamp(event.date),
        _timestamp(document.published),
        _WEB if document.url else _CITATION,
        document.publisher or "",
        document.url or document.id,
        str(event.sentence + 1),
        str(_offset(report.claim, pair[0])),
        str(_offset(report.claim, pair[1])),
        str(report.claim.statement.relation.start if report.claim else event.text.start),
        "1",
        str(round(event.confidence * 100)),
        str(len(document.text)),
        "",
        "",
        "",
    )


def _offset(claim: Claim | None, actor: Actor | None) -> int:
    """Where an actor stands in the article, in characters; -1 where that is not known, as in GDELT."""
    if claim is None or actor is None:
        return -1
    return next((p.start for p in claim.phrases() if p.actor == actor), -1)


def _date(date: str | None) -> Columns:
    """SQLDATE, MonthYear, Year, FractionDate: (month × 30 + day) / 365 of the year, as GDELT reckons."""
    start = (date or "").partition("/")[0]
    year, month, day = [*start.split("-"), "", "", ""][:3]
    if not day:
        return ("", f"{year}{month}" if month else "", year, "")
    fraction = int(year) + min((int(month) * 30 + int(day)) / 365, 0.9999)
    return (f"{year}{month}{day}", f"{year}{month}", year, f"{fraction:.4f}")


def _timestamp(date: str | None) -> str:
    digits = (date or "").replace("-", "")
    return f"{digits}000000" if len(digits) == 8 and digits.isdigit() else ""


def _actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("",) * len(_ACTOR)
    country, group, role = cameo_actor(actor)
    return (f"{country or group}{role}", actor.label.upper(), country, group, "", "", "", role, "", "")


def quad_class(code: str) -> str:
    """1 to 4; GDELT counts protest (14) as verbal conflict."""
    root = code[:2]
    return "" if not root else "1" if root <= "05" else "2" if root <= "08" else "3" if root <= "14" else "4"


def _place(event: Event) -> Columns:
    place = locate(event)
    if not place.code:
        return ("0", *[""] * (len(_PLACE) - 1))
    kind = "1" if not place.city else "3" if place.code == "USA" else "4"
    fips = fips_codes().get(place.code, "")
    feature = fips if not place.city else ""
    return (kind, place.full, fips, "", "", place.latitude, place.longitude, feature)
