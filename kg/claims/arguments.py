"""The role of a further argument: time, place, recipient, cause …, from its preposition and its head."""

import re

from kg.claims.clauses import Arg, is_time_word
from kg.english.lexicon import table, words
from kg.english.time_words import TIME_WORDS
from kg.parsing.tree import Token

YEAR = re.compile(r"(1[5-9]|20)\d\d(s)?$")
DAY = re.compile(r"[0-3]?\d(st|nd|rd|th)?$")


def role_of(arg: Arg) -> str:
    """time, place, goal, origin, topic, … ; other where the table has no row.

    >>> from kg.parsing.tree import sentence
    >>> s = sentence('''
    ...     met meet VERB VBD 0 root
    ...     in  in   ADP  IN  3 case
    ...     May May  PROPN NNP 1 obl
    ... ''')
    >>> role_of(Arg(s.tokens[2], [s.tokens[1]]))
    'time'
    """
    preposition = arg.preposition
    if is_time(arg.head) and (not preposition or preposition in words("temporal")):
        return "time"
    if f"{preposition} the {arg.head.lower} of" in table("sources"):
        return "source"  # "in the view of the judge"
    roles = table("prepositions")
    frame = roles.get(preposition) or roles.get(preposition.partition(" ")[0])
    return "other" if frame is None else _role_with(arg.head, frame.role, preposition)


def _role_with(head: Token, role: str, preposition: str) -> str:
    """A preposition's role beside this noun: "on the border" is a place, "on tariffs" a topic."""
    if role == "place" and not is_place(head):
        return "topic" if preposition in ("on", "over") else "other"
    if role == "goal" and head.ent in ("PERSON", "ORG"):
        return "recipient"
    return role


def is_time(head: Token) -> bool:
    """Whether a noun names a time: a weekday, a month, a year, "week", or the 14 of "September 14"."""
    if is_time_word(head) or _is_written_time(head) or YEAR.match(head.text):
        return True
    return DAY.match(head.text) is not None and any(_is_written_time(c) for c in head.children)


def _is_written_time(token: Token) -> bool:
    return token.lower.rstrip(".") in TIME_WORDS


def is_place(head: Token) -> bool:
    """Whether a noun names a place: by the name recogniser, or a noun of the list."""
    return head.ent in ("LOC", "GPE", "FAC") or head.lemma.lower() in table("places")
