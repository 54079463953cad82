"""Every export is read back by a library other than the one that wrote it."""

import csv
import io
import json
from dataclasses import replace

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_canonical_graph

from kg import iris, rdf
from kg.errors import InputError, KgError
from kg.exports import ENDINGS, EXPORTS, export, to_bytes
from kg.exports.coders import Report
from kg.exports.reports import reports
from kg.store import OxigraphStore
from tests.graph_samples import ARTICLE, CHINA, CLAIMS, EVENT, SENTENCES, TRUMP, XI, newspapers

HOSTILE = "It's \"so\" <b>&amp;</b> \\ , ; 'x' \x0b\r\n\t} ; DROP ALL # ${x} \u2028 end"


@pytest.fixture(scope="module")
def store():
    store = OxigraphStore()
    fill(store, [*newspapers()])
    return store


def fill(store, articles):
    for article in articles:
        store.put(article.quads())
    odd = replace(ARTICLE, title=HOSTILE)
    said = rdf.document_quads(odd, SENTENCES, CLAIMS, [EVENT])
    quads = [*said, *rdf.provenance_quads(odd, ["kg 0.1.0"])]
    store.put(quads + rdf.actor_quads([TRUMP, XI, CHINA]))
    store.derive()


def merged(store) -> set[tuple]:
    """The triples of all graphs as one, as rdflib sees them."""
    data = b"".join(store.dump(g) for g in ["", *store.graphs()])
    return set(rdflib.Graph().parse(data=data, format="nt"))


@pytest.mark.parametrize(
    ("name", "format"),
    [("turtle", "turtle"), ("turtle-unsorted", "turtle"), ("ntriples", "nt")],
)
def test_formats_without_graphs_hold_every_triple(store, name, format):
    assert set(rdflib.Graph().parse(data=to_bytes(store, name), format=format)) == merged(store)


