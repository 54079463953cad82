"""Whether it is so: polarity, modality, factuality and tense of a clause, from the words that show it.

The degrees are FactBank's (Saurí & Pustejovsky 2009), seen from the clause's own source.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.claims.clauses import Clause
from kg.english.lexicon import Frame, table
from kg.model import Factuality, Modality, Polarity, Tense
from kg.parsing.tree import Token

# From the weakest colour to the strongest: the stronger wins where two meet ("might be forced to").
MODALITIES: tuple[Modality, ...] = (
    "asserted",
    "probable",
    "possible",
    "expected",
    "intended",
    "conditional",
    "questioned",
    "obligated",
    "requested",
)
FACTUALITIES: tuple[Factuality, ...] = ("unknown", "possible", "probable", "certain")
NO_WORDS = frozenset({"no", "neither", "none", "nobody", "nothing", "noone", "nowhere"})
NAMED_BY_NOUN = frozenset({"copular", "apposition", "title", "nominal"})  # "an alleged spy", "a planned raid"
IF_WORDS = frozenset({"if", "unless", "provided", "supposing", "lest"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clause is to be taken, and the word that shows it."""

    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    factuality: Factuality = "certain"
    tense: Tense = "past"
    cue: str | None = None

    def under(self, frame: Frame) -> "Reading":
        """This reading coloured by a frame; a second negation undoes the first."""
        polarity: Polarity = self.polarity
        if frame.polarity:
            polarity = "affirmed" if self.polarity == "negated" else "negated"
        coloured = Reading(
            polarity,
            stronger(self.modality, frame.modality),
            weaker(self.factuality, frame.factuality),
            self.tense,
            self.cue or (frame.word if frame.polarity or frame.modality or frame.factuality else None),
        )
        return replace(coloured, tense="future") if frame.tense == "future" else coloured


def stronger(one: Modality, other: str) -> Modality:
    """The modality that wins; an empty string changes nothing."""
    return max((m for m in MODALITIES if m in (one, other)), key=MODALITIES.index)


def weaker(one: Factuality, other: str) -> Factuality:
    """The lesser degree of certainty; an empty string changes nothing."""
    return min((f for f in FACTUALITIES if f in (one, other)), key=FACTUALITIES.index)


def read(clause: Clause, reported: bool = False) -> Reading:
    """What the clause's own words say of it; `reported` clauses take "would" as the future of the past."""
    reading = Reading(tense=tense_of(clause))
    for frame in clause.frames:
        reading = reading.under(frame)
    for frame in _own_frames(clause):
        if frame.modality == "conditional" and reported and not _counterfactual(clause):
            frame = Frame(frame.word, frame.kind, "", "", "expected", "unknown", "future")
        reading = reading.under(frame)
    if negations(clause) % 2:
        reading = reading.under(Frame("not", "negation", polarity="negated"))
    if _has_condition(clause) and reading.modality in ("asserted", "expected", "possible", "conditional"):
        reading = replace(reading, modality="conditional", factuality="unknown", cue=reading.cue or "if")
    return reading


def inherited(clause: Clause) -> list[Frame]:
    """What a coordinated verb without auxiliaries takes over: "will not go or [will not] write"."""
    negation = [Frame("not", "negation", polarity="negated")] if negations(clause) % 2 else []
    return [*clause.frames, *_own_frames(clause), *negation]


def tense_of(clause: Clause) -> Tense:
    """past, present or future, by the finite verb."""
    finite = clause.predicates[0]
    auxiliaries = [c for c in finite.children if c.dep in ("aux", "cop", "aux:pass")]
    tags = {t.tag for t in (finite, *auxiliaries)}
    perfect = any(c.lemma.lower() == "have" and c.dep == "aux" for c in auxiliaries)
    if "VBD" in tags or perfect or (finite.tag == "VBN" and not auxiliaries):
        return "past"
    return "present"


def _own_frames(clause: Clause) -> Iterator[Frame]:
    auxiliaries, adverbs, adjectives = table("auxiliaries"), table("adverbs"), table("adjectives")
    for predicate in clause.predicates:
        for c in predicate.children:
            if c.dep == "aux" and c.lower in auxiliaries:
                yield auxiliaries[c.lower]
            elif c.dep == "advmod" and c.lower in adverbs and adverbs[c.lower].kind != "negation":
                yield adverbs[c.lower]
    if clause.kind in NAMED_BY_NOUN:
        yield from (adjectives[c.lower] for c in clause.head.all("amod") if c.lower in adjectives)


def _counterfactual(clause: Clause) -> bool:
    """ "would have left": never happened."""
    return any(
        c.dep == "aux" and c.lower in ("have", "'ve", "’ve") for p in clause.predicates for c in p.children
    )


def negations(clause: Clause) -> int:
    """How many words negate the clause: not, never, "no talks", "neither side", "has yet to"."""
    adverbs = table("adverbs")
    count = 0
    for predicate in clause.predicates:
        for c in predicate.children:
            word = c.lower
            if (c.dep == "advmod" and word in adverbs and adverbs[word].kind == "negation") or (
                c.dep == "advmod" and word == "longer" and any(g.lower == "no" for g in c.children)
            ):
                count += 1
            elif c.dep == "advmod" and word == "yet" and predicate is not clause.head:
                count += 1  # "has yet to"
            elif c.dep in ("cc:preconj", "cc") and word in ("neither", "nor") and c.i < predicate.i:
                count += 1
    for place in (clause.subject, clause.object):
        if place is not None and (clause.shared_subject is False or place is not clause.subject):
            count += _is_none(place, place in clause.predicates)
    return min(count, 2) if count != 3 else 1


def _is_none(head: Token, is_predicate: bool) -> bool:
    if head.lower in NO_WORDS:
        return True
    before = [c for c in head.children if c.i < head.i and c.dep in ("det", "cc:preconj", "advmod", "cc")]
    return any(c.lower in NO_WORDS or (c.lower == "not" and not is_predicate) for c in before)


def _has_condition(clause: Clause) -> bool:
    for predicate in clause.predicates:
        for c in predicate.children:
            if c.dep == "advcl":
                mark = c.child("mark")
                if (
                    mark is not None
                    and mark.lower in IF_WORDS
                    and not any(
                        g.lower in ("even", "as")
                        for g in (*mark.children, *(m for m in c.children if m.i < mark.i))
                    )
                ):
                    return True
    return False
