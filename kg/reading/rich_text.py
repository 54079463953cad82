"""RTF, which word processors and news archives write: an article, or many."""

from kg.reading import news_exports
from kg.reading.article import Documents
from kg.reading.extras import library
from kg.reading.incoming import Incoming
from kg.reading.markup import tidy

ENDINGS: tuple[str, ...] = (".rtf",)


def fits(incoming: Incoming) -> bool:
    """Whether it begins as RTF does."""
    return incoming.head.startswith(b"{\\rtf")


def documents(incoming: Incoming) -> Documents:
    """The article in it, or the articles of an export."""
    striprtf = library(incoming.source, "striprtf.striprtf", "RTF")
    rtf = incoming.whole.decode("latin-1")  # RTF is ASCII and says itself what else it holds
    if not fits(incoming):
        raise incoming.source.error("not RTF, as its name says; save it again")
    try:
        text = striprtf.rtf_to_text(rtf, errors="replace")
    except Exception as error:  # whatever is wrong within
        raise incoming.source.error(f"not RTF that can be read: {str(error)[:80]}") from None
    yield from news_exports.one_or_many(tidy(text), incoming.source)
