"""One contract for every store, and what only a store on disk can do."""

import contextlib
import datetime
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg import iris, rdf
from kg.errors import BusyStoreError, QueryError, StoreError
from kg.store import Iri, OxigraphStore, Rows, Triples, open_store
from kg.store.remote import RemoteStore
from kg.store.shared import Shared
from tests import effort
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES, TRUMP, XI

OTHER = replace(ARTICLE, id="articles/other.txt", title='"} ; DROP ALL #', publisher=None)


def quads_of(document, claims=CLAIMS, events=(EVENT,)):
    own = [replace(c, document=document.id) for c in claims]
    ids = {old.id: new.id for old, new in zip(claims, own, strict=True)}
    own = [replace(c, nested_in=ids.get(c.nested_in)) for c in own]
    coded = [replace(e, document=document.id, claim=ids[e.claim]) for e in events]
    said = rdf.document_quads(document, SENTENCES, own, coded)
    return [*said, *rdf.provenance_quads(document, ["kg 0.1.0"])]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(400):
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(address)
            return
        time.sleep(0.05)
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def oxigraph():
    """Oxigraph's own server: its address."""
    address = f"127.0.0.1:{free_port()}"
    program = shutil.which("oxigraph", path=Path(sys.executable).parent)
    if program is None:
        pytest.skip("the oxigraph server is not installed")
    with subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://{address}/")
            yield f"http://{address}"
        finally:
            process.kill()


VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
MaxQueryExecutionTime = 20
"""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory):
    """Debian's Virtuoso in a folder of its own, with updates allowed to visitors: its SPARQL address."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        missing = "no virtuoso-t: apt-get install virtuoso-opensource-7-bin"
        if os.environ.get("KG_REQUIRE_VIRTUOSO") == "1":
            pytest.fail(f"KG_REQUIRE_VIRTUOSO=1, and there is {missing}")
        pytest.skip(missing)
    folder, sql, http = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "v.ini").write_text(VIRTUOSO.format(folder=folder, sql=sql, http=http))
    command = ["virtuoso-t", "-f", "-c", folder / "v.ini"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{http}/sparql")
            grant = "exec=GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);"
            subprocess.run(
                ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", grant], check=True, capture_output=True
            )
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            process.kill()


STORES = ("memory", "disk", "oxigraph", "virtuoso")


@pytest.fixture(params=STORES)
def store(request, tmp_path):
    where = {"memory": None, "disk": tmp_path / "store"}
    location = where[request.param] if request.param in where else request.getfixturevalue(request.param)
    with open_store(location, create=True) as opened:
        yield opened
    if request.param == "oxigraph":
        httpx.post(f"{location}/update", data={"update": "DROP ALL"}).raise_for_status()
    if request.param == "virtuoso":
        with open_store(location) as left:
            for name in (*left.graphs(), iris.PROVENANCE_GRAPH):
                left._update(f"DROP SILENT GRAPH <{name}>")


def count(store, pattern="?s ?p ?o") -> int:
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}").rows
    return row.n


def test_a_document_goes_in_and_comes_out_again(store):
    store.put(quads_of(ARTICLE))
    quads = Shared(store).beside(store.quads(iris.graph(ARTICLE.id)))
    assert rdf.read_document(quads) == (ARTICLE, CLAIMS, [EVENT])
    (row,) = store.documents().values()
    assert row == (ARTICLE.id, ARTICLE.title, ARTICLE.publisher, "2025-06-06", row.content_hash)
    assert row.content_hash == rdf.content_hash(ARTICLE, ["kg 0.1.0"])


def test_putting_twice_changes_nothing_and_a_changed_article_replaces_its_graph(store):
    store.put(quads_of(ARTICLE))
    before = sorted(map(str, store.quads()))
    store.put(quads_of(ARTICLE))
    assert sorted(map(str, store.quads())) == before
    store.put(quads_of(replace(ARTICLE, title="New"), CLAIMS[:1]))
    assert store.documents()[ARTICLE.id].title == "New"
    assert count(store, "?c a kg:Claim") == 1


