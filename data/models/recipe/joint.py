"""One encoder with all heads: sentence ends, trees, tags, features, names, triggers of events, holders of
statements, who does an act and to whom, whom a pronoun or a description means.

A word is the mean of its pieces' vectors, mixed over all layers, with its shape beside it. The encoder is
uncased, so the shape is also added to what goes into it. Trees come from a biaffine parser (Dozat &
Manning, ICLR 2017) and are maximum spanning trees with one root, within sentences that the model finds
itself. A statement's holder is found as a governor is: any word of the text around it, or the article
itself, or somebody outside.
"""

import itertools
import json
import math
import random
import time

import numpy as np
import torch
from names import count_names, f_of
from torch import nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from kg.parsing.trees import best_tree

COLUMNS = ("deps", "tags", "pos", "morphs", "ents")
FLAT = ("tags", "pos", "morphs", "ents")
ROLES = ("holder", "doer", "target", "antecedent")  # of a word: some word, or one of the two below
TOLD_BY_NOBODY, OUTSIDE = 0, 1  # the article itself, or nobody at all; somebody outside the run
EVENT = ("types", "modes", "realis", "modal", "negated")  # over a hidden layer of their own
TOP = {"arc": 8, "deps": 3, "tags": 2, "pos": 2, "morphs": 2, "ents": 3, "types": 3}  # kept of the ensemble
TOP |= dict.fromkeys(ROLES, 4)
LOSS = {"tags": 0.3, "pos": 0.2, "morphs": 0.2, "ents": 0.5}
EVENT_LOSS = {"types": 1.0, "modes": 0.2, "realis": 0.2, "modal": 0.2, "negated": 0.2}
OPEN = 32767
PIECES = 500  # of a run; the encoder has 512 places
WEIGHTS = {
    "train-gum": 1.6,
    "train-gum-news": 3,
    "train-gum-interview": 2,
    "train-gum-speech": 2,
    "train-gum-court": 2,
    "train-re3d": 1.5,
    "train-ewt": 1,
    "train-ewt-reviews": 0.8,
    "train-uner": 2,
    "brief": 3,
    "own": 0.7,
    "raw": 0.5,
}


class Texts:
    """The arrays that `prepare.py` wrote, and what the ensemble said of them."""

    def __init__(self, folder, soft=None):
        packed = np.load(folder / "data.npz")
        self.columns = {k: packed[k] for k in packed.files}
        told = json.loads((folder / "docs.json").read_text(encoding="utf-8"))
        self.vocab, self.docs = told["vocab"], told["docs"]
        self.piece_at = np.concatenate([[0], np.cumsum(self.columns["count"].astype(np.int64))])
        self.soft = dict(np.load(soft)) if soft else None

    def weight(self, doc):
        """How often a pass takes a document."""
        return WEIGHTS[max((k for k in WEIGHTS if doc["name"].startswith(k)), key=len)]

    def runs(self, doc, low, high, rng):
        """(start, end) of runs of whole sentences, of random length."""
        start, end = doc["start"], doc["end"]
        cuts = [start + int(i) for i in np.flatnonzero(self._cuts(start, end))]
        cuts = sorted({start, *cuts})
        limit = rng.randint(low, high)
        for this, after in zip([*cuts[1:], end], [*[*cuts[1:], end][1:], None], strict=True):
            full = after is None or after - start > limit
            if full or self.piece_at[after] - self.piece_at[start] > PIECES:
                yield from self._short(start, this)
                start, limit = this, rng.randint(low, high)

    def _cuts(self, start, end):
        told = None if self.soft is None else self.soft["sent"][start:end]
        if told is not None and (told >= 0).all() and (self.columns["sent"][start:end] < 0).all():
            return told > 0
        return self.columns["cut"][start:end]

    def _short(self, start, end):
        """A run that the encoder can take: a long one in pieces."""
        while self.piece_at[end] - self.piece_at[start] > PIECES:
            cut = int(np.searchsorted(self.piece_at, self.piece_at[start] + PIECES, side="right")) - 1
            yield start, max(cut, start + 1)
            start = max(cut, start + 1)
        if end > start:
            yield start, end


