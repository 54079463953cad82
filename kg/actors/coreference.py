"""Pronouns and the phrases that they stand for, within a document.

Every pronoun of the third person ranks the noun phrases before it by a sum of weights; the weights
were fitted on GUM's training part (a log-linear ranker after Denis & Baldridge 2008, with "none of
them" as one more candidate) and lie in data/actors/coreference.csv. Below the threshold a pronoun
stays unresolved, and its mention says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.actors import quotes
from kg.actors.context import Context
from kg.actors.gazetteer import Gazetteer, Pronoun
from kg.actors.mentions import Ref
from kg.actors.nominals import Nominals
from kg.model import Actor
from kg.parse import Sentence, Token

# Probability below which a pronoun stays unresolved.
THRESHOLD = 0.4
# Sentences back in which antecedents are looked for; 98 % of GUM's third-person pronouns find theirs there.
WINDOW = 5

_NOT_HEADS = frozenset(
    {
        "flat",
        "compound",
        "fixed",
        "goeswith",
        "nmod:desc",
        "nmod:unmarked",
        "obl:unmarked",
        "nmod:npmod",
        "obl:tmod",
    }
)
_GROUPS = frozenset({"armed group", "population", "movement", "group"})
_PERSON_TYPES = frozenset({"person"})
_SUFFIXES = ("ist", "man", "men", "woman", "women", "ian", "eer", "person")


@dataclass(eq=False, slots=True)
class Phrase:
    """A noun phrase or pronoun that another may refer to."""

    sentence: int
    token: Token
    order: int
    kind: str  # name, nominal, pronoun
    plural: bool
    gender: str  # m, f, n or ""
    being: str  # person, thing or ""
    joined: bool = False  # several conjuncts taken together
    many: bool = False  # a group that is "it" or "they": "the Taliban"
    ref: Ref | None = None
    pronoun: Pronoun | None = None
    entity: Phrase | None = None  # the first phrase of its chain, once it is known
    count: int = 1
    scores: dict[str, float] = field(default_factory=dict)  # its standing, by form of pronoun

    @property
    def first(self) -> Phrase:
        """The first phrase of its chain."""
        return self.entity or self


# -- the phrases of a document -------------------------------------------------------------------


def phrases(
    sentences: Sequence[Sentence], gazetteer: Gazetteer, context: Context | None = None
) -> list[Phrase]:
    """Every noun phrase and personal pronoun, in text order of their heads."""
    found: list[Phrase] = []
    refs = context.refs if context else {}
    covered = context.covered if context else {}
    pronouns, times = gazetteer.pronouns, gazetteer.words["time"]
    for s, sentence in enumerate(sentences):
        for token in sentence.tokens:
            pos = token.pos
            if pos == "PRON":
                pronoun = pronouns.get(token.text.lower())
                if pronoun is not None and token.dep != "expl" and (s, token.i) not in covered:
                    found.append(_pronoun(s, token, pronoun, len(found)))
            elif (
                pos in ("NOUN", "PROPN") and token.dep not in _NOT_HEADS and token.lemma.lower() not in times
            ):
                found.extend(_nominal(s, token, refs.get((s, token.i)), gazetteer, len(found)))
    return found


def _pronoun(s: int, token: Token, pronoun: Pronoun, order: int) -> Phrase:
    person = pronoun.gender in ("m", "f") or pronoun.person == 1
    being = "person" if person else "thing" if pronoun.gender == "n" else ""
    return Phrase(s, token, order, "pronoun", pronoun.plural, pronoun.gender, being, pronoun=pronoun)


def _nominal(s: int, token: Token, ref: Ref | None, gazetteer: Gazetteer, order: int) -> list[Phrase]:
    """A noun phrase; with conjuncts also all of them together."""
    plural = token.tag in ("NNS", "NNPS") or "Number=Plur" in token.feats or (ref is not None and ref.plural)
    kind = "name" if token.pos == "PROPN" else "nominal"
    gender, being = _nature(token, ref, gazetteer)
    many = ref is not None and ref.actor is not None and ref.actor.type in _GROUPS
    found = [Phrase(s, token, order, kind, plural, gender, being, ref=ref, many=many)]
    if token.dep != "conj" and token.child("conj") is not None:
        found.append(Phrase(s, token, order, kind, True, "", being, joined=True))
    return found


def _nature(token: Token, ref: Ref | None, gazetteer: Gazetteer) -> tuple[str, str]:
    """Gender and whether it is a person."""
    if ref is not None:
        person = ref.kind in ("person", "title") or (ref.actor and ref.actor.type in _PERSON_TYPES)
        return ref.gender or "", "person" if person else "" if ref.plural else "thing"
    if token.ent:
        return "", "person" if token.ent == "PERSON" else "thing"
    noun = token.lemma.lower()
    if noun in gazetteer.humans or noun.endswith(_SUFFIXES):
        return gazetteer.genders.get(noun, ""), "person"
    return "", "" if token.pos == "PROPN" else "thing"


_ROLES = frozenset({"nsubj", "obj", "obl", "nmod", "conj"})
_DISTANCE = [f"distance {n}" for n in range(5)]
_RANK = [f"rank {n}" for n in range(5)]

# -- scoring -------------------------------------------------------------------------------------


def features(pronoun: Phrase, candidate: Phrase, rank: int) -> list[str]:
    """What speaks for and against a candidate; `rank` counts agreeing candidates between them."""
    assert pronoun.pronoun is not None
    form = class_of(pronoun.pronoun)
    return standing(candidate, form) + relation(pronoun, candidate, rank, form)


def standing(candidate: Phrase, form: str) -> list[str]:
    """What holds of a candidate by itself, for any pronoun of a form (he, she, it, they)."""
    token = candidate.token
    role = token.base_dep if token.base_dep in _ROLES else "other"
    role = "poss" if token.dep == "nmod:poss" else role
    found = [f"role {role}", f"{form} kind {candidate.kind}"]
    found.append(f"{form} role {role}" if role in ("nsubj", "nmod", "poss") else "role rest")
    agrees = candidate.many or (form == "they") == candidate.plural
    found.append(f"number {'agrees' if agrees else 'differs'} {form}")
    if candidate.joined:
        found.append(f"joined {form}")
    if candidate.kind == "nominal":
        determiner = token.child("det")
        article = determiner.lower if determiner is not None else "bare"
        found.append(f"article {article}" if article in ("the", "a", "an", "bare") else "article other")
    if token.head is None or (token.base_dep == "nsubj" and token.head.head is None):
        found.append("main subject")
    return found


def relation(pronoun: Phrase, candidate: Phrase, rank: int, form: str) -> list[str]:
    """What holds between a pronoun and a candidate, as its chain stands by then."""
    own, other, first = pronoun.token, candidate.token, candidate.first
    distance = pronoun.sentence - candidate.sentence
    found = [_DISTANCE[min(distance, 4)], f"{form} {_DISTANCE[min(distance, 2)]}", _RANK[min(rank, 4)]]
    if own.dep != "nmod:poss" and own.base_dep == other.base_dep:
        found.append("parallel")
    if first.count > 1:
        found.append("mentioned 2" if first.count < 4 else "mentioned 4")
    if candidate.pronoun is not None and pronoun.pronoun is not None:
        found.append("same pronoun" if _same(pronoun.pronoun, candidate.pronoun) else "other pronoun")
    found.append(f"{form} being {first.being or candidate.being or 'open'}")
    if form in ("he", "she"):
        gender = first.gender or candidate.gender
        found.append("gender open" if not gender else f"gender {_agree(gender, pronoun.gender)}")
    return found + _within(own, other) if distance == 0 else found


def _within(own: Token, other: Token) -> list[str]:
    """How the two stand in one sentence."""
    found = []
    if own.head is not None and own.head is other.head and own.dep != "nmod:poss":
        found.append("same verb")
    if (
        own.dep == "nmod:poss"
        and own.head is not None
        and own.head.head is other.head
        and other.base_dep == "nsubj"
    ):
        found.append("owner is subject")
    if any(a is other for a in own.ancestors()):
        found.append("inside it")
    if any(a is own.head for a in other.ancestors()) and own.dep != "nmod:poss":
        found.append("below its verb")
    chain = list(own.ancestors())
    if other.head is not None and any(a is other.head for a in chain[1:]) and other.base_dep == "nsubj":
        found.append("subject above")
    return found


def _agree(one: object, other: object) -> str:
    return "agrees" if one == other else "differs"


def class_of(pronoun: Pronoun) -> str:
    """he, she, it or they."""
    if pronoun.plural:
        return "they"
    return {"m": "he", "f": "she", "n": "it"}[pronoun.gender]


def _same(one: Pronoun, other: Pronoun) -> bool:
    return (one.person, one.plural, one.gender) == (other.person, other.plural, other.gender)


def possible(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether grammar allows it at all: gender, person, and two places of one verb (binding)."""
    own = pronoun.pronoun
    assert own is not None
    other = candidate.pronoun
    if other is not None and (other.person != own.person or other.plural != own.plural):
        return False
    gender = candidate.first.gender or candidate.gender
    if own.gender and gender and own.gender != gender and "n" not in (own.gender, gender):
        return False
    being = candidate.first.being or candidate.being
    if own.gender in ("m", "f") and (being == "thing" or candidate.plural):
        return False
    if own.gender == "n" and (being == "person" or candidate.plural):
        return False
    if own.plural and not candidate.plural and candidate.being == "person":
        return False
    return _bound(pronoun, candidate)


