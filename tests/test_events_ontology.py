"""The SKOS files say what the tables say, and nothing else."""

import pytest
import rdflib
from rdflib import SKOS, Literal, URIRef

from kg import iris, resources
from kg.coding import skos, types


def graph(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(resources.path(f"ontologies/{name}.ttl"))


@pytest.mark.parametrize(("name", "text"), [("plover", skos.plover()), ("cameo", skos.cameo())])
def test_files_are_as_the_tables_give_them(name: str, text: str) -> None:
    assert resources.path(f"ontologies/{name}.ttl").read_text(encoding="utf-8") == text


def test_plover_has_its_types_with_scores_and_quads() -> None:
    g = graph("plover")
    concepts = set(g.subjects(SKOS.topConceptOf, URIRef(iris.PLOVER)))
    assert concepts == {URIRef(iris.event_type(t)) for t in types.types()}
    assert len(concepts) == 16
    score = g.value(URIRef(iris.event_type("ACCUSE")), URIRef(iris.KG + "score"))
    assert isinstance(score, Literal)
    assert score.toPython() == -3
    quad = g.value(URIRef(iris.event_type("SANCTION")), URIRef(iris.KG + "quadClass"))
    assert str(quad) == iris.PLOVER + "quad-4"


def test_every_mode_stands_under_its_type() -> None:
    g = graph("plover")
    for type_, name in types.modes():
        mode = URIRef(iris.event_mode(type_, name))
        assert (mode, SKOS.broader, URIRef(iris.event_type(type_))) in g


def test_all_37_contexts_are_there() -> None:
    g = graph("plover")
    names = [context.name for context in types.contexts()]
    assert len(names) == 37
    assert all((URIRef(iris.event_context(n)), SKOS.inScheme, URIRef(iris.PLOVER)) in g for n in names)


def test_cameo_has_20_roots_and_codes_as_strings() -> None:
    g = graph("cameo")
    roots = set(g.subjects(SKOS.topConceptOf, URIRef(iris.CAMEO)))
    assert roots == {URIRef(iris.cameo(f"{n:02}")) for n in range(1, 21)}
    assert (URIRef(iris.cameo("036")), SKOS.broader, URIRef(iris.cameo("03"))) in g
    assert (URIRef(iris.cameo("036")), SKOS.notation, Literal("036")) in g


@pytest.mark.parametrize(
    ("code", "type_"),
    [("09", "ACCUSE"), ("11", "ACCUSE"), ("10", "REQUEST"), ("02", "REQUEST"), ("081", "CONCEDE"),
     ("087", "RETREAT"), ("163", "COERCE"), ("191", "COERCE"), ("192", "COERCE"),
     ("18", "ASSAULT"), ("20", "ASSAULT")],
)  # fmt: skip
def test_cameo_maps_to_plover_as_its_manual_says(code: str, type_: str) -> None:
    assert types.codes()[code].type == type_


def test_modes_that_codes_map_to_exist() -> None:
    assert {(c.type, c.mode) for c in types.codes().values() if c.mode} <= set(types.modes())


def test_cameo_labels_are_not_repeated() -> None:
    labels = [c.label for c in types.codes().values() if len(c.code) > 2]
    assert len(set(labels)) == len(labels)
