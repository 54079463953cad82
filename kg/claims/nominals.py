"""Nominal events: "the seizure of the tanker by Iran", "talks between Egypt and Sudan"."""

from kg.claims.clauses import Arg, Clause, conjuncts, is_time_word
from kg.english.lexicon import nominals
from kg.parsing.tree import Sentence, Token, case_words

NAMED = frozenset({"PERSON", "ORG", "LOC", "NORP", "GPE"})


def nominal_clauses(sentence: Sentence) -> list[Clause]:
    """A clause for each event noun of which the text names both who did it and to whom."""
    return [c for t in sentence if t.pos == "NOUN" for c in _read(t)]


def _read(noun: Token) -> list[Clause]:
    prepositions = nominals().get(noun.lemma.lower())
    if prepositions is None:
        return []
    nmods = _modifiers(noun)
    nmods += [a for m in nmods for a in _modifiers(m.head) if a.preposition == "by"]  # hung one noun too low
    between = _first(nmods, frozenset({"between"}))
    if between is not None:
        pair = conjuncts(between.head)
        return [_clause(noun, pair[0], pair[1], nmods, between)] if len(pair) == 2 else []
    actor, target = _actor(noun, nmods), _first(nmods, prepositions)
    if actor is None or target is None or actor is target.head:
        return []
    return [_clause(noun, actor, target.head, nmods, target)]


def _first(args: list[Arg], prepositions: frozenset[str]) -> Arg | None:
    return next((a for a in args if a.preposition in prepositions), None)


def _actor(noun: Token, nmods: list[Arg]) -> Token | None:
    """Who does it: "Iran's seizure", "the seizure by Iran", "the Iranian seizure"."""
    owner = noun.child("nmod:poss")
    if owner is not None and not is_time_word(owner):
        return owner
    by = _first(nmods, frozenset({"by"}))
    return by.head if by is not None else _modifier(noun)


def _modifiers(noun: Token) -> list[Arg]:
    return [
        Arg(c, case_words(c)) for c in noun.children if c.dep == "nmod" and c.pos in ("NOUN", "PROPN", "PRON")
    ]


def _modifier(noun: Token) -> Token | None:
    """ "US sanctions", "Russian attack": a name or a nationality before the noun."""
    return next((c for c in noun.children if c.dep in ("compound", "amod") and c.ent in NAMED), None)


def _clause(noun: Token, actor: Token, target: Token, nmods: list[Arg], used: Arg) -> Clause:
    rest = [a for a in nmods if a is not used and a.head is not actor and a.preposition != "by"]
    return Clause(head=noun, kind="nominal", subject=actor, object=target, args=rest)
