"""How much the long tests do: fuzzing, kills and load in full with `make test-long`, a tenth of it else."""

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
IN_FULL = os.environ.get("KG_LONG") == "1"


def times(full: int) -> int:
    """How often, how many or how long: `full` in `make test-long`, else a tenth of it, at least one."""
    return full if IN_FULL else max(1, full // 10)


def some(cases: Iterable[T]) -> list[T]:
    """Cases that take a second each: all of them in `make test-long`, else every tenth."""
    return list(cases)[:: 1 if IN_FULL else 10]
