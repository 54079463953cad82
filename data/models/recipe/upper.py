#!/usr/bin/env python3
"""The careful model's upper part: reads what is told of whom over a whole text, above the layers that the
language model shares with it.

usage: upper.py begin --model FOLDER --begin FILE
       upper.py train --begin FILE --data DIR --soft FILE --out DIR [--seconds S]
       upper.py export --weights FILE ... --model FOLDER --out DIR
       upper.py tune --model FOLDER --roles FILE --out DIR [--half 0|1]

The two lowest layers of the language model (FOLDER, en_geopol_news_trf) read each paragraph and stay as they
are, so that trees and names do too. Copies of the other four learn on over all paragraphs of a text at once:
events, statements and roles (who does an act, to whom, whose words these are, whom a pronoun means). DATA as
`prepare.py` writes it, SOFT what `ensemble.py label` wrote, BEGIN the weights to go on from. `export` writes
FOLDER/parser/upper.onnx.

`tune` goes on from the upper part in FOLDER with the texts in `halves/` and `later/` alone, in an hour on a
CPU; FILE is what `roles.py` wrote of them, and OUT/data keeps them as arrays. With `--half` it learns on the
other half of them and writes OUT/0 or OUT/1, a model to read this half with: of texts that a model learnt on
it knows more than it will of any other. Without it, it learns on both: OUT/all.
"""

import argparse
import itertools
import json
import random
import shutil
import sys
import time
from pathlib import Path

import joint
import numpy as np
import torch
from ensemble import keep, labelled, learnt, pool_of, sizes
from export import SHARED
from joint import EVENT, ROLES, STATE, Biaffine, Texts, batch, count_events, f_of, held_brief, loss_of_acts
from torch import nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

HEADS, PARAGRAPHS = 12, 64
RATES, WORDS = (1.5e-4, 8e-4), 6000
# Of `tune`: rates, words a step, passes, how much of the mean of the steps' weights stays at each, and how
# much of the new weights goes into the result.
TUNE_RATES, TUNE_WORDS, PASSES, STAYS, SHARE = (1.2e-4, 4e-4), 1500, 4, 0.98, 0.85
DENSE = {
    "attention/self/query": "query",
    "attention/self/key": "key",
    "attention/self/value": "value",
    "attention/output/dense": "out",
    "intermediate/dense": "wide",
    "output/dense": "narrow",
}
NORMS = {"attention/output/LayerNorm": "norm_attention", "output/LayerNorm": "norm"}