def test_many_documents_at_once_are_the_same_as_one_by_one(store):
    changed = quads_of(replace(ARTICLE, title="Later"))
    assert store.put_many([quads_of(ARTICLE), quads_of(OTHER), changed]) == 3
    one_by_one = OxigraphStore()
    for quads in (changed, quads_of(OTHER)):
        one_by_one.put(quads)
    assert set(store.quads()) == set(one_by_one.quads())
    store.put_many([quads_of(ARTICLE)])
    assert store.documents()[ARTICLE.id].title == ARTICLE.title


def test_removing_takes_everything_of_that_document_and_nothing_else(store):
    store.put(quads_of(OTHER))
    before = set(store.quads())
    store.put(quads_of(ARTICLE))
    assert store.remove(ARTICLE.id)
    assert set(store.quads()) == before
    assert not store.remove(ARTICLE.id)


def test_a_large_document_goes_in_and_out_in_pieces(store, monkeypatch):
    for module in ("packed", "oxigraph"):
        monkeypatch.setattr(f"kg.store.{module}.PIECE", 7)
    store.put_many([quads_of(OTHER)])
    before = set(store.quads())
    changed = quads_of(replace(ARTICLE, title="Later"), CLAIMS[:1])
    for quads in (quads_of(ARTICLE), changed, quads_of(ARTICLE), changed):
        store.put_many([quads])
        once = OxigraphStore()
        once.put_many([quads_of(OTHER), quads])
        assert set(store.quads()) == set(once.quads())
        assert set(store.dump(None).splitlines()) == set(once.dump(None).splitlines())
    assert store.remove(ARTICLE.id)
    assert set(store.quads()) == before
    assert not store.remove(ARTICLE.id)


def test_a_large_document_that_is_half_gone_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.oxigraph.PIECE", 7)
    whole, steps = OxigraphStore._update, []

    def stopped(self, text: str) -> None:
        if len(steps) == 3:
            raise KeyboardInterrupt
        steps.append(text)
        whole(self, text)

    with OxigraphStore(tmp_path / "store") as store:
        store.put(quads_of(ARTICLE))
        monkeypatch.setattr(OxigraphStore, "_update", stopped)
        with pytest.raises(KeyboardInterrupt):
            store.remove(ARTICLE.id)
        monkeypatch.setattr(OxigraphStore, "_update", whole)
        assert store.documents() == {}
        store.put(quads_of(ARTICLE))
        once = OxigraphStore()
        once.put(quads_of(ARTICLE))
        assert set(store.quads()) == set(once.quads())


def test_a_store_is_opened_once_whatever_its_folder_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("s")
    with open_store("s", create=True):
        for name in ("s", "./s", tmp_path / "s", "link"):
            with pytest.raises(BusyStoreError, match="another process writes"):
                open_store(name)


def test_what_a_document_honours_and_was_read_by_is_told(store):
    quads = rdf.provenance_quads(ARTICLE, ["kg 0.1.0", "m-1"], decisions=["j-1", "j-2"])
    store.put([*rdf.document_quads(ARTICLE, [], [], []), *quads])
    assert store.honoured() == {ARTICLE.id: ["j-1", "j-2"]}
    assert store.made_by() == {ARTICLE.id: ["kg 0.1.0", "m-1"]}


def test_copies_are_kept_and_go_with_either_document(store):
    for first, copy in ((ARTICLE, OTHER), (OTHER, ARTICLE)):
        for document in (ARTICLE, OTHER):
            store.put(quads_of(document))
        store.keep_copies({copy.id: first.id})
        assert store.copies() == {copy.id: first.id}
        store.remove(ARTICLE.id)
        assert store.copies() == {}
        assert store.query("SELECT ?copy { ?copy kg:copyOf ?first }").rows == []