def test_rdfxml_holds_every_triple_but_for_characters_that_xml_forbids(store):
    found = set(rdflib.Graph().parse(data=to_bytes(store, "rdfxml"), format="xml"))
    odd = {t for t in merged(store) if "\x0b" in str(t[2])}
    assert len(odd) == 1
    assert merged(store) - found == odd
    ((_, _, title),) = found - merged(store)
    assert title.startswith("It's \"so\" <b>&amp;</b> \\ , ; 'x' \ufffd")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("name", "format"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_formats_with_graphs_hold_every_quad(store, name, format):
    found = rdflib.Dataset()
    found.parse(data=to_bytes(store, name), format=format)
    graphs = {str(g.identifier): set(g) for g in found.graphs() if len(g)}
    assert graphs.pop("urn:x-rdflib:default") == set(rdflib.Graph().parse(data=store.dump(""), format="nt"))
    assert sorted(graphs) == store.graphs()
    for name, triples in graphs.items():
        assert triples == set(rdflib.Graph().parse(data=store.dump(name), format="nt")), name


def test_nquads_make_the_same_store_again(store):
    again = ox.Store()
    again.bulk_load(to_bytes(store, "nquads"), format=ox.RdfFormat.N_QUADS)
    assert set(again) == set(store.quads())


def test_rdf12_turtle_says_the_same_with_reified_triples(store):
    """rdflib 7 reads no RDF 1.2, so Oxigraph reads it, and the triples are taken apart again."""
    found = ox.Store()
    found.load(to_bytes(store, "turtle12"), format=ox.RdfFormat.TURTLE)
    found.update(
        """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        DELETE { ?n rdf:reifies ?t } INSERT { ?n rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
        WHERE { ?n rdf:reifies ?t
          BIND(SUBJECT(?t) AS ?s) BIND(PREDICATE(?t) AS ?p) BIND(OBJECT(?t) AS ?o) }"""
    )
    data = found.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert set(rdflib.Graph().parse(data=data, format="nt")) == merged(store)
    assert b"rdf:reifies <<( id:irn rel:attack id:chn )>>" in to_bytes(store, "turtle12")


def test_jsonld_is_compact_and_plain_to_read(store):
    document = json.loads(to_bytes(store, "jsonld"))
    graphs = {g["@id"]: g["@graph"] for g in document["@graph"] if "@graph" in g}
    nodes = {node["@id"]: node for node in graphs["id:" + iris.graph(ARTICLE.id).removeprefix(iris.ID)]}
    statement = nodes["id:" + iris.statement(CLAIMS[1].id).removeprefix(iris.ID)]
    assert (statement["subject"], statement["predicate"], statement["object"]) == (
        *("id:xi-jinping", "rel:call", "id:donald-trump"),
    )
    claim = nodes["id:" + CLAIMS[1].id]
    assert (claim["modality"], claim["source"]) == ("kg:obligated", "id:donald-trump")
    assert statement["span"] == "char=45,59"


ACTORS = {"chn", "donald-trump", "irn", "the-envoy", "xi-jinping"}


def check_edges(edges):
    """Source, target, relation, polarity, source of the claim."""
    assert sorted(edges) == [
        ("chn", "irn", "accuse", "affirmed", "c"),
        ("donald-trump", "chn", "visit", "affirmed", "Daily"),
        ("donald-trump", "xi-jinping", "call", "negated", "c"),
        ("irn", "chn", "attack", "affirmed", "Daily"),
        ("irn", "chn", "attack", "affirmed", "c"),
        ("irn", "chn", "attack", "negated", "the envoy"),
        ("xi-jinping", "donald-trump", "call", "affirmed", "Donald Trump"),
        ("xi-jinping", "irn", "leave", "affirmed", "Donald Trump"),
    ]


def test_graphml_and_gexf_are_read_by_networkx_and_expat(store):
    for graph in (
        nx.read_graphml(io.BytesIO(to_bytes(store, "graphml")), force_multigraph=True),
        nx.read_gexf(io.BytesIO(to_bytes(store, "gexf"))),
    ):
        assert set(graph) == ACTORS
        check_edges((a, b, d["relation"], d["polarity"], d["said_by"]) for a, b, d in graph.edges(data=True))
        assert graph.nodes["donald-trump"]["label"] == "Donald Trump"


def test_gexf_has_dates_of_whole_days_and_not_the_day_of_writing(store):
    graph = nx.read_gexf(io.BytesIO(to_bytes(store, "gexf")))
    starts = {(a, b, d["relation"], d.get("start")) for a, b, d in graph.edges(data=True)}
    assert ("irn", "chn", "attack", "2025-05-30") in starts
    assert b"lastmodifieddate" not in to_bytes(store, "gexf")


def test_csv_is_read_by_the_csv_module(store):
    edges = list(csv.DictReader(io.StringIO(to_bytes(store, "csv").decode(), newline="")))
    check_edges((e["source"], e["target"], e["relation"], e["polarity"], e["said_by"]) for e in edges)
    nodes = list(csv.DictReader(io.StringIO(to_bytes(store, "csv-nodes").decode(), newline="")))
    assert {n["id"] for n in nodes} == ACTORS
    assert [n for n in nodes if n["id"] == "chn"] == [
        {"id": "chn", "label": "China", "type": "state", "country": "CHN", "sector": "GOV"}
    ]


def test_cypher_runs_in_a_graph_database(store, tmp_path):
    kuzu = pytest.importorskip("kuzu")
    database = kuzu.Connection(kuzu.Database(str(tmp_path / "db")))
    texts = "label, type, country, sector".replace(",", " STRING,")
    database.execute(f"CREATE NODE TABLE Actor(id STRING PRIMARY KEY, {texts} STRING)")
    more = "relation polarity modality factuality tense said_by date statement sentence article".split()
    columns = ", ".join(f"{name} STRING" for name in ["id", *more])
    database.execute(f"CREATE REL TABLE CLAIM(FROM Actor TO Actor, {columns}, confidence DOUBLE)")
    script = to_bytes(store, "cypher").decode()
    for _ in range(2):  # MERGE: running it again changes nothing
        for line in script.splitlines():
            database.execute(line)
    asked = "MATCH (a:Actor)-[c:CLAIM]->(b:Actor) RETURN a.id, b.id, c.relation, c.polarity, c.said_by"
    check_edges(tuple(row) for row in database.execute(asked))


def test_events_are_exported_as_they_were_coded(store):
    (line,) = to_bytes(store, "icews").decode().splitlines()[1:]
    assert "Donald Trump" in line
    assert "Xi Jinping" in line
    assert "106" in line.split("\t")
    (report,) = reports(store)
    assert report == Report(EVENT, replace(ARTICLE, title=HOSTILE), CLAIMS[0])
    assert report.event.actors[0].wikidata == TRUMP.wikidata


def test_text_cannot_break_out_of_a_cypher_string():
    from kg.exports.graphs import _quoted

    assert _quoted("x'}) DETACH DELETE a //") == "'x\\'}) DETACH DELETE a //'"
    assert _quoted("x\\'}") == "'x\\\\\\'}'"


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_content_gives_the_same_bytes_whatever_the_order_of_writing(store, name):
    other = OxigraphStore()
    fill(other, reversed(newspapers()))
    if name != "turtle-unsorted":
        assert to_bytes(other, name) == to_bytes(store, name)
    assert EXPORTS[name].__doc__


@pytest.mark.parametrize("name", EXPORTS)
def test_an_empty_store_exports_too(name):
    assert isinstance(to_bytes(OxigraphStore(), name), bytes)


def test_a_files_ending_says_its_format(store, tmp_path):
    assert set(ENDINGS.values()) <= set(EXPORTS)
    export(store, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == to_bytes(store, "turtle")
    with pytest.raises(KgError, match=r"graph.odd: the name's ending tells no format; give one of turtle,"):
        export(store, tmp_path / "graph.odd")
    with pytest.raises(KgError, match="no such export"):
        export(store, tmp_path / "graph.ttl", "odd")


def test_a_file_that_cannot_be_written_is_named_and_half_a_file_never_stays(store, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="cannot be written: No such file"):
        export(store, tmp_path / "none" / "g.ttl")
    (tmp_path / "g.ttl").write_text("old")
    closed = OxigraphStore()
    closed.close()
    with pytest.raises(KgError, match="closed"):
        export(closed, tmp_path / "g.ttl")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("g.ttl", "old")]


def test_turtle_is_sorted_and_has_prefixes(store):
    text = to_bytes(store, "turtle").decode()
    subjects = [line.split()[0] for line in text.splitlines() if line.startswith(("id:", "rel:"))]
    assert subjects == sorted(
        subjects, key=lambda s: s.replace("rel:", iris.REL).replace("id:", iris.ID) + ">"
    )
    assert len(subjects) == len(set(subjects))
    assert to_canonical_graph(rdflib.Graph().parse(data=text, format="turtle"))
