"""What noun phrases say by their parts: "Iran's fleet" (has), "the base in Kharg" (is in), "a new base".

Weak statements, of use to benchmarks that list them; claims leave them out.
"""

from collections.abc import Iterable, Iterator

from kg.claims.clauses import Clause
from kg.parsing.tree import Sentence, Token, case_words

NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
THIRD = frozenset({"his", "her", "its", "their"})


def possession_clauses(sentence: Sentence, clauses: Iterable[Clause]) -> list[Clause]:
    """A clause "has" for each possessor with a noun: "Iran's fleet", and "its fleet" of the subject's."""
    found = [
        Clause(head=t.head, kind="possession", subject=t, object=t.head)
        for t in sentence
        if t.dep == "nmod:poss" and t.head is not None and t.pos in ("NOUN", "PROPN")
    ]
    named = [c for c in clauses if c.subject is not None and c.subject.pos in ("NOUN", "PROPN")]
    for t in sentence:
        if t.dep == "nmod:poss" and t.lower in THIRD and t.head is not None:
            owner = next((c.subject for c in named if _stands_before(c.subject, t)), None)
            if owner is not None:
                found.append(Clause(head=t.head, kind="own", subject=owner, object=t.head))
    return found


def _stands_before(subject: Token | None, pronoun: Token) -> bool:
    """Whether a subject comes before a pronoun that is no part of it."""
    return (
        subject is not None and subject.i < pronoun.i and not any(a is subject for a in pronoun.ancestors())
    )


def modifier_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is in" (on, from …) for each noun with a prepositional modifier: "the base in Kharg"."""
    return [Clause(head=t, kind="modifier", subject=noun, object=t) for noun, t in _modified(sentence)]


def quality_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is" for each adjective before its noun: "a new base"."""
    return [
        Clause(head=t, kind="quality", subject=t.head, object=t)
        for t in sentence
        if t.dep == "amod" and t.head is not None and t.head.pos in NOMINAL and t.i < t.head.i
    ]


def _modified(sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    for t in sentence:
        if t.dep == "nmod" and t.head is not None and t.pos in NOMINAL and case_words(t):
            yield t.head, t