def batch(texts, runs, dress=None):
    """Arrays of a list of (document, start, end): -1 where nothing is annotated."""
    c, soft = texts.columns, texts.soft
    size, width = len(runs), max(e - s for _, s, e in runs)
    length = int(max(texts.piece_at[e] - texts.piece_at[s] for _, s, e in runs)) + 2
    x = {
        "ids": np.zeros((size, length), np.int64),
        "word": np.full((size, length), -1),
        "shape": np.zeros((size, width), np.int64),
        "mask": np.zeros((size, width), bool),
        "number": np.full((size, width), -1),
        "sent": np.full((size, width), -1.0, np.float32),
        "types_set": np.zeros((size, width), np.int64),
        "modal_set": np.zeros((size, width), np.int64),
    }
    for k in ("modes", "realis", "negated"):
        x[k] = np.full((size, width), -1)
    for k, top in TOP.items():
        x[k] = np.zeros((size, width, top), np.int64)
        x[k + "_p"] = np.zeros((size, width, top), np.float32)
    marks = []
    for b, (d, s, e) in enumerate(runs):
        n, begin = e - s, int(texts.piece_at[s])
        flat = c["ids"][begin : int(texts.piece_at[e])]
        x["ids"][b, : len(flat) + 2] = [101, *flat, 102]
        x["word"][b, 1 : len(flat) + 1] = np.repeat(np.arange(n), c["count"][s:e])
        x["shape"][b, :n], x["mask"][b, :n] = c["shape"][s:e], True
        sent = c["sent"][s:e].astype(np.float32)
        starts = sent
        if soft is not None and (sent < 0).all():
            starts, sent = soft["sent"][s:e].astype(np.float32), soft["sent_p"][s:e].astype(np.float32)
        if (starts >= 0).all():
            x["sent"][b, :n], x["number"][b, :n] = sent, np.cumsum(starts)
        head, place = c["head"][s:e].astype(np.int64), np.arange(n)
        known = head != OPEN
        x["arc"][b, :n, 0] = np.where(known & (head != 0), place + head + 1, 0)
        x["arc_p"][b, :n, 0] = known
        if soft is not None and not known.any():
            relative = soft["arc"][s:e].astype(np.int64)
            target = np.where(relative == 0, 0, place[:, None] + relative + 1)
            inside = (target >= 0) & (target <= n)
            x["arc"][b, :n] = np.where(inside, target, 0)
            x["arc_p"][b, :n] = soft["arc_p"][s:e] * inside
        for k in COLUMNS:
            value = c[k][s:e].astype(np.int64)
            x[k][b, :n, 0], x[k + "_p"][b, :n, 0] = np.maximum(value, 0), value >= 0
            if soft is not None and k in soft:
                fill = value < 0
                x[k][b, :n][fill], x[k + "_p"][b, :n][fill] = soft[k][s:e][fill], soft[k + "_p"][s:e][fill]
        x["types_set"][b, :n], x["modal_set"][b, :n] = c["types"][s:e], c["modal"][s:e]
        if soft is not None and "types" in soft and not texts.docs[d]["name"].startswith("brief"):
            x["types"][b, :n], x["types_p"][b, :n] = soft["types"][s:e], soft["types_p"][s:e]
        for k in ("modes", "realis", "negated"):
            x[k][b, :n] = c[k][s:e]
        offset = s - texts.docs[d]["start"]
        for role, word, right in marked(texts.docs[d], offset, n):
            marks.append((b, role, word, right))
        if soft is not None and "doer" in soft and not texts.docs[d]["name"].startswith("brief"):
            for role in ROLES:
                fill_role(x, role, b, soft, s, e)
        if dress is not None and dress.random() < 0.08:
            dressed(x["shape"][b, :n], sent, dress)
    for k in ROLES:
        of_role = [(b, w, right) for b, role, w, right in marks if role == k]
        x[k + "_at"] = np.array([[b, w] for b, w, _ in of_role], np.int64).reshape(-1, 2)
        x[k + "_set"] = np.zeros((len(of_role), width + 2), bool)
        for i, (_, _, right) in enumerate(of_role):
            x[k + "_set"][i, right] = True
    return x


