"""A parser against a Universal Dependencies treebank: gold words, eight sentences at a time, predicted ends.

UAS, LAS, tags and lemmas over words that are not punctuation, lemmas without case, and the F1 of whole
sentences (both ends right), as spaCy's scorer counts them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.parsing import pipelines
from kg.parsing.tree import Sentence, Token

GROUP = 8  # gold sentences joined, so that their ends are there to be found
ID, FORM, LEMMA, XPOS, HEAD, DEPREL, MISC = 0, 1, 2, 4, 6, 7, 9


@dataclass(frozen=True, slots=True)
class Word:
    """A gold word; `head` is its place among the words of the group, its own for a root."""

    form: str
    space: bool
    lemma: str
    tag: str
    head: int
    dep: str
    starts: bool  # a sentence


def evaluate(gold: Path, model: str = pipelines.DEFAULT_MODEL) -> list[tuple[str, str]]:
    """The figures on a CoNLL-U file. Raises InputError when it cannot be read."""
    groups = list(_groups(read(gold)))
    right = dict.fromkeys(("UAS", "LAS", "tag", "lemma"), 0)
    counted = found = given = wanted = 0
    texts = [[(w.form, w.space) for w in group] for group in groups]
    for group, sentences in zip(groups, pipelines.trees(texts, model), strict=True):
        tokens = _numbered(sentences)
        for word, (token, head) in zip(group, tokens, strict=True):
            if word.dep == "punct":
                continue
            counted += 1
            right["UAS"] += head == word.head
            right["LAS"] += head == word.head and token.dep == word.dep
            right["tag"] += token.tag == word.tag
            right["lemma"] += token.lemma.lower() == word.lemma.lower()
        whole = _spans([w.starts for w in group])
        predicted = _spans([token.i == 0 for token, _ in tokens])
        found, given, wanted = found + len(whole & predicted), given + len(predicted), wanted + len(whole)
    figures = [(name, f"{hits / max(counted, 1):.3f}") for name, hits in right.items()]
    return [*figures, ("sentences", f"{2 * found / max(given + wanted, 1):.3f}")]


def _spans(starts: list[bool]) -> set[tuple[int, int]]:
    places = [i for i, is_start in enumerate(starts) if is_start]
    return set(zip(places, [*places[1:], len(starts)], strict=True))


def read(path: Path) -> list[list[list[str]]]:
    """The sentences of a CoNLL-U file as rows of ten fields; ranges and empty nodes are left out."""
    try:
        blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    rows = [[line.split("\t") for line in block.splitlines() if line[:1] != "#"] for block in blocks]
    if any(len(row) != 10 for sentence in rows for row in sentence):
        raise InputError(f"{path}: not CoNLL-U (a word's line has ten fields with tabs between)")
    return [[row for row in sentence if row[ID].isdigit()] for sentence in rows]


def _groups(sentences: Sequence[list[list[str]]]) -> Iterator[list[Word]]:
    for start in range(0, len(sentences), GROUP):
        group: list[Word] = []
        for rows in sentences[start : start + GROUP]:
            offset = len(group)
            for i, row in enumerate(rows):
                head = offset + (int(row[HEAD]) - 1 if row[HEAD] != "0" else i)
                space = "SpaceAfter=No" not in row[MISC]
                group.append(Word(row[FORM], space, row[LEMMA], row[XPOS], head, row[DEPREL], i == 0))
        yield group


def _numbered(sentences: list[Sentence]) -> list[tuple[Token, int]]:
    """Each predicted word with its head's place among the words of the group."""
    found: list[tuple[Token, int]] = []
    for sentence in sentences:
        offset = len(found)
        found += [(t, offset + (t.head.i if t.head is not None else t.i)) for t in sentence]
    return found
