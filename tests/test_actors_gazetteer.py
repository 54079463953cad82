"""The tables read, checked and searched; places."""

import pytest

from kg.actors import index, places, spotting
from kg.actors.wordlists import Title
from kg.errors import TableError
from kg.parsing.tree import Token, sentence

HEADER = "id,name,aliases,type,country,sector,wikidata,office,title,start,end,gender\n"
GOOD = (
    "anna-karlova,Anna Karlova,A. Karlova,person,BGR,GOV,Q1,"
    "foreign minister,foreign minister,2030,2032-05,f\n"
)


@pytest.fixture(scope="module")
def shipped():
    return index.load()


def words(text):
    tokens, at = [], 0
    for i, word in enumerate(text.split()):
        tokens.append(Token(i, word, word.lower(), "PROPN", "NNP", "flat", at))
        at += len(word) + 1
    return tokens


def found(tables, text):
    return [(" ".join(text.split()[m.start : m.end]), m.entries[0].id) for m in tables.matches(words(text))]


def test_the_longest_phrase_wins(shipped):
    assert found(shipped, "in Papua New Guinea") == [("Papua New Guinea", "PNG")]
    assert ("Xi Jinping", "xi-jinping") in found(shipped, "President Xi Jinping")


@pytest.mark.parametrize(
    "text", ["Bashar al-Assad", "Bashar al - Assad", "Bashar Al-Assad", "BASHAR AL-ASSAD"]
)
def test_one_name_in_many_spellings(shipped, text):
    assert found(shipped, text)[0][1] == "bashar-al-assad"


@pytest.mark.parametrize("text", ["tell us", "turkey", "who", "it will", "polish"])
def test_a_small_letter_makes_no_name(shipped, text):
    kinds = {e.kind for m in shipped.matches(words(text)) for e in m.entries}
    assert kinds.isdisjoint({"name", "country", "demonym"})


def test_nothing_to_find_is_nothing_found(shipped):
    assert shipped.matches([]) == []
    assert shipped.matches(words("— , .")) == []


