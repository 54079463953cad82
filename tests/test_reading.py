import io
import json
import os
import re
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.reading import LONGEST, decode, headline, plain_text, read
from kg.reading.article import Source
from kg.reading.incoming import Incoming

CUT = "that is cut within a character; copy it again"
CONVERT = "convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8"
NO_DATE = "is not a date: write YYYY-MM-DD, YYYY-MM or YYYY"
NO_TEXT = "no text; give the record a field text, or name its own: --map text=NAME"
NO_URL = "is not a web address; write http://… or https://…"
FRONT = "---\ntitle: A title\ndate: 30 April 2025\npublisher: 'The Paper'\nurl: https://example.org/a\n---\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder, so that paths are short and relative."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def read_all(*paths, **options):
    """Documents, and the messages of what went wrong."""
    errors = []
    return list(read(paths, on_error=errors.append, **options)), [str(error) for error in errors]


def one(folder, text, name="a.txt", **options):
    write(folder / name, text)
    [document] = read([name], **options)
    return document


def refused(folder, text, name="a.txt"):
    write(folder / name, text)
    with pytest.raises(InputError) as info:
        list(read([name]))
    assert "\n" not in str(info.value)
    return str(info.value)


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────


def test_front_matter_is_metadata_and_the_rest_is_the_text_as_it_stands(folder):
    document = one(folder, FRONT + "\nXi  called.\r\n\r\nTrump wrapped\nhis line.\n")
    assert document.text == "\nXi  called.\r\n\r\nTrump wrapped\nhis line.\n"
    assert (document.title, document.published) == ("A title", "2025-04-30")
    assert (document.publisher, document.url) == ("The Paper", "https://example.org/a")


def test_a_headline_is_the_title_and_stays_in_the_text(folder):
    text = "Xi Calls Trump\n\nBEIJING - The leaders spoke."
    document = one(folder, text)
    assert (document.title, document.text) == ("Xi Calls Trump", text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(folder, end):
    lines = ["---", "title: T", "---", "One.", "", "Two."]
    document = one(folder, end.join(lines))
    assert (document.title, document.text) == ("T", end.join(lines[3:]))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Xi Calls Trump\n\nText.", "Xi Calls Trump"),
        ("\n\nWho called whom?\n\nText.", "Who called whom?"),
        ("Leaders leave the U.S.\n\nText.", "Leaders leave the U.S."),
        ("He said it ‘again.’\n\nText.", None),
        ("Xi called Trump.\n\nText.", None),
        ("Xi called Trump\nand said so.\n\nText.", None),
        ("Xi called Trump", None),
        ("Word\n\nText.", None),
        ("Long " * 60 + "\n\nText.", None),
        ("x" * 10_000_000, None),
        (" " * 1_000_000 + "x", None),
    ],
)
def test_headlines(text, title):
    assert headline(text) == title


def test_defaults_hold_where_a_document_says_nothing(folder):
    assert one(folder, "Xi called.", date="2025-05", publisher="P").published == "2025-05"
    document = one(folder, FRONT + "Xi called.", date="2024-01-01", publisher="P")
    assert (document.published, document.publisher) == ("2025-04-30", "The Paper")


def test_a_rule_of_dashes_is_no_front_matter(folder):
    assert one(folder, "---\nXi called.\n---\nTrump did not.").text.startswith("---\n")


