"""Where an act took place: chosen among the places that its document names, or nowhere.

A ranker taught on annotated news weighs where a place stands in the act's sentence, what it is in the claims
that tell the act, and how far away it was named; the reporter's dateline is one of the places. Where none is
likely enough the text does not say. Weights: data/events/scene.npz, made by data/models/recipe/scenes.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from kg import resources
from kg.actors import places
from kg.actors.places import Place
from kg.coding.cast import Appearance, Cast, Party, is_dateline, mentioned
from kg.coding.standing import NOBODY, Act, Features, nearest, position
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Actor, Judgement, Phrase
from kg.parsing.tree import Sentence, Token

LEAST = 0.25  # probability of a place from which it is given
_BACK = 3  # sentences before an act of which the places are considered
_MANY = 12  # places of a sentence, at most, that are considered
_PLACES = frozenset({"state", "place"})
Sites = dict[str, Features]  # the features of each place, by its key


@cache
def scene() -> Ranker:
    """The weights that ship with kg. Raises KgError where they are not there."""
    return ranker.load(resources.path("data/events/scene.npz"))


class Scenes:
    """Chooses where a document's acts took place."""

    def __init__(self, cast: Cast, learned: Ranker | None = None) -> None:
        self.cast, self.learned = cast, learned or scene()
        self.places: dict[str, Party] = {}
        self._in: dict[int, list[str]] = defaultdict(list)  # by a sentence's number, the places it names
        for sentence in cast.sentences:
            for seen in _named(sentence, cast):
                key = seen.actors[0].id
                self.places.setdefault(key, Party(key)).appearances.append(seen)
                self._in[sentence.index].append(key)

    def of(self, act: Act) -> Phrase | None:
        """The phrase that names where an act took place; None where the text does not tell."""
        sites, nowhere = self.standing(act)
        if not sites:
            return None
        likely = self.learned.likely([*sites.values(), nowhere])
        share, key = max(zip(likely[:-1], sites, strict=True))
        return self._phrase(nearest(act, self.places[key])) if share >= LEAST else None

    def standing(self, act: Act) -> tuple[Sites, Features]:
        """The features of the places that an act may be at, and those of nowhere."""
        near = self._near(act.sentence.index)
        shared = _of_act(act) | {"places": 0.2 * min(len(near), 10)}
        shared["places here"] = 0.3 * sum(bool(p.within(act.sentence)) for p in near.values())
        found = {key: shared | self._of_place(act, place, near) for key, place in near.items()}
        return found, NOBODY | shared

    def _near(self, sentence: int) -> dict[str, Party]:
        """The places that a sentence names, the ones right before it, and those of the first, where datelines
        stand."""
        numbers = dict.fromkeys((0, *range(sentence - _BACK, sentence + 1)))
        keys = dict.fromkeys(key for n in numbers for key in self._in.get(n, ())[:_MANY])
        return {key: self.places[key] for key in keys}

    def _of_place(self, act: Act, place: Party, near: Mapping[str, Party]) -> Features:
        before = place.before(act.word.start)
        last = place.appearances[before - 1] if before else None
        between = [p for p in near.values() if last and p is not place and _is_between(p, last, act)]
        return {
            f"kind={place.actor.type}": 1.0,
            "acts": float(not self._is_only_named(nearest(act, place))),
            "dateline": float(is_dateline(place.appearances[0], self.cast)),
            "not yet": float(last is None),
            "times": 0.2 * min(len(place.appearances), 6),
            "sentences away": 0.3 * (act.sentence.index - last.sentence.index if last else _BACK),
            "others since": 0.3 * min(len(between), 4),
            "last of its sentence": float(last is not None and not between),
            **position(act, place),
            **_in_claims(act, place),
        }

    def _is_only_named(self, seen: Appearance) -> bool:
        return self.cast.mentions.site(seen.head.start) is not None

    def _phrase(self, seen: Appearance) -> Phrase:
        judgement = self.cast.mentions.at(seen.head.start)
        assert judgement is not None  # by which it was found
        m = judgement.mention
        return Phrase(m.text, m.start, m.end, head=seen.head.start, actor=seen.actors[0])


def _named(sentence: Sentence, cast: Cast) -> Iterator[Appearance]:
    """The places that a sentence names: cities, regions, and states by their own name; a capital that
    speaks for its government is one as well."""
    for head, found in mentioned(sentence, cast.mentions):
        place = (
            cast.mentions.site(head.start) or _state(found, head) or _seat(cast.mentions.place(head.start))
        )
        if place is not None:
            yield Appearance(sentence, head, (place,))


def _state(found: Judgement, head: Token) -> Actor | None:
    actor = found.actor
    return actor if actor is not None and actor.type in _PLACES and head.pos == "PROPN" else None


def _seat(place: Place | None) -> Actor | None:
    """The place of a mention that is read as an actor."""
    if place is None:
        return None
    return Actor(places.id_of(place, place.name), place.name, "place", place.country)


def _is_between(other: Party, last: Appearance, act: Act) -> bool:
    return other.before(act.word.start) > other.before(last.head.end)


def _of_act(act: Act) -> Features:
    return {
        f"type={act.type}": 1.0,
        f"pos={act.word.pos}": 1.0,
        f"dep={act.word.base_dep}": 1.0,
        f"lemma={act.word.lemma.lower()}": 1.0,
        "told": float(any(c.statement.where is not None for c in act.claims)),
    }


def _in_claims(act: Act, place: Party) -> Features:
    """What a place is in the claims that tell an act: where it is, an argument, in the subject or object."""
    heads = [a.head.start for a in place.within(act.sentence)]
    found: Features = {}
    for c in act.claims or ((act.told_in,) if act.told_in else ()):
        s = c.statement
        parts = [("where", s.where), ("subject", s.subject), ("object", s.object)]
        parts += [(f"argument={a.role}", a) for a in s.arguments]
        for name, phrase in parts:
            if phrase is not None and any(phrase.start <= h < phrase.end for h in heads):
                found[f"in {name}"] = 1.0
    return found
