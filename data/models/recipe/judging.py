"""Teaches which possible events are events, and how sure they are, from annotated news.

    python data/models/recipe/judging.py data/events PLOVER_GSR.json BRIEFS [--parts 2]

Read are the texts that their reader did not learn on; of others the language model knows too much, and they
teach nothing of what it says. Every text's possible events are made with parties learnt on the other parts of
them; each is right if it has the type of an annotated event that its words tell, and the first one to do so.
What a fair coder may give teaches nothing. Sentences teach once more as texts of their own, for people read
single sentences, and so do the examples of the rules and PLOVER's gold records, of which only one event is
known.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import homes
import parties
from placing import LEARNT, files_of, in_halves, texts, texts_and_pieces
from ranker import train as train_ranker

from kg import records
from kg.actors.index import load
from kg.coding import senses
from kg.coding.coder import Coder
from kg.coding.evidence import content, without_model
from kg.coding.judge import NO_EVENT, Candidate, Judge, twins
from kg.coding.parties import Rankers
from kg.coding.standing import NO_MODEL
from kg.learned.projection import Projection, fitted
from kg.learned.ranker import Ranker
from kg.model import Document
from kg.parsing.pipelines import parse
from kg.parsing.tree import Sentence
from kg.pipeline import said
from tests.benchmarks import briefs, plover

AXES = 16
HIDDEN, SEEDS = 12, 6  # small networks that differ by their seed alone: their mean swings less
KNOWN, TRAPS = 6, 2  # how often known events count, of which there are few, and learnt texts without any
SCORER = briefs.measures()


@dataclass(frozen=True)
class Learned:
    """Who does an act and to whom, and where they belong."""

    parties: Rankers
    home: Ranker


@dataclass(frozen=True)
class Example:
    """A possible event of an annotated text, whether it is one, and whether all of it is right."""

    candidate: Candidate
    told: bool | None  # None: a fair coder might give it
    whole: bool | None  # None: the text is a piece, which may leave out who somebody is


def topics(files: Iterable[Path]) -> Projection:
    """The axes on which texts differ."""
    read = [sentences for _, sentences in texts(files)]
    means = [middle for sentences in read if (middle := content(sentences)) is not None]
    return fitted(means, AXES, next(s.signals.made_with for t in read for s in t if s.signals))


def examples(file: Path, axes: Projection, learned: Learned) -> Iterator[Example]:
    """The possible events of a file's texts and of their sentences, with parties by some rankers."""
    for brief, sentences in texts_and_pieces(file):
        marked = list(_marked(brief, _possible(briefs.document(brief), sentences, axes, learned)))
        yield from (replace(e, whole=None) for e in marked) if "piece" in brief else marked


def _possible(
    document: Document, sentences: Sequence[Sentence], axes: Projection, learned: Learned
) -> list[Candidate]:
    """The possible events of a document."""
    mentions, claims = said(document, sentences, load())
    coder = Coder(claims, mentions, document, sentences, axes, learned.parties, learned.home)
    found = list(coder.candidates(None))
    made = [c.evidence() | beside for c, beside in zip(found, twins(found), strict=True)]
    return [replace(c, evidence=m.copy) for c, m in zip(found, made, strict=True)]  # the text is let go


def _marked(brief: Mapping[str, Any], candidates: Sequence[Candidate]) -> Iterator[Example]:
    given = [briefs.plain(records.event_record(c.event)) for c in candidates]
    _, used = SCORER.match(brief, given)
    bounds = SCORER.sentences(brief["text"])
    for i, (candidate, event) in enumerate(zip(candidates, given, strict=True)):
        own = [brief["event"][used[i]]] if i in used else []
        near = own + [w for w in brief.get("event", []) if _tells(brief, event, w, bounds)]
        beside = [
            c for j, c in enumerate(candidates) if j in used and j != i and c.event.type == event["type"]
        ]
        shares = any(not c.words.isdisjoint(candidate.words) for c in beside)
        unclear = (near and shares) or (not near and _may_be(brief, event))
        yield Example(
            candidate,
            True if own else None if unclear else False,
            any(briefs.is_whole(event, w) for w in near),
        )


def _tells(
    brief: Mapping[str, Any], event: Mapping[str, Any], want: Mapping[str, Any], bounds: object
) -> bool:
    """Whether an event has the type of an annotated one and holds the word that tells it."""
    fits = event["type"] in SCORER.listed(want["type"]) and want["trigger"] in event["text"]["text"]
    return fits and SCORER.in_same_sentence(brief, want, event, bounds)


