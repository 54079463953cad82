"""Resolutions: a body that is named once, and paragraphs that go on as its sentence.

"The Security Council, / Recalling its resolution …, / Condemns the attack; / Urges all States …": what the
paragraphs tell is done by the Council, which stands in none of them.
"""

from collections.abc import Sequence

from kg.claims.clauses import SUBJECTS, Clause
from kg.parsing.tree import Sentence, Token

OPENS = frozenset({",", ":"})  # what may stand behind the name
GOES_ON = frozenset({"VBZ", "VBG"})  # "Condemns", "Recalling"


def issuers(sentences: Sequence[Sentence]) -> dict[int, Token]:
    """The body that does what a sentence tells, by the sentence's number, where another one names it."""
    found: dict[int, Token] = {}
    body: Token | None = None
    for sentence in sentences:
        root = sentence.root
        if body is not None and _goes_on(root):
            found[sentence.index] = body
        else:
            body = root if _names_a_body(sentence) else None
    return found


def _names_a_body(sentence: Sentence) -> bool:
    """Whether a sentence is nothing but a name that the next one goes on from."""
    root = sentence.root
    verbs = any(t.pos in ("VERB", "AUX") for t in sentence)
    return root.pos in ("NOUN", "PROPN") and sentence.tokens[-1].text in OPENS and not verbs


def _goes_on(root: Token) -> bool:
    return root.tag in GOES_ON and root.child(*SUBJECTS, "expl", "aux", "cop") is None


def lend(clauses: Sequence[Clause], body: Token) -> None:
    """Gives a sentence's main clauses without a subject, and what they mean to do, the body for one."""
    lent: set[int] = set()
    for clause in clauses:
        top = clause.predicates[0]
        below = top.dep in ("conj", "xcomp") and id(top.head) in lent
        if clause.subject is None and (top.head is None or below):
            clause.subject, clause.shared_subject = body, True
            lent.update(id(p) for p in clause.predicates)
