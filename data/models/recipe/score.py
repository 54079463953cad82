#!/usr/bin/env python3
"""Score a pipeline on treebanks, on names in re3d texts, and its speed against a plain one.

usage: score.py MODEL [--trees TREEBANK.conllu ...] [--names TEXTS.jsonl ...] [--speed TREEBANK.conllu]

Trees: gold words, eight sentences at a time, predicted sentences; words that are not punctuation; lemmas
without case; F of sentence starts.
Names: a name counts as found when a predicted one overlaps it, and the other way round; gold are
persons, organisations, places and nationalities with a capital letter.
Speed: words per second of processor time in `nlp.pipe`, one process, the best of three, and the ratio to
a pipeline with hash embeddings, a convolution of width 128 and depth 4, tagger, morphologizer, edit-tree
lemmatizer and parser (`plain.cfg`), timed in turn with it.
"""

import argparse
import json
import time
from pathlib import Path

import spacy
from chunks import cut, to_doc
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from treebank import conllu_records

GOLD_NAMES = {"Person", "Organisation", "Location", "Nationality"}


def groups(path, vocab, size):
    """Gold documents of `size` sentences, joined over document boundaries."""
    sentences = []
    for _, record in conllu_records(path):
        ends = [*record["sents"][1:], len(record["words"])]
        sentences += [cut(record, start, end) for start, end in zip(record["sents"], ends, strict=True)]
    return [
        to_doc(vocab, [t for sentence in sentences[i : i + size] for t in sentence])
        for i in range(0, len(sentences), size)
    ]


def bare(doc):
    """Only the words of a document."""
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])


def score_trees(nlp, path, size=8):
    """UAS, LAS, tag, lemma and sentence F on a CoNLL-U file."""
    gold = groups(path, nlp.vocab, size)
    predicted = list(nlp.pipe([bare(doc) for doc in gold], batch_size=64))
    hits = dict.fromkeys(("uas", "las", "tag", "lemma"), 0)
    total = 0
    for guess, truth in zip(predicted, gold, strict=True):
        for a, b in zip(guess, truth, strict=True):
            if b.dep_ == "punct":
                continue
            total += 1
            attached = a.head.i == b.head.i
            hits["uas"] += attached
            hits["las"] += attached and a.dep_.lower() == b.dep_.lower()
            hits["tag"] += a.tag_ == b.tag_
            hits["lemma"] += a.lemma_.lower() == b.lemma_.lower()
    scores = {key: hit / total for key, hit in hits.items()}
    examples = [Example(a, b) for a, b in zip(predicted, gold, strict=True)]
    sentences = Scorer.score_spans(
        examples, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START")
    )
    return {**scores, "sents_f": sentences["sents_f"]}


def overlap(spans, others):
    """How many of the spans touch one of the others."""
    return sum(any(a < d and c < b for c, d in others) for a, b in spans)


def score_names(nlp, paths):
    """Precision, recall and F by overlap on re3d texts."""
    found = gold_total = right = guessed = 0
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            gold = [
                (e["begin"], e["end"])
                for e in entry["entities"]
                if e["type"] in GOLD_NAMES and any(c.isupper() for c in e["value"])
            ]
            guess = [(e.start_char, e.end_char) for e in nlp(entry["text"]).ents]
            found, gold_total = found + overlap(gold, guess), gold_total + len(gold)
            right, guessed = right + overlap(guess, gold), guessed + len(guess)
    precision, recall = right / max(1, guessed), found / max(1, gold_total)
    return {"p": precision, "r": recall, "f": 2 * precision * recall / max(1e-9, precision + recall)}


def words_per_second(nlp, docs):
    """Speed of one pass."""
    fresh = [bare(doc) for doc in docs]
    start = time.process_time()
    for _ in nlp.pipe(fresh, batch_size=64):
        pass
    return sum(map(len, docs)) / (time.process_time() - start)


def plain_pipeline(gold, updates=40):
    """The pipeline to compare with, trained just enough to behave like one."""
    nlp = load_model_from_config(load_config(Path(__file__).parent / "plain.cfg"), auto_fill=True)
    examples = [Example(bare(doc), doc) for doc in (to_own_vocab(nlp, doc) for doc in gold)]
    optimizer = nlp.initialize(lambda: examples)
    for start in range(updates):
        nlp.update(examples[start % len(examples) :][:4], sgd=optimizer)
    return nlp


def to_own_vocab(nlp, doc):
    """The same document with another pipeline's vocabulary."""
    return Doc(nlp.vocab).from_bytes(doc.to_bytes())


def score_speed(nlp, path):
    """Words per second and the ratio to the plain pipeline."""
    gold = groups(path, nlp.vocab, 8)
    plain = plain_pipeline(gold)
    gold = gold[:100]
    theirs_gold = [to_own_vocab(plain, doc) for doc in gold]
    ours, theirs = [], []
    for _ in range(3):
        ours.append(words_per_second(nlp, gold))
        theirs.append(words_per_second(plain, theirs_gold))
    return {"words_per_second": max(ours), "plain": max(theirs), "ratio": max(ours) / max(theirs)}


def main():
    """Score what the command line names."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("model")
    cli.add_argument("--trees", type=Path, nargs="*", default=[])
    cli.add_argument("--names", type=Path, nargs="*", default=[])
    cli.add_argument("--speed", type=Path)
    args = cli.parse_args()
    nlp = spacy.load(args.model)
    for path in args.trees:
        show(path.name, score_trees(nlp, path))
    if args.names:
        show("names", score_names(nlp, args.names))
    if args.speed:
        show("speed", score_speed(nlp, args.speed))


def show(name, figures):
    """One line."""
    print(name, "  ".join(f"{key} {value:.3f}" for key, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
