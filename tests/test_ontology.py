"""Every IRI that kg writes is declared, with label and definition; files parse; the context compacts."""

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD

from kg import iris, model, rdf, resources
from kg.english.lexicon import table
from kg.store import OxigraphStore
from tests.graph_samples import ARTICLE, CHINA, CLAIMS, EVENT, SENTENCES, TRUMP, XI, newspapers

FILES = ("kg.ttl", "plover.ttl", "cameo.ttl", "alignments.ttl", "shapes.ttl")
KG = rdflib.Graph().parse(resources.path("ontologies/kg.ttl"))
CONCEPTS = rdflib.Graph()
for name in ("plover.ttl", "cameo.ttl"):
    CONCEPTS.parse(resources.path(f"ontologies/{name}"))
OURS = sorted({s for s in KG.subjects() if str(s).startswith(iris.KG)})
ONTOLOGY = rdflib.URIRef(iris.ONTOLOGY)


def graph() -> set[ox.Quad]:
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    quads = [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT])]
    quads += rdf.provenance_quads(ARTICLE, ["kg 0.1.0"], "2025-06-06T10:00:00Z")
    store.put(quads + rdf.actor_quads([TRUMP, XI, CHINA]))
    store.derive()
    return set(store.quads())


def undeclared(quads) -> set[str]:
    """The IRIs among these quads that no file declares and the graph itself does not describe."""
    described = {q.subject.value for q in quads} | {
        iris.ACTORS_GRAPH,
        iris.ASSERTED_GRAPH,
        iris.VOCABULARY_GRAPH,
    }
    declared = {str(s) for g in (KG, CONCEPTS) for s in g.subjects()} | {iris.ONTOLOGY_VERSION}
    names = {t.value for q in quads for t in (*q.triple, q.graph_name) if isinstance(t, ox.NamedNode)}
    names = {n for n in names if not n.startswith((iris.WIKIDATA, iris.XSD))}
    return {
        n for n in names if n not in declared and not (n.startswith((iris.ID, iris.REL)) and n in described)
    }


def test_every_iri_in_a_graph_is_declared():
    assert undeclared(graph()) == set()


def test_an_undeclared_iri_would_be_noticed():
    odd = ox.Quad(rdf.KG.Claim, rdf.KG.nothing, rdf.KG.Claim)
    assert undeclared({odd}) == {iris.KG + "nothing"}


@pytest.mark.parametrize("name", ["Polarity", "Modality", "Factuality", "Tense", "Precision"])
def test_every_value_of_the_model_is_an_individual_of_its_class(name):
    cls = rdflib.URIRef(iris.KG + {"Precision": "DatePrecision"}.get(name, name))
    values = {str(s).removeprefix(iris.KG) for s in KG.subjects(RDF.type, cls)}
    assert values == set(getattr(model, name).__args__)


def test_every_role_of_an_argument_has_its_property():
    roles = {frame.role for frame in table("prepositions").values()} | {"recipient", "manner", "other"}
    for role in roles:
        assert (
            rdflib.URIRef(iris.argument(role)),
            RDFS.subPropertyOf,
            rdflib.URIRef(iris.KG + "argument"),
        ) in KG


def test_every_term_of_the_code_is_declared():
    """`KG.name` anywhere in kg names a term of the ontology."""
    package = Path(rdf.__file__).parent
    used = {
        m for f in package.rglob("*.py") for m in re.findall(r"\bKG\.(\w+)", f.read_text(encoding="utf-8"))
    }
    queries = resources.path("data/queries").rglob("*.rq")
    used |= {m for f in queries for m in re.findall(r"\bkg:(\w+)", f.read_text(encoding="utf-8"))}
    assert {rdflib.URIRef(iris.KG + name) for name in used} <= set(OURS)


@pytest.mark.parametrize("term", OURS, ids=lambda term: str(term).removeprefix(iris.KG))
def test_every_term_has_label_definition_and_home(term):
    assert KG.value(term, RDFS.label).language == "en"
    assert str(KG.value(term, SKOS.definition)).endswith((".", "…"))
    assert KG.value(term, RDFS.isDefinedBy) == ONTOLOGY
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual, RDF.Property}
    assert len(kinds & set(KG.objects(term, RDF.type))) == 1


def test_every_property_says_where_it_belongs():
    properties = {
        p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for p in KG.subjects(RDF.type, kind)
    }
    for term in properties:
        belongs = (RDFS.domain, RDFS.range, SKOS.scopeNote, RDFS.subPropertyOf)
        assert any(KG.value(term, p) for p in belongs), term


def test_the_header_has_version_licence_and_prefix():
    assert str(KG.value(ONTOLOGY, OWL.versionIRI)) == iris.ONTOLOGY_VERSION
    for name in ("title", "description", "license"):
        assert KG.value(ONTOLOGY, rdflib.DCTERMS[name])
    assert str(KG.value(ONTOLOGY, rdflib.VANN.preferredNamespacePrefix)) == "kg"


@pytest.mark.parametrize("name", FILES)
def test_files_parse_alike_in_two_libraries_and_import_nothing(name):
    path = resources.path(f"ontologies/{name}")
    one = rdflib.Graph().parse(path)
    two = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    assert len(one) == len({q.triple for q in two})
    assert not list(one.triples((None, OWL.imports, None)))
    assert not list(one.triples((None, OWL.sameAs, None)))


def test_alignments_speak_only_of_declared_terms():
    aligned = rdflib.Graph().parse(resources.path("ontologies/alignments.ttl"))
    assert {s for s in aligned.subjects() if str(s).startswith(iris.KG)} <= set(OURS)


def test_the_context_knows_every_property_and_that_links_are_links():
    context = json.loads(resources.path("ontologies/context.jsonld").read_bytes())["@context"]
    assert iris.PREFIXES.items() <= context.items()
    terms = {v["@id"] if isinstance(v, dict) else v for v in context.values()}
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in KG.subjects(RDF.type, kind):
            short = "kg:" + str(term).removeprefix(iris.KG)
            assert short in terms or short == "kg:argument", short
            links = [v for v in context.values() if isinstance(v, dict) and v["@id"] == short]
            if kind == OWL.ObjectProperty and links:
                assert links[0]["@type"] == "@id"


def test_literals_are_typed_as_the_ontology_says():
    ranges = {str(p): str(r) for p, r in KG.subject_objects(RDFS.range) if str(r).startswith(str(XSD))}
    for quad in graph():
        expected = ranges.get(quad.predicate.value)
        if expected is not None:
            assert quad.object.datatype.value == expected, quad
