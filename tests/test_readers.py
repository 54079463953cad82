"""What single readers do beyond a form's plain article: many in a file, odd ones, furniture, limits."""

import gzip
import io
import json
import logging
import sys
import time
import zipfile

import pytest

from kg.errors import InputError
from kg.reading import archives, door, extras, incoming, pdf, read
from kg.reading.article import Source
from kg.reading.incoming import Incoming
from tests.test_copies import FAMILIES
from tests.test_forms import (
    ATOM,
    NEWS_API,
    ONE,
    OTHER,
    PAGE,
    PAPER,
    TEXT,
    TITLE,
    TWO,
    URL,
    docx_file,
    mail,
    mailbox,
    odt_file,
    packed_as,
    pdf_file,
    read_bytes,
    rtf_file,
    saved,
    xlsx_file,
)


def texts(data, name):
    """The texts of the documents in a file, and the errors."""
    documents, errors = read_bytes(data if isinstance(data, bytes) else data.encode(), name)
    return [document.text for document in documents], errors


# ── Records and tables ───────────────────────────────────────────────────────────────────────────


def test_rows_are_articles_and_a_bad_one_costs_no_other():
    table = f'text,date,id\n"{ONE}\nIt was late.",2025-04-30,x\n"{TWO}",soon,y\n,,\n{OTHER},30/04/2025,z\n'
    documents, [error] = read_bytes(table.encode(), "a.csv")
    assert [(d.id, d.published) for d in documents] == [("x", "2025-04-30"), ("z", "2025-04-30")]
    assert documents[0].text == f"{ONE}\nIt was late."
    assert error.startswith("a.csv:4: date 'soon' is not a date")


BROKEN = {
    "more cells than names": ("text,date\nXi called,Trump did,2025\n", "a.csv:2: 3 cells under 2 names"),
    "no end of a quote": ('text,date\n"Xi called', None),
    "a cell that is no article": (
        "text\n" + "x" * 2_000_000,
        "a.csv:2: not a table: field larger",
    ),
    "names alone": ("text,date\n", "a.csv: no article in it"),
    "another encoding": (b"text,date\nXi c\xe9d,2025\n", "a.csv:2: not UTF-8"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_tables_that_are_broken_are_told(what):
    table, error = BROKEN[what]
    found, errors = texts(table, "a.csv")
    assert error is None or [e[: len(error)] for e in errors] == [error]
    assert found or errors


def test_what_a_table_tells_beside_is_named(caplog):
    texts(f"text,mood,title\n{ONE},good,T\n", "a.csv")
    assert caplog.messages == ["a.csv: not kept: mood; kept are title, date, publisher, url"]


def test_each_sheet_of_a_workbook_is_a_table():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx_file()))
    book["empty"].append(["Body"])
    book["empty"].append([OTHER])
    assert texts(saved(book.save), "a.xlsx") == ([TEXT, OTHER], [])


def test_columns_that_the_user_names():
    source = Source("a.csv", columns={"text": "What it says", "date": "printed"})
    table = f'printed,what_it_says,text\n2025-04-30,"{ONE}",no article\n'
    [document] = door.documents(Incoming(io.BytesIO(table.encode()), source))
    assert (document.text, document.published) == (ONE, "2025-04-30")


def test_articles_of_a_service_are_told_apart():
    news = json.dumps(
        {"articles": [*NEWS_API["articles"], {"title": "Ja", "url": "x"}, {"content": OTHER}, 7]}
    )
    documents, errors = read_bytes(news.encode(), "a.json")
    assert [d.id for d in documents] == ["a.json:1", "a.json:3"]
    assert [e.partition(": ")[0] for e in errors] == ["a.json:2", "a.json:4"]


