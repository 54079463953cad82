"""Where those belong who have no country of their own: "the police", "the Agriculture Ministry".

A ranker taught on annotated news chooses among the countries that the document speaks of, or none: it weighs
how near each stands to any mention of them, how much the document speaks of it, what was done and on which
side of it they stand. Where no country is likely enough they keep none. Weights: data/events/home.npz, made
by data/models/recipe/homes.py.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property

from kg import resources
from kg.coding import senses
from kg.coding.candidates import countries_in
from kg.coding.cast import UNNAMED, Appearance, Cast, Party, is_dateline, mentioned
from kg.coding.parties import Actors, is_origin
from kg.coding.standing import MODEL, NO_MODEL, NOBODY, Act, Features, nearest, path, position
from kg.english import morphology
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Actor
from kg.parsing.tree import Token

# Probability of a country from which somebody is said to belong there: of those who get one from .7 on
# .82 are right, between .5 and .7 .59 (weights taught on the other half of 1,976 texts).
LEAST = 0.7
LIKELY = 0.5  # share of the careful model's word from which it is a feature, as the weights were taught
_BACK = 3  # sentences before him of which the countries are considered
_MANY = 12  # countries of a sentence, at most, that are considered
_FREQUENT = 5  # countries that always are
_SEEN = 6  # mentions of him that are looked at
SIDES = {"doer": "doer", "recipient": "target"}  # what the model calls them
_BEHIND = 2  # words before a noun that may say that he is of elsewhere
# Bodies of many countries.
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
Countries = dict[str, Features]  # the features of each country, by its code


@cache
def home() -> Ranker:
    """The weights that ship with kg. Raises KgError where they are not there."""
    return ranker.load(resources.path("data/events/home.npz"))


class Homes:
    """Chooses the countries of a document's actors who have none."""

    def __init__(self, cast: Cast, learned: Ranker | None = None) -> None:
        self.cast, self.learned = cast, learned or home()
        self.countries: dict[str, Party] = {}
        self._in: dict[int, list[str]] = defaultdict(list)  # by a sentence's number, the codes it speaks of
        for sentence in cast.sentences:
            for head, found in mentioned(sentence, cast.mentions):
                actors = (found.actor,) if found.actor is not None and found.verdict == "same" else ()
                for code in self._codes(head, actors):
                    seen = Appearance(sentence, head, actors)
                    self.countries.setdefault(code, Party(code)).appearances.append(seen)
                    self._in[sentence.index].append(code)

    def _codes(self, head: Token, actors: Collection[Actor]) -> Iterator[str]:
        place = self.cast.mentions.place(head.start)
        codes = (*(a.country for a in actors), place.country if place is not None else None)
        yield from dict.fromkeys(c for c in codes if c)

    def sides(self, act: Act, doers: Actors, recipients: Actors) -> tuple[Actors, Actors]:
        """The sides of an act, those without a country in the one where they belong."""
        at_home = tuple(self.of(a, act, "doer", recipients) for a in doers)
        return at_home, tuple(self.of(a, act, "recipient", at_home) for a in recipients)

    def of(self, actor: Actor, act: Act, side: str, others: Actors) -> Actor:
        """An actor on a side ("doer" or "recipient") of an act, with the country where he belongs, if one is
        likely enough; `others` are on the other side."""
        if not is_homeless(actor):
            return actor
        countries, nowhere = self.standing(actor, act, side, others)
        if not countries:
            return actor
        likely = self.learned.likely([*countries.values(), nowhere])
        share, code = max(zip(likely[:-1], countries, strict=True))
        return placed(actor, code) if share >= LEAST else actor

    def standing(self, actor: Actor, act: Act, side: str, others: Actors) -> tuple[Countries, Features]:
        """The features of the countries that an actor may belong to, and those of none."""
        party = self.cast.parties.get(actor.id)
        if party is None:
            return {}, NOBODY
        seen = nearest(act, party)
        near = self._near(seen.sentence.index, act.sentence.index)
        if side == "recipient":  # whom a rocket hits is not where it came from
            near = {code: c for code, c in near.items() if not _is_origin(act, c)}
        shared = self._of_actor(actor, seen, act, side, others) | {
            "countries": 0.2 * min(len(self.countries), 10),
            "countries here": 0.3 * min(len(set(self._in.get(seen.sentence.index, ()))), 5),
        }
        told = self._told(act)
        seen_by_model, none = _by_model(act, side, near)
        shared |= none
        beside = {a.country for a in others}
        found = {
            code: shared
            | self._of_country(code, country, party, seen)
            | seen_by_model.get(code, {})
            | {
                "told": float(code in told),
                "only told": float(told == {code}),
                "other side": float(code in beside),
                f"other side {act.type} {side}": float(code in beside),
            }
            for code, country in near.items()
        }
        return found, NOBODY | shared

    def _told(self, act: Act) -> frozenset[str]:
        """The countries that the claims speak of which tell an act."""
        spans = [c.evidence for c in act.claims or ((act.told_in,) if act.told_in else ())]
        return frozenset().union(*(countries_in(span, self.cast.mentions) for span in spans))

    def _near(self, *sentences: int) -> Mapping[str, Party]:
        """The countries of some sentences and of those right before, of the first, and the most frequent."""
        numbers = dict.fromkeys((0, *(n for s in sentences for n in range(s - _BACK, s + 1))))
        codes = dict.fromkeys(c for n in numbers for c in self._in.get(n, ())[:_MANY])
        return {code: self.countries[code] for code in (*codes, *self._ranked[:_FREQUENT])}

    @cached_property
    def _ranked(self) -> list[str]:
        """The countries by how often they are spoken of, the most frequent first."""
        return sorted(self.countries, key=lambda code: -len(self.countries[code].appearances))

    @cached_property
    def _spoken_of(self) -> int:
        """How often all countries are spoken of."""
        return sum(len(p.appearances) for p in self.countries.values())

    def _of_actor(self, actor: Actor, seen: Appearance, act: Act, side: str, others: Actors) -> Features:
        noun = "name" if seen.head.pos == "PROPN" else seen.head.lemma.lower()
        return {
            f"kind={actor.type}": 1.0,
            f"sector={actor.sector}": 1.0,
            f"noun={noun}": 1.0,
            f"last={actor.label.split()[-1].lower()}": 1.0,
            f"{side} of {act.type}": 1.0,
            side: 1.0,
            "named": float(seen.head.pos == "PROPN"),
            "unnamed": float(actor.type == UNNAMED),
            "unsure": float(not seen.sure),
            "here": float(seen.sentence is act.sentence),
            "alone": float(not others),
            "elsewhere": float(_is_foreign(actor, seen)),
            "possessed": float(seen.head.child("nmod:poss") is not None),
        }

    def _since(self, last: Appearance, seen: Appearance) -> int:
        """How many countries are spoken of between two places of the text."""
        start, end = last.head.end, seen.head.start
        return sum(p.before(end) > p.before(start) for p in self.countries.values())

    def _of_country(self, code: str, country: Party, party: Party, seen: Appearance) -> Features:
        before = country.before(seen.head.start)
        last = country.appearances[before - 1] if before else None
        since = self._since(last, seen) if last else len(self.countries)
        rank = self._ranked.index(code)
        return {
            "only": float(len(self.countries) == 1),
            "only here": float(set(self._in.get(seen.sentence.index, ())) == {code}),
            "times": 0.1 * min(len(country.appearances), 20),
            "share": len(country.appearances) / self._spoken_of,
            "rank": 0.2 * min(rank, 8),
            "most": float(rank == 0),
            "not yet": float(last is None),
            "sentences away": 0.2 * min(seen.sentence.index - last.sentence.index if last else 9, 9),
            "others since": 0.2 * min(since, 6),
            "last of all": float(since <= 1),
            "dateline": float(is_dateline(country.appearances[0], self.cast)),
            "first sentence": float(0 in country.sentences),
            **position(Act(seen.sentence, seen.head, "", (), None, None), country),
            **_nearest_anywhere(party, country),
        }


