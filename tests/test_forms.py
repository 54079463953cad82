"""Every form that kg reads, with what an article has in each; what is none of them is refused by name."""

import gzip
import io
import json
import zipfile
from dataclasses import dataclass

import pytest

from kg.errors import InputError
from kg.reading import door
from kg.reading.article import Source
from kg.reading.incoming import Incoming

ONE = "President Xi Jinping called President Donald Trump on Tuesday, both sides said."
TWO = "The two leaders spoke about tariffs for an hour and agreed to talk again, officials said."
TEXT = f"{ONE}\n\n{TWO}"
OTHER = "Peru recalled its ambassador from Quito on Monday after guards detained eleven fishermen."


def read_bytes(data, name):
    """Documents in bytes under a name, and the messages of what went wrong."""
    found = list(door.documents(Incoming(io.BytesIO(data), Source(name))))
    errors = [str(f) for f in found if isinstance(f, InputError)]
    assert all("\n" not in e and len(e) < 300 for e in errors), errors
    return [f for f in found if not isinstance(f, InputError)], errors


def whole(document):
    """What a document tells of itself; its spans are asked for on the way."""
    text = document.text
    for part in (ONE, TWO, OTHER):
        if (start := text.find(part)) >= 0:
            assert document.span(start, start + len(part)).text == part
    return text, document.title, document.published, document.publisher, document.url


# ── Files of each form, as their own libraries write them ────────────────────────────────────────

TITLE, DATE, PAPER, URL = "Xi calls Trump", "2025-04-30", "The Paper", "https://example.org/a"
RECORD = {"title": TITLE, "date": DATE, "publisher": PAPER, "url": URL, "text": TEXT}


def csv_file(separator=","):
    import csv

    out = io.StringIO()
    rows = csv.writer(out, delimiter=separator)
    rows.writerow(["Headline", "Published_At", "Source", "URL", "Article Text"])
    rows.writerow([TITLE, f"{DATE}T10:00:00Z", PAPER, URL, TEXT])
    return out.getvalue()


def xlsx_file():
    from datetime import datetime

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Title", "Date", "Publisher", "Link", "Text"])
    book.active.append([TITLE, datetime(2025, 4, 30, 10), PAPER, URL, TEXT])
    book.create_sheet("empty")
    return saved(book.save)


def saved(save):
    out = io.BytesIO()
    save(out)
    return out.getvalue()


