"""The role of a further argument: time, place, recipient, cause …, from its preposition and its head."""

from kg.claims.clauses import Arg, is_purpose, is_time
from kg.english.lexicon import table, words
from kg.parsing.tree import Token, preposition_of


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
    if is_purpose(arg.head):
        return "purpose"
    preposition = arg.preposition
    if is_time(arg.head) and (not preposition or preposition in words("temporal")):
        return "other" if _is_measure(arg) else "time"
    if is_yardstick(arg.head):
        return "manner"
    if f"{preposition} the {arg.head.lower} of" in table("sources"):
        return "source"  # "in the view of the judge"
    roles = table("prepositions")
    frame = roles.get(preposition) or roles.get(preposition.partition(" ")[0])
    return "other" if frame is None else _role_with(arg.head, frame.role, preposition)


def _is_measure(arg: Arg) -> bool:
    """ "sentenced to nine years": how long, and not until when."""
    return arg.preposition == "to" and arg.head.tag == "NNS" and arg.head.child("nummod") is not None


def is_yardstick(noun: Token) -> bool:
    """ "was tried according to the law", "opened according to schedule": by what something goes, not who says
    so, unless a comma sets it apart. In minutes and interviews one "according to" in four is such."""
    case, verb = noun.child("case"), noun.head
    if preposition_of(noun) != "according to" or noun.lemma.lower() not in words("yardstick"):
        return False
    if case is None or verb is None or verb.i > case.i:
        return False
    return not any(verb.i < c.i < case.i for c in (*verb.all("punct"), *noun.all("punct")))


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
