"""What grammar allows a pronoun to stand for: agreement, quotations, and the principles of binding."""

from __future__ import annotations

from kg.actors.pronouns.phrases import Phrase
from kg.parsing.tree import Token

_APART = frozenset({"conj", "acl", "appos", "parataxis", "nsubj", "advcl", "ccomp", "csubj"})
# Whose doing a gerund is behind a verb with an object ("of lying"), and the verb that keeps its infinitive.
_OF_OBJECT, _OF_SUBJECT = frozenset({"of", "from", "into", "for"}), frozenset({"promise"})
_NO_PERSON = frozenset({"thing", "group", "place"})


def possible(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether grammar allows it at all: gender, person, number, quotation, and binding."""
    return (
        _same_person(pronoun, candidate)
        and _agrees(pronoun, candidate)
        and not _speaks(pronoun, candidate)
        and _is_free(pronoun, candidate)
    )


def subject_of(verb: Token, depth: int = 4) -> Token | None:
    """The subject of a verb, also where another verb has it: "wants to go", "came and saw".

    An object between is the subject of an infinitive ("wants Xi to call"; but who promises Xi to call calls)
    and of what it is blamed or thanked for, or kept from: "accused Xi of lying".
    """
    subject = verb.child("nsubj", "nsubj:pass")
    if subject is not None or verb.head is None or not depth:
        return subject
    mark = verb.child("mark")
    of_object = verb.dep == "advcl" and mark is not None and mark.lower in _OF_OBJECT
    if of_object or (verb.dep == "xcomp" and verb.head.lemma not in _OF_SUBJECT):
        return verb.head.child("obj", "iobj") or subject_of(verb.head, depth - 1)
    if verb.dep in ("conj", "advcl", "xcomp"):
        return subject_of(verb.head, depth - 1)
    return verb.head if verb.dep == "acl" else None


def _same_person(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether two pronouns have the same person and number; a noun phrase has any."""
    own, other = pronoun.pronoun, candidate.pronoun
    assert own is not None
    return other is None or (other.person == own.person and other.plural == own.plural)


def _agrees(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether gender and number of a pronoun fit what is known of a candidate's chain."""
    own, first = pronoun.pronoun, candidate.first
    assert own is not None
    gender, sort = first.gender or candidate.gender, first.sort or candidate.sort
    if own.gender in ("m", "f"):
        return sort not in _NO_PERSON and not candidate.plural and gender in ("", own.gender)
    if own.gender == "n":
        return not candidate.plural and sort != "person" and gender not in ("m", "f")
    is_one = sort == "person" and (candidate.kind == "name" or gender != "")
    return candidate.plural or not (is_one or _is_conjunct(candidate))


def _is_conjunct(candidate: Phrase) -> bool:
    """Whether a phrase is one of several joined: after "France and Germany" "they" are both."""
    token = candidate.token
    joined = token.dep == "conj" or token.child("conj") is not None
    return candidate.pronoun is None and not candidate.many and joined


def _speaks(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether one is the speaker of the other's quotation: who is quoted says "I"."""
    speakers = pronoun.speaker, candidate.speaker
    if speakers[0] is not None and speakers[0] is candidate.token:
        return True
    return speakers[1] is not None and speakers[1] is pronoun.token


def _is_free(pronoun: Phrase, candidate: Phrase) -> bool:
    """Principles A and B of binding: "himself" is the subject of its verb, "him" is not."""
    assert pronoun.pronoun is not None
    if candidate.sentence != pronoun.sentence:
        return not pronoun.pronoun.reflexive
    own, other = pronoun.token, candidate.token
    if (own.head is other and own.dep == "conj") or other.head is own:
        return False
    if own.dep == "nmod:poss":
        return not _is_within(own, other)
    if pronoun.pronoun.reflexive or own.head is None or own.dep == "conj":
        return True
    return _is_beside(own, other, own.head)


def _is_within(own: Token, other: Token) -> bool:
    """Whether a word is part of the very phrase that another heads: "the wife of its founder" is not "its".

    What "and" joins to the phrase, or says of it in a clause of its own, is no part of it in this sense.
    """
    below = own
    for above in own.ancestors():
        if below.base_dep in _APART:
            return False
        if above is other:
            return True
        below = above
    return False


def _is_beside(own: Token, other: Token, verb: Token) -> bool:
    """Whether a pronoun may stand for a word that has a part of its own verb: "Xi took it with him"."""
    if other.head is verb and other.dep != "nmod:poss":
        return own.base_dep == "obl" and own.i > other.i
    return own.base_dep not in ("obj", "iobj") or subject_of(verb) is not other
