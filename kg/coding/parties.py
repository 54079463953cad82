"""Who does it, and to whom it is done: chosen among all parties of the document, or nobody.

Two rankers taught on annotated news choose one after the other: the doer, then, knowing him, whom it is done
to. What they chose stands with the other members of its list ("Iran and Oman"). Weights:
data/events/parties-*.npz, made by data/models/recipe/parties.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from kg import resources
from kg.actors.index import load
from kg.claims.speech import Speech
from kg.coding import senses
from kg.coding.candidates import countries_in
from kg.coding.cast import OFFICIAL, UNNAMED, Appearance, Cast, Party, is_instrument
from kg.coding.standing import (
    Act,
    Features,
    Standing,
    agents_of,
    counterpart,
    nearest,
    objects_of,
    subjects_of,
)
from kg.english import morphology
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Actor, Phrase, Side
from kg.parsing.tree import Sentence, Token, preposition_of

Actors = tuple[Actor, ...]
Chosen = tuple[Party | None, float]  # a party or nobody, and how likely
# Least probability of a party, below which nobody is said to be one; and, for whom it is done to, of one that
# the act's sentence does not name: a wrong victim is worse than none. A doer may be far off: "we".
LEAST, AWAY = 0.3, 0.5
# Types of acts whose object may be the doer's own: an embassy that is closed, troops that are moved.
_OF_THEIR_OWN = frozenset({"MOBILIZE", "RETREAT", "SANCTION"})
# Types of those who, far from an act, are no likelier in it than the others of their state.
_OF_A_STATE = frozenset({"organisation", "agency", "government", "military", "population"})
ALONE = ("person", "population", "military")  # types of nouns that one of them may be: "a soldier"
THIRD_PERSON = frozenset("he she it they".split())


@dataclass(frozen=True)
class Sides:
    """Who does it to whom, nobody where the text does not say, and how likely both are right."""

    doers: Actors
    recipients: Actors
    likely: float
    implied: tuple[Side, ...] = ()  # those whom the act's sentence does not name


@dataclass(frozen=True)
class Rankers:
    """The two learnt choices."""

    doer: Ranker
    recipient: Ranker


@cache
def rankers() -> Rankers:
    """The weights that ship with kg. Raises KgError where they are not there."""
    parts = (ranker.load(resources.path(f"data/events/parties-{side}.npz")) for side in ("doer", "recipient"))
    return Rankers(*parts)


class Parties:
    """Chooses the sides of a document's acts."""

    def __init__(self, cast: Cast, speech: Speech, learned: Rankers | None = None) -> None:
        self.cast, self.standing = cast, Standing(cast, speech)
        self.learned = learned or rankers()

    def of(self, act: Act) -> Sides:
        """The sides of an act."""
        standing, nobody = self.standing.of(act)
        subjects, objects = subjects_of(act), objects_of(act)
        likely = choice(self.learned.doer, standing, nobody)
        doer, sure = self._doer(act, likely, subjects)
        about = counterpart(standing, doer, likely, self.cast, act.sentence)
        likely = choice(self.learned.recipient, about, nobody | {"no doer": float(doer is None)})
        recipient, as_sure = self._recipient(act, likely, objects, doer)
        doers = self._doers(act, doer, subjects) if doer else ()
        met = self._seen(act, recipient, objects) if recipient else ()
        recipients = tuple(a for a in met or self._host(act, doer) if a not in doers)
        implied = self._implied(act, {"actors": doers, "recipients": recipients if met else ()})
        return Sides(doers, recipients, sure * as_sure, implied)

    def _implied(self, act: Act, sides: dict[Side, Actors]) -> tuple[Side, ...]:
        """Which sides an act's sentence does not name."""
        named = {a.id for seen in self.cast.within(act.sentence) for a in seen.actors}
        return tuple(side for side, who in sides.items() if who and named.isdisjoint(a.id for a in who))

    def _doer(self, act: Act, likely: dict[str, float], subjects: set[int]) -> Chosen:
        parties, heads = self._among(likely), agents_of(act)
        agents = {p.key for p in parties if names(p, act.sentence, heads, sure=True)}
        if agents:
            return self._best(likely, lambda p: p.key in agents, must=True)
        must = any(names(p, act.sentence, subjects) for p in parties)
        phrases = subject_phrases(act)
        if any(is_instrument(s.text) for s in phrases):
            return self._best(likely, lambda p: may_set_off(act, p), must)
        open_ = not any(_is_in(phrases, p, act.sentence) for p in parties)
        nouns = self.standing.unsure(act, subjects)
        others = self.standing.quoted(act) if any(is_somebody_else(s) for s in phrases) else set()

        def may(party: Party) -> bool:
            stands_there = open_ and all(may_stand_for(noun, party) for noun in nouns)
            return party.key not in others and may_do(act, party, stands_there)

        return self._best(likely, may, must)

    def _doers(self, act: Act, doer: Party, subjects: set[int]) -> Actors:
        """The doing party's actors; where only a noun stands in the place of its state, or of several people
        in that of a person, whoever that is there."""
        noun = next((a for a in self.cast.within(act.sentence) if a.head.start in subjects), None)
        seen = nearest(act, doer, subjects)
        if noun is None or noun.sure or noun is seen:
            return self._seen(act, doer, subjects)
        if doer.is_state:  # "an Israeli bomb": Israel
            of_it = is_instrument(noun.actors[0].label)
            return self._actors(act, seen) if of_it else self._of_state(act, noun, doer)
        if doer.actor.type == "person" and is_several(noun):
            return self._actors(act, noun)
        return self._seen(act, doer, subjects)

    def _of_state(self, act: Act, noun: Appearance, state: Party) -> Actors:
        """Who stands there, of a state if of none himself."""
        return tuple(a if a.country else replace(a, country=state.key) for a in self._actors(act, noun))

    def _seen(self, act: Act, party: Party, places: set[int]) -> Actors:
        """The actors of a party in an act's sentence. Where that does not speak of a person or a state (or a
        body of it), they stand for whoever fills the places there ("the police"), or else for the state."""
        kind = party.actor.type
        own = kind == "person" or (kind in _OF_A_STATE and party.actor.country is not None)
        if party.within(act.sentence) or not (party.is_state or own):
            return self._actors(act, nearest(act, party, places))
        noun = next((a for a in self.standing.unsure(act, places) if a.actors[0].type != UNNAMED), None)
        if party.is_state:
            return self._of_state(act, noun, party) if noun else self._actors(act, nearest(act, party))
        if noun is not None:
            return self._actors(act, noun)  # of which country a person far off does not say
        home = party.actor.country
        return (load().state(home),) if home in load().countries else ()

    def _recipient(self, act: Act, likely: dict[str, float], objects: set[int], doer: Party | None) -> Chosen:
        parties = self._among(likely)
        hit = [p for p in parties if names(p, act.sentence, objects, sure=True)]
        named = {p.key for p in hit if not is_own(act, p, doer)}
        if named:
            return self._best(likely, lambda p: p.key in named, must=True)
        near = any(p is not doer and in_its_place(act, p) for p in parties)

        def may(party: Party) -> bool:
            return party is not doer and may_suffer(act, party, near) and not is_own(act, party, doer)

        found, share = self._best(likely, may)
        far = found is not None and not found.within(act.sentence)
        return (None, share) if far and share < AWAY else (found, share)

    def _host(self, act: Act, doer: Party | None) -> Actors:
        """Where somebody closes his embassy or recalls his envoy from, as a state."""
        if doer is None or act.type != "SANCTION":
            return ()
        told = [(c.statement.object, c.statement.arguments) for c in act.claims]
        own = [(o, rest) for o, rest in told if o and _owns(doer, act.sentence.at(o.head), act.sentence)]
        phrases = [p for o, rest in own for p in (o, *rest)]
        codes = {c for p in phrases for c in countries_in(p, self.cast.mentions)} - {doer.actor.country}
        return (load().state(codes.pop()),) if len(codes) == 1 else ()

    def _among(self, likely: dict[str, float]) -> list[Party]:
        return [self.cast.parties[key] for key in likely if key]

    def _actors(self, act: Act, appearance: Appearance) -> Actors:
        """The actors of an appearance, and of the list that it stands in: "Iran, Oman and Qatar"."""
        if appearance.sentence is not act.sentence:
            return appearance.actors  # who was listed with it elsewhere has no part in this
        members = {t.start for t in listed(appearance.head)}
        beside = (a for a in self.cast.within(appearance.sentence) if a.head.start in members)
        found = sorted(beside, key=lambda a: a.head.start)
        return tuple(dict.fromkeys(actor for a in (appearance, *found) for actor in a.actors))

    def _best(self, likely: dict[str, float], may: Callable[[Party], bool], must: bool = False) -> Chosen:
        """The likeliest party that may be one, and how likely; nobody, unless it must be somebody, where none
        is likely enough."""
        allowed = {key: p for key, p in likely.items() if not key or may(self.cast.parties[key])}
        best = max(allowed, key=lambda key: allowed[key] * (bool(key) or not must))
        share = allowed[best] / sum(allowed.values())
        if not best or (not must and share < LEAST):
            return None, share
        return self.cast.parties[best], share


