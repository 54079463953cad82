"""How likely each candidate is to be what a pronoun stands for.

Every pronoun of the third person ranks the phrases around it by a sum of weights; the weights were
fitted on GUM's training part (a log-linear ranker after Denis & Baldridge 2008, with "none of them"
as one more candidate) and lie in data/actors/coreference.csv, each with how often it was seen.
Nothing here decides: `coreference` does, with a threshold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.actors.pronouns.antecedents import candidates
from kg.actors.pronouns.binding import subject_of
from kg.actors.pronouns.phrases import Phrase
from kg.parsing.tree import Token

_ROLES = frozenset({"nsubj", "obj", "obl", "nmod", "conj"})
_ARTICLES = frozenset({"the", "a", "an", "bare", "owned", "this", "no"})
_DISTANCE = [f"distance {n}" for n in range(5)]
_RANK = [f"rank {n}" for n in range(5)]
_FORMS = {"m": "person", "f": "person", "n": "it"}


def rank(
    pronoun: Phrase, found: Sequence[Phrase], weights: Mapping[str, float]
) -> list[tuple[float, Phrase | None]]:
    """The candidates, likeliest first, each with its chain's probability; None is "none of them".

    Mentions of one actor share a chain, and their probabilities add up.
    """
    scored: list[tuple[float, Phrase | None]] = [(_sum(none_features(pronoun), weights), None)]
    form = form_of(pronoun)
    for candidate, place in candidates(pronoun, found):
        if form not in candidate.scores:
            candidate.scores[form] = _sum(standing(candidate, form), weights)
        score = candidate.scores[form] + _sum(relation(pronoun, candidate, place, form), weights)
        scored.append((score, candidate))
    chains = _chances(scored)
    ranked = [(chains[_chain(p)], score, p) for score, p in scored]
    return [(chance, p) for chance, _, p in sorted(ranked, key=lambda r: (-r[0], -r[1]))]


def _chances(scored: Sequence[tuple[float, Phrase | None]]) -> dict[Phrase | None, float]:
    """The probability of each chain: the softmax of its mentions' scores."""
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    chains: dict[Phrase | None, float] = {}
    for score, phrase in scored:
        chain = _chain(phrase)
        chains[chain] = chains.get(chain, 0.0) + math.exp(score - top) / total
    return chains


def _chain(phrase: Phrase | None) -> Phrase | None:
    return phrase.first if phrase is not None and not phrase.joined else phrase


def _sum(found: Iterable[str], weights: Mapping[str, float]) -> float:
    total = 0.0
    for feature in found:
        total += weights.get(feature, 0.0)
    return total


# -- features ------------------------------------------------------------------------------------


def features(pronoun: Phrase, candidate: Phrase, rank: int) -> list[str]:
    """What speaks for and against a candidate; `rank` counts agreeing candidates between them."""
    form = form_of(pronoun)
    return [*standing(candidate, form), *relation(pronoun, candidate, rank, form)]


def form_of(pronoun: Phrase) -> str:
    """person, it or they."""
    assert pronoun.pronoun is not None
    return "they" if pronoun.pronoun.plural else _FORMS[pronoun.pronoun.gender]


def none_features(pronoun: Phrase) -> list[str]:
    """What speaks for a pronoun that refers to no noun phrase around it."""
    form, token = form_of(pronoun), pronoun.token
    role = token.base_dep if token.base_dep in ("nsubj", "obj") else "other"
    found = [f"none {form}", f"none {form} {role}"]
    if pronoun.sentence == 0:
        found.append("none first sentence")
    if form == "it" and token.head is not None and role == "nsubj":
        found += _none_it(token.head)
    return found


def _none_it(head: Token) -> Iterator[str]:
    """What speaks for an "it" that stands for nothing, by what it is the subject of."""
    if head.child("cop") is not None:
        yield f"none it is {head.pos}"
    if head.child("csubj", "ccomp", "xcomp", "advcl", "acl:relcl") is not None:
        yield "none it with clause"


def standing(candidate: Phrase, form: str) -> Iterator[str]:
    """What holds of a candidate by itself, for any pronoun of a form (person, it, they)."""
    token = candidate.token
    yield f"role {_role(candidate)}"
    yield f"{form} kind {candidate.kind}"
    if form == "they":
        number = _number(candidate)
        yield f"they {number}"
        if candidate.pronoun is None:
            yield f"they {number} {candidate.sort or 'open'}"
    if candidate.kind == "nominal":
        yield f"article {_article(token)}"
    if token.head is None or (token.base_dep == "nsubj" and token.head.head is None):
        yield "main subject"


def _role(candidate: Phrase) -> str:
    """What a candidate is in its clause."""
    token = candidate.token
    if token.dep == "nmod:poss":
        return "owner" if candidate.pronoun is None else "poss"
    return token.base_dep if token.base_dep in _ROLES else "other"