def _bound(pronoun: Phrase, candidate: Phrase) -> bool:
    """Principles A and B: "himself" is the subject of its verb, "him" is not."""
    assert pronoun.pronoun is not None
    if candidate.sentence != pronoun.sentence:
        return not pronoun.pronoun.reflexive
    own, other = pronoun.token, candidate.token
    if own.dep == "nmod:poss":
        return not any(a is other for a in own.ancestors())
    same_verb = own.head is not None and own.head is other.head and own.base_dep != "conj"
    return pronoun.pronoun.reflexive or not same_verb or other.dep == "nmod:poss"


def candidates(pronoun: Phrase, before: Sequence[Phrase]) -> list[tuple[Phrase, int]]:
    """Possible antecedents, the nearest first, with how many stand between."""
    found: list[tuple[Phrase, int]] = []
    for phrase in reversed(before):
        if phrase.sentence < pronoun.sentence - WINDOW:
            break
        third = phrase.pronoun is None or phrase.pronoun.person == 3
        if phrase.token is not pronoun.token and third and possible(pronoun, phrase):
            found.append((phrase, len(found)))
    return found


def rank(
    pronoun: Phrase, before: Sequence[Phrase], weights: dict[str, float]
) -> list[tuple[float, Phrase | None]]:
    """The candidates, likeliest first, each with its chain's probability; None is "none of them".

    Mentions of one actor share a chain, and their probabilities add up.
    """
    scored: list[tuple[float, Phrase | None]] = [(_none(pronoun, weights), None)]
    assert pronoun.pronoun is not None
    form = class_of(pronoun.pronoun)
    for candidate, place in candidates(pronoun, before):
        if form not in candidate.scores:
            candidate.scores[form] = _sum(standing(candidate, form), weights)
        score = candidate.scores[form] + _sum(relation(pronoun, candidate, place, form), weights)
        scored.append((score, candidate))
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    chains: dict[Phrase | None, float] = {}
    for score, phrase in scored:
        key = phrase.first if phrase and not phrase.joined else phrase
        chains[key] = chains.get(key, 0.0) + math.exp(score - top) / total
    ranked = [(chains[p.first if p and not p.joined else p], score, p) for score, p in scored]
    return [(chance, p) for chance, _, p in sorted(ranked, key=lambda r: (-r[0], -r[1]))]


