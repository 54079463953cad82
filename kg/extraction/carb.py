"""Clauses as the tuples of the CaRB benchmark (Bhardwaj, Aggarwal & Mausam, EMNLP 2019).

That benchmark joins what statements keep apart: coordinated arguments, appositions and relative
clauses stay with their noun, and a preposition belongs to the relation before the first argument.
"""

from dataclasses import dataclass

from kg.extraction.appositions import apposition_clauses, title_clauses
from kg.extraction.attribution import Attribution
from kg.extraction.clauses import Arg, Clause, case_words, find_clauses
from kg.extraction.confidence import confidence, features
from kg.extraction.noun_phrases import modifier_clauses, possession_clauses
from kg.extraction.phrases import (
    LOOSE,
    adverbs,
    argument_tokens,
    complement_tokens,
    joined,
    phrase_tokens,
    relation_tokens,
)
from kg.extraction.repairs import repair
from kg.extraction.roles import role_of
from kg.parse import Sentence, Token

NOUN_PHRASE = LOOSE - {"conj", "cc", "acl:relcl", "appos", "advcl"}
OTHER_PHRASE = LOOSE - {"advcl"}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM", "DET"})


@dataclass(frozen=True)
class Tuple:
    """relation, subject and arguments in words; `context` is who says so."""

    relation: str
    subject: str
    arguments: tuple[str, ...]
    context: str | None
    confidence: float
    features: tuple[str, ...]

    def fields(self) -> list[str]:
        """confidence, relation, subject, argument, … as the format has them."""
        context = [f"C: {self.context}"] if self.context else []
        return [f"{self.confidence:.2f}", self.relation, self.subject, *self.arguments, *context]


def tuples(sentence: Sentence) -> list[Tuple]:
    """The sentence's tuples in the order of their predicates; those without an argument are left out."""
    verbal = find_clauses(repair(sentence))
    attribution = Attribution(sentence, verbal)
    clauses = [*verbal, *apposition_clauses(sentence), *title_clauses(sentence)]
    strong = (_tuple(c, attribution) for c in clauses if c.subject is not None)
    weak = (_weak_tuple(c) for c in [*possession_clauses(sentence), *modifier_clauses(sentence)])
    return [t for t in (*strong, *weak) if t.arguments]


def _tuple(clause: Clause, attribution: Attribution) -> Tuple:
    assert clause.subject is not None
    relation, arguments = _relation_and_arguments(clause)
    subject = _words(clause.subject, clause)
    return _made(clause, relation, subject, arguments, _context(clause, attribution))


def _weak_tuple(clause: Clause) -> Tuple:
    """A noun phrase taken apart: the noun without its possessor or modifier, and that."""
    noun, part = clause.subject, clause.object
    if clause.kind == "possession":
        noun, part = part, noun
    assert noun is not None
    assert part is not None
    below = {id(t) for t in part.subtree()}
    bare = joined([t for t in phrase_tokens(noun) if id(t) not in below])
    if clause.kind == "possession":
        return _made(clause, "has", joined(phrase_tokens(part)), [bare])
    return _made(clause, f"is {joined(case_words(part))}", bare, [joined(phrase_tokens(part))])


def _made(
    clause: Clause, relation: str, subject: str, arguments: list[str], context: str | None = None
) -> Tuple:
    found = tuple(features(clause))
    return Tuple(relation, subject, tuple(filter(None, arguments)), context, confidence(clause), found)


def _context(clause: Clause, attribution: Attribution) -> str | None:
    context = attribution.context(clause)
    if context.speaker is None or not context.cue or not context.reported:
        return None
    speaker = _words(context.speaker, context.parent or clause)
    if context.parent is None:
        return f"{context.cue} {speaker}" if " " in context.cue else f"{speaker} said"
    verb = joined(relation_tokens(context.parent)) if context.parent.kind != "copular" else context.cue
    return f"{speaker} {verb}"


def _relation_and_arguments(clause: Clause) -> tuple[str, list[str]]:
    if clause.kind in ("apposition", "title"):
        return "is", [_words(clause.head, clause)]
    words = relation_tokens(clause)
    rest = [a for a in clause.args if role_of(a) != "source"]
    arguments: list[str] = []
    if clause.object is not None and not (clause.kind == "copular" and clause.object.pos == "ADJ"):
        arguments.append(_words(clause.object, clause, keep_case=True))
    if clause.indirect is not None:
        arguments.insert(0, _words(clause.indirect, clause))
    if clause.complement is not None:
        arguments.append(joined(complement_tokens(clause)))
    relation = joined(words)
    first = next((a for a in rest if a.case and a.head.i > words[-1].i), None) if not arguments else None
    if first is not None:
        rest.remove(first)
        relation = f"{relation} {joined(first.case)}"
        arguments.append(_words(first.head, clause))
    rest += [Arg(adverb) for adverb in adverbs(clause, words)]
    return relation, arguments + [_words(a.head, clause, keep_case=True) for a in rest]


def _words(head: Token, clause: Clause, keep_case: bool = False) -> str:
    drop = NOUN_PHRASE if head.pos in NOMINAL else OTHER_PHRASE
    if head is clause.head:
        drop |= {"advcl", "conj", "cc"}
    return joined(argument_tokens(head, clause, keep_case, drop))
