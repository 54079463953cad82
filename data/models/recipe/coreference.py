"""Learns whom pronouns and descriptions stand for: data/actors/coreference.csv and sorts.npz.

usage: python data/models/recipe/coreference.py train --briefs DIR --gum FILE [--out data/actors]
       python data/models/recipe/coreference.py folds --briefs DIR --gum FILE

Two parts, both regressions fitted by Adam on all examples at once, without any chance in them:

- the sort of a word (person, group, place, thing) by its vector, from the types of GUM's entities;
- a log-linear ranker: each pronoun of the third person, and each description, against everybody who may be
  meant and "none of them"; the likelihood of all right ones together is raised, with an L2 prior. Features
  seen fewer than five times are left out.

`folds` reads each file of briefs by weights of the others and prints how many pronouns come out right,
wrong and open by threshold.
"""

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.actors import index, linking
from kg.actors.common_nouns import Nominals
from kg.actors.context import Context
from kg.actors.pronouns import antecedents, coreference, definites, phrases, ranking, sorts
from kg.claims.speech import Speech
from kg.model import Document
from kg.parsing import pipelines
from tests.benchmarks import briefs as gold
from tests.benchmarks import gum

OUT = Path(__file__).parents[2] / "actors"
PRIOR, STEPS, RATE, SEEN = 5.0, 300, 0.05, 5
SORT_PRIOR, SORT_STEPS, SORT_RATE = 100, 150, 0.02
SORTS = {"person": "person", "organization": "group", "place": "place"}
NAMES = ("group", "person", "place", "thing")
THRESHOLDS = (0.5, 0.6, 0.7)


@dataclass
class Text:
    """A text with its phrases, and what is told of some of them."""

    file: str
    context: Context
    nouns: Nominals
    spoken: dict
    brief: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)  # a brief's mentions, by where their last word begins
    annotated: gum.Annotated | None = None
    found: list = field(default_factory=list)

    def begin_anew(self):
        """Forget what the pronouns were taken for."""
        context = self.context
        self.found = phrases.phrases(context.sentences, context.gazetteer, context, self.spoken)


# -- reading -------------------------------------------------------------------------------------


def read_briefs(files, tables):
    """The briefs of some files, their names and nouns linked, their pronouns not yet."""
    read = [(file.stem, brief) for file in files for brief in gold.read(file)]
    parsed = pipelines.parse(brief["text"] for _, brief in read)
    for (file, brief), sentences in zip(read, parsed, strict=True):
        document = Document(
            brief["id"], brief["text"], title=brief.get("title") or None, published=brief["published"]
        )
        yield Text(file, *prepared(document, sentences, tables), brief=brief, links=dict(told(brief)))


def read_gum(file, tables):
    """GUM's documents, with the trees of the language model."""
    documents = list(gum.read(file))
    parsed = pipelines.parse(d.document.text for d in documents)
    for annotated, sentences in zip(documents, parsed, strict=True):
        yield Text("gum", *prepared(annotated.document, sentences, tables), annotated=annotated)


def prepared(document, sentences, tables):
    """A document as the linker has it before pronouns, the reader of its nouns, and who speaks where."""
    context = Context(document, sentences, tables)
    nouns = linking.link_names(context)
    return context, nouns, Speech(sentences).speakers()


def told(brief):
    """Where the last word of each annotated mention begins, with whom it stands for."""
    for link in brief.get("link", []):
        inside = re.search(rf"(?<!\w){re.escape(link['mention'])}(?!\w)", link["at"])
        last = link["mention"].rindex(link["mention"].split()[-1])
        yield brief["text"].index(link["at"]) + inside.start() + last, link


# -- what is right -------------------------------------------------------------------------------


def is_meant(phrase, link, context):
    """Whether a phrase is whom a brief says that a pronoun stands for."""
    noun = phrase.noun
    if noun is None:
        return False
    if noun.joined:
        tokens = (noun.token, *noun.token.all("conj"))
        return fits_all([(context.refs.get((noun.sentence, t.i)), t.text) for t in tokens], link)
    return fits(coreference.mention_of(noun), noun.token.text, link)


def fits(ref, word, link):
    """Whether a mention, or a word without one, has a name or country that a brief tells."""
    measures = gold.measures()
    labels, countries = measures.listed(link.get("label", [])), measures.listed(link.get("country", []))
    actor = ref.actor if ref is not None else None
    if len(getattr(ref, "members", ())) > 1:
        return all(measures.named(labels, m.label) or m.country in countries for m in ref.members)
    if labels and labels != ["none"]:
        return measures.named(labels, word) or (actor is not None and measures.named(labels, actor.label))
    return actor is not None and actor.country in countries


