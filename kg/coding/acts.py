"""Which words of a document tell an act, and of what type: the tables' rules and the careful model together.

The model's head for acts learnt on other text than the rules did. Where it rules an act out the rules are
mostly wrong (talk, metaphor, sport); where it is sure of one that no rule knows it is mostly right.
"""

from collections.abc import Iterator, Mapping, Sequence

from kg.coding import types
from kg.coding.realis import Reading
from kg.coding.standing import Act
from kg.model import Claim
from kg.parsing.tree import Sentence, Token

NONE = "none"
# Least probability that some word of a claim tells an act. In cases that the model never saw 23 of 110 events
# too many go with it, and one of 116 right ones.
LEAST = 0.1
# Least probability that a verb tells no act to overrule a rule of another type.
AGAINST = 0.7
# Least probability of a type for an act that no rule knows: in 24 texts that the model never saw 62 of 72
# such words tell an act of that type; with .5 80 of 102.
SURE = 0.7


def is_ruled_out(claim: Claim, sentence: Sentence, word: Token, reading: Reading) -> bool:
    """Whether the model is against what a rule reads; False where the pipeline does not say.

    It is where no word of the claim may tell an act, or where the verb likelier tells none, and if one, of
    another type.
    """
    signals = sentence.signals
    if not signals:
        return False
    start, end = claim.evidence.start, claim.evidence.end
    told = [signals.of("types", w.start) for w in sentence if start <= w.start < end]
    if max((1 - likely[NONE] for likely in told if likely), default=1.0) < LEAST:
        return True
    likely = signals.of("types", word.start)
    return bool(likely) and likely[NONE] > AGAINST and _best(likely) not in (reading.type, reading.original)


def told_by_model(sentence: Sentence) -> Iterator[tuple[Token, Reading]]:
    """The words of a sentence that tell an act as the model is sure, each with its type and mode."""
    signals = sentence.signals
    for word in sentence if signals else ():
        likely = signals.of("types", word.start) if signals else {}
        kind = _best(likely)
        if likely.get(kind, 0.0) >= SURE:
            yield word, Reading(kind, kind, _mode(sentence, word, kind), None, None, likely[kind])


def act_at(sentence: Sentence, word: Token, type: str, claims: Sequence[Claim]) -> Act:
    """The act that a word tells, with what a document's claims make of it."""
    own = tuple(c for c in claims if c.statement.relation.head == word.start)
    around = [c for c in claims if c.evidence.start <= word.start < c.evidence.end]
    smallest = min(around, key=lambda c: c.evidence.end - c.evidence.start, default=None)
    above = next((c for c in claims if own and c.id == own[0].nested_in), None)
    return Act(sentence, word, type, own, smallest, above)


def _best(likely: Mapping[str, float]) -> str:
    return max(types.types(), key=lambda name: likely.get(name, 0.0))


def _mode(sentence: Sentence, word: Token, kind: str) -> str | None:
    """The likeliest mode of an act of some type, if it is likelier than not."""
    likely = sentence.signals.of("modes", word.start) if sentence.signals else {}
    best = max((m for t, m in types.modes() if t == kind), key=lambda m: likely.get(m, 0.0), default=None)
    return best if best is not None and likely.get(best, 0.0) >= 0.5 else None
