"""The parties of a document: whoever acts or is acted upon in it, with all their mentions.

A state, its government, officials, army, police and people are one party, as PLOVER codes them; everybody
else is one alone. The actor of an event is the one of the party who is mentioned nearest to the act.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from kg import ids
from kg.actors.index import load
from kg.actors.mentions import Mentions
from kg.claims.factuality import is_excluded
from kg.coding import senses
from kg.english import morphology
from kg.english.lexicon import words
from kg.model import Actor, Claim, Document, Judgement, Phrase
from kg.parsing.tree import Sentence, Token, preposition_of

# PLOVER sectors of those who act for their state; and for whom it acts.
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_OF_A_STATE = OFFICIAL | {"CVL"}
_STATES = frozenset({"state", "government", "military", "population"})
SUBJECTS = ("nsubj", "nsubj:pass")
UNNAMED = "unnamed"  # the type of an actor that only one phrase speaks of
NEAR = 20  # sentences, either way, in which two parties may be mentioned together
LATELY = 40  # appearances before an act that are looked back upon
LONG_AGO = 12  # how lately a party counts as named that is none of these
FREQUENT = 12  # parties that are always considered


@dataclass(frozen=True)
class Appearance:
    """One mention of a party: the word that carries it, and the actors it stands for."""

    sentence: Sentence
    head: Token
    actors: tuple[Actor, ...]
    sure: bool = True  # who it is; else only of what kind


@dataclass
class Party:
    """All appearances of a party, in text order."""

    key: str
    appearances: list[Appearance] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        """The actor by which it first appears."""
        return self.appearances[0].actors[0]

    @cached_property
    def sure(self) -> bool:
        """Whether some mention says for sure who it is."""
        return any(a.sure for a in self.appearances)

    @cached_property
    def is_instrument(self) -> bool:
        """Whether it is a bomb or a blast, which only a text's grammar makes a doer."""
        return self.actor.type == UNNAMED and is_instrument(self.actor.label)

    @cached_property
    def is_state(self) -> bool:
        """Whether it is a state with those who act for it and whom it acts for."""
        return self.key == self.actor.country

    @cached_property
    def state(self) -> Appearance | None:
        """The state of a party that is one: where it first appears by name, or else where the first of its
        members does; of a party that is no country, where its government appears."""
        kinds = ("state",) if self.key in load().countries else ("state", "government")
        named = next((a for a in self.appearances if a.sure and a.actors[0].type in kinds), None)
        if named is not None or self.key not in load().countries:
            return named
        return replace(self.appearances[0], actors=(load().state(self.key),))

    @cached_property
    def sentences(self) -> list[int]:
        """The numbers of the sentences that it appears in, in order."""
        return sorted({a.sentence.index for a in self.appearances})

    @cached_property
    def subjects(self) -> int:
        """How often it is a subject."""
        return sum(a.head.dep in SUBJECTS for a in self.appearances)

    def around(self, sentence: Sentence) -> set[int]:
        """The numbers of the sentences near one that it appears in."""
        first = bisect_left(self.sentences, sentence.index - NEAR)
        return set(self.sentences[first : bisect_right(self.sentences, sentence.index + NEAR)])

    def within(self, sentence: Sentence) -> list[Appearance]:
        """Where it appears in a sentence."""
        return self._by_sentence.get(sentence.index, [])

    def before(self, start: int) -> int:
        """How many of its appearances stand before a character of the document."""
        return bisect_left(self._starts, start)

    @cached_property
    def _starts(self) -> list[int]:
        return [a.head.start for a in self.appearances]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Appearance]]:
        found: dict[int, list[Appearance]] = defaultdict(list)
        for appearance in self.appearances:
            found[appearance.sentence.index].append(appearance)
        return dict(found)


