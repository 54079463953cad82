"""Words to the pieces that the encoder knows: BERT's own way, small letters only, without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

UNKNOWN = 100  # places in BERT's vocabulary
BEGIN, END = 101, 102
MOST = 8  # pieces of a word; what goes beyond is left out
PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})
SMALL, TITLE, CAPITALS, MIXED, DIGIT, SIGN = range(6)


def shape(word: str) -> int:
    """What the small letters hide.

    >>> [shape(w) for w in ("talks", "Oslo", "NATO", "al-Qaeda", "F-16", "—")]
    [0, 1, 2, 3, 4, 5]
    """
    if any(c.isdigit() for c in word):
        return DIGIT
    if not any(c.isalpha() for c in word):
        return SIGN
    if word.islower():
        return SMALL
    if word.isupper() and len(word) > 1:
        return CAPITALS
    return TITLE if word[:1].isupper() and word[1:].lower() == word[1:] else MIXED


def spelled(words: Sequence[str]) -> Iterator[str]:
    """The words as the encoder is to read them. It knows no capitals, and would take the name Said for the
    commonest verb of news: within a sentence it is read as Saeed, another spelling of it. In a line of
    capitalised words it may be the verb.

    >>> list(spelled("Qaboos bin Said then fled from Port Said".split()))
    ['Qaboos', 'bin', 'Saeed', 'then', 'fled', 'from', 'Port', 'Saeed']
    >>> list(spelled("Said Minister Said to Resign".split()))
    ['Said', 'Minister', 'Said', 'to', 'Resign']
    """
    if "Said" not in words:
        yield from words
        return
    shapes = [shape(word) for word in words if len(word) > 3]
    is_text = shapes.count(SMALL) * 3 > len(shapes)
    before = "."
    for word in words:
        is_name = word == "Said" and is_text and (before == "," or shape(before) in (SMALL, TITLE))
        yield "Saeed" if is_name else word
        before = word


class WordPieces:
    """The vocabulary, and the pieces of each word that was asked for."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.places = {piece: i for i, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Places in the vocabulary of a word's pieces."""
        found = self._known.get(word)
        if found is None:
            parts = _parts(word.translate(PLAIN))
            pieces = tuple(place for part in parts for place in self._longest_first(part))
            found = pieces[:MOST] or (UNKNOWN,)
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[word] = found
        return found

    def _longest_first(self, part: str) -> list[int]:
        found, start = [], 0
        if len(part) > 100:
            return [UNKNOWN]
        while start < len(part):
            for end in range(len(part), start, -1):
                place = self.places.get(part[start:end] if start == 0 else "##" + part[start:end])
                if place is not None:
                    break
            else:
                return [UNKNOWN]
            found.append(place)
            start = end
        return found


def _parts(word: str) -> list[str]:
    """A word without accents in small letters, split at signs."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts: list[str] = []
    now = ""
    for c in plain:
        if c.isspace() or unicodedata.category(c)[0] == "C":
            parts, now = [*parts, now], ""
        elif _is_sign(c):
            parts, now = [*parts, now, c], ""
        else:
            now += c
    return [part for part in [*parts, now] if part]


def _is_sign(c: str) -> bool:
    ascii_sign = 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126
    chinese = 0x4E00 <= ord(c) <= 0x9FFF or 0x3400 <= ord(c) <= 0x4DBF or 0xF900 <= ord(c) <= 0xFAFF
    return ascii_sign or chinese or unicodedata.category(c)[0] == "P"
