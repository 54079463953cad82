"""Whether what looks like an event is one, and how sure its parts are.

Rules read metaphor, sport and talk as acts; the model's head for acts is wrong in other ways. Two small
networks taught on annotated news weigh all evidence: whether an act of that type is told here, and not only
again, and whether doer, recipient, realis and source are right too. What is not likely enough to be an event
is left out. Weights: data/events/judge-*.npz, made by data/models/recipe/judging.py.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import prod

from kg import resources
from kg.coding.cast import keys_of
from kg.coding.standing import Features
from kg.learned import projection, ranker
from kg.learned.projection import Projection
from kg.learned.ranker import Ranker
from kg.model import Event

# Probability that an act of the type is told here: from .6 on .85 of the events have it, in texts that the
# weights did not learn on (docs/quality.md).
LEAST = 0.6
# Probability that all of it is right, too (chosen on six sets that nothing learnt on, docs/quality.md).
RIGHT = 0.28
# Sentences: of so short a text nobody knows enough for "all of it", and no network was taught it. There it is
# surer that the act is told, or rather likely after all that all of it is right.
PIECE = 3
SURELY, RATHER = 0.7, 0.45
# So much of the networks' sureness holds on files that they did not learn on: of the events that they gave .8
# and more 80 in 100 were right as a whole (python -m tests.benchmarks.folds).
HOLDS = 0.9
NO_EVENT: Features = {"no event": 1.0}
_TWINS = 12  # events of the same type before and after one, at most, that are compared with it


@dataclass(frozen=True)
class Candidate:
    """What may be an event, where its words stand, and how to tell what speaks for and against it: a long
    text has tens of thousands."""

    event: Event
    words: frozenset[int]
    evidence: Callable[[], Features]


@dataclass(frozen=True)
class Judge:
    """What was learnt: whether it is an event of its type, whether it is right as a whole, and what texts
    are about."""

    told: Ranker
    whole: Ranker
    topics: Projection


@cache
def judge() -> Judge:
    """The weights that ship with kg. Raises KgError where they are not there."""
    told, whole, topics = (
        resources.path(f"data/events/judge-{part}.npz") for part in ("told", "whole", "topics")
    )
    return Judge(ranker.load(told), ranker.load(whole), projection.load(topics))


def chosen(
    candidates: Sequence[Candidate], learned: Judge | None = None, is_piece: bool = False
) -> list[Event]:
    """The events among the candidates, in their order, each with the probability that all of it is right.

    Of those that share a word, or say the same of the same parties and day, the likeliest is kept.
    `is_piece`: whether the text has no more than `PIECE` sentences.
    """
    learned = learned or judge()
    likely: dict[int, tuple[float, float]] = {}
    for i, (candidate, beside) in enumerate(zip(candidates, twins(candidates), strict=True)):
        features = candidate.evidence() | beside
        told = probability(learned.told, features)
        if told >= LEAST:
            whole = probability(learned.whole, features)
            if (told >= SURELY or whole >= RATHER) if is_piece else whole >= RIGHT:
                likely[i] = told, whole
    taken: set[int] = set()
    said: set[object] = set()
    kept: list[int] = []
    for i in sorted(likely, key=lambda i: -likely[i][0]):
        words, what = candidates[i].words, gist(candidates[i].event)
        if taken.isdisjoint(words) and what not in said:
            taken |= words
            said.add(what)
            insort(kept, i)
    return [replace(candidates[i].event, confidence=round(HOLDS * prod(likely[i]), 3)) for i in kept]


def probability(learned: Ranker, features: Features) -> float:
    """How likely something is rather than not."""
    return learned.likely([features, NO_EVENT])[0]


# ── the same act told twice ──


def twins(candidates: Sequence[Candidate]) -> list[Features]:
    """How like each candidate others of its type before and after it are."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(candidates)), key=lambda i: _place(candidates[i])):
        by_type[candidates[i].event.type].append(i)
    found: list[Features] = [{} for _ in candidates]
    for row in by_type.values():
        own = [candidates[i] for i in row]
        for n, i in enumerate(row):
            before, after = own[max(0, n - _TWINS) : n], own[n + 1 : n + 1 + _TWINS]
            found[i] = _twins(own[n], [*(("before", x) for x in before), *(("after", x) for x in after)])
    return found


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.event.text.start, min(candidate.words)


def _twins(one: Candidate, others: Sequence[tuple[str, Candidate]]) -> Features:
    found: Features = {}
    a = one.event
    doers, recipients = keys_of(a.actors), keys_of(a.recipients)
    for where, other in others:
        b = other.event
        if not one.words.isdisjoint(other.words):
            continue
        same_doers, same_recipients = doers == keys_of(b.actors), recipients == keys_of(b.recipients)
        found |= {
            f"twin {where} {how}": 1.0
            for how, holds in (
                ("at all", True),
                ("in the sentence", a.sentence == b.sentence),
                ("doer", same_doers),
                ("both", same_doers and same_recipients),
                ("both and day", same_doers and same_recipients and a.date == b.date),
                ("all round", doers | recipients == keys_of(b.actors) | keys_of(b.recipients)),
            )
            if holds
        }
    return found


def gist(event: Event) -> object:
    """What an event says: its type, the parties on both sides, and when."""
    return event.type, keys_of(event.actors), keys_of(event.recipients), event.date
