"""DOCX, what Word and news archives write: an article, or many."""

import io
from typing import Any

from kg.reading import news_exports
from kg.reading.article import Documents, line_of
from kg.reading.extras import library, unpacked
from kg.reading.incoming import Incoming
from kg.reading.markup import tidy

ENDINGS: tuple[str, ...] = (".docx", ".docm")


def fits(incoming: Incoming) -> bool:
    """Whether it is an archive that holds such a document."""
    return "word/document.xml" in incoming.members


def documents(incoming: Incoming) -> Documents:
    """The article in it, or the articles of an export; headers and footers of pages are no part of it."""
    docx = library(incoming.source, "docx", "DOCX")
    with unpacked(incoming, "a Word document"):
        document = docx.Document(io.BytesIO(incoming.whole))
        text = tidy("\n\n".join(_texts(document)))
        title = line_of(document.core_properties.title or "")
    yield from news_exports.one_or_many(text, incoming.source, {"title": title})


def _texts(document: Any) -> list[str]:
    """Paragraphs and the rows of tables, in their order."""
    found: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found += (" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
        else:
            found.append(block.text)
    return found
