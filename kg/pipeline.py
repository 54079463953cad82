"""The parts joined: documents in, what they say out, and a store that keeps it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import actors, extraction, nlp
from kg.model import Claim, Document, Event, Phrase
from kg.parse import Sentence

if TYPE_CHECKING:
    from kg.actors.mentions import Mentions
    from kg.store import Store

log = logging.getLogger("kg")


@dataclass(frozen=True)
class Analysis:
    """What one document says: its sentences, who is mentioned in them, its claims and events."""

    document: Document
    sentences: list[Sentence]
    mentions: Mentions
    claims: list[Claim]
    events: list[Event]


def analyse(
    documents: Iterable[Document], model: str = nlp.DEFAULT_MODEL, actor_table: Path | None = None
) -> Iterator[Analysis]:
    """Reads documents one by one, in their order; parsing runs ahead by a batch.

    Raises ModelError or ActorTableError before the first document is read.
    """
    nlp.load(model)
    gazetteer = actors.load(actor_table)
    kept, texts = _tee(documents)
    for sentences in nlp.parse(texts, model):
        document = kept.pop(0)
        mentions = actors.link(document, sentences, gazetteer)
        claims = [attach(claim, mentions) for claim in extraction.extract(document, sentences)]
        yield Analysis(document, sentences, mentions, claims, [])


def _tee(documents: Iterable[Document]) -> tuple[list[Document], Iterator[str]]:
    """The documents' texts for the parser, and a list that holds those it has taken."""
    kept: list[Document] = []

    def texts() -> Iterator[str]:
        for document in documents:
            kept.append(document)
            yield document.text

    return kept, texts()


def attach(claim: Claim, mentions: Mentions) -> Claim:
    """The claim with its phrases linked to the actors that the document mentions there."""

    def linked(phrase: Phrase | None) -> Phrase | None:
        if phrase is None or phrase.statement is not None:
            return phrase
        judgement = mentions.at(phrase.head)
        if judgement is None:
            return phrase
        return replace(
            phrase, actor=judgement.actor, members=mentions.members(phrase.head), reason=judgement.reason
        )

    s = claim.statement
    statement = replace(
        s,
        subject=linked(s.subject),
        object=linked(s.object),
        arguments=tuple(linked(a) for a in s.arguments),
        where=linked(s.where),
    )
    return replace(claim, statement=statement, speaker=linked(claim.speaker))


def extract(
    document: Document | str, model: str = nlp.DEFAULT_MODEL, actor_table: Path | None = None
) -> list[Claim]:
    """The claims of one document, or of a text without date and publisher, in the order of the text.

    Stores nothing.
    """
    if isinstance(document, str):
        document = Document("text", document)
    return next(analyse([document], model, actor_table)).claims


Progress = Callable[[Analysis], None]
