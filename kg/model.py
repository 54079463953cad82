"""What kg talks about: frozen dataclasses of plain values, equal when they say the same thing.

    Document ─has─ Span            a piece of its text, [start, end) in characters
    Statement                      what would be so: subject, relation, object, arguments
    Claim                          one report of a statement: who says it, and how sure it is
    Actor, Role                    who is who, and what they were when
    Judgement                      mention X is actor Y: who decided, and why
    Event                          a coded reading of a claim

Their field names are the ones `kg extract --format jsonl` prints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg import ids
from kg.errors import InputError
from kg.shown import without_login

Polarity = Literal["affirmed", "negated"]
Modality = Literal[
    "asserted",
    "possible",
    "probable",
    "obligated",
    "intended",
    "expected",
    "requested",
    "conditional",
    "questioned",
]
# FactBank's degrees (Saurí & Pustejovsky 2009), seen from the claim's own source; with `polarity`
# they give its CT+, CT-, PR+ … Uu.
Factuality = Literal["certain", "probable", "possible", "unknown"]
Tense = Literal["past", "present", "future"]
Voice = Literal["active", "passive"]
Verdict = Literal["same", "not same", "unsure"]
Precision = Literal["day", "month", "year", "interval"]
Side = Literal["actors", "recipients"]  # of an event

# What no text holds and no store takes: NUL, the separator of ids, lone surrogates.
UNFIT = re.compile("[\\x00\\x1f\\ud800-\\udfff]")
# Polarity, modality and factuality of what a source says is so.
PLAIN = ("affirmed", "asserted", "certain")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document's text: `document.text[start:end] == text`, in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """An article. Its text is never rewritten; every span points into it.

    `published` is an ISO date (YYYY-MM-DD, or YYYY-MM or YYYY where no more is known). The login in an
    address is nobody else's: `url` and `id` are without it.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse what no span could point into or no store could hold; take logins out of addresses."""
        object.__setattr__(self, "id", without_login(self.id, ""))
        object.__setattr__(self, "url", self.url and without_login(self.url, ""))
        if not self.text.strip():
            raise InputError(f"{self.id}: the document has no text")
        if UNFIT.search(self.text):
            raise InputError(f"{self.id}: not text: it holds U+0000, U+001F or half a surrogate pair")

    def span(self, start: int, end: int) -> Span:
        """The piece [start, end) of the text.

        >>> Document("d", "Xi called.").span(0, 2)
        Span(text='Xi', start=0, end=2)
        """
        return Span(self.text[start:end], start, end)


@dataclass(frozen=True)
class Role:
    """An office that an actor held, from `start` until before `end` (ISO partial dates; None is open)."""

    office: str
    title: str
    country: str | None
    sector: str | None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody who acts, with country (ISO 3166 alpha-3) and PLOVER sector at the document's date.

    Identity is the id alone: the same person in two years is the same actor with another sector.
    """

    id: str
    label: str = field(compare=False)
    type: str = field(default="unknown", compare=False)
    country: str | None = field(default=None, compare=False)
    sector: str | None = field(default=None, compare=False)
    wikidata: str | None = field(default=None, compare=False)
    known: bool = field(default=False, compare=False)  # from a table, not coined from the text
    roles: tuple[Role, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Judgement:
    """Mention X is actor Y: same, not same or unsure; who decided, and why. Judgements can be undone."""

    mention: Span
    actor: Actor | None
    verdict: Verdict
    reason: str
    by: str = "kg"
    title: str | None = None  # a title that stands with the name: "Treasury Secretary"


@dataclass(frozen=True)
class Phrase(Span):
    """A span that fills a place in a statement, with the actor it refers to, or the nested claim's id.

    `members` are the actors that a group stands for: "both sides".
    `head` is where its head word starts in the document, by which a mention finds its phrase.
    """

    head: int = field(default=-1, compare=False)
    actor: Actor | None = None
    statement: str | None = None
    members: tuple[Actor, ...] = ()
    reason: str | None = field(default=None, compare=False)  # why this actor, or why none


@dataclass(frozen=True)
class Relation(Span):
    """What a statement says of subject and object; the lemma carries particles and light-verb nouns.

    A passive with its agent is turned round ("was seized by Iran": Iran seizes); `voice` is passive
    where the subject is still the one to whom it is done ("was seized"). `head` is where its main word
    starts in the document: the verb, the predicate of a copula, the noun of an event or a title.
    """

    lemma: str
    voice: Voice = "active"
    head: int = field(default=-1, compare=False, repr=False)


@dataclass(frozen=True)
class Argument(Phrase):
    """A further argument with its role: time, place, recipient, manner, cause, purpose, other …"""

    role: str = "other"
    preposition: str | None = None


@dataclass(frozen=True)
class When(Span):
    """A time expression; `value` is an ISO partial date or interval, None while it cannot be resolved."""

    value: str | None = None
    precision: Precision | None = None
    basis: Literal["text", "publication"] = "text"


@dataclass(frozen=True)
class Statement:
    """What would be so: n-ary, its object an actor, a phrase, or another claim's statement."""

    subject: Phrase | None
    relation: Relation
    object: Phrase | None = None
    arguments: tuple[Argument, ...] = ()
    when: When | None = None
    where: Phrase | None = None


