"""What extraction and linking cost beside the parse, in one run: `python tests/benchmarks/extraction.py`.

Prints seconds, the ratios to the parse, and sentences a second over all, on the sample articles read
ROUNDS times over, on one process.
"""

import sys
import time
from pathlib import Path

from kg import nlp
from kg.actors.gazetteer import load
from kg.actors.linking import link
from kg.coding.coding import code
from kg.extraction import extract
from kg.pipeline import attach
from kg.reading import read

ROUNDS = 10
ARTICLES = Path(__file__).parents[2] / "data" / "articles"


def main(model: str = nlp.DEFAULT_MODEL) -> None:
    documents = [d for _ in range(ROUNDS) for d in read([ARTICLES])]
    gazetteer = load()
    list(nlp.parse([documents[0].text], model))  # loading is not the parse's time

    start = time.perf_counter()
    parsed = list(nlp.parse([d.text for d in documents], model))
    parse = time.perf_counter() - start

    start = time.perf_counter()
    claims = [extract(d, s) for d, s in zip(documents, parsed, strict=True)]
    extraction = time.perf_counter() - start

    start = time.perf_counter()
    mentions = [link(d, s, gazetteer) for d, s in zip(documents, parsed, strict=True)]
    linked = [[attach(c, m) for c in cs] for cs, m in zip(claims, mentions, strict=True)]
    linking = time.perf_counter() - start

    start = time.perf_counter()
    for d, cs, m in zip(documents, linked, mentions, strict=True):
        code(cs, m, d)
    coding = time.perf_counter() - start

    n = sum(map(len, parsed))
    total = parse + extraction + linking + coding
    print(f"{len(documents)} documents, {n} sentences, {sum(map(len, claims))} claims")
    for name, seconds in (("parse", parse), ("extract", extraction), ("link", linking), ("code", coding)):
        print(f"{name:8} {seconds:6.2f} s   {seconds / parse:5.2f} of the parse")
    print(f"all      {total:6.2f} s   {n / total:5.0f} sentences/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
