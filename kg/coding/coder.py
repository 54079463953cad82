"""Events from claims: who did what to whom, and whether it happened.

Each group of coordinated claims is read by the rules. A claim whose object is another statement is
coded from both: agreeing, asking, refusing and threatening to do something are acts of their own,
what they are about only gives mode and code. An act that is still to come, or was not done, changes
its type as data/events/realis.csv says; the event keeps the type that it had. What a source says that
another did is the other's act, told by the source, and, when it is hostile, an accusation.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kg.actors.mentions import Mentions
from kg.coding import senses, types
from kg.coding.acts import may_tell_act
from kg.coding.candidates import without
from kg.coding.contexts import contexts_of
from kg.coding.coordination import Group, Groups
from kg.coding.features import features
from kg.coding.parties import Actors, Parties
from kg.coding.realis import (
    ASKED,
    BARE_RULE,
    Reading,
    about,
    come_to,
    is_condition,
    is_denied,
    is_open,
    is_purpose,
    realis,
    told,
)
from kg.coding.scenes import place_of
from kg.errors import DocumentError, tell
from kg.model import Claim, Document, Event, Precision
from kg.parsing.tree import Sentence

_HOSTILE = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "SANCTION", "THREATEN"})
_ALLEGED = {"ASSAULT": "1123", "MOBILIZE": "1123", "COERCE": "1122"}


def code(
    claims: Sequence[Claim],
    mentions: Mentions,
    document: Document,
    sentences: Sequence[Sentence] = (),
    on_error: Callable[[DocumentError], None] | None = None,
) -> list[Event]:
    """The events of a document's claims, in their order; a claim that no rule knows gives none.

    Every event has a source actor; recipients, date and place stay empty where the text has none. Where
    `sentences` come from a pipeline that tells acts, it may rule a claim out. A claim that breaks a rule
    gives no event and goes to `on_error`; without it the DocumentError is raised.
    """
    known = {s.index: s for s in sentences}
    told = [c for c in claims if c.sentence not in known or may_tell_act(c, known[c.sentence])]
    acting = {c.id for c in told}
    return [e for e in _distinct(_Coder(claims, mentions, document).events(on_error)) if e.claim in acting]


class _Coder:
    """Reads the groups of a document's claims."""

    def __init__(self, claims: Sequence[Claim], mentions: Mentions, document: Document) -> None:
        self.mentions, self.document = mentions, document
        self.groups = Groups(claims, document)
        self.parties = Parties(self.groups, mentions)
        self._read: dict[str, Reading | None] = {}

    def events(self, on_error: Callable[[DocumentError], None] | None) -> Iterator[Event]:
        for group in self.groups.all:
            try:
                yield from list(self._events_of(group))
            except Exception as error:  # whatever it is, the other claims go on
                lost = f"no event from the claim at character {group.first.statement.relation.start}"
                tell(DocumentError.of(self.document.id, lost, error), on_error)

    # ── one group ──

    def _events_of(self, group: Group) -> Iterator[Event]:
        claim = group.first
        if self._is_no_event(group):
            return
        reading = self._reading(group)
        speakers = self.parties.speakers(claim)
        if claim.modality in ASKED and speakers:
            yield from self._asked(group, reading, speakers)
            return
        if reading is None:
            return
        sources = self.parties.sources(group, reading) or self.parties.somebody(group, reading)
        if not sources:
            return
        recipients = self.parties.recipients(group, sources, reading)
        acts = [g for g in self.groups.beside(claim) if self._reading(g) is not None]
        sources, recipients = self.parties.at_home(group, reading, acts, sources, recipients)
        yield self._event(group, reading, sources, recipients)
        yield from self._accusation(group, reading, sources, speakers)

    def _is_no_event(self, group: Group) -> bool:
        """Whether a claim asks, supposes, denies, or is what another claim's event is about."""
        claim = group.first
        return (
            is_condition(claim, self.document)
            or is_open(claim)
            or is_purpose(claim)
            or is_denied(claim, self._reading(group))
            or self._is_told_above(group)
        )

    def _reading(self, group: Group) -> Reading | None:
        """What the rules and realis make of a group; made once."""
        key = group.first.id
        if key not in self._read:
            self._read[key] = None  # guards against circles
            self._read[key] = self._make_reading(group)
        return self._read[key]

    def _make_reading(self, group: Group) -> Reading | None:
        claim = group.first
        nested = self.groups.nested(group)
        below = self._reading(nested) if nested else None
        found = features(group.claims, below.original if below else None, self.mentions, self.document)
        rule = senses.find(found)
        if (
            rule is None and found.nested
        ):  # a participle may look like an object: "pardoned six men jailed for"
            rule = senses.find(replace(found, nested=False, nested_type=None))
        if rule is None:
            return None
        reading = told(rule)
        if nested is not None and below is not None and (rule.nested or rule.nested_type):
            reading = about(reading, below, nested.first)
        return come_to(reading, claim)

    def _is_told_above(self, group: Group) -> bool:
        """Whether the claim above codes this one: what is agreed, asked, refused or threatened."""
        above = self.groups.above(group.first)
        if above is None:
            return False
        reading = self._reading(above)
        if reading is None:
            return self._is_told_above(above) if above.first.modality in ASKED else False
        return group.first.modality != "asserted" or group.first.polarity == "negated"

    # ── what is said of others ──

    def _asked(self, group: Group, reading: Reading | None, speakers: Actors) -> Iterator[Event]:
        """ "Oslo said that Minsk must free the editor": Oslo asks Minsk."""
        asked = self.parties.asked(group, speakers)
        if asked:
            base = Reading("REQUEST", "REQUEST", None, None, "100", BARE_RULE)
            asking = about(base, reading, group.first) if reading else base
            yield self._event(group, asking, speakers, asked, told=True)

    def _accusation(
        self, group: Group, reading: Reading, sources: Actors, speakers: Actors
    ) -> Iterator[Event]:
        """ "Kyiv said that Russia had shelled Kherson": Kyiv accuses Russia.

        Only of an enemy, by somebody named before the act: "…, Kenyan police said" gives the source.
        """
        claim = group.first
        speaker = claim.speaker
        if speaker is None or reading.type not in _HOSTILE or claim.polarity == "negated":
            return
        if speaker.start > claim.statement.relation.start or claim.modality not in ("asserted", "probable"):
            return
        above = self.groups.above(claim)
        if above is not None and self._reading(above) is not None:
            return  # accused, blamed: told already
        own = {a.country for a in sources if a.country}
        foreign = tuple(s for s in speakers if s.country is not None and s.country not in own)
        if own and foreign:
            accused = Reading(
                "ACCUSE", "ACCUSE", "allege", "allege", _ALLEGED.get(reading.original, "112"), BARE_RULE
            )
            yield self._event(group, accused, foreign, sources, told=True)

    # ── the event ──

    def _event(
        self, group: Group, reading: Reading, sources: Actors, recipients: Actors, told: bool = False
    ) -> Event:
        claim = group.first
        kind = types.types()[reading.type]
        cameo = types.codes().get(reading.cameo or "")
        when = claim.statement.when
        date, precision, basis = (when.value, when.precision, when.basis) if when else (None, None, None)
        if date is None and self.document.published:
            date, precision, basis = (
                self.document.published,
                _precision(self.document.published),
                "publication",
            )
        speakers = () if told else without(self.parties.speakers(claim), sources)
        return Event(
            claim=claim.id,
            document=claim.document,
            sentence=claim.sentence,
            type=reading.type,
            mode=reading.mode,
            contexts=contexts_of(claim.evidence.text),
            cameo=reading.cameo,
            quad=kind.quad,
            score=kind.score,
            goldstein=cameo.goldstein if cameo else None,
            actors=sources,
            recipients=recipients,
            date=date,
            date_precision=precision,
            date_basis=basis,
            place=place_of(claim),
            realis="happened" if told else realis(claim, reading.type),
            speaker=speakers[0] if speakers else None,
            text=claim.evidence,
            original_type=reading.original,
            confidence=round(claim.confidence * reading.sure, 3),
        )


def _precision(date: str) -> Precision:
    return (
        "day" if len(date) == 10 else "month" if len(date) == 7 else "year" if len(date) == 4 else "interval"
    )


def _distinct(events: Iterable[Event]) -> Iterator[Event]:
    """Events of one sentence that say the same are one: the first, or the one that knows its recipients."""
    kept: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (event.sentence, event.type, frozenset(event.actors))
        other = kept.get(key)
        if other is None or (event.recipients and not other.recipients):
            kept[key] = event
        elif event.recipients and set(event.recipients) - set(other.recipients):
            kept[*key, frozenset(event.recipients)] = event
    yield from kept.values()
