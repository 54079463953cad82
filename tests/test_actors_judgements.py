"""Merges and splits: recorded, honoured by the next build, and undone."""

import pytest

import kg
from kg.actors import index, judgements
from kg.actors.index import Gazetteer
from kg.actors.mentions import Mentions
from kg.errors import InputError
from kg.model import Actor, Document, Judgement

TEXT = "CCTV met Kim. Kim left China Central Television."


@pytest.fixture
def document():
    return Document("a.txt", TEXT)


@pytest.fixture
def mentions(document):
    places = [("CCTV", 0), ("Kim", 9), ("Kim", 14), ("China Central Television", 23)]
    found = tuple(
        Judgement(document.span(at, at + len(t)), Actor(t.lower().replace(" ", "-"), t), "same", "a name")
        for t, at in places
    )
    return Mentions(found, {at: i for i, (_, at) in enumerate(places)})


def actors(file, document, mentions):
    applied = judgements.Decisions(judgements.read(file)).apply(document, mentions, Gazetteer())
    return [j.actor.id for j in applied.all]


def test_a_merge_is_honoured_and_says_who_decided(tmp_path, document, mentions):
    file = tmp_path / "store" / "judgements.jsonl"
    judgements.merge(file, "cctv", "china-central-television", "an analyst", "its acronym")
    assert actors(file, document, mentions) == ["cctv", "kim", "kim", "cctv"]
    applied = judgements.Decisions(judgements.read(file)).apply(document, mentions, Gazetteer())
    assert applied.at(23).by == "an analyst"
    assert "its acronym" in applied.at(23).reason
    assert applied.at(0) == mentions.at(0)


def test_merges_chain(tmp_path, document, mentions):
    file = tmp_path / "j.jsonl"
    judgements.merge(file, "cctv", "china-central-television", "me")
    judgements.merge(file, "broadcaster", "cctv", "me")
    assert actors(file, document, mentions) == ["broadcaster", "kim", "kim", "broadcaster"]
    with pytest.raises(InputError, match="one actor already"):
        judgements.merge(file, "china-central-television", "broadcaster", "me")
    for about_one_that_is_no_more in (
        lambda: judgements.merge(file, "kim", "cctv", "me"),
        lambda: judgements.split(file, "cctv", "a.txt", "me"),
        lambda: judgements.rename(file, "cctv", "CCTV", "me"),
    ):
        with pytest.raises(InputError, match="cctv is broadcaster by j-"):
            about_one_that_is_no_more()


def test_merged_under_an_actor_that_only_other_documents_name_it_has_that_ones_name(
    tmp_path, document, mentions
):
    file = tmp_path / "j.jsonl"
    judgements.merge(file, "broadcaster", "cctv", "me", label="The Broadcaster")
    judgements.merge(file, "nor", "kim", "me")
    found = judgements.Decisions(judgements.read(file)).apply(document, mentions, index.load()).all
    assert [(j.actor.id, j.actor.label) for j in found[:2]] == [
        ("broadcaster", "The Broadcaster"),
        ("nor", "Norway"),
    ]


def test_a_split_takes_one_mention_or_all_of_a_document(tmp_path, document, mentions):
    file = tmp_path / "j.jsonl"
    one = judgements.split(file, "kim", "a.txt", "me", start=14, into="kim-the-minister")
    assert actors(file, document, mentions) == ["cctv", "kim", "kim-the-minister", "china-central-television"]
    judgements.undo(file, one.id, "me")
    judgements.split(file, "kim", "a.txt", "me")
    changed = actors(file, document, mentions)
    assert changed[1] == changed[2] != "kim"
    other = Document("b.txt", TEXT)
    assert actors(file, other, mentions)[1] == "kim"


def test_undone_is_as_if_it_had_never_been(tmp_path, document, mentions):
    file = tmp_path / "j.jsonl"
    merged = judgements.merge(file, "cctv", "china-central-television", "me")
    judgements.undo(file, merged.id, "me", "two channels")
    decisions = judgements.Decisions(judgements.read(file))
    assert decisions.apply(document, mentions, Gazetteer()) == mentions
    assert len(judgements.read(file)) == 2
    with pytest.raises(InputError, match="in force"):
        judgements.undo(file, merged.id, "me")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "j-1", "do": "merge", "by": "me", "keep": "a"}',
        '{"id": "j", "do": "burn", "by": "me"}',
    ],
)
def test_a_line_that_is_no_judgement_is_refused_by_number(tmp_path, line):
    file = tmp_path / "j.jsonl"
    judgements.merge(file, "a", "b", "me")
    file.write_text(file.read_text() + line + "\n")
    with pytest.raises(InputError, match="line 2"):
        judgements.read(file)


def test_no_file_is_no_decisions(tmp_path):
    assert judgements.read(tmp_path / "none.jsonl") == []


def test_a_new_label_is_a_decision_too(tmp_path, document, mentions):
    file = tmp_path / "j.jsonl"
    judgements.rename(file, "cctv", "China's broadcaster", "me", "readers know it so")
    applied = judgements.Decisions(judgements.read(file)).apply(document, mentions, Gazetteer())
    assert (applied.at(0).actor.id, applied.at(0).actor.label) == ("cctv", "China's broadcaster")
    assert applied.at(0).by == "me"
    assert applied.at(9) == mentions.at(9)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("xi-jinping", ["xi-jinping"]),
        ("Xi Jinping", ["xi-jinping"]),
        ("recep tayyip erdogan", ["recep-tayyip-erdogan"]),
        ("Norway", ["nor"]),
        ("Kremlin", ["rus-gov", "sun-gov"]),
        ("Nobody At All", []),
    ],
)
def test_actors_are_found_by_id_or_name(name, ids):
    assert [a.id for a in kg.find(name)] == ids


def test_a_part_of_a_name_finds_those_who_have_it():
    found = [a.id for a in kg.find("Jong Un")]
    assert found == ["kim-jong-un"]


@pytest.mark.parametrize(
    ("keep", "drop", "reason"),
    [
        ("Putin", "Mr Nobody", "no actor has the id or name 'Mr Nobody'"),
        ("Kremlin", "nor", "give one of these"),
    ],
)
def test_a_decision_about_nobody_or_several_is_refused(tmp_path, keep, drop, reason):
    with pytest.raises(InputError, match=reason):
        kg.merge(tmp_path / "j.jsonl", keep, drop, "me")
    assert not (tmp_path / "j.jsonl").exists()


def test_decisions_know_whom_a_store_mentions(tmp_path):
    with kg.open_store(tmp_path / "store", create=True) as store:
        kg.build([Document("a", "Zedna Corp sued Norway.", published="2024-05-03")], store)
        (zedna,) = kg.find("Zedna", store)
        assert (zedna.id, zedna.documents) == ("zedna-corp", 1)
        assert kg.find("Norway", store)[0].documents == 1
        assert kg.merge(tmp_path / "j", "Norway", "Zedna Corp", "me", store=store).drop == "zedna-corp"
        with pytest.raises(InputError, match="no such document"):
            kg.split(tmp_path / "j", "Norway", "b", "me", store=store)


def test_the_template_is_a_table_of_actors_and_semicolons_will_do(tmp_path, caplog):
    file = tmp_path / "own.csv"
    file.write_text(kg.template(), encoding="utf-8")
    assert index.load(file).records["jane-doe"].names == ("Jane Doe", "J. Doe", "Janie Doe")
    file.write_text("id;name;aliases;type\nacme;Acme;NATO|Acme Ltd;company\n", encoding="utf-8")
    assert index.load(file).records["acme"].type == "company"
    assert "'NATO' may be acme or nato" in caplog.text
