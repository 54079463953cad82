"""Fits the weights of pronoun resolution on GUM and writes data/actors/coreference.csv.

usage: python data/actors/recipe/coreference.py en_gum-train.conllu > data/actors/coreference.csv
       python data/actors/recipe/coreference.py en_gum-train.conllu --curve   (five-fold, by threshold)

A log-linear ranker: each pronoun of the third person against every noun phrase that may be meant and
"none of them"; the likelihood of all right ones together is raised by gradient ascent (Adam), with
an L2 prior. Features seen fewer than five times are left out.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from kg.actors import index
from kg.actors.pronouns import antecedents, coreference, ranking
from tests.benchmarks import coref, gum

PRIOR, STEPS, RATE, SEEN = 1.0, 400, 0.05, 5
FOLDS = 5


def examples(annotated, tables):
    """For each pronoun of a document: the features of every candidate, and which are right.

    Names are chained as kg chains them, pronouns as gold has it.
    """
    phrases = coref.prepared(annotated, tables)
    chains = {}
    for phrase in phrases:
        if phrase.pronoun is None:
            coreference.chain(phrase, chains)
        elif phrase.pronoun.person == 3:
            chain = annotated.chain(phrase)
            found = antecedents.candidates(phrase, phrases)
            rows = [ranking.none_features(phrase)]
            rows += [ranking.features(phrase, candidate, rank) for candidate, rank in found]
            right = [chain is not None and annotated.chain(c) == chain for c, _ in found]
            yield rows, [not any(right), *right]
            if any(right):
                phrase.join(found[right.index(True)][0])


def fit(data):
    """Weights by feature."""
    seen = Counter(f for rows, _ in data for row in rows for f in set(row))
    number = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= SEEN))}
    flat = [
        (e, [number[f] for f in row if f in number], ok)
        for e, (rows, right) in enumerate(data)
        for row, ok in zip(rows, right, strict=True)
    ]
    example = np.array([e for e, _, _ in flat])
    right = np.array([ok for *_, ok in flat], float)
    where = np.repeat(np.arange(len(flat)), [len(f) for _, f, _ in flat])
    what = np.concatenate([np.array(f, int) for _, f, _ in flat])
    w, m, v = (np.zeros(len(number)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = np.bincount(where, w[what], len(flat))
        p = np.exp(scores - scores.max())
        all_ = np.bincount(example, p)[example]
        good = np.bincount(example, p * right)[example]
        slope = p * right / good - p / all_
        gradient = np.bincount(what, slope[where], len(number)) - PRIOR * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w += RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {f: w[i] for f, i in number.items()}, seen


def curve(file):
    """Print precision and recall by threshold on gold trees; each fold is read by weights of the others."""
    tables = index.load()
    documents = list(gum.read(Path(file)))
    data = [list(examples(annotated, tables)) for annotated in documents]
    folds = [fit([e for i, x in enumerate(data) if i % FOLDS != k for e in x])[0] for k in range(FOLDS)]
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        total = defaultdict(coref.Score)
        for k, weights in enumerate(folds):
            tables.weights = weights
            for name, found in coref.score(documents[k::FOLDS], tables, threshold).items():
                for part in ("right", "given", "wanted"):
                    setattr(total[name], part, getattr(total[name], part) + getattr(found, part))
        names = ("pronouns", "pronouns to the noun", "he she", "it", "they")
        shown = (f"{n} {total[n].precision:.3f} / {total[n].recall:.3f}" for n in names)
        sys.stdout.write(f"{threshold}: {'; '.join(shown)}\n")


def main(file):
    """Write the table to standard output."""
    tables = index.load()
    data = [e for annotated in gum.read(Path(file)) for e in examples(annotated, tables)]
    weights, seen = fit(data)
    lines = ["feature,weight,seen"]
    lines += [f"{feature},{weights[feature]:.3f},{seen[feature]}" for feature in sorted(weights)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    (curve if "--curve" in sys.argv else main)(sys.argv[1])
