"""Acronyms that a text explains: "Palestine Liberation Organization (PLO)"."""

from collections.abc import Sequence

from kg.actors.names import Chunk, apart, head_of
from kg.actors.trie import Match
from kg.parsing.tree import Sentence, Token

_CAPITALS, _LONGEST = 2, 10  # letters of an acronym: so many capitals at least, so many at most
_SMALL = frozenset({"of", "for", "and", "on", "in"})
_JOINERS = frozenset("-–—/'’.")


def explained(sentences: Sequence[Sentence], found: list[list[Chunk]]) -> list[list[Chunk]]:
    """The names of each sentence with those that the text explains an acronym for, and all such acronyms."""
    acronyms = {s.tokens[at].text for s in sentences for _, _, at in definitions(s)}
    for sentence, chunks in zip(sentences, found, strict=True):
        acronyms.update(short for c in chunks if c.ent == "ORG" and (short := behind(sentence.tokens, c.end)))
    if not acronyms:
        return found
    return [_with_names(s, chunks, acronyms) for s, chunks in zip(sentences, found, strict=True)]


def definitions(sentence: Sentence) -> list[tuple[int, int, int]]:
    """Acronyms that a sentence explains: start and end of the name, and where the acronym stands.

    "Organization for Northern Fisheries (ONF)": capitals before a bracket whose first letters are it.
    """
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 2):
        short = behind(tokens, i)
        if short and short.isupper():
            start = _beginning(tokens, i, short.lower())
            if start is not None:
                found.append((start, i, i + 1))
    return found


def behind(tokens: list[Token], at: int) -> str | None:
    """The acronym in brackets that stands there: "(PLO)", "(PdS)"."""
    words = tokens[at : at + 3]
    if len(words) < 3 or words[0].text not in ("(", "[") or words[2].text not in (")", "]"):
        return None
    short = words[1].text
    is_one = short.isalpha() and len(short) <= _LONGEST and sum(map(str.isupper, short)) >= _CAPITALS
    return short if is_one else None


def _beginning(tokens: list[Token], end: int, short: str) -> int | None:
    """Where the name begins whose words' first letters, small words aside, are the acronym; else where the
    words in capitals begin behind "the": "the UN Boundary Mission (UNBOM)".
    """
    found = _initials(tokens, end, short)
    return _in_capitals(tokens, end) if found is None else found


def _in_capitals(tokens: list[Token], end: int) -> int | None:
    """Where a run of several words in capitals begins right behind "the"."""
    start = end
    while start > 0 and (tokens[start - 1].text[:1].isupper() or tokens[start - 1].lower in _SMALL):
        start -= 1
    while start < end and tokens[start].lower in _SMALL:
        start += 1
    behind_the = start > 0 and tokens[start - 1].lower == "the"
    return start if behind_the and end - start > 1 else None


def _initials(tokens: list[Token], end: int, short: str) -> int | None:
    letters = ""
    for i in range(end - 1, max(-1, end - 3 * len(short) - 1), -1):
        word = tokens[i].text
        if word[:1].isupper():
            letters = word[0].lower() + letters
            if letters == short:
                return i
        elif not (word.isalpha() and len(word) <= 3) and word not in _JOINERS:
            return None
    return None


def _with_names(sentence: Sentence, found: list[Chunk], acronyms: set[str]) -> list[Chunk]:
    tokens = sentence.tokens
    taken = {i for c in found for i in range(c.start, c.end)}
    added = [c for start, end, _ in definitions(sentence) if (c := _full(tokens, start, end, found))]
    added += [Chunk(t.i, t.i + 1, (), "ORG", t) for t in tokens if t.text in acronyms and t.i not in taken]
    return apart([*added, *found]) if added else found


def _full(tokens: list[Token], start: int, end: int, found: list[Chunk]) -> Chunk | None:
    """The name that an acronym is short for, unless it, or a part that the tables know, is found already."""
    over = [c for c in found if c.start < end and start < c.end]
    if any(c.of("name") or (c.start, c.end) == (start, end) for c in over):
        return None
    inside = tuple(Match(c.start, c.end, c.entries) for c in over if c.entries)
    return Chunk(start, end, (), "ORG", head_of(tokens, start, end), inside)


def are_initials(short: str, name: tuple[str, ...]) -> bool:
    """Whether an acronym's letters begin words of a name in pieces, in this order.

    >>> are_initials("PLO", ("palestine", "liberation", "organization"))
    True
    >>> are_initials("PT", ("workers", "party"))
    False
    """
    first = iter([word[0] for word in name])
    return all(letter in first for letter in short.lower())
