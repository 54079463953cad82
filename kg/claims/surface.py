"""Which words of the tree make a phrase: minimal for statements, joined for a benchmark that wants it."""

from collections.abc import Iterable

from kg.claims.clauses import Clause, conjuncts, is_predicate
from kg.english.lexicon import is_negation, table
from kg.parsing.tree import Token

# Dependents that are not part of the phrase that names a thing.
LOOSE = frozenset(
    "punct cc conj parataxis acl:relcl advcl advcl:relcl appos cop discourse list dep vocative reparandum "
    "orphan nsubj nsubj:pass nsubj:outer csubj csubj:outer aux mark dislocated expl".split()
)

APART = frozenset({",", ";", ":", "(", "[", "-", "--", "–", "—", "-LRB-"})


def phrase_tokens(head: Token, keep_case: bool = False, drop: frozenset[str] = LOOSE) -> list[Token]:
    """The words of the noun phrase under `head`, in text order, without what is loosely attached.

    Coordinated members, relative clauses, appositions and participles set apart by a comma are left out; the
    marking preposition stays only with `keep_case`.
    """
    kept = [head]
    for c in head.children:
        if c.tag == "HYPH":
            kept.append(c)  # "al-Qaida", whose parts are names beside each other
            continue
        close = c.dep == "appos" and drop is LOOSE and not _is_set_apart(c)
        if (c.dep in drop and not close) or (c.dep == "acl" and "acl:relcl" in drop and _is_set_apart(c)):
            continue  # "the biographer Andrew Boyle" keeps his name, "Boyle, the biographer" is Boyle
        if c.dep == "case" and not (keep_case and c.i < head.i):
            continue  # "Tehran's": the phrase is "Tehran"
        if c.dep == "cc:preconj" or (c.dep == "cc" and c.i < head.i):
            continue
        kept.extend(_inner(c))
    kept.sort(key=lambda t: t.i)
    return _trim(kept)


def _is_set_apart(token: Token) -> bool:
    """Whether a comma, dash or bracket stands between a word's phrase and what it belongs to."""
    first = min(token.subtree(), key=lambda t: t.i)
    before = [t for t in token.head.children if t.i == first.i - 1] if token.head is not None else []
    return any(t.text in APART for t in (first, *before))


def argument_tokens(
    head: Token, clause: Clause, keep_case: bool = False, drop: frozenset[str] = LOOSE
) -> list[Token]:
    """The words of a phrase that fills a place of the clause, without those of the clause itself.

    A noun that the clause modifies ("the tanker seized in May") stands without the clause; a predicate
    noun stands without the clause's other arguments.
    """
    tokens = phrase_tokens(head, keep_case, drop)
    apart: set[int] = set()
    if clause.kind == "apposition":
        apart = {id(t) for t in clause.head.subtree()} if head is not clause.head else set()
    elif head is clause.head:
        apart = {id(t) for a in clause.args for t in a.head.subtree()} | {
            id(t) for t in relation_tokens(clause)
        }
    elif any(t is head for t in clause.predicates[0].ancestors()):
        apart = {id(t) for c in head.children if c.dep == "acl" for t in c.subtree()}
        apart |= {id(t) for p in clause.predicates for t in p.subtree()}
    agent = clause.subject
    if clause.kind == "nominal" and agent is not None and any(t is head for t in agent.ancestors()):
        apart |= {id(t) for t in agent.subtree()}  # "the seizure of the tanker by Iran"
    return _trim([t for t in tokens if t is head or id(t) not in apart])


def _inner(token: Token) -> list[Token]:
    """A dependent's words: its own coordination stays, relative clauses go."""
    return token.subtree(without=(t for t in _loose_below(token)))


def _loose_below(token: Token) -> Iterable[Token]:
    for t in token.subtree():
        if t is not token and t.dep in ("acl:relcl", "parataxis", "advcl:relcl", "discourse"):
            yield t


def _trim(tokens: list[Token]) -> list[Token]:
    """Drops punctuation at the edges, closing brackets and quotes that were never opened included."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].dep == "punct":
        first += 1
    while last > first and tokens[last - 1].dep == "punct":
        last -= 1
    return tokens[first:last] or tokens


def contiguous(head: Token, tokens: list[Token]) -> list[Token]:
    """The unbroken run of words around the head, so that a span of the text gives them back."""
    place = next((i for i, t in enumerate(tokens) if t is head), 0)
    first = last = place
    while first > 0 and tokens[first - 1].i == tokens[first].i - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i == tokens[last].i + 1:
        last += 1
    return _trim(tokens[first : last + 1])


def joined(tokens: Iterable[Token]) -> str:
    """The words with a blank between, as benchmarks write them."""
    return " ".join(t.text for t in tokens)


def complement_tokens(clause: Clause) -> list[Token]:
    """All the words of the clause that fills the object's place, without the word that introduces it."""
    head = clause.complement
    if head is None:
        return []
    skip = [c for c in head.children if c.dep in ("punct", "parataxis", "cc") or c is clause.predicates[0]]
    skip += [c for c in head.children if c.dep == "mark" and c.lower != "to"]
    if head.dep == "ccomp":
        skip += [c for c in head.children if c.dep == "conj"]
    return _trim(head.subtree(without=skip))


def relation_tokens(clause: Clause) -> list[Token]:
    """The verb group: auxiliaries, negation, particles, merged governors, adverbs that stand between."""
    words: list[Token] = []
    for predicate in clause.predicates:
        if predicate is not clause.head or clause.kind != "copular" or predicate.pos == "ADJ":
            words.append(predicate)
        for c in predicate.children:
            if (
                c.dep in ("aux", "aux:pass", "cop", "compound:prt")
                or (c.dep == "expl" and clause.kind == "existential")
                or (c.dep == "mark" and c.lower == "to" and predicate in clause.predicates[1:])
            ):
                words.append(c)
    if not words:
        words = [clause.head]
    first, last = min(w.i for w in words), max(w.i for w in words)
    for predicate in clause.predicates:
        words += [
            c
            for c in predicate.children
            if c.dep == "advmod"
            and (is_negation(c) or (first < c.i < last and not _is_degree(c, predicate, clause)))
        ]
    return sorted(set(words), key=lambda t: t.i)


def _is_degree(adverb: Token, predicate: Token, clause: Clause) -> bool:
    """ "too" of "was too early": it goes with the adjective, unlike "still" or "reportedly"."""
    stands_before = adverb.i + 1 == predicate.i and adverb.lower not in table("adverbs")
    return stands_before and clause.kind == "copular" and predicate.pos == "ADJ"


def adverbs(clause: Clause, relation: list[Token]) -> list[Token]:
    """Adverbs that follow the verb and say how or when: "directly", "first", "again"."""
    return [
        c
        for p in clause.predicates
        for c in p.children
        if c.dep == "advmod"
        and c.i > p.i
        and c not in relation
        and clause.kind == "verbal"
        and c.pos == "ADV"
    ]


def members(head: Token | None) -> list[Token]:
    """A phrase's head and the heads coordinated with it."""
    if head is None:
        return []
    return [t for t in conjuncts(head) if t is head or not is_predicate(t)]
