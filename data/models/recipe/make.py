#!/usr/bin/env python3
"""Make the language models again from their corpora.

usage: make.py --treebanks DIR --re3d DIR --raw DIR [--uner FILE] [--briefs DIR...] [--work DIR]
               --out DIR [STEP...]

Steps, skipped where their result is there already:
convert   treebanks and re3d to records
vectors   static word vectors distilled from the MiniLM encoder
roles     who does an act, to whom, and whom a pronoun means, in the briefs as kg reads them
prepare   records, names, briefs and raw text to the arrays that the encoders are trained on
ensemble  several seeds of a large encoder with all heads; their mean labels everything; a small encoder is
          taught by it (`ensemble.py all`: minutes on a GPU; else a MiniLM is its own teacher, for hours)
careful   the small encoder as a pipeline that onnxruntime runs, to OUT's neighbour en_geopol_news_trf
upper     its upper part, taught events and roles over whole texts by gold and the ensemble's labels
tune      the upper part goes on on our texts in `halves/`, and a model for each half that learnt on the other
          (WORK/tune/0 and 1: name that folder in KG_READERS for the smaller networks)
relabel   the ensemble's labels to records, gold kept
distil    train both halves of the small model on them: the parser with the sentence starts, and names,
          morphology and tags
assemble  both halves and a rule lemmatizer to one pipeline in OUT
"""

import argparse
from pathlib import Path

from convert import convert
from treebank import read_records

HERE = Path(__file__).parent
STEPS = (
    "convert",
    "vectors",
    "roles",
    "prepare",
    "ensemble",
    "relabel",
    "distil",
    "assemble",
    "careful",
    "upper",
    "tune",
)
# How often a pass over the data takes each text: news more often, little gold more often than much raw text.
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
    "brief": 1,
    "own": 0.5,
    "raw": 0.5,
}
# Updates of so many words each, at a rate that rises to its peak and falls to zero.
HALVES = {
    "trees": {"steps": 14000, "words": 800, "peak": 2e-3, "dropout": 0.1, "warmup": 250},
    "words": {"steps": 8000, "words": 800, "peak": 2.5e-3, "dropout": 0.08, "warmup": 150},
}


def weight_of(name, weights):
    """Weight of "train-gum-news": the longest key that begins it."""
    name = name.removeprefix("train-")
    return weights[max((key for key in weights if name.startswith(key)), key=len)]


def training_data(folder, weights):
    """[(records, weight)] of the training files in a folder."""
    return [
        (read_records(path), weight_of(path.stem, weights)) for path in sorted(folder.glob("train-*.jsonl"))
    ]


def dev_sets(records):
    """Dev sets by name."""
    return {
        path.stem.removeprefix("dev-"): read_records(path) for path in sorted(records.glob("dev-*.jsonl"))
    }


def distill_vectors(args):
    """Static vectors from the pretrained encoder."""
    from encoders import minilm
    from vectors import running_text, save_vectors

    if not (args.work / "vectors").exists():
        save_vectors(
            minilm(args.work / "minilm"),
            *running_text(args.work / "records", args.raw),
            args.work / "vectors",
        )


def go_on(nlp, sources, args, name, plan):
    """Train from the last checkpoint to the end of a plan."""
    from train import last_step, step_of, train

    out, dev = args.work / name, dev_sets(args.work / "records")
    train(nlp, sources, dev, out, seed=0, save_every=500, begin_step=step_of(last_step(out)), **plan)


def prepare_arrays(args):
    """Words, pieces and annotations for the encoders; the model that stands in OUT helps to place briefs."""
    from encoders import minilm
    from prepare import prepare

    if (args.work / "data" / "words.jsonl").exists():
        return
    given = argparse.Namespace(
        raw=args.raw, uner=args.uner, briefs=args.briefs, tagger=args.out, most=2_000_000
    )
    given.roles = [args.work / "roles.json"]
    given.records, given.out = args.work / "records", args.work / "data"
    given.vocabulary = minilm(args.work / "minilm") / "vocab.txt"
    prepare(given)


def mark_roles(args):
    """Roles in the briefs, read with the model that stands beside OUT."""
    import subprocess
    import sys

    args.work.mkdir(parents=True, exist_ok=True)
    out, files = (
        args.work / "roles.json",
        [f for folder in args.briefs for f in sorted(folder.glob("*.toml"))],
    )
    if not out.exists():
        subprocess.run([sys.executable, str(HERE / "roles.py"), str(out), *map(str, files)], check=True)


def run_ensemble(args):
    """Teachers, their labels, and the student: in processes of their own, side by side on a GPU."""
    import subprocess
    import sys

    import torch
    from encoders import minilm, mpnet

    gpu = torch.cuda.is_available()
    student = minilm(args.work / "minilm")
    teacher = mpnet(args.work / "mpnet") if gpu else student
    folders = {
        "data": args.work / "data",
        "encoder": teacher,
        "student": student,
        "out": args.work / "ensemble",
    }
    seconds = {"seeds": 3, "seconds": 170, "student-seconds": 400} if gpu else {"seeds": 1, "seconds": 6000}
    given = [x for k, v in {**folders, **seconds}.items() for x in (f"--{k}", str(v))]
    subprocess.run([sys.executable, str(HERE / "ensemble.py"), "all", *given], check=True)