def _is_origin(act: Act, country: Party) -> bool:
    """Whether all that an act's sentence says of a country is that the attack comes from there."""
    here = country.within(act.sentence)
    return bool(here) and all(is_origin(act, a) for a in here)


def _by_model(act: Act, side: str, near: Mapping[str, Party]) -> tuple[Mapping[str, Features], Features]:
    """How likely the careful model takes those of each country for a side of an act, and of all together."""
    signals = act.sentence.signals
    if not signals:
        return {}, NO_MODEL
    likely = dict(signals.role(SIDES[side], act.word.start))
    found = {}
    for code, country in near.items():
        share = sum(likely.get(a.head.start, 0.0) for a in country.appearances)
        found[code] = {f"{MODEL}country": share, f"{MODEL}likely": float(share > LIKELY)}
    best = max(found, key=lambda code: found[code][f"{MODEL}country"], default="")
    if best and found[best][f"{MODEL}country"] > 0:
        found[best][f"{MODEL}best"] = 1.0
    return found, {f"{MODEL}any": sum(f[f"{MODEL}country"] for f in found.values())}


def _nearest_anywhere(party: Party, country: Party) -> Features:
    """How near somebody and a country come to stand in any sentence that speaks of both."""
    ways = [
        path(seen.head, other.head)
        for seen in party.appearances[:_SEEN]
        for other in country.within(seen.sentence)
    ]
    if not ways:
        return {}
    best = min(ways, key=len)
    found = {"together": 0.2 * min(len(ways), 6), "closest": 0.2 * min(len(best), 8)}
    return found | {f"closest={best.labels}": 1.0}


def is_homeless(actor: Actor) -> bool:
    """Whether an actor has no country, and is not a body of many nor known to have none."""
    bodied = actor.sector in BODIES or (actor.known and actor.type != "population")
    return not actor.country and not bodied


def placed(actor: Actor, country: str) -> Actor:
    """An actor as one of a country: of a known people only those who live there are meant."""
    if actor.known:
        return replace(actor, id=f"{country.lower()}-{actor.id}", country=country, known=False)
    return replace(actor, country=country)


def _is_foreign(actor: Actor, seen: Appearance) -> bool:
    """Whether name or adjective say that somebody is of elsewhere: "coalition", "foreign companies"."""
    before = [t.text for t in seen.sentence.tokens[max(0, seen.head.i - _BEHIND) : seen.head.i]]
    said = {morphology.normal(w) for w in (*actor.label.split(), *before)}
    return not said.isdisjoint(senses.classes()["elsewhere"])
