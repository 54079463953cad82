"""Files with one sentence a line, its words parted by blanks: read, parsed, and printed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError, KgError
from kg.parsing import pipelines
from kg.parsing.tree import Sentence
from kg.reading import decode

JOINING = frozenset({"-", "/"})


def parse_lines(lines: Iterable[str], model: str = pipelines.DEFAULT_MODEL) -> Iterator[list[Sentence]]:
    """The parsed sentence of each line (none for an empty one)."""
    return pipelines.parse([split_line(line) for line in lines], model, one_sentence=True)


def split_line(line: str) -> list[tuple[str, bool]]:
    """Words, and whether a blank follows: none about a hyphen that the benchmark cut a word at.

    >>> split_line("a Coca - Cola spokesman")
    [('a', True), ('Coca', False), ('-', False), ('Cola', True), ('spokesman', True)]
    """
    words = line.split()
    tight = {
        i
        for i in range(1, len(words) - 1)
        if words[i] in JOINING and words[i - 1][-1].isalnum() and words[i + 1][0].isalnum()
    }
    return [(word, i not in tight and i + 1 not in tight) for i, word in enumerate(words)]


def read_lines(path: str) -> list[str]:
    """The lines of a file, or of standard input for "-"."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a file with a sentence a line") from error
    lines = decode(data, path).splitlines()
    if not any(line.strip() for line in lines):
        raise InputError(f"{path}: the file is empty; give it a sentence a line")
    return lines


def print_lines(usage: str, lines: Callable[..., Iterator[str]]) -> None:
    """What `lines` gives for the file and the model that the command line names, as UTF-8."""
    if len(sys.argv) not in (2, 3):
        sys.exit(usage)
    try:
        for line in lines(*sys.argv[1:]):
            sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
    except KgError as error:
        sys.exit(str(error))
