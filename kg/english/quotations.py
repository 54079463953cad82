"""Quotation marks: which open, which close, which do either, and the quotations between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.parsing.tree import Sentence, Token

OPENING, CLOSING, STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset({'"', "``", "''"})
SINGLE_OPENING, SINGLE = frozenset({"‘", "`"}), frozenset({"'", "’"})
DASHES = frozenset({"—", "–", "-", "--"})


@dataclass(slots=True)
class Piece:
    """The quoted words of one sentence."""

    sentence: Sentence
    tokens: list[Token]


@dataclass(slots=True)
class Quotation:
    """What stands between an opening mark and the closing one, a piece for each sentence."""

    pieces: list[Piece] = field(default_factory=list)
    speaker: Token | None = None

    @property
    def first(self) -> Sentence:
        """The sentence in which it begins."""
        return self.pieces[0].sentence

    @property
    def last(self) -> Sentence:
        """The sentence in which it ends."""
        return self.pieces[-1].sentence


def quotations(sentences: Sequence[Sentence]) -> Iterator[Quotation]:
    """Each quotation in the order of the text. One that is not closed ends with its paragraph, unless the
    next paragraph opens with a mark again: then it goes on there."""
    current: Quotation | None = None
    closing: frozenset[str] = frozenset()
    for number, sentence in enumerate(sentences):
        before = sentences[number - 1] if number else None
        parted = before is not None and sentence.block is not before.block
        if current is not None and parted and not _goes_on(current, before, sentence, closing):
            yield from [current] if current.pieces else []
            current = None
        piece = Piece(sentence, [])
        for token in sentence:
            if current is None:
                ends = _closing_of(sentence, token)
                if ends:
                    current, closing = Quotation(), ends
                    piece = Piece(sentence, [])
            elif _repeats(token, sentence) and token.text in OPENING | closing:
                continue  # said again where a paragraph begins
            elif token.text in closing:
                if _closes(token, sentence, closing):
                    _add(current, piece)
                    if current.pieces:
                        yield current
                    current, piece = None, Piece(sentence, [])
                else:
                    piece.tokens.append(token)
            else:
                piece.tokens.append(token)
        if current is not None:
            _add(current, piece)
    if current is not None and current.pieces:
        yield current


def _add(quotation: Quotation, piece: Piece) -> None:
    if piece.tokens:
        quotation.pieces.append(piece)


def _closing_of(sentence: Sentence, token: Token) -> frozenset[str]:
    """The marks that close what a word opens; empty where it opens nothing."""
    if token.text in OPENING:
        return CLOSING
    if token.text in STRAIGHT and token.text != "''":
        return STRAIGHT
    if token.text in SINGLE_OPENING or (token.text == "'" and _stands_before_word(sentence, token)):
        return SINGLE
    return frozenset()


def _stands_before_word(sentence: Sentence, token: Token) -> bool:
    """Whether a single mark begins a quotation: a blank before it and none behind, and one like it later."""
    before = sentence.tokens[token.i - 1] if token.i else None
    apart = before is None or before.space or before.text in DASHES
    return (
        apart
        and not token.space
        and token.tag != "POS"
        and any(_ends_word(sentence, t) for t in sentence.tokens[token.i + 2 :])
    )


def _ends_word(sentence: Sentence, token: Token) -> bool:
    before = sentence.tokens[token.i - 1]
    return (
        token.text in SINGLE
        and token.tag != "POS"
        and before.text in {",", ".", "?", "!", "…"}
        and not before.space
    )


def _closes(token: Token, sentence: Sentence, closing: frozenset[str]) -> bool:
    return closing is not SINGLE or _ends_word(sentence, token) or token.i == len(sentence.tokens) - 1


def _repeats(token: Token, sentence: Sentence) -> bool:
    """Whether a mark opens a paragraph: of a quotation that goes on, it is said again there."""
    return token.i == 0 and sentence.block is not None and token.start == sentence.block.start


def _goes_on(
    current: Quotation, before: Sentence | None, sentence: Sentence, closing: frozenset[str]
) -> bool:
    """Whether a quotation that its paragraph leaves open goes on in the next one."""
    first = sentence.tokens[0].text
    return bool(current.pieces) and current.last is before and (first in OPENING or first in closing)
