"""Where an event took place: the claim's place, else an argument that tells one."""

from kg.model import Argument, Claim, Phrase


def place_of(claim: Claim) -> Phrase | None:
    """The phrase that names the place; None where the claim tells none."""
    where = claim.statement.where
    return where or next((_plain(a) for a in claim.statement.arguments if a.role == "place"), None)


def _plain(argument: Argument) -> Phrase:
    a = argument
    return Phrase(a.text, a.start, a.end, head=a.head, actor=a.actor, reason=a.reason)
