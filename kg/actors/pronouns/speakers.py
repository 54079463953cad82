"""Whom the first person stands for: the speaker of a quotation or turn, and who issues a statement.

"I" is the speaker where the text names one. "We", said by one person, is the state or organisation for
which he speaks; outside quotations it is whoever issues the text ("Canada is appalled … We call on"), which
the first sentence names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.actors import groups
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.pronouns.phrases import Phrase
from kg.claims.speech import Speech
from kg.model import Actor
from kg.parsing.tree import Token

_SPEAKS_FOR_A_STATE = frozenset({"GOV", "MIL"})
_NO_ISSUER = frozenset({"person", "population", "place", "group"})
_PRESENT = frozenset({"VBZ", "VBP", "MD"})


def link(context: Context, found: Sequence[Phrase], speech: Speech) -> None:
    """Add the mentions of the first and second person."""
    places = {t: s for s, sentence in enumerate(context.sentences) for t in sentence.tokens}
    issuer = _issuer(context)
    for phrase in found:
        if phrase.is_third:
            continue
        speaker, sentence = phrase.speaker, context.sentences[phrase.sentence]
        meant = context.at(places[speaker], speaker) if speaker is not None else None
        is_writers = speech.of(sentence, phrase.token) is None
        if is_writers and issuer and phrase.pronoun is not None and _is_we(phrase):
            _issued(context, phrase, issuer)
        else:
            _quoted(context, phrase, meant)


def _is_we(phrase: Phrase) -> bool:
    pronoun = phrase.pronoun
    return pronoun is not None and pronoun.person == 1 and pronoun.plural


def _quoted(context: Context, phrase: Phrase, speaker: Ref | None) -> None:
    """I and we: the speaker of the quotation, where the text names one; you: the one spoken to."""
    ref, word = phrase.mention(), phrase.token.text
    assert phrase.pronoun is not None
    if phrase.pronoun.person == 2:
        ref.means(None, "unsure", f"unresolved: the text does not say to whom '{word}' is said")
    elif speaker is None or speaker.actor is None:
        ref.means(None, "unsure", "unresolved: the text does not say who speaks")
    elif phrase.pronoun.plural and _is_one_person(context, speaker):
        _side(context, ref, speaker.actor)
    else:
        ref.antecedent = speaker.head
        ref.means(speaker.actor, speaker.taken_up, f"the speaker of the quotation: {speaker.actor.label}")
    context.add(ref)


def _is_one_person(context: Context, speaker: Ref) -> bool:
    """Whether a speaker is somebody, and no body: "an officer" is of the military, but one."""
    actor = speaker.actor
    if actor is None or speaker.plural:
        return False
    serves = actor.sector in _SPEAKS_FOR_A_STATE and speaker.head.lemma.lower() in context.gazetteer.humans
    return actor.type == "person" or serves


def _side(context: Context, ref: Ref, speaker: Actor) -> None:
    """We, said by one person: the state or organisation for which he speaks; whoever has no office speaks for
    some of whom the text may not tell."""
    headed = context.gazetteer.offices.headed(speaker.id, context.on)
    if len(headed) == 1:
        ref.means(context.known(headed[0]), "same", f"those for whom {speaker.label} speaks")
    elif speaker.sector in _SPEAKS_FOR_A_STATE and speaker.country in context.gazetteer.countries:
        state = context.gazetteer.state(speaker.country)
        ref.means(state, "same", f"those for whom {speaker.label} speaks")
    else:
        ref.means(None, "unsure", f"unresolved: {speaker.label} and others, of whom the text does not tell")


# -- who issues a text ---------------------------------------------------------------------------


def _issuer(context: Context) -> tuple[Actor, ...]:
    """Who says "we" in a text as its writer: the known states or bodies that are the subject of the first
    whole sentence, if that is in the present tense. Reports tell in the past, and "we" may be the reporter.
    """
    s, verb = next(_main_verbs(context), (0, None))
    subject = verb.child("nsubj", "nsubj:pass") if verb is not None and _is_present(verb) else None
    if subject is None:
        return ()
    refs = [context.at(s, t) for t in (subject, *subject.all("conj"))]
    named = [r.actor for r in refs if r is not None and r.actor is not None and r.verdict == "same"]
    is_issuer = len(named) == len(refs) and all(a.known and a.type not in _NO_ISSUER for a in named)
    return tuple(named) if is_issuer else ()


def _main_verbs(context: Context) -> Iterator[tuple[int, Token]]:
    """The main word of each whole sentence, with the sentence's number."""
    for s, sentence in enumerate(context.sentences):
        root = next((t for t in sentence if t.head is None), None)
        if root is not None and root.child("nsubj", "nsubj:pass") is not None:
            yield s, root


def _is_present(verb: Token) -> bool:
    auxiliaries = [c for c in verb.all("aux", "cop", "aux:pass") if c.tag != "VB"]
    return (auxiliaries[0] if auxiliaries else verb).tag in _PRESENT


def _issued(context: Context, phrase: Phrase, issuer: tuple[Actor, ...]) -> None:
    """We, of a text's writer."""
    ref = phrase.mention()
    actor = issuer[0] if len(issuer) == 1 else groups.joined(context, issuer)
    ref.members = issuer if len(issuer) > 1 else ()
    context.add(ref.means(actor, "same", f"whose statement the text is: {actor.label}"))
