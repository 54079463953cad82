"""The model as RDF and back."""

from dataclasses import asdict, replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from kg import iris, rdf
from kg.errors import StoreError
from tests.graph_samples import ARTICLE, CHINA, CLAIMS, EVENT, SENTENCES, TRUMP, XI, articles

QUADS = [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT])]


def plain(things):
    """All fields, those too that equality leaves out."""
    return sorted((asdict(thing) for thing in things), key=repr)


def values(subject: str, predicate: ox.NamedNode) -> list[str]:
    return [q.object.value for q in QUADS if q.subject.value == subject and q.predicate == predicate]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_reading_back_gives_the_same_model_in_every_field(article):
    document, sentences, claims, events = article
    quads = [*rdf.document_quads(document, sentences, claims, events)]
    again = rdf.read_document(
        ox.parse(ox.serialize(quads, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    )
    assert again[0] == document
    assert plain(again[1]) == plain(claims)
    assert plain(again[2]) == plain(events)


def test_known_actors_get_their_roles_and_items_from_the_actors_graph():
    quads = [*QUADS, *rdf.actor_quads([TRUMP, CHINA])]
    _, claims, events = rdf.read_document(quads)
    assert asdict(claims[0].statement.subject.actor) == asdict(TRUMP)
    assert asdict(events[0].actors[0]) == asdict(TRUMP)


def test_claims_come_back_in_text_order():
    assert rdf.read_document(reversed(QUADS))[1] == CLAIMS


def test_a_document_speaks_in_its_own_graph_and_nothing_is_a_blank_node():
    shared = {q for q in QUADS if q.graph_name in rdf.SHARED_GRAPHS}
    assert {q.graph_name.value for q in {*QUADS} - shared} == {iris.graph(ARTICLE.id)}
    about = {q.subject.value for q in shared} - {iris.actor(a.id) for a in (TRUMP, XI, CHINA)}
    assert all(node.startswith((iris.REL, iris.PLOVER, iris.CAMEO)) for node in about)
    assert not any(isinstance(t, ox.BlankNode) for q in QUADS for t in (q.subject, q.object))


def test_nothing_is_said_twice_and_the_same_input_gives_the_same_quads():
    assert len(set(QUADS)) == len(QUADS)
    assert [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS * 2, [EVENT] * 2)] == QUADS


def test_a_demand_is_the_object_of_the_insisting_and_has_its_own_source():
    outer, inner = (iris.statement(c.id) for c in CLAIMS[:2])
    assert values(outer, rdf.RDF.object) == [inner]
    assert values(iris.ID + CLAIMS[1].id, rdf.KG.source) == [iris.actor("donald-trump")]
    assert values(outer, rdf.RDFS.label) == ["Donald Trump insisted: Xi Jinping needed to call Donald Trump"]


def test_the_publisher_is_the_source_where_nobody_else_is_and_else_the_document():
    assert values(iris.ID + CLAIMS[0].id, rdf.KG.source) == [iris.publisher("Example Times")]
    nobody = replace(ARTICLE, publisher=None)
    quads = [*rdf.document_quads(nobody, SENTENCES, CLAIMS)]
    sources = {q.object.value for q in quads if q.predicate == rdf.KG.source}
    assert sources == {iris.document(ARTICLE.id), iris.actor("donald-trump")}
    assert rdf.read_document(quads)[1][0].speaker is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-03-05/..", "2024-03-05", None),
        ("once", None, None),
    ],
)
def test_a_date_has_the_days_that_it_can_mean(value, first, last):
    rows = {p: day for _, p, day in rdf.literals.days(ox.NamedNode(iris.KG + "x"), value)}
    given = {
        p: ox.Literal(d, datatype=rdf.XSD.date)
        for p, d in ((rdf.KG.firstDay, first), (rdf.KG.lastDay, last))
        if d
    }
    assert rows == given


def test_the_first_of_two_claims_with_one_id_is_kept():
    doubtful = replace(CLAIMS[3], confidence=0.1)
    _, claims, _ = rdf.read_document(rdf.document_quads(ARTICLE, SENTENCES, [CLAIMS[3], doubtful]))
    assert [c.confidence for c in claims] == [CLAIMS[3].confidence]


def test_text_from_outside_is_never_an_iri_that_it_chose():
    evil = '> <http://evil.example/> "\n'
    quads = rdf.document_quads(
        replace(ARTICLE, id=evil, url=evil, publisher=evil, title=evil), SENTENCES, CLAIMS
    )
    assert not any(
        isinstance(t, ox.NamedNode) and "evil.example" in t.value
        for q in quads
        for t in (q.subject, q.object)
    )


def test_two_documents_and_a_damaged_graph_are_refused():
    other = [*rdf.document_quads(replace(ARTICLE, id="other"), SENTENCES, [])]
    with pytest.raises(StoreError, match="2 documents"):
        rdf.read_document([*QUADS, *other])
    with pytest.raises(StoreError, match="damaged"):
        rdf.read_document([q for q in QUADS if q.predicate != rdf.KG.states])


def test_provenance_is_deterministic_and_its_hash_follows_content_and_software():
    assert rdf.provenance_quads(ARTICLE, ["kg 0.1.0"]) == rdf.provenance_quads(ARTICLE, ["kg 0.1.0"])
    hashes = {
        rdf.content_hash(ARTICLE),
        rdf.content_hash(ARTICLE, ["kg 0.1.0"]),
        rdf.content_hash(replace(ARTICLE, title=None)),
        rdf.content_hash(replace(ARTICLE, title="None")),
    }
    assert len(hashes) == 4
    ended = rdf.provenance_quads(ARTICLE, ended="2025-06-06T10:00:00Z")
    assert [q.object.value for q in ended if q.predicate == rdf.PROV.endedAtTime] == ["2025-06-06T10:00:00Z"]
