"""Clauses as the tuples of the CaRB benchmark (Bhardwaj, Aggarwal & Mausam, EMNLP 2019).

That benchmark joins what statements keep apart: an infinitive stays with its governor ("agreed to pay"),
further arguments with the object, and a preposition belongs to the relation before the first argument.
A copula that the sentence leaves out is written "be".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.claims.appositions import apposition_clauses, title_clauses
from kg.claims.arguments import role_of
from kg.claims.attribution import Attribution
from kg.claims.clauses import Arg, Clause, find_clauses
from kg.claims.surface import (
    LOOSE,
    adverbs,
    argument_tokens,
    complement_tokens,
    joined,
    members,
    phrase_tokens,
    relation_tokens,
)
from kg.english.lexicon import is_negation, table
from kg.parsing import pipelines
from kg.parsing.tree import Sentence, Token, case_words, is_infinitive
from tests.benchmarks.lines import parse_lines, read_lines
from tests.benchmarks.noun_phrases import modifier_clauses, possession_clauses, quality_clauses
from tests.benchmarks.tuple_order import confidence, features, wording

BE = "be"
CLAUSES = frozenset({"verbal", "copular", "existential"})
NOUN_PHRASE = LOOSE - {"conj", "cc"}
NAMED_PHRASE = NOUN_PHRASE - {"appos", "acl:relcl"}  # who says it, in full
OTHER_PHRASE = LOOSE - {"advcl"}
APART = frozenset({"conj", "cc"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM", "DET"})


@dataclass(frozen=True)
class Tuple:
    """relation, subject and arguments in words; `context` is who says so."""

    relation: str
    subject: str
    arguments: tuple[str, ...]
    context: str | None
    confidence: float
    features: tuple[str, ...]

    def fields(self) -> list[str]:
        """confidence, relation, subject, argument, … as the format has them."""
        context = [f"C: {self.context}"] if self.context else []
        return [f"{self.confidence:.2f}", self.relation, self.subject, *self.arguments, *context]


def lines(path: str, model: str = pipelines.DEFAULT_MODEL) -> Iterator[str]:
    """sentence, confidence, relation, subject, argument, …, tab-separated, for every tuple."""
    texts = read_lines(path)
    for line, sentences in zip(texts, parse_lines(texts, model), strict=True):
        for sentence in sentences:
            for found in tuples(sentence):
                yield "\t".join([line, *found.fields()])


def tuples(sentence: Sentence) -> list[Tuple]:
    """The sentence's tuples in the order of their predicates; those without an argument are left out."""
    verbal = find_clauses(sentence)
    attribution = Attribution(sentence, verbal)
    clauses = [*verbal, *apposition_clauses(sentence), *title_clauses(sentence)]
    below = _infinitives(verbal)
    lower = {id(c) for c in below.values()}
    weak = [
        *possession_clauses(sentence, verbal),
        *modifier_clauses(sentence),
        *quality_clauses(sentence),
    ]
    found = [
        t
        for c in clauses
        if _subject(c) is not None and id(c) not in lower
        for t in _tuples(_chain(c, below), attribution)
    ]
    found += [_weak_tuple(c, attribution) for c in weak]
    return [t for t in found if t.arguments]


def _infinitives(clauses: list[Clause]) -> dict[int, Clause]:
    """Clauses that are read with their governor, by the governor's id: "agreed to pay", "rose to speak"."""
    above = {id(p): c for c in clauses for p in c.predicates}
    found: dict[int, Clause] = {}
    for low in clauses:
        top = low.predicates[0]
        governor = above.get(id(top.head))
        if governor is None or not low.shared_subject or low.subject is not governor.subject:
            continue
        bare = governor.indirect is None and (governor.object is None or _is_adjective(governor))
        content = top.dep == "xcomp" and top is governor.complement
        purpose = top.dep == "advcl" and governor.complement is None and is_infinitive(top)
        if bare and (content or (purpose and governor.object is None)):
            found.setdefault(id(governor), low)
    return found


