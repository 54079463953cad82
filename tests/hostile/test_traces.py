"""Nothing is left behind: after any build, edit and remove a store is as one built from what is there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.model import Document
from kg.store import Store
from tests import effort

FAST = "en_geopol_news_sm"

# What articles say: known actors with roles and without, local ones, relations and types that only one has.
SENTENCES = (
    "Vladimir Putin met Xi Jinping in Moscow on Monday.",
    "Donald Trump said that Iran had attacked Oman.",
    "Norway denied that it had paid Sudan.",
    "Ann Brindle of the Free Harbour Union praised Chad.",
    "The European Commission will sanction Belarus next week.",
    "Kenyan police arrested twelve protesters in Nairobi.",
    "Angela Merkel visited Ankara and thanked Recep Tayyip Erdogan.",
    "NATO deployed troops in Poland, the Pentagon said.",
    "Hezbollah shelled a village in Israel.",
    "Peru and Chile agreed to talks.",
)
PUBLISHERS = (None, "Россия 24", "Україна 24", "The Example Times")
DATES = (None, "1999-05-03", "2024-05-03")


def document(name: str, chance: random.Random) -> Document:
    text = " ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
    return Document(name, text, None, chance.choice(PUBLISHERS), None, chance.choice(DATES))


def steps(store: Store, chance: random.Random) -> dict[str, Document]:
    """Does some to a store; the documents that are there then."""
    there: dict[str, Document] = {}
    for _ in range(chance.randint(2, 6)):
        if there and chance.random() < 0.4:
            gone = chance.choice(sorted(there))
            kg.remove(store, gone)
            del there[gone]
        else:
            names = chance.sample("abcd", chance.randint(1, 2))
            written = {name: document(name, chance) for name in names}
            kg.build(written.values(), store, FAST)
            there |= written
    return there


def quads(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(effort.times(200)))
def test_a_store_is_what_is_there(seed: int) -> None:
    chance = random.Random(seed)
    with kg.open_store() as store, kg.open_store() as at_once:
        there = steps(store, chance)
        kg.build(there.values(), at_once, FAST)
        assert quads(store) == quads(at_once)
        merged = [sorted(s.dump(None).decode().splitlines()) for s in (store, at_once)]
        assert merged[0] == merged[1]


def test_an_empty_store_is_empty() -> None:
    with kg.open_store() as store, kg.open_store() as empty:
        kg.build([document("a", random.Random(1))], store, FAST)
        kg.remove(store, "a")
        kg.build([], empty, FAST)
        assert quads(store) == quads(empty)


def test_a_rebuild_that_was_stopped_keeps_nothing_of_what_went_since(tmp_path: Path) -> None:
    gone, stays = document("a", random.Random(1)), document("b", random.Random(2))
    place = tmp_path / "store"
    with kg.open_store(place, create=True) as store:
        kg.build([gone, stays], store, FAST)
    with kg.open_store(tmp_path / "store.new", create=True) as half:  # as a rebuild that is killed leaves it
        kg.build([gone], half, FAST)
    with kg.open_store(place) as store:
        kg.remove(store, "a")
        before = quads(store)
    kg.rebuild(place, FAST)
    with kg.open_store(place) as store:
        assert quads(store) == before


def test_removing_again_ends_what_was_killed_on_the_way(tmp_path: Path) -> None:
    with kg.open_store() as store, kg.open_store() as at_once:
        kg.build([document("a", random.Random(1)), document("b", random.Random(2))], store, FAST)
        kg.build([document("b", random.Random(2))], at_once, FAST)
        store.remove("a")  # killed before it derived
        with pytest.raises(StoreError, match="no such document"):
            kg.remove(store, "a")
        assert quads(store) == quads(at_once)


def test_of_two_documents_with_one_id_the_second_is_told() -> None:
    with kg.open_store() as store:
        report = kg.build([Document("a", "Iran left Oman."), Document("a", "Oman left Iran.")], store, FAST)
        assert [str(error) for error in report.lost] == [
            "a: the document is left out (one before it has the same id)"
        ]
        assert report.written == 1
