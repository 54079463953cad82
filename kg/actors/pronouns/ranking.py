"""How likely each candidate is to be what a pronoun stands for.

Every pronoun of the third person ranks the phrases around it, with "none of them" as one more candidate, by
a small network (`kg.learned.ranker`). It sees what grammar and the text tell of the two, and their vectors.
It was taught on annotated news and GUM's training part by data/models/recipe/coreference.py and lies in
data/actors/pronouns.npz. Nothing here decides: `coreference` does, with a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg import resources
from kg.actors.pronouns.antecedents import candidates
from kg.actors.pronouns.binding import subject_of
from kg.actors.pronouns.phrases import Phrase
from kg.learned import ranker
from kg.learned.ranker import Candidate, Floats, Ranker
from kg.parsing.tree import Token
from kg.parsing.upper import NOBODY, OUTSIDE

_ROLES = frozenset({"nsubj", "obj", "obl", "nmod", "conj"})
_ARTICLES = frozenset({"the", "a", "an", "bare", "owned", "this", "no"})
_CASES = frozenset({"in", "at", "from", "to", "of", "with"})
_STEPS = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9)
# How likely the careful model takes a pronoun for a phrase, for its chain; for nobody, for somebody far off.
_MEANT, _MEANT_NONE = ("meant", "meant chain"), ("meant nobody", "meant outside")
_OWN, _OTHER = (tuple(f"{whose} {i}" for i in range(64)) for whose in ("own", "other"))
_FORMS = {"m": "person", "f": "person", "n": "it"}


def rank(
    pronoun: Phrase, found: Sequence[Phrase], network: Ranker | None = None
) -> list[tuple[float, Phrase | None]]:
    """The candidates, likeliest first, each with its chain's probability; None is "none of them".

    Mentions of one actor share a chain, and their probabilities add up.
    """
    network, fitting = network or load(), candidates(pronoun, found)
    chances = network.chances(_rows(pronoun, fitting, network))
    scored = list(zip(chances, [None, *(c for c, _ in fitting)], strict=True))
    chains: dict[Phrase | None, float] = {}
    for chance, phrase in scored:
        chains[_chain(phrase)] = chains.get(_chain(phrase), 0.0) + chance
    ranked = [(chains[_chain(p)], chance, p) for chance, p in scored]
    return [(together, p) for together, _, p in sorted(ranked, key=lambda r: (-r[0], -r[1]))]


@lru_cache(maxsize=1)
def load() -> Ranker:
    """The network that ships with kg."""
    return ranker.load(resources.path("data/actors/pronouns.npz"))


def _chain(phrase: Phrase | None) -> Phrase | None:
    return phrase.first if phrase is not None and not phrase.joined else phrase


# -- features ------------------------------------------------------------------------------------


def _rows(pronoun: Phrase, fitting: Sequence[tuple[Phrase, int]], network: Ranker) -> Floats:
    """The rows of nobody and of all candidates; numbers are put in at once, since dictionaries are slow."""
    told = [none_features(pronoun), *(_told(pronoun, candidate, place) for candidate, place in fitting)]
    rows = network.rows([dict.fromkeys(features, 1.0) for features in told])
    if pronoun.meant:
        nobody, *likely = meant(pronoun, [c for c, _ in fitting])
        rows[0, network.columns(_MEANT_NONE)] = nobody
        if fitting:
            rows[1:, network.columns(_MEANT)] = likely
    if (size := len(pronoun.vector)) and fitting:
        nothing = (0.0,) * size
        rows[:, network.columns(_OWN[:size])] = pronoun.vector
        rows[1:, network.columns(_OTHER[:size])] = [c.vector or nothing for c, _ in fitting]
    return rows


def table(pronoun: Phrase, fitting: Sequence[tuple[Phrase, int]]) -> list[Candidate]:
    """What speaks for and against nobody and each candidate, told with how many that agree stand between."""
    nobody, *likely = meant(pronoun, [c for c, _ in fitting])
    own = _numbers(_OWN, pronoun)
    first = dict.fromkeys(none_features(pronoun), 1.0) | own | dict(zip(_MEANT_NONE, nobody, strict=True))
    rows: list[Candidate] = [first]
    for (candidate, between), told in zip(fitting, likely, strict=True):
        flags = dict.fromkeys(_told(pronoun, candidate, between), 1.0)
        rows.append(flags | own | _numbers(_OTHER, candidate) | dict(zip(_MEANT, told, strict=True)))
    return rows


def meant(pronoun: Phrase, fitting: Sequence[Phrase]) -> Iterator[tuple[float, float]]:
    """How likely the careful model takes the pronoun for nobody named near by, then for each phrase: itself,
    and all of its chain."""
    told = pronoun.meant
    yield told.get(NOBODY, 0.0), told.get(OUTSIDE, 0.0)
    chains: dict[Phrase | None, float] = {}
    for phrase in fitting:
        chains[_chain(phrase)] = chains.get(_chain(phrase), 0.0) + told.get(phrase.token.start, 0.0)
    yield from ((told.get(p.token.start, 0.0), chains[_chain(p)]) for p in fitting)


def _told(pronoun: Phrase, candidate: Phrase, rank: int) -> tuple[str, ...]:
    form = form_of(pronoun)
    if form not in candidate.standing:
        candidate.standing[form] = tuple(standing(candidate, form))
    return (*candidate.standing[form], *relation(pronoun, candidate, rank, form))


def _numbers(names: Sequence[str], phrase: Phrase) -> dict[str, float]:
    return dict(zip(names, phrase.vector, strict=False))


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
    if pronoun.speaker is not None:
        found.append(f"none {form} quoted")
    if pronoun.likely:
        found.append(f"none {form} {max(pronoun.likely, key=pronoun.likely.__getitem__)}")
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
    token, role = candidate.token, _role(candidate)
    yield f"role {role}"
    yield f"{form} role {role}"
    if candidate.kind == "nominal":
        yield f"article {_article(token)}"
    if token.head is None or (token.base_dep == "nsubj" and token.head.head is None):
        yield "main subject"
    yield from _kinds(candidate, form)
    yield from _fame(candidate.first, form)
    case = token.child("case")
    if case is not None and candidate.sort == "place":
        yield f"{form} place {case.lower if case.lower in _CASES else 'other'}"


def _kinds(candidate: Phrase, form: str) -> Iterator[str]:
    """What kind of phrase a candidate is, how many it stands for, and what its actor is."""
    yield f"{form} kind {candidate.kind}"
    if form == "they":
        number = _number(candidate)
        yield f"they {number}"
        if candidate.pronoun is None:
            yield f"they {number} {candidate.sort or 'open'}"
    if candidate.ref is not None and candidate.ref.actor is not None:
        yield f"{form} type {candidate.ref.actor.type}"
        yield f"{form} ref {candidate.ref.kind}"


def _fame(first: Phrase, form: str) -> Iterator[str]:
    """How much the document is about whom a chain begins with."""
    yield f"{form} fame {3 if first.fame is None else min(first.fame, 3)}"
    yield f"{form} named {min(first.named, 4)}"


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
    yield from _far(pronoun, candidate, rank, form)
    yield from _parallel(pronoun.token, candidate.token, distance)
    yield from _chained(pronoun, candidate, form)
    yield from _natures(pronoun, candidate, form)
    yield from _spoken(pronoun, candidate)
    if distance == 0:
        yield from _within(pronoun, candidate)


def _far(pronoun: Phrase, candidate: Phrase, rank: int, form: str) -> Iterator[str]:
    """How far back a candidate stands, in sentences, in paragraphs and by others that agree."""
    distance = pronoun.sentence - candidate.sentence
    near = min(distance, 2)
    for scope in ("", f"{form} "):
        yield f"{scope}distance {min(distance, 6)}"
        yield f"{scope}rank {min(rank, 4)}"
    yield f"{form} {_place_of(pronoun.token)} for {_role(candidate)} {near}"
    if distance:
        yield f"{form} paragraph {min(pronoun.paragraph - candidate.paragraph, 2)} {near}"


def _place_of(own: Token) -> str:
    """What a pronoun is in its clause."""
    if own.dep == "nmod:poss":
        return "poss"
    return own.base_dep if own.base_dep in ("nsubj", "obj") else "other"


def _spoken(pronoun: Phrase, candidate: Phrase) -> Iterator[str]:
    """Whether both are words of the same speaker, or one is the writer's."""
    own, other = pronoun.speaker, candidate.speaker
    if (own is None) != (other is None):
        yield "into quotation" if own else "out of quotation"
    elif own is not None:
        yield "same speaker" if own is other else "other speaker"


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
        often = 2 if first.count < 4 else 4 if first.count < 8 else 8
        yield f"mentioned {often}"
        yield f"{form} mentioned {often}"
    if candidate.pronoun is not None:
        same = "same pronoun" if _is_same(pronoun, candidate) else "other pronoun"
        yield same
        yield f"{form} {same} {min(pronoun.sentence - candidate.sentence, 2)}"
        if first.pronoun is not None:
            yield f"{form} open chain"