def marked(doc, offset, n):
    """(role, word, columns that are right) of the marks in a run of n words from `offset` on."""
    for word, targets in doc["holders"]:
        if offset <= word < offset + n:
            row = [t - offset + 2 for t in targets if offset <= t < offset + n and t != word]
            yield "holder", word - offset, [TOLD_BY_NOBODY] if targets == [-1] else row or [OUTSIDE]
    for role, rows in doc.get("roles", {}).items():
        for word, targets, nobody in rows:
            if offset <= word < offset + n:
                row = [t - offset + 2 for t in targets if offset <= t < offset + n and t != word]
                row += [TOLD_BY_NOBODY] if nobody else []
                yield role, word - offset, row or [OUTSIDE]


def fill_role(x, role, b, soft, s, e):
    """What the ensemble said of a role in a run: targets by their distance, 0 nobody and `OPEN` outside."""
    n = e - s
    told, share = soft[role][s:e].astype(np.int64), soft[role + "_p"][s:e].astype(np.float32)
    target = np.where(told == 0, TOLD_BY_NOBODY, np.arange(n)[:, None] + told + 2)
    target = np.where(told == OPEN, OUTSIDE, target)
    inside = (target >= 0) & (target < n + 2)
    x[role][b, :n] = np.where(inside, target, 0)
    x[role + "_p"][b, :n] = share * inside


def dressed(shapes, starts, rng):
    """A sentence of a run in capitals or in title case, as headlines are: only its words' shapes change."""
    bounds = [0, *np.flatnonzero(starts > 0.5), len(shapes)]
    i = rng.randrange(len(bounds) - 1)
    part = shapes[bounds[i] : bounds[i + 1]]
    if rng.random() < 0.5:
        part[(part == 0) | (part == 1) | (part == 3)] = 2
    else:
        part[part == 0] = 1


STATE = {}  # what the workers see, set before they are forked


def _batch(job):
    rng = random.Random(job[0]) if job[0] is not None else None
    return batch(STATE["texts"], job[1], rng)


def tensors(arrays, device):
    """Arrays to tensors on a device."""
    return {k: torch.as_tensor(v).to(device, non_blocking=True) for k, v in arrays.items()}


class Biaffine(nn.Module):
    """Scores between words and their candidates."""

    def __init__(self, size, width, out, drop=0.33):
        super().__init__()
        self.dep, self.head = (
            nn.Sequential(nn.Linear(size, width), nn.GELU(), nn.Dropout(drop)) for _ in range(2)
        )
        self.w = nn.Parameter(torch.zeros(out, width + 1, width + 1))
        nn.init.normal_(self.w, std=0.01)

    def sides(self, words, heads):
        """Both sides' vectors with a one behind each."""
        return tuple(F.pad(side, (0, 1), value=1.0) for side in (self.dep(words), self.head(heads)))

    def forward(self, words, heads):
        """Scores [B, W, H] of the only output."""
        d, g = self.sides(words, heads)
        return (d @ self.w[0]) @ g.transpose(1, 2)


