"""Pronouns and what they stand for, within a document, as judgements with their reasons.

`antecedents` says which phrases a pronoun may stand for, `ranking` how likely; here it is decided. Below the
threshold a pronoun stays unresolved, and its mention says why. Who "I" and "we" are is in `speakers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.actors import groups
from kg.actors.common_nouns import Nominals
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.pronouns import anaphors, definites, speakers
from kg.actors.pronouns.antecedents import CLEAR, binder, reporter
from kg.actors.pronouns.phrases import Phrase, phrases
from kg.actors.pronouns.ranking import form_of, rank
from kg.claims.speech import Speech
from kg.learned.ranker import Ranker
from kg.model import Actor

# Probability below which a pronoun stays unresolved, by its form.
THRESHOLDS = {"person": 0.84, "it": 0.72, "they": 0.78}
# The same where a verb has two persons of whom nothing else is known: "The envoy met the colonel".
CONTESTED = 0.85
# Types of actors whom only a noun tells, by its sort.
_OWN_TYPES = {"person": "person", "group": "organisation"}

Ranked = list[tuple[float, Phrase | None]]


def link(
    context: Context, nouns: Nominals, pronouns: Ranker | None = None, descriptions: Ranker | None = None
) -> None:
    """Add the mentions that pronouns make, and say whose "its troops" are; by the networks that ship with kg
    unless others are given."""
    anaphors.link(context)
    definites.link(context, nouns, descriptions)
    speech = Speech(context.sentences)
    _name_turns(context, speech)
    spoken = speech.speakers()
    found = phrases(context.sentences, context.gazetteer, context, spoken)
    for phrase, best, ranked in readings(found, network=pronouns):
        _third(context, phrase, best, ranked)
        _owner(context, phrase, nouns)
    speakers.link(context, found, speech)
    anaphors.link_relatives(context)


def _name_turns(context: Context, speech: Speech) -> None:
    """Whoever has a turn is an actor of the text, if only by the label: "SPOKESMAN"."""
    for sentence, token in speech.labels():
        known = context.at(sentence.index, token)
        if known is None or known.actor is None:
            ref = Ref(sentence.index, token, token.i, token.i + 1, "person")
            name = token.text
            context.add(ref.means(context.local(context.here(name), name, "person"), "same", "has a turn"))


def readings(
    found: Sequence[Phrase], threshold: float | None = None, network: Ranker | None = None
) -> Iterator[tuple[Phrase, Phrase | None, Ranked]]:
    """Each pronoun of the third person, the phrase it stands for or None, and all that it may stand for.

    Chains are built on the way, so that what is known of a person helps the pronouns that follow. The
    threshold is that of the pronoun's form unless one is given.
    """
    chains: dict[str, Phrase] = {}
    for phrase in found:
        if phrase.pronoun is None:
            chain(phrase, chains)
        elif phrase.pronoun.person == 3:
            ranked: Ranked = rank(phrase, found, network)
            if (clear := reporter(phrase, found) or binder(phrase, found)) is not None:
                ranked = [(CLEAR, clear)]
            yield phrase, resolve(phrase, ranked, threshold), ranked


def chain(phrase: Phrase, chains: dict[str, Phrase]) -> None:
    """Mentions of one actor are one chain; so are names of one spelling, and "the ship" after "a ship"."""
    key = phrase.key
    if key in chains and (
        phrase.kind == "name" or phrase.ref is not None or anaphors.is_definite(phrase.token)
    ):
        phrase.join(chains[key])
    elif key:
        chains[key] = phrase


def resolve(pronoun: Phrase, ranked: Ranked, threshold: float | None = None) -> Phrase | None:
    """The phrase that a pronoun stands for, its chain joined; None where nothing is likely enough.

    A pronoun that stands for another one which is itself unresolved is unresolved too.
    """
    probability, best = ranked[0]
    threshold = THRESHOLDS[form_of(pronoun)] if threshold is None else threshold
    if _contested(ranked):
        threshold = max(threshold, CONTESTED)
    if best is None or probability < threshold:
        return None
    pronoun.stand_for(best)
    return best if best.noun is not None else None


def _contested(ranked: Ranked) -> bool:
    """Whether the likeliest is a person first named beside another who has a part of the same verb."""
    best = ranked[0][1]
    if best is None or not _is_new_person(best):
        return False
    return any(c is not None and _is_new_person(c) and _is_rival(c, best) for _, c in ranked)


def _is_new_person(phrase: Phrase) -> bool:
    """Whether a phrase is a person's, named for the first time and not taken up since."""
    return phrase.pronoun is None and phrase.first.count == 1 and phrase.sort == "person"