def relabel_texts(args):
    """The labels as records."""
    from relabel import relabel

    if not (args.work / "labels" / "done").exists():
        labels = args.work / "ensemble" / "labels.npz"
        relabel(args.work / "data", labels, args.work / "records", args.work / "labels")
        (args.work / "labels" / "done").touch()


def distil_half(args, half):
    """Train one half on gold and labels; seeded, and resumed where it stopped."""
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
    """The student as a pipeline: its graph with weights in eight bits, and the lemmatizer's tables."""
    import spacy
    from card import keep_label_strings, write_model
    from encoders import minilm
    from export import joint_of, read_weights, shrink, to_onnx
    from lemmas import add_lemmatizer
    from small import add_small_words
    from steps import counted
    from tokens import set_rules

    import kg.parsing.careful  # noqa: F401 (makes the component known)

    folder, vocab = minilm(args.work / "minilm"), names_of_classes(args)
    model = joint_of(read_weights(args.work / "ensemble" / "student-6.pt"), folder / "config.json", vocab)
    to_onnx(model, args.work / "careful-wide.onnx")
    shrink(args.work / "careful-wide.onnx", args.work / "careful.onnx")
    nlp = set_rules(spacy.blank("en"))
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    component = nlp.add_pipe("kg_careful", name="parser")
    steps = counted(args.work / "records", args.uner)
    component.set_up((args.work / "careful.onnx").read_bytes(), vocab, steps, pieces)
    add_lemmatizer(nlp, args.work / "records", lemma_words(args))
    add_small_words(nlp, labelled_texts(args))
    out = args.out.with_name("en_geopol_news_trf")
    write_model(nlp, out)
    keep_label_strings(nlp, out)


def teach_upper(args):
    """The upper part of the careful model, on a GPU in minutes; it goes on from its last checkpoint."""
    import subprocess
    import sys

    import torch

    out, model = args.work / "upper", args.out.with_name("en_geopol_news_trf")
    out.mkdir(parents=True, exist_ok=True)
    seconds = "400" if torch.cuda.is_available() else "6000"
    begin, run = out / "begin.pt", [sys.executable, str(HERE / "upper.py")]
    soft = args.work / "ensemble" / "soft.npz"
    where = ["--begin", str(begin), "--data", str(args.work / "data"), "--out", str(out)]
    subprocess.run([*run, "begin", "--model", str(model), "--begin", str(begin)], check=True)
    subprocess.run([*run, "train", *where, "--soft", str(soft), "--seconds", seconds], check=True)
    weights = ["--weights", str(out / "upper-0.pt"), "--model", str(model), "--out", str(out)]
    subprocess.run([*run, "export", *weights], check=True)


def tune_upper(args):
    """The upper part taught on by the texts in halves, and by each half of them."""
    import shutil
    import subprocess
    import sys

    from placing import in_halves

    out, model = args.work / "tune", args.out.with_name("en_geopol_news_trf")
    out.mkdir(parents=True, exist_ok=True)
    roles, files = out / "roles.json", in_halves()
    if not roles.exists():
        subprocess.run([sys.executable, str(HERE / "roles.py"), str(roles), *map(str, files)], check=True)
    run = [sys.executable, str(HERE / "upper.py"), "tune", "--model", str(model), "--roles", str(roles)]
    for half in ("0", "1", None):
        which = ["--half", half] if half else []
        subprocess.run([*run, "--out", str(out), *which], check=True)
    shutil.copyfile(out / "all" / "parser" / "upper.onnx", model / "parser" / "upper.onnx")


def names_of_classes(args):
    """The classes of each head."""
    import json

    return json.loads((args.work / "data" / "docs.json").read_text(encoding="utf-8"))["vocab"]


def main():
    """Run the steps."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("steps", nargs="*", default=STEPS)
    for name in ("treebanks", "re3d", "raw", "out"):
        cli.add_argument(f"--{name}", type=Path, required=True)
    cli.add_argument("--uner", type=Path)
    cli.add_argument("--briefs", type=Path, nargs="*", default=[], help="folders of annotated texts")
    cli.add_argument("--work", type=Path, default=Path("build/model"))
    cli.add_argument("--halves", nargs="+", choices=HALVES, default=list(HALVES), help="for `distil`")
    args = cli.parse_args()
    actions = {
        "convert": lambda: convert(args.treebanks, args.re3d, args.work / "records"),
        "vectors": lambda: distill_vectors(args),
        "roles": lambda: mark_roles(args),
        "prepare": lambda: prepare_arrays(args),
        "ensemble": lambda: run_ensemble(args),
        "relabel": lambda: relabel_texts(args),
        "distil": lambda: [distil_half(args, half) for half in args.halves],
        "careful": lambda: careful(args),
        "upper": lambda: teach_upper(args),
        "tune": lambda: tune_upper(args),
        "assemble": lambda: assemble(args),
    }
    for step in args.steps:
        actions[step]()


if __name__ == "__main__":
    main()
