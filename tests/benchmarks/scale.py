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
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import psutil

import kg
from kg import pipeline
from kg.model import Document
from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL
from kg.store.packed import Packed

SAMPLES = Path(__file__).parents[2] / "data" / "articles"


def articles(count: int) -> Iterator[Document]:
    """So many articles, one after the other."""
    samples = list(kg.read([SAMPLES]))
    for number in range(count):
        sample = samples[number % len(samples)]
        yield replace(sample, id=f"{number // len(samples)}/{sample.id}")


@dataclass
class Rate:
    """How fast articles are read, from when every process has given its first."""

    wall: float  # seconds an article
    here: float  # seconds of CPU an article, in this process
    below: float  # and in those that it started


def rate(model: str, count: int, workers: int) -> Rate:
    """How fast so many processes read."""

    def clocks() -> tuple[float, ...]:
        below = (child.cpu_times() for child in psutil.Process().children())
        return time.perf_counter(), time.process_time(), sum(t.user + t.system for t in below)

    first = 4 * workers
    with closing(kg.findings(articles(count), model, workers=workers)) as found:
        deque(islice(found, first), maxlen=0)
        started = clocks()
        deque(islice(found, count - first - 1), maxlen=0)  # with the last one the processes end
        ended = clocks()
    return Rate(*((end - start) / (count - first - 1) for start, end in zip(started, ended, strict=True)))


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


@dataclass
class Parts:
    """CPU seconds that a build of one process spends on each part of its work."""

    reading: float = 0  # parse, claims, actors, events
    rdf: float = 0
    load: float = 0
    derive: float = 0


def parts(model: str, count: int, folder: str) -> Parts:
    """What a build of so many articles into a new store spends on each part."""
    found, made_by = Parts(), pipeline.made_with(model)
    read = pipeline.Reader(model, None, None, pipeline._all)()
    since = time.process_time()

    def spent() -> float:
        nonlocal since
        before, since = since, time.process_time()
        return since - before

    def graphs() -> Iterator[Packed]:
        for document in articles(count):
            found.load += spent()
            analysis = read(document)
            found.reading += spent()
            graph = pipeline._graph(analysis, made_by).graph
            found.rdf += spent()
            yield graph

    read(next(articles(1)))
    spent()
    with kg.open_store(folder, create=True) as store:
        store.put_many(graphs())
        found.load += spent()
        store.derive()
        store.flush()
        found.derive = spent()
    return found


def tell_parts(model: str, counts: list[int]) -> None:
    """What a build costs beside reading, by CPU: told right on a busy machine as well."""
    count = counts[0]
    with tempfile.TemporaryDirectory() as folder:
        found = parts(model, count, folder)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    rest = found.rdf + found.load + found.derive
    each = ", ".join(f"{name} {seconds / count * 1000:.1f} ms" for name, seconds in vars(found).items())
    print(f"an article: {each}; {size / count / 1000:.0f} kB on disk")
    print(f"a build beside reading: {rest / found.reading:.2f} of it")


def tell_rate(model: str, counts: list[int]) -> None:
    """Only an idle machine tells articles a second right; CPU, taken of both at once, what they are there."""
    one, two = (rate(model, counts[0], workers) for workers in (1, 2))
    print(
        f"articles a second: {1 / one.wall:.1f} with one worker, {1 / two.wall:.1f} with two: "
        f"{one.wall / two.wall:.2f} times as many"
    )
    with ProcessPoolExecutor(2, get_context("spawn")) as at_once:
        one, two = at_once.map(partial(rate, model, counts[0]), (1, 2))
    print(
        f"CPU an article: {one.here:.3f} s in one process; {two.below:.3f} in two workers and {two.here:.3f} "
        f"in the one that writes: {2 * one.here / (two.below + two.here):.2f} times as many on two idle cores"
    )


def tell_memory(model: str, counts: list[int]) -> None:
    for count in counts:
        most = memory(model, count)
        print(f"{count:6} articles: at most {most.worker:.0f} MB a worker, {most.parent:.0f} MB the writer")


PARTS = {"parts": tell_parts, "rate": tell_rate, "memory": tell_memory}


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
