"""Everything that the encoders are trained on, as arrays in one file.

Gold treebanks, re3d, EWT's names, briefs, sentences of our own and raw text become one long list of words
with a column for each thing that is annotated, and a list of documents that tells where each begins and
ends.
"""

import itertools
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from briefs import MODALITIES, MODES, TYPES
from briefs import records as brief_records
from convert import raw_texts, sentence_starts, tokenized
from names import is_demonym
from own import own_records
from tokens import set_rules
from treebank import read_records

from kg.parsing.wordpiece import WordPieces, shape

COLUMNS = ("deps", "tags", "pos", "morphs", "ents")
NAMES = ["O"] + [f"{b}-{k}" for k in ("PERSON", "ORG", "LOC", "NORP") for b in "BI"]
OPEN = 32767  # a head that nobody annotated


def without_blanks(record):
    """A record's columns, white-space words left out."""
    words = record["words"]
    keep = [i for i, w in enumerate(words) if not w.isspace()]
    place = {i: n for n, i in enumerate(keep)}
    out = {"words": [words[i] for i in keep], "spaces": [record["spaces"][i] for i in keep]}
    for column in (*COLUMNS[1:], "deps"):
        out[column] = None if record.get(column) is None else [record[column][i] for i in keep]
    heads = record.get("heads")
    out["heads"] = None if heads is None else [place[heads[i]] for i in keep]
    starts = record.get("sents")
    out["sents"] = None if starts is None else sorted({place[i] for i in starts if i in place} | {0})
    return out


