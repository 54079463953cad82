"""Events from claims: who did what to whom, and whether it happened.

Each group of coordinated claims is read by the rules. A claim whose object is another statement is
coded from both: agreeing, asking, refusing and threatening to do something are acts of their own,
what they are about only gives mode and code. An act that is still to come, or was not done, changes
its type as data/events/realis.csv says; the event keeps the type that it had. What a source says that
another did is the other's act, told by the source, and, when it is hostile, an accusation.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.actors.mentions import Mentions
from kg.coding import rules, tables, words
from kg.coding.contexts import contexts_of
from kg.coding.features import features
from kg.coding.readings import (
    ASKED,
    BARE_RULE,
    COMMISSIVE,
    Reading,
    about,
    come_to,
    is_denied,
    is_open,
    is_purpose,
    realis,
    told,
)
from kg.coding.who import (
    actors_of,
    at_home,
    countries_in,
    first_actors,
    is_minority,
    last_actors,
    recipients_of,
    without,
)
from kg.dates import is_time_phrase
from kg.model import Actor, Argument, Claim, Document, Event, Phrase, Precision, Span, Statement

_MATERIAL_CONFLICT = 4  # the quad class
_HOSTILE = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "SANCTION", "THREATEN"})
_AT = frozenset({"in", "at", "near", "outside", "inside", "across", "outside of"})
_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_BEFORE_IF = re.compile(r"\b(?:if|unless|lest|provided(?: that)?|in case)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_LAST_BREAK = re.compile(r"(?s)(?:.*(?:[.!?][\"”’']?\s|\n))?")  # up to the last end of a sentence
_REACH = 300  # characters before a verb that may name who acts
_BY = re.compile(r"\s+by\s+")
_ADJECTIVE = 20  # characters before a noun that hold its adjective
_IF_REACH = 40  # characters before a claim
_IF = frozenset({"if", "unless", "provided", "supposing", "lest", "in case"})
# The sector of an actor whom nobody names, by what is done.
_UNNAMED = {"ASSAULT": "UAF", "arrest": "COP", "investigate": "COP"}
# What an actor does with forces of its own: they are not to whom it is done.
_OWN_MEANS = frozenset({"withdraw", "disarm", "troops", "weapons", "police", "militia"})
_ALLEGED = {"ASSAULT": "1123", "MOBILIZE": "1123", "COERCE": "1122"}


@dataclass(frozen=True)
class _Group:
    """Claims that differ only in coordinated subjects and objects, and what they are about."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]


def code(claims: Sequence[Claim], mentions: Mentions, document: Document) -> list[Event]:
    """The events of a document's claims, in their order; a claim that no rule knows gives none.

    Every event has a source actor; recipients, date and place stay empty where the text has none.
    """
    coder = _Coder(claims, mentions, document)
    return list(_distinct(coder.events()))


