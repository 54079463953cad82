"""Lines in the formats of benchmarks, from files with one sentence a line, its words parted by blanks."""

from collections.abc import Iterator
from pathlib import Path

from kg import nlp
from kg.errors import InputError
from kg.extraction.carb import tuples
from kg.extraction.triples import facts


def carb_lines(path: Path, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """sentence, confidence, relation, subject, argument, …, tab-separated, for every tuple."""
    lines = _sentences(path)
    for line, sentences in zip(lines, nlp.parse([line.split() for line in lines], model), strict=True):
        for sentence in sentences:
            for found in tuples(sentence):
                yield "\t".join([line, *found.fields()])


def triple_lines(path: Path, model: str = nlp.DEFAULT_MODEL) -> Iterator[str]:
    """line number (from 1), subject, relation, object, tab-separated, for every fact."""
    lines = _sentences(path)
    parsed = nlp.parse([line.split() for line in lines], model)
    for number, sentences in enumerate(parsed, start=1):
        for sentence in sentences:
            for fact in facts(sentence):
                yield "\t".join([str(number), *fact])


def _sentences(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