def test_plain_edges_are_what_documents_themselves_assert_as_certain(store):
    store.put(quads_of(ARTICLE))
    store.derive()
    store.put_many([quads_of(ARTICLE)])
    store.derive()
    edges = list(store.quads(iris.ASSERTED_GRAPH))
    assert {(q.subject.value, q.predicate.value) for q in edges} == {
        (iris.actor("donald-trump"), iris.relation("insist")),
        (iris.actor("chn"), iris.relation("deny")),
    }


def test_plain_edges_follow_the_documents(store):
    store.put(quads_of(ARTICLE))
    store.derive()
    store.remove(ARTICLE.id)
    store.derive()
    assert list(store.quads(iris.ASSERTED_GRAPH)) == []


def test_edges_that_are_added_and_edges_made_anew_are_the_same(store):
    many = [
        quads_of(replace(ARTICLE, id=f"{n}"), [replace(c, document=f"{n}") for c in CLAIMS[n % 3 :]], [])
        for n in range(6)
    ]
    at_once = OxigraphStore()
    at_once.put_many(many)
    at_once.derive()
    for part in (many[:3], many[3:5], many[5:], many[:1]):  # the last is there already
        store.put_many(part)
        store.derive()
    assert set(store.quads(iris.ASSERTED_GRAPH)) == set(at_once.quads(iris.ASSERTED_GRAPH))
    assert len(set(store.quads(iris.ASSERTED_GRAPH))) > 1
    store.remove("5")
    store.put_many([quads_of(OTHER)])
    store.derive()
    at_once.remove("5")
    at_once.put_many([quads_of(OTHER)])
    at_once.derive()
    assert set(store.quads(iris.ASSERTED_GRAPH)) == set(at_once.quads(iris.ASSERTED_GRAPH))


def test_actors_may_come_along_with_a_document(store):
    store.put([*quads_of(OTHER), *rdf.actor_quads([TRUMP])])
    store.put_many([[*quads_of(ARTICLE), *rdf.actor_quads([TRUMP, XI])]])
    assert set(store.quads(iris.ACTORS_GRAPH)) == set(rdf.actor_quads([TRUMP, XI])) | {
        q for q in quads_of(ARTICLE) if q.graph_name == rdf.ACTORS_GRAPH
    }
    assert list(store.documents()) == [ARTICLE.id, OTHER.id]


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": "negated"},
        {"modality": "possible"},
        {"factuality": "probable"},
        {"tense": "future"},
        {"speaker": CLAIMS[1].speaker},
    ],
)
def test_nothing_else_becomes_a_fact(change):
    store = OxigraphStore()
    store.put(quads_of(ARTICLE, [replace(CLAIMS[2], **change)], []))
    store.derive()
    assert list(store.quads(iris.ASSERTED_GRAPH)) == []


def test_actors_have_a_graph_of_their_own(store):
    store.put([*quads_of(ARTICLE), *rdf.actor_quads([TRUMP])])
    store.put([*quads_of(ARTICLE), *rdf.actor_quads([TRUMP, XI])])
    assert store.graphs() == sorted([iris.ACTORS_GRAPH, iris.VOCABULARY_GRAPH, iris.graph(ARTICLE.id)])
    (row,) = store.query(
        "SELECT ?title ?since { ?r org:member id:donald-trump ; rdfs:label ?title ; kg:since ?since }"
    )
    assert row == ("President of the United States", datetime.date(2025, 1, 20))


