"""What extraction, linking and coding cost beside the parse: `python tests/benchmarks/extraction.py`.

Prints seconds, the ratios to the parse and to parse and claims together, and sentences a second over
all, on the sample articles read ROUNDS times over, on one process, one document after the other as `kg`
reads them. The model and the tables are loaded before. The last part links again with tables of LARGER
times as many actors, whose names are made up.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.actors.index import Gazetteer, build, load
from kg.actors.linking import link
from kg.claims import extract
from kg.coding.coder import code
from kg.model import Document
from kg.parsing import pipelines
from kg.pipeline import attach
from kg.reading import read
from kg.resources import path

ROUNDS, LARGER = 10, 10
ARTICLES = Path(__file__).parents[2] / "data" / "articles"
PARTS = ("parse", "extract", "link", "code", "link, larger tables")


def main(model: str = pipelines.DEFAULT_MODEL) -> None:
    documents = list(read([ARTICLES]))
    tables, larger = load(), enlarged()
    seconds = dict.fromkeys(PARTS, 0.0)
    measure(documents, model, tables, larger, dict.fromkeys(PARTS, 0.0))  # what is loaded once is no share
    sentences, claims = measure(documents * ROUNDS, model, tables, larger, seconds)
    parse, base = seconds["parse"], seconds["parse"] + seconds["extract"]
    print(f"{len(documents) * ROUNDS} documents, {sentences} sentences, {claims} claims")
    print(
        f"{len(tables.records)} known persons and organisations, {len(larger.records)} in the larger tables"
    )
    for part in PARTS:
        s = seconds[part]
        print(f"{part:20} {s:6.2f} s   {s / parse:5.2f} of the parse   {s / base:5.2f} of parse and claims")
    total = sum(seconds[p] for p in PARTS[:-1])
    print(f"{'all':20} {total:6.2f} s   {sentences / total:5.0f} sentences/s")


def measure(
    documents: list[Document],
    model: str,
    tables: Gazetteer,
    larger: Gazetteer,
    seconds: dict[str, float],
) -> tuple[int, int]:
    """Adds each part's seconds; how many sentences and claims there were."""
    sentences = claims = 0
    with clock(seconds, "parse"):
        parsed = list(pipelines.parse([d.text for d in documents], model))
    for document, found in zip(documents, parsed, strict=True):
        with clock(seconds, "extract"):
            stated = extract(document, found)
        with clock(seconds, "link"):
            mentions = link(document, found, tables)
            linked = [attach(c, mentions) for c in stated]
        with clock(seconds, "code"):
            code(linked, mentions, document)
        with clock(seconds, "link, larger tables"):
            mentions = link(document, found, larger)
            linked = [attach(c, mentions) for c in stated]
        sentences += len(found)
        claims += len(stated)
    return sentences, claims


@contextmanager
def clock(seconds: dict[str, float], part: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[part] += time.perf_counter() - start


def enlarged() -> Gazetteer:
    """Our tables with copies of every person and organisation under names that no text has."""
    tables = build(path("data/actors"))
    rename: Callable[[str, int], str] = lambda name, n: " ".join(f"{w}q{n}" for w in name.split())  # noqa: E731
    for record in list(tables.records.values()):
        for n in range(1, LARGER):
            names = tuple(rename(name, n) for name in record.names)
            tables.add_record(
                replace(record, id=f"{record.id}-q{n}", label=rename(record.label, n), names=names)
            )
    return tables


if __name__ == "__main__":
    main(*sys.argv[1:])
