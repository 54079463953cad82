"""ODT, what LibreOffice writes: an article, or many."""

import io

from kg.reading import news_exports
from kg.reading.article import Documents, line_of
from kg.reading.extras import library, unpacked
from kg.reading.incoming import Incoming
from kg.reading.markup import tidy

ENDINGS: tuple[str, ...] = (".odt",)


def fits(incoming: Incoming) -> bool:
    """Whether it is an archive that holds such a document."""
    return {"mimetype", "content.xml", "META-INF/manifest.xml"} <= incoming.members


def documents(incoming: Incoming) -> Documents:
    """The article in it, or the articles of an export."""
    odfdo = library(incoming.source, "odfdo", "ODT")
    with unpacked(incoming, "an OpenDocument text"):
        document = odfdo.Document(io.BytesIO(incoming.whole))
        if document.get_type() not in ("text", "text-template"):
            raise incoming.source.error(
                f"an OpenDocument {document.get_type()}; save it as XLSX, PDF or text"
            )
        blocks = document.body.xpath("//text:h | //text:p")
        text = tidy("\n\n".join(block.inner_text for block in blocks))
        title = line_of(document.meta.title or "")
    yield from news_exports.one_or_many(text, incoming.source, {"title": title})
