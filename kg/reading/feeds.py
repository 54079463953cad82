"""RSS and Atom feeds, an article an item."""

import io
import logging
import re
from typing import Any
from xml.sax import SAXException

from kg.errors import InputError
from kg.model import Document
from kg.reading.article import Documents, Source, article, day, line_of
from kg.reading.columns import whole_sentences
from kg.reading.incoming import Incoming
from kg.reading.markup import PROLOGUE, text_of
from kg.shown import shown

log = logging.getLogger("kg")

ENDINGS: tuple[str, ...] = (".rss", ".atom", ".xml", ".rdf")

_FEED = re.compile(rf"{PROLOGUE}<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE | re.DOTALL)


def fits(incoming: Incoming) -> bool:
    """Whether it begins like a feed."""
    return _FEED.match(incoming.start) is not None


def documents(incoming: Incoming) -> Documents:
    """A document or an error for each item: its full text, else its summary, else its title."""
    if not fits(incoming):
        root = re.search(r"<([A-Za-z][\w:.-]*)", incoming.start)
        raise incoming.source.error(
            f"XML of another kind ({root[1] if root else 'no element'}); kg reads RSS and Atom"
        )
    items = entries(incoming.whole, incoming.source)
    yield from (_article_or_error(item, incoming.source.at(n)) for n, item in enumerate(items, start=1))


def entries(data: bytes, source: Source) -> list[Any]:
    """A feed's items as feedparser gives them, each with the title of the feed."""
    import feedparser  # slow to import

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        why = f": {str(feed.bozo_exception)[:80]}" if feed.bozo else ""
        raise source.error(f"a feed without items{why}")
    if isinstance(feed.bozo_exception, SAXException) if feed.bozo else False:
        log.warning("%s: broken or cut within item %d", shown(source.name), len(feed.entries))
    for item in feed.entries:
        item.publisher = item.get("source", {}).get("title") or feed.feed.get("title", "")
    return list(feed.entries)


def _article_or_error(item: Any, source: Source) -> Document | InputError:
    title = line_of(text_of(item.get("title", "")))
    contents = [content.value for content in item.get("content", ())]
    texts = (whole_sentences(text_of(html)) for html in (*contents, item.get("summary", "")) if html)
    fields = {
        "title": title,
        "date": day(item.get("published") or item.get("updated") or ""),
        "publisher": line_of(item.publisher),
        "url": link if (link := item.get("link", "")).startswith("http") else "",  # else an id
    }
    try:
        text = max(texts, key=len, default="") or title
        return article(source, item.get("id") or fields["url"] or source.place, text, fields)
    except InputError as error:
        return error
