"""Government or place: what a capital, a country or a seat of government does in its sentence."""

from __future__ import annotations

from typing import Literal

from kg.actors.index import Gazetteer
from kg.parsing.tree import Token

Sense = Literal["actor", "place", "unclear"]
_OPEN: tuple[Sense, str] = "unclear", "nothing in the sentence says whether it acts or is a place"
_OF_A_SITE = frozenset({"of", "to", "from", "for"})


def sense(token: Token, gazetteer: Gazetteer) -> tuple[Sense, str]:
    """Whether the phrase with this head acts or is where something happens, and what says so."""
    first = _first_conjunct(token)
    case = token.child("case") or first.child("case")
    if first.dep == "obl:agent":
        return "actor", "it acts: 'by'"
    if first.base_dep in ("nsubj", "csubj"):
        return _as_subject(first)
    if first.head is None:
        return _OPEN
    if first.dep == "nmod:poss":
        return _possessor(first.head, gazetteer)
    if first.base_dep in ("obl", "nmod"):
        return _OPEN if case is None else _by_preposition(first.head, case.text.lower(), gazetteer)
    if first.base_dep in ("obj", "iobj"):
        return _as_object(first.head, gazetteer)
    if first.base_dep in ("compound", "amod", "flat"):
        return "unclear", f"it only describes '{first.head.text}'"
    return _OPEN


def _first_conjunct(token: Token) -> Token:
    """The first of "Washington and Beijing", which says what all of them do."""
    while token.dep == "conj" and token.head is not None:
        token = token.head
    return token


def _as_subject(token: Token) -> tuple[Sense, str]:
    head = token.head
    if head is not None and head.child("cop") is not None and head.pos in ("NOUN", "PROPN", "ADV", "NUM"):
        return "unclear", "the subject of 'to be' need not act"
    verb = head.text if head is not None else ""
    if token.dep == "nsubj:pass":
        return "actor", f"something is done to it: '{verb}'"
    return "actor", f"it acts: '{verb}'"


def _by_preposition(head: Token, word: str, gazetteer: Gazetteer) -> tuple[Sense, str]:
    """By the preposition, together with the verb or noun that it hangs on."""
    says = gazetteer.senses
    part = "verb" if head.pos in ("VERB", "AUX") else "noun"
    governor = says.get((part, head.lemma.lower()))
    if governor in ("motion", "visit") and (place := says.get(("motion preposition", word))):
        return _said(place, f"{head.text} {word}")
    if part == "noun":
        return _by_noun(head, governor, word, gazetteer)
    if governor == "site" and word == "of":
        return "place", f"a place: '{head.text} … {word}'"  # "located south of Tripoli"
    return _said(says.get(("preposition", word)), word)


def _by_noun(head: Token, governor: str | None, word: str, gazetteer: Gazetteer) -> tuple[Sense, str]:
    """ "The road to Tripoli" leads to a place, so does "a teacher from Tripoli"; "relations with Tripoli" are
    with a government."""
    is_somebody = word == "from" and head.lemma.lower() in gazetteer.humans
    if is_somebody or (governor in ("site", "motion") and word in _OF_A_SITE):
        return "place", f"a place: '{head.text} {word}'"
    says = gazetteer.senses
    return _said(says.get(("noun preposition", word)) or says.get(("preposition", word)), word)


def _possessor(head: Token, gazetteer: Gazetteer) -> tuple[Sense, str]:
    if gazetteer.senses.get(("noun", head.lemma.lower())) in ("site", "motion"):
        return "place", f"a place: its '{head.text}'"
    return "actor", f"it has a say in '{head.text}'"


def _as_object(head: Token, gazetteer: Gazetteer) -> tuple[Sense, str]:
    if gazetteer.senses.get(("verb", head.lemma.lower())) in ("site", "visit"):
        return "place", f"a place: '{head.text}' it"
    return "actor", f"something is done to it: '{head.text}'"


def _said(says: str | None, words: str) -> tuple[Sense, str]:
    if says == "place":
        return "place", f"a place: '{words}'"
    if says == "actor":
        return "actor", f"it has a part in it: '{words}'"
    return "unclear", f"'{words}' does not say whether it acts or is a place"
