"""MHTML, pages as browsers save them in one file: a mail whose first part is the page."""

import re
from email import message_from_bytes, policy

from kg.reading import web_page
from kg.reading.article import Documents
from kg.reading.incoming import Incoming

ENDINGS: tuple[str, ...] = (".mhtml", ".mht")

_SAVED = re.compile(
    rb"^(?:Snapshot-)?Content-Location:|^From: <?Saved by|multipart/related", re.IGNORECASE | re.MULTILINE
)


def fits(incoming: Incoming) -> bool:
    """Whether it begins like a page that a browser saved."""
    headers = incoming.head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return b"multipart/related" in headers.lower() and len(_SAVED.findall(headers)) >= 2


def documents(incoming: Incoming) -> Documents:
    """The article in the page, with the address from which it was saved."""
    mail = message_from_bytes(incoming.whole, policy=policy.default)
    page = next((part for part in mail.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise incoming.source.error("no page in it; save it again as HTML")
    url = str(mail.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    html = page.get_payload(decode=True)
    assert isinstance(html, bytes)  # of a part that is text
    charset = page.get_content_charset()
    text = html.decode(charset, "replace") if charset else web_page.decoded(html, incoming.source)
    yield web_page.page(text, incoming.source, url)
