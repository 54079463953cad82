"""The tables in data/actors: forms, codes, dates, and that every clash of aliases is decided."""

import csv
import datetime
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pycountry
import pytest

import kg
from kg.actors.entries import OFFICES, TYPES

TABLES = Path(__file__).resolve().parent.parent / "data" / "actors"

COLUMNS = {
    "countries": "id,code,name,aliases,demonyms,capital,metonyms,wikidata,region,start,end",
    "people": "id,name,aliases,type,country,sector,wikidata,office,title,start,end,gender",
    "organisations": "id,name,aliases,type,country,sector,wikidata,start,end",
    "titles": "title,office,sector,aliases,example",
    "generic": "noun,type,sector,plural,example",
    "clashes": "alias,id,countries,cues,example",
}
KEY = {"titles": "title", "generic": "noun", "clashes": "alias"}
LEAST = {
    "countries": 230,
    "people": 16000,
    "organisations": 1300,
    "titles": 120,
    "generic": 500,
    "clashes": 120,
}

PLOVER = set(
    "GOV MIL COP JUD LEG PTY REB SPY UAF PRM AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP REL SOC".split()
)
NON_STATE = set("IGO UNO EUR NGO ISM IMG MNC".split())
SECTORS = PLOVER | NON_STATE

# Kosovo has no ISO 3166 code; XKX is the user-assigned one that the World Bank and the EU use.
NOT_IN_ISO = {"XKX"}
# Officials of organisations stand under the organisation's PLOVER code instead of a country.
NOT_COUNTRIES = {"UNO", "EUR", "IGO", "NGO", "MNC"}