def test_rows_have_plain_values_names_and_standard_formats(store):
    store.put(quads_of(ARTICLE))
    rows = store.query(
        "SELECT ?who ?confidence ?start ?date ?nothing { ?e kg:date ?date ."
        " ?c kg:states [rdf:subject ?who] ; kg:confidence ?confidence ;"
        " kg:inSentence/nif:beginIndex ?start ; kg:cue 'insist' }"
    )
    assert rows.columns == ("who", "confidence", "start", "date", "nothing")
    (row,) = rows
    assert row == (iris.actor("xi-jinping"), Decimal("0.88"), 0, datetime.date(2025, 6, 6), None)
    assert (row.who, row["start"], row[1]) == (Iri(iris.actor("xi-jinping")), 0, Decimal("0.88"))
    assert row.asdict()["nothing"] is None
    assert rows.table()[1] == [("id:xi-jinping", "0.88", "0", "2025-06-06", "")]
    assert json.loads(rows.to_json())["head"]["vars"] == list(rows.columns)
    assert rows.to_csv().splitlines() == [
        "who,confidence,start,date,nothing",
        f"{iris.actor('xi-jinping')},0.88,0,2025-06-06,",
    ]
    assert '<binding name="start">' in rows.to_xml()
    assert rows.to_tsv().splitlines()[1].startswith(f"<{iris.actor('xi-jinping')}>\t0.88\t0\t")
    assert "<td>id:xi-jinping</td>" in rows._repr_html_()
    (binding,) = rows.to_rdflib()
    assert binding["start"].toPython() == 0


def test_rows_become_a_networkx_graph(store):
    store.put(quads_of(ARTICLE))
    graph = store.query(
        "SELECT ?a ?b ?l { ?s rdf:subject ?a ; rdf:object ?b ; rdfs:label ?l . ?b a kg:Actor }"
    ).to_networkx()
    assert list(graph.edges(data="l")) == [
        (iris.actor("xi-jinping"), iris.actor("donald-trump"), "Xi Jinping needed to call Donald Trump")
    ]


def test_construct_gives_triples_and_ask_a_truth_value(store):
    store.put(quads_of(ARTICLE))
    triples = store.query("CONSTRUCT { ?a kg:met ?b } { ?s rdf:subject ?a ; rdf:object ?b . ?b a kg:Actor }")
    assert isinstance(triples, Triples)
    assert "id:xi-jinping kg:met id:donald-trump ." in triples.to_turtle()
    assert len(triples.to_rdflib()) == len(triples) == triples.to_networkx().number_of_edges() == 1
    assert triples._repr_html_().startswith("<svg")
    assert triples.table()[1] == [("id:xi-jinping", "kg:met", "id:donald-trump")]
    yes, no = store.query("ASK { ?c a kg:Claim }"), store.query("ASK { ?c a kg:Nothing }")
    assert yes == True and no == False and yes and not no  # noqa: E712, PT018
    assert yes.table() == (("answer",), [("yes",)])
    assert json.loads(no.to_json())["boolean"] is False
    assert "<boolean>true</boolean>" in yes.to_xml()


def test_a_format_that_does_not_fit_the_answer_is_refused(store):
    with pytest.raises(QueryError, match="gives rows, which cannot be written as Turtle"):
        store.query("SELECT * { ?s ?p ?o }").to_turtle()
    with pytest.raises(QueryError, match="gives triples, which cannot be written as CSV"):
        store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").to_csv()


def test_a_wrong_query_gets_line_and_column(store):
    with pytest.raises(QueryError, match=r'line 2, column 9: the query is wrong near "[?]s [?]p }"'):
        store.query("SELECT * WHERE {\n ?s ?p }")
    with pytest.raises(QueryError, match=r"line 1, .*a prefix is not declared"):
        store.query("SELECT * { ?s a nowhere:x }")
    with pytest.raises(QueryError, match="DELETE changes the store"):
        store.query("DELETE WHERE { ?s ?p ?o }")


# Some seconds on one article: a server works on for nobody until it is through, whatever its own limit.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?i) }"


def test_a_query_that_runs_too_long_is_stopped_and_the_store_goes_on(store):
    store.put(quads_of(ARTICLE))
    with pytest.raises(QueryError, match=r"longer than 0\.6 s"):
        store.query(SLOW, timeout=0.6)
    assert store.query("SELECT ?c { ?c a kg:Claim }", timeout=30) == store.query(
        "SELECT ?c { ?c a kg:Claim }"
    )
    with pytest.raises(QueryError, match="line 1"):
        store.query("SELECT", timeout=30)


