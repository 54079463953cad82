"""No query reaches out, however it is written: generated ones, beside a server that listens."""

import contextlib
import http.server
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.store import OxigraphStore, guard
from kg.store.oxigraph import run_query
from tests import effort

QUERIES = effort.times(100_000)


class Listener:
    """A server that should never be asked: its address, and who came all the same."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    threading.Thread(target=found.server.serve_forever, daemon=True).start()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for i in range(3):
        store.add(ox.Quad(ox.NamedNode(f"a:s{i}"), ox.NamedNode("a:p"), ox.Literal(f"from service {i}")))
    return store


# --- the generator: what may stand before SERVICE, in it and after it, put together at random


def pieces(name: str) -> list[str]:
    """The pieces of a kind in tests/cases/service.txt."""
    block = CASES.read_text("utf-8").partition(f"[{name}]\n")[2].partition("\n\n")[0]
    return [line.replace(r"\n", "\n").replace(r"\r", "\r") for line in block.splitlines()]


CASES = Path(__file__).parents[1] / "cases" / "service.txt"
BEFORE, AROUND, FORMS, PREFIXES, TARGETS, HARMLESS = map(
    pieces, ("before", "around", "forms", "prefixes", "targets", "harmless")
)
BLANKS = ["", "", " ", " ", "\n", "\n", "\r", "\r\n", "\t", "#\n", "#>\n", '#"\n', "#'''\r", '#"""\n']
BLANKS += ["# SERVICE <URL> {}\n", "#\x0b\n", "#\u2028\n", "#\\\n", "# }\n"]
ODD = ["\x0b", "\x85", "\u2028", "\ufeff", "\xa0", "\0"]
NOISE = [*"<>\"'#\\{}()[].,;:?$@^|&!=+-*/_ \n\rs", "'''", '"""', "\\u0053", "\\U00000053"]
NOISE += ["SERVICE", "service", "FROM"]


def keyword(chance: random.Random) -> str:
    word = "".join(chance.choice((c.lower(), c)) for c in "SERVICE")
    if chance.random() < 0.05:
        at = chance.randrange(len(word))
        word = f"{word[:at]}\\u{ord(word[at]):04x}{word[at + 1 :]}"
    return word + chance.choice(["", "", "", "SILENT", " silent"])


def generated(chance: random.Random, address: str) -> str:
    """A query that asks `address`, or would if some parser read it so."""

    def blank() -> str:
        return chance.choice(ODD if chance.random() < 0.01 else BLANKS)

    inner = chance.choice(["?s ?p ?o", "", "?s ?p ?o FILTER(?o='\"')", '?s ?p ?o #"""\n', "?s ?p ?o #'\n"])
    call = chance.choice(HARMLESS)
    if chance.random() < 0.9:
        call = f"{keyword(chance)}{blank()}{chance.choice(TARGETS)}{blank()}{{{inner}}}"
    body = "".join(f"{chance.choice(BEFORE)}{blank()}" for _ in range(chance.choice((0, 1, 1, 2))))
    group = chance.choice(("@", "@", *AROUND)).replace("@", f"{body}{call}{blank()}")
    query = chance.choice(FORMS).replace("@", group)
    query = f"{chance.choice(PREFIXES)}{blank()} {query}{blank()}"
    for _ in range(chance.choice((0, 0, 0, 0, 1, 2))):
        at = chance.randrange(len(query) + 1)
        query = query[:at] + chance.choice(NOISE) + query[at + chance.choice((0, 0, 1)) :]
    return query.replace("URL", address)


@pytest.mark.long
def test_no_generated_query_reaches_out(listener: Listener, store: ox.Store) -> None:
    chance, let_through = random.Random(20), 0
    for number in range(QUERIES):
        query = generated(chance, f"{listener.address}{number}/")
        with contextlib.suppress(KgError):
            run_query(store, query)
            let_through += "service" in query.lower()
        assert not listener.asked, query
    assert let_through > QUERIES / 1000  # the word in a name, a string or a comment


