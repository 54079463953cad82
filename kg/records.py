"""Claims, events, mentions and dates as the plain records that `--format jsonl` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.actors import judgements
from kg.actors.judgements import Decision
from kg.model import Actor, Argument, Claim, Document, Event, Judgement, Phrase, Span, When
from kg.time.find import Expression

if TYPE_CHECKING:
    from kg.coding.stories import Cluster


def json_line(record: dict[str, Any]) -> str:
    """One line of JSON, UTF-8 as it is, keys in the record's order."""
    return json.dumps(record, ensure_ascii=False)


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim in the documented fields; parts that are missing are null."""
    s = claim.statement
    return {
        "id": claim.id,
        "document": claim.document,
        "sentence": claim.sentence,
        "evidence": _span(claim.evidence),
        "subject": _phrase(s.subject),
        "relation": {
            "text": s.relation.text,
            "lemma": s.relation.lemma,
            "voice": s.relation.voice,
            "start": s.relation.start,
            "end": s.relation.end,
        },
        "object": _phrase(s.object),
        "arguments": [_argument(a) for a in s.arguments],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "factuality": claim.factuality,
        "tense": claim.tense,
        "speaker": _phrase(claim.speaker),
        "cue": claim.cue,
        "nested_in": claim.nested_in,
        "when": _when(s.when),
        "where": _phrase(s.where),
        "confidence": claim.confidence,
        "found_by": claim.found_by,
    }


def event_record(event: Event) -> dict[str, Any]:
    """An event in the documented fields."""
    return {
        "id": event.id,
        "document": event.document,
        "sentence": event.sentence,
        "claim": event.claim,
        "type": event.type,
        "original_type": event.original_type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "goldstein": event.goldstein,
        "actors": [_who(a) for a in event.actors],
        "recipients": [_who(a) for a in event.recipients],
        "implied": list(event.implied),
        "date": event.date,
        "date_precision": event.date_precision,
        "date_basis": event.date_basis,
        "place": _phrase(event.place),
        "realis": event.realis,
        "speaker": _who(event.speaker) if event.speaker else None,
        "text": _span(event.text),
        "confidence": event.confidence,
    }


def story_record(story: Cluster) -> dict[str, Any]:
    """An event with all its reports: what all that know it say, and the documents that report it."""
    first = story.events[0]
    recipients = dict.fromkeys(a for e in story.events for a in e.recipients)
    place = next((e.place for e in story.events if e.place is not None), None)
    return {
        "id": story.id,
        "type": first.type,
        "mode": next((e.mode for e in story.events if e.mode), None),
        "actors": [_who(a) for a in first.actors],
        "recipients": [_who(a) for a in recipients],
        "date": first.date,
        "date_precision": first.date_precision,
        "place": _phrase(place),
        "realis": first.realis,
        "speakers": [_who(a) for a in dict.fromkeys(e.speaker for e in story.events if e.speaker)],
        "reports": list(dict.fromkeys(e.document for e in story.events)),
        "independent": story.independent,
        "events": [e.id for e in story.events],
        "confidence": max(e.confidence for e in story.events),
    }


def mention_record(document: Document, judgement: Judgement) -> dict[str, Any]:
    """A mention with the actor that it is taken for; of nobody's the actor's fields are null."""
    actor = judgement.actor
    return {
        "document": document.id,
        "start": judgement.mention.start,
        "end": judgement.mention.end,
        "text": judgement.mention.text,
        "label": actor and actor.label,
        "id": actor and actor.id,
        "country": actor and actor.country,
        "type": actor and actor.type,
        "sector": actor and actor.sector,
        "verdict": judgement.verdict,
        "why": judgement.reason,
    }


def decision_record(decision: Decision) -> dict[str, Any]:
    """A decision about who is who, as the file of decisions has it."""
    return judgements.record(decision)


def date_record(document: Document, when: Expression) -> dict[str, Any]:
    """A time expression and the date that it stands for; null where it could not be resolved."""
    return {
        "document": document.id,
        "start": when.start,
        "end": when.end,
        "text": when.text,
        "value": when.value,
        "precision": when.precision,
        "basis": when.basis,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {**_span(when), "value": when.value, "precision": when.precision, "basis": when.basis}


def _who(actor: Actor) -> dict[str, Any]:
    return {
        "label": actor.label,
        "id": actor.id,
        "type": actor.type,
        "country": actor.country,
        "sector": actor.sector,
    }


def _phrase(phrase: Phrase | None) -> dict[str, Any] | None:
    if phrase is None:
        return None
    record = _span(phrase)
    if phrase.actor is not None:
        record |= _who(phrase.actor)
    if phrase.members:
        record["members"] = [_who(m) for m in phrase.members]
    if phrase.statement is not None:
        record["statement"] = phrase.statement
    return record


def _argument(argument: Argument) -> dict[str, Any]:
    return {"role": argument.role, "preposition": argument.preposition, **(_phrase(argument) or {})}