def _is_adjective(clause: Clause) -> bool:
    return clause.kind == "copular" and clause.head.pos == "ADJ"


def _chain(clause: Clause, below: dict[int, Clause]) -> list[Clause]:
    chain = [clause]
    while id(chain[-1]) in below:
        chain.append(below[id(chain[-1])])
    return chain


# ── clauses ──


def _subject(clause: Clause) -> Token | None:
    """The subject, or the "it" that stands for one: "it is too early to say"."""
    return clause.subject or next((t for t in clause.head.all("expl") if t.lower == "it"), None)


def _tuples(chain: list[Clause], attribution: Attribution) -> Iterator[Tuple]:
    """One tuple for each coordinated object of a clause, or of governors with their infinitive."""
    first, last = chain[0], chain[-1]
    head = _subject(first)
    assert head is not None
    subject, context = _words(head, first), _context_around(first, attribution)
    for relation, arguments in _relation_and_arguments(chain):
        yield _made(last, relation, subject, arguments, context, first)


def _relation_and_arguments(chain: list[Clause]) -> Iterator[tuple[str, list[str]]]:
    clause = chain[-1]
    if clause.kind in ("apposition", "title"):
        yield BE, [_words(clause.head, clause)]
        return
    verbs = [t for c in chain for t in _verb_group(c, infinitive=c is not chain[0])]
    rest = [(a, c) for c in chain for a in c.args if role_of(a) != "source"]
    rest += [(Arg(adverb), c) for c in chain for adverb in adverbs(c, verbs)]
    before = [_words(clause.indirect, clause)] if clause.indirect is not None else []
    after = [joined(complement_tokens(clause))] if clause.complement is not None else []
    objects: list[str] = []
    if _is_adjective(clause):
        if not after and not _behind(rest, clause.head):
            verbs, objects = _predicative(verbs, clause)
    elif clause.object is not None:
        objects = _each(clause.object, clause)
    relation = _with_be(verbs, chain)
    if not (objects or before or after):
        for first in _behind(rest, verbs[-1])[:1]:
            rest.remove(first)
            relation = f"{relation} {joined(first[0].case)}"
            objects = [_words(first[0].head, first[1])]
    after += [_words(a.head, c, keep_case=True) for a, c in rest]
    for target in objects or [""]:
        yield relation, [*before, target, *after]


def _each(head: Token, clause: Clause) -> list[str]:
    """The members of a coordination, each with its own words."""
    heads = members(head)
    return [_words(t, clause, keep_case=True, drop=APART if len(heads) > 1 else frozenset()) for t in heads]


def _behind(rest: list[tuple[Arg, Clause]], verb: Token) -> list[tuple[Arg, Clause]]:
    return [(a, c) for a, c in rest if a.case and a.head.i > verb.i]


def _predicative(verbs: list[Token], clause: Clause) -> tuple[list[Token], list[str]]:
    """ "is very risky": the adjective with its degree is the argument of the copula."""
    kept = [t for t in verbs if t.dep in ("cop", "aux", "mark", "expl") or is_negation(t)]
    return (kept, [_words(clause.head, clause)]) if kept else (verbs, [])


def _with_be(verbs: list[Token], chain: list[Clause]) -> str:
    """The verb group; "be" before a participle that modifies a noun: "the tanker [be] seized in"."""
    clause, participle = chain[0], chain[0].predicates[0]
    bare = participle.child("aux", "aux:pass", "mark") is None and not clause.chain and len(chain) == 1
    reduced = participle.tag == "VBG" or (participle.tag == "VBN" and clause.passive)
    if clause.kind != "verbal" or not bare or not reduced:
        return joined(verbs)
    words = [t.text for t in verbs]
    words.insert(verbs.index(participle), BE)
    return " ".join(words)


