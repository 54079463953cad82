"""Text out of marked-up forms: of HTML its words, blocks apart; of others no more than one blank line."""

import re
import unicodedata

_BLOCKS = (
    "address article blockquote br dd div dl dt figcaption h1 h2 h3 h4 h5 h6 hr li ol p pre section table td"
    " th tr ul"
)
# What may stand before the first element: declarations, comments, blanks; each is read in one way only.
PROLOGUE = r"(?:<\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!doctype rss[^>]*+>|\s++)*+"
_TAG = re.compile(rf"<(?:{'|'.join(_BLOCKS.split())})\b[^<>]*>", re.IGNORECASE)


def has_blocks(text: str) -> bool:
    """Whether a text is written in HTML: tags that part it into blocks. Others are left to the parser."""
    return _TAG.search(text) is not None


def text_of(html: str) -> str:
    """The words of HTML, a blank line between blocks.

    >>> text_of("<p>Xi <b>called</b>.<br>Trump did&nbsp;not.</p><script>x()</script>")
    'Xi called.\\n\\nTrump did not.'
    """
    from lxml import html as lxml_html  # slow to import

    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    for dropped in tree.xpath("//script | //style | //comment()"):
        dropped.drop_tree()
    for block in tree.iter(*_BLOCKS.split()):
        block.tail = f"\n\n{block.tail or ''}"
        block.text = f"\n\n{block.text or ''}" if block.tag != "br" else block.text
    return paragraphs(tree.text_content().split("\n\n"))


def paragraphs(parts: list[str]) -> str:
    """Parts with a blank line between them, each on one line; empty ones are left out."""
    return "\n\n".join(line for part in parts if (line := " ".join(part.split())))


def tidy(text: str) -> str:
    """Lines without blanks at their ends and control characters, at most one blank line between them."""
    text = "".join(
        c for c in text.replace("\xa0", " ") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
