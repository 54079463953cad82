"""Learns whom pronouns and descriptions stand for: sorts.npz, pronouns.npz, descriptions.npz in data/actors.

usage: python data/models/recipe/coreference.py train --briefs DIR --gum FILE [--out data/actors]
       python data/models/recipe/coreference.py folds --briefs DIR --gum FILE

Three parts:

- the sort of a word (person, group, place, thing) by its vector, from the types of GUM's entities: a
  regression fitted by Adam on all examples at once; and the vector's main components;
- a small network that chooses for a pronoun of the third person among all phrases that it may stand for, or
  none of them; and another one for descriptions.

`folds` reads each file of briefs by weights of the others and prints how many pronouns come out right,
wrong and open by threshold.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.actors import index, linking
from kg.actors.common_nouns import Nominals
from kg.actors.context import Context
from kg.actors.mentions import collect
from kg.actors.pronouns import antecedents, coreference, definites, phrases, ranking, sorts
from kg.claims.speech import Speech
from kg.parsing import pipelines

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]
from placing import all_files, is_unseen, links_of  # noqa: E402
from placing import texts as read_texts  # noqa: E402
from ranker import train as fit  # noqa: E402

from tests.benchmarks import briefs as gold  # noqa: E402
from tests.benchmarks import gum  # noqa: E402

OUT = Path(__file__).parents[2] / "actors"
PRONOUNS = {"least": 8, "hidden": 32, "epochs": 10, "drop": 0.2}
DESCRIPTIONS = {"least": 5, "hidden": 24, "epochs": 100, "drop": 0.3}  # few examples
FEW, SCALE = 32, 0.4  # main components of a vector, and how large they are beside features, which are one
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
    unseen: bool = True  # the language model did not learn on it

    def begin_anew(self):
        """Forget what the pronouns were taken for."""
        context = self.context
        self.found = phrases.phrases(context.sentences, context.gazetteer, context, self.spoken)


# -- reading -------------------------------------------------------------------------------------


def read_briefs(files, tables):
    """The briefs of some files, their names and nouns linked, their pronouns not yet."""
    for file in files:
        for brief, sentences in read_texts([file]):
            document = gold.document(brief)
            found = Text(file.stem, *prepared(document, sentences, tables), brief=brief)
            found.links, found.unseen = dict(links_of(brief)), is_unseen(file)
            yield found


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
    actor = ref.actor or ref.site if ref is not None else None
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
        if not text.unseen:
            phrase.meant = {}
        if phrase.pronoun is None:
            coreference.chain(phrase, chains)
        elif phrase.pronoun.person == 3 and (right := judge(text, phrase)) is not None:
            found = [
                pair for pair in antecedents.candidates(phrase, text.found) if text.annotated or pair[0].noun
            ]
            ok = [right(candidate) for candidate, _ in found]
            yield ranking.table(phrase, found), [not any(ok), *ok]
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
            yield definites.table(text.context, description, found, text.unseen), [not any(ok), *ok]


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


def fit_sorts(texts):
    """Weights of the sorts of nouns and of pronouns, from the types of GUM's entities."""
    rows, every = {"noun": ([], []), "pronoun": ([], [])}, []
    for text in texts:
        signals = sorts.signals_of(text.context.sentences)
        for token in (t for s in text.context.sentences for t in s):
            kind, vector = text.annotated.kinds.get(token.start), signals.vector(token.start)
            if vector is not None and token.pos in ("NOUN", "PROPN", "PRON"):
                every.append(vector)
            if kind is not None and vector is not None:
                known = text.context.gazetteer.pronouns.get(token.lower) if token.pos == "PRON" else None
                vectors, kinds = rows["pronoun" if known is not None and known.person == 3 else "noun"]
                vectors.append(np.append(vector, np.float32(1)))
                kinds.append(NAMES.index(SORTS.get(kind, "thing")))
    fitted = {
        form: softmax_regression(np.array(x), np.eye(len(NAMES), dtype="f")[y])
        for form, (x, y) in rows.items()
    }
    return fitted | {"few": components(np.array(every))}


