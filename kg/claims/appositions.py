"""What a noun phrase says by standing there: "Bessent, the Treasury Secretary", "President Trump"."""

from kg.claims.clauses import Clause, is_part
from kg.english.lexicon import words
from kg.parsing.tree import Sentence, Token

TITLE_DEPS = ("compound", "nmod:desc", "nmod")


def apposition_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is" for each apposition; of "people, most of them soldiers" most of them are."""
    found: list[Clause] = []
    for token in sentence:
        if (
            token.dep == "appos"
            and token.head is not None
            and _says_what(token, token.head)
            and not _is_wider_place(token, sentence)
            and not is_part(token)
        ):
            found.append(_is(token.child("nsubj") or token.head, token, "apposition"))
    return found


def title_clauses(sentence: Sentence) -> list[Clause]:
    """A clause "is" for each title that stands with a name: "Treasury Secretary Scott Bessent"."""
    people = (
        t for t in sentence if t.pos == "PROPN" and t.ent == "PERSON" and t.dep not in ("flat", "compound")
    )
    titled = ((person, title) for person in people for title in [_title(person)] if title is not None)
    return [_is(person, title, "title") for person, title in titled]


def _title(person: Token) -> Token | None:
    for c in person.children:
        before = c.i < person.i and c.dep in TITLE_DEPS and c.child("case") is None
        if before and c.lower not in words("honorific") and c.ent != "PERSON" and c.pos in ("NOUN", "PROPN"):
            return c
    return None


def _is(named: Token, what: Token, kind: str) -> Clause:
    return Clause(head=what, kind=kind, subject=named, object=what)


def _is_wider_place(token: Token, sentence: Sentence) -> bool:
    """ "a tribe in Anbar, Iraq": the country of a place, not what something is."""
    first = min(t.i for t in token.subtree() if t.dep != "punct")
    before = sentence.tokens[max(first - 2, 0) : first]
    return token.ent == "LOC" and [t.text for t in before[1:]] == [","] and before[0].ent == "LOC"


def _says_what(what: Token, named: Token) -> bool:
    """A description of a thing, not an abbreviation, an age or a list."""
    bracketed = any(c.dep == "punct" and c.text in ("(", "[", "-LRB-") for c in what.children)
    return what.pos in ("NOUN", "PROPN") and named.pos in ("NOUN", "PROPN", "PRON") and not bracketed
