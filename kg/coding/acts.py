"""Whether a claim's words may tell an act at all, as the careful model has it.

Its head for acts learnt on other text than the rules did. Alone it finds fewer acts than they do, but where
it rules them out the rules are mostly wrong: talk, metaphor, sport.
"""

from kg.model import Claim
from kg.parsing.tree import Sentence

NONE = "none"
# Least probability that some word of a claim tells an act. In cases that the model never saw 23 of 110 events
# too many go with it, and one of 116 right ones; PLOVER dev keeps .777 for type and both parties.
LEAST = 0.1


def may_tell_act(claim: Claim, sentence: Sentence) -> bool:
    """Whether some word of a claim may tell an act; True where the pipeline does not say."""
    signals = sentence.signals
    if not signals:
        return True
    start, end = claim.evidence.start, claim.evidence.end
    told = [signals.of("types", word.start) for word in sentence if start <= word.start < end]
    return max((1 - likely[NONE] for likely in told if likely), default=1.0) >= LEAST
