"""Servers that answer nothing, slowly, endlessly or something else, and addresses that are none: one line."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from kg.errors import KgError
from kg.exports import to_bytes
from kg.store import Rows, connection, open_store
from kg.store.remote import RemoteStore
from kg.views import view

Answer = Callable[[socket.socket], None]


def drain(client: socket.socket) -> None:
    """Read a request to its end: what is left unread when a socket closes resets the connection."""
    with client.makefile("rb") as request:
        length = 0
        while (line := request.readline()).strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        request.read(length)


class Server:
    """A server that sends what it is told to, byte by byte, to everybody who connects."""

    def __init__(self, answer: Answer) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.over = threading.Event()
        threading.Thread(target=self._serve, args=(answer,), daemon=True).start()

    def _serve(self, answer: Answer) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._answer, args=(client, answer), daemon=True).start()

    def _answer(self, client: socket.socket, answer: Answer) -> None:
        with suppress(OSError), client:
            drain(client)
            answer(client)

    def close(self) -> None:
        self.over.set()
        self.listener.close()


def reply(
    body: bytes, kind: str = "application/sparql-results+json", status: str = "200 OK", more: str = ""
) -> Answer:
    length = f"Content-Length: {len(body)}\r\nConnection: close"  # so that each request has a socket
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{length}\r\n{more}\r\n"
    return lambda client: client.sendall(head.encode("latin-1") + body)


def raw(data: bytes) -> Answer:
    return lambda client: client.sendall(data)


def drip(head: bytes, piece: bytes, pause: float) -> Answer:
    """Sends a piece, again and again."""

    def answer(client: socket.socket) -> None:
        client.sendall(head)
        for _ in range(600):
            client.sendall(piece)
            time.sleep(pause)

    return answer


def rows(*names: str, bindings: object = ()) -> bytes:
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n"
BOMB = gzip.compress(b'{"head":{"vars":["id"]},"results":{"bindings":[' + b" " * 40_000_000)
SERVERS: dict[str, Answer] = {
    "hangs up": raw(b""),
    "says nothing": lambda client: time.sleep(30),
    "a byte of the head each moment": drip(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.1),
    "a header each moment": drip(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n", 0.1),
    "a byte of the body each moment": drip(HEAD, b" ", 0.1),
    "without end": drip(HEAD, b" " * 1_000_000, 0),
    "headers without end": drip(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 10_000 + b"\r\n", 0),
    "a bomb": reply(BOMB, more="Content-Encoding: gzip\r\n"),
    "half a gzip": reply(BOMB[:100], more="Content-Encoding: gzip\r\n"),
    "no gzip": reply(b"{}", more="Content-Encoding: gzip\r\n"),
    "less than it says": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"),
    "a negative length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
    "no HTTP": raw(b"220 mail.example ESMTP\r\n"),
    "noise": raw(bytes(range(256)) * 10),
    "HTML": reply(b"<!doctype html><title>It works!</title>", "text/html"),
    "HTML as JSON": reply(b"<html>"),
    "nothing": reply(b""),
    "null": reply(b"null"),
    "a number": reply(b"1"),
    "a list": reply(b"[]"),
    "text": reply(b'"a"'),
    "an empty object": reply(b"{}"),
    "half JSON": reply(rows("id")[:20]),
    "JSON that nests": reply(b"[" * 1_000_000),
    "JSON in UTF-16": reply(rows("id").decode().encode("utf-16")),
    "no UTF-8": reply(rows("\xff").replace(b"\\u00ff", b"\xff")),
    "columns that nobody asked for": reply(rows("a", "b")),
    "no columns": reply(rows()),
    "bindings of no kind": reply(rows("id", bindings=[{"id": 1}])),
    "an IRI that is none": reply(rows("id", bindings=[{"id": {"type": "uri", "value": "no iri"}}])),
    "a kind of term that there is not": reply(rows("id", bindings=[{"id": {"type": "x", "value": "y"}}])),
    "yes": reply(b'{"head":{},"boolean":true}'),
    "yes in words": reply(b'{"head":{},"boolean":"true"}'),
    "XML": reply(b"<?xml version='1.0'?><sparql/>", "application/sparql-results+xml"),
    "a redirection": reply(b"", status="302 Found", more="Location: http://evil.example/\x1b[31m\r\n"),
    "a redirection to itself": reply(b"", status="307 Temporary Redirect", more="Location: /query\r\n"),
    "not found": reply(b"no\x1b[31m", status="404 Not Found"),
    "forbidden": reply(b"", status="403 Forbidden"),
    "too many": reply(b"", status="429 Too Many Requests"),
    "a fault": reply(b"java.lang.NullPointerException\n\tat x\n" * 1000, status="500 Internal Server Error"),
    "a status that there is not": reply(b"", status="999 \x1b[31m"),
    "bad request": reply(b"MALFORMED " * 10_000, status="400 Bad Request"),
}


READABLE = ("nothing", "yes", "columns that nobody asked for")  # as triples: none, or as Oxigraph reads them


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can wait for."""
    monkeypatch.setattr(connection, "_TIMEOUT", 1.0)
    monkeypatch.setattr(connection, "_MOST", 20_000_000)