@pytest.mark.parametrize(
    "news",
    [
        {"a1": {"text": ONE}, "a2": {"text": OTHER}},  # by name
        [{"paragraphs": [ONE]}, {"content": [OTHER]}],  # in pieces
        {"text": {"0": ONE, "1": OTHER}, "title": {"0": "T", "1": "U"}},  # column by column
        [{"text": ONE, "date": 1746000000}, {"text": OTHER, "date": "1746000000000"}],  # as computers count
    ],
)
def test_articles_however_json_holds_them(news):
    documents, errors = read_bytes(json.dumps(news).encode(), "a.json")
    assert [d.text for d in documents] == [ONE, OTHER]
    assert {d.published for d in documents} in ({None}, {"2025-04-30"})
    assert errors == []


def test_a_table_may_say_what_parts_its_columns():
    assert texts(f"sep=;\ntext;title\n{ONE};a, b, c\n", "a.csv") == ([ONE], [])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"{ONE} He said that the ta… [+1432 chars]", ONE),
        (f"{ONE} “We will call.” He s... [+12 chars]", f"{ONE} “We will call.”"),
        (f"{ONE} [...]", ONE),
        ("The leaders spoke about ta… [+1432 chars]", "What they said."),
        (f"{ONE} He left [3] of them.", f"{ONE} He left [3] of them."),
    ],
)  # fmt: skip
def test_stumps_are_dropped_with_the_sentence_that_was_cut(content, text):
    record = json.dumps([{"title": "T", "content": content, "description": "What they said."}])
    assert texts(record, "a.json") == ([text], [])


def test_lines_are_streamed_and_a_bad_one_costs_no_other():
    lines = b'{"text": "Xi called."}\n{"text": "Xi c\xe9d."}\r\n\n{"text": "Ja."}\n'
    found, [error] = texts(lines, "a.jsonl")
    assert found == ["Xi called.", "Ja."]
    assert error.startswith("a.jsonl:2: not UTF-8: byte 0xe9 at 14")


# ── Feeds, pages, mail ───────────────────────────────────────────────────────────────────────────


def test_a_feed_that_is_cut_gives_its_whole_items_and_says_so(caplog):
    item = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")]
    found, _ = texts(ATOM.replace("</feed>", item.replace(URL, "http://b.c/d")[:60]), "a.atom")
    assert found[0] == TEXT
    assert caplog.messages == ["a.atom: broken or cut within item 2"]


def test_a_feed_reads_no_file_and_no_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("Secret.", encoding="utf-8")
    feed = """<!DOCTYPE rss [<!ENTITY x SYSTEM "secret">]><rss><channel><item><title>Xi calls &x;</title>
    <description>Xi called Trump.</description></item></channel></rss>"""
    for name in ("a.rss", "a.txt"):
        assert "Secret" not in str(read_bytes(feed.encode(), name))


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-8", "gb2312", "koi8-r"])
def test_a_page_is_read_in_the_charset_that_it_declares(charset):
    word = {"koi8-r": "Путин", "gb2312": "北京"}.get(charset, "Škoda – “€5”" if charset != "gb2312" else "")
    encoded = PAGE.replace("CHARSET", charset).replace(ONE, f"{ONE} {word}")
    [text], errors = texts(encoded.encode({"iso-8859-1": "cp1252"}.get(charset, charset)), "a.html")
    assert (word in text, errors) == (True, [])


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html>",
        "<html><body><nav>Home | World</nav></body></html>",
        "<html><body><ul><li><a>Xi calls Trump again</a></li><li><a>Peru recalls its envoy</a></li>"
        "<li><a>Chad and Mali sign a pact</a></li></ul><p>© 2025 The Lima Herald</p></body></html>",
    ],
)
def test_a_page_without_an_article_is_told(page, caplog):
    found, [error] = texts(page, "a.html")
    assert found == []
    assert error in (
        "a.html: no article found in the page; save its text as a .txt file",
        "a.html: the file is empty; put an article in it",
    )
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ('<meta property="article:published_time" content="2025-04-30T10:00:00Z">', "2025-04-30"),
        ('<time datetime="2025-04-30">Wednesday</time>', "2025-04-30"),
        ("<footer>© 2024 The Lima Herald</footer>", None),
        ("<p>The treaty was signed on May 12, 2019.</p>", None),
    ],
)
def test_a_pages_date_is_one_that_it_says_is_its_own(said, published):
    page = (
        f"<html><head><title>T</title></head><body><article>{said}<p>{ONE}</p><p>{TWO}</p></article></body>"
    )
    [document], _ = read_bytes(page.encode(), "a.html")
    assert document.published == published