def test_the_generated_queries_would_reach_out(listener: Listener, store: ox.Store) -> None:
    chance = random.Random(21)
    for number in range(300):
        with contextlib.suppress(Exception):
            run_query(store, generated(chance, f"{listener.address}{number}/"), allow_remote=True)
    asked = {path.split("/")[1] for path in listener.asked}
    listener.asked.clear()
    assert len(asked) > 60


# --- queries that got through a guard of our own tokens, and their relatives

THROUGH = [
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{?s ?p ?o} }",
    "PREFIX v:<a:> SELECT * {?g ?p v:.SERVICE<URL>{?s ?p ?o}}",
    "PREFIX v:<a:> SELECT * {?g ?p v:x.y.SERVICE<URL>{?s ?p ?o}}",
    'SELECT * { FILTER(1<2#>"""\n) SERVICE <URL> {?s ?p ?o} #"""\n}',
    "SELECT * { FILTER(1<2#>'''\n) SERVICE <URL> {?s ?p ?o} #'''\n}",
    'SELECT * { FILTER(1<2#>"\n) SERVICE <URL> {?s ?p ?o} #"\n}',
    "SELECT * { FILTER(1<2#>'\n) SERVICE <URL> {?s ?p ?o} #'\n}",
    "PREFIX v:<a:> SELECT * { FILTER(1<v:b#>'\r) SERVICE <URL> {?s ?p ?o} #'\r}",
    "SELECT * { ?s ?p 1.SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { ?s ?p _:b.SERVICE<URL>{?s ?p ?o} }",
    "PREFIX v:<a:> SELECT * {?g ?p v:\\..SERVICE<URL>{?s ?p ?o}}",
    "PREFIX v:<a:> SELECT * {?g ?p v:%41.SERVICE<URL>{?s ?p ?o}}",
    "SELECT * { ?s ?p 'a'@en.SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o LATERAL { BIND(IRI(CONCAT('URL', ?o)) AS ?z) SERVICE ?z {} } }",
    "PREFIX SERVICE:<URL> SELECT * { SERVICE SERVICE:SERVICE {?s ?p ?o} }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> {?s ?p ?o} } }",
]


@pytest.mark.parametrize("query", THROUGH)
def test_a_query_is_refused_and_says_where(query: str, listener: Listener, store: ox.Store) -> None:
    with pytest.raises(KgError, match=r"line \d+, column \d+: SERVICE is refused|the query is wrong"):
        run_query(store, query.replace("URL", listener.address))
    assert not listener.asked


ALLOWED = [
    "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, 'from service 1')) }",
    'SELECT * { ?s ?p """a "SERVICE" {""" } # SERVICE <URL> {}',
    "PREFIX rel: <a:> SELECT ?from ?service { ?service rel:withdraw-from ?from ; rel:service-load 'Load' }",
    "# who withdraws from what\nSELECT * { ?s ?p ?o }",
    "SELECT * { ?s <http://example.org/service#from> ?o }",
    "SELECT (SAMPLE(?s) AS ?serviceFrom) { ?s ?p ?o }",
    "PREFIX from: <a:> ASK { from:service ?p _:service }",
    "ASK { ?s ?p 'a'@en-service }",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_the_word_in_a_name_a_string_or_a_comment_is_let_through(query: str, store: ox.Store) -> None:
    run_query(store, query)


def test_a_wrong_query_that_has_the_word_in_a_string_is_only_wrong(store: ox.Store) -> None:
    with pytest.raises(KgError, match="the query is wrong"):
        run_query(store, "SELECT * { ?s ?p 'from service' ")


def test_a_process_of_its_own_can_open_no_socket(listener: Listener) -> None:
    """The second wall: with the guard away, the kernel refuses (Linux)."""
    if sys.platform != "linux":
        pytest.skip("only Linux takes sockets away from a process")
    store = OxigraphStore()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(guard, "check", lambda *_: None)
        with pytest.raises(KgError):
            store.query(f"SELECT * {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}", timeout=20)
        assert not listener.asked
        with pytest.raises(KgError):
            store.query(f"SELECT * {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}")
    assert listener.asked
    listener.asked.clear()
