"""What speaks for and against a possible event: its words, parties and claim, and what its text is about."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from kg.coding import standing
from kg.coding.acts import NONE
from kg.coding.cast import UNNAMED, Cast
from kg.coding.parties import Sides
from kg.coding.realis import Reading
from kg.coding.standing import MODEL, NO_MODEL, Act, Features
from kg.learned.projection import Floats, Projection
from kg.model import Actor, Event
from kg.parsing.tree import Sentence

TOPIC = "topic "  # with this, too, begin features that only the careful model gives
_TOLD = 0.5  # probability from which the model takes a word to tell an act
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


class Evidence:
    """Finds the features of a document's possible events."""

    def __init__(self, cast: Cast, topics: Projection | None) -> None:
        self.cast, self.topics = cast, topics

    def of(self, event: Event, act: Act, reading: Reading, sides: Sides) -> Features:
        """The features of one."""
        coded = float(reading.cameo is not None)
        found: Features = {
            f"type={reading.type}": 1.0,
            f"type={reading.type} coded": coded,
            f"lemma={act.word.lemma.lower()}": 1.0,
            f"pos={act.word.pos}": 1.0,
            f"dep={act.word.base_dep}": 1.0,
            f"realis={event.realis}": 1.0,
            "rewritten": float(reading.type != reading.original),
            "sure": reading.sure,
            "coded": coded,
            "likely sides": sides.likely,
            "speaker": float(event.speaker is not None),
        }
        return found | _by_model(act, reading, event) | _of_claim(act) | _of_sides(event) | self.document

    @cached_property
    def document(self) -> Features:
        """What all events of the document share: who is in it, and what it is about."""
        parties = [p for p in self.cast.parties.values() if p.sure and p.actor.type != UNNAMED]
        actors = [p.actor for p in parties for _ in p.appearances]
        sentences = max(1, len(self.cast.sentences))
        total = max(1, len(actors))
        kinds = {a.type for a in actors}
        return {
            **{f"share of {k}": sum(a.type == k for a in actors) / total for k in sorted(kinds)},
            "officials": sum(a.sector in _OFFICIAL for a in actors) / total,
            "mentions a sentence": 0.2 * len(actors) / sentences,
            "states": 0.1 * min(10, len({p.actor.country for p in parties if p.actor.country})),
            "sentences": 0.02 * min(50, sentences),
            **self._acts(sentences),
            **topic(self.cast.sentences, self.topics),
        }

    def _acts(self, sentences: int) -> Features:
        """How thick with acts the model finds the document."""
        signals = ((s.signals, w) for s in self.cast.sentences if s.signals for w in s)
        likely = [1 - told[NONE] for given, w in signals if (told := given.of("types", w.start))]
        return {
            f"{MODEL}acts a sentence": sum(x >= _TOLD for x in likely) / sentences,
            f"{MODEL}likelihood a sentence": sum(likely) / sentences,
        }


def topic(sentences: Sequence[Sentence], topics: Projection | None) -> Features:
    """What a text is about; nothing where the pipeline makes no vectors. Raises KgError where another
    encoder made them."""
    middle = content(sentences)
    made_with = next((s.signals.made_with for s in sentences if s.signals), "")
    if topics is None or middle is None:
        return {}
    return {f"{TOPIC}{i}": x for i, x in enumerate(topics.of(middle, made_with))}


def content(sentences: Iterable[Sentence]) -> Floats | None:
    """The mean vector of the words that carry what a text is about; None where there is none."""
    signals = ((s.signals, w) for s in sentences if s.signals for w in s if w.pos in _CONTENT)
    total, count = None, 0
    for given, word in signals:
        vector = given.vector(word.start)
        if vector is not None:  # a long text's do not fit into memory side by side
            total, count = vector if total is None else total + vector, count + 1
    return None if total is None else total / np.float32(count)


def without_model(features: Features) -> Features:
    """The same as if a pipeline without the careful model had read the text."""
    return {k: v for k, v in standing.without_model(features).items() if not k.startswith(TOPIC)}


def _by_model(act: Act, reading: Reading, event: Event) -> Features:
    """What the careful model says of the act's word and of the words around it."""
    signals = act.sentence.signals
    if not signals:
        return NO_MODEL
    likely = signals.of("types", act.word.start)
    words = (w.start for w in act.sentence if event.text.start <= w.start < event.text.end)
    around = [told for start in words if (told := signals.of("types", start))]
    best = max((k for k in likely if k != NONE), key=lambda k: likely[k], default=NONE)
    another = best not in (reading.type, reading.original)
    found = {
        "type": likely.get(reading.type, 0.0),
        "told type": likely.get(reading.original, 0.0),
        "none": likely.get(NONE, 0.0),
        "another type": another * likely.get(best, 0.0),
        "type around": max((t.get(reading.type, 0.0) for t in around), default=0.0),
        "any around": max((1 - t[NONE] for t in around), default=0.0),
    }
    heads = ("realis", "modal", "negated")
    found |= {f"{h}={k}": v for h in heads for k, v in signals.of(h, act.word.start).items()}
    return {f"{MODEL}{name}": value for name, value in found.items()}


def _of_claim(act: Act) -> Features:
    """The claim that tells the act."""
    if not act.claims:
        return {"no claim": 1.0}
    claim = act.claims[0]
    s = claim.statement
    return {
        f"modality={claim.modality}": 1.0,
        f"polarity={claim.polarity}": 1.0,
        f"factuality={claim.factuality}": 1.0,
        f"tense={claim.tense}": 1.0,
        f"voice={s.relation.voice}": 1.0,
        f"found by={claim.found_by}": 1.0,
        "nested": float(claim.nested_in is not None),
        "object": float(s.object is not None),
        "object is a statement": float(s.object is not None and s.object.statement is not None),
        "claim's confidence": claim.confidence,
    }


def _of_sides(event: Event) -> Features:
    found: Features = {}
    for side, actors in (("doer", event.actors), ("recipient", event.recipients)):
        found |= {f"{side}={a.type}": 1.0 for a in actors} or {f"{side}=nobody": 1.0}
        found |= {f"{side} sector={a.sector}": 1.0 for a in actors}
        found[f"{side} placed"] = float(any(a.country for a in actors))
        found[f"{side} known"] = float(any(a.known for a in actors))
    return found | {"abroad": float(_are_apart(event.actors, event.recipients))}


def _are_apart(some: Iterable[Actor], others: Iterable[Actor]) -> bool:
    """Whether both sides have countries, and none in common."""
    here, there = ({a.country for a in side if a.country} for side in (some, others))
    return bool(here and there) and here.isdisjoint(there)