class Joint(nn.Module):
    """The encoder and its heads."""

    def __init__(self, encoder, sizes):
        super().__init__()
        self.encoder, config = encoder, encoder.config
        size = self.size = config.hidden_size
        small = size < 768
        self.shift = 0 if config.model_type == "bert" else 4  # MPNet's vocabulary is BERT's, four places up
        self.case = nn.Embedding(8, size)
        nn.init.zeros_(self.case.weight)
        self.mix = nn.Parameter(torch.zeros(config.num_hidden_layers + 1))
        self.scale = nn.Parameter(torch.ones(1))
        self.shape = nn.Embedding(6, size)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.near = nn.Conv1d(size, size, 3, padding=1)
        nn.init.zeros_(self.near.weight)
        nn.init.zeros_(self.near.bias)
        self.norm = nn.LayerNorm(size)
        self.root = nn.Parameter(torch.zeros(size))
        self.nobody = nn.Parameter(torch.zeros(2, size))  # the article itself, nobody; somebody outside
        nn.init.normal_(self.nobody, std=0.02)
        self.drop = nn.Dropout(0.1 if small else 0.2)
        self.arc = Biaffine(size, 384 if small else 512, 1)
        self.rel = Biaffine(size, 128 if small else 192, sizes["deps"])
        self.role = nn.ModuleDict({role: Biaffine(size, 128 if small else 192, 1) for role in ROLES})
        self.flat = nn.ModuleDict({c: nn.Linear(size, sizes[c]) for c in FLAT})
        self.start = nn.Linear(size, 2)
        self.deed = nn.Sequential(nn.Linear(size, 256), nn.GELU(), nn.Dropout(0.2))
        self.event = nn.ModuleDict({c: nn.Linear(256, sizes[c]) for c in EVENT})

    def pretrained(self):
        """What learns slowly."""
        return [*self.encoder.parameters(), self.case.weight]

    def pieces(self, ids, word, shape):
        """The encoder's input: what the pieces mean, and how their words are written."""
        case = torch.where(word >= 0, shape.gather(1, word.clamp(min=0)), torch.full_like(word, 6))
        if self.shift:
            ids = torch.where(ids == 101, 0, torch.where(ids == 102, 2, torch.where(ids == 0, 1, ids + 4)))
        return self.encoder.embeddings.word_embeddings(ids) + self.case(case)

    def words(self, x):
        """A vector a word."""
        there = x["ids"] != 0
        given = self.pieces(x["ids"], x["word"], x["shape"])
        out = self.encoder(inputs_embeds=given, attention_mask=there.long(), output_hidden_states=True)
        weights = self.mix.softmax(0)
        h = sum(w * layer.float() for w, layer in zip(weights, out.hidden_states, strict=True)) * self.scale
        size, width = x["mask"].shape
        place = x["word"].clamp(min=0).unsqueeze(-1).expand_as(h)
        keep = (x["word"] >= 0).float().unsqueeze(-1)
        total = h.new_zeros(size, width, self.size).scatter_add_(1, place, h * keep)
        count = h.new_zeros(size, width, 1).scatter_add_(1, place[..., :1], keep)
        return self.contextual(total / count.clamp(min=1), x["shape"], x["mask"])

    def contextual(self, words, shape, mask):
        """With the shape and the neighbours."""
        words = (words + self.shape(shape)) * mask.unsqueeze(-1)
        return self.norm(words + self.near(words.transpose(1, 2)).transpose(1, 2))

    def forward(self, x):
        """All scores but the labels of the arcs."""
        words = self.drop(self.words(x))
        size = len(words)
        heads = torch.cat([self.root.expand(size, 1, self.size).to(words.dtype), words], 1)
        holders = torch.cat([self.nobody.expand(size, 2, self.size).to(words.dtype), words], 1)
        deed = self.deed(words)
        return {
            "words": words,
            "heads": heads,
            "arcs": self.arc(words, heads),
            **{role: f(words, holders) for role, f in self.role.items()},
            "start": self.start(words),
            **{c: f(words) for c, f in self.flat.items()},
            **{c: f(deed) for c, f in self.event.items()},
        }

    def labels(self, out, chosen):
        """Label scores [B, W, L] of the arcs to `chosen` heads (0 is the root)."""
        d, g = self.rel.sides(out["words"], out["heads"])
        g = g.gather(1, chosen.clamp(min=0).unsqueeze(-1).expand(-1, -1, g.shape[-1]))
        return torch.einsum("bxi,oij,bxj->bxo", d, self.rel.w, g)


def outside(number, mask):
    """[B, W, W+1]: which heads lie in another sentence or beyond the text; the root is open to all."""
    same = (number.unsqueeze(2) == number.unsqueeze(1)) & mask.unsqueeze(1)
    return ~F.pad(same, (1, 0), value=True)


