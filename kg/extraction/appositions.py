"""What a noun phrase says by standing there: "Bessent, the Treasury Secretary", "President Trump"."""

from kg.extraction.clauses import Clause
from kg.parse import Sentence, Token

TITLE_DEPS = ("compound", "flat", "nmod:desc", "amod")


def apposition_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is" for each apposition, and for each title before a person's name."""
    found: list[Clause] = []
    for token in sentence:
        if token.dep == "appos" and token.head is not None and _says_what(token, token.head):
            found.append(_is(token.head, token, "apposition"))
    return found


def title_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is" for each title that stands with a name: "Treasury Secretary Scott Bessent"."""
    found: list[Clause] = []
    for token in sentence:
        if token.pos == "PROPN" and token.ent == "PERSON" and token.dep not in ("flat", "compound"):
            title = next((c for c in token.children if c.dep in ("compound", "nmod:desc", "nmod") and c.i < token.i
                          and c.ent != "PERSON" and c.pos in ("NOUN", "PROPN") and not c.child("case")), None)  # fmt: skip
            if title is not None:
                found.append(_is(token, title, "title"))
    return found


def _is(named: Token, what: Token, kind: str) -> Clause:
    return Clause(head=what, kind=kind, subject=named, object=what)


def _says_what(what: Token, named: Token) -> bool:
    """A description of a thing, not an abbreviation, an age or a list."""
    bracketed = any(c.dep == "punct" and c.text in ("(", "[", "-LRB-") for c in what.children)
    return what.pos in ("NOUN", "PROPN") and named.pos in ("NOUN", "PROPN", "PRON") and not bracketed