def test_unknown_fields_are_told_and_not_kept(folder, caplog):
    document = one(folder, "---\ntitle: T\ntags:\n  - one\n  - two\nauthor: A\n---\nXi called.")
    assert (document.title, document.text) == ("T", "Xi called.")
    assert caplog.messages == ["a.txt: not kept: tags, author; kept are title, date, publisher, url"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "a.txt: the file is empty; put an article in it"),
        (b" \n", "a.txt: no text; an article needs some"),
        (FRONT, "a.txt: no text; an article needs some"),
        (b"Xi c\xe9d.", f"a.txt: not UTF-8: byte 0xe9 at 4; {CONVERT}"),
        (b"%ABC-\x00\x01", "a.txt: not text: a zero byte at 5; convert it to UTF-8 text"),
        (b"\xff\xfeX", f"a.txt: UTF-16 {CUT}"),
        ("Xi \U0001f600".encode("utf-16")[:-1], f"a.txt: UTF-16 {CUT}"),
        ("Xi \U0001f600".encode("utf-16")[:-2], f"a.txt: UTF-16 {CUT}"),
        ("Xi".encode("utf-32")[:-3], f"a.txt: UTF-32 {CUT}"),
        ("Москва".encode()[:-1], f"a.txt: UTF-8 {CUT}"),
        (b"Visit the caf\xe9", f"a.txt: not UTF-8: byte 0xe9 at 13; {CONVERT}"),
        (b"\xff\xfeX\x00\x00\xdcX\x00", "a.txt: not UTF-16: byte 0x00 at 4; save it as UTF-8"),
        ("Xi \x1f called.", "a.txt: not text: U+001F at character 3; remove it"),
        ("\ufeffX\x00".encode("utf-16-le"), "a.txt: not text: U+0000 at character 1; remove it"),
        ("---\ndate: 31/02/2025\n---\nXi.", f"a.txt: date '31/02/2025' {NO_DATE}"),
        ("---\ndate: soon\n---\nXi.", f"a.txt: date 'soon' {NO_DATE}"),
        ("---\nurl: javascript:x\n---\nXi.", f"a.txt: url 'javascript:x' {NO_URL}"),
        ("---\ntitle: A\ntitle: B\n---\nXi.", "a.txt:3: front matter says title twice; keep one"),
        ("---\ntitle: A\nJa.", "a.txt:3: front matter 'Ja.' is no `key: value`; mend it or put --- first"),
        ("---\ntitle: A", "a.txt:1: front matter without an end; put a line of --- after it"),
        ("---\ntitle: A\x1b[2J\n---\nXi.", "a.txt:2: title holds U+001B; remove it"),
        ("x" * (LONGEST + 1), "a.txt: 1,000,001 characters, more than 1,000,000; split it into articles"),
    ],
)  # fmt: skip
def test_bad_text_is_one_line_that_says_what_to_do(folder, text, message):
    assert refused(folder, text) == message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding):
    assert decode("Erdoğan".encode(encoding), "a.txt") == "Erdoğan"


# ── Paths ────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_read_in_the_order_of_its_names(folder):
    for name in ("b.txt", "a/z.md", "a/b.txt", "a.txt", "B.TXT"):
        write(folder / "in" / name, "Xi called.")
    documents, errors = read_all("in")
    assert [d.id for d in documents] == ["B.TXT", "a/b.txt", "a/z.md", "a.txt", "b.txt"]
    assert errors == []


def test_however_a_folder_is_named_its_documents_have_the_same_ids(folder, monkeypatch):
    write(folder / "in" / "deep" / "a.txt", "Xi called.")
    write(folder / "in" / "b.jsonl", '{"text": "Xi called."}\n{"text": "Ja.", "id": "7"}')
    for path in ("in", "./in", "in/", "in/../in", folder / "in"):
        assert [d.id for d in read([path])] == ["b.jsonl:1", "7", "deep/a.txt"]
    monkeypatch.chdir(folder / "in")
    assert [d.id for d in read(["."])] == ["b.jsonl:1", "7", "deep/a.txt"]
    assert [d.id for d in read(["deep/a.txt"])] == ["a.txt"]
    assert [d.id for d in read(["deep/a.txt"], base=str(folder / "in"))] == ["deep/a.txt"]


def test_several_folders_have_ids_below_what_is_around_them(folder):
    for name in ("one/a.txt", "two/a.txt"):
        write(folder / name, "Xi called.")
    assert [d.id for d in read(["one", "two"])] == ["one/a.txt", "two/a.txt"]
    assert [d.id for d in read(["two"], base=str(folder / "one"))] == ["../two/a.txt"]


def test_an_address_is_the_id_wherever_the_file_lies(folder):
    write(folder / "a.txt", "---\nurl: https://news.example/1\n---\nXi called.")
    write(folder / "b.jsonl", '{"text": "Ja.", "id": "7", "url": "https://news.example/2"}')
    assert [d.id for d in read(["."])] == ["https://news.example/1", "https://news.example/2"]


