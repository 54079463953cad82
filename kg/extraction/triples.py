"""Clauses as strict facts: subject, relation, object in the sentence's own words, one argument each.

A clause gives a fact for its first argument and one for each further argument, with what stands
before it in the relation: *left him for* – *nearly five hours*. Coordinated members are told apart.
"""

from collections.abc import Iterator

from kg.extraction.appositions import apposition_clauses, title_clauses
from kg.extraction.clauses import Clause, case_words, find_clauses
from kg.extraction.phrases import argument_tokens, complement_tokens, joined, members, relation_tokens
from kg.extraction.repairs import repair
from kg.parse import Sentence, Token

Fact = tuple[str, str, str]


def facts(sentence: Sentence) -> list[Fact]:
    """subject, relation, object for each fact of the sentence, without repetition."""
    clauses = [*find_clauses(repair(sentence)), *apposition_clauses(sentence), *title_clauses(sentence)]
    found = (fact for c in sorted(clauses, key=lambda c: c.head.i) for fact in _facts(c))
    return list(dict.fromkeys(found))


def _facts(clause: Clause) -> Iterator[Fact]:
    for subject in members(clause.subject):
        for relation, argument in _arguments(clause):
            if argument:
                yield _words(subject, clause), relation, argument


def _arguments(clause: Clause) -> Iterator[tuple[str, str]]:
    """Relation and argument: the object first, then each further argument behind it."""
    if clause.kind in ("apposition", "title"):
        yield "is", _words(clause.head, clause)
        return
    verb = joined(relation_tokens(clause))
    before = verb
    if clause.indirect is not None:
        yield verb, _words(clause.indirect, clause)
        before = f"{verb} {_words(clause.indirect, clause)}"
    if clause.object is not None and not (clause.kind == "copular" and clause.object.pos == "ADJ"):
        preposition = "" if clause.kind != "copular" else joined(case_words(clause.object))
        for target in members(clause.object):
            yield _join(before, preposition), _words(target, clause)
        before = _join(before, preposition, _words(clause.object, clause))
    if clause.complement is not None:
        mark = joined([c for c in clause.complement.children if c.dep == "mark" and c.lower != "to"])
        yield _join(before, mark), joined(complement_tokens(clause))
    for arg in clause.args:
        for target in members(arg.head):
            yield _join(before, joined(arg.case)), _words(target, clause)


def _words(head: Token, clause: Clause) -> str:
    return joined(argument_tokens(head, clause))


def _join(*parts: str) -> str:
    return " ".join(p for p in parts if p)
