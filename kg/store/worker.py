"""Runs one query in a process of its own, which can be killed when it takes too long.

pyoxigraph has no limits, answers no signal while it works, and a long chain of operators overflows its stack.
For a store on disk the process opens a frozen view of it; one in memory is reached by a forked copy.
"""

from __future__ import annotations

import faulthandler
import math
import os
import pickle
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from select import select
from time import monotonic
from typing import BinaryIO, NoReturn

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.store import cage, oxigraph
from kg.store.results import Answer

_GIGABYTE = 10**9
_LONGEST, _LARGEST = 10**6, 10**9  # seconds and gigabytes: the most that the system understands
# Without -P, Python would look for modules in the current folder first, and run whatever lies there.
_CHILD = "import sys; sys.path.append(sys.argv.pop(1)); from kg.store.worker import main; main()"


@dataclass(frozen=True)
class Limits:
    """How long a query may take, in seconds, and how much memory, in gigabytes; None for no limit."""

    timeout: float | None = None
    memory: float | None = None

    @classmethod
    def of(cls, timeout: float | None, memory: float | None) -> Limits:
        """Limits as they are given, where 0 is none as well. Raises QueryError for what is no number."""
        for name, value in (("timeout", timeout), ("memory", memory)):
            if value is not None and not 0 <= value < math.inf:
                raise QueryError(f"{name} {value:g}: give a positive number, or 0 for no limit")
        return cls(min(timeout or 0, _LONGEST) or None, min(memory or 0, _LARGEST) or None)

    @property
    def bytes(self) -> int | None:
        """The limit of memory in bytes."""
        return None if self.memory is None else math.ceil(self.memory * _GIGABYTE)


def query_in_process(store: Path | ox.Store, text: str, limits: Limits, allow_remote: bool = False) -> Answer:
    """The answer of a store, by its folder or in memory; QueryError where it meets a limit."""
    if isinstance(store, Path):
        return _spawned(store, text, limits, allow_remote)
    if not hasattr(os, "fork"):
        raise QueryError("a store in memory has no limits on this system; keep it in a folder")
    return _forked(store, text, limits, allow_remote)


def _spawned(path: Path, text: str, limits: Limits, allow_remote: bool) -> Answer:
    root = Path(__file__).resolve().parents[2]
    arguments = [root, path.absolute(), os.getpid(), limits.bytes or "", allow_remote or ""]
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child:
        try:
            data = _read_of(child, text.encode(), path, limits)
        except BaseException:
            child.kill()
            raise
    if child.returncode != 0:  # Oxigraph joins what it cannot read without end, until no memory is left
        oxigraph.require_readable(path)
    return _unpack(data, child.returncode, limits)


def _read_of(child: subprocess.Popen[bytes], text: bytes, path: Path, limits: Limits) -> bytes:
    """What a child answers; where it takes long, it is looked whether the store can be read at all."""
    looked: Future[None] | None = None
    more: bytes | None = text
    deadline = math.inf if limits.timeout is None else monotonic() + limits.timeout
    while True:
        try:
            patience = min(oxigraph.PATIENCE, max(0.0, deadline - monotonic()))
            return child.communicate(more, timeout=patience)[0]
        except subprocess.TimeoutExpired:
            more = None
            if monotonic() >= deadline:
                _too_slow(limits)
            if looked is None:
                looked = oxigraph.in_thread(
                    partial(oxigraph.require_readable, path, lambda: child.returncode is not None)
                )
            elif looked.done():
                looked.result()


def _forked(store: ox.Store, text: str, limits: Limits, allow_remote: bool) -> Answer:
    reader, writer = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which the child doesn't use
        child = os.fork()
    if child == 0:
        os.close(reader)
        faulthandler.disable()  # what a process says when it dies is said here
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        cage.enter(parent, limits.bytes, sockets=allow_remote)
        with os.fdopen(writer, "wb") as out:
            _write(out, lambda: oxigraph.run_query(store, text, allow_remote))
        os._exit(0)
    os.close(writer)
    try:
        data = _read(reader, limits)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.close(reader)
        status = os.waitpid(child, 0)[1]
    return _unpack(data, os.waitstatus_to_exitcode(status), limits)


def _read(reader: int, limits: Limits) -> bytes:
    deadline = math.inf if limits.timeout is None else monotonic() + limits.timeout
    parts: list[bytes] = []
    while True:
        left = None if math.isinf(deadline) else max(0.0, deadline - monotonic())
        if not select([reader], [], [], left)[0]:
            _too_slow(limits)
        part = os.read(reader, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _too_slow(limits: Limits) -> NoReturn:
    raise QueryError(
        f"the query took longer than {limits.timeout:g} s; make it narrower or give it longer (--timeout)"
    )


def _write(out: BinaryIO, ask: Callable[[], Answer]) -> None:
    """The answer, or what is wrong with the question."""
    try:
        result: object = ask()
    except KgError as error:
        result = error
    pickle.dump(result, out)


def _unpack(data: bytes, code: int, limits: Limits) -> Answer:
    """The answer that a process wrote, or why it ended without one."""
    if code != 0:
        if limits.memory is not None and code != -signal.SIGSEGV:
            raise QueryError(
                f"the query needs more than {limits.memory:g} GB of memory; make it narrower or allow "
                f"it more (--memory)"
            )
        raise QueryError("the query brought its process down: it is too large or nested too deep")
    result = pickle.loads(data)  # written by our own child process
    if isinstance(result, KgError):
        raise result
    answer: Answer = result
    return answer


def main() -> None:
    """Answer the query on standard input; the arguments are the store's folder and those of `cage.enter`."""
    path, parent, memory, allow_remote = sys.argv[1:]
    cage.enter(int(parent), int(memory) if memory else None, sockets=bool(allow_remote))
    text = sys.stdin.buffer.read().decode()
    _write(
        sys.stdout.buffer, lambda: oxigraph.run_query(oxigraph.frozen(Path(path)), text, bool(allow_remote))
    )
