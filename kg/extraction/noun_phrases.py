"""What noun phrases say by their parts: "Iran's fleet" (Iran has a fleet), "the base in Kharg" (is in).

Weak statements, of use to benchmarks that list them; claims leave them out.
"""

from collections.abc import Iterator

from kg.extraction.clauses import Clause, case_words
from kg.parse import Sentence, Token

NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})


def possession_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "has" for each possessor with a noun: "Iran's fleet"."""
    return [
        Clause(head=t.head, kind="possession", subject=t, object=t.head)
        for t in sentence
        if t.dep == "nmod:poss" and t.head is not None and t.pos in ("NOUN", "PROPN")
    ]


def modifier_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is in" (on, from …) for each noun with a prepositional modifier: "the base in Kharg"."""
    return [Clause(head=t, kind="modifier", subject=noun, object=t) for noun, t in _modified(sentence)]


def _modified(sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    for t in sentence:
        if t.dep == "nmod" and t.head is not None and t.pos in NOMINAL and case_words(t):
            yield t.head, t