def _may_be(brief: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether a fair coder might give an event."""
    kept = ("type", "actor", "recipient", "symmetric")
    fair = ({k: v for k, v in m.items() if k in kept and v != "none"} for m in brief.get("may_event", []))
    return any(SCORER.is_event(event, m) for m in fair)


def known(axes: Projection, learned: Learned, gold: Path) -> Iterator[Example]:
    """The possible events of texts of which one event is known: the rules' examples by its type, PLOVER's
    gold records by its parties too. Another type told by the same words is wrong; what else they tell teaches
    nothing."""
    rules = [(Document(f"rule-{i}", r.example), r.type, None) for i, r in enumerate(senses.rule_rows())]
    told = [*rules, *((r.document, r.type, r) for r in plover.read(gold))]
    for (document, kind, record), sentences in zip(told, parse(d.text for d, *_ in told), strict=True):
        found = _possible(document, sentences, axes, learned)
        words = {w for c in found if c.event.type == kind for w in c.words}
        for c in found:
            whole = None if record is None else plover.is_right(record, c.event)
            wrong = None if words.isdisjoint(c.words) else False
            yield Example(c, True, whole) if c.event.type == kind else Example(c, wrong, None)


def learnt(files: Iterable[Path], axes: Projection, learned: Learned) -> Iterator[Example]:
    """The possible events that rules see in texts that the language model learnt on, without what it says of
    them; of texts that tell no event TRAPS times. Their parties are too good: the whole teaches nothing."""
    for brief, sentences in texts(files):
        for e in _marked(brief, _possible(briefs.document(brief), sentences, axes, learned)):
            if e.candidate.event.cameo:
                features = without_model(e.candidate.evidence())
                own = replace(e, candidate=replace(e.candidate, evidence=features.copy), whole=None)
                yield from [own] * (TRAPS if brief["genre"] == "trap" else 1)


def learn(given: Sequence[Example], axes: Projection) -> Judge:
    """The judge from examples; those that rules found teach it once more as a pipeline without the careful
    model would have found them."""
    rows = [(e.candidate.evidence(), e) for e in given]
    rows += [
        (without_model(f), e) for f, e in rows if e.candidate.event.cameo and not NO_MODEL.keys() <= f.keys()
    ]
    told = _ranker([(f, e.told) for f, e in rows if e.told is not None])
    return Judge(told, _ranker([(f, e.whole) for f, e in rows if e.told and e.whole is not None]), axes)


def _ranker(rows: Iterable[tuple[Mapping[str, float], bool]]) -> Ranker:
    choices = [([f, NO_EVENT], [right, not right]) for f, right in rows]
    return train_ranker(choices, hidden=HIDDEN, seeds=SEEDS)


def by_parts(
    files: Sequence[Path], parts: int, axes: Projection
) -> dict[Path, tuple[Learned, list[Example]]]:
    """For each file what was learnt on the other parts, and its examples with that."""
    sides = {file: list(parties.examples([file], pieces=False)) for file in files}
    at_home = {file: list(homes.examples([file])) for file in files}
    found = {}
    for part in range(parts):
        held = files[part::parts]
        others = [file for file in files if file not in held]
        learned = Learned(
            parties.learn(e for file in others for e in sides[file]),
            homes.learn(e for file in others for e in at_home[file]),
        )
        found |= {file: (learned, list(examples(file, axes, learned))) for file in held}
    return found


def taught(
    found: Mapping[Path, Sequence[Example]],
    axes: Projection,
    learned: Learned,
    gold: Path,
    briefs: Path,
) -> Judge:
    """The judge from the examples of files, known events, and texts that the language model learnt on."""
    given = [e for own in found.values() for e in own]
    given += KNOWN * list(known(axes, learned, gold))
    return learn([*given, *learnt(files_of((briefs, LEARNT)), axes, learned)], axes)


def main() -> None:
    """Writes judge-told.npz, judge-whole.npz and judge-topics.npz into a folder."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path)
    cli.add_argument("gold", type=Path, help="PLOVER's gold records")
    cli.add_argument("briefs", type=Path, help="the folder that the language model learnt on")
    cli.add_argument("--parts", type=int, default=2)
    options = cli.parse_args()
    files = in_halves()
    axes = topics(files)
    found = by_parts(files, options.parts, axes)
    learned, _ = found[files[0]]
    own = {f: examples for f, (_, examples) in found.items()}
    judge = taught(own, axes, learned, options.gold, options.briefs)
    judge.told.save(options.folder / "judge-told.npz")
    judge.whole.save(options.folder / "judge-whole.npz")
    judge.topics.save(options.folder / "judge-topics.npz")


if __name__ == "__main__":
    main()
