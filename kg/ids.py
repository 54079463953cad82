"""Stable names made from content: the same thing said at the same place has the same id, always."""

import hashlib
import re
import unicodedata

SEPARATOR = "\x1f"  # ASCII unit separator; `Document` refuses it in text


def content_id(prefix: str, *parts: object) -> str:
    """A short id: the prefix, then 64 bits of the parts' SHA-256 in base 16.

    >>> content_id("c", "a.txt", 12, 72)
    'c-5d93396a0612798a'
    """
    text = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def slug(name: str) -> str:
    """A readable id for a name; names without a Latin letter or digit get a hash.

    >>> slug("Recep Tayyip Erdoğan"), slug("U.S. Steel")
    ('recep-tayyip-erdogan', 'us-steel')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    words = re.findall(r"[a-z0-9]+", re.sub(r"[^\w\s/–—-]", "", plain.lower()))
    return "-".join(words)[:80].strip("-") or content_id("name", name)
