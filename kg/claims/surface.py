"""Which words of the tree make a phrase: minimal for statements, joined for a benchmark that wants it."""

from collections.abc import Iterable, Iterator

from kg.claims.clauses import Clause, conjuncts, is_predicate, is_set_against
from kg.english.lexicon import is_negation, table, words
from kg.parsing.tree import Token

# Dependents that are not part of the phrase that names a thing.
LOOSE = frozenset(
    "punct cc conj parataxis acl:relcl advcl advcl:relcl appos cop discourse list dep vocative reparandum "
    "orphan nsubj nsubj:pass nsubj:outer csubj csubj:outer aux mark dislocated expl".split()
)

HELPERS = ("aux", "aux:pass", "cop")
FREE_RELATIVES = frozenset({"what", "whatever", "whoever", "whomever", "whichever"})
DEFINED = frozenset("those one ones anyone anybody everyone everybody someone somebody few all".split())
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
        elif _belongs(c, head, keep_case) and not _is_dropped(c, drop):
            kept.extend(_inner(c))
    kept.sort(key=lambda t: t.i)
    return _trim(kept)


def _belongs(word: Token, head: Token, keep_case: bool) -> bool:
    """Whether a function word stays; of "Tehran's" the phrase is "Tehran"."""
    if word.dep == "case":
        return keep_case and word.i < head.i
    if word.dep == "advmod" and word.i < head.i and _contrasts(word, head):
        return False
    return word.dep != "cc:preconj" and not (word.dep == "cc" and word.i < head.i)


def _contrasts(word: Token, head: Token) -> bool:
    """ "not Iran but Israel", "not only Iran but also Israel": what polarity tells."""
    listed = head.dep == "conj" or head.child("conj") is not None
    only = word.lower == "only" and any(c.lower == "not" for c in (*head.children, *word.children))
    return listed and (only or word.lower in ("not", "also"))


def _is_dropped(word: Token, drop: frozenset[str]) -> bool:
    """ "the biographer Andrew Boyle" keeps his name, "Boyle, the biographer" is Boyle; "what they found" is
    one phrase."""
    if word.dep == "acl:relcl" and word.head is not None and _is_defined(word.head, word):
        return False
    if word.dep == "appos" and drop is LOOSE:
        return _is_set_apart(word)
    aside = word.dep == "acl" and "acl:relcl" in drop and _is_set_apart(word)
    return word.dep in drop or aside


def _is_defined(noun: Token, relative: Token) -> bool:
    """Whether a word names nobody without the clause behind it: "what they found", "those who fled", "the
    only port that is open"."""
    if noun.lower in FREE_RELATIVES:
        return True
    only = any(c.lower == "only" for c in noun.all("amod", "advmod"))
    return (noun.lower in DEFINED or only) and not _is_set_apart(relative)


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
    apart = {id(t) for t in _of_the_clause(head, clause)}
    tokens = phrase_tokens(head, keep_case, drop)
    return _trim([t for t in tokens if t is head or id(t) not in apart])


def _of_the_clause(head: Token, clause: Clause) -> Iterator[Token]:
    """The words below a phrase's head that belong to the clause in which it fills a place."""
    if clause.kind == "apposition" and head is not clause.head and not _is_below(head, clause.head):
        yield from clause.head.subtree()
    if clause.kind != "apposition":
        yield from _predicate_words(head, clause)
    agent = clause.subject
    if clause.kind == "nominal" and agent is not None and _is_below(agent, head):
        yield from agent.subtree()  # "the seizure of the tanker by Iran"


def _predicate_words(head: Token, clause: Clause) -> Iterator[Token]:
    """Of a predicate noun its verb and arguments; of a noun that the clause modifies the whole clause."""
    if head is clause.head:
        yield from (t for a in clause.args for t in a.head.subtree())
        yield from relation_tokens(clause)
    elif _is_below(clause.predicates[0], head):
        yield from (t for top in (*head.all("acl"), *clause.predicates) for t in top.subtree())


def _is_below(token: Token, head: Token) -> bool:
    return any(t is head for t in token.ancestors())


def _inner(token: Token) -> list[Token]:
    """A dependent's words: its own coordination stays, relative clauses go."""
    return token.subtree(without=(t for t in _loose_below(token)))


def _loose_below(token: Token) -> Iterable[Token]:
    for t in token.subtree():
        free = t.head is not None and t.dep == "acl:relcl" and _is_defined(t.head, t)
        if t is not token and not free and t.dep in ("acl:relcl", "parataxis", "advcl:relcl", "discourse"):
            yield t