def test_pictures_and_frames_of_a_saved_page_are_passed_over(tmp_path):
    (tmp_path / "Xi calls_files").mkdir()
    (tmp_path / "other_files").mkdir()
    (tmp_path / "Xi calls.html").write_text(PAGE.replace("CHARSET", "utf-8"), encoding="utf-8")
    (tmp_path / "Xi calls_files" / "frame.html").write_text("<html>advertisement</html>", encoding="utf-8")
    (tmp_path / "other_files" / "a.txt").write_text(OTHER, encoding="utf-8")
    assert [d.text for d in read([tmp_path])] == [TEXT, OTHER]


def test_a_mailbox_holds_many_mails():
    documents, errors = read_bytes(mailbox(), "a.mbox")
    assert [(d.text, d.title, d.published) for d in documents] == [
        (TEXT, TITLE, "2025-04-30"),
        (OTHER, "Lima", "2025-04-30"),
    ]
    assert errors == []


def test_what_a_mail_quotes_and_signs_is_no_part_of_it():
    [text], _ = texts(mail(), "a.eml")
    assert text == TEXT


SENT_ON = {
    "Gmail": "FYI.\n\n---------- Forwarded message ---------\nFrom: {0} <desk@example.org>\n"
    "Date: Tue, Apr 29, 2025 at 6:02 PM\nSubject: {1}\nTo: <a@b.c>\n\n{2}\n\nOn Mon, Bob wrote:\n> Who?\n",
    "Apple": "Begin forwarded message:\n\n> From: {0} <desk@example.org>\n> Subject: {1}\n"
    "> Date: 29 April 2025 at 18:02:11 GMT+2\n> To: a@b.c\n> \n> {2}\n",
    "Outlook": "Please read.\n\n________________________________\nFrom: {0} <desk@example.org>\n"
    "Sent: Tuesday, April 29, 2025 6:02 PM\nTo: a@b.c\nSubject: {1}\n\n{2}\n",
}


@pytest.mark.parametrize("program", SENT_ON)
def test_mail_that_is_sent_on_is_that_of_its_first_writer(program):
    text = SENT_ON[program].format(PAPER, TITLE, OTHER)
    header = "From: A. Reader <a@b.c>\nTo: d@e.f\nSubject: Fwd: see\nDate: Wed, 30 Apr 2025 10:00:00 +0000\n"
    [found], errors = read_bytes(f"{header}MIME-Version: 1.0\n\n{text}".encode(), "a.eml")
    assert (found.text, found.title, found.publisher, found.published) == (OTHER, TITLE, PAPER, "2025-04-29")
    assert errors == []


def test_attachments_are_named(caplog):
    from email import message_from_bytes, policy

    message = message_from_bytes(mail(), policy=policy.default)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="note.pdf")
    assert texts(message.as_bytes(), "a.eml") == ([TEXT], [])
    assert caplog.messages == ["a.eml: not read: attached note.pdf"]


def test_a_memo_with_headings_like_mail_is_a_text():
    memo = f"From: The desk\nSubject: The call\n\n{ONE}\n"
    assert texts(memo, "a.txt") == ([memo], [])


