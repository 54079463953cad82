"""Odd command lines: every verb, with every odd value of each of its arguments and options, by kind.

A kind's values stand by the exit codes that they may have: 0 done, 1 told what is wrong, 2 no such command
line. Names are of what `test_command_lines.scene` makes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

ESCAPES = "\x1b[31m\u202e\x9b2J"
LONG = "a" * 5000
NO_UTF8 = os.fsdecode(b"\xff\xfe")

_NO_FILE = ["none", "", "a.txt/b", "dangling", "loop", ESCAPES, LONG, NO_UTF8]
_NO_TEXT = ["zeros", "cut16.txt", "picture.png"]
_NO_NUMBER = ["", "abc", "0x10", "1,5", "--", ESCAPES, LONG]
_WORDS = ["", " ", ESCAPES, LONG, NO_UTF8, "a\nb", "-", "'", "{", "%s", "\ufeff", "CON", "🂡"]

VALUES: dict[str, dict[str, list[str]]] = {
    "input": {
        "1": [*_NO_FILE, *_NO_TEXT, "folder", "empty", "blank", "store", "/dev/null", "*.txt", "http://h/a"],
        "0": ["./a.txt", "news", "news/"],
    },
    "folder": {"1": [*_NO_FILE, "a.txt", "folder", "store", "/dev/null", "-"]},
    "store": {
        "1": [*_NO_FILE, "a.txt", "folder", "news", "damaged", "/dev/null", "http://127.0.0.1:1", "http://[::1",
              "http://", "HTTP://x y", "http://me:SECRET@127.0.0.1:1", "x/" * 2000],
    },
    "new store": {
        "1": ["", "a.txt", "a.txt/b", "deep/none/s", "loop", LONG, "news", "damaged", "/dev/null", "http://127.0.0.1:1",
              "http://[::1"],
    },
    "table": {
        "2": [*_NO_FILE, "folder"],
        "1": [*_NO_TEXT, "a.txt", "empty", "twice.csv", "/dev/zero", "/dev/null"],
    },
    "judgements": {
        "1": [*_NO_TEXT, "a.txt", "folder", "/dev/zero", "twice.csv"],
        "0": ["none", "empty", "/dev/null", "loop"],
    },
    "decisions": {
        "1": [*_NO_TEXT, "a.txt", "folder", "/dev/zero", "twice.csv"],
        "0 1": ["nowhere/j.jsonl", "empty", "/dev/null", "loop", "dangling"],
    },
    "output": {
        "1": ["", ".", "/", "folder", "none/o.nq", "a.txt/o.nq", f"{LONG}.nq", "o", "o.", "o.xyz", "loop.nq"],
    },
    "page": {
        "1": ["", ".", "/", "folder", "none/o.html", "a.txt/o.html", f"{LONG}.html", "/dev/full", "loop"],
    },
    "copy": {"1": ["", ".", "folder", "store", "a.txt", "a.txt/b", LONG, "none/none", "loop", "/dev/null"]},
    "choice": {"1": ["X", "TABLE", "jsonl ", "table,jsonl", *_WORDS]},
    "model": {"1": ["none", "folder", "a.txt", "/dev/null", "../x", "en_core_web_trf", *_WORDS]},
    "date": {
        "1": ["soon", "2024-02-30", "0000-00-00", "-1", "1e9", "10000-01-01", "2024-05-03T99", *_WORDS[1:]],
        "0": ["2024", "9999-12-31", "0001-01-01", ""],
    },
    "map": {"1": ["date", "=b", "none=b", "date=", "=", "==", *_WORDS]},
    "count": {
        "2": [*_NO_NUMBER, "nan", "inf", "1.5", "0", "-1", "257", "9" * 30, "\u0661"],
        "0": ["1", "+1", "01"],
    },
    "place": {"2": [*_NO_NUMBER, "nan", "inf", "1.5"], "1": ["-1", "9" * 30]},
    "limit": {
        "2": _NO_NUMBER,
        "1": ["nan", "inf", "-inf", "-1", "1e400", "-0.0001", "1e-300"],
        "0": ["0", "-0", "1e300", "9" * 30],
    },
    "seconds": {"2": [*_NO_NUMBER, "nan", "inf", "-inf", "0", "-1", "0.09", "1e400", "1e300"]},
    "query": {
        "1": ["SELECT", "SELECT *", "DROP ALL", "{" * 9000, "ASK { SERVICE <http://127.0.0.1:1> {} }",
              "SELECT * FROM <file:///etc/passwd> {}", "ASK { ?s ?p \x00 }", *_WORDS],
        "0": ["ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE <a:b>"],
    },
    "query file": {"1": [*_NO_FILE, *_NO_TEXT, "folder", "empty", "a.txt", "/dev/null", "/dev/zero"]},
    "name": {"1": ["none", "views/claims", "../../README", "claims.rq", "Claims", *_WORDS]},
    "document": {"1": ["none", "A.TXT", "a.txt ", "http://x y", *_WORDS]},
    "actor": {"1": ["nobody at all"], "0 1": _WORDS},
    "text": {"0 1": _WORDS},
    "judgement": {"1": ["j-1", "j-" + "0" * 16, *_WORDS]},
    "address": {
        "1": ["http://127.0.0.1:1/", "http://[::1", "file:///etc/passwd", "ftp://x", "http://x y", *_WORDS],
    },
    "dask": {"1": ["", "none", "tcp://[::1", "ftp://x:1", "inproc://x", ESCAPES]},
}  # fmt: skip

# A verb as it works; then its arguments (by their place among the words) and options, and what they take.
_WHO = {"--actors": "table", "--judgements": "judgements"}
_READING = {"--date": "date", "--map": "map", "--publisher": "text"}
VERBS: list[tuple[str, dict[str | int, str]]] = [
    ("extract a.txt --fast", {1: "input", "--format": "choice", **_WHO, **_READING, "--workers": "count"}),
    ("extract a.txt", {"--model": "model"}),
    ("extract --fast a.txt", {"--dask": "dask"}),
    ("events a.txt --fast", {1: "input", "--format": "choice", "--date": "date"}),
    ("dates a.txt --fast", {1: "input", "--format": "choice", "--map": "map"}),
    ("build a.txt --fast", {1: "input", "--store": "new store", **_WHO, "--workers": "count"}),
    ("sync news --fast --store own", {1: "folder", "--store": "new store", "--format": "choice"}),
    ("watch none", {"--every": "seconds", "--format": "choice"}),  # which never ends where there is a folder
    ("fetch http://127.0.0.1:1 -o out", {1: "address"}),
    ("query ASK{}", {1: "query", "--store": "store", "--timeout": "limit", "--memory": "limit"}),
    ("query --name facts", {"--format": "choice"}),
    ("query", {"--file": "query file", "--name": "name"}),
    ("export -o o.nq", {"-o": "output", "--store": "store", "--format": "choice"}),
    ("view -o o.html", {"-o": "page", "--store": "store", "--writer": "choice", "--title": "text"}),
    ("check", {"--store": "store", "--format": "choice"}),
    ("rebuild --fast", {"--store": "store", **_WHO, "--workers": "count"}),
    ("rebuild", {"--model": "model"}),
    ("remove a.txt", {1: "document", "--store": "store"}),
    ("backup out", {1: "copy", "--store": "store"}),
    ("list exports", {1: "name"}),
    ("actors list a.txt --fast", {2: "input", "--format": "choice", **_WHO}),
    ("actors find Norway", {2: "actor", "--actors": "table"}),
    ("actors merge norway sudan", {2: "actor", 3: "actor", "--why": "text", "--judgements": "decisions"}),
    ("actors split norway a.txt", {2: "actor", 3: "document", "--start": "place", "--into": "text"}),
    ("actors rename norway N", {2: "actor", 3: "text", "--actors": "table"}),
    ("actors undo j-1", {2: "judgement", "--why": "text"}),
    ("actors judgements", {"--judgements": "judgements", "--format": "choice"}),
]  # fmt: skip

# What is odd of any verb: a flag that there is not, one word too few or too many, options twice.
ANY = [
    ("--none", "2"),
    ("--none=1", "2"),
    ("-x", "2"),
    ("--fast=1", "2"),
    ("--store", "2"),
    ("a b c d", "1 2"),
]
ANY += [("--store none --store store", "0 1 2"), ("--help", "0"), ("--version", "2")]


def lines() -> Iterator[tuple[list[str], str]]:
    """The command lines, as words, with the exit codes that each may have."""
    for verb, takes in VERBS:
        words = verb.split()
        for where, kind in takes.items():
            for codes, values in VALUES[kind].items():
                for value in values:
                    yield _with(words, where, value), codes
        for more, codes in ANY:
            yield [*words, *more.split()], codes


def _with(words: list[str], where: str | int, value: str) -> list[str]:
    """A verb with a value in the place of an argument, or of an option."""
    if isinstance(where, int):
        return [*words[:where], value, *words[where + 1 :]]
    if where in words:
        at = words.index(where) + 1
        return [*words[:at], value, *words[at + 1 :]]
    return [*words, where, value]
