"""Claims and events as the plain records that `--format jsonl` prints."""

import json
from typing import Any

from kg.model import Actor, Argument, Claim, Event, Phrase, Span


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
        "when": {
            "text": s.when.text,
            "start": s.when.start,
            "end": s.when.end,
            "value": s.when.value,
            "precision": s.when.precision,
            "basis": s.when.basis,
        }
        if s.when
        else None,
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
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "goldstein": event.goldstein,
        "actors": [_who(a) for a in event.actors],
        "recipients": [_who(a) for a in event.recipients],
        "date": event.date,
        "date_precision": event.date_precision,
        "date_basis": event.date_basis,
        "place": _phrase(event.place),
        "realis": event.realis,
        "speaker": _who(event.speaker) if event.speaker else None,
        "text": _span(event.text),
        "confidence": event.confidence,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


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
