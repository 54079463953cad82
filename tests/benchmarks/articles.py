"""How much kg finds in a folder of articles, whether or not it is right: a fall or a jump has a reason."""

from pathlib import Path

from kg import pipeline
from kg.model import Actor, Claim
from kg.reading import read

Figures = list[tuple[str, str]]


def evaluate(folder: Path, model: str) -> Figures:
    """Numbers of claims, facts, sources and events in the articles of a folder."""
    analyses = list(pipeline.analyse(read([folder]), model))
    claims = [c for a in analyses for c in a.claims]
    events = [e for a in analyses for e in a.events]
    told = [c for c in claims if c.speaker is not None]
    return [
        ("articles", str(len(analyses))),
        ("claims", str(len(claims))),
        ("facts", str(sum(c.is_fact for c in claims))),
        ("claims with a speaker", str(len(told))),
        ("speakers", str(len({_who(c) for c in told}))),
        ("claims with a known subject", str(sum(_is_known(_subject(c)) for c in claims))),
        ("events", str(len(events))),
        ("events with actor and recipient", str(sum(bool(e.actors and e.recipients) for e in events))),
        ("dated events", str(sum(e.date is not None for e in events))),
    ]


def _who(claim: Claim) -> str:
    """A speaker's id, or his words where he is no actor."""
    if claim.speaker is None:
        return ""
    return claim.speaker.actor.id if claim.speaker.actor else claim.speaker.text


def _subject(claim: Claim) -> Actor | None:
    subject = claim.statement.subject
    return subject.actor if subject else None


def _is_known(actor: Actor | None) -> bool:
    return actor is not None and actor.known