def uner_names(path):
    """Word sequences of UNER's sentences to their name tags; nationalities from the recipe's list."""
    found, words, tags = {}, [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split("\t")
        if line.startswith("#"):
            continue
        if not line:
            found[tuple(words)] = tags
            words, tags = [], []
            continue
        tag = fields[2].replace("PER", "PERSON")
        tag = "O" if tag.endswith("OTH") else tag
        words.append(fields[1])
        tags.append("B-NORP" if tag == "O" and is_demonym(fields[1]) else tag)
    return found


def named(record, names):
    """The tags of a record's sentences; None where a sentence is not in the table."""
    ents, bounds = [], [*record["sents"], len(record["words"])]
    for start, end in itertools.pairwise(bounds):
        ents += names.get(tuple(record["words"][start:end])) or [None] * (end - start)
    return ents


def gold_documents(records, uner):
    """(name, record) of treebanks and re3d; EWT dev also as names alone, a third of it to measure on."""
    names = uner_names(uner) if uner else {}
    for path in sorted(records.glob("*-*.jsonl")):
        if path.name.startswith("re3d"):
            continue
        for number, record in enumerate(read_records(path)):
            plain = without_blanks(record)
            if "re3d" in path.stem:
                plain["cuts"], plain["sents"] = plain["sents"], None
            if path.stem == "dev-ewt" and names:
                ents = named(plain, names)
                open_ = dict.fromkeys(("heads", "sents", *COLUMNS)) | {"cuts": plain["sents"]}
                yield ("dev-uner" if number % 3 == 0 else "train-uner"), {**plain, **open_, "ents": ents}
            yield path.stem, plain


def raw_documents(folder, nlp, most):
    """Raw paragraphs in runs of whole likely sentences, some 150 words together."""
    total = 0
    for text in raw_texts(folder):
        words, spaces, _ = tokenized(nlp, text)
        bounds, start = [*sentence_starts(words, [0]), len(words)], 0
        for this, following in zip(bounds[1:], [*bounds[2:], None], strict=True):
            if following is None or following - start > 150:
                record = {"words": words[start:this], "spaces": spaces[start:this]}
                record = without_blanks(record)
                if 3 < len(record["words"]) <= 300:
                    yield "raw", record
                    total += this - start
                start = this
        if total > most:
            return


def briefs(args, tagger):
    """Annotated texts."""
    roles = {}
    for file in args.roles:
        roles |= json.loads(file.read_text(encoding="utf-8"))
    annotated = (f for folder in args.briefs for f in sorted(folder.glob("*.toml")))
    for record in brief_records(annotated, tagger, roles):
        yield record["name"], record


def documents(args, nlp, tagger):
    """All of them, (name, record)."""
    yield from gold_documents(args.records, args.uner)
    yield from briefs(args, tagger)
    for record in own_records(nlp):
        yield "own", without_blanks(record)
    yield from raw_documents(args.raw, nlp, args.most)


def bits(values, names):
    """A set of names as bits."""
    return sum(1 << names.index(v) for v in values)


def marks(places, n):
    """1 at these places of n."""
    row = [0] * n
    for i in places:
        row[i] = 1
    return row


def arrays(docs, pieces, vocab):
    """(columns, documents): every word of every document, one after the other."""
    index = {c: {k: i for i, k in enumerate(vocab[c])} for c in COLUMNS}
    types = ["none", *TYPES]
    out = {k: [] for k in ("ids", "count", "shape", "sent", "cut", "head", *COLUMNS)}
    out |= {k: [] for k in ("types", "modes", "realis", "modal", "negated")}
    table, at = [], 0
    for name, r in docs:
        n = len(r["words"])
        for word in r["words"]:
            found = pieces(word)
            out["ids"] += found
            out["count"].append(len(found))
            out["shape"].append(shape(word))
        starts, cuts = r.get("sents"), r.get("cuts") or r.get("sents") or [0]
        out["sent"] += [-1] * n if starts is None else marks(starts, n)
        out["cut"] += marks(cuts, n)
        heads = r.get("heads")
        out["head"] += [OPEN] * n if heads is None else [h - i for i, h in enumerate(heads)]
        for c in COLUMNS:
            values = r.get(c)
            out[c] += [-1] * n if values is None else [index[c].get(v, -1) if v else -1 for v in values]
        events = r.get("types")
        out["types"] += [0 if not events or v is None else bits(v, types) for v in events or [None] * n]
        out["modes"] += [-1 if v is None else MODES.index(v) for v in r.get("modes") or [None] * n]
        out["realis"] += [-1 if v is None else int(v == "happened") for v in r.get("realis") or [None] * n]
        modal, negated, holders = [0] * n, [-1] * n, []
        for word, holder, wanted, denied in r.get("statements") or []:
            modal[word], negated[word] = bits(wanted, list(MODALITIES)), int(denied)
            if holder is not None:
                holders.append([word, [-1] if holder == "article" else holder])
        out["modal"] += modal
        out["negated"] += negated
        more = {k: r[k] for k in ("pars", "roles") if k in r}
        table.append({"name": name, "start": at, "end": at + n, "holders": holders, **more})
        at += n
    kinds = {
        "ids": "uint16",
        "count": "uint8",
        "shape": "uint8",
        "sent": "int8",
        "cut": "uint8",
        "head": "int16",
    }
    kinds |= dict.fromkeys(COLUMNS, "int16") | {"types": "uint32", "modes": "int8", "realis": "int8"}
    kinds |= {"modal": "uint16", "negated": "int8"}
    return {k: np.array(v, kinds[k]) for k, v in out.items()}, table


def prepare(args, log=print):
    """Write OUT/data.npz, OUT/docs.json (names, bounds, vocabulary) and OUT/words.jsonl."""
    args.out.mkdir(parents=True, exist_ok=True)
    nlp, tagger = set_rules(spacy.blank("en")), spacy.load(args.tagger)
    docs = list(documents(args, nlp, tagger))
    train = [r for name, r in docs if name.startswith("train")]
    vocab = {
        c: [k for k, _ in Counter(v for r in train if r.get(c) for v in r[c] if v is not None).most_common()]
        for c in COLUMNS
    }
    vocab["ents"] = NAMES
    vocab |= {"types": ["none", *TYPES], "modes": MODES, "realis": ["not-happened", "happened"]}
    vocab |= {"modal": list(MODALITIES), "negated": ["positive", "negated"]}
    pieces = WordPieces(args.vocabulary.read_text(encoding="utf-8").splitlines())
    columns, table = arrays(docs, pieces, vocab)
    np.savez_compressed(args.out / "data.npz", **columns)
    (args.out / "docs.json").write_text(json.dumps({"vocab": vocab, "docs": table}), encoding="utf-8")
    with open(args.out / "words.jsonl", "w", encoding="utf-8") as out:
        for _, r in docs:
            out.write(json.dumps([r["words"], [int(s) for s in r["spaces"]]], ensure_ascii=False) + "\n")
    sizes = Counter()
    for d in table:
        sizes[d["name"]] += d["end"] - d["start"]
    log("words", dict(sizes))
    log("classes", {k: len(v) for k, v in vocab.items()})


def main():
    """Read the arguments."""
    import argparse

    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("records", "raw", "vocabulary", "out"):
        cli.add_argument(f"--{name}", type=Path, required=True)
    for name in ("uner", "tagger"):
        cli.add_argument(f"--{name}", type=Path)
    for name in ("briefs", "roles"):
        cli.add_argument(f"--{name}", type=Path, nargs="*", default=[])
    cli.add_argument("--most", type=int, default=2_000_000, help="words of raw text")
    args = cli.parse_args()
    random.seed(0)
    prepare(args)


if __name__ == "__main__":
    main()