def test_a_store_is_found_again_on_disk(tmp_path):
    with open_store(tmp_path / "s", create=True) as store:
        store.put(quads_of(ARTICLE))
    with open_store(tmp_path / "s") as store:
        assert list(store.documents()) == [ARTICLE.id]


def test_an_error_that_is_kept_does_not_hold_the_store(tmp_path):
    with pytest.raises(QueryError) as kept, open_store(tmp_path / "s", create=True) as store:
        store.query("SELECT")
    open_store(tmp_path / "s").close()
    assert kept.value


def test_a_store_that_is_missing_or_something_else_is_refused(tmp_path):
    with pytest.raises(StoreError, match=r"no store at .*kg build"):
        open_store(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "file", create=True)
    with pytest.raises(StoreError, match="no store lies in it"):
        open_store(tmp_path, create=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_a_store_of_another_version_is_refused_in_one_line(tmp_path):
    with open_store(tmp_path / "s", create=True) as store:
        store.put([replace_version(quad) for quad in quads_of(ARTICLE)])
    for create in (False, True):
        with pytest.raises(StoreError, match=r"s was built in the form of version 0\.2\.0, .* kg rebuild"):
            open_store(tmp_path / "s", create=create)


def replace_version(quad: ox.Quad) -> ox.Quad:
    old = quad.object.value.replace(iris.ONTOLOGY_VERSION, f"{iris.ONTOLOGY}/0.2.0")
    return (
        ox.Quad(quad.subject, quad.predicate, ox.NamedNode(old), quad.graph_name)
        if old != quad.object.value
        else quad
    )


def test_a_store_that_another_process_holds_is_refused(tmp_path):
    with open_store(tmp_path / "s", create=True):
        code = "import sys; from kg.store import open_store; open_store(sys.argv[1])"
        done = subprocess.run([sys.executable, "-c", code, tmp_path / "s"], capture_output=True, text=True)
    assert "StoreError" in done.stderr
    assert "another process writes into" in done.stderr


def test_a_reader_sees_a_store_while_another_process_writes_there_and_leaves_it_as_it_is(tmp_path):
    code = """if True:
        import sys
        from kg.store import open_store
        with open_store(sys.argv[1], read_only=True) as store:
            print(*store.documents())
            store.backup(sys.argv[2])
            try:
                store.remove("a")
            except Exception as error:
                print(error)
    """
    with open_store(tmp_path / "s", create=True) as store:
        store.put_many([quads_of(ARTICLE)])
        before = sorted(tmp_path.joinpath("s").iterdir())
        command = [sys.executable, "-c", code, tmp_path / "s", tmp_path / "copy"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert sorted(tmp_path.joinpath("s").iterdir()) == before
    assert done.stdout.splitlines()[0] == ARTICLE.id
    assert "open to be read" in done.stdout
    with open_store(tmp_path / "copy", read_only=True) as copy, open_store(tmp_path / "s") as store:
        assert set(copy.quads()) == set(store.quads())


def test_a_snapshot_stays_as_it_is(tmp_path):
    with open_store(tmp_path / "s", create=True) as store:
        store.put(quads_of(ARTICLE))
        with open_store(tmp_path / "s", read_only=True) as before:
            store.put(quads_of(OTHER))
            assert list(before.documents()) == [ARTICLE.id]
        with open_store(tmp_path / "s", read_only=True) as after:
            assert list(after.documents()) == [ARTICLE.id, OTHER.id]


@pytest.mark.long
def test_a_snapshot_can_be_taken_at_any_moment_of_a_build(tmp_path):
    taken, stop, count = [], threading.Event(), effort.times(500)

    def look():
        while not stop.is_set():
            with open_store(tmp_path / "s", read_only=True) as snapshot:
                taken.append(len(snapshot.documents()))

    with open_store(tmp_path / "s", create=True) as store:
        reader = threading.Thread(target=look)
        reader.start()
        for n in range(count):
            store.put_many([quads_of(replace(ARTICLE, id=f"{n}"))])
        stop.set()
        reader.join()
        assert len(store.documents()) == count
    assert taken == sorted(taken)
    assert len(taken) > 3


def test_a_backup_is_a_store(tmp_path):
    with open_store(tmp_path / "s", create=True) as store:
        store.put(quads_of(ARTICLE))
        store.backup(tmp_path / "b")
        with pytest.raises(StoreError, match="there already"):
            store.backup(tmp_path / "b")
        with open_store(tmp_path / "b") as copy:
            assert set(copy.quads()) == set(store.quads())


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.documents()


def test_odd_literals_stay_readable():
    odd = ox.Literal("soon", datatype=ox.NamedNode(iris.XSD + "date"))
    data = ox.Store()
    data.add(ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), odd))
    rows = Rows(data.query("SELECT ?o { ?s ?p ?o }").serialize(format=ox.QueryResultsFormat.JSON))
    assert rows.rows == [("soon",)]


