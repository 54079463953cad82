"""The role of a further argument: time, place, recipient, cause …, from its preposition and its head."""

from kg.claims.clauses import Arg, is_time
from kg.english.lexicon import table, words
from kg.parsing.tree import Token


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
        return "other" if _is_measure(arg) else "time"
    if f"{preposition} the {arg.head.lower} of" in table("sources"):
        return "source"  # "in the view of the judge"
    roles = table("prepositions")
    frame = roles.get(preposition) or roles.get(preposition.partition(" ")[0])
    return "other" if frame is None else _role_with(arg.head, frame.role, preposition)


def _is_measure(arg: Arg) -> bool:
    """ "sentenced to nine years": how long, and not until when."""
    return arg.preposition == "to" and arg.head.tag == "NNS" and arg.head.child("nummod") is not None


def is_idle(arg: Arg) -> bool:
    """ "Chad, for its part, insists", "agree for once": what adds nothing."""
    part = arg.head.lower == "part" and arg.head.child("nmod:poss") is not None
    return arg.preposition == "for" and (part or arg.head.lower == "once")


def _role_with(head: Token, role: str, preposition: str) -> str:
    """A preposition's role beside this noun: "on the border" is a place, "on tariffs" a topic."""
    if role == "place" and not is_place(head):
        return "topic" if preposition in ("on", "over") else "other"
    if role == "goal" and head.ent in ("PERSON", "ORG"):
        return "recipient"
    return role


def is_place(head: Token) -> bool:
    """Whether a noun names a place: by the name recogniser, or a noun of the list."""
    return head.ent in ("LOC", "GPE", "FAC") or head.lemma.lower() in table("places")