class _Coder:
    """The claims of a document, grouped and indexed."""

    def __init__(self, claims: Sequence[Claim], mentions: Mentions, document: Document) -> None:
        self.mentions, self.document = mentions, document
        grouped: dict[tuple[int, int, int], list[Claim]] = defaultdict(list)
        for c in claims:
            relation = c.statement.relation
            grouped[c.sentence, relation.start, relation.end].append(c)
        self.groups = [_Group(tuple(cs)) for cs in grouped.values()]
        self.group_of = {c.id: g for g in self.groups for c in g.claims}
        self.of_sentence: dict[int, list[_Group]] = defaultdict(list)
        for group in self.groups:
            self.of_sentence[group.first.sentence].append(group)
        self._read: dict[str, Reading | None] = {}

    def events(self) -> Iterator[Event]:
        for group in self.groups:
            yield from self._events_of(group)

    # ── one group ──

    def _events_of(self, group: _Group) -> Iterator[Event]:
        claim = group.first
        if self._is_no_event(group):
            return
        reading = self._reading(group)
        speakers = self._speakers(claim)
        if claim.modality in ASKED and speakers:
            yield from self._asked(group, reading, speakers)
            return
        if reading is None:
            return
        sources = self._sources(group, reading) or self._somebody(group, reading)
        if not sources:
            return
        recipients = self._recipients(group, sources, reading)
        home = self._home(group, reading)
        sources = tuple(self._source_at_home(a, home, recipients) for a in sources)
        recipients = tuple(a if self._is_foreign(a) else at_home(a, home, acting=False) for a in recipients)
        yield self._event(group, reading, sources, recipients)
        yield from self._accusation(group, reading, sources, recipients, speakers)

    def _is_no_event(self, group: _Group) -> bool:
        """Whether a claim asks, supposes, denies, or is what another claim's event is about."""
        claim = group.first
        return (
            self._is_condition(claim)
            or is_open(claim)
            or is_purpose(claim)
            or is_denied(claim, self._reading(group))
            or self._is_told_above(group)
        )

    def _is_condition(self, claim: Claim) -> bool:
        """Whether "if" or "unless" begins the claim; what depends on a condition is another matter."""
        if claim.modality != "conditional" or words.normal(claim.cue or "") not in _IF:
            return False
        s = claim.statement
        start = min(p.start for p in (s.subject, s.relation) if p is not None)
        return _BEFORE_IF.search(self.document.text[max(0, start - _IF_REACH) : start]) is not None

    def _reading(self, group: _Group) -> Reading | None:
        """What the rules and realis make of a group; made once."""
        key = group.first.id
        if key not in self._read:
            self._read[key] = None  # guards against circles
            self._read[key] = self._make_reading(group)
        return self._read[key]

    def _make_reading(self, group: _Group) -> Reading | None:
        claim = group.first
        nested = self._nested(group)
        below = self._reading(nested) if nested else None
        rule = rules.find(
            features(group.claims, below.original if below else None, self.mentions, self.document)
        )
        if rule is None:
            return None
        reading = told(rule)
        if nested is not None and below is not None and (rule.nested or rule.nested_type):
            reading = about(reading, below, nested.first)
        return come_to(reading, claim)

    def _nested(self, group: _Group) -> _Group | None:
        """The group that fills the object's place, or the infinitive right behind it: "took steps to"."""
        for claim in group.claims:
            o = claim.statement.object
            if o is not None and o.statement is not None:
                return self.group_of.get(o.statement)
        return next((g for g in self._behind(group) if is_purpose(g.first)), None)

    def _behind(self, group: _Group) -> Iterator[_Group]:
        """The groups whose verb only "to" parts from this one's object."""
        target = group.first.statement.object
        if target is not None and target.statement is None:
            for other in self.of_sentence[group.first.sentence]:
                start = other.first.statement.relation.start
                if target.end < start and self.document.text[target.end : start].split() == ["to"]:
                    yield other

    def _is_told_above(self, group: _Group) -> bool:
        """Whether the claim above codes this one: what is agreed, asked, refused or threatened."""
        above = self.group_of.get(group.first.nested_in or "")
        if above is None:
            return False
        reading = self._reading(above)
        if reading is None:
            return self._is_told_above(above) if above.first.modality in ASKED else False
        return group.first.modality != "asserted" or group.first.polarity == "negated"

    # ── who ──

    def _speakers(self, claim: Claim) -> tuple[Actor, ...]:
        above = self.group_of.get(claim.nested_in or "")
        if claim.speaker is None and claim.modality in ASKED and above is not None:
            return self._subject(above.first)
        return actors_of(claim.speaker, self.mentions)

    def _sources(self, group: _Group, reading: Reading) -> tuple[Actor, ...]:
        found: list[Actor] = []
        if _is_instrument(group.first.statement.subject):
            return ()
        for claim in group.claims:
            if claim.statement.relation.voice == "active" or self._acts_itself(group, reading):
                found += (self._described(a, claim) for a in self._subject(claim))
            else:
                found += self._agents(group)
        return tuple(dict.fromkeys(found))

    def _agents(self, group: _Group) -> tuple[Actor, ...]:
        """Who is named behind the "by" that follows a passive, where the parser did not see the agent."""
        rest = self._rest(group)
        by = _BY.match(rest.text)
        if by is None:
            return ()
        return first_actors(self.document.span(rest.start + by.end(), rest.end), self.mentions, ())

    def _described(self, actor: Actor, claim: Claim) -> Actor:
        """An unknown person with country and sector of what is said of them: "Oshima, a UN envoy"."""
        if actor.country or actor.known or actor.sector:
            return actor
        subject = claim.statement.subject
        for s in (g.first.statement for g in self.of_sentence[claim.sentence]):
            if s.relation.lemma == "be" and subject and s.subject and s.subject.start == subject.start:
                found = actors_of(s.object, self.mentions, but=(actor,))
                if found and (found[0].country or found[0].sector):
                    return replace(actor, country=found[0].country, sector=found[0].sector)
        return actor

    def _somebody(self, group: _Group, reading: Reading) -> tuple[Actor, ...]:
        """Whoever did it where it happened, as PLOVER codes attacks and arrests that nobody is named for."""
        sector = _UNNAMED.get(reading.original if reading.original == "ASSAULT" else reading.mode or "")
        if sector is None:
            return ()
        places = (p for c in group.claims for p in _scenes(c.statement))
        countries = next((found for p in places if (found := countries_in(p, self.mentions))), frozenset())
        if len(countries) != 1:
            return ()
        code = next(iter(countries))
        label = f"unidentified actor in {code}"
        return (Actor(f"{code.lower()}-unidentified-{sector.lower()}", label, "unidentified", code, sector),)

    def _home(self, group: _Group, reading: Reading) -> str | None:
        """The one country that whoever has none belongs to: where it is done, else what is spoken of.

        Who reports the sentence's acts, and from where, counts last.
        """
        around = [g for g in self.of_sentence[group.first.sentence] if self._reading(g) is not None]
        acts = [*group.claims, *(c for g in around if g is not group for c in g.claims)]
        scenes = [p for c in acts for p in _scenes(c.statement)] if _is_bodily(reading) else []
        told = self.document.span(min(c.evidence.start for c in acts), max(c.evidence.end for c in acts))
        found = (countries_in(span, self.mentions) for span in (*scenes, told, self._sentence(group.first)))
        return next((next(iter(c)) for c in found if len(c) == 1), None)

    def _source_at_home(self, actor: Actor, home: str | None, recipients: tuple[Actor, ...]) -> Actor:
        """Who acts at home: officials not where their guests are from, minorities where their state is."""
        others = {a.country for a in recipients if a.type != "population"}
        if self._is_foreign(actor) or (actor.sector == "GOV" and home in others):
            return actor
        if is_minority(actor) and home is None and len(others) == 1:
            home = next(iter(others))
        return at_home(actor, home, acting=True)

    def _is_foreign(self, actor: Actor) -> bool:
        """Whether name or adjective say that somebody is of elsewhere: "coalition", "foreign companies"."""
        spans = (j.mention for j in self.mentions.all if j.actor == actor)
        before = (self.document.text[max(0, s.start - _ADJECTIVE) : s.start].split()[-1:] for s in spans)
        said = {words.normal(w) for w in (*actor.label.split(), *(w for b in before for w in b))}
        return not said.isdisjoint(rules.classes()["elsewhere"])

    def _acts_itself(self, group: _Group, reading: Reading) -> bool:
        """Whether the subject of a passive is who acts: "is prepared to", "troops were withdrawn"."""
        if reading.original in COMMISSIVE:
            return self._nested(group) is not None
        return reading.original == "MOBILIZE" or reading.told_mode in ("withdraw", "disarm")

    def _sentence(self, claim: Claim) -> Span:
        """From the first to the last word of the claims of a sentence."""
        spans = [c.evidence for g in self.of_sentence[claim.sentence] for c in g.claims]
        return self.document.span(min(s.start for s in spans), max(s.end for s in spans))

    def _subject(self, claim: Claim) -> tuple[Actor, ...]:
        """The subject's actors; a pronoun that nobody resolved is the speaker: "Syria said it would …"."""
        subject = claim.statement.subject
        if subject is None and claim.modality in ("intended", "expected"):
            return self._speakers(claim)
        if subject is None or is_time_phrase(subject.text.lower().split()):
            return self._before(claim)
        found = actors_of(subject, self.mentions)
        if found:
            return found
        if subject.text.lower() in _SELF:
            return self._speakers(claim)
        return self._authors(claim, subject)

    def _before(self, claim: Claim) -> tuple[Actor, ...]:
        """Who is named right before a finite verb whose subject the parser did not find."""
        if claim.modality in ("intended", "requested") or claim.found_by == "nominal":
            return ()
        relation = claim.statement.relation
        ends = (g.first.statement.relation.end for g in self.of_sentence[claim.sentence])
        start = max((e for e in ends if e <= relation.start), default=max(0, relation.start - _REACH))
        start += _LAST_BREAK.match(self.document.text[start : relation.start]).end()  # type: ignore[union-attr]
        before = self.document.text[start : relation.start].lower().split()
        if before and before[-1] in _SELF:
            return self._speakers(claim)
        return last_actors(start, relation.start, self.mentions, self.document)

    def _authors(self, claim: Claim, subject: Phrase) -> tuple[Actor, ...]:
        """Whose statement or letter speaks: "issued a declaration demanding that"."""
        if words.runs(subject.text).isdisjoint(rules.classes()["message"]):
            return ()
        statements = (g.first.statement for g in self.of_sentence[claim.sentence])
        for s in statements:
            if s.object is not None and s.object.start <= subject.start and subject.end <= s.object.end:
                return actors_of(s.subject, self.mentions)
        return ()

    def _recipients(self, group: _Group, sources: tuple[Actor, ...], reading: Reading) -> tuple[Actor, ...]:
        found: list[Actor] = []
        last = "to" if reading.type == "ACCUSE" else ""
        for claim in group.claims:
            found += recipients_of(claim.statement, sources, self.mentions, last)
        nested = self._nested(group)
        if not found and nested is not None:
            found += self._about_whom(nested, sources)
        if not found and reading.type == "THREATEN":
            found += self._conditions(group, sources)
        if not found:
            found += self._purposes(group, sources)
        own = self._own(sources) if reading.told_mode in _OWN_MEANS else sources
        found = list(without(found, own))
        if not found and group.first.found_by != "nominal":
            found += first_actors(self._rest(group), self.mentions, own)
            found = found or [
                a for a in first_actors(self._all_behind(group), self.mentions, own) if a.country or a.known
            ]
        return tuple(found)

    def _own(self, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The sources with all of their countries, and whoever has none: not to whom troops are sent."""
        home = {a.country for a in sources} | {None}
        return (*sources, *(j.actor for j in self.mentions.all if j.actor and j.actor.country in home))

    def _all_behind(self, group: _Group) -> Span:
        """What follows a group's verb, to the end of its claims."""
        start = group.first.statement.relation.end
        return self.document.span(start, max(start, *(c.evidence.end for c in group.claims)))

    def _conditions(self, group: _Group, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Who can avert a threat: the subject of "if" and "unless"."""
        claims = (c for c in self._beside(group) if self._is_condition(c))
        return next((w for c in claims if (w := without(self._subject(c), sources))), ())

    def _purposes(self, group: _Group, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom it is about by its purpose: "blocked roads to press Minsk"."""
        claims = (c for c in self._beside(group) if is_purpose(c))
        found = (recipients_of(c.statement, sources, self.mentions) for c in claims)
        return next((w for w in found if w), ())

    def _rest(self, group: _Group) -> Span:
        """What follows a group's verb, up to the next one."""
        relation = group.first.statement.relation
        later = (c.statement.relation.start for c in self._beside(group))
        end = min((i for i in later if i > relation.end), default=group.first.evidence.end)
        return self.document.span(relation.end, max(relation.end, end))

    def _beside(self, group: _Group) -> Iterator[Claim]:
        """The other claims of the sentence that follow a group's."""
        first = group.first
        for c in (g.first for g in self.of_sentence[first.sentence]):
            if c.statement.relation.start > first.statement.relation.start:
                yield c

    def _about_whom(self, nested: _Group, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom a nested statement is about: its subject if that is another, else its own recipients."""
        found: list[Actor] = []
        for claim in nested.claims:
            found += without(actors_of(claim.statement.subject, self.mentions), sources)
        for claim in nested.claims:
            found = found or list(recipients_of(claim.statement, sources, self.mentions))
        if not found:
            below = self._nested(nested)
            return self._about_whom(below, sources) if below is not None else ()
        return tuple(found)

    # ── what is said of others ──

    def _asked(self, group: _Group, reading: Reading | None, speakers: tuple[Actor, ...]) -> Iterator[Event]:
        """ "Oslo said that Minsk must free the editor": Oslo asks Minsk."""
        asked = tuple(
            a for c in group.claims for a in without(actors_of(c.statement.subject, self.mentions), speakers)
        )
        if asked:
            base = Reading("REQUEST", "REQUEST", None, None, "100", BARE_RULE)
            asking = about(base, reading, group.first) if reading else base
            yield self._event(group, asking, speakers, asked, told=True)

    def _accusation(
        self,
        group: _Group,
        reading: Reading,
        sources: tuple[Actor, ...],
        recipients: tuple[Actor, ...],
        speakers: tuple[Actor, ...],
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
        above = self.group_of.get(claim.nested_in or "")
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
        self,
        group: _Group,
        reading: Reading,
        sources: tuple[Actor, ...],
        recipients: tuple[Actor, ...],
        told: bool = False,
    ) -> Event:
        claim = group.first
        kind = tables.types()[reading.type]
        cameo = tables.codes().get(reading.cameo or "")
        when = claim.statement.when
        date, precision, basis = (when.value, when.precision, when.basis) if when else (None, None, None)
        if date is None and self.document.published:
            date, precision, basis = (
                self.document.published,
                _precision(self.document.published),
                "publication",
            )
        speakers = () if told else without(self._speakers(claim), sources)
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
            place=_place(claim),
            realis="happened" if told else realis(claim, reading.type),
            speaker=speakers[0] if speakers else None,
            text=claim.evidence,
            original_type=reading.original,
            confidence=round(claim.confidence * reading.sure, 3),
        )


def _is_bodily(reading: Reading) -> bool:
    """Whether it is done where its people live, as attacks, arrests and protests are."""
    return tables.types()[reading.original].quad == _MATERIAL_CONFLICT


def _is_instrument(subject: Phrase | None) -> bool:
    """Whether a bomb or a blast is said to do it."""
    return subject is not None and not words.runs(subject.text).isdisjoint(rules.classes()["bomb"])


def _scenes(statement: Statement) -> Iterator[Phrase]:
    """The phrases that may say where it happened: places, then where the bomb was."""
    if statement.where is not None:
        yield statement.where
    yield from (a for a in statement.arguments if a.role == "place" or a.preposition in _AT)
    if statement.object is not None and statement.relation.lemma.rpartition(" ")[2] in _AT:
        yield statement.object
    yield from (a for a in statement.arguments if a.role not in ("time", "source"))
    if statement.subject is not None and _is_instrument(statement.subject):
        yield statement.subject


def _place(claim: Claim) -> Phrase | None:
    where = claim.statement.where
    return where or next((_plain(a) for a in claim.statement.arguments if a.role == "place"), None)


def _plain(argument: Argument) -> Phrase:
    a = argument
    return Phrase(a.text, a.start, a.end, head=a.head, actor=a.actor, reason=a.reason)


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