def components(vectors):
    """The matrix that makes a vector few numbers, the mean of all as its last row."""
    mean = vectors.mean(axis=0)
    sizes, axes = np.linalg.eigh(np.cov(vectors.T))
    few = axes[:, ::-1][:, :FEW] / np.sqrt(sizes[::-1][:FEW]) * SCALE
    return np.vstack([few, -mean @ few]).astype("f")


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
    """Learn from files of briefs and GUM, and write the three parts into a folder."""
    tables = index.load()
    if gum_file is not None:
        keep_sorts(list(read_gum(gum_file, tables)), out)
    texts = [*read_briefs(briefs, tables), *(read_gum(gum_file, tables) if gum_file else ())]
    fit([e for text in texts for e in described(text)], **DESCRIPTIONS).save(out / "descriptions.npz")
    fit([e for text in texts for e in examples(text)], **PRONOUNS).save(out / "pronouns.npz")


def keep_sorts(texts, out):
    """Learn the sorts of words and write them with the encoder that they belong to."""
    made_with = sorts.signals_of(texts[0].context.sentences).made_with
    np.savez(out / "sorts.npz", made_with=made_with, names=np.array(NAMES), **fit_sorts(texts))
    sorts.load.cache_clear()


def folds(briefs, gum_file, parts):
    """Print the rates of links and a curve, each part of the files read by what the others and GUM teach."""
    tables = index.load()
    texts = list(read_briefs(briefs, tables))
    parts = parts or len(briefs)
    part = {file.stem: n % parts for n, file in enumerate(briefs)}
    more = [e for text in read_gum(gum_file, tables) for e in examples(text)] if gum_file else []
    data = [(part[text.file], list(examples(text)), list(described(text))) for text in texts]
    pronouns, nouns = [], []
    for n in range(parts):
        others = [(own, nouns_too) for p, own, nouns_too in data if p != n]
        pronouns.append(fit([e for own, _ in others for e in own] + more, **PRONOUNS))
        nouns.append(fit([e for _, own in others for e in own], **DESCRIPTIONS))
    for threshold in THRESHOLDS:
        counted = Counter()
        for text in texts:
            text.begin_anew()
            counted.update(verdicts(text, pronouns[part[text.file]], threshold))
        sys.stdout.write(f"{threshold}: {curve(counted)}\n")
    for folder in dict.fromkeys(file.parent for file in briefs):
        own = {file.stem for file in briefs if file.parent == folder}
        counted = Counter()
        for text in (t for t in texts if t.file in own):
            counted.update(links(text, tables, pronouns[part[text.file]], nouns[part[text.file]]))
        sys.stdout.write(f"links of {folder}: {shown(counted)}\n")


def verdicts(text, network, threshold):
    """What comes of each pronoun that a brief tells of: its form, and right, wrong or open."""
    for phrase, best, _ in coreference.readings(text.found, threshold, network):
        link = text.links.get(phrase.token.start)
        if link is not None:
            verdict = "open" if best is None else "right" if is_meant(best, link, text.context) else "wrong"
            yield from ((ranking.form_of(phrase), verdict), ("all", verdict))


def links(text, tables, pronouns, nouns):
    """Kind and verdict of each link that a brief tells, as the briefs' own measures have it."""
    measures = gold.measures()
    document, sentences = text.context.document, text.context.sentences
    context = Context(document, sentences, tables)
    coreference.link(context, linking.link_names(context), pronouns, nouns)
    given = gold.mentions(collect(document, sentences, context.refs.values()))
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
    cli.add_argument("--briefs", type=Path, required=True, help="what the language model learnt on")
    cli.add_argument("--gum", type=Path, required=True)
    cli.add_argument("--out", type=Path, default=OUT)
    cli.add_argument("--parts", type=int, default=0, help="how many folds; by default each file is one")
    given = cli.parse_args()
    files = all_files(given.briefs)
    if given.command == "train":
        train(files, given.out, given.gum)
    else:
        folds(files, given.gum, given.parts)


if __name__ == "__main__":
    main()
