#!/usr/bin/env python3
"""Fine-tune a large encoder with several seeds, let their mean label the texts, teach a small encoder.

usage: ensemble.py all --data DIR --encoder DIR --student DIR --out DIR [--seconds S] [--student-seconds S]
       ensemble.py teach|label|study … (the steps that `all` runs, each a process of its own)

DATA as `prepare.py` writes it. ENCODER is an MPNet (or a BERT), STUDENT a BERT, each a folder with
config.json and weights.pt. On a GPU a seed takes some minutes and all seeds train at a time; on a CPU take a
MiniLM for both, one seed, and hours. Given again, it goes on from the last checkpoint (every five minutes).
OUT gets the labels and the student's weights.
"""

import argparse
import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import joint
import numpy as np
import torch
from joint import ROLES, STATE, TOP, Joint, Texts, annotate, encoder_of, held_brief, scores, train

LABELS = ("heads", "starts", "sure", "deps", "tags", "pos", "morphs", "ents", "types")


def pool_of(texts, workers):
    """Workers that see the texts."""
    STATE["texts"] = texts
    return multiprocessing.get_context("fork").Pool(workers)


def sizes(texts):
    """How many classes each head has."""
    return {k: len(v) for k, v in texts.vocab.items()}


def learnt(texts, all_briefs=False, kinds=("train", "brief", "own")):
    """Numbers of the documents that are trained on."""
    return [
        i
        for i, d in enumerate(texts.docs)
        if d["name"].startswith(kinds) and (all_briefs or not held_brief(d["name"]))
    ]


def plan_of(args, seconds, small):
    """How a model is trained."""
    gpu = args.device == "cuda"
    words = (4000 if small else 3000) if gpu else 1600
    rates = (
        ((3e-4 if args.layers <= 6 else 2e-4, 1e-3) if small else (6e-5, 8e-4)) if gpu else (2.5e-4, 1.2e-3)
    )
    return {"seconds": seconds, "seed": args.seed, "device": args.device, "words": words, "rates": rates}


def teach(args):
    """Train one seed of the large encoder."""
    texts = Texts(args.data)
    pool = pool_of(texts, args.workers)
    torch.manual_seed(args.seed)
    model = Joint(encoder_of(args.encoder, tiny=args.tiny), sizes(texts)).to(args.device)
    docs = learnt(texts)[:: 40 if args.tiny else 1]
    plan = plan_of(args, args.seconds, small=model.size < 768)
    train(model, texts, docs, plan, pool, args.out / f"seed-{args.seed}.checkpoint")
    torch.save(model.state_dict(), args.out / f"seed-{args.seed}.part")
    (args.out / f"seed-{args.seed}.part").replace(args.out / f"seed-{args.seed}.pt")


def teachers(args, texts):
    """The seeds that are there."""
    models = []
    for path in sorted(args.out.glob("seed-*.pt")):
        model = Joint(encoder_of(args.encoder, tiny=args.tiny), sizes(texts)).to(args.device)
        model.load_state_dict(torch.load(path, map_location=args.device, weights_only=True))
        models.append(model.eval())
    return models


def label(args):
    """The seeds' mean, scored, then on everything to train on: to soft.npz, and hard to labels.npz."""
    begun = time.time()
    texts = Texts(args.data)
    pool = pool_of(texts, args.workers)
    models = teachers(args, texts)
    scores(models, texts, args.device, pool)
    print(f"scored after {time.time() - begun:.0f} s", flush=True)
    order = learnt(texts, all_briefs=True) + learnt(texts, kinds=("raw",))
    if args.tiny:
        order = order[:30] + order[-10:]
    n = len(texts.columns["shape"])
    soft = {"sent": np.full(n, -1, np.int8), "sent_p": np.zeros(n, np.float16)}
    for key, top in TOP.items():
        soft[key] = np.zeros((n, top), np.int16)
        soft[key + "_p"] = np.zeros((n, top), np.float16)
    hard = {"heads": np.full(n, joint.OPEN, np.int16), "sure": np.zeros(n, np.uint8)}
    hard |= {k: np.full(n, 255, np.uint8) for k in LABELS if k not in hard}
    hard["morphs"] = hard["morphs"].astype(np.int16)
    done = 0
    deadline = begun + args.seconds
    for _, s, e, p in annotate(models, texts, order, args.device, pool, deadline=deadline):
        done += e - s
        for role in ROLES:
            soft[role][s:e], soft[role + "_p"][s:e] = role_of(p, role, texts.vocab)
        soft["sent"][s:e], soft["sent_p"][s:e] = p["starts"], p["start_p"]
        relative = np.where(p["arc"] == 0, 0, p["arc"] - 1 - np.arange(e - s)[:, None])
        soft["arc"][s:e], soft["arc_p"][s:e] = relative, p["arc_p"]
        for key in TOP:
            if key != "arc" and key not in ROLES:
                width = p[key].shape[1]
                soft[key][s:e, :width], soft[key + "_p"][s:e, :width] = p[key], p[key + "_p"]
        hard["heads"][s:e] = np.where(p["heads"] == 0, 0, p["heads"] - 1 - np.arange(e - s))
        hard["starts"][s:e], hard["sure"][s:e] = p["starts"], np.round(p["sure"] * 200)
        for key in ("deps", "tags", "pos", "morphs", "ents", "types"):
            hard[key][s:e] = p[key][:, 0]
    np.savez(args.out / "soft.npz", **soft)
    np.savez_compressed(args.out / "labels.npz", **hard)
    print(f"labelled {done} words, {time.time() - begun:.0f} s", flush=True)


