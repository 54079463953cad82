"""Repairs of noun phrases: lists, appositions, and relative clauses that end in a preposition."""

from kg.parsing.tree import Token, move


def member_not_apposition(token: Token) -> None:
    """ "met the president, a minister and two generals": what stands in a list describes nothing, nor does
    what stands behind "and"."""
    noun = token.head
    if token.dep != "appos" or noun is None:
        return
    if _first_word(token).lower in ("and", "or"):
        token.dep = "conj"
        return
    if noun.pos != "NOUN" or not _is_new(token):
        return
    lists = [c for c in (*noun.all("conj"), *token.all("conj")) if c.i > token.i]
    if any(c.child("cc") is not None and _is_new(c) for c in lists) and (
        lists[0].head is noun or _is_new(noun)
    ):
        token.dep = "conj"


def relative_with_stranded_preposition(token: Token) -> None:
    """ "the guarantees that Kyiv had asked for": its preposition belongs to the noun described."""
    noun, that = token.head, token.child("mark")
    last = token.children[-1] if token.children else None
    if noun is None or noun.pos not in ("NOUN", "PROPN") or that is None or last is None:
        return
    stranded = last.dep == "case" and last.i > token.i and not token.child("cop")
    if token.dep in ("ccomp", "acl", "acl:relcl") and that.lower in ("that", "which") and stranded:
        token.dep, that.dep, that.tag = "acl:relcl", "obl", "WDT"
        move(last, that, "case")


def conjunction_before_member(token: Token) -> None:
    """ "two males and a dozen or so females": "and" belongs to the member, not to a word inside it."""
    if token.dep != "conj":
        return
    first = _first_word(token)
    if first.dep == "cc" and first.head is not token:
        move(first, token, "cc")


def _first_word(token: Token) -> Token:
    return next((t for t in token.subtree() if t.dep != "punct"), token)


def half_of_name(token: Token) -> None:
    """ "EUNAVFOR-MED reported": what a hyphen joins is one name, not two subjects."""
    head = token.head
    before = next((c for c in head.children if c.i == token.i - 2), None) if head is not None else None
    if before is None or before.dep != token.dep or not (before.pos == token.pos == "PROPN"):
        return
    if any(c.tag == "HYPH" and c.i == token.i - 1 for c in (*before.children, *token.children)):
        move(token, before, "flat")


def person_not_things(token: Token) -> None:
    """ "warrants for its leader and his deputy, Ada Birk": the name is that of the last person."""
    things = token.head
    if token.dep != "appos" or token.ent != "PERSON" or things is None or things.tag != "NNS":
        return
    near = [t for t in things.subtree(without=[token]) if t.i < token.i and t.dep != "punct"]
    if near and near[-1] is not things and near[-1].tag == "NN":
        move(token, near[-1], "appos")


def _is_new(noun: Token) -> bool:
    """Whether a noun names something that was not mentioned before: "a minister", "two generals"."""
    determiner = noun.child("det")
    return noun.child("nummod") is not None or (determiner is not None and determiner.lower in ("a", "an"))
