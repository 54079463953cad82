"""Doer and target of an act: the likeliest candidates, if any is likely enough; else nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.actors.mentions import Mentions
from kg.claims.speech import Speech
from kg.coding import pairs
from kg.coding.acts import Act
from kg.coding.pairs import Candidate
from kg.learned import linear
from kg.model import Actor, Claim
from kg.parsing.tree import Sentence, Token

# From these probabilities on a candidate is taken for a party.
DOER, TARGET = 0.4, 0.4
TABLE = "parties"


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a word names as a party of an act, and how likely it is."""

    actors: tuple[Actor, ...] = ()
    sure: float = 0.0


class Participants:
    """The parties of a document's acts."""

    def __init__(self, sentences: Sequence[Sentence], claims: Sequence[Claim], mentions: Mentions) -> None:
        self.sentences, self.mentions = sentences, mentions
        self._speech = Speech(sentences)
        self._claims: dict[int, list[Claim]] = {}
        for claim in claims:
            self._claims.setdefault(claim.statement.relation.head, []).append(claim)

    def of(self, act: Act) -> tuple[Party, Party]:
        """The doer and the target of an act."""
        options = self.candidates(act)
        features = self.features(act, options)
        doer = self._choose("doer", DOER, options, features)
        target = self._choose("target", TARGET, options, features)
        others = tuple(a for a in target.actors if a not in doer.actors)
        return doer, Party(others, target.sure)

    def candidates(self, act: Act) -> list[Candidate]:
        """Who may take part: of the act's sentence, its speaker, and actors of the sentence before."""
        voice = self._speech.of(act.sentence, act.word)
        before = self.sentences[act.sentence.index - 1] if act.sentence.index else ()
        known = [t for t in before if self._is_actor(t)]
        return pairs.candidates(act.word, act.sentence, voice.speaker if voice else None, known)

    def features(self, act: Act, options: Sequence[Candidate]) -> list[list[str]]:
        """What is true of nobody, and then of each candidate."""
        parts = pairs.roles(act.word, self._claims.get(act.word.start, ()))
        missing = ("none",) if parts else ()
        found = [pairs.nobody(act.word, act.type)]
        for option in options:
            judgement = self.mentions.at(option.token.start)
            actor = judgement.actor if judgement is not None else None
            told = parts.get(option.token.start, missing)
            found.append(pairs.features(act.word, option, act.type, actor.type if actor else None, told))
        return found

    def _choose(
        self, role: str, least: float, options: Sequence[Candidate], features: Sequence[list[str]]
    ) -> Party:
        likely = linear.model(TABLE, role).choose(features)
        best = max(range(len(likely)), key=likely.__getitem__)
        if best == 0 or likely[best] < least:
            return Party(sure=likely[0])
        return Party(self._named(options[best - 1].token), likely[best])

    def _named(self, token: Token) -> tuple[Actor, ...]:
        """The actors of a word, of a group's members, and of the words coordinated with it."""
        found: list[Actor] = []
        for word in [token, *token.all("conj")]:
            members = self.mentions.members(word.start)
            judgement = self.mentions.at(word.start)
            if members:
                found += members
            elif judgement is not None and judgement.actor is not None and judgement.verdict == "same":
                found.append(judgement.actor)
        return tuple(dict.fromkeys(found))

    def _is_actor(self, token: Token) -> bool:
        judgement = self.mentions.at(token.start)
        return judgement is not None and judgement.actor is not None and judgement.actor.type != "place"
