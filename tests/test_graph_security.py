"""Text is never markup, query or path: hostile headlines, names, ids and queries."""

import contextlib
import http.server
import io
import threading
import time
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib

from kg import iris, rdf
from kg.errors import KgError, QueryError, StoreError
from kg.exports import EXPORTS, to_bytes
from kg.store import OxigraphStore, guard, queries
from kg.store.shared import Shared
from tests.graph_samples import ARTICLE, CLAIMS, SENTENCES, TRUMP

HEADLINES = [
    '"} } ; DROP ALL ; INSERT DATA { GRAPH <x:y> { <a:a> <b:b> "',
    "'''} ; CLEAR ALL #",
    '""" . } ; DELETE WHERE { ?s ?p ?o } ; #',
    '\\"} ; DROP ALL #',
    "\\u0022} ; DROP ALL #",
    "a\\",
    "> } ; DROP ALL ; <",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]></rdf:Description><kg:Claim/><![CDATA[",
    "&lt;b&gt; &amp; &#0; %00 %2e%2e/ ../../etc/passwd",
    "x' }) DETACH DELETE a //",
    "x\\' }) DETACH DELETE a //",
    '=HYPERLINK("http://evil.example")',
    "line\nbreak\r\nand\ttab \x0b \x85 \u2028 \u2029",
    "\ufeff\u202eright-to-left\u202c \U0001f4a5 \ud7ff\ue000\ufffd",
    "@prefix kg: <http://evil.example/> .",
    "?s ?p ?o . FILTER(1=1)",
    "$variable ${shell} `id` $(id) {{7*7}} %s {0}",
    "graph-actors",
    "-",
    " ",
]


@pytest.fixture
def store():
    store = OxigraphStore()
    quads = [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS), *rdf.provenance_quads(ARTICLE)]
    store.put(quads + rdf.actor_quads([TRUMP]))
    store.derive()
    return store


def hostile(text: str):
    """A document that says this in every place where text from outside can stand."""
    document = replace(ARTICLE, id=text, title=text, publisher=text, url=text, published=text, language=text)
    document = replace(document, text=f"{ARTICLE.text} {text}")
    actor = replace(TRUMP, id=text, label=text, type=text, country=text, sector=text, known=False)
    s = CLAIMS[0].statement
    subject = replace(s.subject, actor=actor, reason=text)
    relation = replace(s.relation, lemma=text)
    statement = replace(s, subject=subject, relation=relation, object=None)
    claim = replace(CLAIMS[0], document=text, statement=statement, cue=text, found_by=text)
    return document, claim, actor


@pytest.mark.parametrize("text", HEADLINES)
def test_hostile_text_goes_in_and_out_unchanged_and_touches_nothing_else(store, text):
    before = set(store.quads())
    document, claim, actor = hostile(text)
    quads = [*rdf.document_quads(document, SENTENCES, [claim]), *rdf.provenance_quads(document, [text])]
    store.put([*quads, *rdf.actor_quads([actor])])
    assert before <= set(store.quads())
    graph = iris.graph(text)
    found, (again,), _ = rdf.read_document(Shared(store).beside(store.quads(graph)))
    assert (found, again, again.statement.subject.actor.label) == (document, claim, text)
    new = set(store.quads()) - before - set(quads)
    assert {q.graph_name for q in new} == {rdf.ACTORS_GRAPH}
    assert store.documents()[text].title == text
    store.derive()
    assert store.remove(text)
    store.derive()
    left = {q for q in set(store.quads()) - before if q.graph_name != rdf.ACTORS_GRAPH}
    assert not left


@pytest.mark.parametrize("text", HEADLINES)
def test_hostile_text_leaves_every_rdf_export_readable(store, text):
    document, claim, _ = hostile(text)
    store.put([*rdf.document_quads(document, SENTENCES, [claim]), *rdf.provenance_quads(document)])
    triples = len({q.triple for q in store.quads()})
    for name, format in (("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")):
        assert len(rdflib.Graph().parse(data=to_bytes(store, name), format=format)) == triples, name
    for name in EXPORTS:
        assert to_bytes(store, name) is not None


def test_hostile_text_is_no_markup_in_a_notebook(store):
    for text in HEADLINES:
        document, claim, _ = hostile(text)
        store.put([*rdf.document_quads(document, SENTENCES, [claim]), *rdf.provenance_quads(document)])
    table = store.query("SELECT ?t { ?d schema:headline ?t }")._repr_html_()
    picture = store.query("CONSTRUCT { ?d schema:headline ?t } { ?d schema:headline ?t }")._repr_html_()
    for shown in (table, picture):
        assert "<script" not in shown
        assert "<img" not in shown
    assert "&lt;script&gt;" in table


