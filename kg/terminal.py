"""Everything that kg says in a terminal: lines, tables, progress, logs and faults, all as `shown`."""

from __future__ import annotations

import logging
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Timer
from types import TracebackType

from rich.console import Console

from kg.shown import message, shown, without_login

PATIENCE = 2.0  # seconds that nobody asks how long it takes
_out = Console(soft_wrap=True, markup=False, highlight=False, emoji=False)
_err = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)


def prepare() -> None:
    """Make the process one of the command line's: what is said by whom, and how."""
    _open_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack a letter
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(message)s"))
    logging.getLogger("kg").addHandler(handler)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries do not know which file they are at
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    sys.excepthook = _fault


def _open_standard_streams() -> None:
    """Opens those that a shell has closed (`>&-`), before a file of ours takes their place: standard input
    is empty then, on standard output no write succeeds, and nobody hears what is complained of."""
    for name, mode in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, mode)  # the lowest that is free
            setattr(sys, name, os.fdopen(handle, "r" if name == "stdin" else "w", encoding="utf-8"))


def say(text: str) -> None:
    """A line on standard output."""
    _out.print(shown(without_login(text)))


def complain(text: str) -> None:
    """A line on standard error."""
    explain(message(text))


def explain(text: str) -> None:
    """Lines of kg's own on standard error, such as the help; who cannot read them has the exit code."""
    with suppress(OSError):
        _err.print(text)


def write(text: str) -> None:
    """Lines for programs on standard output, in UTF-8; what a person sees of them is as it may be shown."""
    if sys.stdout.isatty():
        text = "\n".join("\t".join(map(shown, line.split("\t"))) for line in text.split("\n"))
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output."""
    from rich.table import Table  # slow to import, and not needed by all

    drawn = Table(title=title and shown(title), title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        drawn.add_column(shown(column), overflow="fold")
    for row in rows:
        drawn.add_row(*map(shown, row))
    Console(markup=False, highlight=False, emoji=False).print(drawn)


@contextmanager
def progress(what: str, total: Callable[[], int | None]) -> Iterator[Callable[[], None]]:
    """A bar with what is left of the time, on standard error, for what takes longer than two seconds.

    `total` says about how many there are. Silent where that is no terminal, or where both are one.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=_err, transient=True)
    done = 0

    def begin() -> None:
        bar.add_task("", total=total(), completed=done)
        bar.start()

    def advance() -> None:
        nonlocal done
        done += 1
        for task in bar.tasks:
            bar.update(task.id, completed=done, total=task.total and max(task.total, done))

    if not _err.is_terminal:
        yield advance
        return
    waiting = Timer(PATIENCE, begin)  # also before the first is done: a language model takes its time to load
    waiting.start()
    try:
        yield advance
    finally:
        waiting.cancel()
        waiting.join()
        bar.stop()


def close_output() -> None:
    """Stop writing to standard output, which nobody reads any more or which is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return message(super().format(record))


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What a bug of kg's shows: Python's traceback, as it may be shown."""
    for part in traceback.format_exception(kind, error, trace):
        sys.stderr.write("\n".join(map(shown, part.split("\n"))))
