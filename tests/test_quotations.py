"""Which words of a sentence stand in quotation marks."""

import pytest

from kg.english.quotations import quoted_words
from kg.parsing.tree import Sentence, sentence


def words(text: str) -> Sentence:
    """A flat tree of words with blanks between."""
    return sentence("\n".join(f"{word} {word} X X 0 dep" for word in text.split()))


@pytest.mark.parametrize(
    ("text", "is_open", "quoted", "stays_open"),
    [
        ("“ We stay , ” she said", False, ["We", "stay", ","], False),
        ('" We stay , " she said', False, ["We", "stay", ","], False),
        ("`` We stay '' and `` they go", False, ["We", "stay", "they", "go"], True),
        ("We stay , ” she said", True, ["We", "stay", ","], False),
        ('We stay , " she said', True, ["We", "stay", ","], False),
        ("“ We stay", True, ["We", "stay"], True),  # a new paragraph of the same quotation
        ("We stay ” , she said", False, [], False),
        ("She said that they stay", False, [], False),
    ],
)
def test_words_in_marks(text: str, is_open: bool, quoted: list[str], stays_open: bool) -> None:
    found, after = quoted_words(words(text), is_open)
    assert ([t.text for t in found], after) == (quoted, stays_open)