class Layer(nn.Module):
    """One of BERT's layers."""

    def __init__(self, size):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.wide, self.narrow = nn.Linear(size, 4 * size), nn.Linear(4 * size, size)
        self.norm_attention, self.norm = (nn.LayerNorm(size, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(0.1)

    def forward(self, x, shut):
        """[B, L, D]; `shut` [B, 1, 1, L] is very low where nothing stands."""
        size, length, width = x.shape
        split = lambda h: h.reshape(size, length, HEADS, width // HEADS).transpose(1, 2)  # noqa: E731
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        share = (q @ k.transpose(2, 3) / (width // HEADS) ** 0.5 + shut).softmax(-1)
        seen = (share @ v).transpose(1, 2).reshape(size, length, width)
        x = self.norm_attention(x + self.drop(self.out(seen)))
        return self.norm(x + self.drop(self.narrow(F.gelu(self.wide(x)))))


class Lower(nn.Module):
    """The language model's pieces and its lowest layers: as they are, never trained here."""

    def __init__(self, given):
        super().__init__()
        self.rows, self.scale = given["rows"], given["scale"]
        self.case, self.kind = given["case"], given["kind"]
        self.place = given["place"]
        size = self.case.shape[1]
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size) for _ in range(SHARED))
        self.load_state_dict({k.removeprefix("lower."): v for k, v in given.items() if "lower." in k})
        self.requires_grad_(False).eval()

    def to(self, device):
        """Its tables too."""
        for name in ("rows", "scale", "case", "kind", "place"):
            setattr(self, name, getattr(self, name).to(device))
        return super().to(device)

    @torch.no_grad()
    def forward(self, ids, case):
        """[P, L, D] of paragraphs of pieces; id 0 is nothing."""
        x = self.rows[ids].float() * self.scale[ids] + self.case[case]
        x = self.norm(x + self.kind + self.place[: ids.shape[1]])
        shut = torch.where(ids != 0, 0.0, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, shut)
        return x


class Upper(nn.Module):
    """The layers above, over all paragraphs of a text, with the heads."""

    def __init__(self, given, classes, depth=4, size=384):
        super().__init__()
        self.size = size
        self.layers = nn.ModuleList(Layer(size) for _ in range(depth))
        self.par = nn.Embedding(PARAGRAPHS, size)
        nn.init.zeros_(self.par.weight)
        self.mix = nn.Parameter(torch.zeros(depth + 1))
        self.mix_scale = nn.Parameter(torch.ones(1))
        self.shape = nn.Embedding(6, size)
        self.near = nn.Linear(3 * size, size)
        self.norm = nn.LayerNorm(size)
        self.nobody = nn.Parameter(torch.zeros(len(ROLES), 2, size))
        self.drop = nn.Dropout(0.1)
        self.role = nn.ModuleDict({role: Biaffine(size, 192, 1) for role in ROLES})
        self.deed = nn.Sequential(nn.Linear(size, 256), nn.GELU(), nn.Dropout(0.2))
        self.event = nn.ModuleDict({c: nn.Linear(256, classes[c]) for c in EVENT})
        nn.init.normal_(self.nobody, std=0.02)
        told = self.load_state_dict(
            {k.removeprefix("upper."): v for k, v in given.items() if k.startswith("upper.")}, strict=False
        )
        assert not told.unexpected_keys, told.unexpected_keys

    def pretrained(self):
        """What learns slowly."""
        return list(self.layers.parameters())

    def forward(self, lower, par, shut, pool, shape):
        """Scores of every head from pieces [B, L, D], their paragraphs [B, L] and `shut`, and the matrix
        [B, W, L] that makes words of them."""
        x = lower + self.par(par)
        seen = [x]
        for layer in self.layers:
            seen.append(layer(seen[-1], shut))
        mixed = sum(w * h for w, h in zip(self.mix.softmax(0), seen, strict=True)) * self.mix_scale
        words = pool @ mixed + self.shape(shape)
        blank = torch.zeros_like(words[:, :1])
        beside = [torch.cat([blank, words[:, :-1]], 1), words, torch.cat([words[:, 1:], blank], 1)]
        words = self.drop(self.norm(words + self.near(torch.cat(beside, -1))))
        deed = self.deed(words)
        out = {c: f(deed) for c, f in self.event.items()}
        for nobody, (role, scores) in zip(self.nobody, self.role.items(), strict=True):
            places = torch.cat([nobody.expand(len(words), 2, self.size).to(words.dtype), words], 1)
            out[role] = scores(words, places)
        return out


class Both(nn.Module):
    """Both parts, on the arrays of `batch`."""

    def __init__(self, lower, upper):
        super().__init__()
        self.lower, self.upper = lower, upper

    def parameters(self, recurse=True):
        """Those of the upper part: the lower one stays."""
        return self.upper.parameters(recurse)

    def pretrained(self):
        """What learns slowly."""
        return self.upper.pretrained()

    def forward(self, x):
        """All scores of some runs."""
        lower = self.lower(x["par_ids"], x["par_case"])
        at = x["at"]
        h = lower.flatten(0, 1)[at.clamp(min=0)]
        shut = torch.where(at >= 0, 0.0, -1e4)[:, None, None]
        width = x["mask"].shape[1]
        pool = F.one_hot(x["run_word"].clamp(min=-1) + 1, width + 1)[..., 1:].transpose(1, 2).float()
        pool = pool / pool.sum(-1, keepdim=True).clamp(min=1)
        return self.upper(h, x["par"], shut, pool, x["shape"])


def with_paragraphs(texts, x, runs, rng):
    """The arrays of a batch with its paragraphs beside: each a row of its own, and where its pieces stand in
    the run. Where a text has none, sentences are cut off at random in training."""
    c = texts.columns
    rows, layout = [], []
    for b, (d, s, e) in enumerate(runs):
        doc, cuts = texts.docs[d], []
        if "pars" in doc:
            cuts = [doc["start"] + p for p in doc["pars"]]
        elif rng is not None and rng.random() < 0.5:
            cuts = [s + int(i) for i in np.flatnonzero(c["cut"][s:e]) if rng.random() < 0.3]
        bounds = sorted({s, e, *(p for p in cuts if s < p < e)})
        layout.append([])
        for n, (p, q) in enumerate(itertools.pairwise(bounds)):
            flat = c["ids"][int(texts.piece_at[p]) : int(texts.piece_at[q])]
            word = np.repeat(np.arange(p - s, q - s), c["count"][p:q])
            layout[-1].append((len(rows), word, min(n, PARAGRAPHS - 1)))
            rows.append((np.array([101, *flat, 102]), np.array([6, *x["shape"][b][word], 6])))
    long = max(len(ids) for ids, _ in rows)
    x["par_ids"], x["par_case"] = np.zeros((len(rows), long), np.int64), np.full((len(rows), long), 6)
    for i, (ids, case) in enumerate(rows):
        x["par_ids"][i, : len(ids)], x["par_case"][i, : len(ids)] = ids, case
    wide = max(sum(len(word) + 2 for _, word, _ in parts) for parts in layout)
    for key, blank in (("at", -1), ("run_word", -1), ("par", 0)):
        x[key] = np.full((len(runs), wide), blank, np.int64)
    for b, parts in enumerate(layout):
        begin = 0
        for row, word, n in parts:
            end = begin + len(word) + 2
            x["at"][b, begin:end] = row * long + np.arange(end - begin)
            x["run_word"][b, begin + 1 : end - 1], x["par"][b, begin:end] = word, n
            begin = end
    return x


def make(job):
    """The arrays of a job, in a worker."""
    rng = random.Random(job[0]) if job[0] is not None else None
    return with_paragraphs(STATE["texts"], batch(STATE["texts"], job[1], rng), job[1], rng)


def loss_of(model, x):
    """The loss of a batch."""
    return loss_of_acts(model(x), x)


@torch.no_grad()
def score(model, texts, docs, device):
    """Prints triggers and roles of whole texts."""
    model.eval()
    types, roles = [0, 0, 0, 0], {}
    rng = random.Random(0)
    for d in docs:
        for s, e in texts.runs(texts.docs[d], 400, 400, rng):
            run = [(d, s, e)]
            x = with_paragraphs(texts, batch(joint.Bare(texts), run), run, None)
            out = model(joint.tensors(x, device))
            p = {"types": out["types"][0].argmax(-1, keepdim=True).cpu().numpy()}
            p |= {r: out[r][0].float().argmax(-1, keepdim=True).cpu().numpy() for r in ROLES}
            count_events(types, roles, texts, d, s, e, p)
    told = [f"{role} {a}/{b}, where it is a word {c}/{d}" for role, (a, b, c, d) in sorted(roles.items())]
    print(
        f"triggers with type {types[:3]} F {f_of(*types[:3]):.3f} place {types[3]};",
        "; ".join(told),
        flush=True,
    )


def widened(path):
    """A graph, and its arrays by name, narrow ones in full precision too."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in raw:
            raw[node.output[0]] = raw[node.input[0]].astype(np.float32) * raw[node.input[1]]
    return graph, raw


def weights(path):
    """What stands in the language model's graph, in full precision: of the lower part and, to begin with, of
    the upper one."""
    graph, raw = widened(path)
    used = {n.name: [raw[i] for i in n.input if i in raw] for n in graph.node}
    found = {"rows": raw["table.rows"], "scale": raw["table.scale"], "case": raw["model.case.weight"]}
    found["place"] = raw["model.encoder.embeddings.position_embeddings.weight"]
    found["kind"] = raw["model.encoder.embeddings.token_type_embeddings.weight"][0]
    found |= {f"lower.norm.{k}": raw[f"model.encoder.embeddings.LayerNorm.{k}"] for k in ("weight", "bias")}
    for i in range(6):
        part = f"lower.layers.{i}" if i < SHARED else f"upper.layers.{i - SHARED}"
        for name, own in DENSE.items():
            found[f"{part}.{own}.weight"] = used[f"/encoder/encoder/layer.{i}/{name}/MatMul"][0].T
            found[f"{part}.{own}.bias"] = raw[
                f"model.encoder.encoder.layer.{i}.{name.replace('/', '.')}.bias"
            ]
        for name, own in NORMS.items():
            for k in ("weight", "bias"):
                told = f"model.encoder.encoder.layer.{i}.{name.replace('/', '.')}.{k}"
                found[f"{part}.{own}.{k}"] = raw[told]
    found["upper.near.weight"], found["upper.near.bias"] = used["/near/MatMul"][0].T, raw["near.bias"]
    found["upper.shape.weight"] = raw["model.shape.weight"]
    found |= {f"upper.norm.{k}": raw[f"model.norm.{k}"] for k in ("weight", "bias")}
    return {k: torch.as_tensor(np.array(v)) for k, v in found.items()}


def study(args):
    """Train without the texts that are held out, print scores, train on with them."""
    begun = time.time()
    soft = args.soft if args.soft and args.soft.exists() else None
    texts = Texts(args.data, soft)
    pool = pool_of(texts, args.workers)
    torch.manual_seed(args.seed)
    given = torch.load(args.begin, weights_only=True)
    model = Both(Lower(given), Upper(given, sizes(texts))).to(args.device)
    model.lower.to(args.device)
    raw = [i for i in learnt(texts, kinds=("raw",)) if labelled(texts, i)]
    docs = [i for i in learnt(texts) if texts.docs[i]["name"].startswith("brief") or labelled(texts, i)]
    held = [i for i, d in enumerate(texts.docs) if d["name"].startswith("brief") and held_brief(d["name"])]
    score(model, texts, held, args.device)
    plan = {"seconds": args.seconds - (time.time() - begun), "seed": args.seed, "device": args.device}
    plan |= {"words": args.words, "rates": RATES}
    joint.train(
        model, texts, docs + raw, plan, pool, args.out / f"upper-{args.seed}.checkpoint", make, loss_of
    )
    keep(model.upper, args.out / f"upper-{args.seed}-dev.pt")
    score(model, texts, held, args.device)
    plan |= {"seconds": args.polish, "rates": tuple(0.25 * r for r in RATES)}
    briefs = [i for i in learnt(texts, all_briefs=True) if texts.docs[i]["name"].startswith("brief")]
    joint.train(
        model.train(), texts, briefs + raw[:: max(1, len(raw) // 600)], plan, pool, None, make, loss_of
    )
    keep(model.upper, args.out / f"upper-{args.seed}.pt")


def shipped(path):
    """The weights in an upper part's graph, in full precision."""
    graph, raw = widened(path)
    found = {k.removeprefix("upper."): v for k, v in raw.items() if k.startswith("upper.")}
    for node in graph.node:
        where = node.name.split("/")[2:-1]
        if node.op_type == "MatMul" and node.input[1] in raw:
            key, matrix = _place(where), raw[node.input[1]]
            found[key] = matrix[None] if key.endswith(".w") else matrix.T
    shares = next(raw[n.input[0]] for n in graph.node if n.op_type == "Split" and n.input[0] in raw)
    return {k: torch.as_tensor(np.array(v)) for k, v in {**found, "mix": np.log(shares)}.items()}


def _place(where):
    """The name of the weight behind a node: ["layers.0", "query"], ["doer", "dep", "dep.0"], ["doer"] …"""
    if where[0] in ROLES:
        return f"role.{where[0]}.w" if len(where) == 1 else f"role.{where[0]}.{where[1]}.0.weight"
    if where[0] in EVENT:
        return f"event.{where[0]}.weight"
    return f"{where[-1] if where[0] == 'deed' else '.'.join(where)}.weight"


def own_texts(args, files):
    """The folder where texts of our own lie as arrays, with the classes and the pieces of FOLDER."""
    import spacy
    from briefs import records
    from prepare import arrays

    import kg.parsing.careful  # noqa: F401 (makes the component known)
    from kg.parsing.wordpiece import WordPieces

    folder, place = args.out / "data", args.model / "parser"
    if (folder / "docs.json").exists():
        return folder
    vocab = json.loads((place / "classes.json").read_text(encoding="utf-8"))
    pieces = WordPieces((place / "pieces.txt").read_text(encoding="utf-8").split("\n"))
    roles = json.loads(args.roles.read_text(encoding="utf-8"))
    read = records(files, spacy.load(args.model), roles)
    columns, docs = arrays([(r["name"], r) for r in read], pieces, vocab)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "data.npz", **columns)
    (folder / "docs.json").write_text(json.dumps({"vocab": vocab, "docs": docs}), encoding="utf-8")
    return folder


def tune(args):
    """Go on with the texts in halves, from the upper part in FOLDER."""
    from placing import half_of, in_halves

    texts, rng = Texts(own_texts(args, in_halves())), random.Random(args.seed)
    torch.manual_seed(args.seed)
    STATE["texts"] = texts
    place = args.model / "parser"
    begin = shipped(place / "upper.onnx")
    given = {k: v for k, v in weights(place / "model.onnx").items() if not k.startswith("upper.")}
    model = Both(Lower(given), Upper({f"upper.{k}": v for k, v in begin.items()}, sizes(texts)))
    files = {f"brief-{f.stem}": half_of(f) for f in in_halves()}
    held = [i for i, d in enumerate(texts.docs) if files.get(d["name"]) == args.half]
    docs = [i for i, d in enumerate(texts.docs) if d["name"] in files and i not in held]
    joint.WEIGHTS["brief"] = 1
    jobs = [job for _ in range(PASSES) for job in joint.batches(texts, docs, TUNE_WORDS, rng)]
    slow = {id(p) for p in model.pretrained()}
    fast = [p for p in model.parameters() if id(p) not in slow]
    groups = [{"params": p, "lr": r} for p, r in zip((model.pretrained(), fast), TUNE_RATES, strict=True)]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    mean = {k: v.clone() for k, v in model.upper.state_dict().items()}
    model.upper.train()
    for step, job in enumerate(jobs):
        for group, rate in zip(opt.param_groups, TUNE_RATES, strict=True):
            group["lr"] = rate * max(min((step + 1) / 30, 1) * (1 - step / len(jobs)), 1e-3)
        loss = loss_of(model, joint.tensors(make(job), "cpu"))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        opt.step()
        for k, v in model.upper.state_dict().items():
            mean[k].lerp_(v, 1 - min(STAYS, (step + 1) / (step + 10)))
        if step % 50 == 0:
            print(f"step {step} of {len(jobs)} loss {loss.item():.2f}", flush=True)
    mean = {k: begin[k].reshape(v.shape).lerp(v, SHARE) for k, v in mean.items()}
    model.upper.load_state_dict(mean)
    score(model, texts, held, "cpu")
    out = args.out / ("all" if args.half is None else str(args.half))
    shutil.copytree(args.model, out, dirs_exist_ok=True)
    write(mean, out, args.out)


def export(args):
    """Write FOLDER/parser/upper.onnx, and the new hash into FOLDER's card."""
    models = [torch.load(path, weights_only=True, map_location="cpu") for path in args.weights]
    write({k: sum(m[k].float() for m in models) / len(models) for k in models[0]}, args.model, args.out)


def write(found, model, out):
    """Write weights as a model's upper part, large matrices in eight bits; the wide graph goes to `out`."""
    from card import stamp
    from export import shrink

    place = model / "parser"
    classes = {k: len(v) for k, v in json.loads((place / "classes.json").read_text(encoding="utf-8")).items()}
    upper = Upper({f"upper.{k}": v for k, v in found.items()}, classes).eval()
    pieces, words = 24, 15
    pool = F.pad(torch.eye(words), (1, pieces - words - 1)).unsqueeze(0)
    given = (torch.randn(1, pieces, upper.size), torch.zeros(1, pieces, dtype=torch.long), pool)
    given = (*given, torch.zeros(1, words, dtype=torch.long))
    names = [*EVENT, *ROLES]
    axes = {"lower": {1: "S"}, "par": {1: "S"}, "pool": {1: "W", 2: "S"}, "shape": {1: "W"}}
    axes |= {name: {1: "W"} for name in EVENT} | {name: {1: "W", 2: "C"} for name in ROLES}
    wide = out / "upper-wide.onnx"
    torch.onnx.export(
        Alone(upper),
        given,
        str(wide),
        input_names=["lower", "par", "pool", "shape"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    shrink(wide, place / "upper.onnx")
    stamp(model)


class Alone(nn.Module):
    """The upper part for one text at a time."""

    def __init__(self, upper):
        super().__init__()
        self.upper = upper

    def forward(self, lower, par, pool, shape):
        """All heads' scores."""
        out = self.upper(lower, par, torch.zeros(1), pool, shape)
        return tuple(out[name] for name in (*EVENT, *ROLES))


def main():
    """Read the arguments and run a step."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("step", choices=("begin", "train", "export", "tune"))
    cli.add_argument("--half", type=int, choices=(0, 1), help="to read this half with; learn on the other")
    for name in ("data", "soft", "model", "out", "begin", "roles"):
        cli.add_argument(f"--{name}", type=Path)
    cli.add_argument("--weights", type=Path, nargs="+", help="their mean is taken")
    for name, value in {"seed": 0, "workers": 4, "words": WORDS}.items():
        cli.add_argument(f"--{name}", type=int, default=value)
    for name, value in {"seconds": 6000, "polish": 25}.items():
        cli.add_argument(f"--{name}", type=float, default=value)
    cli.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = cli.parse_args()
    torch.set_float32_matmul_precision("high")
    if args.step == "begin":
        torch.save(weights(args.model / "parser" / "model.onnx"), args.begin)
    elif args.step == "train":
        study(args)
    elif args.step == "tune":
        tune(args)
    else:
        export(args)


if __name__ == "__main__":
    sys.exit(main())