def test_a_users_row_overrides_ours_and_adds_to_them(tmp_path, shipped):
    file = tmp_path / "own.csv"
    file.write_text(HEADER + GOOD + "hamas,The Other Hamas,,company,USA,BUS,,,,,,\n", encoding="utf-8")
    own = index.load(file)
    assert own.actor("anna-karlova", "2031-01-01").sector == "GOV"
    assert own.actor("anna-karlova", "2032-06-01").sector == "ELI"
    assert own.records["hamas"].label == "The Other Hamas"
    assert all(e.id != "hamas" for e in own.lookup("Hamas"))
    assert shipped.records["hamas"].label != "The Other Hamas"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD.replace("anna-karlova", "Anna Karlova", 1), "id 'Anna Karlova'"),
        (GOOD.replace("Anna Karlova", "", 1), "no name"),
        (GOOD.replace("BGR", "XYZ"), "country 'XYZ'"),
        (GOOD.replace("GOV", "BOSS"), "sector 'BOSS'"),
        (GOOD.replace("Q1", "wd:1"), "wikidata 'wd:1'"),
        (GOOD.replace("2030", "May 2030"), "date 'May 2030'"),
        (GOOD.replace("2030", "2033"), "ends"),
        (GOOD.replace(",f\n", ",woman\n"), "gender 'woman'"),
        ("anna,Anna\n", "fields"),
        (GOOD.replace("2030", "2030-02-30"), "date '2030-02-30'"),
        (GOOD.replace(",person,", ",Person,"), "type 'Person'"),
        (GOOD.replace(",foreign minister,", ",Foreign Minister,", 1), "office 'Foreign Minister'"),
        (GOOD.replace("anna-karlova", "bgr", 1), "id 'bgr' is a country's"),
        (GOOD.replace("anna-karlova", "bgr-gov", 1), "id 'bgr-gov' is a country's"),
        (GOOD.replace("anna-karlova,Anna", "good-one,Anna", 1), "id 'good-one' is that of 'Good One'"),
        (GOOD.replace("A. Karlova", "A."), "name 'A.' is too short"),
        (GOOD.replace("A. Karlova", "A\x00K"), "U+0000"),
        (GOOD.replace("A. Karlova", "A\ufffdK"), "U+FFFD"),
        ('"x\n', "not CSV"),
    ],
)
def test_a_bad_row_is_refused_with_file_line_and_reason(tmp_path, row, reason):
    file = tmp_path / "own.csv"
    file.write_text(HEADER + "good-one,Good One,,person,,,,,,,,\n" + row, encoding="utf-8")
    with pytest.raises(TableError, match=r"own\.csv, line 3") as refused:
        index.load(file)
    assert reason in str(refused.value)
    assert "good-one" not in index.load().records


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("id,name,type,party", "unknown column 'party'"),
        ("id;name;party", "unknown column 'party'"),
        ("id,name,type,name", "two columns 'name'"),
        ("id,name", "no column 'type'"),
        ("", "no column 'id'"),
    ],
)
def test_a_header_that_does_not_name_the_columns_is_refused(tmp_path, header, reason):
    file = tmp_path / "own.csv"
    file.write_text(header + "\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"own\.csv, line 1") as refused:
        index.load(file)
    assert reason in str(refused.value)


def test_columns_that_do_not_apply_may_be_left_out(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(" name , id,type\nAcme Militia,acme-militia,armed group\n", encoding="utf-8")
    assert index.load(file).records["acme-militia"].label == "Acme Militia"


def test_a_table_that_is_no_table_is_refused(tmp_path):
    with pytest.raises(TableError, match="cannot be read"):
        index.load(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(HEADER.encode() + b"x,\xff,,person,,,,,,,,\n")
    with pytest.raises(TableError, match=r"latin\.csv, line 2: not UTF-8"):
        index.load(tmp_path / "latin.csv")


@pytest.mark.parametrize(
    ("on", "sector"), [("2010-06-01", "GOV"), ("2010", "GOV"), ("2020-06-01", "ELI"), ("2006-01", "LEG")]
)
def test_the_sector_is_that_of_the_date(shipped, on, sector):
    assert shipped.actor("barack-obama", on).sector == sector


def test_titles_are_asked_by_their_own_words_first(shipped):
    title = next(e.row for e in shipped.lookup("president") if e.kind == "title")
    assert shipped.offices.holders("RUS", "president", title, "2010-01-01") == ["dmitry-medvedev"]
    assert shipped.offices.holders("RUS", "president", title, None) == []
    assert shipped.offices.holders("GBR", "president", title, "2010-01-01") == []


@pytest.mark.parametrize(
    ("phrase", "countries", "code"),
    [
        ("Aleppo", (), "SYR"),
        ("Washington", (), "USA"),
        ("Darfur", (), "SDN"),
        ("Tripoli", (), "LBY"),
        ("Tripoli", ("LBN",), "LBN"),
        ("Tripoli", ("LBN", "LBY"), "LBY"),
        ("Geneva", ("USA", "CHN"), "CHE"),
        ("Belgrade", (), "SRB"),
        ("Samarra", ("USA",), "IRQ"),
        ("Birmingham", ("USA",), "USA"),
        ("Birmingham", (), "GBR"),
        ("France", (), "FRA"),
    ],
)
def test_places_have_a_country(shipped, phrase, countries, code):
    place = places.find(phrase, shipped, countries)
    assert place.country == code
    assert place.region


@pytest.mark.parametrize("phrase", ["Springfield", "Nowhere at all", "", "Madaya"])
def test_a_place_that_nothing_decides_is_none(shipped, phrase):
    assert places.find(phrase, shipped, ("SYR",) if phrase == "Madaya" else ()) is None


def test_a_small_namesake_of_a_large_city_decides_nothing(shipped):
    assert places.find("Alexandria", shipped, ("USA",)) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Lithunia", "LTU"),  # a letter left out
        ("Denmmark", "DNK"),  # one added
        ("Kazahkstan", "KAZ"),  # two changed round
        ("Lithuania", None),  # right as it stands
        ("Slovenija", "SVN"),
        ("Angela", None),  # short names are too near to others
        ("Georgina", None),  # as are those that others have
        ("Zithuania", None),  # the first letter is right
        ("Romani", None),  # and the last
        ("Americas", None),  # and it is the name itself, no other one
        ("Brittany", None),
    ],
)
def test_a_country_one_slip_away(shipped, word, code):
    assert shipped.misspelt(word) == code


@pytest.mark.parametrize(
    ("organisation", "said", "title", "on", "who"),
    [
        ("nato", "secretary general", "secretary-general", "2012-01-01", ["anders-fogh-rasmussen"]),
        ("united-nations", "chief", "chief", "2012-01-01", ["ban-ki-moon"]),
        ("united-nations", "secretary-general", "secretary-general", None, []),
        ("united-nations", "treasurer", "treasurer", "2012-01-01", []),
        ("no-such-body", "chief", "chief", "2012-01-01", []),
    ],
)
def test_an_organisation_has_a_head_at_a_date(shipped, organisation, said, title, on, who):
    assert shipped.offices.heads(organisation, said, Title(title, "", None), on) == who


def test_whoever_heads_a_body_of_many_states_has_no_country(shipped):
    assert shipped.actor("antonio-guterres", "2020-01-01").country is None
    assert shipped.actor("antonio-guterres", "2000-01-01").country == "PRT"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ZZ,no-such-actor,,,ZZ won", "id 'no-such-actor'"),
        ("ZZ,hamas,,,", "example"),
        (",hamas,,,x", "alias"),
    ],
)
def test_a_clash_of_nobody_is_refused(tmp_path, row, reason):
    for table in index.resources.path("data/actors").glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    file = tmp_path / "clashes.csv"
    file.write_text(f"alias,id,countries,cues,example\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"clashes\.csv, line 2") as refused:
        index.build(tmp_path)
    assert reason in str(refused.value)


def test_a_name_of_nothing_but_an_article_is_none(shipped):
    read = sentence("Police police NOUN NNS 0 root\nthe the DET DT 1 det PERSON")
    assert spotting.chunks(read, shipped.matches(read.tokens), shipped) == []