def choice(learned: Ranker, candidates: dict[str, Features], nobody: Features) -> dict[str, float]:
    """How likely each party is the one; "" is nobody."""
    return dict(zip([*candidates, ""], learned.likely([*candidates.values(), nobody]), strict=True))


def listed(head: Token) -> list[Token]:
    """The head words of the list that a word is one of, itself among them."""
    first = head
    while first.dep == "conj" and first.head is not None:
        first = first.head
    return [first, *first.all("conj")]


# ── what no likelihood overrules ──


def may_do(act: Act, party: Party, open: bool) -> bool:
    """Whether grammar lets a party be the doer.

    Who fills the place of an active verb's subject, or is in what fills it, does it, and nobody else, unless
    the place is `open`: a pronoun or a noun for whom no name is sure stands there, for somebody who is not
    in the act's other phrases. Nobody does what a passive says is done to him, and no bomb does what somebody
    does with it.
    """
    if party.is_instrument:
        return False
    subjects = subject_phrases(act)
    if not subjects:
        return True
    inside = any(_holds(s, a) for s in subjects for a in party.within(act.sentence))
    if act.claims[0].statement.relation.voice == "passive":
        return not inside
    return inside or (open and party.sure and not _is_in(_objects(act), party, act.sentence))


def is_several(noun: Appearance) -> bool:
    """Whether a noun is of several people, or of a body of them: "soldiers", "the police"."""
    return "Number=Plur" in noun.head.feats or noun.actors[0].type not in (*ALONE, UNNAMED)


