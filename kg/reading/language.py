"""Which language a text is in: kg reads English, and what is not is left out rather than read as junk."""

import re
from functools import cache
from typing import Any

import pycountry

LOOKED_AT = 5_000  # characters
# Words of English that other languages hardly have; a text with so many is English, and no model is asked.
# Of English prose, one paragraph of sixty words in 2,400 has fewer; reports in other languages have .03.
WORDS = frozenset(
    "the of and to that for with said from by it has have had were which their they this are not but would"
    " after than who will been its could".split()
)
ENGLISH = 0.06
# Other texts are not English where the model gives English less than this: pieces of eight words in 25
# languages have .0001, those of English prose .01 and more, a list of Spanish politicians .0003.
UNLIKELY = 0.0002
FEWEST = 5  # words in Latin letters by which one can tell; a headline of names looks like any language

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")


def other(text: str, said: str = "") -> str | None:
    """The language (ISO 639-1) of a text that is not English; None for English and where nobody can tell.

    `said` is the language that a record names, which holds where the text does not show that it is English.

    >>> other("Der Minister sagte am Montag, die Regierung werde zurücktreten."), other("Xi calls Trump")
    ('de', None)
    """
    words = _WORD.findall(text[:LOOKED_AT].lower())
    short = len(words) < FEWEST
    if _is_english(words):
        return (said or None) if short else None
    if said or (short and _is_latin(words)):
        return said or None
    ranked = _model().rank(text[:LOOKED_AT])
    return str(ranked[0][0]) if dict(ranked).get("en", 1.0) < UNLIKELY else None


def _is_english(words: list[str]) -> bool:
    """Whether many words are such as only English has."""
    return sum(word in WORDS for word in words) >= max(1, ENGLISH * len(words))


def _is_latin(words: list[str]) -> bool:
    """Whether most words are in Latin letters; other scripts are not English, however short."""
    return 2 * sum(_LATIN.fullmatch(word) is not None for word in words) >= len(words)


def name(code: str) -> str:
    """The English name of a language, by its code or a name: "German"."""
    try:
        return str(pycountry.languages.lookup(code).name)
    except LookupError:
        return code.capitalize()


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # most of a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