def _trim(tokens: list[Token]) -> list[Token]:
    """Drops punctuation at the edges, closing brackets and quotes that were never opened included."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].dep == "punct":
        first += 1
    while last > first and tokens[last - 1].dep == "punct" and not _closes(tokens, first, last - 1):
        last -= 1
    return tokens[first:last] or tokens


def _closes(tokens: list[Token], first: int, at: int) -> bool:
    """Whether a word is the mark that ends a quotation begun since the first: users "will not be hit"."""
    before = (tokens[i].tag for i in range(at - 1, first - 1, -1))
    return tokens[at].tag == "''" and next((tag for tag in before if tag in ("``", "''")), "") == "``"


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
    skip = [c for c in head.children if c.dep in ("parataxis", "cc") or c is clause.predicates[0]]
    skip += [c for c in head.children if _is_conjunction(c) or (head.dep == "ccomp" and _is_another(c))]
    skip += filter(is_set_against, head.children)
    return _trim(head.subtree(without=skip))


def _is_another(clause: Token) -> bool:
    """Whether a coordinated clause may be the writer's: it has a subject of its own, or is put as the verb of
    saying is and not as the content ("said rebels were fleeing and blamed Chad")."""
    content = clause.head
    if clause.dep != "conj" or content is None:
        return False
    helped = content.child(*HELPERS) is not None and clause.child(*HELPERS) is None
    as_governor = content.head is not None and clause.tag == content.head.tag
    return clause.child("nsubj", "nsubj:pass", "csubj", "expl") is not None or (helped and as_governor)


def clause_tokens(verb: Token) -> list[Token]:
    """All the words of a clause that fills a place, a gerund's or one like "until it rains", without what
    introduces it."""
    return _trim(verb.subtree(without=verb.all("mark", "case")))


def _is_conjunction(word: Token) -> bool:
    """What introduces a clause and is no part of it, unlike "to"."""
    return word.dep == "mark" and word.lower != "to"


def relation_tokens(clause: Clause) -> list[Token]:
    """The verb group: auxiliaries, negation, particles, merged governors, adverbs that stand between."""
    group = [w for p in clause.predicates for w in _verb_words(p, clause)] or [clause.head]
    return sorted({*group, *_adverbs_within(clause, group)}, key=lambda t: t.i)


def _adverbs_within(clause: Clause, group: list[Token]) -> list[Token]:
    """What negates a verb group, wherever it stands, the adverbs between its words, and the one right behind
    it that belongs to the verb: "was turned back"."""
    between = range(min(w.i for w in group), max(w.i for w in group))
    beside = [(c, p) for p in clause.predicates for c in p.all("advmod")]
    particles = [c for c, _ in beside if c.i == between.stop + 1 and c.lower in words("particle")]
    within = [c for c, p in beside if is_negation(c) or (c.i in between and not _is_degree(c, p, clause))]
    return [*within, *particles]


def _verb_words(predicate: Token, clause: Clause) -> Iterator[Token]:
    """A predicate with its auxiliaries and particles; a predicate noun is no part of the relation."""
    if predicate is not clause.head or clause.kind != "copular" or predicate.pos == "ADJ":
        yield predicate
    yield from predicate.all("aux", "aux:pass", "cop", "compound:prt")
    if clause.kind == "existential":
        yield from predicate.all("expl")
    if predicate in clause.predicates[1:] or (clause.kind == "verbal" and predicate.child("cop") is not None):
        yield from (c for c in predicate.all("mark") if c.lower == "to")


def _is_degree(adverb: Token, predicate: Token, clause: Clause) -> bool:
    """ "too" of "was too early": it goes with the adjective, unlike "still" or "reportedly"."""
    stands_before = adverb.i + 1 == predicate.i and adverb.lower not in table("adverbs")
    return stands_before and clause.kind == "copular" and predicate.pos == "ADJ"


def adverbs(clause: Clause, relation: list[Token]) -> list[Token]:
    """Adverbs that follow the verb and say how or when, and particles apart from it: "directly", "first",
    "in" of "let the aid in"."""
    return [
        c
        for p in clause.predicates
        for c in p.children
        if c.i > p.i
        and c not in relation
        and clause.kind == "verbal"
        and c.child("advcl") is None  # "as long as others pay"
        and c.dep in ("advmod", "compound:prt")
        and (c.pos == "ADV" or _is_particle(c))
    ]


def _is_particle(word: Token) -> bool:
    """ "in" of "let the aid in": a preposition without a noun."""
    return word.pos == "ADP" and not word.children


def members(head: Token | None) -> list[Token]:
    """A phrase's head and the heads coordinated with it."""
    if head is None:
        return []
    return [t for t in conjuncts(head) if t is head or not is_predicate(t)]