def test_a_server_that_does_not_answer_is_named():
    with pytest.raises(StoreError, match=r"no SPARQL server answers at http"):
        open_store("http://127.0.0.1:9/")


def test_credentials_come_from_the_environment():
    with RemoteStore("http://127.0.0.1:9", {"KG_STORE_TOKEN": "t0"}) as store:
        assert store._connection._client.headers["Authorization"] == "Bearer t0"
    with RemoteStore("http://127.0.0.1:9", {"KG_STORE_USER": "u", "KG_STORE_PASSWORD": "p"}) as store:
        assert isinstance(store._connection._client.auth, httpx.BasicAuth)


def test_virtuoso_is_logged_in_to_by_digest_at_its_own_address():
    asked = []

    def virtuoso(request: httpx.Request) -> httpx.Response:
        """Takes a visitor in anywhere but at -auth, where it wants a digest, as Virtuoso does."""
        login = request.headers.get("Authorization", "")
        asked.append((request.url.path, login.split(" ")[0]))
        headers = {"Server": "Virtuoso/07.20"}
        if request.url.path.endswith("-auth") and not login.startswith("Digest"):
            headers["WWW-Authenticate"] = 'Digest realm="SPARQL", nonce="n", qop="auth", algorithm=MD5'
            return httpx.Response(401, headers=headers)
        return httpx.Response(200, headers=headers, json={"head": {}, "boolean": True})

    with RemoteStore("http://v/sparql", {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "p"}) as store:
        login = store._connection._client.auth
        store._connection._client = httpx.Client(auth=login, transport=httpx.MockTransport(virtuoso))
        assert store.query("ASK {}")
    assert asked == [("/sparql", "Basic"), ("/sparql-auth", ""), ("/sparql-auth", "Digest")]


def test_what_many_documents_say_comes_once_and_stays_while_one_of_them_is_there(store):
    label = "SELECT ?label { id:donald-trump rdfs:label ?label }"
    store.put_many([quads_of(ARTICLE), quads_of(OTHER)])
    assert len(store.query(label)) == 1
    store.put(quads_of(ARTICLE))
    assert len(store.query(label)) == 1
    store.remove(ARTICLE.id)
    assert len(store.query(label)) == 1
    store.remove(OTHER.id)
    assert len(store.query("SELECT ?c { ?c a kg:Claim }")) == len(store.documents()) == 0


def test_nothing_of_a_removed_text_stays(store):
    store.put(quads_of(ARTICLE))
    store.remove(ARTICLE.id)
    store.derive()
    assert {q.subject.value for q in store.quads()} <= {iris.ASSERTED_GRAPH}  # from which documents it is
