"""PDF: the text of its pages in reading order, paragraphs whole again, without what only frames a page."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, takewhile
from typing import Any

from kg.errors import InputError
from kg.reading import news_exports
from kg.reading.article import Documents, line_of
from kg.reading.extras import library
from kg.reading.incoming import Incoming
from kg.reading.markup import tidy

ENDINGS: tuple[str, ...] = (".pdf",)
EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
REPEATED = 0.5  # of the pages, so many must have a line for it to be furniture
OTHER_SIZE = 1.2  # times the height of the line before: a headline
# First halves of words that keep their hyphen at the end of a line, where the text does not tell.
_WITH_HYPHEN = frozenset(
    "all anti co cross ex half long mid non post pre pro self short so then vice well".split()
)
_FROM_OFFICE = re.compile(
    r"(?i)\s*(?:microsoft (?:word|powerpoint)\b.*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|pptx?)|\S*)\s*"
)
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page\s*)?#+(?:\s*(?:of|/)\s*#+)?\W*")

Page = list[list[str]]  # blocks of lines


def fits(incoming: Incoming) -> bool:
    """Whether it begins as PDF does; some mailers put a line before."""
    return b"%PDF-" in incoming.head[:1024]


def documents(incoming: Incoming) -> Documents:
    """The article in it, or the articles of an export."""
    high_level = library(incoming.source, "pdfminer.high_level", "PDF")
    layout = library(incoming.source, "pdfminer.layout", "PDF")
    try:
        file = io.BytesIO(incoming.whole)
        pages = high_level.extract_pages(file, laparams=layout.LAParams())
        blocks = [list(_blocks(page, layout.LTTextContainer)) for page in pages]
        title = _title(file)
    except InputError:
        raise
    except Exception as error:  # whatever is wrong within, or a password
        why = " ".join(str(error).split())[:80] or type(error).__name__
        raise incoming.source.error(f"not a PDF that can be read: {why}") from None
    if not any(blocks):
        raise incoming.source.error("pages without text; write it out first, for instance with ocrmypdf")
    yield from news_exports.one_or_many(tidy(text_of(blocks)), incoming.source, {"title": title})


def text_of(pages: list[Page]) -> str:
    """The paragraphs of pages, whole again where a line, a column or a page ended within them.

    >>> text_of([[["The Paper"], ["The govern-", "ment"]], [["The Paper"], ["fell. Xi called."]]])
    'The government fell. Xi called.'
    """
    found: list[str] = []
    for page in _without_furniture(pages):
        for number, block in enumerate(page):
            text = "\n".join(block)
            if found and _goes_on(found[-1], text, number == 0):
                found[-1] += "\n" + text
            else:
                found.append(text)
    return _mended(found)


def _mended(paragraphs: list[str]) -> str:
    """Paragraphs on a line each, words that were parted at a line's end in one."""
    text = "\n\n".join(paragraphs)
    words = Counter(re.findall(r"[\w-]+", text.lower()))

    def word(match: re.Match[str]) -> str:
        before, after = match[1].lower(), match[2].lower()
        whole, hyphened = words[before + after], words[f"{before}-{after}"]
        keep = hyphened > whole or (hyphened == whole and before in _WITH_HYPHEN)
        return f"{match[1]}-{match[2]}" if keep else match[1] + match[2]

    text = re.sub(r"(?<!\w)(\w++)[-\u00ad\u2010]\n([a-zà-ÿ]\w*)", word, text)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _blocks(page: Any, container: Any) -> Iterator[list[str]]:
    """The blocks of a page, parted further where the size of the letters changes."""
    for box in (item for item in page if isinstance(item, container)):
        block: list[str] = []
        height = 0.0
        for line in box:
            text = line.get_text().strip()
            sizes = sorted((height, line.height))
            if block and sizes[1] > OTHER_SIZE * sizes[0]:
                yield block
                block = []
            height = line.height
            block += [text] if text else []
        if block:
            yield block


def _without_furniture(pages: list[Page]) -> Iterator[Page]:
    """Pages without their numbers and without the lines that begin or end most of them."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = {key for key, count in edges.items() if count > 1 and count >= REPEATED * len(pages)}

    def frames(line: str) -> bool:
        return _key(line) in often or _PAGE_NUMBER.fullmatch(_key(line)) is not None

    for page in pages:
        lines = [line for block in page for line in block]
        top = len(list(takewhile(frames, lines[:EDGE])))
        foot = len(list(takewhile(frames, reversed(lines[top:][-EDGE:]))))
        yield _between(page, top, len(lines) - foot)


def _edges(page: Page) -> list[str]:
    lines = [line for block in page for line in block]
    return lines[:EDGE] + lines[-EDGE:]


def _between(page: Page, first: int, end: int) -> Page:
    """The blocks with those of their lines whose number on the page is between."""
    numbers = count()
    kept = ([line for line in block if first <= next(numbers) < end] for block in page)
    return [block for block in kept if block]


def _key(line: str) -> str:
    """A line with its figures alike, which change from page to page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _goes_on(before: str, text: str, on_next_page: bool) -> bool:
    """Whether a sentence runs on from one block into the next; a headline of a line ends where it ends."""
    open_ended = re.search(r"[.!?:][\"”’)]*\Z", before) is None
    return open_ended and (text[0].islower() or (on_next_page and "\n" in before))


def _title(file: io.BytesIO) -> str:
    """The title that the file gives itself, unless a program made it."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    infos = PDFDocument(PDFParser(file)).info
    title = next((info["Title"] for info in infos if isinstance(info.get("Title"), bytes)), b"")
    name = line_of(decode_text(title))
    return "" if _FROM_OFFICE.fullmatch(name) else name