def _sum(found: list[str], weights: dict[str, float]) -> float:
    total = 0.0
    for feature in found:
        total += weights.get(feature, 0.0)
    return total


def none_features(pronoun: Phrase) -> list[str]:
    """What speaks for a pronoun that refers to no noun phrase before it."""
    assert pronoun.pronoun is not None
    form = class_of(pronoun.pronoun)
    return [f"none {form}", f"none {form} {'subject' if pronoun.token.base_dep == 'nsubj' else 'other'}"]


def _none(pronoun: Phrase, weights: dict[str, float]) -> float:
    return _sum(none_features(pronoun), weights)


# -- linking -------------------------------------------------------------------------------------


def link(context: Context, nouns: Nominals) -> None:
    """Add the mentions that pronouns make, and say whose "its troops" are."""
    found = phrases(context.sentences, context.gazetteer, context)
    spoken = quotes.speakers(context.sentences, context.gazetteer.words["saying"])
    chains: dict[str, Phrase] = {}
    for n, phrase in enumerate(found):
        if phrase.pronoun is None:
            chain(phrase, chains)
        elif phrase.pronoun.person == 3:
            _third(context, phrase, found[max(0, n - 400) : n])
            _owner(context, phrase, nouns)
        else:
            _first(context, phrase, spoken.get((phrase.sentence, phrase.token.i)))
    _relative(context)


def chain(phrase: Phrase, chains: dict[str, Phrase]) -> None:
    """Mentions of one actor are one chain."""
    actor = phrase.ref.actor if phrase.ref else None
    if actor is None:
        return
    first = chains.setdefault(actor.id, phrase)
    if first is not phrase:
        phrase.entity = first
        first.count += 1


def resolve(
    pronoun: Phrase, before: Sequence[Phrase], weights: dict[str, float], threshold: float = THRESHOLD
) -> tuple[Phrase | None, float]:
    """The phrase that a pronoun stands for with its probability, or None where nothing is likely enough."""
    ranked = rank(pronoun, before, weights)
    probability, best = ranked[0]
    if best is None or probability < threshold:
        return None, probability
    pronoun.entity = best.first
    best.first.count += 1
    return best, probability


