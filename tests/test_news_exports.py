"""Exports of news archives: each article with its title, date and publisher, in every form they come in."""

import html
import re
from pathlib import Path

import pytest

from kg.reading import news_exports
from kg.reading.article import Source
from tests.test_forms import OTHER, TEXT, docx_file, pdf_file, read_bytes, rtf_file

CASES = Path(__file__).parent / "cases" / "exports"
EXPORTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.txt"))}
# Where an export's articles are not called as in the others, and of another year.
TITLES = {"nexis-academic": "Xi Calls Trump After Weeks of Silence"}
YEARS = {"nexis-academic": "2008"}

each_export = pytest.mark.parametrize("name", EXPORTS)


def made(name, form):
    """An export as a file of a form; one that says .html has each line in an element of its own."""
    if form == "crlf.txt":
        return EXPORTS[name].replace("\n", "\r\n").encode()
    if form == "html":
        lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in EXPORTS[name].splitlines())
        return (
            f"<!doctype html>\n<html><head><title>Export</title></head><body>{lines}</body></html>".encode()
        )
    if form == "docx":
        return docx_file(*re.split(r"\n\s*\n", EXPORTS[name]), title="")
    return rtf_file(EXPORTS[name]) if form == "rtf" else EXPORTS[name].encode()


@pytest.mark.parametrize(
    ("name", "form"),
    [(name, form) for name in EXPORTS for form in ("txt", "crlf.txt", "docx", "rtf", "html")
     if (name, form) != ("nexis-academic", "html")],  # its headline is wrapped, as only text is
)  # fmt: skip
def test_each_article_of_an_export_is_one(name, form):
    articles, errors = read_bytes(made(name, form), f"export.{form}")
    year = YEARS.get(name, "2025")
    assert errors == []
    assert [(" ".join(a.text.split()), a.title, a.published, a.publisher) for a in articles] == [
        (" ".join(TEXT.split()), TITLES.get(name, "Xi calls Trump"), f"{year}-04-30", "The Lima Herald"),
        (OTHER, "Peru recalls its ambassador", f"{year}-05-01", "Quito Wire Service"),
    ]
    assert [a.id for a in articles] == [f"export.{form}:1", f"export.{form}:2"]


@each_export
def test_an_articles_text_stands_in_the_export_as_it_is_kept(name):
    for document in news_exports.articles(EXPORTS[name].replace("LP   Peru", "LP\nPeru"), Source("a.txt")):
        assert all(line in EXPORTS[name] for line in document.text.splitlines())


def test_an_export_in_pdf():
    lines = EXPORTS["nexis-uni"].splitlines()
    articles, errors = read_bytes(pdf_file(lines), "export.pdf")
    assert [(a.published, a.publisher) for a in articles] == [
        ("2025-04-30", "The Lima Herald"),
        ("2025-05-01", "Quito Wire Service"),
    ]
    assert errors == []


@each_export
def test_an_article_that_lost_its_text_is_told(name):
    cut = EXPORTS[name].replace(OTHER, "")
    articles, errors = read_bytes(cut.encode(), "export.txt")
    assert [a.published for a in articles] == [f"{YEARS.get(name, '2025')}-04-30"]
    assert errors == ["export.txt:2: no text; an article needs some"]


def test_a_list_of_what_was_searched_is_no_article():
    listed = (
        "User Name: x\nDocuments (2)\n1. Xi calls\nClient/Matter: -None-\n2. Peru\nClient/Matter: -None-\n"
    )
    assert read_bytes(listed.encode(), "a.txt") == (
        [],
        ["a.txt: an export without articles; export their full texts"],
    )


def test_a_label_may_begin_a_paragraph_of_the_text():
    text = EXPORTS["nexis-uni"].replace("The two leaders", "Notes: the two leaders")
    articles, _ = read_bytes(text.encode(), "a.txt")
    assert articles[0].text.endswith("Notes: the two leaders" + TEXT.partition("The two leaders")[2])


def test_an_article_about_exports_is_none():
    text = (
        "The End of Document\n\nThe archive keeps 512 words of it, Document 7 of 9, said Load-Date: a firm."
    )
    assert not news_exports.is_one(text)
