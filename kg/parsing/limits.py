"""How long a word, a sentence and a paragraph may be. What is longer is left out or read in pieces, and said.

The work on a word or a sentence grows faster than its length, as it must where everything may hang on
everything; below these lengths the work on a text grows with the text. Of 2,839 articles, speeches and
treaties no word has 100 characters; the longest sentence has 227 words, the longest paragraph 3,694
characters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg.parsing.plain import Plain
from kg.parsing.tree import Block

WORD = 200  # characters without a blank: data, not a word
SENTENCE = 300  # words and signs
PARAGRAPH = 20_000  # characters

T = TypeVar("T")
_TOO_LONG = re.compile(rf"(?<!\S)\S{{{WORD + 1},}}")
_ENDS = (". ", "? ", "! ", ".\n", '." ', ".” ")  # of sentences


@dataclass
class Limits:
    """Where a text went over the limits, in characters."""

    words: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """A line for each limit that applied.

        >>> list(Limits(words=[7, 900]).told())
        ['2 words of more than 200 characters left out, the first at character 7']
        """
        for places, what in (
            (self.words, f"words of more than {WORD:,} characters left out"),
            (self.sentences, f"sentences of more than {SENTENCE:,} words read in pieces"),
            (self.paragraphs, f"paragraphs of more than {PARAGRAPH:,} characters read in pieces"),
        ):
            if places:
                yield f"{len(places):,} {what}, the first at character {min(places):,}"

    def without_endless_words(self, read: Plain, offset: int) -> Plain:
        """What is read of a paragraph, without its words that are none."""
        cuts = [match.span() for match in _TOO_LONG.finditer(read.text)]
        self.words += (offset + read.starts[start] for start, _ in cuts)
        return read.without(cuts) if cuts else read

    def paragraph(self, text: str, block: Block) -> Iterator[Block]:
        """A block, or the pieces of one that is too long: they end with a sentence, or with a word."""
        if block.end - block.start > PARAGRAPH:
            self.paragraphs.append(block.start)
        while block.end - block.start > PARAGRAPH:
            end = _break(text, block.start + PARAGRAPH // 2, block.start + PARAGRAPH)
            yield replace(block, end=end)
            block = replace(block, start=end)
        yield block

    def sentence(self, words: Sequence[T], start: int) -> Iterator[Sequence[T]]:
        """The words of a sentence that starts at a character, or the pieces of one that is too long."""
        if len(words) > SENTENCE:
            self.sentences.append(start)
        for first in range(0, len(words), SENTENCE):
            yield words[first : first + SENTENCE]


def _break(text: str, start: int, end: int) -> int:
    """Where to part a text between two places: behind its last sentence or word there."""
    for marks in (_ENDS, (" ", "\n", "\t")):
        places = [place + len(mark) for mark in marks if (place := text.rfind(mark, start, end)) >= 0]
        if places:
            return max(places)
    return end