def may_stand_for(noun: Appearance, party: Party) -> bool:
    """Whether a noun for whom no name is sure may speak of a party: those who act for a state ("the police")
    are it or a person, and no company, party or armed group."""
    return noun.actors[0].sector not in OFFICIAL or party.is_state or party.actor.type == "person"


def is_somebody_else(subject: Phrase) -> bool:
    """Whether a subject is never who speaks, in his own words: "They bombed us", he said."""
    return subject.text.lower() in THIRD_PERSON


def is_mishap(act: Act) -> bool:
    """Whether nobody's deed is told: "a storm killed four", "were killed in a crash"."""
    active = subjects_of(act)
    passive = [c.statement for c in act.claims if c.statement.relation.voice == "passive"]
    causes = {a.head for s in passive for a in s.arguments if a.preposition in ("by", "in")}
    nouns = (act.sentence.at(head) for head in active | causes)
    return any(n is not None and morphology.normal(n.lemma) in senses.classes()["mishap"] for n in nouns)


def may_set_off(act: Act, party: Party) -> bool:
    """Whether a party may be whose bomb or mine did it: somebody whom the sentence names, and not only among
    those whom it hit."""
    hit = _objects(act)
    here = [a for a in party.within(act.sentence) if not is_origin(act, a)]
    return not party.is_instrument and any(not any(_holds(p, a) for p in hit) for a in here)


def subject_phrases(act: Act) -> list[Phrase]:
    """What fills the subject's place in the claims that tell an act."""
    return [c.statement.subject for c in act.claims if c.statement.subject is not None]


def names(party: Party, sentence: Sentence, heads: set[int], sure: bool = False) -> bool:
    """Whether one of some words of a sentence names a party, for sure if asked; a bare phrase names none."""
    named = (a for a in party.within(sentence) if a.head.start in heads and (a.sure or not sure))
    return party.actor.type != UNNAMED and any(named)


def in_its_place(act: Act, party: Party) -> bool:
    """Whether a party is named for sure in the object or an argument of the claims that tell an act."""
    return _is_in([p for p in _objects(act) if p.statement is None], party, act.sentence)


def may_suffer(act: Act, party: Party, near: bool = False) -> bool:
    """Whether a party may be whom it is done to: not by being only its speaker or its active subject, and
    not from another sentence where somebody else is `near`, in the act's own phrases."""
    here = party.within(act.sentence)
    active = [c for c in act.claims if c.statement.relation.voice == "active"]
    places = [p for c in active for p in (c.statement.subject, c.speaker) if p is not None]
    elsewhere = [a for a in here if not any(_holds(p, a) for p in places) and not is_origin(act, a)]
    return bool(elsewhere) or not (here or near)


def is_own(act: Act, party: Party, doer: Party | None) -> bool:
    """Whether a party is what the doer closes, recalls or sends of his own: "its embassy", "his troops"."""
    here = party.within(act.sentence)
    if doer is None or not here or act.type not in _OF_THEIR_OWN:
        return False
    owned = [_owns(doer, a.head, act.sentence) for a in here]
    return any(owned) if party is doer else all(owned)


def _owns(party: Party, word: Token | None, sentence: Sentence) -> bool:
    """Whether a party is named by the possessor of a word."""
    owners = word.all("nmod:poss") if word is not None else []
    return any(a.head in owners for a in party.within(sentence))


def is_origin(act: Act, seen: Appearance) -> bool:
    """Whether an attack or troops come from there: "launched from Yemen", "from Iraqi airspace"."""
    steps = (seen.head, seen.head.head)
    return act.type in ("ASSAULT", "MOBILIZE") and any(
        t is not None and t.base_dep == "obl" and preposition_of(t) == "from" for t in steps
    )


def _objects(act: Act) -> list[Phrase]:
    statements = [c.statement for c in act.claims]
    return [p for s in statements for p in (s.object, *s.arguments) if p is not None]


def _is_in(phrases: list[Phrase], party: Party, sentence: Sentence) -> bool:
    """Whether a party is named for sure in one of some phrases of a sentence."""
    here = [a for a in party.within(sentence) if a.sure and a.actors[0].type != UNNAMED]
    return any(_holds(p, a) for p in phrases for a in here)


def _holds(phrase: Phrase, appearance: Appearance) -> bool:
    return phrase.start <= appearance.head.start < phrase.end
