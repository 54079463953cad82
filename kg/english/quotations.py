"""Quotation marks: which open, which close, which do either, and what stands between them."""

from kg.parsing.tree import Sentence, Token

OPENING, CLOSING, STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset({'"', "``", "''"})
MARKS = OPENING | CLOSING | STRAIGHT
OPENS, CLOSES = OPENING | {"``"}, CLOSING | {"''"}


def quoted_words(sentence: Sentence, is_open: bool = False) -> tuple[list[Token], bool]:
    """The words of a sentence that stand in quotation marks, and whether a quotation runs on behind it.

    `is_open` says whether one runs on from the sentence before. A mark that can only close opens nothing;
    one that can only open leaves an open quotation open: each paragraph of a long one begins with it.

    >>> from kg.parsing.tree import sentence
    >>> said = sentence("“ “ PUNCT `` 2 punct\\nYes yes INTJ UH 0 root\\n” ” PUNCT '' 2 punct")
    >>> quoted_words(said)
    ([Token('Yes', INTJ, root)], False)
    """
    words = []
    for token in sentence:
        if token.text in MARKS:
            is_open = token.text in OPENS or (token.text not in CLOSES and not is_open)
        elif is_open:
            words.append(token)
    return words, is_open
