"""Clauses as the tuples of the CaRB benchmark (Bhardwaj, Aggarwal & Mausam, EMNLP 2019).

That benchmark joins what statements keep apart: coordinated arguments, appositions and relative
clauses stay with their noun, and a preposition belongs to the relation before the first argument.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.appositions import apposition_clauses, title_clauses
from kg.extraction.attribution import Attribution
from kg.extraction.clauses import Clause, find_clauses
from kg.extraction.confidence import confidence
from kg.extraction.phrases import LOOSE, argument_tokens, complement_tokens, relation_tokens
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
    kind: str

    def fields(self) -> list[str]:
        """confidence, relation, subject, argument, … as the format has them."""
        context = [f"C: {self.context}"] if self.context else []
        return [f"{self.confidence:.3f}", self.relation, self.subject, *self.arguments, *context]


def tuples(sentence: Sentence) -> list[Tuple]:
    """The sentence's tuples in the order of their predicates."""
    verbal = find_clauses(repair(sentence))
    attribution = Attribution(sentence, verbal)
    clauses = [*verbal, *apposition_clauses(sentence), *title_clauses(sentence)]
    return [t for c in sorted(clauses, key=lambda c: c.head.i) for t in _tuples(c, attribution)]


def _tuples(clause: Clause, attribution: Attribution) -> Iterator[Tuple]:
    subject = clause.subject
    if subject is None:
        return
    context = _context(clause, attribution)
    relation, arguments = _relation_and_arguments(clause)
    yield Tuple(relation, _words(subject, clause), tuple(arguments), context, confidence(clause), clause.kind)


def _context(clause: Clause, attribution: Attribution) -> str | None:
    context = attribution.context(clause)
    if context.speaker is None or not context.cue or not context.reported:
        return None
    speaker = _words(context.speaker, context.parent or clause)
    if context.parent is None:
        return f"{context.cue} {speaker}" if " " in context.cue else f"{speaker} said"
    verb = _text(relation_tokens(context.parent)) if context.parent.kind != "copular" else context.cue
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
        arguments.append(_text(complement_tokens(clause)))
    relation = _text(words)
    first = next((a for a in rest if a.case and a.head.i > words[-1].i), None) if not arguments else None
    if first is not None:
        rest.remove(first)
        relation = f"{relation} {_text(first.case)}"
        arguments.append(_words(first.head, clause))
    return relation, arguments + [_words(a.head, clause, keep_case=True) for a in rest]


def _words(head: Token, clause: Clause, keep_case: bool = False) -> str:
    drop = NOUN_PHRASE if head.pos in NOMINAL else OTHER_PHRASE
    if head is clause.head:
        drop |= {"advcl", "conj", "cc"}
    return _text(argument_tokens(head, clause, keep_case, drop))


def _text(tokens: list[Token]) -> str:
    return " ".join(t.text for t in tokens)
