#!/usr/bin/env python3
"""Learn who takes part in acts from annotated news texts, and write the weights to data/learned/parties.csv.

usage: learn.py BRIEFS [--model NAME] [--folds]

BRIEFS is the folder of briefs (its README tells the format). Every event's trigger is found in the text; the
words that the text's own links and kg's linking take for its actor or recipient are right, all other
candidates wrong; where there is none, "nobody" is right. Linear weights over the features of
kg.coding.pairs, fitted by
Adam on the softmax over candidates. With --folds nothing is written: the files are parted into five folds,
each scored with weights learnt on the others, and a table of thresholds is printed.
"""

import argparse
import csv
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import kg
from kg import resources
from kg.coding.acts import Act
from kg.coding.participants import TABLE, Participants
from kg.model import Actor
from kg.parsing.pipelines import DEFAULT_MODEL
from kg.parsing.tree import Sentence, Token

ROLES = {"doer": "actor", "target": "recipient"}
SUPPORT = 4  # events that have a feature
EPOCHS, BATCH, RATE, PENALTY = 6, 64, 0.05, 2e-3
FOLDS = 5
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "AUX"})


@dataclass
class Example:
    """An event's candidates: features (nobody first) and, for each role, which of them are right."""

    file: str
    features: list[list[str]]
    right: dict[str, list[int]]


# ── Examples ─────────────────────────────────────────────────────────────────────────────────────


def examples(folder: Path, model: str) -> list[Example]:
    """The examples of all briefs of a folder."""
    files = sorted(folder.glob("*.toml"))
    briefs = [(f.stem, b) for f in files for b in tomllib.loads(f.read_text(encoding="utf-8"))["brief"]]
    documents = (kg.Document(b["id"], b["text"], published=b["published"]) for _, b in briefs)
    found: list[Example] = []
    for (name, brief), analysis in zip(briefs, kg.analyse(documents, model), strict=True):
        found += _of_brief(name, brief, analysis)
    return found


def _of_brief(name: str, brief: dict[str, Any], analysis: Any) -> Iterator[Example]:
    participants = Participants(analysis.sentences, analysis.claims, analysis.mentions)
    links = _links(brief, analysis.sentences)
    used: set[int] = set()
    for event in brief.get("event", []):
        place = _trigger(brief["text"], event, analysis.sentences, used)
        if place is None:
            continue
        sentence, word = place
        used.add(word.start)
        act = Act(word, sentence, listed(event["type"])[0], None, 1.0, 1.0)
        options = participants.candidates(act)
        right = {}
        for role, key in ROLES.items():
            names = listed(event.get(key, "none"))
            fits = [
                i
                for i, option in enumerate(options, 1)
                if _is_meant(option.token, [n for n in names if n != "none"], links, analysis.mentions)
            ]
            right[role] = fits + ([0] if "none" in names or not fits else [])
        yield Example(name, participants.features(act, options), right)


def listed(value: Any) -> list[Any]:
    """A value as a list."""
    return value if isinstance(value, list) else [value]


def _trigger(
    text: str, event: dict[str, Any], sentences: Sequence[Sentence], used: set[int]
) -> tuple[Sentence, Token] | None:
    """The sentence and the main word of an event's trigger, where its parties are named beside it."""
    names = [n.lower() for key in ROLES.values() for n in listed(event.get(key, [])) if not n.isupper()]
    spots: list[tuple[int, int, Sentence, Token]] = []
    for match in re.finditer(rf"(?<!\w){re.escape(event['trigger'])}(?!\w)", text):
        for sentence in sentences:
            words = [t for t in sentence if t.start < match.end() and t.end > match.start()]
            heads = [t for t in words if t.head not in words]
            full = [t for t in heads if t.pos in CONTENT] or heads
            if full and full[0].start not in used:
                near = sum(n in sentence.text.lower() for n in names)
                spots.append((-near, full[0].start, sentence, full[0]))
    return min(spots, key=lambda s: s[:2])[2:] if spots else None


def _links(brief: dict[str, Any], sentences: Sequence[Sentence]) -> dict[int, dict[str, Any]]:
    """The text's own links by where the main word of the mention begins."""
    found: dict[int, dict[str, Any]] = {}
    for link in brief.get("link", []):
        at = brief["text"].find(link["at"])
        inside = re.search(rf"(?<!\w){re.escape(link['mention'])}(?!\w)", link["at"])
        if at < 0 or inside is None:
            continue
        start, end = at + inside.start(), at + inside.end()
        words = [t for s in sentences for t in s if t.start < end and t.end > start]
        heads = [t for t in words if t.head not in words]
        if heads:
            found[heads[0].start] = link
    return found