def fits_all(parts, link):
    """Whether all parts of a coordination are among the several that a brief tells."""
    several = isinstance(link.get("label"), list) or isinstance(link.get("country"), list)
    return several and all(fits(ref, word, link) for ref, word in parts)


# -- examples ------------------------------------------------------------------------------------


def examples(text):
    """For each pronoun that is told: the features of every candidate, and which are right.

    Names are chained as kg chains them, pronouns as gold has it. A pronoun of which gold tells nothing is
    no candidate here.
    """
    chains = {}
    text.begin_anew()
    for phrase in text.found:
        if phrase.pronoun is None:
            coreference.chain(phrase, chains)
        elif phrase.pronoun.person == 3 and (right := judge(text, phrase)) is not None:
            found = [
                pair for pair in antecedents.candidates(phrase, text.found) if text.annotated or pair[0].noun
            ]
            ok = [right(candidate) for candidate, _ in found]
            rows = [ranking.none_features(phrase), *(ranking.features(phrase, c, n) for c, n in found)]
            yield rows, [not any(ok), *ok]
            if any(ok):
                phrase.stand_for(found[ok.index(True)][0])


def described(text):
    """For each description that is told: the features of every candidate, and which are right."""
    for description in definites.descriptions(text.context):
        link = text.links.get(description.ref.head.start)
        if link is not None:
            found = definites.candidates(text.context, description)
            meant = (definites.outcome(text.context, text.nouns, description, c) for c in found)
            ok = [ref is not None and fits(ref, "", link) for ref in meant]
            rows = [definites.none_features(description)]
            rows += [definites.features(description, c) for c in found]
            yield rows, [not any(ok), *ok]


def judge(text, pronoun):
    """What tells whether a candidate is right for a pronoun; None where gold says nothing of it."""
    if text.annotated is not None:
        chain = text.annotated.chain(pronoun)
        return lambda candidate: chain is not None and text.annotated.chain(candidate) == chain
    link = text.links.get(pronoun.token.start)
    return None if link is None else lambda candidate: is_meant(candidate, link, text.context)


# -- fitting -------------------------------------------------------------------------------------


def adam(weights, gradient, steps, rate):
    """Weights after so many steps up a gradient."""
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit(data):
    """Weights by feature, and how often each was seen."""
    seen = Counter(f for rows, _ in data for row in rows for f in set(row))
    number = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= SEEN))}
    rows = [[number[f] for f in row if f in number] for rows, _ in data for row in rows]
    example = np.repeat(np.arange(len(data)), [len(rows) for rows, _ in data])
    right = np.array([ok for _, oks in data for ok in oks], float)
    where = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    what = np.array([f for row in rows for f in row])

    def gradient(weights):
        scores = np.bincount(where, weights[what], len(rows))
        p = np.exp(scores - scores.max())
        slope = p * right / np.bincount(example, p * right)[example] - p / np.bincount(example, p)[example]
        return np.bincount(what, slope[where], len(number)) - PRIOR * weights

    weights = adam(np.zeros(len(number)), gradient, STEPS, RATE)
    return {f: weights[i] for f, i in number.items()}, seen


def fit_sorts(texts):
    """Weights of the sorts of nouns and of pronouns, from the types of GUM's entities."""
    rows = {"noun": ([], []), "pronoun": ([], [])}
    for text in texts:
        signals = sorts.signals_of(text.context.sentences)
        for token in (t for s in text.context.sentences for t in s):
            kind, vector = text.annotated.kinds.get(token.start), signals.vector(token.start)
            if kind is not None and vector is not None:
                known = text.context.gazetteer.pronouns.get(token.lower) if token.pos == "PRON" else None
                vectors, kinds = rows["pronoun" if known is not None and known.person == 3 else "noun"]
                vectors.append(np.append(vector, np.float32(1)))
                kinds.append(NAMES.index(SORTS.get(kind, "thing")))
    return {
        form: softmax_regression(np.array(x), np.eye(len(NAMES), dtype="f")[y])
        for form, (x, y) in rows.items()
    }


