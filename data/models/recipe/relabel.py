"""The ensemble's labels as records, gold kept where there is gold: what the small model is trained on."""

import json

import numpy as np
from joint import OPEN
from treebank import COLUMNS, read_records, write_records

LEAST = 0.5  # a raw text of whose trees the ensemble is less sure on average is left out


def guessed(vocab, labels, words, spaces, start, end):
    """A record of what the ensemble says of a document."""
    n = end - start
    take = lambda key: [vocab[key][v] for v in labels[key][start:end]]  # noqa: E731
    record = dict.fromkeys(COLUMNS)
    record.update(words=words, spaces=[bool(s) for s in spaces], pars=[0])
    record.update({key: take(key) for key in ("tags", "pos", "morphs", "deps", "ents")})
    record["heads"] = [i + int(h) for i, h in enumerate(labels["heads"][start:end])]
    record["sents"] = sorted({0, *np.flatnonzero(labels["starts"][start:end]).tolist()} - {n})
    return record


def joined(gold, guess):
    """Gold where there is gold, the ensemble's word elsewhere."""
    if gold["heads"] is None:
        return {**guess, "ents": [g or p for g, p in zip(gold["ents"], guess["ents"], strict=True)]}
    return {**gold, "ents": gold["ents"] or guess["ents"]}


def relabel(data, labels, records, out):
    """Write OUT/train-*.jsonl."""
    out.mkdir(parents=True, exist_ok=True)
    told = json.loads((data / "docs.json").read_text(encoding="utf-8"))
    vocab, labels = told["vocab"], dict(np.load(labels))
    columns = np.load(data / "data.npz")
    names = columns["ents"]
    groups, gold = {}, {}
    with open(data / "words.jsonl", encoding="utf-8") as lines:
        for doc, line in zip(told["docs"], lines, strict=True):
            name, start, end = doc["name"], doc["start"], doc["end"]
            if name.startswith("dev") or name == "train-uner" or (labels["heads"][start:end] == OPEN).any():
                continue
            words, spaces = json.loads(line)
            record = guessed(vocab, labels, words, spaces, start, end)
            if name.startswith("train") and "re3d" not in name:
                if name not in gold:
                    gold[name] = iter(read_records(records / f"{name}.jsonl"))
                truth = next(gold[name])
                assert truth["words"] == words, name
                record = joined(truth, record)
            elif name == "own" or "re3d" in name:
                told_names = [vocab["ents"][v] if v >= 0 else None for v in names[start:end]]
                record["ents"] = [g or p for g, p in zip(told_names, record["ents"], strict=True)]
            if name == "raw" and labels["sure"][start:end].mean() / 200 < LEAST:
                continue
            groups.setdefault(name if name.startswith("train") else f"train-{name}", []).append(record)
    for name, group in groups.items():
        write_records(group, out / f"{name}.jsonl")
    return {name: len(group) for name, group in groups.items()}
