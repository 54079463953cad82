"""Where names begin and end in a sentence: the tables' phrases and the parser's names, made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.actors.index import Gazetteer
from kg.actors.names import NAME_KINDS, Chunk, apart, head_of, is_calendar, is_plain_name, person, positions
from kg.actors.trie import Match
from kg.actors.unlabelled import after_titles
from kg.actors.wordlists import Generic
from kg.parsing.tree import Sentence, Token

_NOT_NAMES = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PART", "PRON", "INTJ", "DET"})
_OF = frozenset({"of", "from", "in", "for"})  # no person's name goes on behind these
_TITLE = 20  # words that a headline has at most
_BODIES = frozenset({"government", "igo", "ngo", "party", "agency", "movement", "company", "population"})
_JOINING = frozenset({"PUNCT", "ADP", "CCONJ"})


def chunks(sentence: Sentence, matches: list[Match], gazetteer: Gazetteer) -> list[Chunk]:
    """The names of a sentence in text order, none inside another."""
    return _Names(sentence.tokens, matches, gazetteer).all()


class _Names:
    """The names of a sentence."""

    def __init__(self, tokens: list[Token], matches: list[Match], gazetteer: Gazetteer) -> None:
        self.tokens = tokens
        self.matches = matches
        self.gazetteer = gazetteer
        self.known = [m for m in matches if m.of(*NAME_KINDS) and _nameable(m, tokens)]
        self.titled = positions(m for m in matches if m.of("title", "prefix") and not m.of("name"))
        self.common = positions(m for m in matches if not m.of("name"))
        self.titled |= {t.i for t in tokens[:-1] if self._is_honorific(t)}

    def all(self) -> list[Chunk]:
        """The tables' phrases, the parser's longer names, and what stands behind titles."""
        known = [self._known(m) for m in self.known]
        runs = [self._trimmed(start, end) for start, end in _runs(self.tokens)]
        longer = [self._longer(start, end) for start, end in runs if start < end]
        found = [self._whole(c) for c in apart([*(c for c in longer if c), *known])]
        return apart([*after_titles(self.tokens, self.matches, found, self.gazetteer), *found])

    def _is_honorific(self, token: Token) -> bool:
        """Whether a word before a person's name is a form of address: "Mr", "Sheikh"."""
        return token.ent == "PERSON" and token.lower.strip(".") in self.gazetteer.words["honorific"]

    # -- the tables' phrases -----------------------------------------------------------------

    def _known(self, match: Match) -> Chunk:
        """A phrase of the tables; a longer proper name around it takes it over ("Melania Trump")."""
        start, end = self._proper(match)
        head = head_of(self.tokens, start, end)
        if (start, end) == (match.start, match.end):
            return Chunk(start, end, tuple(match.of(*NAME_KINDS)), head.ent, head)
        named = next((t.ent for t in self.tokens[start:end] if t.ent), None)
        ent = named or ("PERSON" if head.pos == "PROPN" else "")
        return replace(person(self.tokens, start, end, self.gazetteer), ent=ent, inside=(match,))

    def _proper(self, match: Match) -> tuple[int, int]:
        """The match with the words that the parser joins to it as one flat name."""
        others = positions(m for m in self.known if not m.of("name") and m is not match) | self.titled
        start = self._proper_start(match, others)
        if is_headline(self.tokens):
            return start, match.end
        return start, self._proper_end(match, start, others)

    def _proper_start(self, match: Match, others: set[int]) -> int:
        tokens, start = self.tokens, match.start
        if start - 1 not in others and self._has_given_name(match):
            start -= 1
        while start > 0 and start - 1 not in others and self._flat(tokens[start - 1], start, match.end):
            start -= 1
        return start

    def _proper_end(self, match: Match, start: int, others: set[int]) -> int:
        tokens, end = self.tokens, match.end
        free = next((i for i in range(end, len(tokens)) if i in others), len(tokens))
        if any(e.kind == "name" and self.gazetteer.is_person(e) for e in match.entries):
            while end < free and self._goes_on(tokens[end]):
                end += 1
        while end < free and self._flat(tokens[end], start, end):
            end += 1
        return end

    def _has_given_name(self, match: Match) -> bool:
        """Whether a proper noun that no table has makes another name of a place's: "Denzel Washington"."""
        if match.start == 0 or match.end - match.start > 1 or not match.of("capital", "country"):
            return False
        given, name = self.tokens[match.start - 1], self.tokens[match.start]
        joined = given.head is name or name.head is given
        return joined and is_plain_name(given) and not given.ent and not self._is_part_of_a_place(given)

    def _is_part_of_a_place(self, token: Token) -> bool:
        words = self.gazetteer.words
        return token.lower in words["direction"] or token.lower in words["geographic"]

    def _goes_on(self, token: Token) -> bool:
        """Whether another proper noun follows a person's name outside a headline: "George V. Blue"."""
        named = token.pos == "PROPN" and token.ent in ("", "PERSON")
        return named and not is_calendar(token, self.gazetteer)

    def _flat(self, token: Token, start: int, end: int) -> bool:
        """Whether a word belongs to the same flat name as tokens [start, end)."""
        words = self.tokens[start:end]
        if token.pos != "PROPN" or is_calendar(token, self.gazetteer):
            return False
        last = words[-1]
        if token.ent == last.ent == "PERSON" and token.i == last.i + 1:
            return True
        return any(_is_flat_on(w, token) or _is_flat_on(token, w) for w in words)

    # -- the parser's names ------------------------------------------------------------------

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A run without determiners, titles and possessive marks at its ends; nothing of a title alone."""
        tokens = self.tokens
        if all(i in self.titled for i in range(start, end)):
            return start, start
        while start < end and self._leads(tokens[start]):
            start += 1
        if start < end and tokens[start].ent == "PERSON":
            end = next((i for i in range(start + 1, end) if tokens[i].lower in _OF), end)
        while start < end and self._trails(tokens[end - 1]):
            end -= 1
        return start, end

    def _leads(self, token: Token) -> bool:
        """Whether a word before a name is no part of it: an article, a title, "ethnic"."""
        if token.pos == "DET" or token.pos in _JOINING or token.tag == "POS":
            return True
        if token.i in self.titled and token.ent == "PERSON":
            return True
        return token.lower in self.gazetteer.words["ethnic"]

    def _trails(self, token: Token) -> bool:
        """Whether a word behind a name is no part of it: a possessive mark, a preposition, a day."""
        if token.tag == "POS" or token.pos in _JOINING:
            return True
        return token.text[:1].isupper() and token.text.isalpha() and is_calendar(token, self.gazetteer)

    def _longer(self, start: int, end: int) -> Chunk | None:
        """A name that the parser found, unless the tables know the very same or a longer one."""
        if all(is_calendar(t, self.gazetteer) or t.text.islower() for t in self.tokens[start:end]):
            return None
        article = start > 0 and self.tokens[start - 1].pos == "DET"  # "The Independent | Election Office"
        inside = tuple(m for m in self.known if start - article <= m.start and m.end <= end)
        if self._is_tables_own(start, end, inside) or self._is_several(start, end, inside):
            return None
        if self.tokens[start].ent == "PERSON":
            return replace(person(self.tokens, start, end, self.gazetteer), inside=inside)
        return Chunk(start, end, (), self.tokens[start].ent, head_of(self.tokens, start, end), inside)

    def _is_tables_own(self, start: int, end: int, inside: tuple[Match, ...]) -> bool:
        """Whether the tables have these very words, words that overlap them, or begin a headline's."""
        if any(m.start <= start and m.end == end for m in inside):
            return True
        if any(m.start < end and start < m.end and m not in inside for m in self.known):
            return True
        return any(m.start == start for m in inside) and is_headline(self.tokens)

    def _is_several(self, start: int, end: int, inside: tuple[Match, ...]) -> bool:
        """Whether a run is no name but names side by side, or a people with its home behind it.

        "U.S." and "Chinese", "Chinese President Xi Jinping"; "Russians of Latvia".
        """
        if not inside:
            return False
        first = inside[0]
        if first.start == start and first.of("demonym") and self.tokens[first.end].lower in _OF:
            return True
        named = positions(inside) | self.titled
        return all(i in named or self.tokens[i].pos in ("PUNCT", "CCONJ") for i in range(start, end))

    # -- what the recogniser left off --------------------------------------------------------

    def _whole(self, chunk: Chunk) -> Chunk:
        """A name with what the recogniser left off: "Kerry | Washington", "Andy Warhol | Foundation"."""
        if chunk.ent != "PERSON":
            return chunk
        body = self._body_behind(chunk)
        if body is not None:
            return Chunk(chunk.start, chunk.end + 1, (), "ORG", body)
        if not chunk.is_one_word or chunk.entries:
            return chunk
        if self._is_left_off(chunk.start - 1, chunk.head):
            return person(self.tokens, chunk.start - 1, chunk.end, self.gazetteer)
        if self._is_left_off(chunk.end, chunk.head):
            return person(self.tokens, chunk.start, chunk.end + 1, self.gazetteer)
        return chunk

    def _body_behind(self, chunk: Chunk) -> Token | None:
        """A noun for a body behind a person's name that heads it: "Andy Warhol Foundation"."""
        head = chunk.head.head
        if head is None or head.i != chunk.end or head.pos != "PROPN" or not head.text.istitle():
            return None
        nouns = [e.row for e in self.gazetteer.lookup(head.text) if isinstance(e.row, Generic)]
        is_body = any(n.type in _BODIES for n in nouns)
        return head if is_body and head.lower not in self.gazetteer.words["government"] else None

    def _is_left_off(self, i: int, name: Token) -> bool:
        """Whether a proper noun without a label belongs to the name beside it."""
        if not 0 <= i < len(self.tokens) or i in self.common:
            return False
        token = self.tokens[i]
        joined = (token.head is name or name.head is token) and "flat" in (token.dep, name.dep)
        plain = is_plain_name(token) and not token.ent
        return joined and plain and token.lower not in self.gazetteer.words["honorific"]


def _nameable(match: Match, tokens: list[Token]) -> bool:
    """Whether the words of a match can be a name here: "may" and "us" are not."""
    words = tokens[match.start : match.end]
    if len(words) > 1:
        return True
    word = words[0]
    return bool(word.ent) or word.pos not in _NOT_NAMES


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of words with the same name label."""
    start = 0
    for i, token in enumerate([*tokens, None]):
        if token is None or token.ent != tokens[start].ent:
            if tokens and tokens[start].ent:
                yield start, i
            start = i


def is_headline(tokens: list[Token]) -> bool:
    """Whether most words have capitals, as in a title: taggers see names everywhere in it."""
    if len(tokens) > _TITLE or tokens[-1].text == ".":
        return False
    words = [t for t in tokens if len(t.text) > 3 and t.text.isalpha()]
    return 3 * sum(t.text[0].isupper() for t in words) > 2 * len(words) > 4


def _is_flat_on(word: Token, head: Token) -> bool:
    return word.head is head and word.dep.startswith("flat")