# States with more than one claimant, a collective head, or rival governments: (country, office).
COLLECTIVE = {
    ("BIH", "head of state"),  # three members of the presidency
    ("AND", "head of state"),  # two co-princes
    ("SMR", "head of state"),  # two captains regent
    ("LBY", "head of government"),  # Tripoli and Tobruk since 2014
    ("VEN", "head of state and government"),  # Maduro and Guaidó
    ("VEN", "head of state"),
    ("YEM", "head of government"),
    ("AFG", "head of state and government"),
    ("KHM", "head of government"),  # first and second prime minister 1993-1998
    ("KOR", "head of state"),  # acting presidents while the president is suspended
    ("THA", "head of government"),  # acting prime minister while the prime minister is suspended
    ("GIN", "head of state"),  # interim president beside the wounded junta leader, 2009-2010
    ("MMR", "head of state"),  # acting president beside the junta leader, 2021-2025
    ("MHL", "head of state and government"),
    ("CIV", "head of state"),  # Gbagbo and Ouattara, 2010-2011
    ("MDG", "head of state"),  # Ratsiraka and Ravalomanana, 2002, each with a government
    ("MDG", "head of government"),
    ("VNM", "head of state"),  # Hanoi and Saigon, 1949-1975
    ("VNM", "head of government"),
    ("LBN", "head of government"),  # Aoun and Hoss, 1988-1990
    ("WSM", "head of state"),  # two chiefs together, 1962-1963
}

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
Q_ID = re.compile(r"Q[1-9][0-9]*\Z")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def read(table):
    with open(TABLES / f"{table}.csv", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ROWS = {table: read(table) for table in COLUMNS}
DATED = ("countries", "people", "organisations")


def parts(field):
    return field.split("|") if field else []


def span(row):
    """First and last day that the row covers, a partial date taken at its widest."""
    year, month, day = (int(x) if x else 0 for x in DATE.match(row["start"] or "0001").groups())
    first = datetime.date(year, month or 1, day or 1)
    if not row["end"]:
        return first, datetime.date.max
    year, month, day = (int(x) if x else 0 for x in DATE.match(row["end"]).groups())
    if day:
        return first, datetime.date(year, month, day)
    year, month = (year + month // 12, month % 12 + 1) if month else (year + 1, 1)
    after = datetime.date(year, month, 1)
    return first, after - datetime.timedelta(days=1)


def exact(row):
    return len(row["start"]) == 10 and len(row["end"]) in (0, 10)


def country_codes():
    return (
        {c.alpha_3 for c in pycountry.countries}
        | {c.alpha_3 for c in pycountry.historic_countries}
        | NOT_IN_ISO
    )


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_order_and_size(table):
    text = (TABLES / f"{table}.csv").read_bytes().decode("utf-8")
    assert text.split("\n", 1)[0] == COLUMNS[table]
    assert "\r" not in text
    assert text.endswith("\n")
    rows = ROWS[table]
    assert all(None not in row and None not in row.values() for row in rows), (
        "a row with too many or too few fields"
    )
    keys = [row[KEY.get(table, "id")] for row in rows]
    assert keys == sorted(keys)
    assert len(rows) >= LEAST[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_fields_are_clean(table):
    bad = []
    for row in ROWS[table]:
        for column, value in row.items():
            if value != value.strip() or "  " in value or "\n" in value:
                bad.append((row, column))
            elif "|" in value:
                pieces = value.split("|")
                if any(p != p.strip() or not p for p in pieces) or len(set(pieces)) != len(pieces):
                    bad.append((row, column))
    assert bad == []


def test_ids_are_slugs_and_unique_across_tables():
    holders = defaultdict(set)
    for table in DATED:
        for row in ROWS[table]:
            assert SLUG.match(row["id"]), row["id"]
            holders[row["id"]].add(table)
    assert {i: t for i, t in holders.items() if len(t) > 1} == {}
    for table in ("countries", "organisations"):
        twice = [i for i, n in Counter(row["id"] for row in ROWS[table]).items() if n > 1]
        assert twice == []


def test_country_codes_are_known():
    known = country_codes()
    assert [
        r["code"] for r in ROWS["countries"] if r["code"] not in known or r["id"] != r["code"].lower()
    ] == []
    listed = {r["code"] for r in ROWS["countries"]}
    assert {r["country"] for r in ROWS["people"]} - listed - NOT_COUNTRIES == set()
    assert {r["country"] for r in ROWS["organisations"]} - listed - {""} == set()
    assert "XKX" in listed


def test_every_un_member_and_the_usual_others():
    # ISO 3166 countries that the table leaves out: dependencies without news of their own.
    left_out = {"ALA", "ATF", "BES", "BLM", "BVT", "CCK", "CXR", "HMD", "MAF", "PCN", "SGS", "SJM", "UMI"}
    listed = {r["code"] for r in ROWS["countries"]}
    assert {c.alpha_3 for c in pycountry.countries} - listed == left_out
    assert set("TWN PSE VAT XKX HKG MAC ESH PRI GRL SUN YUG SCG CSK DDR".split()) <= listed
    for row in ROWS["countries"]:
        if row["code"] not in {"ATA", "TKL"}:
            assert row["capital"], row["name"]
        assert row["region"], row["name"]
    dissolved = {r["code"] for r in ROWS["countries"] if r["end"]}
    assert dissolved == {"SUN", "YUG", "SCG", "CSK", "DDR"}


@pytest.mark.parametrize("table", DATED)
def test_dates_are_well_formed_and_in_order(table):
    bad = []
    for row in ROWS[table]:
        try:
            if not all(not row[c] or DATE.match(row[c]) for c in ("start", "end")):
                bad.append(row)
                continue
            first, last = span(row)
        except ValueError:
            bad.append(row)
            continue
        if first > last:
            bad.append(row)
    assert bad == []


def test_wikidata_ids_are_well_formed_and_not_shared():
    holders = defaultdict(set)
    for table in DATED:
        for row in ROWS[table]:
            if row["wikidata"]:
                assert Q_ID.match(row["wikidata"]), row
                holders[row["wikidata"]].add(row["id"])
    assert {q: i for q, i in holders.items() if len(i) > 1} == {}


def test_sectors_offices_and_types_come_from_the_lists():
    for table in ("people", "organisations", "titles", "generic"):
        assert [r for r in ROWS[table] if r["sector"] not in SECTORS] == []
    for table in ("people", "titles"):
        assert [r for r in ROWS[table] if r["office"] not in OFFICES] == []
    assert {r["type"] for r in ROWS["people"]} == {"person"}
    assert {r["gender"] for r in ROWS["people"]} == {"m", "f"}
    for table in ("organisations", "generic"):
        assert {r["type"] for r in ROWS[table]} <= TYPES
    assert [r for r in ROWS["people"] if not r["title"]] == []
    assert SECTORS - {r["sector"] for r in ROWS["generic"]} <= {"UNO", "EUR"}


def test_a_person_has_one_name_and_aliases_on_the_first_row_only():
    seen = {}
    for row in ROWS["people"]:
        if row["id"] in seen:
            assert (row["name"], row["gender"]) == seen[row["id"]], row["id"]
            assert (row["aliases"], row["wikidata"]) == ("", ""), row
        seen.setdefault(row["id"], (row["name"], row["gender"]))
    # rows of one person stand together and in order of their start
    starts = defaultdict(list)
    for row in ROWS["people"]:
        starts[row["id"]].append(row["start"])
    assert [i for i, s in starts.items() if s != sorted(s)] == []


def test_nobody_holds_the_same_office_twice_at_once():
    terms = defaultdict(list)
    for row in ROWS["people"]:
        terms[row["id"], row["country"], row["office"], row["title"]].append(span(row))
    bad = [
        (key, a, b) for key, spans in terms.items() for a, b in combinations(sorted(spans), 2) if b[0] < a[1]
    ]
    assert bad == []


@pytest.mark.parametrize(
    "office", ["head of state", "head of government", "head of state and government", "foreign minister"]
)
def test_two_people_do_not_hold_one_office_at_once(office):
    """Terms with exact dates may meet (hand-over, acting), but not overlap by more than a month."""
    terms = defaultdict(list)
    for row in ROWS["people"]:
        if row["office"] == office and exact(row) and row["country"] not in NOT_COUNTRIES:
            if (row["country"], office) in COLLECTIVE or row["title"].startswith("acting"):
                continue
            terms[row["country"]].append((*span(row), row["id"], row["title"]))
    bad = []
    for country, spans in terms.items():
        for a, b in combinations(sorted(spans), 2):
            if a[2] != b[2] and min(a[1], b[1]) - b[0] > datetime.timedelta(days=31) and a[3] == b[3]:
                bad.append((country, a[2], b[2], str(b[0]), str(a[1])))
    assert bad == []


def test_current_leaders_of_every_large_state():
    now = defaultdict(set)
    for row in ROWS["people"]:
        if not row["end"]:
            now[row["country"]].add(row["office"])
    g20 = "ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF".split()
    for country in g20:
        offices = now[country]
        assert offices & {"head of state", "head of state and government"} or country in {"AUS", "CAN"}, (
            country
        )
        assert offices & {"head of government", "head of state and government"}, country
        for office in ("foreign minister", "defence minister", "finance minister"):
            assert office in offices or (country, office) == ("BRA", "finance minister"), (country, office)


@pytest.mark.parametrize(
    ("country", "date", "office", "person"),
    [
        ("HUN", "2015-06-01", "head of government", "viktor-orban"),
        ("USA", "2010-05-05", "head of state and government", "barack-obama"),
        ("RUS", "2010-05-05", "head of state", "dmitry-medvedev"),
        ("RUS", "2010-05-05", "head of government", "vladimir-putin"),
        ("SAU", "2018-10-02", "other", "mohammed-bin-salman"),
        ("PAK", "2002-02-12", "head of state", "pervez-musharraf"),
        ("UNO", "2003-03-20", "head of organisation", "kofi-annan"),
        ("EUR", "2025-03-01", "foreign minister", "kaja-kallas"),
        ("EST", "2022-03-01", "head of government", "kaja-kallas"),
        ("SYR", "2010-01-01", "head of state", "bashar-al-assad"),
    ],
)
def test_who_held_the_office(country, date, office, person):
    day = datetime.date.fromisoformat(date)
    held = {
        row["id"]
        for row in ROWS["people"]
        if row["country"] == country and row["office"] == office and span(row)[0] <= day <= span(row)[1]
    }
    assert person in held


def names():
    holders = defaultdict(set)
    for row in ROWS["countries"]:
        for column in ("name", "aliases", "demonyms", "capital", "metonyms"):
            for alias in parts(row[column]):
                holders[alias].add(row["id"])
    for table in ("people", "organisations"):
        for row in ROWS[table]:
            for alias in [row["name"], *parts(row["aliases"])]:
                holders[alias].add(row["id"])
    return holders


def terms(id):
    """When an actor held office or, as a country, was there."""
    return [span(row) for table in DATED for row in ROWS[table] if row["id"] == id]


def told_apart_by_dates(ids):
    """Whether no two of these were in office, or there, at one time; one may follow on the same day."""
    pairs = combinations(sorted(ids), 2)
    return all(a[1] <= b[0] or b[1] <= a[0] for one, other in pairs for a in terms(one) for b in terms(other))


def test_every_shared_alias_is_decided():
    """By a row of clashes.csv for each, by dates, or with the country's shared name (Korean as Korea)."""
    decided = defaultdict(set)
    for row in ROWS["clashes"]:
        decided[row["alias"]].add(row["id"].lower())
    shared_names = defaultdict(set)
    for row in read("homonyms"):
        shared_names[row["phrase"]].add(row["code"].lower())
    undecided = [
        (alias, sorted(ids))
        for alias, ids in names().items()
        if len(ids) > 1 and not ids <= decided[alias] and ids not in shared_names.values()
        if not told_apart_by_dates(ids)
    ]
    assert undecided == []


def test_clashes_have_codes_of_countries_and_conditions_of_their_own():
    codes = {row["code"] for row in ROWS["countries"]}
    seen = Counter()
    for row in ROWS["clashes"]:
        assert set(parts(row["countries"])) <= codes, row
        assert row["alias"] in row["example"], row
        seen[row["alias"], row["countries"], row["cues"]] += 1
    assert [key for key, n in seen.items() if n > 1] == []


def test_aliases_are_long_enough_to_mean_someone():
    short = {a for a in names() if len(a) < 2 or (len(a) == 2 and not a.isupper())}
    assert short == {"Xi"}
    lower = {a for a in names() if a == a.lower() and not a.startswith(("al-", "bin ", "von ", "de "))}
    # Two families begin in lower case; everything else in lower case would match common words.
    assert {a for a in lower if " " not in a} <= {"dpa", "teleSUR", "el-Sisi"}


def test_titles_and_nouns_are_unambiguous():
    holders = defaultdict(set)
    for row in ROWS["titles"]:
        for title in [row["title"], *parts(row["aliases"])]:
            holders[title].add(row["title"])
    assert {t: h for t, h in holders.items() if len(h) > 1} == {}
    assert all(row["plural"] for row in ROWS["generic"])
    assert all("|" not in row["noun"] for row in ROWS["generic"])


def test_every_table_of_actors_says_until_when_it_is_true():
    listed = dict(kg.list("tables"))
    assert set(listed) == {"countries", "organisations", "people"}
    assert all(re.match(r"as of 20\d\d-\d\d: ", what) for what in listed.values())
