"""Merges and splits: recorded, honoured by the next build, and undone."""

import pytest

from kg.actors import judgements
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
