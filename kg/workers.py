"""One function over many items in processes of their own; results come in the order of the items.

Each process sets itself up once, by a call of `prepare`, and then answers item by item. It is a fresh
interpreter, on every system: nothing is forked, nobody's script is run again, and nothing is imported from
the current folder. One that dies (out of memory, a fault in a library) loses the item it had, and another
takes its place. Items are taken from the stream as they are needed, a few for each process.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, BinaryIO, Protocol, TypeVar

import kg
from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Workers = (
    int | str | None
)  # how many, the address of a Dask cluster ("local" for one here), or as many as pay
MOST = 256  # processes; a slip of the finger would take all memory
AHEAD = 4  # items for each process that may be under way or wait for one before them
PAYS = 24  # items from which on processes pay: setting one up takes as long as reading some twenty articles

# Takes this very kg by its file, wherever it lies, and begins to serve.
_CHILD = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("kg", sys.argv[1])
sys.modules["kg"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["kg"])
from kg.workers import serve
serve()
"""


def cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(usable(0)) if usable else os.cpu_count() or 1


def ordered(
    items: Iterable[T],
    prepare: Callable[[], Callable[[T], R]],
    lost: Callable[[T, str], R],
    workers: Workers = 1,
) -> Generator[R]:
    """The results for items, in their order, from so many processes.

    One worker is this process; None is a process for each core, where there are items enough; an address is
    a Dask cluster's.
    `prepare`, the items and the results go from process to process, so they must pickle; `lost` gives the
    result for an item whose process died, and why. What `prepare` raises is raised here.
    """
    if isinstance(workers, str):
        from kg import cluster

        yield from cluster.ordered(items, prepare, lost, workers)
        return
    if workers is None:
        items, workers = _as_many_as_pay(iter(items))
    if workers > MOST:
        raise KgError(f"{workers:,} workers: {MOST} at most, and as many as there are cores are the fastest")
    if workers <= 1:
        work = prepare()
        yield from map(work, items)
        return
    with _Pool(prepare, lost, workers) as pool:
        yield from in_order(items, pool.submit, AHEAD * workers)


def _as_many_as_pay(items: Iterator[T]) -> tuple[Iterator[T], int]:
    """The items, and a process for each core if there are enough of them."""
    first = list(islice(items, PAYS))
    return chain(first, items), cores() if len(first) == PAYS else 1


class Pending(Protocol[R_co]):
    """A result that is under way."""

    def result(self) -> R_co:
        """The result, as soon as it is there."""


def in_order(items: Iterable[T], submit: Callable[[T], Pending[R]], ahead: int) -> Iterator[R]:
    """The results of what `submit` starts for each item, at most `ahead` of them under way."""
    waiting: deque[Pending[R]] = deque()
    for item in items:
        waiting.append(submit(item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Pool:
    """Processes, each with a thread that talks to it."""

    def __init__(self, prepare: Callable[[], Any], lost: Callable[[Any, str], Any], workers: int) -> None:
        self.prepare, self.lost = prepare, lost
        self.threads = ThreadPoolExecutor(workers)
        self.idle: SimpleQueue[_Worker] = SimpleQueue()
        self.workers = [_Worker(prepare) for _ in range(workers)]
        for worker in self.workers:
            self.idle.put(worker)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self.workers:
            worker.kill()
        self.threads.shutdown(cancel_futures=True)

    def submit(self, item: Any) -> Future[Any]:
        return self.threads.submit(self._answer, item)

    def _answer(self, item: Any) -> Any:
        worker = self.idle.get()
        try:
            return worker.ask(item)
        except _Died as error:
            worker.start()
            return self.lost(item, str(error))
        finally:
            self.idle.put(worker)


class _Died(Exception):  # noqa: N818 (what happened, as it is told)
    """A process ended before it answered; the message says how."""


class _Worker:
    """A process that answers one item after another; it starts with the first."""

    def __init__(self, prepare: Callable[[], Any]) -> None:
        self.setup = pickle.dumps(prepare)
        self.process: subprocess.Popen[bytes] | None = None
        self.ended = False
        self.lock = Lock()  # between a start and the end of all

    def start(self) -> None:
        """Starts the process, in place of one that died, and waits until it is set up."""
        with self.lock:
            if self.ended:
                return
            command, pipe = [sys.executable, "-P", "-c", _CHILD, kg.__file__], subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=_environment())
        try:
            self._exchange(self.setup)
        except _Died as error:
            raise KgError(f"a worker process cannot start: it {error}") from error

    def ask(self, item: Any) -> Any:
        """The answer to an item; what was raised there is raised here."""
        if self.process is None:
            self.start()
        return self._exchange(pickle.dumps(item))

    def _exchange(self, data: bytes) -> Any:
        assert self.process is not None
        source, sink = self.process.stdout, self.process.stdin
        assert source is not None
        assert sink is not None
        try:
            sink.write(data)
            sink.flush()
            good, answer = pickle.load(source)  # our own child wrote it
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise _Died(_how(_end(self.process))) from error
        if not good:
            raise answer
        return answer

    def kill(self) -> None:
        """Ends the process at once and for good."""
        with self.lock:
            self.ended = True
            if self.process is not None:
                self.process.kill()
                _end(self.process)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Waits for a process that ends, and lets go of it; its exit code."""
    with suppress(OSError), process:  # what was still to be written goes nowhere
        pass
    return process.wait()


def _how(code: int) -> str:
    """How a process ended, in words.

    >>> _how(-9)
    'was ended by SIGKILL: too little memory?'
    """
    if code >= 0:
        return f"ended with code {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        return f"was ended by {name}" + (": too little memory?" if name == "SIGKILL" else "")
    return f"was ended by signal {-code}"


def _environment() -> dict[str, str]:
    """The environment of a process that finds what this one finds, but for the current folder."""
    here = Path.cwd()
    places = [place for place in sys.path if place and Path(place).resolve() != here]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


# ── in the process ──


def serve() -> None:
    """Sets itself up, then answers items, from standard input to standard output, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    ready: list[Callable[[Any], Any]] = []
    with suppress(EOFError, BrokenPipeError):  # the parent is done, or gone
        prepare = pickle.load(source)
        _reply(sink, lambda: ready.append(prepare()))
        while ready:
            _reply(sink, ready[0], pickle.load(source))


def _reply(sink: BinaryIO, call: Callable[..., Any], *arguments: Any) -> None:
    """Sends what a call gives, or what it raises."""
    try:
        data = pickle.dumps((True, call(*arguments)))
    except Exception as error:
        data = pickle.dumps((False, error))
    sink.write(data)
    sink.flush()
