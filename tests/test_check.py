"""A sound store has no findings; every kind of damage is found and named."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import iris, rdf
from kg.store import OxigraphStore, checks
from kg.store.checks import Finding, check, check_graph
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES, newspapers

QUADS = [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT])]
CLAIM = ox.NamedNode(iris.ID + CLAIMS[0].id)
MENTION = ox.NamedNode(iris.mention(ARTICLE.id, 12, 27))
STATEMENT = ox.NamedNode(iris.statement(CLAIMS[0].id))


def without(subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Quad]:
    left = [q for q in QUADS if (q.subject, q.predicate) != (subject, predicate)]
    assert len(left) < len(QUADS)
    return left


def changed(subject: ox.NamedNode, predicate: ox.NamedNode, value) -> list[ox.Quad]:
    left = without(subject, predicate)
    return [*left, ox.Quad(subject, predicate, value, left[0].graph_name)]


def found(quads: list[ox.Quad], kind: str) -> list[str]:
    return [f"{f.node}: {f.message}" for f in check_graph(ARTICLE.id, quads) if f.check == kind]


def integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=rdf.XSD.integer)


def test_a_sound_store_has_no_findings():
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    store.put(QUADS + rdf.provenance_quads(ARTICLE))
    store.derive()
    assert check(store) == []


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        (rdf.KG.polarity, rdf.KG.certain, "a claim affirms or negates"),
        (rdf.KG.modality, rdf.KG.affirmed, "a claim has one modality"),
        (
            rdf.KG.confidence,
            ox.Literal("1.5", datatype=rdf.XSD.decimal),
            "confidence is one number from 0 to 1",
        ),
        (rdf.KG.nestedIn, STATEMENT, "a claim is nested in a claim of its document"),
        (rdf.KG.source, ox.Literal("somebody"), "a claim has one source"),
        (rdf.KG.span, ox.Literal("12 to 27"), "has one span of the text, such as char=12,27"),
    ],
)
def test_shapes_bite(predicate, value, message):
    quads = [q for q in QUADS if (q.subject, q.predicate) != (CLAIM, predicate)]
    quads.append(ox.Quad(CLAIM, predicate, value, QUADS[0].graph_name))
    assert any(message in line for line in found(quads, "shape"))


@pytest.mark.parametrize(
    ("node", "predicate", "message"),
    [
        (CLAIM, rdf.KG.states, "a claim states one statement"),
        (CLAIM, rdf.KG.inSentence, "a claim or an event stands in a sentence"),
        (STATEMENT, rdf.RDF.predicate, "a statement has one relation"),
        (STATEMENT, rdf.RDFS.label, "a statement can be read"),
        (ox.NamedNode(iris.actor("donald-trump")), rdf.RDFS.label, "an actor has one name"),
        (ox.NamedNode(iris.event_type(EVENT.type)), rdf.KG.quadClass, "an event's type has a quad class"),
        (ox.NamedNode(iris.ID + EVENT.id), rdf.KG.score, "an event has a score"),
        (MENTION, rdf.NIF.beginIndex, "a piece of text begins at one place"),
        (MENTION, rdf.RDF.type, "fill a place is a mention"),
        (STATEMENT, rdf.KG.span, "shows words has one span"),
        (STATEMENT, rdf.RDF.type, "what a claim states is a statement"),
    ],
)
def test_what_is_missing_is_found(node, predicate, message):
    assert any(message in line for line in found(without(node, predicate), "shape"))


@pytest.mark.parametrize("gone", [None, rdf.KG.states, rdf.RDF.type, rdf.NIF.beginIndex, rdf.RDFS.label])
def test_a_large_graph_is_checked_in_pieces_with_the_same_findings(gone, monkeypatch):
    damaged = [quad for quad in QUADS if quad.predicate != gone]
    whole = check_graph(ARTICLE.id, damaged)
    monkeypatch.setattr(checks, "_PIECE", 3)
    assert check_graph(ARTICLE.id, damaged) == whole
    assert bool(whole) == (gone is not None)


def test_words_that_do_not_stand_where_they_should_are_found():
    changed_words = found(changed(MENTION, rdf.NIF.anchorOf, ox.Literal("resident Trump")), "offset")
    node = f"id:{MENTION.value.removeprefix(iris.ID)}"
    assert changed_words == [f"{node}: the text has 'President Trum' at 12, not 'resident Trump'"]
    sentence = ox.NamedNode(f"{iris.document(ARTICLE.id)}-s1")
    far = found(changed(sentence, rdf.NIF.beginIndex, integer(900)), "offset")
    assert far[0].endswith("[900, 928) is outside the text")


def test_nodes_that_nobody_describes_are_found():
    nobody = ox.NamedNode(iris.actor("nobody"))
    assert found(changed(STATEMENT, rdf.RDF.subject, nobody), "dangling") == [
        f"id:st-{CLAIMS[0].id[2:]}: id:nobody is not described in its document's graph"
    ]
    lost = [*rdf.document_quads(ARTICLE, SENTENCES, [replace(CLAIMS[0], sentence=9)])]
    assert any("-s9 is not described" in line for line in found(lost, "dangling"))


def test_a_graph_without_provenance_is_found():
    store = OxigraphStore()
    store.put(QUADS)
    (finding,) = check(store)
    assert finding == Finding(finding.document, "dangling", finding.node, finding.message)
    assert "build its document again" in finding.message
    assert finding.record()["check"] == "dangling"