def test_an_id_of_a_feeds_item_is_no_address():
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>T</title>
    <id>urn:uuid:1</id><content type="html">{ONE}</content></entry></feed>"""
    [found], errors = read_bytes(feed.encode(), "a.atom")
    assert (found.id, found.url, errors) == ("urn:uuid:1", None, [])


# ── Documents ────────────────────────────────────────────────────────────────────────────────────


def test_page_headers_and_numbers_are_no_text_and_paragraphs_are_whole():
    long = " ".join(family["story"] for family in FAMILIES[:12])  # over some pages
    [text], errors = texts(pdf_file([long, ONE], pages=4), "a.pdf")
    assert text == f"{TITLE}\n\n{long}\n\n{ONE}"
    assert errors == []


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([[["The govern-", "ment fell."]]], "The government fell."),
        ([[["A well-", "known man. A well-known woman."]]], "A well-known man. A well-known woman."),
        ([[["An anti-", "war march."]]], "An anti-war march."),
        ([[["The U.S.-", "China talks."]]], "The U.S.- China talks."),
        ([[["Xi called", "Trump."], ["Trump called."]]], "Xi called Trump.\n\nTrump called."),
        ([[["Xi, who"]], [["called."]]], "Xi, who called."),
        ([[["Page 1", "Xi called."]], [["Page 2", "Ja."]], [["3", "So."]]], "Xi called.\n\nJa.\n\nSo."),
        ([[["Xi called."]]], "Xi called."),
    ],
)  # fmt: skip
def test_lines_of_pages_become_paragraphs(pages, text):
    assert pdf.text_of(pages) == text


def test_a_pdf_without_text_says_so():
    from reportlab.pdfgen.canvas import Canvas

    def draw(out):
        canvas = Canvas(out)
        canvas.rect(50, 50, 100, 100)
        canvas.save()

    found, [error] = texts(saved(draw), "a.pdf")
    assert found == []
    assert error == "a.pdf: pages without text; write it out first, for instance with ocrmypdf"


def test_tables_in_documents_stay_rows():
    import docx

    document = docx.Document(io.BytesIO(docx_file()))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Peru", "Lima"
    assert texts(saved(document.save), "a.docx") == ([f"{TEXT}\n\nPeru | Lima"], [])


def test_subtitles_keep_their_speakers():
    lines = [
        "1\n00:00:01,000 --> 00:00:04,000\nZARIF: We will not go.\n",
        "[applause]\nMS. BRUCE: Who called?\n",
    ]
    [text], _ = texts("\n2\n00:00:05,000 --> 00:00:08,000\n".join(lines), "a.srt")
    assert text == "ZARIF: We will not go.\n\nMS. BRUCE: Who called?"


def test_transcripts_keep_their_speakers():
    transcript = "MS. BRUCE: Good afternoon.\n\nQ: Who called?\n\n[00:01:09] Zarif: He did."
    assert texts(transcript, "a.txt") == ([transcript], [])


@pytest.mark.parametrize(
    ("library", "name", "make"),
    [
        ("pdfminer.high_level", "a.pdf", pdf_file),
        ("docx", "a.docx", docx_file),
        ("odfdo", "a.odt", odt_file),
        ("striprtf.striprtf", "a.rtf", rtf_file),
        ("openpyxl", "a.xlsx", xlsx_file),
        ("webvtt", "a.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\nXi called.\n"),
    ],
)  # fmt: skip
def test_a_form_says_what_to_install(monkeypatch, library, name, make):
    data = make()
    monkeypatch.setitem(sys.modules, library, None)
    found, [error] = texts(data, name)
    assert found == []
    assert error.endswith(" needs an extra; pip install 'geopolitical-kg[files]'")


# ── Archives and limits ──────────────────────────────────────────────────────────────────────────


def test_an_archive_is_read_as_a_folder_is(caplog):
    nothing = dict.fromkeys((".hidden.txt", "README.md", "__MACOSX/a.txt", "a/photo.png"), "x")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    articles = {"b.txt": OTHER, "a/a.pdf": pdf_file([ONE]), "d.zip": packed_as({"e.txt": TWO})}
    packed = packed_as({**nothing, **articles, "c.doc": old})
    documents, [error] = read_bytes(packed, "news.zip")
    assert [d.id for d in documents] == ["news.zip/a/a.pdf", "news.zip/b.txt", "news.zip/d.zip/e.txt"]
    assert error.startswith("news.zip/c.doc: an old Office document")


def test_archives_in_archives_end_somewhere():
    packed = TEXT.encode()
    for _ in range(5):
        packed = gzip.compress(packed)
    found, [error] = texts(packed, "a.txt.gz.gz.gz.gz.gz")
    assert (found, "an archive in 3 others" in error) == ([], True)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = packed_as({f"a{n}.txt": bytes(incoming.LARGEST // 3) for n in range(4)})
    found, [error] = texts(bomb, "a.zip")
    assert found == []
    assert error == "a.zip: 4 files that unpack to 133,333,332 bytes; unpack it yourself"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_packed_file_is_unpacked_no_further_than_to_the_limits(name, monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED", 100_000)
    _, errors = texts(gzip.compress(b'{"text": "Xi."}\n' * 50_000), name)
    assert errors[-1].endswith("unpacks to more than it says; unpack it yourself")


def test_an_archive_that_lies_about_its_sizes_is_told():
    packed = bytearray(packed_as({"a.txt": TEXT * 100}))
    for at in (packed.find(b"PK\x01\x02") + 24, 22):  # the sizes unpacked, in both places
        packed[at : at + 4] = (50).to_bytes(4, "little")
    found, errors = texts(bytes(packed), "a.zip")
    assert all(len(text) <= 50 for text in found)
    assert found or errors


def test_files_with_a_password_are_told():
    packed = bytearray(packed_as({"a.txt": TEXT}))
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    packed[6] |= 1
    assert "a.txt cannot be unpacked" in texts(bytes(packed), "a.zip")[1][0]


def test_a_document_of_more_xml_than_any_has_is_refused(monkeypatch):
    monkeypatch.setattr(extras, "MOST_UNPACKED", 3_000_000)

    def write(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", bytes(3_100_000))

    assert "unpacks to 3,100,000 bytes, more than 3,000,000" in texts(saved(write), "a.docx")[1][0]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with open(tmp_path / "a.txt", "wb") as out:
        out.truncate(10_000_000_000)  # no disk is used
    with pytest.raises(
        InputError, match=r"a\.txt: 10,000,000,000 bytes, and 100,000,000 are read at once; split"
    ):
        list(read([tmp_path / "a.txt"]))


def test_standard_input_is_read_up_to_the_limit(monkeypatch):
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    monkeypatch.setattr(incoming, "LARGEST", 1_000_000)
    found = list(door.documents(Incoming(io.BufferedReader(Endless()), Source("-"), limit=1_000_000)))
    assert [str(error) for error in found] == ["-: too large, and 1,000,000 are read at once; split it"]


LONG = 60_000
ENDLESS = {
    "comments.xsl": "<?xml version='1.0'?>" + "<!-- a -->\n" * (LONG // 10) + "<x/>",
    "declarations.html": "<?a?>" * LONG + "<x>",
    "blanks.rtf": "{\\rtf1 " + "\\~" * LONG + "x}",
    "blanks.json": json.dumps([{"text": "Xi called" + " " * LONG + "." + " " * LONG + "[+1 char"}]),
    "blanks.txt": "Xi called" + " " * LONG + "\n" + "\n \n" * LONG + "x",
    "tags.txt": "<p>" * LONG,
    "quotes.csv": "text,title\n" + '"' * LONG,
    "brackets.json": "[" * LONG,
    "headers.eml": "From: a\nTo: b\nMIME-Version: 1\n" + "X: y\n" * LONG,
    "signs.md": "#" * LONG + "\n" + "- " * LONG,
    "notes.vtt": "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" + "[" * LONG,
    "dashes.txt": "---\n" * LONG,
    "lines.txt": "End of Document\n" * LONG,
    "words.txt": "words " * LONG + "\nLOAD-DATE: x",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_nothing_is_read_for_ever(name):
    begun = time.process_time()
    found, errors = texts(ENDLESS[name], name)
    assert found or errors
    assert time.process_time() - begun < 4


def test_libraries_do_not_talk(caplog):
    caplog.set_level(logging.INFO)
    for data, name in ((b"%PDF-1.4\ntrailer", "a.pdf"), (b"<html><p>x", "a.html"), (b"{\\rtf1", "a.rtf")):
        texts(data, name)
    assert {record.name for record in caplog.records} <= {"kg"}