def softmax_regression(x, y):
    """Weights [columns of x, classes] under an L2 prior."""

    def gradient(weights):
        scores = x @ weights
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return (x.T @ (y - p) - SORT_PRIOR * weights) / len(x)

    return adam(np.zeros((x.shape[1], y.shape[1]), "f"), gradient, SORT_STEPS, SORT_RATE).astype("f")


# -- commands ------------------------------------------------------------------------------------


def train(briefs, out=OUT, gum_file=None):
    """Learn from files of briefs and GUM, and write the two tables into a folder."""
    tables = index.load()
    if gum_file is not None:
        keep_sorts(list(read_gum(gum_file, tables)), out)
    texts = [*read_briefs(briefs, tables), *(read_gum(gum_file, tables) if gum_file else ())]
    keep(*fit([e for text in texts for e in (*described(text), *examples(text))]), out)


def keep(weights, seen, out):
    """Write the ranker's table."""
    lines = [f"{feature},{weights[feature]:.3f},{seen[feature]}" for feature in sorted(weights)]
    (out / "coreference.csv").write_text("\n".join(["feature,weight,seen", *lines]) + "\n", encoding="utf-8")


def keep_sorts(texts, out):
    """Learn the sorts of words and write them with the encoder that they belong to."""
    made_with = sorts.signals_of(texts[0].context.sentences).made_with
    np.savez(out / "sorts.npz", made_with=made_with, names=np.array(NAMES), **fit_sorts(texts))
    sorts.load.cache_clear()


def folds(briefs, gum_file, parts):
    """Print the rates of links and a curve, each part of the files read by weights of the others and GUM."""
    tables = index.load()
    texts = list(read_briefs(briefs, tables))
    data = [(text.file, [*described(text), *examples(text)]) for text in texts]
    more = [e for text in read_gum(gum_file, tables) for e in examples(text)] if gum_file else []
    parts = parts or len(briefs)
    part = {file.stem: n % parts for n, file in enumerate(briefs)}
    weights = [
        fit([*(e for name, found in data if part[name] != n for e in found), *more])[0] for n in range(parts)
    ]
    for threshold in THRESHOLDS:
        counted = Counter()
        for text in texts:
            text.begin_anew()
            tables.weights = weights[part[text.file]]
            counted.update(verdicts(text, tables, threshold))
        sys.stdout.write(f"{threshold}: {curve(counted)}\n")
    counted = Counter()
    for text in texts:
        tables.weights = weights[part[text.file]]
        counted.update(links(text, tables))
    sys.stdout.write(f"links: {shown(counted)}\n")


def verdicts(text, tables, threshold):
    """What comes of each pronoun that a brief tells of: its form, and right, wrong or open."""
    for phrase, best, _ in coreference.readings(text.found, tables, threshold):
        link = text.links.get(phrase.token.start)
        if link is not None:
            verdict = "open" if best is None else "right" if is_meant(best, link, text.context) else "wrong"
            yield from ((ranking.form_of(phrase), verdict), ("all", verdict))


def links(text, tables):
    """Kind and verdict of each link that a brief tells, as the briefs' own measures have it."""
    measures = gold.measures()
    found = linking.link(text.context.document, text.context.sentences, tables)
    given = gold.mentions(found)
    for link in text.brief.get("link", []):
        kind, verdict = measures.kind_of(link), measures.link_verdict(link, text.brief["text"], given)[0]
        yield kind, "right" if (kind, verdict) == ("nobody", "open") else verdict


def curve(counted):
    """Rates of the third person by form."""
    return shown(counted, ("all", "person", "it", "they"))


def shown(counted, kinds=("name", "description", "pronoun", "nobody")):
    """Rates of right, wrong and open by kind."""
    parts = []
    for kind in kinds:
        total = sum(n for (name, _), n in counted.items() if name == kind)
        rates = (f"{counted[kind, v] / total:.3f}" for v in ("right", "wrong", "open"))
        parts.append(f"{kind} {total} {' '.join(rates)}")
    return "; ".join(parts)


def main():
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("command", choices=("train", "folds"))
    cli.add_argument("--briefs", type=Path, required=True)
    cli.add_argument("--gum", type=Path, required=True)
    cli.add_argument("--out", type=Path, default=OUT)
    cli.add_argument("--parts", type=int, default=0, help="how many folds; by default each file is one")
    given = cli.parse_args()
    files = sorted(given.briefs.glob("*.toml"))
    if given.command == "train":
        train(files, given.out, given.gum)
    else:
        folds(files, given.gum, given.parts)


if __name__ == "__main__":
    main()
