"""The CaRB measure for open information extraction (Bhardwaj, Aggarwal & Mausam, EMNLP 2019).

Tuples are compared part by part as bags of words, everything behind the subject joined. Recall takes
for each gold tuple its best prediction; precision matches predictions and gold one to one, greedily.
Beyond the paper, gold tuples with a claim context ("C: he said") ask for who said it.
"""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.errors import InputError
from kg.parsing import pipelines
from tests.benchmarks.lines import parse_lines
from tests.benchmarks.tuples import tuples

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
SAYING = ("said", "told", "added", "adds", "says")  # either order of speaker and speech counts
CONTEXT = "C: "
SURE = 0.8  # from here on a claim counts as one to be trusted


@dataclass(frozen=True)
class Parts:
    """A tuple as bags of words: relation, subject, the rest (None where there is none), and the context."""

    relation: tuple[str, ...]
    subject: tuple[str, ...] | None
    rest: tuple[str, ...] | None
    context: tuple[str, ...] = ()
    confidence: float = 1.0

    @classmethod
    def of(cls, relation: str, places: Sequence[str], confidence: float = 1.0) -> Parts:
        """From the fields of a line; a field that starts with "C: " is the context."""
        context = " ".join(p.split(CONTEXT, 1)[1] for p in places if CONTEXT in p)
        args = [p.strip() for p in places if CONTEXT not in p]
        rest = tuple(" ".join(args[1:]).split()) if len(args) > 1 else None
        subject = tuple(args[0].split()) if args else None
        return cls(tuple(relation.split()), subject, rest, tuple(context.split()), confidence)


@dataclass(frozen=True)
class Score:
    """F1 with its precision, recall and confidence; the area under the curve; contexts found of gold's;
    mean precision of the tuples with a confidence of at least SURE, and of the others."""

    f1: float
    precision: float
    recall: float
    threshold: float
    auc: float
    contexts: tuple[int, int]
    sure: float
    unsure: float


def evaluate(gold: Path, model: str = pipelines.DEFAULT_MODEL) -> list[tuple[str, str]]:
    """CaRB's figures for this extractor on the sentences of a gold file."""
    sentences, golds = read_gold(gold)
    found = predict(sentences, model)
    result = score(golds, found)
    share = f"{result.contexts[0]} of {result.contexts[1]}"
    return [
        ("F1", f"{result.f1:.3f}"),
        ("AUC", f"{result.auc:.3f}"),
        ("precision", f"{result.precision:.3f}"),
        ("recall", f"{result.recall:.3f}"),
        ("at confidence", f"{result.threshold:.2f}"),
        ("claim contexts found", share),
        (f"precision from {SURE}", f"{result.sure:.3f}"),
        (f"precision below {SURE}", f"{result.unsure:.3f}"),
    ]


def read_gold(path: Path) -> tuple[list[str], dict[str, list[Parts]]]:
    """The sentences of a gold file in their order, and the gold tuples by `key` of the sentence."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    sentences: dict[str, str] = {}
    golds: dict[str, list[Parts]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields = line.strip("\n").strip().split("\t")
        if len(fields) < 3:
            raise InputError(f"{path}:{number}: not a gold tuple (sentence, relation, subject, …)")
        sentences.setdefault(key(fields[0]), fields[0])
        golds[key(fields[0])].append(Parts.of(fields[1], fields[2:]))
    return list(sentences.values()), golds


def predict(sentences: Sequence[str], model: str) -> dict[str, list[Parts]]:
    """This extractor's tuples by the key of the sentence."""
    found: dict[str, list[Parts]] = defaultdict(list)
    for line, parsed in zip(sentences, parse_lines(sentences, model), strict=True):
        for sentence in parsed:
            for t in tuples(sentence):
                fields = t.fields()
                found[key(line)].append(Parts.of(fields[1], fields[2:], float(fields[0])))
    return found


def key(sentence: str) -> str:
    """A sentence without blanks, bracket codes and punctuation, by which gold and prediction meet."""
    joined = sentence.replace(" ", "")
    for code, bracket in BRACKETS.items():
        joined = joined.replace(code, bracket)
    return re.sub(f"[{re.escape(string.punctuation)}]", "", joined)


def match(gold: Parts, found: Parts) -> tuple[float, float]:
    """Precision and recall of one tuple against one gold tuple."""
    straight = _match(gold, found)
    said = any(verb in " ".join(gold.relation) for verb in SAYING) and found.rest is not None
    if not said:
        return straight
    turned = Parts(found.relation, found.rest, found.subject)
    return max(straight, _match(gold, turned))


