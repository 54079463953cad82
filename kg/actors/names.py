"""A name in a sentence: which words it is, what the tables say of it, the words that stand before it.

A chunk is the name alone ("Xi Jinping"); its block is the name with the titles, adjectives and
countries before it ("Chinese President Xi Jinping"). `spotting` finds the chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from kg.actors import places
from kg.actors.index import Gazetteer
from kg.actors.spellings import sound
from kg.actors.trie import Entry, Match
from kg.parsing.tree import Token

NAME_KINDS = ("name", "country", "demonym", "capital", "metonym")
JOINERS = frozenset("-–—/'’.")
_INSIDE = frozenset({"flat", "compound", "goeswith", "fixed"})
_BLOCK = frozenset({"NOUN", "PROPN", "ADJ"})
_NAMED = frozenset({"flat", "appos", "compound", "nmod:desc", "nmod"})
# Where the family's name comes first, and papers abroad turn it round or do not.
_FAMILY_FIRST = frozenset("CHN HKG HUN JPN KHM KOR MAC PRK SGP TWN VNM".split())
_FAR = 5  # words up the tree between what stands before a name and the name


@dataclass(frozen=True)
class Chunk:
    """A name: tokens [start, end), what the tables say of it, the parser's label, its head word."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    ent: str
    head: Token
    inside: tuple[Match, ...] = ()  # known names within a longer one: "China" in "Bank of China"
    is_open: bool = False  # several share it, and the text does not say whose it is

    def of(self, *kinds: str) -> list[Entry]:
        """The readings of one of these kinds."""
        return [e for e in self.entries if e.kind in kinds] if self.entries else []

    @property
    def is_one_word(self) -> bool:
        """Whether it is of one word."""
        return self.end - self.start == 1


def person(tokens: list[Token], start: int, end: int, gazetteer: Gazetteer) -> Chunk:
    """Tokens [start, end) as a person's name."""
    entries = same_person(tokens, start, end, gazetteer)
    return Chunk(start, end, entries, "PERSON", head_of(tokens, start, end))


def same_person(tokens: list[Token], start: int, end: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Known persons whose first and last names these are, a middle name more or less.

    As they are written, else as they sound ("Sergey Shoygu"), else the other way round ("Orban Viktor").
    """
    said = gazetteer.plain(" ".join(t.text for t in tokens[start:end]))
    if len(said) < 2:
        return ()
    heard = tuple(map(sound, said))
    found = (
        _of_that_name(said, gazetteer.by_surname(said[-1]), gazetteer)
        or _of_that_name(heard, gazetteer.by_sound(heard[-1]), gazetteer, sound)
        or _of_that_name(
            heard[::-1], _with_family_first(gazetteer.by_sound(heard[0]), gazetteer), gazetteer, sound
        )
    )
    return tuple(Entry("name", i, gazetteer.records[i].label) for i in found)


def _with_family_first(ids: Iterable[str], gazetteer: Gazetteer) -> list[str]:
    """Those of some persons in whose country the name of the family comes first."""
    return [i for i in ids if not _FAMILY_FIRST.isdisjoint(gazetteer.records[i].countries)]


def _of_that_name(
    said: tuple[str, ...], ids: Iterable[str], gazetteer: Gazetteer, spelt: Callable[[str], str] = str
) -> list[str]:
    """Those of some persons who have a name whose words are these, in that spelling."""
    return [
        i
        for i in dict.fromkeys(ids)
        if any(is_one_person(said, tuple(map(spelt, gazetteer.plain(n)))) for n in gazetteer.records[i].names)
    ]


def is_one_person(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether two names have the same first and last words, and initials between that agree.

    >>> is_one_person(("robert", "f", "kennedy"), ("robert", "francis", "kennedy"))
    True
    """
    if len(known) < 2 or (known[0], known[-1]) != (said[0], said[-1]):
        return False
    one, other = known[1:-1], said[1:-1]
    return not one or not other or all(a[0] == b[0] for a, b in zip(one, other, strict=False))


def respelt(chunk: Chunk, tokens: list[Token], gazetteer: Gazetteer, named: Collection[str]) -> Chunk:
    """A name of one word that no table has as the country that it misspells.

    Not if it is a city, or, where the text never names that country (by code), a person.
    """
    if chunk.entries or not chunk.is_one_word:
        return chunk
    word = tokens[chunk.start].text
    code = gazetteer.misspelt(word)
    if code is None or (chunk.ent == "PERSON" and code not in named) or places.is_city(word):
        return chunk
    return replace(chunk, entries=(Entry("country", code, word),))


def put(found: list[Chunk], tokens: list[Token], start: int, end: int, match: Match) -> list[Chunk]:
    """The chunks with a known name at [start, end) in the place of whatever was there."""
    kept = [c for c in found if c.end <= start or end <= c.start]
    chunk = Chunk(start, end, tuple(match.of("name")), "", head_of(tokens, start, end))
    return sorted([*kept, chunk], key=lambda c: c.start)


def positions(found: Iterable[Chunk | Match]) -> set[int]:
    """Where the words of names or phrases stand in their sentence."""
    return {i for c in found for i in range(c.start, c.end)}


def apart(found: list[Chunk]) -> list[Chunk]:
    """The longest of overlapping chunks, in text order."""
    taken: set[int] = set()
    kept = []
    for chunk in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if taken.isdisjoint(range(chunk.start, chunk.end)):
            taken.update(range(chunk.start, chunk.end))
            kept.append(chunk)
    return sorted(kept, key=lambda c: c.start)


# -- words ---------------------------------------------------------------------------------------


def head_of(tokens: list[Token], start: int, end: int) -> Token:
    """The word of [start, end) that the others hang on."""
    words = tokens[start:end]
    outside = [w for w in words if w.head is None or not start <= w.head.i < end]
    return next((w for w in outside if w.dep not in _INSIDE), outside[0] if outside else words[0])


def is_plain_name(token: Token) -> bool:
    """Whether a word is written as a name and tagged as one: "Ivan", but not "IVAN" or "al-"."""
    return token.pos == "PROPN" and token.text.isalpha() and token.text.istitle()


def is_calendar(token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a word is a day, month or number, which a name recogniser may take for a name."""
    word = token.text.lower().strip(".")
    return not any(c.isalpha() for c in word) or word in gazetteer.words["time"]


def is_settlement(tokens: list[Token], i: int, words: dict[str, set[str]]) -> bool:
    """Whether a noun before a name says that it is a place: "the town of Samarra"."""
    return i > 1 and tokens[i - 1].lower == "of" and tokens[i - 2].lemma.lower() in words["settlement"]


# -- the block -----------------------------------------------------------------------------------


def block_start(tokens: list[Token], chunk: Chunk) -> int:
    """Where the titles and adjectives before a name begin."""
    start = chunk.start
    while start > 0 and _before(tokens[start - 1], chunk.head):
        start -= 1
    return start


def _before(token: Token, head: Token) -> bool:
    """Whether a word stands before a name as part of its block."""
    may = token.pos in _BLOCK or token.text in JOINERS or token.dep == "compound"
    if not may or token.tag == "POS":
        return False
    if any(t is head for t in [token, *token.ancestors()][1:_FAR]):
        return token.dep != "appos" and token.base_dep not in ("acl", "conj", "parataxis")
    return _is_headed(head, token)


def _is_headed(name: Token, title: Token) -> bool:
    """Whether a name hangs on a title before it: "President | Xi"."""
    if title is not name.head or name.dep not in _NAMED:
        return False
    return title.pos in ("NOUN", "PROPN") and name.child("case", "punct") is None