def weighed(scores, index, share):
    """Cross entropy with some likely classes and their shares; what has none counts nothing."""
    taken = (scores.float().log_softmax(-1).gather(-1, index) * share).sum(-1)
    return -taken.sum() / (share.sum(-1) > 0).sum().clamp(min=1)


def one_of(scores, sets):
    """Cross entropy where any class of a set of bits is right; an empty set counts nothing."""
    bit = 2 ** torch.arange(scores.shape[-1], device=scores.device)
    right = (sets.unsqueeze(-1) & bit) > 0
    told = right.any(-1)
    if not told.any():
        return scores.sum() * 0
    log = scores.float().log_softmax(-1)[told]
    return -log.masked_fill(~right[told], -1e4).logsumexp(-1).mean()


def loss_of(model, x):
    """The sum of the heads' losses on a batch."""
    out = model(x)
    told = x["sent"] >= 0
    start = out["start"].float().log_softmax(-1)
    right = -(start[..., 1] * x["sent"] + start[..., 0] * (1 - x["sent"]))
    total = (right * told).sum() / told.sum().clamp(min=1)
    arcs = out["arcs"].float().masked_fill(outside(x["number"], x["mask"]), -1e4)
    total = total + weighed(arcs, x["arc"], x["arc_p"])
    total = total + weighed(model.labels(out, x["arc"][..., 0]), x["deps"], x["deps_p"])
    for c, weight in LOSS.items():
        total = total + weight * weighed(out[c], x[c], x[c + "_p"])
    return total + loss_of_acts(out, x)


def loss_of_acts(out, x):
    """The losses of the heads for events, statements and roles."""
    total = EVENT_LOSS["types"] * one_of(out["types"], x["types_set"])
    total = total + 0.5 * weighed(out["types"], x["types"], x["types_p"])
    total = total + EVENT_LOSS["modal"] * one_of(out["modal"], x["modal_set"])
    for c in ("modes", "realis", "negated"):
        if (x[c] >= 0).any():
            scores = out[c].float().flatten(0, 1)
            total = total + EVENT_LOSS[c] * F.cross_entropy(scores, x[c].flatten(), ignore_index=-1)
    return total + 0.5 * sum(loss_of_role(out, x, role) for role in ROLES)


def loss_of_role(out, x, role):
    """The loss of a role's marks, any of the words that are right, and of what the ensemble said of it."""
    there = F.pad(x["mask"], (2, 0), value=True)
    total = weighed(out[role].float().masked_fill(~there.unsqueeze(1), -1e4), x[role], x[role + "_p"])
    at = x[role + "_at"]
    if len(at):
        rows = out[role][at[:, 0], at[:, 1]].float().masked_fill(~there[at[:, 0]], -1e4).log_softmax(-1)
        total = total - rows.masked_fill(~x[role + "_set"], -1e4).logsumexp(-1).mean()
    return total


def batches(texts, docs, words_a_step, rng):
    """Jobs of one pass over documents (their numbers), in random order; runs of like length together."""
    runs = []
    for i in docs:
        doc = texts.docs[i]
        weight = texts.weight(doc)
        for _ in range(int(weight) + (rng.random() < weight - int(weight))):
            low, high = (60, 400) if doc["name"].startswith("brief") else (10, 110)
            runs += [(i, s, e) for s, e in texts.runs(doc, low, high, rng)]
    rng.shuffle(runs)
    jobs = []
    for i in range(0, len(runs), 400):
        now, most = [], 0
        for run in sorted(runs[i : i + 400], key=lambda r: r[2] - r[1]):
            most = max(most, run[2] - run[1])
            if now and most * (len(now) + 1) > words_a_step:
                jobs.append((rng.random(), now))
                now, most = [], run[2] - run[1]
            now.append(run)
        jobs.append((rng.random(), now))
    rng.shuffle(jobs)
    return jobs


