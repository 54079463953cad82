"""How much kg finds in a folder of articles, whether or not it is right: a fall or a jump has a reason."""

from collections.abc import Callable
from pathlib import Path

from kg import pipeline
from kg.model import Claim, Event, Phrase
from kg.reading import read

Figures = list[tuple[str, str]]


def is_known(phrase: Phrase | None) -> bool:
    """Whether a phrase means somebody whom the tables know."""
    return phrase is not None and phrase.actor is not None and phrase.actor.known


CLAIMS: dict[str, Callable[[Claim], bool]] = {
    "claims": lambda c: True,
    "facts": lambda c: c.is_fact,
    "claims with a speaker": lambda c: c.speaker is not None,
    "claims with a known subject": lambda c: is_known(c.statement.subject),
}
EVENTS: dict[str, Callable[[Event], bool]] = {
    "events": lambda e: True,
    "events with actor and recipient": lambda e: bool(e.actors and e.recipients),
    "dated events": lambda e: e.date is not None,
}


def evaluate(folder: Path, model: str) -> Figures:
    """Numbers of claims, facts, speakers and events in the articles of a folder."""
    analyses = list(pipeline.analyse(read([folder]), model))
    claims = [c for a in analyses for c in a.claims]
    events = [e for a in analyses for e in a.events]
    speakers = {name(c.speaker) for c in claims if c.speaker is not None}
    return [
        ("articles", str(len(analyses))),
        *((what, str(sum(map(test, claims)))) for what, test in CLAIMS.items()),
        ("speakers", str(len(speakers))),
        *((what, str(sum(map(test, events)))) for what, test in EVENTS.items()),
    ]


def name(speaker: Phrase) -> str:
    """A speaker's id, or his words where he is no actor."""
    return speaker.actor.id if speaker.actor else speaker.text
