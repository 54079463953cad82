"""Words compared without number or case, phrases by the runs of words in their core."""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import tables

PREPOSITIONS = frozenset(
    (
        *("about", "across", "after", "against", "along", "among", "around", "as", "at", "behind", "between"),
        *("by", "for", "from", "in", "inside", "into", "near", "of", "on", "onto", "outside", "over"),
        *("through", "to", "toward", "towards", "under", "upon", "via", "with", "within"),
    )
)
# Where the core of a noun phrase ends: "part of an aid programme | for Bosnia".
BORDERS = (PREPOSITIONS - {"of"}) | frozenset(
    (
        *(
            "amid",
            "because",
            "before",
            "concerning",
            "despite",
            "during",
            "following",
            "if",
            "per",
            "regarding",
        ),
        *("since", "than", "that", "until", "when", "which", "while", "who", "whom", "whose", "without"),
    )
)
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "wives": "wife", "lives": "life", "knives": "knife",
    "policemen": "policeman", "gunmen": "gunman", "servicemen": "serviceman", "militiamen": "militiaman",
    "fishermen": "fisherman", "businessmen": "businessman", "attachés": "attache", "attaché": "attache",
    "news": "news", "series": "series", "axes": "axe", "refuges": "refuge", "crises": "crisis",
    "themselves": "themselves", "politics": "politics", "goods": "good", "gas": "gas", "bus": "bus",
}  # fmt: skip
_POSSESSOR = re.compile(r"^(?:[^\W_][\w.-]*\s+){0,6}[^\W_][\w.-]*(?:['’]s|s['’])\s+(?=\w)")
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*")
_AMOUNT = re.compile(
    r"^(?:(?:some|about|around|over|nearly|almost|roughly) )*"
    r"(?:more than|less than|fewer than|up to|at least|at most|as many as|as few as|well over) ",
    re.IGNORECASE,
)
_LONGEST = 4  # words of the longest entry: "state of emergency", "cessation of hostility"


@dataclass(frozen=True, slots=True)
class Form:
    """A past or participle that no ending gives."""

    form: str
    verb: str


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """A noun in the singular, by its ending; other words may come out cut, but always alike.

    >>> [singular(w) for w in ("sanctions", "embassies", "truce", "crosses", "axes")]
    ['sanction', 'embassy', 'truce', 'cross', 'axe']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "tzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=5_000)
def normal(phrase: str) -> str:
    """A phrase in small letters, its words singular, without articles or possessive endings.

    >>> normal("The Red Cross's convoys"), normal("$50,000 worth of goods")
    ('red cross convoy', 'money worth of good')
    """
    found = re.findall(r"[^\W_][\w.’'-]*", _MONEY.sub(" money ", phrase.lower()))
    words = (re.sub(r"(['’]s?|\.)$", "", w) for w in found)
    return " ".join(singular(w) for w in words if w not in ("a", "an", "the", ""))


def core(phrase: str) -> list[str]:
    """The normal words of a phrase up to the preposition that ends its core, without whose it is.

    >>> core("part of an aid programme for Bosnia"), core("Haiti's efforts")
    (['part', 'of', 'aid', 'programme'], ['effort'])
    >>> core("concern over Israel's new law"), core("more than 40 villagers of Lofa")
    (['concern'], ['40', 'villager', 'of', 'lofa'])
    """
    phrase = _AMOUNT.sub("", phrase)
    whose = _POSSESSOR.match(phrase)
    if whose is not None and BORDERS.isdisjoint(whose.group().lower().split()):
        phrase = phrase[whose.end() :]
    words = normal(phrase).split()
    end = next((i for i, w in enumerate(words) if i and w in BORDERS), len(words))
    return words[:end]


@lru_cache(maxsize=5_000)
def runs(phrase: str) -> frozenset[str]:
    """All runs of up to four words in the core of a phrase."""
    words = core(phrase)
    return frozenset(
        " ".join(words[i : i + n]) for n in range(1, _LONGEST + 1) for i in range(len(words) - n + 1)
    )


def tails(phrase: str) -> list[tuple[str, str]]:
    """What follows the core of a phrase, each part with the preposition that begins it.

    >>> tails("sanctions on Fiji over its coup")
    [('on', 'fiji'), ('over', 'its coup')]
    """
    words = normal(phrase).split()
    cuts = [i for i, w in enumerate(words) if i and w in BORDERS]
    ends = [*cuts, len(words)][1:]
    return [(words[i], " ".join(words[i + 1 : end])) for i, end in zip(cuts, ends, strict=True)]


@lru_cache(maxsize=1)
def _irregular_verbs() -> dict[str, str]:
    """Verbs by their irregular forms, from data/english/forms.csv."""
    return {row.form: row.verb for row in tables.table("english/forms", Form)}


def verb_of(form: str, known: frozenset[str]) -> str | None:
    """The verb among the known ones of which this is a form, for a lemmatizer's slips.

    >>> known = frozenset({"host", "deny", "ban", "seize"})
    >>> [verb_of(form, known) for form in ("hosted", "denies", "banned", "seizing")]
    ['host', 'deny', 'ban', 'seize']
    """
    stems = [_irregular_verbs().get(form, form)]
    for ending in ("ied", "ies"):
        stems += [form[:-3] + "y"] if form.endswith(ending) else []
    for ending in ("ed", "ing", "es", "s", "d"):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            stems += [stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem]
    return next((stem for stem in stems if stem in known), None)