@pytest.mark.parametrize("text", HEADLINES)
def test_hostile_text_as_a_parameter_of_a_query_stays_a_value(store, text):
    query = queries.text("timeline-of-pair", one=text)
    assert store.query(query).rows == []
    with pytest.raises(KgError):
        queries.text("what-changed", since=text)
    with pytest.raises(QueryError, match="no query is called"):
        queries.text(f"../../{text}")


def test_an_actors_id_cannot_pass_for_another_kind_of_node():
    claim, document = CLAIMS[0].id, iris.document("x")
    taken = [
        claim,
        "graph-actors",
        "graph-asserted",
        "run-1",
        document.removeprefix(iris.ID),
        f"st-{claim[2:]}",
    ]
    for id in taken:
        assert iris.actor(id) != iris.ID + id
        assert iris.actor_id(iris.actor(id)) == id


def test_iris_from_text_are_always_valid():
    for text in HEADLINES:
        for make in (iris.actor, iris.document, iris.graph, iris.publisher, iris.relation, iris.argument):
            assert ox.NamedNode(make(text)).value.startswith(iris.BASE)


def test_quads_of_two_documents_are_not_taken_for_one(store):
    other = replace(ARTICLE, id="other")
    with pytest.raises(StoreError, match="one document's graph was expected"):
        store.put([*rdf.document_quads(ARTICLE, [], []), *rdf.document_quads(other, [], [])])


@pytest.fixture(scope="module")
def listener():
    """A server that should never be asked: its address, and the requests that came all the same."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


REMOTE = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "SELECT * { sErViCe # comment\n <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { BIND(1AS?x)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { BIND('\\'' AS ?x) SERVICE <URL> { BIND('' AS ?y) } }",
    'SELECT * { BIND("""a"b\\"""" AS ?x) SERVICE <URL> { ?s ?p "" } }',
    "SELECT * { BIND('# ' AS ?x) SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s <http://a/#b> ?o . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { # a\r SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } } } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM<URL>{ ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * FROMe:x { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <URL> WHERE { ?s ?p ?o }",
    "\\u0053ERVICE",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", REMOTE)
def test_queries_that_would_reach_out_are_refused_and_never_run(store, listener, query):
    address, asked = listener
    with pytest.raises(QueryError, match=r"line \d+, column \d+: .* refused"):
        store.query(query.replace("URL", address))
    assert asked == []


def test_reaching_out_can_be_allowed(store, listener):
    address, asked = listener
    with pytest.raises(QueryError, match="the query failed"):
        store.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", allow_remote=True)
    assert asked
    asked.clear()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?from $load { ?service ?from $load }",
        'SELECT * { ?s ?p \'SERVICE <http://x/>\', "FROM", \'\'\'LOAD\'\'\', """it\'s a "SERVICE" """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
        "SELECT * { ?s <http://example.org/service/FROM#LOAD> ?o }",
        "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ex:FROM ; ex:load _:service }",
        "SELECT * { ?s rdfs:label 'service'@en-service }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?s > 2) }",
        "SELECT * { ?s ?p 'caf\\u00e9' , <http://example.org/\\u00e9> }",
        "ASK { FILTER(" + "(" * 150 + "1" + ")" * 150 + ") }",
    ],
)
def test_harmless_queries_are_let_through(store, query):
    store.query(query)


@pytest.mark.parametrize(
    "update",
    [
        *("DROP ALL", "CLEAR DEFAULT", "INSERT DATA { <a:a> <b:b> <c:c> }", "DELETE WHERE { ?s ?p ?o }"),
        *("LOAD <http://127.0.0.1:9/>", "load silent <file:///etc/passwd> INTO GRAPH <x:y>"),
        "# a\nPREFIX a: <b:c>\n base <d:e> insert { ?s ?p 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_a_query_never_changes_a_store(store, update):
    before = set(store.quads())
    with pytest.raises(QueryError, match="changes the store"):
        store.query(update)
    assert set(store.quads()) == before


def test_the_guard_is_quick_on_long_texts():
    for text in (
        "'" + "\\'" * 200_000,
        '"""' + 'a"' * 200_000,
        "<" + "a" * 400_000,
        "@" + "a-" * 200_000,
        "?" * 400_000,
        "\\u005C" + "u005C" * 80_000,
        "# SERVICE\n" * 40_000,
    ):
        started = time.perf_counter()
        with contextlib.suppress(QueryError):
            guard.check(f"{text} SERVICE")
        assert time.perf_counter() - started < 2, text[:20]


def test_an_export_goes_where_it_is_told_and_nowhere_else(store):
    out = io.BytesIO()
    EXPORTS["nquads"](store, out)
    assert out.getvalue().count(b"\n") == len(list(store.quads()))
