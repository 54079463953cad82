"""What is shown steers no terminal, hides nothing and tells no password, wherever it comes from."""

import http.server
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import KgError
from kg.shown import message, shown
from kg.store import open_store
from kg.store.remote import RemoteStore
from tests import effort
from tests.graph_samples import ARTICLE, CLAIMS, SENTENCES

KG = [sys.executable, "-P", "-m", "kg"]
# Colours, titles, links, cursor and clipboard; C1; bidi; what breaks lines or stands for nothing.
HOSTILE = [
    *("\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\"),
    *("\x1b[2J\x1b[H", "\x1b]52;c;cm0gLXJm\x07", "\x1bc", "\x9b31m", "\x90q\x9c", "\x84\x85\x8d"),
    *("a\rb", "a\x08b", "\x07", "\x7f", "\x0e\x0f", "\x00", "\u202eexe.txt", "\u2066\u2067\u2068\u2069"),
    *("\u202a\u202b\u202c\u202d", "\u200e\u200f", "\u061c", "\u2028\u2029", "\ufeff", "\u00ad", "\u200b"),
    *("\U000e0041\U000e007f", "\ufff9\ufffb", "\ud800"),
]


def steers(text: str) -> set[str]:
    """The characters in what was shown that are no letter, sign or blank."""
    return {c for c in text if not c.isprintable() and c not in "\n\t\u200c\u200d"}


@pytest.mark.parametrize("text", HOSTILE)
def test_it_is_shown_as_escapes(text: str) -> None:
    assert not steers(shown(text))
    assert shown(f"Tehran {text}").startswith("Tehran ")
    assert len(message(text * 10_000)) < 1100


@pytest.mark.parametrize(
    "text", ["Tehran", "تهران می\u200cخواهد", "北京", "👨\u200d👩\u200d👧", "naïve – “quoted”", "5\xa0000"]
)
def test_letters_of_any_script_stay(text: str) -> None:
    assert shown(text) == text.replace("\xa0", " ")


def on_terminal(*arguments: str, cwd: Path, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """What a command shows in a real terminal (both streams), and its exit code."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*KG, *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", **(environment or {})},
    ) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux's way to say that it is closed
                break
            if not part:
                break
            parts.append(part)
        os.close(ours)
        code = process.wait()
    return code, b"".join(parts).decode("utf-8", "surrogateescape").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store whose article says something hostile in every place."""
    folder = tmp_path_factory.mktemp("terminal")
    text = "".join(HOSTILE[:-1])
    document = replace(ARTICLE, id=f"{text}.txt", title=text, publisher=text)
    claims = [replace(c, document=document.id, cue=text) for c in CLAIMS]
    with open_store(folder / "kg-store", create=True) as store:
        store.put([*rdf.document_quads(document, SENTENCES, claims), *rdf.provenance_quads(document, [text])])
    return folder


COMMANDS = {
    "a table": ["query", "--name", "documents"],
    "a table of texts": ["query", "SELECT * { ?s ?p ?o }"],
    "CSV": ["query", "SELECT * { ?s ?p ?o }", "--format", "csv"],
    "TSV": ["query", "SELECT * { ?s ?p ?o }", "--format", "tsv"],
    "JSON": ["query", "SELECT * { ?s ?p ?o }", "--format", "json"],
    "XML": ["query", "SELECT * { ?s ?p ?o }", "--format", "xml"],
    "Turtle": ["query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "turtle"],
    "a check": ["check"],
    "a document that is not there": ["remove", "X"],
    "a file that is not there": ["extract", "X.txt"],
    "a query that is wrong": ["query", "SELECT X"],
    "a query that is not known": ["query", "--name", "X"],
    "a format that is not known": ["query", "ASK {}", "--format", "X"],
    "a store that is not there": ["query", "ASK {}", "--store", "X"],
    "an address that is none": ["query", "ASK {}", "--store", "http://X"],
    "a verb that is not known": ["X"],
    "an option that is not known": ["query", "--X"],
    "a value that is none": ["query", "--timeout", "X"],
    "a file that cannot be written": ["export", "-o", "none/X.ttl"],
    "a file that is written": ["export", "-o", "X.ttl"],
    "a decision": ["actors", "merge", "X", "Y"],
    "decisions": ["actors", "judgements"],
    "a table of actors": ["extract", "X", "--actors", "X"],
    "a model": ["extract", "kg-store", "--model", "X"],
    "a date": ["extract", "kg-store", "--date", "X"],
}


@pytest.mark.long
@pytest.mark.parametrize("case", effort.some(COMMANDS))
def test_no_command_steers_the_terminal(case: str, folder: Path) -> None:
    text = "".join(HOSTILE[:-1]).replace("\0", "")
    environment = {"HOME": str(folder)}
    _, told = on_terminal(
        *(a.replace("X", text) for a in COMMANDS[case]), cwd=folder, environment=environment
    )
    assert told.strip()
    assert not steers(told), (case, steers(told))
    assert "Traceback" not in told


def test_a_name_that_is_not_utf8_is_shown(tmp_path: Path) -> None:
    code, told = on_terminal("extract", os.fsdecode(b"\xff\xfe.txt"), cwd=tmp_path)
    assert code == 1
    assert not steers(told)
    assert "Traceback" not in told


def test_programs_get_the_bytes_as_they_are(folder: Path) -> None:
    command = [*KG, "query", "SELECT ?t { ?d schema:headline ?t }", "--format", "csv"]
    assert "\x1b[31mred" in subprocess.check_output(command, cwd=folder).decode()


# --- what a server says, and what it is told

SECRETS = {
    "a token": ({"KG_STORE_TOKEN": "SECRET"}, ""),
    "a token with a line end": ({"KG_STORE_TOKEN": "SECRET\n"}, ""),
    "a token with a control character": ({"KG_STORE_TOKEN": "SECRET\x07x"}, ""),
    "a token with a line end within": ({"KG_STORE_TOKEN": "SECRET\r\nX-Evil: 1"}, ""),
    "a token that is no ASCII": ({"KG_STORE_TOKEN": "SECRETé"}, ""),
    "a password": ({"KG_STORE_USER": "me", "KG_STORE_PASSWORD": "SECRET"}, ""),
    "a password with a line end": ({"KG_STORE_USER": "me", "KG_STORE_PASSWORD": "SECRET\n"}, ""),
    "a password in the address": ({}, "me:SECRET@"),
    "a token as the name in the address": ({}, "SECRET@"),
    "an escaped password in the address": ({}, "me:SECRET%40x@"),
}


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """A server that refuses, and repeats all that it was sent; its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(401, "\x1b[31m" + self.headers.get("Authorization", ""))
            self.end_headers()
            self.wfile.write(f"\x1b[31mno: {self.headers}".replace("\n", " ").encode())

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


# What a shell does to a command's streams; the exit code, what is printed and what is complained of.
LIST, SLIP = "list exports", "none"
STREAMS = {
    f"{LIST} >&-": (1, "", "kg: standard output: Bad file descriptor\n"),
    f"{LIST} >/dev/full": (1, "", "kg: standard output: No space left on device\n"),
    f"{LIST} <&- >&- 2>&-": (1, "", ""),
    f"{SLIP} 2>&-": (2, "", ""),
    f"{SLIP} 2>/dev/full": (2, "", ""),
    " 2>/dev/full": (2, "", ""),
    "extract - --fast <&- 2>&1": (1, "-: the file is empty", ""),
    "actors template <&- 2>&-": (0, "id,name,aliases", ""),
}


@pytest.mark.parametrize("line", STREAMS)
def test_streams_that_are_closed_or_full_end_as_the_exit_code_says(line: str, tmp_path: Path) -> None:
    command = ["sh", "-c", f"exec {' '.join(KG)} {line}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    code, begin, complaint = STREAMS[line]
    assert (done.returncode, done.stdout[: len(begin)], done.stderr) == (code, begin, complaint)
    assert begin or not done.stdout


@pytest.mark.parametrize("case", SECRETS)
def test_no_message_tells_a_secret(
    case: str, echo: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environment, login = SECRETS[case]
    told: list[str] = []
    for host in (f"127.0.0.1:{echo}", "127.0.0.1:1", "[::1", "127.0.0.1:99999", "evil\x1b.example", ""):
        address = f"http://{login}{host}"
        try:
            with RemoteStore(address, environment) as store:
                told.append(repr(store) + str(vars(store)) + store.address)
                store.documents()
        except KgError as error:
            told += [repr(error), str(error), repr(error.__cause__), *map(str, error.args)]
    code, output = on_terminal(
        *("check", "--store", f"http://{login}127.0.0.1:{echo}"), cwd=tmp_path, environment=environment
    )
    assert (code, steers(output)) == (1, set())
    assert "Traceback" not in output
    told.append(output)
    found = [line for line in (*told, caplog.text) if "SECRET" in line or "bWU6U0VDUkVU" in line]
    assert not found