@dataclass(frozen=True)
class Claim:
    """One report of a statement in a document.

    `speaker` is None where the document itself speaks; a nested claim's chain of sources is read
    along `nested_in`. `confidence` (0..1) and `found_by` are not identity: two extractors that agree
    make one claim.
    """

    document: str
    sentence: int
    evidence: Span
    statement: Statement
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    factuality: Factuality = "certain"
    tense: Tense = "past"
    speaker: Phrase | None = None
    cue: str | None = None
    nested_in: str | None = None
    confidence: float = field(default=1.0, compare=False)
    found_by: str = field(default="clauses", compare=False)

    @cached_property
    def id(self) -> str:
        """A hash of what is said, where, and by whom."""
        s = self.statement
        places = [(p.start, p.end) if p else None for p in (s.subject, s.relation, s.object, self.speaker)]
        return ids.content_id("c", self.document, *places, self.nested_in, self.polarity, self.modality)

    @property
    def is_fact(self) -> bool:
        """Whether the document itself asserts it as certain: the only claims that become plain edges."""
        return self.speaker is None and (self.polarity, self.modality, self.factuality) == PLAIN

    def phrases(self) -> Iterator[Phrase]:
        """Every phrase of the claim, the speaker last."""
        s = self.statement
        yield from (p for p in (s.subject, s.object, *s.arguments, s.where, self.speaker) if p is not None)


@dataclass(frozen=True)
class Event:
    """A coded reading of a claim in PLOVER and CAMEO, or as a type of a user's own."""

    claim: str
    document: str
    sentence: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int | None  # of a user's own type only where the table gives it one
    score: float | None  # PLOVER's; None of an own type whose act PLOVER does not code
    goldstein: float | None  # the CAMEO code's, which each code has
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    date: str | None
    date_precision: Precision | None
    date_basis: Literal["text", "publication"] | None
    place: Phrase | None
    realis: str
    speaker: Actor | None
    text: Span
    confidence: float = field(default=1.0, compare=False)
    # Before realis rewrote it, or a user's own type took its place; else the type.
    original_type: str | None = field(default=None, compare=False)
    # Sides that the act's sentence does not name: the article makes them likely, which is often wrong.
    implied: tuple[Side, ...] = ()

    def __post_init__(self) -> None:
        if self.original_type is None:
            object.__setattr__(self, "original_type", self.type)

    @cached_property
    def id(self) -> str:
        """A hash of the claim and how it was read."""
        who = [a.id for a in (*self.actors, None, *self.recipients) if a]
        return ids.content_id("e", self.claim, self.type, self.mode, *who)
