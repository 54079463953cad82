"""An HTML page: the article in it as trafilatura finds it, and what the page says about it."""

from importlib import import_module

from kg.reading.article import Documents, Source, article, field_value
from kg.reading.encoding import decode

ENDINGS: tuple[str, ...] = (".html", ".htm")


def fits(data: bytes) -> bool:
    """Never: a page that comes without a name is not told from text."""
    return False


def documents(data: bytes, source: Source) -> Documents:
    """The article in a page, a blank line between its blocks."""
    html = decode(data, source.name)
    try:
        trafilatura = import_module("trafilatura")  # an extra, and slow to import
    except ImportError:
        raise source.error("HTML needs an extra; pip install 'geopolitical-kg[html]'") from None
    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    if page is None or not page.text:
        raise source.error("no article found in the page; save its text as a .txt file")
    found = {"title": page.title, "date": page.date, "publisher": page.sitename, "url": page.url}
    fields = {key: field_value(source, key, value or "") for key, value in found.items()}
    blocks = page.text.split("\n")
    if blocks[0].strip() == fields["title"]:
        del blocks[0]
    yield article(source, source.name, "\n\n".join(blocks), fields)
