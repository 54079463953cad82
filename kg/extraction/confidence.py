"""How far a clause can be trusted: a logistic function of a few features, fitted on CaRB dev.

The weights are in data/extraction/confidence.csv, written by `python -m kg.evaluation.confidence GOLD`,
which says how they were fitted.
"""

import csv
import math
from collections.abc import Iterator
from functools import lru_cache

from kg import resources
from kg.extraction.clauses import Clause
from kg.parse import Token

TABLE = "data/extraction/confidence.csv"
PRECISION = 2  # digits: more would only pretend to know
SIZES = {"a word": 1, "short": 3, "middling": 7, "long": 15, "very long": 10_000}  # words, at most
FAR = 8  # words between subject and predicate


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of every feature; `bias` holds for all."""
    with resources.path(TABLE).open(encoding="utf-8", newline="") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def confidence(clause: Clause) -> float:
    """Between 0 and 1: the share of such a clause's words that are expected to be right."""
    table = weights()
    total = table.get("bias", 0.0) + sum(table.get(f, 0.0) for f in features(clause))
    return round(1 / (1 + math.exp(-total)), PRECISION)


def features(clause: Clause) -> Iterator[str]:
    """What is true of a clause, each by its name in the table."""
    yield f"kind={clause.kind}"
    yield f"head={clause.head.base_dep}"
    yield f"arguments={min(len(clause.args), 3)}"
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
    if clause.subject is not None:
        yield from _place_features("subject", clause.subject)
        yield from _order_features(clause, clause.subject)
    if clause.object is not None:
        yield from _place_features("object", clause.object)


def _place_features(place: str, head: Token) -> Iterator[str]:
    """Of a phrase: how long it is, what it is headed by, what hangs on it."""
    words = head.subtree()
    yield f"{place}: {next(size for size, most in SIZES.items() if len(words) <= most)}"
    if head.pos in ("PRON", "PROPN", "NUM", "ADJ"):
        yield f"{place}: {head.pos}"
    for c in head.children:
        if c.dep in ("conj", "appos", "acl", "acl:relcl", "nmod"):
            yield f"{place} with {c.dep}"


def _order_features(clause: Clause, subject: Token) -> Iterator[str]:
    if subject.i > clause.head.i:
        yield "subject behind"
    if clause.head.i - subject.i > FAR:
        yield "subject far off"
