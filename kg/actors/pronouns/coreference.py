"""Pronouns and what they stand for, within a document, as judgements with their reasons.

`antecedents` says which phrases a pronoun may stand for and how likely; here it is decided. Below the
threshold a pronoun stays unresolved, and its mention says why. Inside quotation marks "I" is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.actors.common_nouns import Nominals
from kg.actors.context import Context
from kg.actors.index import Gazetteer
from kg.actors.mentions import Ref
from kg.actors.pronouns import voices
from kg.actors.pronouns.antecedents import REPORTED, Phrase, form_of, phrases, rank, reporter
from kg.model import Actor
from kg.parsing.tree import Token

# Probability below which a pronoun stays unresolved. Held-out documents of GUM's training part (the recipe's
# --curve) give precision and recall of links .84 and .58 at .4, .85 and .55 at .5, .88 and .50 at .6. "It" is
# right more rarely than its probability says, so it asks for more.
THRESHOLD = 0.4
THRESHOLD_IT = 0.6
# The same where a verb has two persons of whom nothing else is known: "The envoy met the colonel".
CONTESTED = 0.8
# Sentences back in which the person is named whom a title alone takes up.
TITLED = 5

Ranked = list[tuple[float, Phrase | None]]


def link(context: Context, nouns: Nominals) -> None:
    """Add the mentions that pronouns make, and say whose "its troops" are."""
    saying = context.gazetteer.words["saying"]
    spoken = voices.speakers(context.sentences, saying)
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            _titled(context, s, token)
            _one_of_two(context, s, token)
    found = phrases(context.sentences, context.gazetteer, context, spoken)
    for phrase, best, ranked in readings(found, context.gazetteer):
        _third(context, phrase, best, ranked)
        _owner(context, phrase, nouns)
    speeches = voices.announced(context.sentences, saying)
    places = {t: s for s, sentence in enumerate(context.sentences) for t in sentence.tokens}
    for phrase in found:
        if phrase.pronoun is not None and phrase.pronoun.person != 3:
            speaker = phrase.speaker or speeches.get(phrase.sentence)
            meant = context.at(places[speaker], speaker) if speaker is not None else None
            _quoted(context, phrase, meant)
    _relative(context)


def readings(
    found: Sequence[Phrase], gazetteer: Gazetteer, threshold: float = THRESHOLD
) -> Iterator[tuple[Phrase, Phrase | None, Ranked]]:
    """Each pronoun of the third person, the phrase it stands for or None, and all that it may stand for.

    Chains are built on the way, so that what is known of a person helps the pronouns that follow.
    """
    chains: dict[str, Phrase] = {}
    for phrase in found:
        if phrase.pronoun is None:
            chain(phrase, chains)
        elif phrase.pronoun.person == 3:
            ranked: Ranked = rank(phrase, found, gazetteer.weights)
            if (clear := reporter(phrase, found, gazetteer.words["saying"])) is not None:
                ranked = [(REPORTED, clear)]
            yield phrase, resolve(phrase, ranked, threshold), ranked


def chain(phrase: Phrase, chains: dict[str, Phrase]) -> None:
    """Mentions of one actor are one chain; so are names of one spelling, and "the ship" after "a ship"."""
    key = _key(phrase)
    if key in chains and (phrase.kind == "name" or phrase.ref is not None or _definite(phrase.token)):
        phrase.join(chains[key])
    elif key:
        chains[key] = phrase


def _definite(noun: Token) -> bool:
    determiner = noun.child("det")
    return determiner is not None and determiner.lower in ("the", "this", "that", "these", "those")


def _key(phrase: Phrase) -> str:
    actor = phrase.ref.actor if phrase.ref else None
    if phrase.joined or phrase.pronoun is not None:
        return ""
    if actor is not None:
        return f"actor {actor.id}"
    many = " many" if phrase.plural else ""
    return "" if phrase.kind == "indefinite" else f"{phrase.kind} {phrase.token.lemma.lower()}{many}"


def resolve(pronoun: Phrase, ranked: Ranked, threshold: float = THRESHOLD) -> Phrase | None:
    """The phrase that a pronoun stands for, its chain joined; None where nothing is likely enough.

    A pronoun that stands for another one which is itself unresolved is unresolved too.
    """
    probability, best = ranked[0]
    if _contested(ranked):
        threshold = max(threshold, CONTESTED)
    elif form_of(pronoun) == "it":
        threshold = max(threshold, THRESHOLD_IT)
    if best is None or probability < threshold:
        return None
    pronoun.stand_for(best)
    return best if best.noun is not None else None


def _contested(ranked: Ranked) -> bool:
    """Whether the likeliest is a person first named beside another who has a part of the same verb."""
    best = ranked[0][1]
    if best is None or best.pronoun is not None or best.first.count > 1 or best.sort != "person":
        return False
    return any(
        c is not None
        and c.pronoun is None
        and c.first.count == 1
        and c.sort == "person"
        and c.token is not best.token
        and c.sentence == best.sentence
        and c.token.head is best.token.head
        and c.token.dep != "appos"
        for _, c in ranked
    )


def _third(context: Context, phrase: Phrase, best: Phrase | None, ranked: Ranked) -> None:
    ref = _ref(phrase)
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
    """The country of a noun that a pronoun owns."""
    owned = phrase.token.head if phrase.token.dep == "nmod:poss" else None
    ref = context.refs.get((phrase.sentence, owned.i)) if owned is not None else None
    owner = context.refs[phrase.sentence, phrase.token.i].actor
    if ref is not None and ref.kind in ("generic", "title") and owner is not None and owner.country:
        nouns.owned(ref, owner.country)


def _stand_for(context: Context, ref: Ref, best: Phrase, probability: float) -> None:
    words, noun = _words(context, best), best.noun
    assert noun is not None
    ref.antecedent = best.token
    source = context.refs.get((best.sentence, best.token.i)) if best.pronoun is not None else _actor(best)
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


def _actor(noun: Phrase) -> Ref | None:
    """The mention that says who a noun is: its own, or that of the first of its chain."""
    if noun.ref is not None and noun.ref.actor is not None:
        return noun.ref
    return noun.first.ref or noun.ref


def _conjuncts(context: Context, phrase: Phrase) -> tuple[Actor, ...]:
    tokens = [phrase.token, *phrase.token.all("conj")]
    refs = [context.refs.get((phrase.sentence, t.i)) for t in tokens]
    actors = [r.actor for r in refs if r is not None and r.actor is not None]
    return tuple(actors) if len(actors) == len(tokens) else ()


def _group(context: Context, members: tuple[Actor, ...]) -> Actor:
    ordered = sorted(members, key=lambda a: a.id)
    label = " and ".join(a.label for a in members)
    return context.local("group-" + "-and-".join(a.id for a in ordered), label, "group")


def _quoted(context: Context, phrase: Phrase, speaker: Ref | None) -> None:
    """I and we: the speaker of the quotation, where the text names one; you: the one spoken to."""
    ref, pronoun, word = _ref(phrase), phrase.pronoun, phrase.token.text
    assert pronoun is not None
    if pronoun.person == 2:
        ref.means(None, "unsure", f"unresolved: the text does not say to whom '{word}' is said")
    elif speaker is None or speaker.actor is None:
        ref.means(None, "unsure", "unresolved: the text does not say who speaks")
    elif pronoun.plural and speaker.actor.type == "person":
        ref.means(None, "unsure", f"unresolved: '{word}' are {speaker.actor.label} and others")
    else:
        ref.antecedent = speaker.head
        ref.means(speaker.actor, speaker.verdict, f"the speaker of the quotation: {speaker.actor.label}")
    context.add(ref)


def _titled(context: Context, s: int, token: Token) -> None:
    """ "The secretary" after "Treasury Secretary Janet Yellen": the only person named so before."""
    if token.pos != "NOUN" or (s, token.i) in context.refs or not _alone(token):
        return
    ref = Ref(s, token, token.i, token.i + 1, "title")
    named = {
        r.actor.id: r
        for r in context.before(ref, TITLED)
        if r.actor is not None and r.title and r.title.split()[-1].lower() == token.lower
    }
    if len(named) == 1:
        meant = next(iter(named.values()))
        assert meant.actor is not None
        ref.gender, ref.antecedent = meant.gender, meant.head
        context.add(
            ref.means(meant.actor, meant.verdict, f"the {token.lower} named before: {meant.actor.label}")
        )


def _alone(noun: Token) -> bool:
    """Whether a noun stands with "the" or "this" and nothing else that tells which."""
    others = ("amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl", "appos", "flat")
    return _definite(noun) and noun.tag in ("NN", "NNP") and noun.child(*others) is None


def _one_of_two(context: Context, s: int, token: Token) -> None:
    """ "The latter", "the former": of the two that the text last joined by "and"."""
    if token.lower not in ("latter", "former") or not _definite(token) or token.dep in ("amod", "compound"):
        return
    ref = Ref(s, token, token.i, token.i + 1, "anaphor")
    for meant in reversed(context.before(ref, 1)):
        first = meant.head.head if meant.head.dep == "conj" else None
        if first is None:
            continue
        pair = [context.refs.get((meant.sentence, t.i)) for t in (first, *first.all("conj"))]
        chosen = pair[token.lower == "latter"] if len(pair) == 2 else None
        if chosen is None or chosen.actor is None:
            break
        ref.gender, ref.antecedent = chosen.gender, chosen.head
        ref.means(chosen.actor, chosen.verdict, f"the {token.lower} of two: {chosen.actor.label}")
        break
    if ref.actor is None:
        ref.means(None, "unsure", f"unresolved: the text does not say of which two '{token.text}' is one")
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