def _is_meant(token: Token, names: list[str], links: dict[int, dict[str, Any]], mentions: Any) -> bool:
    """Whether a word stands for one of the names: by the text's links, by kg's, else by itself."""
    link = links.get(token.start)
    if link is not None:
        labels = [label for label in listed(link.get("label", [])) if label != "none"]
        countries = listed(link.get("country", []))
        named = [n for n in names if any(_holds(n, label) or _holds(label, n) for label in labels)]
        return bool(named) or any(n in countries for n in names)
    judgement = mentions.at(token.start)
    if judgement is not None and judgement.actor is not None and judgement.verdict == "same":
        return any(_is_called(judgement.actor, n) for n in names)
    return any(_holds(n, token.text) for n in names if not n.isupper())


def _is_called(actor: Actor, name: str) -> bool:
    return name in (actor.country, actor.id, actor.type) or _holds(name, actor.label)


def _holds(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.casefold())}", text.casefold()) is not None


# ── Fitting ──────────────────────────────────────────────────────────────────────────────────────


def fit(found: Sequence[Example], role: str) -> dict[str, float]:
    """Weights by feature: Adam on the softmax over each event's options, with an L2 penalty. Seeded."""
    counts = Counter(f for e in found for f in {f for option in e.features for f in option})
    names = [f for f, n in counts.items() if n >= SUPPORT]
    place = {f: i for i, f in enumerate(names)}
    packed = [_packed(e, role, place) for e in found]
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    rng, step = np.random.default_rng(0), 0
    for epoch in range(EPOCHS):
        order = rng.permutation(len(packed))
        for start in range(0, len(order), BATCH):
            chosen = [packed[i] for i in order[start : start + BATCH]]
            gradient = _gradient(chosen, weights) / len(chosen) + 2 * PENALTY / BATCH * weights
            step += 1
            first = 0.9 * first + 0.1 * gradient
            second = 0.999 * second + 0.001 * gradient**2
            rate = RATE * (1 - epoch / EPOCHS)
            weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


Packed = tuple[np.ndarray, np.ndarray, np.ndarray]


def _packed(example: Example, role: str, place: dict[str, int]) -> Packed:
    """(features, the option of each, whether each option is right) of an example."""
    pairs = [(place[f], i) for i, option in enumerate(example.features) for f in option if f in place]
    right = np.zeros(len(example.features), bool)
    right[example.right[role]] = True
    array = np.array(pairs, np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1], right


def _gradient(chosen: Sequence[Packed], weights: np.ndarray) -> np.ndarray:
    """Of the negative log likelihood that one of the right options is chosen."""
    total = np.zeros_like(weights)
    for features, options, right in chosen:
        scores = np.bincount(options, weights[features], len(right))
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        wanted = likely * right / likely[right].sum()
        np.add.at(total, features, (likely - wanted)[options])
    return total


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────


def write(models: dict[str, dict[str, float]], path: Path) -> None:
    """The table: a feature a row, a column for each role."""
    names = sorted({f for weights in models.values() for f in weights})
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("feature", *models))
        for name in names:
            row = [f"{weights.get(name, 0.0):.3f}" for weights in models.values()]
            if any(float(cell) for cell in row):
                writer.writerow((name, *row))


def report(found: Sequence[Example]) -> None:
    """By folds: how many events get a party from each threshold on, and how many of these are right."""
    from kg.learned.linear import Linear

    files = sorted({e.file for e in found})
    for role in ROLES:
        told: list[tuple[float, bool]] = []
        for k in range(FOLDS):
            held = set(files[k::FOLDS])
            model = Linear(fit([e for e in found if e.file not in held], role))
            for e in (e for e in found if e.file in held):
                likely = model.choose(e.features)
                best = max(range(len(likely)), key=likely.__getitem__)
                told.append((likely[best] if best else -1.0, best in e.right[role]))
        for threshold in THRESHOLDS:
            given = [right for sure, right in told if sure >= threshold]
            share = len(given) / len(told)
            right = np.mean(given or [0])
            print(f"{role:7} from {threshold:.1f}: given {share:.3f}, right of given {right:.3f}")


def main() -> None:
    """Learn and write, or report by folds."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("briefs", type=Path)
    cli.add_argument("--model", default=DEFAULT_MODEL)
    cli.add_argument("--folds", action="store_true")
    args = cli.parse_args()
    found = examples(args.briefs, args.model)
    print(f"{len(found)} events", file=sys.stderr)
    if args.folds:
        report(found)
    else:
        write({role: fit(found, role) for role in ROLES}, resources.path("data/learned") / f"{TABLE}.csv")


if __name__ == "__main__":
    main()
