"""Acronyms that a text explains: "Palestine Liberation Organization (PLO)"."""

from collections.abc import Sequence

from kg.actors.names import Chunk, apart, head_of
from kg.actors.spellings import units
from kg.actors.trie import Match
from kg.parsing.tree import Sentence, Token

SHORTEST, LONGEST = 2, 10  # letters
_JOINERS = frozenset("-–—/'’.")
_FIRST_LETTERS = 0.6  # of an acronym's letters, so many begin a word of the name


def explained(sentences: Sequence[Sentence], found: list[list[Chunk]]) -> list[list[Chunk]]:
    """The names of each sentence with those that the text explains an acronym for, and all such acronyms."""
    acronyms = {s.tokens[at].text for s in sentences for _, _, at in definitions(s)}
    if not acronyms:
        return found
    return [_with_names(s, chunks, acronyms) for s, chunks in zip(sentences, found, strict=True)]


def definitions(sentence: Sentence) -> list[tuple[int, int, int]]:
    """Acronyms that a sentence explains: start and end of the name, and where the acronym stands.

    "Organization for Northern Fisheries (ONF)": capitals before a bracket whose first letters are it.
    """
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 2):
        short = bracketed(tokens[i : i + 3])
        if short and short.isupper() and short.isalpha() and SHORTEST <= len(short) <= LONGEST:
            start = _beginning(tokens, i, short.lower())
            if start is not None:
                found.append((start, i, i + 1))
    return found


def bracketed(words: list[Token]) -> str | None:
    """The one word in brackets, if that is what three words are."""
    if len(words) == 3 and words[0].text in ("(", "[") and words[2].text in (")", "]"):
        return words[1].text
    return None


def _beginning(tokens: list[Token], end: int, short: str) -> int | None:
    """Where the name begins whose words' first letters, small words aside, are the acronym."""
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


def stands_for(short: str, name: tuple[str, ...]) -> bool:
    """Whether a word in brackets is the acronym of a name in pieces.

    >>> stands_for("PLO", ("palestine", "liberation", "organization")), stands_for("UN", ("fatah",))
    (True, False)
    """
    letters = "".join(units(short))
    if not short.isupper() or not SHORTEST <= len(letters) <= LONGEST:
        return False
    first = [w[0] for w in name]
    found = sum(1 for c in letters if c in first)
    rest = iter("".join(name))
    return all(c in rest for c in letters) and found >= _FIRST_LETTERS * len(letters)
