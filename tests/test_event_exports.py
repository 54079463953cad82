"""Event files read back with the columns that existing loaders expect."""

import csv
import io
import json
import re

import pytest

from kg.coding.types import codes
from kg.exports.coders import FORMATS, Report, gdelt, icews, phoenix, plover, polecat
from kg.model import Actor, Argument, Claim, Document, Event, Phrase, Relation, Span, Statement

# Name, columns, whether there is a header, and what stands for a missing value.
TABULAR = [
    ("polecat", polecat.COLUMNS, 40, True, "None"),
    ("icews", icews.COLUMNS, 20, True, "NA"),
    ("gdelt", gdelt.COLUMNS, 61, False, ""),
    ("gdelt-mentions", gdelt.MENTION_COLUMNS, 16, False, ""),
    ("phoenix", phoenix.COLUMNS, 26, False, ""),
]
TEXT = "Kenyan police arrested a Rwandan envoy in Mombasa on Monday."
KENYA = Actor("ken-police", "Kenyan police", "police", "KEN", "COP")
ENVOY = Actor("rwa-envoy", "Rwandan envoy", "person", "RWA", "GOV", wikidata="Q1")
BUREAU = Actor("local-bureau", "The Bureau", "organisation")


def document(id: str = "a1", url: str | None = "https://example.org/a1", **more: str) -> Document:
    return Document(id, more.pop("text", TEXT), publisher=more.pop("publisher", "Coast Daily"), url=url,
                    published="2024-05-14", **more)  # fmt: skip


def phrase(text: str, actor: Actor | None = None) -> Phrase:
    start = TEXT.index(text)
    return Phrase(text, start, start + len(text), start, actor)


def claim(document_id: str = "a1") -> Claim:
    where = phrase("Mombasa")
    return Claim(
        document_id,
        0,
        Span(TEXT, 0, len(TEXT)),
        Statement(
            phrase("Kenyan police", KENYA),
            Relation("arrested", 14, 22, "arrest"),
            phrase("a Rwandan envoy", ENVOY),
            (Argument(where.text, where.start, where.end, where.head, role="place", preposition="in"),),
            where=where,
        ),
    )


def event(document_id: str = "a1", **more: object) -> Event:
    made = claim(document_id)
    values: dict[str, object] = {
        "claim": made.id, "document": document_id, "sentence": 0, "type": "COERCE", "mode": "arrest",
        "contexts": ("legal", "crime"), "cameo": "173", "quad": 4, "score": -7.0,
        "goldstein": codes()["173"].goldstein, "actors": (KENYA,), "recipients": (ENVOY,),
        "date": "2024-05-13", "date_precision": "day", "date_basis": "text", "place": phrase("Mombasa"),
        "realis": "happened", "speaker": None, "text": made.evidence, "confidence": 0.8,
    }  # fmt: skip
    return Event(**(values | more))  # type: ignore[arg-type]


def bare() -> Report:
    """An event of which hardly anything is known."""
    made = event(
        mode=None, contexts=(), cameo=None, goldstein=None, actors=(BUREAU,), recipients=(), date=None,
        date_precision=None, date_basis=None, place=None,
    )  # fmt: skip
    return Report(made, Document("a1", TEXT))


def full() -> Report:
    return Report(event(), document(), claim())


