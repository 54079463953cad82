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


_LONGEST = 80  # characters of a slug before its hash
_LATIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def slug(name: str) -> str:
    """A readable id for a name. One that it cannot spell out, of another script or too long, gets a hash.

    Names that differ in case, accents or signs have one slug.

    >>> slug("Recep Tayyip Erdoğan"), slug("U.S. Steel")
    ('recep-tayyip-erdogan', 'us-steel')
    >>> slug("Россия 24"), slug("Україна 24")
    ('24-89b2d03ee594e8b0', '24-aeaee273b3c59c1c')
    """
    small = unicodedata.normalize("NFKC", name).lower().translate(_LATIN)
    plain = re.sub(r"[^\w\s/–—-]", "", unicodedata.normalize("NFKD", small))
    spelt = "-".join(re.findall(r"[a-z0-9]+", plain))
    left_out = any(c.isalnum() and not c.isascii() for c in plain)
    if spelt and not left_out and len(spelt) <= _LONGEST:
        return spelt
    return content_id(spelt[:_LONGEST].strip("-") or "name", small)