def _verb_group(clause: Clause, infinitive: bool) -> list[Token]:
    """The relation's words with the adverbs before the verb, and "to" where it is read with its governor."""
    words = relation_tokens(clause)
    first = clause.predicates[0]
    start = clause.subject.i if clause.subject is not None and not infinitive else first.i - 2
    for predicate in clause.predicates:
        for c in predicate.children:
            adverb = c.dep == "advmod" and start < c.i < predicate.i
            if c not in words and (adverb or (infinitive and c.dep == "mark" and c.i < predicate.i)):
                words.append(c)
    return sorted(words, key=lambda t: t.i)


# ── noun phrases ──


def _weak_tuple(clause: Clause, attribution: Attribution) -> Tuple:
    """A noun phrase taken apart: the noun without its possessor or modifier, and that."""
    assert clause.subject is not None
    assert clause.object is not None
    context = _context_around(clause, attribution)
    if clause.kind in ("possession", "own"):
        owner = joined([t for t in phrase_tokens(clause.subject) if t.tag != "POS"])
        return _made(clause, "has", owner, [_without_possessor(clause.object)], context)
    bare = _without(clause.subject, clause.object)
    relation = f"{BE} {joined(case_words(clause.object))}".strip()
    return _made(clause, relation, bare, [joined(phrase_tokens(clause.object))], context)


def _without(noun: Token, part: Token | None) -> str:
    below = {id(t) for t in part.subtree()} if part is not None else set()
    return joined([t for t in phrase_tokens(noun) if id(t) not in below])


def _without_possessor(noun: Token) -> str:
    return _without(noun, noun.child("nmod:poss"))


# ── words ──


def _made(
    clause: Clause,
    relation: str,
    subject: str,
    arguments: list[str],
    context: str | None,
    first: Clause | None = None,
) -> Tuple:
    places = tuple(filter(None, arguments))
    words = wording(relation, subject, places[0] if places else "", context is not None)
    found = (*features(clause, first), *words)
    return Tuple(relation, subject, places, context, confidence(found), found)


def _context_around(clause: Clause, attribution: Attribution) -> str | None:
    """Who says so: of a noun phrase taken apart, who says the clause that it stands in."""
    around = clause if clause.kind in CLAUSES else attribution.clause_above(clause.head)
    return _context(around, attribution) if around is not None else None


def _context(clause: Clause, attribution: Attribution) -> str | None:
    """Who says so and with which words: "he says", "according to officials", "Oslo 's claim"."""
    context = attribution.context(clause)
    if not context.cue or not context.reported:
        return None
    parent = context.parent
    told = parent is not None and parent.passive and context.fills_object  # "he was told that"
    speaker = context.speaker or (parent.subject if parent is not None and told else None)
    if speaker is None:
        return None
    named = joined(argument_tokens(speaker, parent or clause, drop=NAMED_PHRASE))
    while parent is not None:
        noun = table("nouns").get(context.cue or "")
        if speaker in (parent.subject, parent.agent):
            if parent.kind == "copular":
                return f"{named} {context.cue}"
            words = relation_tokens(parent)
            if noun is not None and parent.object is not None and parent.object.lemma == context.cue:
                words = [*words, parent.object]  # "voiced concern"
            return f"{named} {joined(words)}"
        outer = attribution.context(parent)
        if noun is not None and noun.kind != "report":
            return _context(parent, attribution)  # who is said to have a plan says nothing
        if outer.speaker is not speaker:
            return f"{named} {context.cue}" if speaker.tag == "PRP$" else f"{named} 's {context.cue}"
        context, parent = outer, outer.parent  # between them stands what the speaker says, too
    return f"{context.cue} {named}" if " " in (context.cue or "") else f"{named} said"


def _words(head: Token, clause: Clause, keep_case: bool = False, drop: frozenset[str] = frozenset()) -> str:
    drop |= NOUN_PHRASE if head.pos in NOMINAL else OTHER_PHRASE
    if head is clause.head:
        drop |= {"advcl", "conj", "cc"}
    return joined(argument_tokens(head, clause, keep_case, drop))
