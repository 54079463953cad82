"""What the workers of test_workers.py do; here, since their processes import it by name."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from kg.errors import ModelError

Work = Callable[[int], tuple[int, int]]


def square() -> Work:
    """The process and the square of a number; small numbers take longest."""
    seen = os.getpid()
    sys.stdout.write("a library that prints while it loads")

    def work(n: int) -> tuple[int, int]:
        sys.stdout.write("a library that prints")
        time.sleep(0.02 / (1 + n))
        return seen, n * n

    return work


def deadly() -> Work:
    """Dies at 3 and at 7."""
    work = square()

    def or_die(n: int) -> tuple[int, int]:
        if n in (3, 7):
            os.kill(os.getpid(), signal.SIGKILL)
        return work(n)

    return or_die


def refusing() -> Work:
    raise ModelError("no such model")


def never_ready() -> Work:
    os._exit(5)


def failing() -> Work:
    def work(n: int) -> tuple[int, int]:
        raise ValueError(f"{n} is no good")

    return work
