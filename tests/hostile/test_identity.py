"""Two things are two: an IRI made from a name keeps names apart, in any script, and is one."""

from __future__ import annotations

from itertools import combinations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import ids, iris, rdf
from kg.model import Document
from tests.hostile import texts

NAMES = (
    "Россия 24", "Україна 24", "24", "Al Jazeera", "al jazeera", "AL JAZEERA", "Al-Jazeera", "Al Jazeera!",
    "AlJazeera", "Al_Jazeera", "Al  Jazeera", "Jazeera, Al", "الجزيرة", "Die Zeit", "Die Zeit+",
    "新华社", "新華社",
    "El País", "El Pais", "ΤΑ ΝΕΑ", "Τα Νέα", "R&D", "R+D", "R D", "%41", "A", "a", "ａ", "é", "e\u0301",
    "x" * 500,
    "x" * 501, "Al Jazeera f9377daf8eb0c318", "😀", "😁", "-", "--", "/", "?", "#", "",
)  # fmt: skip

MAKERS = {
    "publisher": iris.publisher,
    "document": iris.document,
    "graph": iris.graph,
    "run": iris.run,
    "actor": iris.actor,
    "relation": iris.relation,
    "argument": iris.argument,
}

# Names of whom the same slug would be said, and other whom not.
ACTORS_APART = (
    "Россия 24",
    "Україна 24",
    "Канал 1",
    "Первый 1",
    "Ö3 " + "x" * 90,
    "Ö3 " + "x" * 91,
    "党 A",
    "黨 A",
)
ACTORS_ALIKE = (
    ("Recep Tayyip Erdoğan", "RECEP TAYYIP ERDOGAN"),
    ("Đoković", "Dokovic"),
    ("Россия", "РОССИЯ"),
)


@pytest.mark.parametrize("kind", MAKERS)
def test_no_two_names_have_one_iri(kind: str) -> None:
    for one, other in combinations(NAMES, 2):
        assert MAKERS[kind](one) != MAKERS[kind](other), (one, other)
    for name in NAMES:
        ox.NamedNode(MAKERS[kind](name))
        assert MAKERS[kind](name).isascii()


@given(st.lists(texts.NAMES, min_size=2, max_size=6, unique=True))
def test_no_two_publishers_have_one_iri(names: list[str]) -> None:
    assert len({iris.publisher(name) for name in names}) == len(names)


def test_actors_are_apart_in_any_script_and_one_in_any_case() -> None:
    assert len({ids.slug(name) for name in ACTORS_APART}) == len(ACTORS_APART)
    for one, other in ACTORS_ALIKE:
        assert ids.slug(one) == ids.slug(other)


def test_publishers_of_one_slug_are_two_in_store_exports_and_checks() -> None:
    text = "Norway left Sudan."
    publishers = ("Россия 24", "Україна 24", "AL 24", "Al 24")
    documents = [Document(str(i), text, publisher=name) for i, name in enumerate(publishers)]
    with kg.open_store() as store:
        kg.build(documents, store, "en_geopol_news_sm")
        rows = store.query(
            "SELECT ?name (COUNT(*) AS ?n) { ?p a kg:Publisher ; rdfs:label ?name } GROUP BY ?name"
        )
        assert sorted(str(row[0]) for row in rows) == sorted(publishers)  # type: ignore[union-attr, index]
        assert kg.check(store) == []


def test_check_tells_of_a_node_with_two_names() -> None:
    with kg.open_store() as store:
        kg.build([Document("a", "Norway left Sudan.", publisher="AP")], store, "en_geopol_news_sm")
        quads = list(store.quads(iris.graph("a")))
        node = ox.NamedNode(iris.publisher("AP"))
        said = list(store.quads(""))
        quads.append(
            ox.Quad(node, rdf.RDFS.label, ox.Literal("Associated Press"), ox.NamedNode(iris.graph("a")))
        )
        store.put([*quads, *said])
        [found] = kg.check(store)
    assert (found.check, found.node) == ("clash", "id:publisher-AP")
    assert found.message == "stands for several names: AP, Associated Press"
