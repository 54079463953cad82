"""Which phrases a pronoun may stand for: those before it, one that it announces, whoever reports it."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg.actors.pronouns.binding import possible
from kg.actors.pronouns.phrases import Phrase
from kg.english.lexicon import verbs_of_saying
from kg.parsing.tree import Token

# Sentences back in which antecedents are looked for; 98 % of GUM's third-person pronouns find theirs there.
WINDOW = 5
# The same for whoever the document names more than once: somebody it is about.
FAR = 20
# How often the subject of a reported clause is who reports it: 18 of 21 in GUM. "Anyone" binds as often.
CLEAR = 0.9


def candidates(pronoun: Phrase, found: Sequence[Phrase]) -> list[tuple[Phrase, int]]:
    """Possible antecedents among all phrases, the nearest first, with how many stand between."""
    fitting: list[tuple[Phrase, int]] = []
    near: set[str] = set()
    for n in range(pronoun.order - 1, -1, -1):
        phrase = found[n]
        distance = pronoun.sentence - phrase.sentence
        if distance > FAR:
            break
        in_reach = distance <= WINDOW or _is_kept_in_mind(phrase, near)
        if in_reach and phrase.is_third and possible(pronoun, phrase):
            fitting.append((phrase, len(fitting)))
            near.add(phrase.first.key)
    after = _announced(pronoun, found)
    return fitting if after is None else [*fitting, (after, 0)]


def _is_kept_in_mind(phrase: Phrase, near: Container[str]) -> bool:
    """Whether a phrase further back is of somebody whom the document names again, but not nearer by."""
    return phrase.ref is not None and phrase.named > 1 and phrase.key not in near


def _announced(pronoun: Phrase, found: Sequence[Phrase]) -> Phrase | None:
    """The subject that a pronoun in front of its clause announces: "In his speech, Trump said"."""
    subject = _subject_behind(pronoun.token)
    if subject is None:
        return None
    for n in range(pronoun.order + 1, len(found)):
        phrase = found[n]
        if phrase.sentence != pronoun.sentence or phrase.token.i > subject.i:
            return None
        agrees = phrase.plural == pronoun.plural and phrase.pronoun is None
        if phrase.token is subject and agrees and possible(pronoun, phrase):
            return phrase
    return None


def _subject_behind(own: Token) -> Token | None:
    """The subject of the clause in front of which a pronoun stands in an adverbial."""
    below = own
    for verb in own.ancestors():
        subject = verb.child("nsubj", "nsubj:pass")
        if subject is not None and own.i < min(subject.i, verb.i):
            in_front = below.base_dep in ("obl", "advcl") and all(a is not subject for a in own.ancestors())
            return subject if in_front else None
        if subject is not None and verb is not own.head:
            return None
        below = verb
    return None


def reporter(pronoun: Phrase, found: Sequence[Phrase]) -> Phrase | None:
    """Who says what a pronoun is the subject of: "The ministry said that it would answer"."""
    report = _report(pronoun.token)
    if report is None or (pronoun.sort == "person" and report.child("obj", "iobj") is not None):
        return None  # "Anna told Maria that she"
    subject = report.child("nsubj")
    for n in range(pronoun.order - 1, -1, -1):
        phrase = found[n]
        if phrase.sentence != pronoun.sentence:
            return None
        if phrase.token is subject and (phrase.joined or subject.child("conj") is None):
            return phrase if _may_report(phrase) and possible(pronoun, phrase) else None
    return None


def binder(pronoun: Phrase, found: Sequence[Phrase]) -> Phrase | None:
    """The indefinite subject that binds a plural pronoun: "Everyone left their bag, and they came back"."""
    own = pronoun.token
    shares = own.dep == "nmod:poss" or (
        own.base_dep == "nsubj" and own.head is not None and own.head.dep == "conj"
    )
    if not pronoun.plural or not shares:
        return None
    above = list(own.ancestors())
    for phrase in reversed(found[: pronoun.order]):
        if phrase.sentence != pronoun.sentence:
            return None
        if phrase.kind == "indefinite" and phrase.token.base_dep == "nsubj" and phrase.token.head in above:
            return phrase
    return None


def _report(own: Token) -> Token | None:
    """The verb of saying whose content a pronoun is the subject of."""
    clause = own.head
    report = clause.head if clause is not None and clause.dep == "ccomp" else None
    if report is None or own.base_dep != "nsubj" or report.lemma.lower() not in verbs_of_saying():
        return None
    return report


def _may_report(phrase: Phrase) -> bool:
    """Whether a subject says something of itself: somebody definite, who is no thing."""
    article = phrase.token.child("det")
    if article is not None and article.lower in ("a", "an"):
        return False
    return phrase.is_third and phrase.first.sort != "thing"