def rows(name: str, *reports: Report) -> list[list[str]]:
    found = list(csv.reader(io.StringIO(FORMATS[name](reports)), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = next(h for n, _, _, h, _ in TABULAR if n == name)
    return found[1:] if header else found


def record(name: str, report: Report) -> dict[str, str]:
    columns = next(c for n, c, _, _, _ in TABULAR if n == name)
    return dict(zip(columns, rows(name, report)[0], strict=True))


@pytest.mark.parametrize(("name", "columns", "count", "header", "missing"), TABULAR)
def test_columns_are_those_of_the_format(
    name: str, columns: tuple[str, ...], count: int, header: bool, missing: str
) -> None:
    lines = [line.split("\t") for line in FORMATS[name]([full(), bare()]).splitlines()]
    assert len(columns) == len(set(columns)) == count
    assert all(len(line) == count for line in lines)
    assert (tuple(lines[0]) == columns) == header
    assert len(lines) == (3 if header else 2)


@pytest.mark.parametrize(("name", "columns", "count", "header", "missing"), TABULAR)
def test_unknown_stays_open_as_the_format_does_it(
    name: str, columns: tuple[str, ...], count: int, header: bool, missing: str
) -> None:
    known = {
        "polecat": {"Event ID", "Event Type", "Intensity", "Quad Code", "Actor Name", "Language", "Version"},
        "icews": {"Event ID", "Source Name", "Story ID", "Sentence Number"},
        "gdelt": {"GLOBALEVENTID", "Actor1Name", "IsRootEvent", "NumMentions", "NumSources", "NumArticles",
                  "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"},
        "gdelt-mentions": {"GLOBALEVENTID", "MentionType", "MentionIdentifier", "SentenceID",
                           "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText",
                           "Confidence", "MentionDocLen"},
        "phoenix": {"EventID", "SentenceID"},
    }[name]  # fmt: skip
    found = record(name, bare())
    assert {c for c, v in found.items() if v != missing} == known


def test_polecat_writes_capitals_lists_and_plover_scores() -> None:
    found = record("polecat", full())
    assert found["Event Type"] == "COERCE"
    assert found["Event Mode"] == "arrest"
    assert found["Intensity"] == "-7"
    assert found["Quad Code"] == "MATERIAL CONFLICT"
    assert found["Contexts"] == "legal; crime"
    assert (found["Actor Country"], found["Actor COW"], found["Primary Actor Sector"]) == (
        "KEN",
        "501",
        "COP",
    )
    assert (found["City"], found["Country"], found["Raw Placename"]) == ("Mombasa", "Kenya", "Mombasa")
    assert float(found["Latitude"]) == pytest.approx(-4.05, abs=0.1)


def test_icews_keeps_cameo_codes_as_strings_and_names_countries() -> None:
    made = event(cameo="036", goldstein=4.0, type="AGREE")
    found = record("icews", Report(made, document()))
    assert found["CAMEO Code"] == "036"
    assert found["Intensity"] == "4.0"
    assert (found["Source Country"], found["Source Sectors"]) == ("Kenya", "Police")


def test_a_pair_of_each_source_and_target_shares_icews_event_id() -> None:
    made = event(actors=(KENYA, BUREAU))
    found = rows("icews", Report(made, document()))
    assert [r[2] for r in found] == ["Kenyan police", "The Bureau"]
    assert len({r[0] for r in found}) == 1


def test_both_sides_of_a_symmetric_event_are_source_once() -> None:
    made = event(type="CONSULT", cameo="046", actors=(KENYA, ENVOY), recipients=())
    found = rows("icews", Report(made, document()))
    assert [(r[2], r[8]) for r in found] == [
        ("Kenyan police", "Rwandan envoy"),
        ("Rwandan envoy", "Kenyan police"),
    ]


def test_gdelt_codes_dates_places_and_quads_are_its_own() -> None:
    found = record("gdelt", full())
    assert found["SQLDATE"] == "20240513"
    assert found["MonthYear"] == "202405"
    assert found["FractionDate"] == f"{2024 + (5 * 30 + 13) / 365:.4f}"
    assert (found["Actor1Code"], found["Actor1CountryCode"], found["Actor1Type1Code"]) == (
        "KENCOP",
        "KEN",
        "COP",
    )
    assert (found["EventCode"], found["EventBaseCode"], found["EventRootCode"]) == ("173", "173", "17")
    assert found["QuadClass"] == "4"
    assert (found["ActionGeo_Type"], found["ActionGeo_CountryCode"]) == ("4", "KE")
    assert re.fullmatch(r"[1-9]\d*", found["GLOBALEVENTID"])


QUADS = [("010", "1", "0"), ("036", "1", "1"), ("073", "2", "2"), ("112", "3", "3"), ("141", "3", "4"),
         ("190", "4", "4")]  # fmt: skip


@pytest.mark.parametrize(("code", "gdelt", "phoenix"), QUADS)
def test_protest_is_verbal_for_gdelt_and_material_for_phoenix(code: str, gdelt: str, phoenix: str) -> None:
    report = Report(event(cameo=code), document())
    assert record("gdelt", report)["QuadClass"] == gdelt
    assert record("phoenix", report)["QuadClass"] == phoenix


@pytest.mark.parametrize(
    ("sector", "cameo"), [("JRN", "MED"), ("MED", "HLH"), ("GOV", "GOV"), ("UNO", "IGO")]
)
def test_plovers_sectors_become_cameos(sector: str, cameo: str) -> None:
    actor = Actor("x", "X", "organisation", None, sector)
    assert record("gdelt", Report(event(actors=(actor,)), document()))["Actor1Type1Code"] == cameo


def test_a_month_is_never_its_first_day() -> None:
    made = event(date="2024-05", date_precision="month")
    found = record("gdelt", Report(made, document()))
    assert (found["SQLDATE"], found["MonthYear"], found["Year"], found["FractionDate"]) == (
        "",
        "202405",
        "2024",
        "",
    )
    assert record("phoenix", Report(made, document()))["Day"] == ""


def test_mentions_point_into_the_article() -> None:
    found = record("gdelt-mentions", full())
    assert TEXT[int(found["Actor1CharOffset"]) :].startswith("Kenyan police")
    assert TEXT[int(found["Actor2CharOffset"]) :].startswith("a Rwandan envoy")
    assert TEXT[int(found["ActionCharOffset"]) :].startswith("arrested")
    assert found["MentionDocLen"] == str(len(TEXT))
    assert found["Confidence"] == "80"


def test_one_event_in_two_papers_is_one_gdelt_row_and_two_mentions() -> None:
    words = "Detectives in Kenya have detained an envoy of Rwanda, the interior ministry told us."
    other = document("a2", "https://example.org/a2", publisher="Lake Post", text=words)
    reports = [full(), Report(event("a2"), other, claim("a2"))]
    (row,) = rows("gdelt", *reports)
    found = dict(zip(gdelt.COLUMNS, row, strict=True))
    assert (found["NumMentions"], found["NumSources"], found["NumArticles"]) == ("2", "2", "2")
    mentions = rows("gdelt-mentions", *reports)
    assert [m[0] for m in mentions] == [row[0], row[0]]
    (joined,) = rows("phoenix", *reports)
    assert joined[24:] == ["https://example.org/a1;https://example.org/a2", "Coast Daily;Lake Post"]


def test_plover_json_has_the_manuals_fields() -> None:
    (line,) = FORMATS["plover"]([full()]).splitlines()
    found = json.loads(line)
    assert tuple(found) == plover.COLUMNS
    assert found["event"] == ["COERCE"]
    assert found["quad_code"] == 4
    assert list(found["actor"][0]) == ["code", "sector", "entity_text", "identifier_id", "identifier_text",
                                       "religion", "ethnicity", "office", "gender", "age"]  # fmt: skip
    assert list(found["event_loc"]) == [
        "extracted_place", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province",
        "country", "country_code", "feature_class", "feature_code", "resolution",
    ]  # fmt: skip
    assert found["event_loc"]["country_code"] == "KEN"


def test_text_cannot_break_a_row() -> None:
    nasty = Actor("n", "A\tB\nC", "person", "KEN", "GOV")
    for name, _, count, header, _ in TABULAR:
        lines = FORMATS[name]([Report(event(actors=(nasty,)), document())]).splitlines()
        assert len(lines) == 1 + header
        assert all(line.count("\t") == count - 1 for line in lines)


def test_same_events_same_bytes() -> None:
    for write in FORMATS.values():
        assert write([full(), bare()]) == write([full(), bare()])
