"""Runs one query in a process of its own, which can be killed when it takes too long.

pyoxigraph has no time limit and answers no signal while it works. For a store on disk the process opens
a frozen view of it; one in memory is reached by a forked copy.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from select import select
from time import monotonic
from typing import BinaryIO, NoReturn

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.store.results import Answer


def query_in_process(path: Path | None, store: ox.Store, text: str, timeout: float) -> Answer:
    """The answer to a query, or QueryError after `timeout` seconds or where the process dies."""
    if path is not None:
        store.flush()
        return _unpack(_spawned(path, text, timeout))
    return _unpack(_forked(store, text, timeout))


def _spawned(path: Path, text: str, timeout: float) -> bytes:
    command = [sys.executable, "-m", "kg.store.worker", str(path)]
    try:
        done = subprocess.run(
            command, input=text.encode(), stdout=subprocess.PIPE, timeout=timeout, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        _too_slow(timeout)
    return done.stdout


def _forked(store: ox.Store, text: str, timeout: float) -> bytes:
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which the child doesn't use
        child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "wb") as out:
            _write(out, store, text)
        os._exit(0)
    os.close(writer)
    try:
        return _read(reader, monotonic() + timeout, timeout)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _read(reader: int, deadline: float, timeout: float) -> bytes:
    parts: list[bytes] = []
    while True:
        if not select([reader], [], [], max(0.0, deadline - monotonic()))[0]:
            _too_slow(timeout)
        part = os.read(reader, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _too_slow(timeout: float) -> NoReturn:
    raise QueryError(f"the query took longer than {timeout:g} s; make it narrower or give it longer")


def _write(out: BinaryIO, store: ox.Store, text: str) -> None:
    from kg.store.oxigraph import run_query

    try:
        result: object = run_query(store, text)
    except KgError as error:
        result = error
    pickle.dump(result, out)


def _unpack(data: bytes) -> Answer:
    if not data:
        raise QueryError("the query brought its process down: it is too large or nested too deep")
    result = pickle.loads(data)  # written by our own child process
    if isinstance(result, KgError):
        raise result
    answer: Answer = result
    return answer


def main() -> None:
    """Answer the query on standard input about the store in the folder named by the argument."""
    store = ox.Store.read_only(sys.argv[1])
    _write(sys.stdout.buffer, store, sys.stdin.buffer.read().decode())


if __name__ == "__main__":
    main()