def _third(context: Context, phrase: Phrase, before: Sequence[Phrase]) -> None:
    best, probability = resolve(phrase, before, context.gazetteer.weights)
    word = phrase.token.text
    ref = _ref(phrase)
    if best is None:
        ref.means(None, "unsure", f"unresolved: nothing before '{word}' is likely enough to be meant")
    else:
        _stand_for(context, ref, best, probability)
    context.add(ref)


def _owner(context: Context, phrase: Phrase, nouns: Nominals) -> None:
    """The country of a noun that a pronoun owns."""
    owned = phrase.token.head if phrase.token.dep == "nmod:poss" else None
    ref = context.refs.get((phrase.sentence, owned.i)) if owned is not None else None
    owner = context.refs[phrase.sentence, phrase.token.i].actor
    if ref is not None and ref.kind in ("generic", "title") and owner is not None and owner.country:
        nouns.owned(ref, owner.country)


def _stand_for(context: Context, ref: Ref, best: Phrase, probability: float) -> None:
    meant = best.first if best.first.ref and best.first.ref.actor and not best.joined else best
    source = best.ref or meant.ref
    words = _words(context, best)
    ref.antecedent = best.token
    if best.joined:
        ref.members = _conjuncts(context, best)
        group = ref.members and _group(context, ref.members)
        ref.means(
            group or None,
            "same" if group else "not same",
            f"'{words}' and those beside it ({probability:.2f})",
        )
    elif source is not None and source.actor is not None:
        ref.members, ref.gender = source.members, source.gender
        ref.means(source.actor, source.verdict, f"stands for '{words}' ({probability:.2f})")
    else:
        ref.means(None, "not same", f"stands for '{words}', which is no known actor ({probability:.2f})")
    if best.ref is None:
        best.ref = meant.ref


def _conjuncts(context: Context, phrase: Phrase) -> tuple[Actor, ...]:
    tokens = [phrase.token, *phrase.token.all("conj")]
    refs = [context.refs.get((phrase.sentence, t.i)) for t in tokens]
    actors = [r.actor for r in refs if r is not None and r.actor is not None]
    return tuple(actors) if len(actors) == len(tokens) else ()


def _group(context: Context, members: tuple[Actor, ...]) -> Actor:
    ordered = sorted(members, key=lambda a: a.id)
    label = " and ".join(a.label for a in members)
    return context.local("group-" + "-and-".join(a.id for a in ordered), label, "group")


def _first(context: Context, phrase: Phrase, speaker: Token | None) -> None:
    """I and we: the speaker of the quotation, where the text names one."""
    ref = _ref(phrase)
    assert phrase.pronoun is not None
    meant = context.at(phrase.sentence, speaker) if speaker is not None else None
    if meant is None and speaker is not None:
        meant = next((r for r in context.refs.values() if r.head is speaker), None)
    if meant is None or meant.actor is None:
        ref.means(None, "unsure", "unresolved: the text does not say who speaks")
    elif phrase.pronoun.plural and meant.actor.type == "person":
        ref.means(None, "unsure", f"unresolved: '{phrase.token.text}' are {meant.actor.label} and others")
    else:
        ref.means(meant.actor, meant.verdict, f"the speaker of the quotation: {meant.actor.label}")
    context.add(ref)


def _relative(context: Context) -> None:
    """Who and which stand for the noun that their clause describes."""
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            if token.tag not in ("WDT", "WP", "WP$") or (s, token.i) in context.refs:
                continue
            clause = next((a for a in [token, *token.ancestors()] if a.dep == "acl:relcl"), None)
            meant = context.at(s, clause.head) if clause is not None and clause.head is not None else None
            if meant is not None and meant.actor is not None:
                ref = Ref(
                    s, token, token.i, token.i + 1, "pronoun", antecedent=meant.head, members=meant.members
                )
                context.add(
                    ref.means(meant.actor, meant.verdict, f"'{token.text}' stands for the noun before it")
                )


def _ref(phrase: Phrase) -> Ref:
    i = phrase.token.i
    return Ref(phrase.sentence, phrase.token, i, i + 1, "pronoun", plural=phrase.plural)


def _words(context: Context, phrase: Phrase) -> str:
    ref = phrase.ref
    if ref is not None:
        tokens = context.sentences[ref.sentence].tokens
        return context.document.text[tokens[ref.start].start : tokens[ref.end - 1].end]
    return phrase.token.text