@pytest.mark.parametrize("case", SERVERS)
def test_a_server_is_told_in_one_line_and_in_time(case: str, patient: None) -> None:
    server = Server(SERVERS[case])
    asked: list[Callable[[RemoteStore], object]] = [
        lambda store: store.documents(),
        lambda store: store.query("SELECT ?id { ?id a ?b }", timeout=1),
        lambda store: store.dump(None),
    ]
    try:
        for ask in asked if case not in READABLE else asked[:2]:
            started = time.perf_counter()
            with pytest.raises(KgError) as told, RemoteStore(server.address, {}) as store:
                ask(store)
            assert time.perf_counter() - started < 10
            assert "\n" not in str(told.value)
            assert len(str(told.value)) < 1000
        with pytest.raises(KgError):
            open_store(server.address)
    finally:
        server.close()


def test_an_answer_of_the_wrong_kind_never_reaches_who_asked(patient: None) -> None:
    """Exports and views take rows for granted."""
    server = Server(reply(b'{"head":{},"boolean":true}'))
    try:
        with RemoteStore(server.address, {}) as store:
            assert store.query("ASK {}")
            for use in (
                lambda: to_bytes(store, "csv"),
                lambda: to_bytes(store, "nquads"),
                lambda: view(store),
            ):
                with pytest.raises(KgError, match="yes or no where rows were asked for"):
                    use()
    finally:
        server.close()


def test_more_columns_than_asked_for_and_none_bound_are_no_fault(patient: None) -> None:
    server = Server(reply(rows("other", "id", bindings=[{}])))
    try:
        with RemoteStore(server.address, {}) as store:
            answer = store.query("SELECT ?id { ?id a ?b }")
            assert isinstance(answer, Rows)
            assert answer.rows[0].id is None
    finally:
        server.close()


def test_what_is_no_query_is_not_sent(patient: None) -> None:
    asked: list[bytes] = []

    def answer(client: socket.socket) -> None:
        asked.append(b"")
        reply(b'{"head":{},"boolean":true}')(client)

    server = Server(answer)
    try:
        with RemoteStore(server.address, {}) as store:
            assert store.query("ASK {}")
            asked.clear()
            for text in (
                "DROP ALL",
                "INSERT DATA { <a:a> <b:b> 1 }",
                "SELECT",
                "ASK { SERVICE <a:b> {} }",
                "{" * 9000,
            ):
                with pytest.raises(KgError):
                    store.query(text)
        assert asked == []
    finally:
        server.close()


ADDRESSES = [
    *("http://", "http://[::1", "http://[::1]:x", "http:///query", "http://host:99999", "http://host:-1"),
    *("http://a b", "http://127.0.0.1:1", "http://\x00", "http://..", "http://.", "http://-", "http:"),
    *("http://\u202e.invalid", "http://é\ud800.invalid", "https://127.0.0.1:1", "HTTP://127.0.0.1:1"),
    *("http:127.0.0.1", "http://" + "a" * 300, "http://" + "a." * 3000, "http://%zz/", "http://user:pw@"),
    *("http://[fe80::1%25lo]:1", "https://", "http://256.256.256.256", "http://0x7f.1:1", "http://?#"),
    *("http://127.0.0.1:1/\n", "http://@:1", "http://ex_ample.invalid"),
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_is_told(address: str, patient: None) -> None:
    started = time.perf_counter()
    with pytest.raises(KgError) as told:
        open_store(address)
    assert time.perf_counter() - started < 10
    assert "pw" not in str(told.value)


def test_what_the_environment_says_wrongly_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HTTP_PROXY", "junk"), ("SSL_CERT_FILE", "/none"), ("HTTP_PROXY", "http://[::1")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            with pytest.raises(KgError):
                open_store("http://127.0.0.1:1")
