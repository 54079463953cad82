"""The order in which CaRB's curve takes tuples: a logistic function of features, fitted on CaRB dev.

It is the benchmark's own: tuples are not claims, and half of their kinds no claim has. The weights are in
tuple_order.csv, written by `python -m tests.benchmarks.tuple_order_fit GOLD`, which says how they were
fitted.
"""

import csv
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.claims.clauses import Clause
from kg.english.lexicon import words
from kg.parsing.tree import Token

TABLE = Path(__file__).with_name("tuple_order.csv")
PRECISION = 2  # digits: more would only pretend to know
LENGTHS = (1, 2, 3, 5, 8, 12, 18, 25)  # words, at most
DEPTHS = (0, 1, 2, 3, 4, 6)  # words above the predicate, at most
COMMAS = (0, 1, 2, 4)
FAR = 8  # words between subject and predicate
LONG = 6  # words of a relation
WEAK = frozenset({"possession", "own", "modifier", "quality"})  # noun phrases taken apart
HEAVY = ("acl", "acl:relcl", "appos", "conj", "nmod")  # what makes a phrase long


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of every feature; `bias` holds for all."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def confidence(found: Iterable[str]) -> float:
    """Between 0 and 1: how much of what has these features is expected to be right."""
    table = weights()
    total = table.get("bias", 0.0) + sum(table.get(f, 0.0) for f in found)
    return round(1 / (1 + math.exp(-total)), PRECISION)


def features(clause: Clause, governor: Clause | None = None) -> Iterator[str]:
    """What is true of a clause, each by its name in the table.

    `governor` is the first of the clauses that are read as one ("agreed to pay"), where there are several.
    """
    head, first = clause.head, governor or clause
    yield f"kind={clause.kind}"
    yield f"{clause.kind} {head.base_dep}"
    yield f"tag={head.tag}"
    yield f"depth {_size(sum(1 for _ in head.ancestors()), DEPTHS)}"
    yield f"{clause.kind} arguments={min(len(clause.args), 3)}"
    if first is not clause:
        yield "joined"
    yield from _shape_features(clause)
    if first.subject is not None:
        yield from _subject_features(first, first.subject)
    if clause.object is not None:
        yield from _place_features("object", clause.object)
    yield from _rest_features(clause)
    if clause.kind in WEAK and clause.subject is not None and clause.object is not None:
        yield from _noun_features(clause, clause.subject, clause.object)


def wording(relation: str, subject: str, argument: str, reported: bool) -> Iterator[str]:
    """What is true of the words that were made of a clause, and whether somebody else says so."""
    words = relation.lower().split()
    yield f"relation begins={words[0]}"
    yield f"relation ends={words[-1]}"
    yield f"relation of {min(len(words), LONG)}"
    for place, phrase in (("subject", subject), ("argument", argument)):
        if phrase:
            yield f"{place} begins={phrase.split()[0].lower()}"
    if reported:
        yield "reported"


def _shape_features(clause: Clause) -> Iterator[str]:
    if clause.object is None and clause.complement is None:
        yield "nothing behind it" if not clause.args else "no object"
    if clause.complement is not None:
        yield "clause as object"
    if clause.passive:
        yield "passive"
    if clause.chain:
        yield "merged"
    if clause.kind == "verbal" and clause.head.pos != "VERB":
        yield "no verb"
    if clause.shared_subject:
        yield "shared subject"


def _subject_features(clause: Clause, subject: Token) -> Iterator[str]:
    yield from _place_features("subject", subject)
    yield f"subject {_size(len(subject.subtree()), LENGTHS)}"
    if subject.lower in words("vague"):
        yield f"subject={subject.lower}"
    if subject.pos == "PRON":
        yield f"{clause.kind} of a pronoun"
    determiner = subject.child("det")
    if determiner is not None:
        yield f"subject with {determiner.lower}"
    if subject.i > clause.head.i:
        yield "subject behind"
    if clause.head.i - subject.i > FAR:
        yield "subject far off"


def _place_features(place: str, head: Token) -> Iterator[str]:
    """Of a phrase: what it is headed by, what hangs on it."""
    if head.pos in ("PRON", "PROPN", "NUM", "ADJ"):
        yield f"{place}: {head.pos}"
    deps = {c.dep for c in head.children}
    yield from (f"{place} with {dep}" for dep in HEAVY if dep in deps)


def _rest_features(clause: Clause) -> Iterator[str]:
    """Of all that follows the relation: how long it is, and how many commas it has."""
    heads = [t for t in (clause.indirect, clause.object, clause.complement) if t is not None]
    words = {t.i: t for h in (*heads, *(a.head for a in clause.args)) for t in h.subtree()}
    yield f"behind {_size(len(words), LENGTHS)}"
    yield f"{clause.kind} behind {_size(len(words), LENGTHS[::2])}"
    yield f"commas {_size(sum(t.text == ',' for t in words.values()), COMMAS)}"


def _noun_features(clause: Clause, noun: Token, part: Token) -> Iterator[str]:
    yield f"{clause.kind} {noun.pos} {part.pos}"
    yield f"{clause.kind} in {(part if clause.kind == 'possession' else noun).base_dep}"
    if noun.ent:
        yield f"{clause.kind} of a name"
    if part.ent:
        yield f"{clause.kind} by a name"
    for c in part.all("case"):
        yield f"case {c.lower}"


def _size(number: int, limits: tuple[int, ...]) -> str:
    return next((f"≤{most}" for most in limits if number <= most), f">{limits[-1]}")
