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
    if sum(word in WORDS for word in words) >= ENGLISH * len(words) and words:
        return None if not said or len(words) >= FEWEST else said
    if said:
        return said
    latin = sum(_LATIN.fullmatch(word) is not None for word in words)
    if len(words) < FEWEST and 2 * latin >= len(words):
        return None
    ranked = _model().rank(text[:LOOKED_AT])
    language, _ = ranked[0]
    return str(language) if dict(ranked).get("en", 1.0) < UNLIKELY else None


def name(code: str) -> str:
    """The English name of a language: "German"; the code itself where it has none."""
    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return str(found.name) if found else code


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # most of a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
