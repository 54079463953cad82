#!/usr/bin/env python3
"""How tags of names follow each other: `steps.json` of the careful model, counted in gold.

usage: steps.py RECORDS UNER MODEL

Each word's tag by itself gives pieces of names; a path through all of them (`kg.parsing.sequence`) does not.
A tag counts for the log of how much likelier it is behind another than anywhere, a quarter of it: of .1 to .5
exact names of three dev sets were best from .2 to .3. What may not follow counts for NEVER. RECORDS are the
gold records of `make.py convert`, UNER the names of EWT dev. Prints exact F of names on dev, without
steps and with them; small words are kept out of names in both.
"""

import json
import sys
from pathlib import Path

import numpy as np
import spacy
from names import count_names, f_of
from prepare import NAMES, gold_documents
from spacy.tokens import Doc

from kg.parsing.careful import NEVER

SHARE = 0.25
DEV = ("dev-uner", "dev-gum", "dev-re3d-names")


def counted(records, uner):
    """Steps [k + 1, k] from gold, the last row those of a text's first word."""
    place = {name: i for i, name in enumerate(NAMES)}
    seen = np.full((len(NAMES) + 1, len(NAMES)), 0.5)
    for name, record in gold_documents(records, uner):
        if name.startswith("train") and record.get("ents"):
            before = len(NAMES)
            for tag in record["ents"]:
                if tag and before is not None:
                    seen[before, place[tag]] += 1
                before = place[tag] if tag else None
    anywhere = np.log(seen.sum(0) / seen.sum())
    steps = SHARE * (np.log(seen / seen.sum(1, keepdims=True)) - anywhere)
    for j, name in enumerate(NAMES):
        for i, before in enumerate([*NAMES, ""]):
            if name[0] == "I" and before[2:] != name[2:]:
                steps[i, j] = NEVER
    return np.round(steps, 3).tolist()


def exact(nlp, documents):
    """Exact F of the names of all kinds and of organisations by dev set."""
    sums = {}
    for name, record in documents:
        doc = Doc(nlp.vocab, words=record["words"], spaces=record["spaces"])
        doc = nlp.get_pipe("parser")(doc)
        given = np.array([NAMES.index(f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O") for t in doc])
        gold = np.array([NAMES.index(tag) if tag else -1 for tag in record["ents"]])
        count_names(sums.setdefault(name, {}), gold, given, NAMES)
    return sums


def main():
    """Counts the steps, and scores names without and with them."""
    records, uner, model = map(Path, sys.argv[1:])
    steps = counted(records, uner)
    nlp = spacy.load(model)
    component = nlp.get_pipe("parser")
    dev = [(name, r) for name, r in gold_documents(records, uner) if name in DEV and r.get("ents")]
    for how, table in (("alone", np.zeros((len(NAMES) + 1, len(NAMES)))), ("by path", np.array(steps))):
        component.steps = table
        for name, kinds in exact(nlp, dev).items():
            print(f"{how:8} {name:16} {f_of(*kinds['all']):.3f}  ORG {f_of(*kinds['ORG']):.3f}")
    (model / "parser" / "steps.json").write_text(json.dumps(steps), encoding="utf-8")


if __name__ == "__main__":
    main()
