"""Fits the confidence of claims on annotated news texts: `python -m tests.benchmarks.confidence [BRIEFS]`.

A claim is whole where an annotated claim has its verb, subject, object, source, polarity and modality. It is
not where it comes out as the article's own fact and must not, where an annotated claim differs in source,
polarity or modality, or where the verb is annotated with other parties and no other claim fits that. What is
left nobody has judged, nor claims of kinds that the annotation does not list (appositions, titles, "there
is"). The fit is a logistic regression with an L2 penalty on features that at least SUPPORT claims have.

Prints how many claims of each band are whole where the weights were fitted on the other files, then writes
the table with the weights of all.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

import kg
from kg import records, resources
from kg.claims.confidence import JUDGED, PRECISION, TABLE, features
from kg.parsing import pipelines
from tests.benchmarks.briefs import BRIEFS, Brief, document, measures, plain, read
from tests.benchmarks.tuple_order_fit import logistic

SUPPORT = 40
BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)


@dataclass(frozen=True)
class Judged:
    """A claim of which it is known whether it is whole; `file` is the fold."""

    file: str
    features: tuple[str, ...]
    whole: bool


def judged(folder: Path, model: str = pipelines.DEFAULT_MODEL) -> Iterator[Judged]:
    """The claims of all briefs that can be judged."""
    for file in sorted(folder.glob("*.toml")):
        briefs = read(file)
        for brief, analysis in zip(briefs, kg.analyse(map(document, briefs), model), strict=True):
            rows = [plain(records.claim_record(c)) for c in analysis.claims]
            for claim, whole in zip(analysis.claims, verdicts(brief, rows), strict=True):
                if whole is not None and claim.found_by in JUDGED:
                    found = features(claim, analysis.sentences[claim.sentence])
                    yield Judged(file.stem, tuple(found), whole)


def verdicts(brief: Brief, rows: Sequence[dict[str, Any]]) -> list[bool | None]:
    """Of each claim whether it is whole; None where nothing in the brief tells."""
    scorer = measures()
    wants = [scorer.in_full(want) for want in brief.get("claim", [])]
    table = [[scorer.faults(row, want) for want in wants] for row in rows]
    told = [any(_is_meant(faults) for faults in column) for column in zip(*table, strict=True)]
    return [_verdict(faults, told, _leaks(row, brief)) for row, faults in zip(rows, table, strict=True)]


def _verdict(table: Sequence[list[str] | None], told: Sequence[bool], leaks: bool) -> bool | None:
    if [] in table:
        return True
    meant = any(map(_is_meant, table))
    missed = any(faults is not None and not other for faults, other in zip(table, told, strict=False))
    return False if leaks or meant or missed else None


def _is_meant(faults: list[str] | None) -> bool:
    """Whether a claim is the annotated one, rightly read or not: it has its verb and parties."""
    return faults is not None and "arguments" not in faults


def _leaks(row: dict[str, Any], brief: Brief) -> bool:
    scorer = measures()
    alone = scorer.Found([row], [], [])
    return any(scorer.must_not_fact(alone, want) is not None for want in brief.get("not_fact", []))


def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """The weight of each feature, `bias` first."""
    counts = Counter(f for row in rows for f in row.features)
    names = ["bias", *sorted(f for f, n in counts.items() if n >= SUPPORT)]
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for number, row in enumerate(rows):
        x[number, [place[f] for f in row.features if f in place]] = 1
    return dict(zip(names, logistic(x, np.array([row.whole for row in rows])).tolist(), strict=True))


def by_folds(rows: Sequence[Judged]) -> list[tuple[float, bool]]:
    """(confidence, whole) of each claim by the weights of the other files."""
    found: list[tuple[float, bool]] = []
    for file in sorted({row.file for row in rows}):
        weights = fit([row for row in rows if row.file != file])
        for row in rows:
            if row.file == file:
                total = weights["bias"] + sum(weights.get(f, 0.0) for f in row.features)
                found.append((round(float(1 / (1 + np.exp(-total))), PRECISION), row.whole))
    return found


def bands(found: Sequence[tuple[float, bool]]) -> Iterator[tuple[str, int, float]]:
    """Each band with how many claims it has and which share of them is whole."""
    for low, high in pairwise(BANDS):
        inside = [whole for sure, whole in found if low <= sure < high]
        yield f"{low:.1f} to {min(high, 1):.1f}", len(inside), sum(inside) / max(len(inside), 1)


def main(folder: str = str(BRIEFS), model: str = pipelines.DEFAULT_MODEL) -> None:
    """Prints the bands by folds and writes the table."""
    rows = list(judged(Path(folder), model))
    for band, number, share in bands(by_folds(rows)):
        sys.stdout.write(f"{band}  {number:5}  {share:.3f}\n")
    with resources.path(TABLE).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weight:.3f}") for name, weight in fit(rows).items())


if __name__ == "__main__":
    main(*sys.argv[1:])
