"""How kg grows: articles a second of one process and of two, memory, what a build costs beside reading.

The sample articles again and again, each time under other names. Timings are ratios within one run.

    python -m tests.benchmarks.scale                          all of it, with a hundred articles
    python -m tests.benchmarks.scale memory 1000 10000        only the memory, with so many: an hour
    python -m tests.benchmarks.scale --fast                   with the small model
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import psutil

import kg
from kg import pipeline
from kg.model import Document
from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL
from kg.workers import ordered

SAMPLES = Path(__file__).parents[2] / "data" / "articles"


def articles(count: int) -> Iterator[Document]:
    """So many articles, one after the other."""
    samples = list(kg.read([SAMPLES]))
    for number in range(count):
        sample = samples[number % len(samples)]
        yield replace(sample, id=f"{number // len(samples)}/{sample.id}")


def rate(model: str, count: int, workers: int) -> float:
    """Articles a second, from when every process has given its first."""
    with closing(kg.findings(articles(count), model, workers=workers)) as found:
        started = [time.perf_counter() for _ in islice(found, 4 * workers)][-1]
        read = sum(1 for _ in found)
    return read / (time.perf_counter() - started)


@dataclass
class Memory:
    """The most memory that this process and each below it have held, in MB."""

    parent: float = 0
    worker: float = 0

    def look(self, done: Event) -> None:
        here = psutil.Process()
        while not done.wait(0.2):
            self.parent = max(self.parent, here.memory_info().rss / 1e6)
            for child in here.children():
                try:
                    self.worker = max(self.worker, child.memory_info().rss / 1e6)
                except psutil.Error:  # it has just ended
                    continue


def memory(model: str, count: int, workers: int = 2) -> Memory:
    """The most memory that a build of so many articles takes."""
    found, done = Memory(), Event()
    watcher = Thread(target=found.look, args=(done,))
    watcher.start()
    with tempfile.TemporaryDirectory() as folder, kg.open_store(f"{folder}/s", create=True) as store:
        kg.build(articles(count), store, model, workers=workers)
    done.set()
    watcher.join()
    return found


def beside(model: str, count: int) -> tuple[float, float]:
    """CPU seconds an article for reading, and for all else in a build: RDF and store."""
    reader = pipeline.Reader(model, None, None, pipeline._findings)
    list(ordered(articles(1), reader, pipeline._died))
    started = time.process_time()
    assert sum(1 for _ in kg.findings(articles(count), model)) == count
    reading = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder, kg.open_store(f"{folder}/s", create=True) as store:
        started = time.process_time()
        kg.build(articles(count), store, model)
        whole = time.process_time() - started
    return reading / count, (whole - reading) / count


def tell_beside(model: str, counts: list[int]) -> None:
    """What a build costs beside reading, by CPU: told right on a busy machine as well."""
    reading, rest = beside(model, counts[0])
    print(
        f"a build beside reading: {rest:.3f} s of CPU an article to {reading:.3f}, {rest / reading:.2f} of it"
    )


def tell_parts(model: str, counts: list[int]) -> None:
    """CPU an article of what a build does beside reading, and what the store takes on disk."""
    made_by = pipeline.made_with(model)
    analyses = list(kg.analyse(articles(counts[0]), model))
    with tempfile.TemporaryDirectory() as folder, kg.open_store(f"{folder}/s", create=True) as store:
        started = time.process_time()
        graphs = [pipeline._graph(analysis, made_by).graph for analysis in analyses]
        written = time.process_time()
        store.put_many(graphs)
        loaded = time.process_time()
        store.derive()
        derived = time.process_time()
        size = sum(file.stat().st_size for file in Path(folder, "s").iterdir())
    times = (written - started, loaded - written, derived - loaded)
    rdf, load, derive = (f"{seconds / counts[0] * 1000:.1f} ms" for seconds in times)
    print(f"an article: RDF {rdf}, load {load}, derive {derive}; {size / counts[0] / 1000:.0f} kB on disk")


def tell_rate(model: str, counts: list[int]) -> None:
    """Only an idle machine tells this right: a busy one gives two processes twice the time of one."""
    one, two = (rate(model, counts[0], workers) for workers in (1, 2))
    print(f"articles a second: {one:.1f} with one worker, {two:.1f} with two: {two / one:.2f} times as many")


def tell_memory(model: str, counts: list[int]) -> None:
    for count in counts:
        most = memory(model, count)
        print(f"{count:6} articles: at most {most.worker:.0f} MB a worker, {most.parent:.0f} MB the writer")


PARTS = {"beside": tell_beside, "parts": tell_parts, "rate": tell_rate, "memory": tell_memory}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    cli.add_argument("part", nargs="?", choices=PARTS)
    cli.add_argument("counts", nargs="*", type=int, default=[100])
    cli.add_argument("--fast", action="store_true")
    given = cli.parse_args()
    for name in [given.part] if given.part else PARTS:
        PARTS[name](FAST_MODEL if given.fast else DEFAULT_MODEL, given.counts or [100])


if __name__ == "__main__":
    main()
