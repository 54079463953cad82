"""Clauses as strict facts: subject, relation, object in the sentence's own words, one argument each.

A clause gives a fact for its first argument and one for each further argument, with what stands
before it in the relation: *left him for* – *nearly five hours*. An infinitive stands with what governs it
(*agreed to pay* – *a fine*), a noun's own modifiers are told like arguments (*became head of* – *the bank*),
and coordinated members are told apart; what no verb says is left out. The form is BenchIE's (Gashteovski
et al., ACL 2022).
"""

from collections.abc import Iterator

from kg.claims.clauses import Clause, find_clauses
from kg.claims.surface import LOOSE, argument_tokens, complement_tokens, joined, members, relation_tokens
from kg.english.lexicon import is_negation
from kg.parsing import pipelines
from kg.parsing.tree import Sentence, Token, case_words, conjunction_head, is_infinitive
from tests.benchmarks.lines import parse_lines, read_lines

Fact = tuple[str, str, str]
BARE = LOOSE | {"nmod", "obl", "acl"}  # a noun or adjective without what follows it
QUESTIONS = frozenset("what where when which who whom whose why how".split())
OWN = ("nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "cop", "mark")


def lines(path: str, model: str = pipelines.DEFAULT_MODEL) -> Iterator[str]:
    """line number (from 1), subject, relation, object, tab-separated, for every fact."""
    for number, sentences in enumerate(parse_lines(read_lines(path), model), start=1):
        for sentence in sentences:
            for fact in facts(sentence):
                yield "\t".join([str(number), *fact])


def facts(sentence: Sentence) -> list[Fact]:
    """subject, relation, object for each fact of the sentence, without repetition."""
    clauses = find_clauses(sentence)
    reader = _Reader(clauses)
    return list(dict.fromkeys(fact for c in clauses for fact in reader.facts(c)))


class _Reader:
    """The clauses of a sentence, each with those that govern it."""

    def __init__(self, clauses: list[Clause]) -> None:
        self.of_token = {id(p): c for c in clauses for p in c.predicates}

    def facts(self, clause: Clause) -> Iterator[Fact]:
        """The facts of one clause."""
        lead, subject = self._lead(clause)
        if clause.kind == "existential":
            yield from _existential(clause)
            return
        for owner in members(subject):
            for relation, argument in self._arguments(clause, lead):
                if argument.lower() not in QUESTIONS:  # "where it ran": the place is named elsewhere
                    yield _words(owner, clause), relation, argument

    def _lead(self, clause: Clause, depth: int = 0) -> tuple[str, Token | None]:
        """What stands before the clause's own words in the relation, and whose doing it is."""
        top = clause.predicates[0]
        governor = self._governor(top)
        if governor is None or governor is clause or depth > 3:
            return "", clause.subject
        lead, subject = self._lead(governor, depth + 1)
        verbs = joined(relation_tokens(governor))
        if is_infinitive(top) and top.dep in ("xcomp", "advcl"):
            if clause.shared_subject and clause.subject is governor.subject:
                between = governor.object if top.dep == "advcl" and governor.kind == "verbal" else None
                return _join(lead, verbs, _words(between, governor) if between else "", "to"), subject
            if top is governor.complement and clause.subject in (governor.object, governor.indirect):
                told = clause.subject
                return _join(lead, verbs, _words(told, governor) if told else "", "to"), subject
        if top.dep == "conj" and not top.child(*OWN) and _same_form(top, governor.head):
            shared = [t for t in relation_tokens(governor) if t.i < governor.head.i and t.dep != "advmod"]
            return _join(lead, joined(shared)), subject
        return ("to" if is_infinitive(top) and clause.shared_subject else ""), clause.subject

    def _governor(self, top: Token) -> Clause | None:
        if top.dep == "conj":
            return self.of_token.get(id(conjunction_head(top)))
        return self.of_token.get(id(top.head)) if top.head is not None else None

    def _is_lead(self, clause: Clause) -> bool:
        """Whether what fills the object's place is told as facts of its own, with this clause before them."""
        low = self.of_token.get(id(clause.complement))
        if low is None or clause.complement is None or not is_infinitive(clause.complement):
            return False
        return bool(low.args or low.object or low.complement) and self._lead(low)[0] not in ("", "to")

    def _arguments(self, clause: Clause, lead: str) -> Iterator[tuple[str, str]]:
        """Relation and argument: the object first, then each further argument behind it."""
        before = _join(lead, joined(relation_tokens(clause)))
        if clause.kind == "copular":
            copula = [t for t in relation_tokens(clause) if t is not clause.head and t.head is clause.head]
            if not any(t.dep == "cop" for t in copula):
                return  # a noun with a subject and no verb
            copula = [t for t in copula if t.dep in ("cop", "aux") or is_negation(t)]
            before = _join(lead, joined(copula), joined(case_words(clause.head)))
            for target in members(clause.head):
                yield before, _words(target, clause)
                yield from _modifiers(before, target, clause)
            before = _join(before, _words(clause.head, clause))
        elif clause.object is not None:
            if clause.indirect is not None:
                yield before, _words(clause.indirect, clause)
                before = _join(before, _words(clause.indirect, clause))
            for target in members(clause.object):
                preposition = joined(case_words(target))
                yield _join(before, preposition), _words(target, clause)
                yield from _modifiers(_join(before, preposition), target, clause)
            before = _join(before, joined(case_words(clause.object)), _words(clause.object, clause))
        if clause.complement is not None and not self._is_lead(clause):
            mark = joined([c for c in clause.complement.children if c.dep == "mark" and c.lower != "to"])
            yield _join(before, mark), joined(complement_tokens(clause))
        for arg in clause.args:
            for target in members(arg.head):
                own = arg.case if target is arg.head else case_words(target)  # "a deal in which they joined"
                relation = _join(before, joined(own or arg.case))
                yield relation, _words(target, clause)
                yield from _modifiers(relation, target, clause)


def _existential(clause: Clause) -> Iterator[Fact]:
    """ "There were clashes in Tyre"."""
    there = clause.head.child("expl")
    verbs = joined([t for t in relation_tokens(clause) if t is not there])
    for target in members(clause.subject):
        if there is not None and target is not clause.head:
            yield there.text, verbs, _words(target, clause)


def _modifiers(relation: str, noun: Token, clause: Clause) -> Iterator[tuple[str, str]]:
    """A noun's own modifiers behind a preposition, as if they were arguments: "head of" – "the bank",
    and an adjective's: "tougher than" – "the rest"."""
    before = _join(relation, joined(argument_tokens(noun, clause, drop=BARE)))
    for c in noun.all("obl" if noun.pos == "ADJ" else "nmod"):
        if c.i > noun.i and case_words(c) and noun is not clause.subject and not _one_name(c):
            for target in members(c):
                further = _join(before, joined(case_words(target) or case_words(c)))
                yield further, _words(target, clause)
                yield from _modifiers(further, target, clause)


def _one_name(modifier: Token) -> bool:
    """ "the Order of Saint John": names joined by "of" are one name."""
    noun = modifier.head
    of = [t.lower for t in case_words(modifier)] == ["of"]
    return of and noun is not None and noun.pos == modifier.pos == "PROPN"


def _same_form(one: Token, other: Token) -> bool:
    return one.tag == other.tag and one.pos == other.pos


def _words(head: Token, clause: Clause) -> str:
    return joined(argument_tokens(head, clause))


def _join(*parts: str) -> str:
    return " ".join(p for p in parts if p)