NEWS_API = {
    "status": "ok",
    "totalResults": 1,
    "articles": [
        {
            "source": {"id": "the-paper", "name": PAPER},
            "author": "A. Writer",
            "title": TITLE,
            "description": ONE,
            "url": URL,
            "urlToImage": None,
            "publishedAt": f"{DATE}T10:00:00Z",
            "content": f"{ONE} {TWO} Then the… [+1432 chars]",
        }
    ],
}
GUARDIAN = {
    "response": {
        "status": "ok",
        "results": [
            {
                "id": "world/2025/a",
                "webPublicationDate": f"{DATE}T10:00:00Z",
                "webTitle": TITLE,
                "webUrl": URL,
                "publication": PAPER,
                "fields": {"bodyText": TEXT},
            }
        ],
    }
}
EVENT_REGISTRY = {
    "articles": {
        "results": [
            {
                "uri": "8123",
                "lang": "eng",
                "date": DATE,
                "url": URL,
                "title": TITLE,
                "body": TEXT,
                "source": {"title": PAPER},
            }
        ]
    }
}
JSON_FEED = {
    "title": "A feed",
    "description": "What we print",
    "items": [
        {
            "id": "1",
            "url": URL,
            "title": TITLE,
            "content_html": f"<p>{ONE}</p><p>{TWO}</p>",
            "date_published": DATE,
            "publisher": PAPER,
        }
    ],
}
WORDPRESS = [
    {
        "id": 7,
        "date": f"{DATE}T10:00:00",
        "link": URL,
        "title": {"rendered": TITLE},
        "content": {"rendered": f"<p>{ONE}</p>\n<p>{TWO}</p>"},
        "site_name": PAPER,
    }
]
GDELT = {
    "articles": [
        {
            "url": URL,
            "title": TITLE,
            "seendate": "20250430T101500Z",
            "domain": "example.org",
            "language": "English",
        }
    ]
}
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{PAPER}</title>
<link>https://example.org</link><description>News</description>
<item><title>{TITLE}</title><link>{URL}</link><pubDate>Wed, 30 Apr 2025 23:30:00 -0500</pubDate>
<description>{ONE}</description><content:encoded><![CDATA[<p>{ONE}</p><p>{TWO}</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{PAPER}</title><id>x</id>
<entry><title>{TITLE}</title><link href="{URL}"/><id>{URL}</id><updated>{DATE}T10:00:00Z</updated>
<content type="html">&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content></entry></feed>"""
PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>{TITLE}</title>
<meta property="og:site_name" content="{PAPER}"><link rel="canonical" href="{URL}">
<meta property="article:published_time" content="{DATE}T10:00:00Z"></head><body><nav>Home | World</nav>
<article><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p></article><footer>Contact</footer></body></html>"""
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: {URL}
Subject: {TITLE}
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit
Content-Location: {URL}

{PAGE.replace("CHARSET", "utf-8")}
------B
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

iVBORw0KGgo=
------B--
"""


def mail(text=TEXT, title=TITLE):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = f"{PAPER} <desk@example.org>"
    message["To"] = "reader@example.org"
    message["Subject"] = title
    message["Date"] = "Wed, 30 Apr 2025 10:00:00 +0000"
    message["Message-ID"] = f"<{abs(hash(title))}@example.org>"
    message.set_content(
        f"{text}\n\nOn Mon, 28 Apr 2025, A. Reader wrote:\n> What news?\n\n-- \n{PAPER}, Lima\n"
    )
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    return message.as_bytes()


def mailbox():
    first = mail().replace(b"\nFrom the", b"\n>From the")
    return b"".join(
        b"From desk@example.org Wed Apr 30 10:00:00 2025\n" + m + b"\n\n"
        for m in (first, mail(OTHER, "Lima"))
    )


PAGE_HEADER = "THE PAPER, 30 April 2025"


def pdf_file(paragraphs=(ONE, TWO), pages=1):
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def furniture(canvas, doc):
        canvas.drawString(60, 570, PAGE_HEADER)
        canvas.drawString(200, 20, f"Page {canvas.getPageNumber()} of {pages}")

    style = getSampleStyleSheet()
    story = [Paragraph(TITLE, style["Title"]), *(Paragraph(p, style["BodyText"]) for p in paragraphs)]
    return saved(
        lambda out: SimpleDocTemplate(out, pagesize=A5, title=TITLE).build(
            story, onFirstPage=furniture, onLaterPages=furniture
        )
    )


def docx_file(*paragraphs, title=TITLE):
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = "Page header"
    for paragraph in paragraphs or (ONE, TWO):
        document.add_paragraph(paragraph)
    return saved(document.save)


def odt_file():
    import odfdo

    document = odfdo.Document("text")
    document.meta.title = TITLE
    document.body.clear()
    for paragraph in (ONE, TWO):
        document.body.append(odfdo.Paragraph(paragraph))
    return saved(document.save)


def rtf_file(text=TEXT):
    paragraphs = "".join(f"{{\\pard {line}\\par}}\n" for line in text.split("\n"))
    rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\f0\n" + paragraphs + "}"
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in rtf).encode("ascii")


FIRST, _, REST = ONE.partition(" ")
SRT = f"""1
00:00:01,000 --> 00:00:04,000
<i>{FIRST}</i>
{REST}

2
00:00:10,000 --> 00:00:14,000
[applause] {TWO}
"""
VTT = (
    f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Xi>{ONE}\n\n00:05.000 --> 00:09.000 align:left\n<v Trump>{TWO}\n"
)


def packed_as(files):
    def write(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)

    return saved(write)


@dataclass(frozen=True)
class Form:
    """A file, and what its article has if not what RECORD says; None is what the form does not tell."""

    name: str
    data: bytes
    text: str = TEXT
    title: str | None = TITLE
    date: str | None = DATE
    publisher: str | None = PAPER
    url: str | None = URL


BARE = {"title": None, "date": None, "publisher": None, "url": None}
FRONT = f"---\ntitle: {TITLE}\ndate: {DATE}\npublisher: {PAPER}\nurl: {URL}\n---\n"


def forms():
    """Every form of the table of what people bring; made when asked for, by the libraries that write them."""
    encoded = json.dumps(RECORD, indent=1).encode()
    yield Form("front.txt", (FRONT + TEXT).encode())
    yield Form("lines.jsonl", json.dumps(RECORD).encode())
    yield Form("object.json", encoded)
    yield Form("array.json", f"[{encoded.decode()}]".encode())
    yield Form("newsapi.json", json.dumps(NEWS_API).encode(), f"{ONE} {TWO}")
    yield Form("guardian.json", json.dumps(GUARDIAN).encode())
    yield Form("eventregistry.json", json.dumps(EVENT_REGISTRY).encode())
    yield Form("feed.json", json.dumps(JSON_FEED).encode())
    yield Form("wordpress.json", json.dumps(WORDPRESS).encode())
    yield Form("gdelt.json", json.dumps(GDELT).encode(), TITLE, publisher="example.org")
    yield Form("table.csv", csv_file().encode("utf-8-sig"))
    yield Form("semicolons.csv", csv_file(";").encode())
    yield Form("table.tsv", csv_file("\t").encode("utf-16"))
    yield Form("table.xlsx", xlsx_file())
    yield Form("feed.rss", RSS.encode())
    yield Form("feed.atom", ATOM.encode())
    yield Form("feed.xml", RSS.encode())
    yield Form("page.html", PAGE.replace("CHARSET", "utf-8").encode())
    yield Form("page.mhtml", MHTML.replace("\n", "\r\n").encode())
    yield Form("mail.eml", mail(), url=None)
    yield Form(
        "paper.pdf",
        pdf_file(),
        f"{PAGE_HEADER}\n\n{TITLE}\n\n{TEXT}",
        date=None,
        publisher=None,
        url=None,
    )
    yield Form("paper.docx", docx_file(), date=None, publisher=None, url=None)
    yield Form("paper.odt", odt_file(), date=None, publisher=None, url=None)
    yield Form("paper.rtf", rtf_file(), **BARE)
    yield Form("film.srt", SRT.encode(), **BARE)
    yield Form("film.vtt", VTT.encode(), f"Xi: {ONE}\n\nTrump: {TWO}", **BARE)
    yield Form("lines.jsonl.gz", gzip.compress(json.dumps(RECORD).encode()))
    yield Form("paper.zip", packed_as({"in/a.json": encoded}))


FORMS = {form.name: form for form in forms()}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@each_form
def test_a_form_gives_its_article(form):
    [document], errors = read_bytes(form.data, form.name)
    assert whole(document) == (form.text, form.title, form.date, form.publisher, form.url)
    assert errors == []


@each_form
@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv", "a.html"])
def test_content_tells_the_form_whatever_the_name(form, name):
    [document], errors = read_bytes(form.data, name)
    assert (document.text, errors) == (form.text, [])


@each_form
def test_half_a_file_is_an_article_of_its_words_or_told(form):
    documents, errors = read_bytes(form.data[: len(form.data) // 2], form.name)
    assert documents or errors
    kept = " ".join(f"{form.text} {TITLE} {PAGE_HEADER}".split())
    for document in documents:
        words = " ".join(document.text.split())
        assert words[:30] in kept, "what is read of half a file is none of its words"


# ── What is none of these ────────────────────────────────────────────────────────────────────────

REFUSED = {
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    "speech": (b"ID3\x04" + bytes(50), "sound"),
    "all.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "a 7z archive"),
    "rows.parquet": (b"PAR1" + bytes(50), "Parquet"),
    "store.db": (b"SQLite format 3\0" + bytes(50), "a database"),
    "book.epub": (packed_as({"META-INF/container.xml": "<container/>"}), "a book"),
    "empty.zip": (packed_as({"a.png": b"x"}), "nothing in it that may be an article"),
    "news.xml": (b"<?xml version='1.0'?><nitf><body>Xi called.</body></nitf>", "XML of another kind (nitf)"),
    "site.txt": (b"<?xml version='1.0'?>\n<urlset><url/></urlset>", "XML, not prose"),
    "prices.csv": (b"day,open,close\n1,2,3\n2,3,4\n", "no column of texts in: day, open, close"),
    "prices.txt": (b"1;2;3\n2;3;4\n5;6;7\n8;9;1\n", "rows parted by ';'"),
    "codes.tsv": (b"1234567890\t20250430\t202504\t2025\t2025.3\tUSA\n", "rows of GDELT's events"),
    "data.json": (b'{"rows": [{"a": 1}]}', "no articles in it"),
    "package.json": (
        b'{"name": "x", "description": "Reads news and says who did what"}',
        "no articles in it",
    ),
    "list.ris": (b"TY  - NEWS\nTI  - Xi calls\nAB  - Xi called Trump.\nER  - \n", "references"),
    "figures.json": (b"[[1, 2], [3, 4]]", "no articles in it"),
    "cut.json": (b'{"text": "Xi called', "not JSON"),
    "twice.json": (b'{"text": "Xi called.", "text": "Trump called."}', "'text' stands twice"),
    "empty.rss": (b"<rss><channel><title>T</title></channel></rss>", "a feed without items"),
    "script.py": (b"#!/usr/bin/env python\nimport os\n", "a program"),
    "code": (b"def f(x):\n    y = {x: 1}\n    return y[x] == 2 or {'a': 'b'}\n" * 5, "not prose"),
    "settings.txt": (b"[store]\npath=/var/kg\nlimit=5\n\n[model]\nname=x\nfast=true\n" * 3, "not prose"),
    "thesis.tex": (b"\\documentclass{article}\n\\begin{document}Xi called.", "TeX"),
    "graph.ttl": (b"@prefix a: <http://a.example/> .\na:b a:c a:d .\n", "RDF"),
    "names.pdf": (b"Xi called Trump.", "not a PDF that can be read"),
    "names.docx": (b"Xi called Trump.", "not a Word document"),
    "names.xlsx": (b"Xi called Trump.", "no column of texts in"),
    "empty.eml": (b"From: a@b.c\nTo: d@e.f\nMessage-ID: <1>\nSubject: x\n\n", "no text"),
    "broken.gz": (b"\x1f\x8b\x08\x00" + bytes(20), "cannot be unpacked"),
    "broken.zip": (packed_as({"a.txt": TEXT})[:-30], "not a zip archive that can be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_of_these_is_refused_by_name(name):
    data, what = REFUSED[name]
    documents, [error] = read_bytes(data, name)
    assert documents == []
    assert error.startswith(name)
    assert what in error
