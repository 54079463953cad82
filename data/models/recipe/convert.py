"""Corpora to records: treebanks by genre, re3d split by document, raw paragraphs."""

import json
import random
import re
from collections import defaultdict
from pathlib import Path

import spacy
from names import re3d_names
from tokens import set_rules
from treebank import COLUMNS, conllu_records, split_by_name, write_records


def genre_of(corpus, name):
    """ "news" from "GUM_news_iodine", "weblog" from "weblog-juancole.com_…"."""
    return name.split("_")[1] if corpus == "gum" else name.split("-")[0]


def convert_treebanks(folder, out):
    """One file of records per corpus, half and genre (train) or per corpus (dev)."""
    for corpus in ("gum", "ewt"):
        by_genre = defaultdict(list)
        for name, record in conllu_records(folder / f"en_{corpus}-train.conllu", named=corpus == "gum"):
            by_genre[genre_of(corpus, name)].append(record)
        for genre, records in by_genre.items():
            write_records(records, out / f"train-{corpus}-{genre}.jsonl")
        dev = [r for _, r in conllu_records(folder / f"en_{corpus}-dev.conllu", named=corpus == "gum")]
        write_records(dev, out / f"dev-{corpus}.jsonl")


def tokenized(nlp, text):
    """Words, spaces and starts of a text, whitespace tokens kept as words."""
    doc = nlp.make_doc(text)
    return [t.text for t in doc], [bool(t.whitespace_) for t in doc], [t.idx for t in doc]


def sentence_starts(words, breaks):
    """Sentence starts by punctuation and blank lines: good enough for tidy official prose."""
    starts = set(breaks)
    for i, word in enumerate(words[:-2]):
        if word in (".", "?", "!"):
            after = i + 2 if words[i + 1] in ("”", '"', "’", ")") else i + 1
            if not words[after].isspace() and not words[after][:1].islower():
                starts.add(after)
    return sorted(starts)


def re3d_record(nlp, entry):
    """Names only; paragraphs stand in for sentences."""
    words, spaces, starts = tokenized(nlp, entry["text"])
    record = dict.fromkeys(COLUMNS)
    ents = re3d_names(words, starts, entry["entities"])
    ents = [
        "O" if word.isspace() and not tag.startswith("I") else tag
        for word, tag in zip(words, ents, strict=False)
    ]
    breaks = [0] + [i + 1 for i, word in enumerate(words[:-1]) if "\n" in word]
    record.update(words=words, spaces=spaces, ents=ents, sents=sentence_starts(words, breaks), pars=breaks)
    return record


def convert_re3d(folder, out):
    """Four fifths of the re3d documents for training, the others (named in a list) for tuning."""
    nlp = set_rules(spacy.blank("en"))
    entries = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    held = split_by_name([entry["id"] for entry in entries], 0.2, seed=0)
    halves = {"train": [], "dev": []}
    for entry in entries:
        halves["dev" if entry["id"] in held else "train"].append(entry)
    for half, chosen in halves.items():
        write_records([re3d_record(nlp, entry) for entry in chosen], out / f"{half}-re3d-names.jsonl")
    write_records(halves["dev"], out / "re3d-dev-texts.jsonl")


def paragraphs(path, most=400):
    """Paragraphs of a raw file that look like prose."""
    for line in path.read_text(encoding="utf-8").splitlines():
        line = re.sub(r"\s+", " ", line).strip()
        if 4 <= len(line.split()) <= most:
            yield line


def raw_texts(folder, seed=0):
    """Paragraphs of all raw files in random order."""
    texts = [text for path in sorted(folder.glob("*.txt")) for text in paragraphs(path)]
    random.Random(seed).shuffle(texts)
    return texts


def convert(treebanks, re3d, out):
    """Do all of it unless it is there."""
    out = Path(out)
    if (out / "done").exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    convert_treebanks(Path(treebanks), out)
    convert_re3d(Path(re3d), out)
    (out / "done").touch()
