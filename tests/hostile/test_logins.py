"""The name and password in an address go nowhere: not into the graph, an export, a line or a message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.exports import EXPORTS, to_bytes
from kg.model import Document
from kg.shown import message
from kg.views import view

SECRET = "SECRET"
LOGINS = [
    "http://me:SECRET@h.example/a",
    "HTTPS://me:SECRET@h.example/a",
    "http://SECRET@h.example/a",
    "http://me:SEC@RET@h.example/a",
    "http://me:SEC/RET@h.example/a",
    "http://me:SEC#RET@h.example/a",
    "http://me:SEC?RET@h.example",
    "http://me:%53ECRET@h.example/a",
    "http://:SECRET@h.example",
    "http://me:SECRET@[::1]:80/a",
    "http://me:12SECRET@h.example:80/a",
]
SLIPS = [
    "http:/me:SECRET@h.example",
    "http:me:SECRET@h.example",
    "http:\\\\me:SECRET@h.example",
    "x://SECRET@h",
]
# Of which nothing is a login.
PLAIN = [
    "https://medium.example/@somebody/a",
    "http://h.example:80/@a",
    "http://h.example/?mail=a@b.example",
    "http://h.example/#a@b",
    "http://[::1]:80/@a",
    "a@b.example: http://h.example",
    "http://h.example: a@b",
]


def tells(text: str) -> bool:
    return any(part in text for part in (SECRET, "SEC", "RET@", "%53"))


@pytest.mark.parametrize("address", [*LOGINS, *SLIPS])
def test_no_message_repeats_it(address: str) -> None:
    assert not tells(message(f"{address}: does not answer; nor does {address}"))
    assert not tells(str(kg.KgError(address)))


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_none_stays(text: str) -> None:
    assert message(text) == text


def as_files(address: str) -> dict[str, str]:
    """An article of that address in forms that have a place for one; its id may be one, too."""
    said = {"text": "Norway left Sudan.", "url": address, "date": "2024-05-03", "title": "Norway left"}
    page = f'<head><link rel="canonical" href="{address}"></head><body><article><p>{"Iran left. " * 30}</p>'
    return {
        "a.txt": f"---\nurl: {address}\n---\nNorway left Sudan.",
        "b.jsonl": json.dumps(said) + "\n" + json.dumps({"id": address + "#2", "text": "Iran left Oman."}),
        "c.csv": f"url,text\n{address}?,Oman left Iran.\n",
        "d.html": f"<html>{page}</html>",
        "e.eml": f"From: a@b.example\nMessage-ID: <{address}>\n\nOman left Chad.\n",
    }


@pytest.mark.parametrize("address", LOGINS)
def test_no_reader_keeps_it(address: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name, text in as_files(address).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    problems: list[kg.KgError] = []
    found = list(kg.read([tmp_path], force=True, on_error=problems.append))
    assert len(found) + len(problems) >= 5
    assert any("h.example" in str(d.url) or "[::1]" in str(d.url) for d in found)
    assert not tells("".join((repr(found), *map(str, problems), *map(message, caplog.messages))))


def test_nothing_that_is_written_has_it(tmp_path: Path) -> None:
    with kg.open_store() as store:
        kg.build([Document(a, "Norway left Sudan.", url=a) for a in LOGINS[:1]], store, "en_geopol_news_sm")
        for name in EXPORTS:
            assert not tells(to_bytes(store, name).decode("utf-8", "replace")), name
        view(store, tmp_path / "a.html")
        assert not tells(repr(store.documents()))
        [row] = store.query("SELECT ?u { ?d schema:url ?u }")  # type: ignore[misc]
    assert str(row[0]) == "http://h.example/a"
    assert not tells((tmp_path / "a.html").read_text())


def test_help_does_not_tell_what_the_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text(f'store = "{LOGINS[0]}"')
    monkeypatch.setenv("KG_STORE", LOGINS[0])
    for verb in ("build", "query", "export"):
        with pytest.raises(SystemExit):
            main([verb, "--help"])
    assert not tells(capsys.readouterr().out)
