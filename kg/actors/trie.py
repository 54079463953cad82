"""Names and nouns in a trie of words, so that finding them costs the same whatever the tables' size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.actors.spellings import capitals, is_acronym, phrase_units, units
from kg.actors.wordlists import Generic, Group, Prefix, Title
from kg.parsing.tree import Token

Kind = Literal[
    "name", "country", "demonym", "capital", "metonym", "title", "generic", "prefix", "group", "anaphor"
]
_NOUNS = frozenset({"title", "generic", "prefix", "group", "anaphor"})  # small letters will do


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase may stand for: its kind, and the actor's id or the row of its table."""

    kind: Kind
    id: str
    phrase: str  # as the table has it
    row: Title | Generic | Prefix | Group | None = None
    titled: bool = False  # a name that begins with a title


class Match:
    """A phrase of the tables in a sentence: tokens [start, end) and all that it may stand for."""

    __slots__ = ("end", "entries", "kinds", "start")

    def __init__(self, start: int, end: int, entries: tuple[Entry, ...]) -> None:
        self.start = start
        self.end = end
        self.entries = entries
        self.kinds = {e.kind for e in entries}

    def of(self, *kinds: str) -> list[Entry]:
        """The readings of one of these kinds."""
        if self.kinds.isdisjoint(kinds):
            return _NONE
        return [e for e in self.entries if e.kind in kinds]

    @property
    def titled(self) -> bool:
        """Whether it is a name that begins with a title: "President Xi"."""
        return self.entries[0].kind == "name" and self.entries[0].titled


_NONE: list[Entry] = []


class Node:
    """A place in the trie: what the words so far stand for, and which words may follow."""

    __slots__ = ("below", "entries")

    def __init__(self) -> None:
        self.below: dict[str, Node] = {}
        self.entries: list[Entry] = []


class Trie:
    """Phrases by their words."""

    def __init__(self) -> None:
        self._root = Node()

    def add(self, phrase: str, entry: Entry) -> None:
        """Put a phrase in; of two spellings of one name the one with fewer capitals stays."""
        parts = phrase_units(phrase)
        node = self._root
        for unit in parts:
            below = node.below.get(unit)
            if below is None:
                below = node.below[unit] = Node()
            node = below
        if not parts:
            return
        same = next((e for e in node.entries if (e.kind, e.id) == (entry.kind, entry.id)), None)
        if same is None:
            node.entries.append(entry)
        elif capitals(entry.phrase) < capitals(same.phrase):
            node.entries[node.entries.index(same)] = entry  # "al-Qaeda" is "Al-Qaeda" too

    def remove(self, phrases: Iterable[str], id: str) -> None:
        """Take out what stands there for an actor."""
        for phrase in phrases:
            node = self._find(phrase)
            if node is not None:
                node.entries = [e for e in node.entries if e.id != id]

    def lookup(self, phrase: str) -> tuple[Entry, ...]:
        """All that a whole phrase may stand for, letters' case aside."""
        node = self._find(phrase)
        return tuple(node.entries) if node is not None else ()

    def _find(self, phrase: str) -> Node | None:
        node = self._root
        for unit in phrase_units(phrase):
            below = node.below.get(unit)
            if below is None:
                return None
            node = below
        return node

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The longest phrases of the tables in a sentence, none inside another, in text order."""
        pieces = [(u, i) for i, t in enumerate(tokens) for u in units(t.text)]
        first, last, found = self._root.below, -1, list[Match]()
        for n, (unit, i) in enumerate(pieces):
            if unit in first and i != last:  # phrases begin with a word's first piece
                found += self._from(pieces, n, tokens)
            last = i
        return _apart(found) if len(found) > 1 else found

    def _from(self, pieces: list[tuple[str, int]], at: int, tokens: Sequence[Token]) -> list[Match]:
        """The phrases that begin at a piece and end with a word's last piece."""
        node, found, count = self._root, list[Match](), len(pieces)
        for n in range(at, count):
            below = node.below.get(pieces[n][0])
            if below is None:
                break
            node = below
            if node.entries and (n + 1 == count or pieces[n + 1][1] != pieces[n][1]):
                start, end = pieces[at][1], pieces[n][1] + 1
                fitting = tuple(e for e in node.entries if _cased(e, tokens[start:end]))
                if fitting:
                    found.append(Match(start, end, fitting))
        return found


def _apart(found: list[Match]) -> list[Match]:
    """The longest of overlapping phrases; "Xi Jinping" before "President Xi"."""
    if all(a.end <= b.start for a, b in pairwise(found)):
        return found
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.titled, m.start)):
        if all(match.end <= k.start or k.end <= match.start for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _cased(entry: Entry, tokens: Sequence[Token]) -> bool:
    """Whether the words are written as a name of this kind is: "us" is not the U.S."""
    if entry.kind in _NOUNS:
        return True
    if is_acronym(entry.phrase):
        return all(not t.text.isalpha() or t.text.isupper() for t in tokens)
    if capitals(entry.phrase) > sum(capitals(t.text) for t in tokens):
        return False
    words = entry.phrase.split()
    if len(words) != len(tokens):
        return True
    small = (w[:1].isupper() and t.text.islower() for w, t in zip(words, tokens, strict=True))
    return not any(small)  # "The north" is not "the North"