def role_of(p, role, vocab):
    """What the ensemble says of a role, where it means something: of acts, verbs or pronouns. A target is
    told by its distance, nobody by 0, and whoever is outside by OPEN."""
    top, share = p[role].astype(np.int64), p[role + "_p"].copy()
    place = np.arange(len(top))[:, None]
    told = np.where(top >= 2, top - 2 - place, np.where(top == joint.OUTSIDE, joint.OPEN, 0))
    share[(top - 2) == place] = 0
    if role in ("doer", "target"):
        none = ((p["types"] == 0) * p["types_p"]).sum(1)
        share[none > 0.7] = 0
    else:
        share[p["pos"][:, 0] != vocab["pos"].index("VERB" if role == "holder" else "PRON")] = 0
    width = TOP[role] - told.shape[1]
    return np.pad(told, ((0, 0), (0, width))), np.pad(share, ((0, 0), (0, width)))


def labelled(texts, i):
    """Whether the ensemble reached a document."""
    d = texts.docs[i]
    return texts.soft is not None and (texts.soft["sent"][d["start"] : d["end"]] >= 0).all()


def study(args):
    """Train the small encoder on gold and labels; scored, then with all briefs."""
    begun = time.time()
    soft = args.out / "soft.npz"
    texts = Texts(args.data, soft if soft.exists() else None)
    pool = pool_of(texts, args.workers)
    torch.manual_seed(args.seed)
    model = Joint(encoder_of(args.student, args.layers, args.tiny), sizes(texts)).to(args.device)
    if args.begin:
        model.load_state_dict(torch.load(args.begin, map_location=args.device, weights_only=True))
    raw = [i for i in learnt(texts, kinds=("raw",)) if labelled(texts, i)]
    docs = learnt(texts)
    if args.tiny:
        docs = docs[::40]
    plan = plan_of(args, args.seconds - (time.time() - begun), small=True)
    name = f"student-{args.layers}"
    train(model, texts, docs + raw, plan, pool, args.out / f"{name}.checkpoint")
    keep(model, args.out / f"{name}-dev.pt")
    scores([model], texts, args.device, pool)
    print(f"scored after {time.time() - begun:.0f} s", flush=True)
    plan |= {"seconds": args.polish, "rates": tuple(0.2 * r for r in plan["rates"])}
    docs = learnt(texts, all_briefs=True)[:: 40 if args.tiny else 1]
    random_raw = raw[:: max(1, len(raw) // 1500)]
    train(model, texts, docs + random_raw, plan, pool)
    keep(model, args.out / f"{name}.pt")
    print("with all briefs", flush=True)
    scores([model], texts, args.device, pool)


def keep(model, path):
    """Write weights in half precision, whole or not at all."""
    state = {k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def run_all(args):
    """Each step as processes of their own; on a GPU the seeds, and both students, at a time."""
    begun = time.time()
    gpu = args.device == "cuda"
    common = "--data --encoder --student --out --workers --polish --layers".split()
    given = [x for k in common for x in (k, str(getattr(args, k[2:])))] + (["--tiny"] if args.tiny else [])

    def start(step, *more):
        name = "-".join([step, *more]).replace("--", "")
        command = [sys.executable, __file__, step, *given, *more]
        with open(args.out / f"log-{name}.txt", "a", encoding="utf-8") as log:
            return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def several(jobs):
        for job in jobs:
            running = start(*job)
            if not gpu:
                running.wait()
            else:
                waiting.append(running)
        for running in waiting:
            running.wait()
        waiting.clear()

    waiting = []
    seeds = [k for k in range(args.seeds) if not (args.out / f"seed-{k}.pt").exists()]
    several([("teach", "--seed", str(k), "--seconds", str(args.seconds)) for k in seeds])
    print(f"taught, {time.time() - begun:.0f} s", flush=True)
    if not (args.out / "soft.npz").exists():
        several([("label", "--seconds", str(args.label_seconds))])
    print(f"labelled, {time.time() - begun:.0f} s", flush=True)
    seconds = args.student_seconds
    if args.until:
        seconds = args.until - (time.time() - begun) - args.polish - 25
    depths = [n for n in args.depths if not (args.out / f"student-{n}.pt").exists()]
    several([("study", "--layers", str(n), "--seconds", str(round(seconds))) for n in depths])
    print(f"studied, {time.time() - begun:.0f} s", flush=True)
    for path in sorted(args.out.glob("log-*.txt")):
        print(path.name, path.read_text(encoding="utf-8")[-4000:], sep="\n", flush=True)


def main():
    """Read the arguments and run a step."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("step", choices=("all", "teach", "label", "study"))
    for name in ("data", "encoder", "student", "out"):
        cli.add_argument(f"--{name}", type=Path, required=True)
    for name, value in {"seed": 0, "seeds": 3, "layers": 6, "workers": 4}.items():
        cli.add_argument(f"--{name}", type=int, default=value)
    for name, value in {"seconds": 6000, "label-seconds": 1e9, "student-seconds": 6000, "polish": 25}.items():
        cli.add_argument(f"--{name}", type=float, default=value)
    cli.add_argument("--until", type=float, help="seconds for all of it: what is left goes to the students")
    cli.add_argument("--depths", type=int, nargs="+", default=[6])
    cli.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    cli.add_argument("--begin", type=Path, help="weights of a student to go on from")
    cli.add_argument("--tiny", action="store_true", help="a try in a minute")
    args = cli.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_float32_matmul_precision("high")
    {"all": run_all, "teach": teach, "label": label, "study": study}[args.step](args)


if __name__ == "__main__":
    main()
