"""Ratios of the graph part, each with its target, in one run.

    python tests/benchmarks/graph.py [--triples 1000000]

The articles are made up of short sentences in random order, so that graphs are as large as wanted. As in
news, a few actors are in every second sentence and most in hardly any: the n-th of 3,000 is named 1/n times
as often as the first (Zipf's law). With a handful of actors a million triples would hang on five
nodes, and a join over them would count what no graph of news holds. The triples per claim are those of the
articles in data/articles, as kg reads them.
"""

from __future__ import annotations

import argparse
import io
import math
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

sys.path.insert(0, str(Path(__file__).parents[1]))
from kg import iris
from kg.exports import EXPORTS
from kg.store import OxigraphStore, open_store, queries
from kg.store.sparql import MERGED
from tests.graph_samples import made_up
from tests.memory import most

PATIENCE = 60  # seconds for a query of rdflib's
QUERIES = {
    "claims about an actor": "SELECT ?c { ?c kg:states ?s . ?s rdf:subject id:donald-trump }",
    "who says what of whom": """SELECT ?who ?what ?whom { ?c kg:source ?who ; kg:modality kg:obligated ;
        kg:states ?s . ?s rdf:predicate ?what ; rdf:object ?whom . ?whom a kg:Actor }""",
    "claims per relation": """SELECT ?p (COUNT(*) AS ?n) { ?c kg:polarity kg:negated ; kg:states ?s .
        ?s rdf:predicate ?p } GROUP BY ?p""",
    "evidence with sentences": """SELECT ?text ?cue { ?c kg:cue ?cue ; kg:inSentence/nif:anchorOf ?text ;
        kg:states/rdf:subject id:irn }""",
    "two-step neighbours": """SELECT DISTINCT ?b ?d { ?s1 rdf:subject id:xi-jinping ; rdf:predicate rel:call ;
        rdf:object ?b . ?s2 rdf:subject ?b ; rdf:predicate rel:arm ; rdf:object ?d }""",
    "documents by date": """SELECT ?d (COUNT(?s) AS ?n) { ?d schema:datePublished ?day .
        ?s nif:referenceContext ?d FILTER(?day >= "2025-11-01"^^xsd:date) } GROUP BY ?d""",
}


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The median time of some runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def report(what: str, value: float, target: float, more_is_better: bool = False, note: str = "") -> None:
    met = value >= target if more_is_better else value <= target
    sign = "≥" if more_is_better else "≤"
    print(
        f"{what:<52} {value:8.2f}   to reach {sign} {target:<6g} {'met' if met else 'NOT MET'} {note}",
        flush=True,
    )


def writing(articles: list[list[ox.Quad]], folder: Path) -> OxigraphStore:
    """A build's writing against one bulk load of the same quads; alternating, best of three."""
    every = MERGED.placed(quad for quads in articles for quad in quads)  # as the store has them
    ours, own = [], []
    for turn in range(3):
        theirs = folder / f"own{turn}"
        own.append(seconds(lambda at=theirs: ox.Store(at).bulk_extend(every)))
        shutil.rmtree(theirs)
        mine = folder / f"ours{turn}"
        store = OxigraphStore(mine)
        ours.append(seconds(lambda into=store: into.put_many(articles)))
        if turn < 2:
            store.close()
            shutil.rmtree(mine)
    report(
        "writing a build / bulk load of the same quads",
        min(ours) / min(own),
        1.3,
        note=f"({min(ours):.1f} s)",
    )
    return store


def asking(store: OxigraphStore, triples: bytes) -> None:
    """Six queries against rdflib's memory store; where it has no answer after PATIENCE, as long as that."""
    graph = rdflib.Graph()
    graph.parse(data=triples, format="nt")
    for prefix, base in iris.PREFIXES.items():
        graph.bind(prefix, base)
    ratios = []
    for name, text in QUERIES.items():
        theirs, found = rdflib_seconds(graph, text)
        ours = seconds(lambda asked=text: store.query(asked).rows, 3)
        assert found in (None, len(store.query(text))), name
        ratios.append(theirs / ours)
        more = "" if found is not None else "  (rdflib stopped: at least)"
        print(f"    {name:<46} {theirs:8.3f} s  {ours:8.3f} s  {theirs / ours:7.1f} ×{more}", flush=True)
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    report("six queries: times faster than rdflib, geometric mean", mean, 12, more_is_better=True)


def rdflib_seconds(graph: rdflib.Graph, text: str) -> tuple[float, int | None]:
    """How long rdflib takes, the better of two times, and its number of rows; None if it takes too long."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    taken, found = [], None
    for _ in range(2):
        signal.alarm(PATIENCE)
        started = time.perf_counter()
        try:
            found = len(list(graph.query(text)))
        except TimeoutError:
            return PATIENCE, None
        finally:
            signal.alarm(0)
        taken.append(time.perf_counter() - started)
    return min(taken), found


def exporting(store: OxigraphStore) -> None:
    """Turtle against pyoxigraph's own dump of the same store; alternating, best of three."""
    raw, graph = store._store, ox.DefaultGraph()
    for name, target in (("turtle-unsorted", 0.8), ("turtle", 0.15)):
        own, ours = [], []
        for _ in range(3):
            own.append(
                seconds(
                    lambda: raw.dump(format=ox.RdfFormat.TURTLE, from_graph=graph, prefixes=iris.PREFIXES)
                )
            )
            ours.append(seconds(lambda export=EXPORTS[name]: export(store, io.BytesIO())))
        report(f"{name}: speed against pyoxigraph's dump", min(own) / min(ours), target, more_is_better=True)


def economy() -> None:
    """Triples per claim for the articles that come with kg, over all layers; and in the articles' own graphs.

    The shared graphs, on actors and on terms, grow with these and not with the number of claims.
    """
    from kg import pipeline
    from kg.reading import read

    with open_store() as store:
        pipeline.build(read([str(Path(__file__).parents[2] / "data" / "articles")]), store)
        claims = len(store.query("SELECT ?c { ?c a kg:Claim }"))
        report("triples per claim, all layers", sum(1 for _ in store.quads()) / claims, 40)
        apart = (*map(str, (iris.ACTORS_GRAPH, iris.VOCABULARY_GRAPH, iris.ASSERTED_GRAPH)),)
        own = sum(1 for name in ("", *store.graphs()) if name not in apart for _ in store.quads(name))
        print(f"    without the shared graphs and the derived one: {own / claims:.2f}", flush=True)


def memory(count: int) -> None:
    """The most memory that a process takes while it writes a store of that many articles."""
    command = [sys.executable, __file__, "--build", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    report("memory while building, GB", int(done.stdout) / 1e6, 1)


def build(count: int) -> None:
    """Write that many articles as a build does, one by one, and print the most memory taken, in KB."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        store.put_many(made_up(number).quads() for number in range(count))
        store.derive()
        store.query(queries.text("facts"))
    print(most())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=200_000)
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.build)
        return
    articles = []
    while sum(map(len, articles)) < options.triples:
        articles.append(made_up(len(articles)).quads())
    print(f"{sum(map(len, articles)):,} triples in {len(articles)} articles", flush=True)
    memory(len(articles))
    with tempfile.TemporaryDirectory() as folder:
        store = writing(articles, Path(folder))
        exporting(store)
        asking(store, store.dump(None))
    economy()


if __name__ == "__main__":
    main()
