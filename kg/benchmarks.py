"""Lines in the formats of benchmarks, from files with one sentence a line, its words parted by blanks."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import nlp
from kg.errors import InputError
from kg.extraction.carb import tuples
from kg.extraction.triples import facts
from kg.parse import Sentence
from kg.reading import decode

JOINING = frozenset({"-", "/"})


def carb_lines(path: str, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """sentence, confidence, relation, subject, argument, …, tab-separated, for every tuple."""
    lines = _sentences(path)
    for line, sentences in zip(lines, parse_lines(lines, model), strict=True):
        for sentence in sentences:
            for found in tuples(sentence):
                yield "\t".join([line, *found.fields()])


def triple_lines(path: str, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """line number (from 1), subject, relation, object, tab-separated, for every fact."""
    for number, sentences in enumerate(parse_lines(_sentences(path), model), start=1):
        for sentence in sentences:
            for fact in facts(sentence):
                yield "\t".join([str(number), *fact])


def parse_lines(lines: Iterable[str], model: str = nlp.DEFAULT_MODEL) -> Iterator[list[Sentence]]:
    """The parsed sentence of each line (none for an empty one)."""
    return nlp.parse([split_line(line) for line in lines], model, one_sentence=True)


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


def _sentences(path: str) -> list[str]:
    """The lines of a file, or of standard input for "-"."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a file with a sentence a line") from error
    lines = decode(data, path).splitlines()
    if not any(line.strip() for line in lines):
        raise InputError(f"{path}: the file is empty; give it a sentence a line")
    return lines