def _is_same(one: Phrase, other: Phrase) -> bool:
    a, b = one.pronoun, other.pronoun
    if a is None or b is None:
        return False
    return (a.person, a.plural, a.gender) == (b.person, b.plural, b.gender)


def _natures(pronoun: Phrase, candidate: Phrase, form: str) -> Iterator[str]:
    """What sort of being the candidate's chain is, and whether the pronoun's vector is of that sort."""
    first = candidate.first
    sort = first.sort or candidate.sort or "open"
    if form == "person":
        yield "gender known" if first.gender or candidate.gender else "gender open"
        if candidate.likely and candidate.pronoun is None:
            yield f"person likely {_level(candidate.likely['person'])}"
    if form == "it":
        place = _place_of(pronoun.token)
        role = {"nsubj": "subject", "poss": "owner"}.get(place, "other")
        yield f"it {role} sort {sort}"
    if form != "they":
        yield f"{form} sort {sort}"
    if form != "person":
        yield from _alike(pronoun.likely, candidate.likely, form, sort)


def _alike(own: Mapping[str, float], other: Mapping[str, float], form: str, sort: str) -> Iterator[str]:
    """How likely the vectors of a pronoun and a candidate are of one sort."""
    if sort in own:
        yield f"{form} likely {sort} {_level(own[sort])}"
    if own and other:
        yield f"{form} alike {_level(sum(own[name] * other[name] for name in other))}"


def _level(probability: float) -> int:
    """A probability in steps."""
    return sum(probability >= step for step in _STEPS)


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
    if inside := _inside(own, other):
        yield f"inside it {inside}"
    if above := _above(own, other):
        yield above


def _inside(own: Token, other: Token) -> str:
    """By which relation the part of a candidate's phrase hangs on it in which a pronoun stands."""
    below = own
    for above in own.ancestors():
        if above is other:
            return below.dep
        below = above
    return ""


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