class Cast:
    """The parties of a document, by their keys, in the order in which they appear."""

    def __init__(
        self, mentions: Mentions, document: Document, sentences: Sequence[Sentence], claims: Sequence[Claim]
    ) -> None:
        self.mentions, self.document, self.sentences = mentions, document, sentences
        self.parties: dict[str, Party] = {}
        for sentence in sentences:
            for head, found in mentioned(sentence, mentions):
                if not is_left_out(head):
                    self._add(sentence, head, _actors(found, head, mentions), found.verdict == "same")
        known = {a.head.start for p in self.parties.values() for a in p.appearances}
        by_index = {s.index: s for s in sentences}
        for claim in claims:
            for phrase in _fillers(claim):
                word = by_index[claim.sentence].at(phrase.head)
                if word is None or word.pos not in ("NOUN", "PROPN") or is_left_out(word):
                    continue
                who = mentions.at(word.start)
                if word.start not in known and (who is None or who.verdict != "same"):
                    known.add(word.start)
                    self._add(by_index[claim.sentence], word, (unnamed(document, phrase),), False)
        for party in self.parties.values():
            party.appearances.sort(key=lambda a: a.head.start)

    def _add(self, sentence: Sentence, head: Token, actors: tuple[Actor, ...], sure: bool) -> None:
        by_key: dict[str, list[Actor]] = {}
        for actor in actors:
            by_key.setdefault(key_of(actor), []).append(actor)
        for key, own in by_key.items():
            party = self.parties.setdefault(key, Party(key))
            party.appearances.append(Appearance(sentence, head, tuple(own), sure))

    def key(self, actor: Actor) -> str | None:
        """The key of the party that an actor belongs to, None where it never appears."""
        key = key_of(actor)
        return key if key in self.parties else None

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The parties' places by how often they are mentioned, the most frequent 0."""
        often = sorted(self.parties.values(), key=lambda p: -len(p.appearances))
        return {p.key: i for i, p in enumerate(often)}

    @cached_property
    def mentioned(self) -> int:
        """How many appearances there are of all parties."""
        return sum(len(p.appearances) for p in self.parties.values())

    def considered(self, sentence: Sentence, start: int) -> dict[str, int]:
        """The parties that an act at a character may be of, each with how lately it was named: 0 the last.

        They are those of its sentence, the ones named last before, and the most frequent ones, so that what
        an act costs does not grow with the document. Whoever has no name is considered only in his sentence.
        """
        recent: dict[str, int] = {}
        end = bisect_left(self._places, start)
        for key, _ in reversed(self._named[max(0, end - LATELY) : end]):
            recent.setdefault(key, len(recent))
        here = self._here.get(sentence.index, [])
        return {key: recent.get(key, LONG_AGO) for key in dict.fromkeys((*here, *recent, *self._frequent))}

    def within(self, sentence: Sentence) -> list[Appearance]:
        """All appearances in a sentence, party by party."""
        keys = self._here.get(sentence.index, [])
        return [a for key in keys for a in self.parties[key].within(sentence)]

    def count_in(self, sentence: Sentence) -> int:
        """How many parties appear in a sentence."""
        return len(self._here.get(sentence.index, []))

    @cached_property
    def _named(self) -> list[tuple[str, int]]:
        """Keys and places of the appearances that name somebody, in text order."""
        named = [
            (p.key, a.head.start)
            for p in self.parties.values()
            if p.actor.type != UNNAMED
            for a in p.appearances
        ]
        return sorted(named, key=lambda pair: pair[1])

    @cached_property
    def _places(self) -> list[int]:
        return [start for _, start in self._named]

    @cached_property
    def _here(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for party in self.parties.values():
            for number in party.sentences:
                found[number].append(party.key)
        return found

    @cached_property
    def _frequent(self) -> list[str]:
        named = [k for k in self.ranks if self.parties[k].actor.type != UNNAMED]
        return named[:FREQUENT]


@lru_cache(maxsize=5_000)
def is_instrument(text: str) -> bool:
    """Whether a phrase names a bomb, a missile or a blow, and not who deals it ("the missile unit").

    >>> [is_instrument(t) for t in ("A drone launched from Yemen", "two car bombs", "the bomb squad")]
    [True, True, False]
    """
    words = morphology.core(text)
    instruments = senses.classes()["bomb"] | senses.classes()["instrument"]
    return any(
        " ".join(words[i:end]) in instruments
        for end in range(1, len(words) + 1)
        if end == len(words) or words[end] in ("and", "or") or words[end].endswith("ed")
        for i in range(end)
    )


def key_of(actor: Actor) -> str:
    """Which party an actor belongs to: a country's code, or the actor's own id."""
    official = actor.type in _STATES or actor.sector in _OF_A_STATE
    return actor.country if actor.country and official else actor.id


def keys_of(actors: Iterable[Actor]) -> frozenset[str]:
    """The parties that some actors belong to."""
    return frozenset(key_of(a) for a in actors)


def mentioned(sentence: Sentence, mentions: Mentions) -> list[tuple[Token, Judgement]]:
    """The mentions of a sentence by the words that carry them, in text order."""
    found: dict[int, tuple[Token, Judgement]] = {}
    for token in sentence:
        judgement = mentions.at(token.start)
        if judgement is None:
            continue
        known = found.get(id(judgement))
        if known is None or _is_above(token, known[0]):
            found[id(judgement)] = token, judgement
    return list(found.values())


def is_dateline(seen: Appearance, cast: Cast) -> bool:
    """Whether a place is where the report was written: "GENEVA —"."""
    before = cast.document.text[: seen.head.start]
    return seen.head.text.isupper() and not any(c.islower() for c in before)


def is_left_out(word: Token) -> bool:
    """Whether a noun, or one that it belongs to, says who has no part in it: "Turkey, not Syria", "instead of
    Chile", "rather than the president of Chile"."""
    while not (is_excluded(word) or preposition_of(word) in words("exclusion")):
        if word.base_dep not in ("nmod", "appos", "flat", "compound") or word.head is None:
            return False
        word = word.head
    return True


def _is_above(one: Token, other: Token) -> bool:
    return any(a is one for a in other.ancestors())


def _actors(judgement: Judgement, head: Token, mentions: Mentions) -> tuple[Actor, ...]:
    """Whom a mention stands for: a group's members, or the one actor, if that is sure."""
    own = judgement.actor if judgement.verdict != "not same" else None
    return mentions.members(head.start) or ((own,) if own is not None else ())


def _fillers(claim: Claim) -> Iterator[Phrase]:
    """The phrases that fill a claim's places and are no statements themselves; who is called what is not one
    more."""
    if claim.found_by in ("title", "apposition"):
        return
    s = claim.statement
    receiving = (a for a in s.arguments if a.role == "recipient" or a.preposition == "by")
    yield from (p for p in (s.subject, s.object, *receiving) if p is not None and p.statement is None)


def unnamed(document: Document, phrase: Phrase) -> Actor:
    """An actor of a document's own, who goes by the words that it uses."""
    return Actor(ids.content_id("n", document.id, phrase.head), phrase.text, UNNAMED)
