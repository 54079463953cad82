"""Which words of sentences stand in quotation marks, and which quotations run on."""

import pytest

from kg.english.quotations import quotations
from kg.parsing.tree import Block, Sentence, sentence


def words(text: str, index: int = 0, start: int = 0) -> Sentence:
    """A flat tree of words with blanks between, a paragraph of its own."""
    made = sentence("\n".join(f"{word} {word} X X 0 dep" for word in text.split()), index, start)
    made.block = Block(made.start, made.end)
    return made


def quoted(*texts: str) -> list[list[list[str]]]:
    """The words of each quotation, a list for each sentence; every text is a paragraph."""
    sentences: list[Sentence] = []
    for index, text in enumerate(texts):
        sentences.append(words(text, index, sentences[-1].end + 2 if sentences else 0))
    return [[[t.text for t in piece.tokens] for piece in q.pieces] for q in quotations(sentences)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“ We stay , ” she said", [["We", "stay", ","]]),
        ('" We stay , " she said', [["We", "stay", ","]]),
        ("« We stay , » she said", [["We", "stay", ","]]),
        ("She said that they stay", []),
        ("We stay ” , she said", []),  # a stray mark opens nothing
        ("“ We stay", [["We", "stay"]]),  # one left open ends with its paragraph
    ],
)
def test_words_in_marks(text: str, found: list[list[str]]) -> None:
    assert quoted(text) == [found] * bool(found)


def test_two_quotations_of_a_sentence_are_two() -> None:
    assert quoted("“ We stay , ” she said , “ they go . ”") == [[["We", "stay", ","]], [["they", "go", "."]]]


def test_a_quotation_that_a_paragraph_opens_again_goes_on() -> None:
    assert quoted("“ We stay .", "“ They go . ”", "She left") == [[["We", "stay", "."], ["They", "go", "."]]]
    assert quoted('" We stay .', '" They go . "', "She left") == [[["We", "stay", "."], ["They", "go", "."]]]


def test_one_that_no_paragraph_opens_again_has_ended() -> None:
    assert quoted("“ We stay .", "They go .") == [[["We", "stay", "."]]]
