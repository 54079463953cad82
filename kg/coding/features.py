"""What rules look at in a claim: its verb by every name, and the words that may be its object."""

import re
from collections.abc import Iterator, Sequence

from kg.actors.mentions import Mentions
from kg.coding import senses
from kg.coding.candidates import actors_of, own_actor
from kg.coding.senses import Features
from kg.english import morphology
from kg.model import Argument, Claim, Document, Phrase, Relation, Statement

_WINDOW = 80  # characters after a verb that may hold its object
_PARTICLES = frozenset({"back", "over", "out", "off", "away", "down", "up", "together"})


def features(
    claims: Sequence[Claim], nested_type: str | None, mentions: Mentions, document: Document
) -> Features:
    """What rules look at in coordinated claims, `nested_type` being the type of a statement in the object."""
    claim = claims[0]
    s = claim.statement
    nested = s.object is not None and _is_clause(s.object)
    arguments = [a for a in s.arguments if a.role != "time"]
    passive = s.relation.voice == "passive"
    target = s.subject if passive else _target(s)
    object_words = morphology.runs(target.text) if target else frozenset()
    for other in claims[1:]:
        object_words |= morphology.runs(found.text) if (found := _target(other.statement)) else frozenset()
    if not passive and (target is None or target.start > s.relation.end + 1):
        object_words |= _following(s.relation, document)
    own = own_actor(target, mentions)
    object_words |= frozenset((f"{senses.SECTOR}{own.sector}",) if own and own.sector else ())
    marked = [(_marker(a), morphology.runs(a.text)) for a in arguments]
    lemma = s.relation.lemma.lower()
    head, _, last = lemma.rpartition(" ")
    prepositional = bool(head) and last in morphology.PREPOSITIONS
    if s.object is not None and not nested and prepositional:
        marked.append((last, morphology.runs(s.object.text)))
    if not (nested or prepositional or s.object or arguments):
        marked += _preposition_behind(s.relation, document)
    names = tuple(_relations(s.relation, passive, object_words, marked))
    if s.object is not None and not nested:
        marked += [(p, morphology.runs(rest)) for p, rest in morphology.tails(s.object.text)]
    return Features(
        relations=names,
        subject=morphology.runs(s.subject.text) if s.subject and not passive else frozenset(),
        object=object_words,
        arguments=tuple(marked),
        nested=nested,
        nested_type=nested_type,
        actor=own is not None or bool(target and mentions.place(target.head)),
        person=bool(actors_of(target, mentions)),
        bare=s.object is None or prepositional,
        nominal=claim.found_by == "nominal",
    )


def _following(relation: Relation, document: Document) -> frozenset[str]:
    """The words right after the verb, for an object that the parser did not find."""
    text = document.text[relation.end : relation.end + _WINDOW]
    text = re.split(r"[.,;:()!?\n\"]", text)[0].strip()
    first = text.split(" ", 1)[0].lower()
    return frozenset() if first in morphology.BORDERS else morphology.runs(text)


def _preposition_behind(relation: Relation, document: Document) -> list[tuple[str, frozenset[str]]]:
    """The preposition right after a verb with what follows it, where the parser found nothing."""
    text = re.split(r"[.,;:()!?\n\"]", document.text[relation.end : relation.end + _WINDOW])[0]
    first, _, rest = text.strip().partition(" ")
    if first.lower() not in morphology.PREPOSITIONS:
        return []
    return [
        (first.lower(), morphology.runs(rest)),
        *((p, morphology.runs(r)) for p, r in morphology.tails(rest)),
    ]


def _is_clause(phrase: Phrase) -> bool:
    """Whether a statement fills the place, or an infinitive of which none was made."""
    return phrase.statement is not None or phrase.text.lower().startswith("to ")


def _marker(argument: Argument) -> str:
    """The preposition, or a word that works as one: "exercised together", "handed him back to"."""
    if argument.preposition:
        return argument.preposition
    first, _, rest = argument.text.lower().partition(" ")
    return first if argument.role == "other" and (not rest or first in _PARTICLES) else ""


def _target(statement: Statement) -> Phrase | None:
    """What fills the object's place, or stands before a clause that does: "renewed its call that …"."""
    if statement.object is not None and statement.object.statement is None:
        return statement.object
    return next((a for a in statement.arguments if a.role == "recipient" and not a.preposition), None)


def _lemma(relation: Relation) -> str:
    """The lemma; where no rule knows its verb, the known verb of which the text has a form."""
    lemma = relation.lemma.lower()
    verb, _, rest = lemma.partition(" ")
    if verb in senses.verbs() or verb == "be":
        return lemma
    forms = (morphology.verb_of(w, senses.verbs()) for w in (verb, *reversed(relation.text.lower().split())))
    found = next((f for f in forms if f is not None), verb)
    return f"{found} {rest}".strip()


def _relations(
    relation: Relation,
    passive: bool,
    nouns: frozenset[str],
    marked: Sequence[tuple[str, frozenset[str]]],
) -> Iterator[str]:
    """The names by which rules may know a relation: "hold", "hold on", "hold hostage", "go on strike"."""
    lemma = _lemma(relation)
    stems = [lemma]
    head, _, last = lemma.rpartition(" ")
    if head and last in morphology.PREPOSITIONS:
        stems.append(head.removesuffix(" up") if last == "to" else head)
    if last == "up":
        stems.append(head)  # "sent up to 4,000 troops"
    yield from stems
    if passive:
        yield f"be {lemma}"
    if lemma == "be" and relation.text:
        yield f"be {relation.text.lower().rsplit(None, 1)[-1]}"
    for stem in stems:
        yield from (f"{stem} {p}" for p, _ in marked if p)
        yield from (f"{stem} {noun}" for noun in sorted(nouns))
        yield from (f"{stem} {noun} {p}" for noun in sorted(nouns) for p, _ in marked if p)
    for preposition, found in marked:
        yield from (f"{stems[-1]} {preposition} {noun}" for noun in sorted(found))
