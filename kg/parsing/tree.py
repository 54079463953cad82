"""A parsed sentence as plain Python: what extractors and linkers see, whichever parser made it.

Labels are Universal Dependencies (https://universaldependencies.org/en/). Plain objects keep spaCy
behind one door (`pipelines.py`), make hand-built sentences easy in tests, and are faster to walk.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kg.parsing.signals import Signals  # needs numpy, which takes time to load

Kind = Literal["paragraph", "item", "label", "dateline", "furniture"]


class Token:
    """One word: form, lemma, universal and Penn tag, relation, head, dependents, place in the text."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "feats",
        "head",
        "i",
        "lemma",
        "pos",
        "space",
        "start",
        "tag",
        "text",
    )

    def __init__(self, i: int, text: str, lemma: str, pos: str, tag: str, dep: str, start: int) -> None:
        self.i = i  # position in the sentence
        self.text = text
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.start = start  # characters, in the document
        self.end = start + len(text)
        self.head: Token | None = None  # None for the root
        self.children: list[Token] = []  # in text order
        self.ent = ""  # PERSON ORG LOC NORP or "", as the parser's name recogniser says
        self.feats = ""  # morphology, "Number=Sing|Person=3"
        self.space = True  # whether white space follows

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.pos}, {self.dep})"

    @property
    def lower(self) -> str:
        """The form in small letters."""
        return self.text.lower()

    @property
    def base_dep(self) -> str:
        """The relation without its subtype: `nsubj:pass` gives `nsubj`."""
        return self.dep.partition(":")[0]

    def child(self, *deps: str) -> Token | None:
        """The first dependent with one of these relations (exact labels), or None."""
        for c in self.children:
            if c.dep in deps:
                return c
        return None

    def all(self, *deps: str) -> list[Token]:
        """All dependents with one of these relations (exact labels), in text order."""
        return [c for c in self.children if c.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """The head, its head, and so on to the root."""
        head = self.head
        while head is not None:
            yield head
            head = head.head

    def subtree(self, without: Iterable[Token] = ()) -> list[Token]:
        """This word and everything below it in text order; branches at `without` are left out."""
        skip = {id(t) for t in without}
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            if id(token) in skip:
                continue
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda t: t.i)
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text's layout, [start, end) in characters; `turn` is where the speaker's label stands."""

    start: int
    end: int
    kind: Kind = "paragraph"
    turn: int | None = None


class Sentence:
    """The words of one sentence; `index` is its place in the document, counted from 0."""

    __slots__ = ("block", "index", "signals", "tokens")

    def __init__(self, index: int, tokens: list[Token]) -> None:
        self.index = index
        self.tokens = tokens
        self.signals: Signals | None = None  # the document's, where its model gives any
        self.block: Block | None = None  # of the document's layout; None where nothing is known of it

    def __repr__(self) -> str:
        return f"Sentence({self.index}, {self.text!r})"

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @property
    def text(self) -> str:
        """The words joined as they stood, white space folded to one blank."""
        return "".join(t.text + (" " if t.space else "") for t in self.tokens).strip()

    @property
    def start(self) -> int:
        """Where it begins in the document, in characters."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the document, in characters."""
        return self.tokens[-1].end

    def at(self, start: int) -> Token | None:
        """The word that begins at this character of the document, or None.

        A claim keeps such places for its parts: `sentence.at(claim.statement.relation.head)` is its verb.
        """
        place = bisect_left(self.tokens, start, key=lambda t: t.start)
        found = self.tokens[place] if place < len(self.tokens) else None
        return found if found is not None and found.start == start else None

    @property
    def root(self) -> Token:
        """The word without a head (the first, should a parser give several)."""
        return next((t for t in self.tokens if t.head is None), self.tokens[0])


def sentence(rows: str, index: int = 0, start: int = 0) -> Sentence:
    """A sentence built by hand: a line a word, `form lemma UPOS XPOS head relation [entity]`, heads from 1.

    >>> s = sentence('''
    ...     Xi     Xi    PROPN NNP 2 nsubj PERSON
    ...     called call  VERB  VBD 0 root
    ... ''')
    >>> s.root, s.root.child("nsubj"), s.text
    (Token('called', VERB, root), Token('Xi', PROPN, nsubj), 'Xi called')
    """
    fields = [line.split() for line in rows.strip().splitlines()]
    tokens, offset = [], start
    for i, (form, lemma, pos, tag, _, dep, *ent) in enumerate(fields):
        token = Token(i, form, lemma, pos, tag, dep, offset)
        token.ent = ent[0] if ent else ""
        tokens.append(token)
        offset = token.end + 1
    heads = [int(f[4]) - 1 for f in fields]
    return attach(index, tokens, heads)


def move(token: Token, head: Token, dep: str) -> None:
    """Hang a word on another one, in place; not below itself, so that a tree stays one."""
    if token is head or any(a is token for a in head.ancestors()):
        return
    if token.head is not None:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda t: t.i)


def conjunction_head(token: Token) -> Token:
    """The first member of the coordination that a word belongs to."""
    while token.dep == "conj" and token.head is not None:
        token = token.head
    return token


def is_infinitive(top: Token) -> bool:
    """Whether a clause's first predicate is marked by "to"."""
    return any(c.dep == "mark" and c.lower == "to" for c in top.children)


def case_words(token: Token) -> list[Token]:
    """The words that mark a phrase, fixed expressions included: "because of", "as well as"."""
    words: list[Token] = []
    for c in token.children:
        if c.dep == "case" and c.lower not in ("'s", "’s", "'", "’"):
            words.append(c)
            words.extend(f for f in c.children if f.dep == "fixed")
    stranded = token.tag in ("WDT", "WP")  # "that Kyiv had asked for"
    return sorted((w for w in words if w.i < token.i or stranded), key=lambda t: t.i)


def preposition_of(token: Token) -> str:
    """The words that mark a phrase, in small letters; empty where there are none.

    >>> s = sentence("Because because ADP IN 3 case\\nof of ADP IN 1 fixed\\nrain rain NOUN NN 0 root")
    >>> preposition_of(s.root)
    'because of'
    """
    return " ".join(word.lower for word in case_words(token))


def attach(index: int, tokens: list[Token], heads: list[int]) -> Sentence:
    """A sentence from words and the positions of their heads; the root's head is itself or -1."""
    for token, head in zip(tokens, heads, strict=True):
        if head not in (-1, token.i):
            token.head = tokens[head]
            tokens[head].children.append(token)
    return Sentence(index, tokens)