def _number(candidate: Phrase) -> str:
    """How many a candidate stands for."""
    if candidate.many:
        return "many"
    if candidate.joined:
        return "joined"
    return "plural" if candidate.plural else "singular"


def _article(noun: Token) -> str:
    if noun.child("nmod:poss") is not None:
        return "owned"
    determiner = noun.child("det")
    article = determiner.lower if determiner is not None else "bare"
    return article if article in _ARTICLES else "other"


def relation(pronoun: Phrase, candidate: Phrase, rank: int, form: str) -> Iterator[str]:
    """What holds between a pronoun and a candidate, as its chain stands by then."""
    distance = pronoun.sentence - candidate.sentence
    yield _DISTANCE[min(distance, 4)]
    yield f"{form} {_DISTANCE[min(distance, 2)]}"
    yield _RANK[min(rank, 4)]
    yield from _parallel(pronoun.token, candidate.token, distance)
    yield from _chained(pronoun, candidate, form)
    yield from _natures(pronoun.token, candidate, form)
    if (pronoun.speaker is None) != (candidate.speaker is None):
        yield "into quotation" if pronoun.speaker else "out of quotation"
    if distance == 0:
        yield from _within(pronoun, candidate)


def _parallel(own: Token, other: Token, distance: int) -> Iterator[str]:
    """Whether both are the same in their clauses."""
    if own.dep == "nmod:poss" or own.base_dep != other.base_dep:
        return
    yield "parallel"
    if own.base_dep == "nsubj":
        yield f"parallel subjects {min(distance, 2)}"


def _chained(pronoun: Phrase, candidate: Phrase, form: str) -> Iterator[str]:
    """How often a candidate's chain was mentioned, and by which pronouns."""
    first = candidate.first
    if first.count > 1:
        yield f"mentioned {2 if first.count < 4 else 4 if first.count < 8 else 8}"
    if candidate.pronoun is not None:
        yield "same pronoun" if _is_same(pronoun, candidate) else "other pronoun"
        if first.pronoun is not None:
            yield f"{form} open chain"


def _is_same(one: Phrase, other: Phrase) -> bool:
    a, b = one.pronoun, other.pronoun
    if a is None or b is None:
        return False
    return (a.person, a.plural, a.gender) == (b.person, b.plural, b.gender)


def _natures(own: Token, candidate: Phrase, form: str) -> Iterator[str]:
    """What sort of being the candidate's chain is, as far as the pronoun's form does not say."""
    first = candidate.first
    sort = first.sort or candidate.sort or "open"
    if form != "they":
        yield f"{form} sort {sort}"
    if form == "it":
        role = "subject" if own.base_dep == "nsubj" else "owner" if own.dep == "nmod:poss" else "other"
        yield f"it {role} sort {sort}"
    if form == "person" and not (first.gender or candidate.gender):
        yield "gender open"


def _within(pronoun: Phrase, candidate: Phrase) -> Iterator[str]:
    """How the two stand in one sentence."""
    own, other = pronoun.token, candidate.token
    assert pronoun.pronoun is not None
    if pronoun.pronoun.reflexive:
        yield f"reflexive {_reflexive(own, other)}"
        return
    if other.i > own.i:
        yield "after it"
        return
    verb = own.head
    if own.dep == "nmod:poss" and verb is not None:
        yield from _owner(own, other, verb)
    elif verb is not None and verb is other.head:
        yield "same verb"
    if any(a is other for a in own.ancestors()):
        yield "inside it"
    if above := _above(own, other):
        yield above


def _reflexive(own: Token, other: Token) -> str:
    """What a word is to the verb of "himself"."""
    if own.head is not None and other is subject_of(own.head):
        return "subject"
    return "head" if other is own.head else "other"


def _owner(own: Token, other: Token, owned: Token) -> Iterator[str]:
    """What a word is to the clause that has "his staff" in it."""
    clause = next((a for a in own.ancestors() if a.child("nsubj", "nsubj:pass") is not None), None)
    if owned.head is not None and subject_of(owned.head) is other:
        yield "owner is subject"
    elif clause is not None and clause.child("nsubj", "nsubj:pass") is other:
        yield "owner is subject of clause"
    if owned.head is not None and owned.head is other.head:
        yield "owner beside"


def _above(own: Token, other: Token) -> str:
    """Which clause of its own the pronoun stands in below the verb whose subject the candidate is."""
    if other.base_dep != "nsubj" or other.head is None:
        return ""
    below = own
    for ancestor in own.ancestors():
        if ancestor is other.head:
            if own.base_dep == "nsubj" and own.head is below:
                return f"next subject {below.base_dep}"
            return f"below {below.base_dep}" if below is not own else ""
        below = ancestor
    return ""
