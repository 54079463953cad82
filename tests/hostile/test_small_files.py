"""Files of decisions, layouts, queries and settings that are none: one line, no traceback."""

import json
import os
import resource
from pathlib import Path

import pytest

from kg import settings
from kg.actors import judgements
from kg.errors import InputError, KgError
from kg.store import OxigraphStore
from kg.views import kept_layout, view
from tests.graph_samples import newspapers

GOOD = '{"id": "j-1", "do": "merge", "by": "me", "keep": "a", "drop": "b"}\n'
BYTES = {
    "no UTF-8": b"\xff\xfe\x00",
    "Windows-1252": GOOD.replace("me", "J\xfcrgen").encode("cp1252"),
    "UTF-16": GOOD.encode("utf-16"),
    "cut UTF-8": "é".encode()[:1],
    "zeros": bytes(100),
    "half JSON": GOOD.encode()[:20],
    "nested": b"[" * 200_000,
    "a huge number": b'{"id": ' + b"9" * 10_000 + b"}",
}
JUDGEMENTS = [
    *(
        "null",
        "1",
        "[]",
        '"a"',
        "{}",
        "true",
        "NaN",
        '{"do": "merge"}',
        '{"id": 1, "do": "merge", "by": "x"}',
    ),
    *(GOOD.replace('"merge"', value) for value in ("1", "null", "[]", "{}", '"explode"', '""')),
    *(GOOD.replace('"a"', value) for value in ("1", "null", "[1]", "{}", '""', "true")),
    *(GOOD.replace('"me"', value) for value in ("1", "[]", '{"x": 1}')),
    GOOD.replace('"by"', '"start": "1", "by"'),
    GOOD.replace('"by"', '"start": 1.5, "by"'),
    GOOD.replace('"by"', '"start": true, "by"'),
    GOOD.replace('"by"', '"other": "x", "by"'),
    GOOD.replace('"keep": "a"', '"keep": "c", "keep": "a"'),
]
PLACES = ["null", "[]", "[1, 2]", "[1, 2, 3, 4]", '"abc"', "{}", "[1, 2, null]"]
PLACES += [f"[{x}, 1, 1]" for x in ("NaN", "Infinity", "1e400", '"x"', "null", "[]", "1e300")]
PLACES += [f"[1, 1, {group}]" for group in ("NaN", "Infinity", "-2", "1e300", '"x"', "9" * 400)]
LAYOUTS = ["null", "1", "[]", '"a"', "{}", '{"actors": null}', '{"actors": []}', '{"actors": 1}']
LAYOUTS += [f'{{"actors": {{"a": {place}}}}}' for place in PLACES]


def told(error: pytest.ExceptionInfo[KgError], path: Path) -> str:
    text = str(error.value)
    assert str(path) in text
    assert "\n" not in text
    assert len(text) < 500
    return text


@pytest.mark.parametrize("data", [*(text.encode() for text in JUDGEMENTS), *BYTES.values()])
def test_a_file_that_holds_no_judgements_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_bytes(GOOD.encode() + data)
    with pytest.raises(InputError) as error:
        judgements.read(path)
    told(error, path)


@pytest.mark.parametrize("data", [*(text.encode() for text in LAYOUTS), *BYTES.values()])
def test_a_file_that_holds_no_layout_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "graph.layout.json"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        kept_layout.load(path)
    assert "delete it" in told(error, path)


@pytest.mark.parametrize("what", ["a folder", "a device without end", "a pipe"])
def test_what_is_no_file_is_no_layout(what: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.layout.json"
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    store = OxigraphStore()
    store.put(newspapers()[0].quads())
    with pytest.raises(InputError, match="is not a layout that kg kept"):
        view(store, tmp_path / "graph.html")


@pytest.mark.parametrize("name", ["/dev/zero", "folder", "none/below/\0"])
def test_what_is_no_file_holds_no_judgements(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    if "\0" not in name:  # of which pathlib says that it is not there
        with pytest.raises(InputError):
            judgements.read(tmp_path / name)
    with pytest.raises(InputError):
        judgements.merge(tmp_path / name, "a", "b", "me")


def test_line_ends_within_a_text_end_no_line(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    why = "a\u2028b\x85c\x0bd\x1ce"
    judgements.merge(path, "a", "b", "me", why)
    assert [d.why for d in judgements.read(path)] == [why]


def test_a_last_line_that_an_editor_left_open_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text("\ufeff" + GOOD.strip())
    judgements.merge(path, "c", "d", "me")
    assert [d.drop for d in judgements.read(path)] == ["b", "d"]


def test_a_full_disk_leaves_the_judgements_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    judgements.merge(path, "a", "b", "me")
    before, limits = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        with pytest.raises(InputError, match="the judgement cannot be kept"):
            judgements.merge(path, "c", "d", "me", "x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert len(json.loads(before)["id"]) > 3


SETTINGS = {
    "text": b"store",
    "no quotes": b"store = a",
    "another type": b"store = 1",
    "yes for a number": b"workers = true",
    "a date": b"store = 2020-01-01",
    "a table": b"[store]\na = 1",
    "twice": b'store = "a"\nstore = "b"',
    "an escape code": b'"\\u001b[2J" = 1',
    "a long name": b"a" * 50_000 + b" = 1",
    "a long value": b"workers = '" + b"a" * 90_000 + b"'",
    "a long number": b"workers = " + b"9" * 50_000,
    "nested": b"store = " + b"[" * 50_000 + b"]" * 50_000,
    "nested tables": b"store = " + b"{a = " * 10_000,
    "too long": b"#" * 200_000,
    **BYTES,
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_file_that_holds_no_settings_is_told(case: str, tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_bytes(SETTINGS[case])
    with pytest.raises(KgError) as error:
        settings.read(path)
    told(error, path)


@pytest.mark.parametrize("where", ["/dev/zero", "none", ".", "pipe"])
def test_settings_that_are_no_file_are_told(where: str, tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    os.mkfifo(tmp_path / "pipe")
    path.symlink_to(where)
    with pytest.raises(KgError) as error:
        settings.read(path)
    told(error, path)
