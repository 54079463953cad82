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
    between = next((a for a in nmods if a.preposition == "between"), None)
    if between is not None:
        pair = conjuncts(between.head)
        return [_clause(noun, pair[0], pair[1], nmods, between)] if len(pair) == 2 else []
    owner = noun.child("nmod:poss")
    actor = (
        (owner if owner is not None and not is_time_word(owner) else None)
        or next((a.head for a in nmods if a.preposition == "by"), None)
        or _modifier(noun)
    )
    target = next((a for a in nmods if a.preposition in prepositions), None)
    if actor is None or target is None or actor is target.head:
        return []
    return [_clause(noun, actor, target.head, nmods, target)]


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