def train(model, texts, docs, plan, pool, checkpoint=None, make=_batch, loss_of=loss_of):
    """Train for `plan["seconds"]`, the rate falling with the time that is left; goes on from a checkpoint."""
    device, seed = plan["device"], plan["seed"]
    rng = random.Random(seed)
    slow = list(model.pretrained())
    ids = {id(p) for p in slow}
    fast = [p for p in model.parameters() if id(p) not in ids]
    groups = [{"params": slow, "lr": plan["rates"][0]}, {"params": fast, "lr": plan["rates"][1]}]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=device == "cuda")
    base = [g["lr"] for g in opt.param_groups]
    begun, step, passes, losses = time.time(), 0, 0, []
    if checkpoint is not None and checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(kept["model"])
        opt.load_state_dict(kept["opt"])
        step, passes, begun = kept["step"], kept["passes"], begun - kept["spent"]
        rng.seed(seed + 1000 * step)
        print(f"goes on from step {step}", flush=True)
    saved, model = time.time(), model.train()
    while time.time() - begun < plan["seconds"]:
        passes += 1
        for arrays in pool.imap(make, batches(texts, docs, plan["words"], rng), chunksize=2):
            part = (time.time() - begun) / plan["seconds"]
            if part >= 1:
                break
            for g, b in zip(opt.param_groups, base, strict=True):
                g["lr"] = b * max(min((step + 1) / 80, 1.0) * (1 - part), 1e-3)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                loss = loss_of(model, tensors(arrays, device))
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step()
            step += 1
            if step % 200 == 0:
                losses.append(round(loss.item(), 2))
                print(f"step {step} pass {passes} {time.time() - begun:.0f} s loss {losses[-1]}", flush=True)
            if checkpoint is not None and time.time() - saved > 300:
                saved = time.time()
                kept = {"model": model.state_dict(), "opt": opt.state_dict()}
                kept |= {"step": step, "passes": passes, "spent": saved - begun}
                torch.save(kept, checkpoint.with_suffix(".part"))
                checkpoint.with_suffix(".part").replace(checkpoint)
    print(f"{step} steps, {passes} passes, {time.time() - begun:.0f} s, loss {losses[-4:]}", flush=True)
    return model.eval()


