"""Events from claims: who did what to whom, whether it happened, and who says so.

Where the pipeline tells acts by itself they are read (`by_acts`), else the rules of data/events/rules.csv
(`by_rules`).
"""

from collections.abc import Sequence

from kg.actors.mentions import Mentions
from kg.coding import by_acts, by_rules
from kg.model import Claim, Document, Event
from kg.parsing.tree import Sentence


def code(
    claims: Sequence[Claim], mentions: Mentions, document: Document, sentences: Sequence[Sentence] = ()
) -> list[Event]:
    """The events of a document in its order; what is not told (a party, a date, a place) stays empty."""
    if any(s.signals for s in sentences):
        return by_acts.code(claims, mentions, document, sentences)
    return by_rules.code(claims, mentions, document)