def _match(gold: Parts, found: Parts) -> tuple[float, float]:
    right, left = _overlap(gold.relation, found.relation)
    if left["be"] and BE & set(gold.relation):
        right += 1
    if not right:
        return 0.0, 0.0
    size, size_gold = len(found.relation), len(gold.relation)
    for wanted, given in ((gold.subject, found.subject), (gold.rest, found.rest)):
        if wanted is None:
            continue
        if given is None:
            return 0.0, 0.0
        size, size_gold = size + len(given), size_gold + len(wanted)
        right += _overlap(wanted, given)[0]
    return (right / size if size else 0.0), (right / size_gold if size_gold else 0.0)


def _overlap(gold: Iterable[str], found: Iterable[str]) -> tuple[int, Counter[str]]:
    left = Counter(found)
    both = Counter(gold) & left
    return both.total(), left - both


def score(golds: Mapping[str, list[Parts]], found: Mapping[str, list[Parts]]) -> Score:
    """The curve over confidence thresholds, its best point, and the area below it."""
    tables = {s: [[match(g, f) for f in found.get(s, [])] for g in gold] for s, gold in golds.items()}
    rest = (_contexts(golds, found, tables), *_calibration(found, tables))
    curve = [_point(golds, found, tables, t) for t in _thresholds(found)]
    if not curve:
        return Score(0.0, 1.0, 0.0, 0.0, 0.0, *rest)
    points = [(recall, precision) for precision, recall, _ in curve] + [(0.0, 1.0)]
    area = abs(sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points)))
    best = max(curve, key=lambda p: _f1(p[0], p[1]))
    return Score(_f1(*best[:2]), *best, area, *rest)


def _thresholds(found: Mapping[str, list[Parts]]) -> list[float]:
    return sorted({f.confidence for fs in found.values() for f in fs})


Table = list[list[tuple[float, float]]]  # a row for each gold tuple, a column for each prediction


def _point(
    golds: Mapping[str, list[Parts]], found: Mapping[str, list[Parts]], tables: Mapping[str, Table], at: float
) -> tuple[float, float, float]:
    """Precision and recall of the predictions of at least that confidence."""
    precision = recall = 0.0
    n_found = n_gold = 0
    for sentence, gold in golds.items():
        keep = [i for i, f in enumerate(found.get(sentence, [])) if f.confidence >= at]
        table = tables[sentence]
        recall += sum(max((row[i][1] for i in keep), default=0.0) for row in table)
        precision += _greedy(table, keep)
        n_found, n_gold = n_found + len(keep), n_gold + len(gold)
    return (precision / n_found if n_found else 1.0), (recall / n_gold if n_gold else 0.0), at


def _greedy(table: Table, keep: Sequence[int]) -> float:
    """The sum of precisions when the best pair is taken first, each gold and each prediction once."""
    return sum(value for value, _, _ in pairs(table, keep))


def pairs(table: Table, keep: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Precision, gold and prediction of each pair, the best ones first."""
    ranked = sorted(((row[i][0], -g, -i) for g, row in enumerate(table) for i in keep), reverse=True)
    rows: set[int] = set()
    columns: set[int] = set()
    for value, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield value, -row, -column


def _calibration(found: Mapping[str, list[Parts]], tables: Mapping[str, Table]) -> tuple[float, float]:
    """Mean precision of the tuples that are at least SURE, and of the others, paired as for the curve."""
    above: list[float] = []
    below: list[float] = []
    for sentence, table in tables.items():
        given = found.get(sentence, [])
        precisions = [0.0] * len(given)
        for value, _, column in pairs(table, range(len(given))):
            precisions[column] = value
        for f, precision in zip(given, precisions, strict=True):
            (above if f.confidence >= SURE else below).append(precision)
    return _mean(above), _mean(below)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _contexts(
    golds: Mapping[str, list[Parts]], found: Mapping[str, list[Parts]], tables: Mapping[str, Table]
) -> tuple[int, int]:
    """Of the gold tuples with a context, those whose best prediction has at least half of its words."""
    right = total = 0
    for sentence, gold in golds.items():
        for row, wanted in zip(tables[sentence], gold, strict=True):
            if not wanted.context:
                continue
            total += 1
            best = max(range(len(row)), key=lambda i: row[i][1], default=None)
            if best is not None and row[best][1] > 0:
                given = found[sentence][best].context
                right += _overlap(wanted.context, given)[0] * 2 >= len(wanted.context)
    return right, total


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
