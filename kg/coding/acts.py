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
LEAST = 0.3  # probability of a type from which a word is taken to tell perhaps such an act


def told_by_model(sentence: Sentence) -> Iterator[tuple[Token, Reading]]:
    """The words of a sentence that may tell an act as the model sees it, each with its likeliest type."""
    signals = sentence.signals
    for word in sentence if signals else ():
        likely = signals.of("types", word.start) if signals else {}
        kind = _best(likely)
        if likely.get(kind, 0.0) >= LEAST:
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
