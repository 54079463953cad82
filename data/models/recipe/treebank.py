"""Documents as plain records, and how to read them from CoNLL-U, IOB2 and re3d files.

A record is a dict: ``words``, ``spaces``, ``tags``, ``pos``, ``morphs``, ``lemmas``, ``heads`` (index in
the document), ``deps``, ``sents`` (index of the first word of each sentence), ``pars`` (the same for
paragraphs) and ``ents`` (IOB2 strings). A column that nobody annotated is None.
"""

import json
import random
from pathlib import Path

from names import gum_names

COLUMNS = ("words", "spaces", "tags", "pos", "morphs", "lemmas", "heads", "deps", "sents", "pars", "ents")


def write_records(records, path):
    """Write records as JSON lines, whole or not at all."""
    path = Path(path)
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    part.replace(path)


def read_records(path):
    """Read what `write_records` wrote."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def conllu_documents(path):
    """Yield (document id, sentences) of a CoNLL-U file; a sentence is (starts a paragraph, rows)."""
    name, sentences, rows, new_paragraph = None, [], [], False
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if sentences:
                    yield name, sentences
                name, sentences = line.split("=")[-1].strip(), []
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif not line and rows:
                sentences.append((new_paragraph, rows))
                rows, new_paragraph = [], False
            elif line and not line.startswith("#") and line.split("\t")[0].isdigit():
                rows.append(line.split("\t"))
    if sentences:
        yield name, sentences


def surface_spaces(path):
    """Ids of multiword tokens' last words without a space after them are marked on the range line."""
    inner = {}
    with open(path, encoding="utf-8") as lines:
        sentence = 0
        for line in lines:
            if line == "\n":
                sentence += 1
            first = line.split("\t", 1)[0]
            if "-" in first and first.replace("-", "").isdigit():
                start, end = map(int, first.split("-"))
                inner[sentence] = inner.get(sentence, {})
                for word in range(start, end):
                    inner[sentence][word] = False
                inner[sentence][end] = "SpaceAfter=No" not in line
    return inner


def conllu_records(path, named=False):
    """Yield (document id, record) for a CoNLL-U file; `named` reads GUM's entities into ``ents``."""
    inner, number = surface_spaces(path), 0
    for name, sentences in conllu_documents(path):
        record = {column: [] for column in COLUMNS}
        for new_paragraph, rows in sentences:
            offset = len(record["words"])
            record["sents"].append(offset)
            if new_paragraph or not offset:
                record["pars"].append(offset)
            for i, row in enumerate(rows):
                spaced = inner.get(number, {}).get(i + 1, "SpaceAfter=No" not in row[9])
                record["words"].append(row[1])
                record["spaces"].append(spaced)
                record["tags"].append(row[4])
                record["pos"].append(row[3] if row[3] != "_" else "X")
                record["morphs"].append(row[5])
                record["lemmas"].append(row[2] if row[2] != "_" else row[1])
                record["heads"].append(offset + (int(row[6]) - 1 if row[6] != "0" else i))
                record["deps"].append("ROOT" if row[7] == "root" else row[7])
            record["ents"].extend(gum_names(rows) if named else [""] * len(rows))
            number += 1
        if not named:
            record["ents"] = None
        yield name, record


def split_by_name(names, share, seed):
    """Choose a share of the names, the same ones each time."""
    names = sorted(names)
    random.Random(seed).shuffle(names)
    return set(names[: round(len(names) * share)])
