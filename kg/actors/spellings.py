"""One spelling for the many that a name has: accents, full stops and hyphens make no difference."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_ACRONYM = 5  # letters that a short acronym has at most
_LETTERS = str.maketrans(  # what Unicode does not take apart, and marks that stand for one another
    {
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "&": " and ",
        "ß": "ss",
        "ı": "i",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
    }
)


@lru_cache(maxsize=65536)
def units(word: str) -> tuple[str, ...]:
    """A word's pieces in the one spelling that names are compared in.

    >>> units("al-Assad"), units("U.S."), units("Erdoğan’s"), units("OPEC+"), units("-")
    (('al', 'assad'), ('us',), ('erdogan', 's'), ('opec+',), ())
    """
    plain = word
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.lower()
    plain = re.sub(r"'s\b", " s", plain).replace(".", "").replace("'", "")
    return tuple(re.findall(r"[\w,/()]+(?:\+$)?", re.sub(r"[-–—]", " ", plain)))


@lru_cache(maxsize=65536)
def phrase_units(phrase: str) -> tuple[str, ...]:
    """The pieces of a phrase of several words, commas and brackets left out.

    >>> phrase_units("Washington, D.C.")
    ('washington', 'dc')
    """
    return tuple(u for word in re.sub(r"[,()]", " ", phrase).split() for u in units(word))


@lru_cache(maxsize=65536)
def is_acronym(phrase: str) -> bool:
    """Whether a phrase is a short acronym.

    >>> is_acronym("U.S."), is_acronym("Us"), is_acronym("HAMAS-LED")
    (True, False, False)
    """
    letters = phrase.replace(".", "").replace(" ", "")
    return letters.isupper() and len(letters) <= _ACRONYM


@lru_cache(maxsize=65536)
def capitals(phrase: str) -> int:
    """How many of a phrase's words have a capital.

    >>> capitals("Al-Qaeda"), capitals("al-Qaeda")
    (2, 1)
    """
    return sum(w[:1].isupper() for w in re.split(r"[-–\s]", phrase))


def plural(phrase: str) -> str:
    """A title for several: "foreign ministers", "secretaries of state".

    >>> plural("secretary of state"), plural("prime minister")
    ('secretaries of state', 'prime ministers')
    """
    head, of, rest = phrase.partition(" of ")
    many = head[:-1] + "ies" if head.endswith("y") else head + "s"
    return many.replace("mans", "men").replace("womans", "women") + of + rest


def slips(word: str) -> Iterator[str]:
    """A word, and what is left of it without one of its letters, the first and the last one apart.

    Two words one slip away from each other share one of these (the symmetric delete method).
    """
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(1, len(word) - 1))


def with_article(name: str) -> str:
    """A country's name as it stands after "of".

    >>> with_article("United States"), with_article("China"), with_article("Solomon Islands")
    ('the United States', 'China', 'the Solomon Islands')
    """
    plural_name = name.endswith(
        ("Islands", "Maldives", "Philippines", "Netherlands", "Comoros", "Seychelles")
    )
    first = name.split()[0]
    article = plural_name or first in ("United", "Democratic", "Republic", "Central", "Dominican", "Soviet")
    return f"the {name}" if article or name in ("Bahamas", "Gambia") else name


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word as it sounds, whoever wrote it in Latin letters.

    >>> sound("shoygu") == sound("shoigu"), sound("zelenskyy") == sound("zelensky"), sound("khalid")
    (True, True, 'halid')
    """
    for letters, sounds in _SOUNDS:
        word = letters.sub(sounds, word)
    return _TWICE.sub(lambda m: m[1], word)


_TWICE = re.compile(r"(.)\1+")
# How the same letters of Cyrillic, Arabic and Greek names are written, in this order.
_SOUNDS = tuple(
    (re.compile(letters), sounds)
    for letters, sounds in (
        (r"ph", "f"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"zh|dj|dzh", "j"),
        (r"tch|tsch", "ch"),
        (r"sch", "sh"),
        (r"ou|oo", "u"),
        (r"ee|y|(?<=[aeiou])j", "i"),
        (r"w", "v"),
        (r"ck|q", "k"),
    )
)


def similar(one: str, other: str) -> bool:
    """Whether two words are one name in two spellings: most of their pairs of letters are shared.

    >>> similar("haidar", "haider"), similar("george", "gerald")
    (True, False)
    """
    if one == other or _is_initial(one, other) or _is_initial(other, one):
        return True
    if one[:1] != other[:1]:
        return False
    pairs = [{w[i : i + 2] for i in range(len(w) - 1)} for w in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1])) >= _SIMILAR


_SIMILAR = 0.55  # Dice coefficient of two words' pairs of letters


def _is_initial(letter: str, word: str) -> bool:
    return len(letter) == 1 and word.startswith(letter)


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of one length have two thirds of their words in common, spelling aside."""
    if len(one) != len(other) or len(one) < 3:
        return False
    return 3 * sum(similar(a, b) for a, b in zip(one, other, strict=True)) >= 2 * len(one)