def _is_rival(phrase: Phrase, best: Phrase) -> bool:
    """Whether another phrase hangs on the same verb."""
    own, other = phrase.token, best.token
    beside = phrase.sentence == best.sentence and own.head is other.head
    return beside and own is not other and own.dep != "appos"


def _third(context: Context, phrase: Phrase, best: Phrase | None, ranked: Ranked) -> None:
    ref = phrase.mention()
    if best is None:
        ref.means(None, "unsure", f"unresolved: {_why(context, phrase, ranked)}")
    else:
        _stand_for(context, ref, best, ranked[0][0])
    context.add(ref)


def _why(context: Context, phrase: Phrase, ranked: Ranked) -> str:
    """What keeps a pronoun from being resolved."""
    word, (probability, best) = phrase.token.text, ranked[0]
    if best is None:
        return f"nothing in the text is likely enough to be '{word}'"
    if phrase.entity is not None:
        return f"'{word}' is '{_words(context, best)}' before it, which is unresolved"
    first = best.first
    others = [(p, c) for p, c in ranked if c is not None and c.first is not first]
    second = f" or '{_words(context, others[0][1])}' ({others[0][0]:.2f})" if others and others[0][1] else ""
    return f"'{word}' may be '{_words(context, best)}' ({probability:.2f}){second}"


def _owner(context: Context, phrase: Phrase, nouns: Nominals) -> None:
    """The country of a noun that a pronoun owns, and the country that is "his country"."""
    owned = phrase.token.head if phrase.token.dep == "nmod:poss" else None
    owner = context.refs[phrase.sentence, phrase.token.i].actor
    if owned is None or owner is None or owner.country is None:
        return
    ref = context.refs.get((phrase.sentence, owned.i))
    if anaphors.is_state(context, owned) and owner.country in context.gazetteer.countries:
        ref = Ref(phrase.sentence, owned, owned.i, owned.i + 1, "generic")
        state = context.gazetteer.state(owner.country)
        context.add(ref.means(state, "same", f"the {owned.lower} of {owner.label}"))
    elif ref is not None and ref.kind in ("generic", "title"):
        nouns.owned(ref, owner.country)


def _stand_for(context: Context, ref: Ref, best: Phrase, probability: float) -> None:
    words, noun = _words(context, best), best.noun
    assert noun is not None
    ref.antecedent = best.token
    source = (
        context.refs.get((best.sentence, best.token.i)) if best.pronoun is not None else _named(context, best)
    )
    if best.joined:
        ref.members = _conjuncts(context, best)
        group = groups.joined(context, ref.members) if ref.members else None
        ref.means(
            group,
            "same" if group else "not same",
            f"'{words}' and those beside it ({probability:.2f})",
        )
    elif source is not None and source.actor is not None:
        ref.members, ref.gender = source.members, source.gender
        ref.means(source.actor, source.taken_up, f"stands for '{words}' ({probability:.2f})")
    else:
        ref.means(None, "not same", f"stands for '{words}', which is no known actor ({probability:.2f})")


def _named(context: Context, noun: Phrase) -> Ref | None:
    """The mention that says who a noun is; people of whom no table knows get one of their own."""
    ref = mention_of(noun)
    if (ref is not None and ref.actor is not None) or noun.joined or noun.sort not in _OWN_TYPES:
        return ref
    token = noun.token
    ref = Ref(noun.sentence, token, token.i, token.i + 1, "generic", gender=noun.gender, plural=noun.plural)
    text = context.noun(ref)
    type = "population" if noun.plural and noun.sort == "person" else _OWN_TYPES[noun.sort]
    actor = context.local(context.here(text), text, type)
    noun.ref = context.add(ref.means(actor, "unsure", f"the text does not say which {text}"))
    return noun.ref


def mention_of(noun: Phrase) -> Ref | None:
    """The mention that says who a noun is: its own, or that of the first of its chain."""
    if noun.ref is not None and noun.ref.actor is not None:
        return noun.ref
    return noun.first.ref or noun.ref


def _conjuncts(context: Context, phrase: Phrase) -> tuple[Actor, ...]:
    tokens = [phrase.token, *phrase.token.all("conj")]
    refs = [context.refs.get((phrase.sentence, t.i)) for t in tokens]
    actors = [r.actor for r in refs if r is not None and r.actor is not None]
    return tuple(actors) if len(actors) == len(tokens) else ()


def _words(context: Context, phrase: Phrase) -> str:
    return context.words(phrase.ref) if phrase.ref is not None else phrase.token.text
