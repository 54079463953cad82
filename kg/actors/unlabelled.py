"""Proper nouns that the parser called no name, but that the text shows to be one."""

from __future__ import annotations

from collections.abc import Iterator

from kg.actors.index import Gazetteer
from kg.actors.names import (
    JOINERS,
    Chunk,
    is_calendar,
    is_plain_name,
    is_settlement,
    person,
    positions,
)
from kg.actors.spellings import units
from kg.actors.trie import Match
from kg.english.lexicon import verbs_of_saying
from kg.parsing.tree import Sentence, Token


def names(
    sentence: Sentence, found: list[Chunk], matches: list[Match], called: set[str], gazetteer: Gazetteer
) -> list[Chunk]:
    """Names besides those found: a word of a person's full name elsewhere, a name with a title set beside
    it, a town by what stands before it, whoever says something.

    `called` has the first and last words of the persons' full names in the document.
    """
    return _Unlabelled(sentence.tokens, found, matches, called, gazetteer).all()


class _Unlabelled:
    """The names of a sentence that nobody has found so far."""

    def __init__(
        self,
        tokens: list[Token],
        found: list[Chunk],
        matches: list[Match],
        called: set[str],
        gazetteer: Gazetteer,
    ) -> None:
        self.tokens = tokens
        self.called = called
        self.gazetteer = gazetteer
        self.titles = positions(m for m in matches if m.of("title"))
        self.taken = positions(found) | positions(m for m in matches if m.of("title", "generic"))

    def all(self) -> list[Chunk]:
        """The names in text order."""
        return [c for token in self.tokens if self._is_free(token) and (c := self._name(token)) is not None]

    def _is_free(self, token: Token) -> bool:
        proper = token.pos == "PROPN" and not token.ent and token.text[:1].isupper()
        return proper and token.i not in self.taken

    def _name(self, token: Token) -> Chunk | None:
        """The name that a proper noun is part of, if the text shows it to be one."""
        if is_settlement(self.tokens, token.i, self.gazetteer.words) or self.gazetteer.misspelt(token.text):
            return Chunk(token.i, token.i + 1, (), "LOC", token)
        if self._is_person(token):
            start, end = self._run(token.i)
            self.taken.update(range(start, end))
            return person(self.tokens, start, end, self.gazetteer)
        return self._speaker(token) if self._says(token) else None

    def _is_person(self, token: Token) -> bool:
        pieces = units(token.text)
        if pieces and pieces[0] in self.called:
            return True
        before = self.tokens[token.i - 1].lower.strip(".") if token.i else ""
        return before in self.gazetteer.words["address"] or self._is_titled(token)

    def _is_titled(self, token: Token) -> bool:
        """Whether a title is set beside a word: "Bessent, the Treasury Secretary,"."""
        return any(c.i in self.titles for c in token.all("appos")) and token.child("nmod") is None

    def _run(self, i: int) -> tuple[int, int]:
        """A word with the proper nouns on either side that nobody has labelled: "Cyd Ho"."""
        start, end = i, i + 1
        while start > 0 and self._joins(self.tokens[start - 1]):
            start -= 1
        while end < len(self.tokens) and self._joins(self.tokens[end]):
            end += 1
        return start, end

    def _joins(self, token: Token) -> bool:
        return is_plain_name(token) and not token.ent and token.i not in self.taken

    def _says(self, token: Token) -> bool:
        verb = token.head if token.dep == "nsubj" else None
        return verb is not None and verb.lemma.lower() in verbs_of_saying()

    def _speaker(self, token: Token) -> Chunk | None:
        """The subject of a verb of saying with what it is compounded of, if none of it is a name already."""
        start = min([t.i for t in token.all("compound") if t.pos == "PROPN"] + [token.i])
        end = max([t.i for t in token.all("flat") if t.pos == "PROPN"] + [token.i]) + 1
        return Chunk(start, end, (), "", token) if self.taken.isdisjoint(range(start, end)) else None


def after_titles(
    tokens: list[Token], matches: list[Match], found: list[Chunk], gazetteer: Gazetteer
) -> Iterator[Chunk]:
    """All proper nouns behind a title, called a name or not: "Prime Minister Abbas el-Fassi"."""
    titles = [m for m in matches if m.of("title")]
    other = positions(c for c in found if _is_no_person(c, gazetteer))
    other |= positions(m for m in titles if not m.of("name"))
    known = {(c.start, c.end) for c in found}
    for match in titles:
        if not tokens[match.end - 1].text[:1].isupper():
            continue
        start, end = _behind(tokens, match.end, other, gazetteer)
        if end > start and (start, end) not in known:
            yield person(tokens, start, end, gazetteer)


def _behind(tokens: list[Token], at: int, other: set[int], gazetteer: Gazetteer) -> tuple[int, int]:
    """The proper nouns that begin at a word, honorifics before them and particles behind left out."""
    start = at
    while start < len(tokens) - 1 and tokens[start].lower in gazetteer.words["honorific"]:
        start += 1  # "Deputy Secretary Antony Blinken"
    end = start
    while end < len(tokens) and end not in other and _goes_on(tokens, end, gazetteer):
        end += 1
    while end > start and tokens[end - 1].pos != "PROPN" and tokens[end - 1].text != "I":
        end -= 1
    return start, end


def _is_no_person(chunk: Chunk, gazetteer: Gazetteer) -> bool:
    """Whether a chunk is surely no part of a person's name."""
    if chunk.entries:
        return not any(e.kind == "name" and gazetteer.is_person(e) for e in chunk.entries)
    return chunk.ent in ("ORG", "LOC", "NORP")


def _goes_on(tokens: list[Token], i: int, gazetteer: Gazetteer) -> bool:
    """Whether a name goes on at a word: another proper noun, a particle, a numeral."""
    token = tokens[i]
    if token.text == "I":
        return _is_numeral(tokens, i)
    if token.text in JOINERS or token.lower in gazetteer.words["particle"]:
        return any(t.text[:1].isupper() and t.pos == "PROPN" for t in tokens[i + 1 : i + 3])
    return token.pos == "PROPN" and token.tag != "NNPS" and not is_calendar(token, gazetteer)


def _is_numeral(tokens: list[Token], i: int) -> bool:
    """Whether an "I" between a name and a verb is the first of that name: "King Mohammed I said"."""
    after = tokens[i + 1].pos if i + 1 < len(tokens) else ""
    return tokens[i - 1].pos == "PROPN" and after in ("VERB", "AUX")
