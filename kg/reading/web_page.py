"""An HTML page: the article in it as trafilatura finds it, and what the page says about it; or an export."""

import codecs
import re
from datetime import date

from kg.model import Document
from kg.reading import news_exports
from kg.reading.article import Documents, Source, article, line_of
from kg.reading.encoding import decode
from kg.reading.extras import quiet
from kg.reading.incoming import Incoming
from kg.reading.markup import PROLOGUE, text_of

ENDINGS: tuple[str, ...] = (".html", ".htm", ".xhtml")

_PAGE = re.compile(rf"{PROLOGUE}<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*\bcharset\s*=|\?xml\b[^>]*\bencoding\s*=)\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_OF_TYPE = re.compile(rb"""(?i)charset\s*=\s*["']?([\w.:-]+)""")
FEWEST = 8  # words of an article; less is a line of a menu
_SENTENCE = re.compile(r"""[.!?]["”'’)]*\s*$""", re.MULTILINE)
# Only a date that the page says is its own: any other may be that of a copyright, of a link, of what is told.
_DATES = {"original_date": True, "extensive_search": False}
DECLARED_WITHIN = 2048  # bytes: where browsers look for it is 1024
# Browsers read what is declared as the one on the left as the one on the right (WHATWG, Encoding).
READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "utf-16": "utf-8",
}


def fits(incoming: Incoming) -> bool:
    """Whether it begins like a page."""
    return _PAGE.match(incoming.start) is not None


def documents(incoming: Incoming) -> Documents:
    """The article in a page, a blank line between its blocks, or the articles of an export."""
    html = decoded(incoming.whole, incoming.source)
    if news_exports.may_hold_one(html) and news_exports.is_one(text := text_of(html)):
        yield from news_exports.articles(text, incoming.source)
    else:
        yield page(html, incoming.source)


def page(html: str, source: Source, url: str = "") -> Document:
    """The article in a page; `url` is where it stood, if the page does not say so itself."""
    trafilatura = quiet("trafilatura")  # slow to import
    found = trafilatura.bare_extraction(
        html,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={**_DATES, "max_date": f"{date.today():%Y-%m-%d}"},
    )
    text = (found and found.text) or ""
    if len(text.split()) < FEWEST or not _SENTENCE.search(text):  # a list of links
        raise source.error("no article found in the page; save its text as a .txt file")
    fields = {"title": found.title, "date": found.date, "publisher": found.sitename, "url": url or found.url}
    fields = {key: line_of(value or "") for key, value in fields.items()}
    blocks = text.split("\n")
    if blocks[0].strip() == fields["title"]:
        del blocks[0]
    return article(source, source.name, "\n\n".join(blocks), fields)


def decoded(data: bytes, source: Source, content_type: str = "") -> str:
    """A page's text in the encoding that its server declares, else it itself; UTF-8 where none is declared.

    >>> decoded('<meta charset="windows-1252">Erdo\u011fan, 5 \u20ac'.encode("cp1254"), Source("a.html"))[-3:]
    '5 \u20ac'
    """
    declared = _OF_TYPE.search(content_type.encode()) or _CHARSET.search(data[:DECLARED_WITHIN])
    if declared is None or data.startswith(codecs.BOM_UTF8):
        return decode(data, source.name)
    try:
        name = codecs.lookup(declared[1].decode("ascii", "replace")).name
        return data.decode(READ_AS.get(name, name))
    except (LookupError, UnicodeDecodeError):
        return decode(data, source.name)