def test_a_file_named_in_two_ways_is_read_once(folder):
    write(folder / "a.txt", "Xi called.")
    assert len(list(read(["a.txt", folder / "a.txt"]))) == 1


def test_the_good_ones_of_a_folder_are_read_and_the_bad_ones_told(folder, caplog):
    for name, text in {
        "a.txt": "Xi called.",
        "b.txt": b"",
        "c.txt": b"\xe9",
        "d.txt": "Ja.",
        "e.png": b"%",
    }.items():
        write(folder / "in" / name, text)
    write(folder / "in" / "README.md", "About these files.")
    write(folder / "in" / ".git" / "x.txt", "No article.")
    (folder / "in" / "loop").symlink_to(folder / "in")
    os.mkfifo(folder / "in" / "pipe.txt")
    documents, errors = read_all("in", "gone.txt")
    assert [d.id for d in documents] == ["in/a.txt", "in/d.txt"]
    assert [e.partition(":")[0] for e in errors] == [
        "in/b.txt",
        "in/c.txt",
        "in/pipe.txt",
        "gone.txt",
    ]
    assert caplog.messages == ["in: skipped in/e.png, in/loop"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_file_of_a_folder_whose_name_is_no_text_is_told(folder):
    (folder / "in").mkdir()
    write(folder / "in" / "a.txt", "Xi called.")
    (folder / "in" / "bad\udcff.txt").write_text("Xi called.", encoding="utf-8")
    documents, errors = read_all("in")
    assert [d.id for d in documents] == ["a.txt"]
    assert errors == ["in/bad\\udcff.txt: its name is not UTF-8; rename it"]


def test_a_named_file_is_read_whatever_its_ending(folder):
    assert one(folder, "Xi called.", name="README.md").text == "Xi called."
    assert one(folder, "Xi called.", name="wire").text == "Xi called."


def test_a_file_named_twice_is_read_once(folder, caplog):
    write(folder / "in" / "a.txt", "Xi called.")
    documents, errors = read_all("in", "in/a.txt", "./in")
    assert (len(documents), errors) == (1, [])
    assert caplog.messages == ["in/a.txt: named twice, read once"] * 2


def test_paths_that_hold_nothing_to_read(folder):
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe")
    _, errors = read_all("empty", "gone", "a\0b", "bad\udcff.txt", "/dev/null", "x" * 300)
    assert [error.partition(": ")[2].partition(" (")[0] for error in errors] == [
        "no file below it that kg reads",
        "no such file or folder; check the path",
        "cannot be read: embedded null byte",
        "its name is not UTF-8; rename it",
        "not a file, a folder or a pipe; name one",
        "cannot be read: File name too long",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(folder):
    write(folder / "a.txt", "Xi called.")
    (folder / "a.txt").chmod(0)
    assert read_all("a.txt")[1] == ["a.txt: cannot be read: Permission denied"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Xi called.", [("text-0d08235d29b1d527", "Xi called.")]),
        (
            b'{"text": "Xi called."}\n{"text": "Ja.", "id": 7}',
            [("text-0d08235d29b1d527", "Xi called."), ("7", "Ja.")],
        ),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch, data, found):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(d.id, d.text) for d in read(["-"])] == found


# ── JSON lines ───────────────────────────────────────────────────────────────────────────────────


def test_json_lines(folder, caplog):
    text = "Xi called.\u2028Ja."
    full = {
        "id": "x1",
        "title": "T",
        "date": "2025-04",
        "publisher": "P",
        "url": "http://a.b/c",
        "text": text,
    }
    write(
        folder / "a.jsonl",
        f"{json.dumps(full, ensure_ascii=False)}\r\n\n" + '{"text": "Ja.", "score": 1, "date": null}',
    )
    first, second = read(["a.jsonl"])
    assert (first.id, first.title, first.published, first.publisher, first.url) == (
        "http://a.b/c", "T", "2025-04", "P", "http://a.b/c",
    )  # fmt: skip
    assert first.text == text
    assert (second.id, second.published) == ("a.jsonl:3", None)
    assert caplog.messages == ["a.jsonl: not kept: score; kept are title, date, publisher, url"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes"),
        ('{"text": "x", "date": "2025", "date": "2024"}', "'date' stands twice in one object; keep one"),
        ("[1]", "not a JSON object; write one object a line, with at least text"),
        ('{"title": "T"}', NO_TEXT),
        ('{"text": ""}', NO_TEXT),
        ('{"text": 5}', "text is not text but 5; write it in quotes"),
        ('{"text": "x", "date": 2025}', "date is not text but 2025; write it in quotes"),
        ('{"text": "x", "id": true}', "id is not text but true; write it in quotes"),
        ('{"text": "a\\ud800"}', "not text: U+D800 at character 1; remove it"),
        ('{"text": "x", "id": "a\\u0000"}', "id holds U+0000; remove it"),
        ('{"text": "x", "date": "2025-02-30"}', f"date '2025-02-30' {NO_DATE}"),
        ('{"text": ' + "[" * 100_000, None),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_others_are_read(folder, line, message):
    write(folder / "a.jsonl", '{"text": "One."}\n' + line + '\n{"text": "Three."}\n')
    documents, [error] = read_all("a.jsonl")
    assert [d.id for d in documents] == ["a.jsonl:1", "a.jsonl:3"]
    assert error.startswith("a.jsonl:2: ")
    assert message is None or error == f"a.jsonl:2: {message}"


def test_two_documents_cannot_have_one_id(folder):
    write(folder / "a.jsonl", '{"id": "x", "text": "One."}\n')
    write(folder / "b.jsonl", '{"id": "x", "text": "Two."}')
    documents, errors = read_all("a.jsonl", "b.jsonl")
    assert [d.text for d in documents] == ["One."]
    told = "a second document with the id x, which one of a.jsonl has; give it one of its own"
    assert errors == [f"b.jsonl: {told}"]


# ── Anything ─────────────────────────────────────────────────────────────────────────────────────

_PIECES = st.sampled_from(
    [
        *(
            b"text,title\n",
            b"<rss><channel><item><title>",
            b"WEBVTT\n\n",
            b"From: a\nTo: b\nMIME-Version: 1\n",
            b"PK\x03\x04",
            b"\x1f\x8b\x08\x00",
            b"%PDF-1.4",
            b"00:01.000 --> 00:02.000\n",
            b'{"articles": [',
            b"]}",
        ),
        *(
            b"---\n",
            b"title: ",
            b"date: 2025",
            b"\r\n",
            b"\n",
            b'{"text": "',
            b'"}',
            b"\x00",
            b"\xff\xfe",
            b"#",
        ),
        *(
            b"\xef\xbb\xbf",
            b"Xi called.",
            b":",
            b"- ",
            b"\x1f",
            "é😀".encode(),
            b"\\ud800",
            b'"id": 1',
            b"\xed\xa0",
        ),
    ]
)
ANY_BYTES = st.one_of(st.binary(max_size=80), st.lists(_PIECES, max_size=12).map(b"".join))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    ANY_BYTES,
    st.sampled_from(
        ["a.txt", "a.jsonl", "a.json", "a.csv", "a.xml", "a.eml", "a.srt", "a.gz", "a.zip", "a.pdf"]
    ),
)
def test_any_bytes_are_documents_whose_spans_work_or_errors_of_one_line(tmp_path, data, name):
    write(tmp_path / name, data)
    documents, errors = read_all(tmp_path / name)
    assert documents or errors
    for document in documents:
        middle = len(document.text) // 2
        assert document.span(0, middle).text + document.span(middle, len(document.text)).text == document.text
        document.text.encode()
        json.dumps([document.id, document.title, document.publisher, document.url]).encode()
    assert all(re.match(r".*a\.\w+(:\d+)?: ", e) and "\n" not in e for e in errors)


@given(ANY_BYTES)
def test_a_text_file_loses_nothing_but_front_matter(data):
    try:
        text = decode(data, "a.txt")
        [document] = plain_text.documents(Incoming(io.BytesIO(data), Source("a.txt")))
    except InputError:
        return
    assert text.endswith(document.text)
    assert document.text == text or text.startswith("---")