def encoder_of(folder, layers=None, tiny=False):
    """An MPNet or BERT without its pooler; `layers` more than it has take each several times."""
    plain = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    bert = plain["model_type"] == "bert"
    had = plain["num_hidden_layers"]
    plain["num_hidden_layers"] = 2 if tiny else layers or had
    kind, make = (BertModel, BertConfig) if bert else (MPNetModel, MPNetConfig)
    model = kind(make(**plain), add_pooling_layer=False)
    weights = {k: v.float() for k, v in torch.load(folder / "weights.pt", weights_only=True).items()}
    times = max(1, plain["num_hidden_layers"] // had)
    if times > 1:
        grown = {k: v for k, v in weights.items() if "encoder.layer." not in k}
        for k, v in weights.items():
            if "encoder.layer." in k:
                before, rest = k.split("encoder.layer.")
                number, name = rest.split(".", 1)
                for i in range(times):
                    grown[f"{before}encoder.layer.{int(number) * times + i}.{name}"] = v
        weights = grown
    lost = model.load_state_dict(weights, strict=False)
    print(folder.name, plain["num_hidden_layers"], "layers; missing", lost.missing_keys[:5], flush=True)
    return model


def _trees(job):
    return [best_tree(s) for s in job]


@torch.no_grad()
def annotate(models, texts, docs, device, pool, gold_sentences=False, words_a_step=16000, deadline=None):
    """Yields (document, start, end, columns) of each run, the ensemble's mean; stops at the deadline."""
    rng = random.Random(0)
    runs = [(i, s, e) for i in docs for s, e in texts.runs(texts.docs[i], 400, 400, rng)]
    chunks = [runs[i : i + 4000] for i in range(0, len(runs), 4000)]  # so that the first documents come first
    for chunk in chunks:
        chunk = sorted(chunk, key=lambda r: r[2] - r[1])
        i = 0
        while i < len(chunk):
            j = i + 1
            while j < len(chunk) and (chunk[j][2] - chunk[j][1]) * (j + 1 - i) <= words_a_step:
                j += 1
            if deadline is not None and time.time() > deadline:
                return
            yield from _annotated(models, texts, chunk[i:j], device, pool, gold_sentences)
            i = j


def _annotated(models, texts, runs, device, pool, gold_sentences):
    x = tensors(batch(Bare(texts), runs), device)
    outs = []
    for m in models:
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            outs.append(m(x))
    mean = lambda key: torch.stack([o[key].float().log_softmax(-1) for o in outs]).mean(0)  # noqa: E731
    start = mean("start")
    starts = start.argmax(-1)
    starts[:, 0] = 1
    if gold_sentences:
        starts = (x["sent"] > 0.5).long()
    number = torch.where(x["mask"], starts.cumsum(1), torch.full_like(starts, -1))
    shut = outside(number, x["mask"])
    arcs = torch.stack([o["arcs"].float().masked_fill(shut, -1e4).log_softmax(-1) for o in outs])
    arcs = arcs.logsumexp(0) - math.log(len(outs))
    heads = trees(arcs, number, [e - s for _, s, e in runs], pool)
    chosen = torch.as_tensor(heads, device=device)
    labels = torch.stack(
        [m.labels(o, chosen).float().log_softmax(-1) for m, o in zip(models, outs, strict=True)]
    )
    labels = labels.mean(0)
    labels[..., texts.vocab["deps"].index("ROOT")] = torch.where(chosen == 0, 1e4, -1e4)
    found = {"heads": heads, "starts": starts.cpu().numpy(), "start_p": start[..., 1].exp().cpu().numpy()}
    found["sure"] = arcs.gather(-1, chosen.unsqueeze(-1))[..., 0].clamp(max=0).exp().cpu().numpy()
    for key, log in {"arc": arcs, "deps": labels, **{c: mean(c) for c in (*FLAT, "types")}}.items():
        top = log.softmax(-1).topk(min(TOP[key], log.shape[-1]), -1)
        found[key] = top.indices.cpu().numpy()
        found[key + "_p"] = top.values.cpu().numpy()
    for key in ("modes", "realis", "modal", "negated"):
        found[key] = mean(key).argmax(-1, keepdim=True).cpu().numpy()
    there = F.pad(x["mask"], (2, 0), value=True).unsqueeze(1)
    for role in ROLES:
        log = torch.stack([o[role].float().masked_fill(~there, -1e4).log_softmax(-1) for o in outs]).mean(0)
        top = log.softmax(-1).topk(min(TOP[role], log.shape[-1]), -1)
        found[role], found[role + "_p"] = top.indices.cpu().numpy(), top.values.cpu().numpy()
    for b, (d, s, e) in enumerate(runs):
        yield d, s, e, {k: v[b, : e - s] for k, v in found.items()}


class Bare:
    """Texts without what an ensemble said of them."""

    def __init__(self, texts):
        self.columns, self.docs, self.piece_at, self.soft = texts.columns, texts.docs, texts.piece_at, None


def trees(arcs, number, sizes, pool):
    """Best heads [B, W], 0 the root: the likeliest, and a spanning tree where these make none."""
    best = arcs.argmax(-1)
    heads, numbers, roots = best.cpu().numpy(), number.cpu().numpy(), (best == 0).cpu().numpy()
    up = F.pad(best, (1, 0), value=0)
    for _ in range(9):  # whoever does not reach the root stands in a circle
        up = up.gather(1, up)
    lost = (up[:, 1:] != 0).cpu().numpy()
    where = []
    for b, n in enumerate(sizes):
        cut = [*np.flatnonzero(np.diff(numbers[b, :n], prepend=0)), n]
        for s, e in itertools.pairwise(cut):
            if lost[b, s:e].any() or roots[b, s:e].sum() != 1:
                where.append((b, s, e))
    jobs = [torch.cat([arcs[b, s:e, :1], arcs[b, s:e, s + 1 : e + 1]], 1).cpu().numpy() for b, s, e in where]
    found = [
        t for part in pool.map(_trees, [jobs[k : k + 20] for k in range(0, len(jobs), 20)]) for t in part
    ]
    for (b, s, e), tree in zip(where, found, strict=True):
        heads[b, s:e] = [0 if h == 0 else h + s for h in tree]
    return heads


def scores(models, texts, device, pool, names=("dev", "brief-held")):
    """Print for each dev set: trees on gold and own sentences, sentence ends, names, triggers, holders."""
    groups = {}
    for i, d in enumerate(texts.docs):
        name = "brief-held" if held_brief(d["name"]) else d["name"]
        if name.startswith(tuple(names)):
            groups.setdefault(name, []).append(i)
    c = texts.columns
    for name, docs in sorted(groups.items()):
        row = [name]
        for own in (False, True):
            if not own and c["head"][texts.docs[docs[0]]["start"]] == OPEN:
                continue
            n = dict.fromkeys("words uas las tag sents_hit sents_given sents".split(), 0)
            spans, types, roles = {}, [0, 0, 0, 0], {}
            for d, s, e, p in annotate(models, texts, docs, device, pool, gold_sentences=not own):
                count_trees(n, c, s, e, p, texts.vocab)
                if own and (c["ents"][s:e] >= 0).any():
                    count_names(spans, c["ents"][s:e], p["ents"][:, 0], texts.vocab["ents"])
                if own:
                    count_events(types, roles, texts, d, s, e, p)
            if n["words"]:
                share = {k: f"{n[k] / n['words']:.4f}" for k in ("uas", "las", "tag")}
                row.append(f"{'own' if own else 'gold sentences'} {share}")
            if own and n["sents"]:
                row.append(f"sentences {f_of(n['sents_hit'], n['sents_given'], n['sents']):.4f}")
            for kind, (hit, given, gold) in sorted(spans.items()):
                row.append(f"{kind} exact {f_of(hit, given, gold):.3f} of {gold}")
            if types[2]:
                row.append(f"triggers with type {types[:3]} F {f_of(*types[:3]):.3f} place {types[3]}")
                row += [f"{role} {a}/{b}, where it is a word {c}/{d}" for role, (a, b, c, d) in roles.items()]
        print(*row, flush=True)


def held_brief(name):
    """Whether a brief is of the four files that one develops on."""
    return name.removeprefix("brief-") in ("afri", "dipl", "genr", "quot")


def count_trees(n, c, s, e, p, vocab):
    """Add a run's trees and sentence starts to counts."""
    punct = vocab["deps"].index("punct")
    head = c["head"][s:e].astype(int)
    there = (head != OPEN) & (c["deps"][s:e] != punct)
    gold = np.where(head == 0, 0, np.arange(e - s) + head + 1)
    right = (p["heads"] == gold) & there
    n["words"] += int(there.sum())
    n["uas"] += int(right.sum())
    n["las"] += int((right & (p["deps"][:, 0] == c["deps"][s:e])).sum())
    n["tag"] += int((there & (p["tags"][:, 0] == c["tags"][s:e])).sum())
    if (c["sent"][s:e] >= 0).all():
        a, b = p["starts"] > 0, c["sent"][s:e] > 0
        n["sents_hit"] += int((a & b).sum())
        n["sents_given"] += int(a.sum())
        n["sents"] += int(b.sum())


def count_events(types, roles, texts, d, s, e, p):
    """Add a run's triggers and roles to counts: right and all, right and all of those that are a word."""
    gold = texts.columns["types"][s:e]
    told, given = gold > 0, p["types"][:, 0]
    event = told & ((gold & 1) == 0)
    right = ((gold.astype(np.int64) >> given) & 1).astype(bool)
    types[0] += int((event & right).sum())
    types[1] += int((told & (given > 0)).sum())
    types[2] += int(event.sum())
    types[3] += int((event & (given > 0)).sum())
    for role, word, wanted in marked(texts.docs[d], s - texts.docs[d]["start"], e - s):
        count = roles.setdefault(role, [0, 0, 0, 0])
        hit, named = int(p[role][word, 0] in wanted), int(max(wanted) > OUTSIDE)
        for i, more in enumerate((hit, 1, hit * named, named)):
            count[i] += more
