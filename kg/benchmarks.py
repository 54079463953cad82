"""Lines in the formats of benchmarks, from files with one sentence a line, its words parted by blanks."""

import sys
from collections.abc import Iterator
from pathlib import Path

from kg import nlp
from kg.errors import InputError
from kg.extraction.carb import tuples
from kg.extraction.triples import facts
from kg.reading import decode


def carb_lines(path: str, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """sentence, confidence, relation, subject, argument, …, tab-separated, for every tuple."""
    lines = _sentences(path)
    for line, sentences in zip(lines, nlp.parse([line.split() for line in lines], model), strict=True):
        for sentence in sentences:
            for found in tuples(sentence):
                yield "\t".join([line, *found.fields()])


def triple_lines(path: str, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """line number (from 1), subject, relation, object, tab-separated, for every fact."""
    lines = _sentences(path)
    parsed = nlp.parse([line.split() for line in lines], model)
    for number, sentences in enumerate(parsed, start=1):
        for sentence in sentences:
            for fact in facts(sentence):
                yield "\t".join([str(number), *fact])


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
