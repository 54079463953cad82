"""Who does it, and to whom it is done: chosen among all parties of the document, or nobody.

Two rankers taught on annotated news choose one after the other: the doer, then, knowing him, whom it is done
to. What they chose stands with the other members of its list ("Iran and Oman"). Weights:
data/events/parties-*.npz, made by data/models/recipe/parties.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.claims.speech import Speech
from kg.coding.cast import UNNAMED, Appearance, Cast, Party
from kg.coding.standing import NOBODY, Act, Features, Standing, counterpart, nearest
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Actor, Phrase
from kg.parsing.tree import Token

Actors = tuple[Actor, ...]
# Least probability of a party that is named in the act's sentence, and of one that is not: below it nobody is
# said to be one. On 24 texts that nothing was tuned on .5 finds as many whole events as .3, and fewer wrong.
LEAST, AWAY = 0.3, 0.5
# Types of acts whose object is whom they are done to; of the others it may be what is sent, signed or left.
DONE_TO_THE_OBJECT = frozenset(
    ("ACCUSE", "ASSAULT", "COERCE", "CONSULT", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN")
)


@dataclass(frozen=True)
class Sides:
    """Who does it to whom, nobody where the text does not say, and how likely both are right."""

    doers: Actors
    recipients: Actors
    likely: float


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
        standing = self.standing.of(act)
        nobody = NOBODY | self.standing.act(act)
        likely = choice(self.learned.doer, standing, nobody)
        does = _of_one_of(act, subjects_of(act))
        must = any(does(self.cast.parties[key]) for key in standing)
        doer, sure = self._best(act, likely, lambda party: may_do(act, party), must)
        about = counterpart(standing, doer, likely, self.cast, act.sentence)
        nobody |= {"no doer": float(doer is None)}
        others = choice(self.learned.recipient, about, nobody)
        objects = _of_one_of(act, objects_of(act), sure=True)
        must = any(objects(self.cast.parties[key]) for key in about)
        near = any(p is not doer and in_its_place(act, p) for p in map(self.cast.parties.__getitem__, about))
        recipient, as_sure = self._best(
            act,
            others,
            lambda p: objects(p) if must else p is not doer and may_suffer(act, p, near),
            must,
        )
        doers = self._with_list(nearest(act, doer, subjects_of(act))) if doer else ()
        recipients = self._with_list(nearest(act, recipient, objects_of(act))) if recipient else ()
        return Sides(doers, tuple(a for a in recipients if a not in doers), sure * as_sure)

    def _with_list(self, appearance: Appearance) -> Actors:
        """The actors of an appearance, and those that stand in a list with it: "Iran, Oman and Qatar"."""
        members = {t.start for t in listed(appearance.head)}
        beside = [a for p in self.cast.parties.values() for a in p.within(appearance.sentence)]
        found = sorted((a for a in beside if a.head.start in members), key=lambda a: a.head.start)
        return tuple(dict.fromkeys(actor for a in (appearance, *found) for actor in a.actors))

    def _best(
        self, act: Act, likely: dict[str, float], may: Callable[[Party], bool], must: bool = False
    ) -> tuple[Party | None, float]:
        """The likeliest party that may be one, and how likely; nobody, unless it must be somebody, where none
        is likely enough."""
        allowed = {key: p for key, p in likely.items() if not key or may(self.cast.parties[key])}
        best = max(allowed, key=lambda key: allowed[key] * (bool(key) or not must))
        share = allowed[best] / sum(allowed.values())
        if not best or (not must and share < self._least(act, best)):
            return None, share
        return self.cast.parties[best], share

    def _least(self, act: Act, key: str) -> float:
        return LEAST if self.cast.parties[key].within(act.sentence) else AWAY


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


def may_do(act: Act, party: Party) -> bool:
    """Whether grammar lets a party be the doer.

    Who fills the place of an active verb's subject, or is in what fills it, does it, and nobody else; nobody
    does what a passive says is done to him.
    """
    here = party.within(act.sentence)
    subjects = [c.statement.subject for c in act.claims if c.statement.subject is not None]
    if not subjects:
        return True
    inside = any(_holds(s, a) for s in subjects for a in here)
    return inside != (act.claims[0].statement.relation.voice == "passive")


def subjects_of(act: Act) -> set[int]:
    """Where the head words of the active subjects stand: a name or a noun for people there is the doer."""
    active = [c.statement.subject for c in act.claims if c.statement.relation.voice == "active"]
    return {s.head for s in active if s is not None}


def objects_of(act: Act) -> set[int]:
    """Where the head words stand of whom a verb like "attack" or "accuse" is done to: a name or a noun for
    people there is the recipient."""
    if act.type not in DONE_TO_THE_OBJECT:
        return set()
    s = [c.statement for c in act.claims]
    found = [x.object if x.relation.voice == "active" else x.subject for x in s]
    return {p.head for p in found if p is not None and p.statement is None}


def _of_one_of(act: Act, heads: set[int], sure: bool = False) -> Callable[[Party], bool]:
    """Whether a party is what one of some words names (for sure, if asked); a bare phrase is none."""

    def holds(party: Party) -> bool:
        here = party.within(act.sentence)
        named = [a for a in here if a.head.start in heads and (a.sure or not sure)]
        return party.actor.type != UNNAMED and bool(named)

    return holds


def in_its_place(act: Act, party: Party) -> bool:
    """Whether a party is named for sure in the object or an argument of the claims that tell an act."""
    statements = [c.statement for c in act.claims]
    places = [
        p for s in statements for p in (s.object, *s.arguments) if p is not None and p.statement is None
    ]
    here = [a for a in party.within(act.sentence) if a.sure and a.actors[0].type != UNNAMED]
    return any(_holds(p, a) for p in places for a in here)


def may_suffer(act: Act, party: Party, near: bool = False) -> bool:
    """Whether a party may be whom it is done to: not by being only its speaker or its active subject, and
    not from another sentence where somebody else is `near`, in the act's own phrases."""
    here = party.within(act.sentence)
    active = [c for c in act.claims if c.statement.relation.voice == "active"]
    places = [p for c in active for p in (c.statement.subject, c.speaker) if p is not None]
    elsewhere = [a for a in here if not any(_holds(p, a) for p in places)]
    return bool(elsewhere) or not (here or near)


def _holds(phrase: Phrase, appearance: Appearance) -> bool:
    return phrase.start <= appearance.head.start < phrase.end
