"""How far a claim can be trusted: the chance that it is whole, by a logistic function of a few features.

Whole is a claim with the right subject, verb and object, source, polarity and modality. The weights are in
data/extraction/confidence.csv, written by `python -m tests.benchmarks.confidence`, which says how they were
fitted.
"""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from kg import resources
from kg.model import Claim, Phrase
from kg.parsing.tree import Sentence, Token

TABLE = "data/extraction/confidence.csv"
JUDGED = ("verbal", "copular")  # kinds of claims that the annotated texts list
PRECISION = 2  # digits: more would only pretend to know
DEPTHS = (0, 1, 2, 3, 4)  # words above the verb, at most
PHRASE = (1, 2, 4, 8)  # words of a subject, at most
SENTENCE = (8, 14, 22, 30, 40)  # words of a sentence, at most
CLAIM = (3, 6, 10, 16, 25)  # words of a claim, at most
APART = (0, 2, 5, 10)  # words between subject and verb, at most
PRONOUNS = frozenset(
    "he her him i it me she that them these they this those us we what which who you".split()
)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of every feature; `bias` holds for all."""
    with resources.path(TABLE).open(encoding="utf-8", newline="") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def weighed(claim: Claim, sentence: Sentence) -> Claim:
    """A claim with its confidence."""
    return replace(claim, confidence=confidence(features(claim, sentence)))


def confidence(found: Iterable[str]) -> float:
    """Between 0 and 1: how many of the claims that have these features are whole."""
    table = weights()
    total = table.get("bias", 0.0) + sum(table.get(f, 0.0) for f in found)
    return round(1 / (1 + math.exp(-total)), PRECISION)


def features(claim: Claim, sentence: Sentence) -> Iterator[str]:
    """What is true of a claim in its sentence, each by its name in the table."""
    yield f"source={_source(claim)}"
    yield f"{claim.modality}, {claim.factuality}, {'own' if claim.speaker is None else 'told'}"
    if claim.polarity == "negated":
        yield "negated"
    if claim.nested_in is not None:
        yield "nested"
    if claim.cue not in (None, '"'):
        yield "cue"
    if claim.speaker is not None and not sentence.start <= claim.speaker.start < sentence.end:
        yield "source in another sentence"
    if claim.found_by not in JUDGED:
        return  # of what is read out of noun phrases nobody has judged what its shape tells
    yield from _subject_features(claim, sentence)
    yield from _shape_features(claim, sentence)
    head = sentence.at(claim.statement.relation.head)
    if head is not None:
        yield from _tree_features(head)


def _source(claim: Claim) -> str:
    if claim.speaker is None:
        return "somebody" if claim.cue == '"' else "article"
    if claim.speaker.text.lower() in PRONOUNS:
        return "pronoun"
    return "name" if claim.speaker.text[:1].isupper() else "description"


def _subject_features(claim: Claim, sentence: Sentence) -> Iterator[str]:
    subject, verb = claim.statement.subject, claim.statement.relation.start
    if subject is None:
        yield "no subject"
        return
    if subject.text.lower() in PRONOUNS:
        yield f"subject={subject.text.lower()}"
    yield f"subject {_size(_length(subject), PHRASE)}"
    if subject.start < sentence.start:
        yield "subject in another sentence"
    elif subject.start > verb:
        yield "subject behind"
    else:
        yield f"apart {_size(sum(subject.end <= t.start < verb for t in sentence), APART)}"


def _shape_features(claim: Claim, sentence: Sentence) -> Iterator[str]:
    target = claim.statement.object
    if target is None:
        yield "no object"
    elif target.statement is not None:
        yield "clause as object"
    if claim.statement.relation.voice == "passive":
        yield "passive"
    if claim.statement.relation.lemma.split()[:1] == ["be"]:
        yield "be"
    yield f"claim {_size(len(claim.evidence.text.split()), CLAIM)}"
    yield f"sentence {_size(len(sentence.tokens), SENTENCE)}"


def _tree_features(head: Token) -> Iterator[str]:
    """Of the verb: the deeper it hangs, and the looser, the less sure the tree is."""
    yield f"as {head.dep if head.dep == 'acl:relcl' else head.base_dep}"
    yield f"depth {_size(sum(1 for _ in head.ancestors()), DEPTHS)}"


def _length(phrase: Phrase) -> int:
    return len(phrase.text.split())


def _size(number: int, limits: tuple[int, ...]) -> str:
    return next((f"≤{most}" for most in limits if number <= most), f">{limits[-1]}")
