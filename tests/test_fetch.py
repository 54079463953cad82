"""`kg fetch` against a server of this machine, which tests alone may ask; and what it never asks."""

import gzip
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import kg
from kg.errors import InputError
from kg.reading.fetch import fetch
from kg.reading.network import Limits, public
from tests.test_forms import ONE, OTHER, PAGE, TEXT, TITLE, TWO, pdf_file

GERMAN = "Der Minister sagte am Montag, dass die Regierung das Gespräch abgebrochen habe."
HTML = {"Content-Type": "text/html; charset=utf-8"}
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>Xi calls Trump</title><link>/a.html</link></item>
<item><title>Peru</title><link>HOST/b.html</link></item>
<item><title>Gone</title><link>/gone.html</link></item></channel></rss>"""


def page(*paragraphs):
    return (
        f"<html><body><article>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article></body></html>".encode()
    )


# Path → status, headers, body.
PAGES = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /secret*\n"),
    "/a.html": (200, HTML, PAGE.replace("CHARSET", "utf-8").encode()),
    "/b.html": (
        200,
        {"Content-Type": "text/html; charset=windows-1252"},
        page(f"“{OTHER}”").decode().encode("cp1252"),
    ),
    "/a.pdf": (200, {"Content-Type": "application/pdf"}, pdf_file()),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED.encode()),
    "/many.jsonl": (200, {}, f'{{"text": "{ONE}"}}\n{{"text": "{OTHER}"}}'.encode()),
    "/moved": (301, {"Location": "/a.html"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/within": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-secret": (302, {"Location": "/secret/a.html"}, b""),
    "/secret/a.html": (200, HTML, page(TEXT)),
    "/large": (200, HTML, page(ONE) + b" " * 300_000),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(page(ONE) + b" " * 10_000_000)),
    "/german": (200, HTML, page(GERMAN)),
    "/photo": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "/empty": (200, HTML, b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/slow":
            return self.slowly()
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        body = body.replace(b"HOST", self.server.address.encode())
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        return self.wfile.write(body)

    def slowly(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def log_message(self, *args):
        pass

    def handle(self):
        with suppress(ConnectionError):  # whoever asked has had enough
            super().handle()


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.address = f"http://127.0.0.1:{made.server_port}"
        made.asked = []
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


HERE = Limits(seconds=0.5, size=200_000, pause=0, loopback=True)


def fetched(folder, *addresses, **options):
    """The documents of what was fetched, read back from the folder, and the messages of what was not."""
    errors = []
    files = list(fetch(addresses, folder, limits=HERE, on_error=errors.append, **options))
    return list(kg.read(files, force=True)), [str(error) for error in errors]


def test_a_page_is_kept_with_its_address(server, tmp_path):
    [document], errors = fetched(tmp_path / "new" / "folder", f"{server.address}/a.html#top")
    assert (document.text, document.title, document.published) == (TEXT, TITLE, "2025-04-30")
    assert (document.publisher, document.url, errors) == ("The Paper", f"{server.address}/a.html", [])


def test_a_folder_that_was_fetched_is_read_as_such(server, tmp_path):
    fetched(tmp_path, f"{server.address}/a.html", f"{server.address}/b.html")
    assert [d.url for d in kg.read([tmp_path])] == [f"{server.address}/{name}.html" for name in "ab"]


def test_a_feed_gives_an_article_an_item_and_is_not_asked_for_them_again(server, tmp_path):
    first, errors = fetched(tmp_path, f"{server.address}/feed")
    assert [d.text for d in first] == [TEXT, f"“{OTHER}”"]
    assert errors == [f"{server.address}/gone.html: the server answers 404"]
    server.asked.clear()
    assert fetched(tmp_path, f"{server.address}/feed")[0] == []
    assert server.asked == ["/robots.txt", "/feed", "/gone.html"]


def test_other_forms_go_through_the_same_door(server, tmp_path):
    [document], _ = fetched(tmp_path, f"{server.address}/a.pdf")
    assert ONE in document.text
    assert TWO in document.text
    assert document.url == f"{server.address}/a.pdf"


def test_many_articles_of_an_address_are_told_apart(server, tmp_path):
    documents, errors = fetched(tmp_path, f"{server.address}/many.jsonl")
    assert {d.url: d.text for d in documents} == {
        f"{server.address}/many.jsonl": ONE,
        f"{server.address}/many.jsonl#2": OTHER,
    }
    assert errors == []


def test_a_redirect_is_followed_to_the_address_that_counts(server, tmp_path):
    assert fetched(tmp_path, f"{server.address}/moved")[0][0].url == f"{server.address}/a.html"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "/gone: the server answers 404"),
        ("/round", "/round: more than 5 redirects"),
        ("/within", "169.254.169.254: 169.254.169.254 is no public address; kg fetches from the web alone"),
        ("/file", "file:///etc/passwd: not a web address; write http://… or https://…"),
        ("/secret/a.html", "/secret/a.html: its robots.txt forbids it; left out"),
        ("/to-secret", "/secret/a.html: its robots.txt forbids it; left out"),
        ("/large", "/large: more than 200,000 bytes; left out"),
        ("/bomb", "/bomb: more than 200,000 bytes; left out"),
        ("/slow", "/slow: takes too long; left out"),
        ("/german", "/german: German, not English; left out (--force reads it all the same)"),
        ("/photo", "/photo: a picture; write out its text, for instance with tesseract"),
        ("/empty", "/empty: the file is empty; put an article in it"),
    ],
)  # fmt: skip
def test_what_is_not_fetched_is_told_and_the_rest_goes_on(server, tmp_path, path, message):
    documents, [error] = fetched(tmp_path, f"{server.address}{path}", f"{server.address}/a.html")
    assert [d.text for d in documents] == [TEXT]
    assert error.removeprefix(server.address) == message


def test_another_language_is_kept_where_it_is_wanted(server, tmp_path):
    [document], errors = fetched(tmp_path, f"{server.address}/german", force=True)
    assert (document.text, errors) == (GERMAN, [])


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:PORT/a.html", "http://localhost:PORT/a.html", "http://[::1]:PORT/a.html",
        "http://0.0.0.0:PORT/a.html", "http://2130706433:PORT/a.html", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://169.254.169.254/latest/", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://user:word@example.org/",
        "ftp://example.org/a", "file:///etc/passwd", "a.html", "http://", "",
    ],
)  # fmt: skip
def test_nothing_but_the_public_web_is_asked(server, tmp_path, address):
    server.asked.clear()
    address = address.replace("PORT", str(server.server_port))
    with pytest.raises(InputError, match=r"no public address|not a web address|cannot be fetched"):
        list(fetch([address], tmp_path))
    assert server.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_stands_for_an_address_within_is_not_asked(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(InputError, match=r"example\.org: 10\.0\.0\.1 is no public address"):
        public("example.org", 80)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers[:1])
    assert str(public("example.org", 80)) == "93.184.215.14"


def test_hosts_are_asked_at_their_own_pace(server, tmp_path):
    limits = Limits(pause=0.15, loopback=True)
    begun = time.monotonic()
    assert len(list(fetch([f"{server.address}/{name}.html" for name in "ab"], tmp_path, limits=limits))) == 2
    assert time.monotonic() - begun >= 0.15


def test_the_command_says_what_it_wrote_and_what_not(server, tmp_path, monkeypatch, capfd):
    from kg.cli import main

    monkeypatch.setitem(kg.__dict__, "fetch", partial(fetch, limits=HERE))
    with pytest.raises(SystemExit) as ended:
        main(["fetch", f"{server.address}/a.html", f"{server.address}/gone", "-o", str(tmp_path)])
    printed = capfd.readouterr()
    [written] = tmp_path.iterdir()
    assert (ended.value.code, printed.out) == (1, f"{written}\n")
    assert printed.err.splitlines() == [
        f"{server.address}/gone: the server answers 404",
        "1 of 2 articles could not be fetched",
    ]
