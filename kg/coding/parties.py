"""Who acts in a group of claims, to whom it is done, and where those belong who have no country.

Where the parser found no subject, agent or object, the text beside the verb is read; what is found
there counts last.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.actors.mentions import Mentions
from kg.coding import senses, types
from kg.coding.candidates import (
    actors_of,
    at_home,
    countries_in,
    first_actors,
    is_minority,
    last_actors,
    recipients_of,
    without,
)
from kg.coding.coordination import Group, Groups
from kg.coding.realis import ASKED, COMMISSIVE, Reading, is_condition, is_purpose
from kg.english import morphology
from kg.english.time_words import is_time_phrase
from kg.model import Actor, Claim, Phrase, Statement

Actors = tuple[Actor, ...]

_MATERIAL_CONFLICT = 4  # the quad class
_AT = frozenset({"in", "at", "near", "outside", "inside", "across", "outside of"})
_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_LAST_BREAK = re.compile(r"(?s)(?:.*(?:[.!?][\"”’']?\s|\n))?")  # up to the last end of a sentence
_REACH = 300  # characters before a verb that may name who acts
_CIRCUMSTANCE = re.compile(r"\b(?:after|amid|before|despite|during|following|since|while|whereas)\b")
_BY = re.compile(r"(?:\s+\w+){0,2}\s+by\s+")  # "shot dead by"
_ADJECTIVE = 20  # characters before a noun that hold its adjective
# The sector of an actor whom nobody names, by what is done.
_UNNAMED = {"ASSAULT": "UAF", "arrest": "COP", "investigate": "COP"}
# What an actor does with forces of its own: they are not to whom it is done.
_OWN_MEANS = frozenset({"withdraw", "disarm", "troops", "weapons", "police", "militia"})


class Parties:
    """The actors of a document's claims."""

    def __init__(self, groups: Groups, mentions: Mentions) -> None:
        self.groups, self.mentions, self.document = groups, mentions, groups.document
        self._at_home: dict[frozenset[str | None], Actors] = {}  # whoever is of some countries or of none

    def speakers(self, claim: Claim) -> Actors:
        """Who says it, or asks for it."""
        above = self.groups.above(claim)
        if claim.speaker is None and claim.modality in ASKED and above is not None:
            return self._subject(above.first)
        return actors_of(claim.speaker, self.mentions)

    # ── who acts ──

    def sources(self, group: Group, reading: Reading) -> Actors:
        """Who acts; nobody where a bomb does it, or the agent of a passive is not named."""
        found: list[Actor] = []
        if _is_instrument(group.first.statement.subject):
            return ()
        for claim in group.claims:
            if claim.statement.relation.voice == "active" or self._acts_itself(group, reading):
                found += (self._described(a, claim) for a in self._subject(claim))
            else:
                found += self._agents(group)
        return tuple(dict.fromkeys(found))

    def somebody(self, group: Group, reading: Reading) -> Actors:
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

    def _acts_itself(self, group: Group, reading: Reading) -> bool:
        """Whether the subject of a passive is who acts: "is prepared to", "troops were withdrawn"."""
        if reading.original in COMMISSIVE:
            return self.groups.nested(group) is not None
        return reading.original == "MOBILIZE" or reading.told_mode in ("withdraw", "disarm")

    def _agents(self, group: Group) -> Actors:
        """Who is named behind the "by" that follows a passive, where the parser did not see the agent."""
        rest = self.groups.rest(group)
        by = _BY.match(rest.text)
        if by is None:
            return ()
        return first_actors(self.document.span(rest.start + by.end(), rest.end), self.mentions, ())

    def _described(self, actor: Actor, claim: Claim) -> Actor:
        """An unknown person with country and sector of what is said of them: "Oshima, a UN envoy"."""
        if actor.country or actor.known or actor.sector:
            return actor
        subject = claim.statement.subject
        for s in (g.first.statement for g in self.groups.beside(claim)):
            if s.relation.lemma == "be" and subject and s.subject and s.subject.start == subject.start:
                found = actors_of(s.object, self.mentions, but=(actor,))
                if found and (found[0].country or found[0].sector):
                    return replace(actor, country=found[0].country, sector=found[0].sector)
        return actor

    def _subject(self, claim: Claim) -> Actors:
        """The subject's actors; a pronoun that nobody resolved is the speaker: "Syria said it would …"."""
        subject = claim.statement.subject
        if subject is None and claim.modality in ("intended", "expected"):
            return self.speakers(claim)
        if subject is None or is_time_phrase(subject.text.lower().split()):
            return self._before(claim)
        found = actors_of(subject, self.mentions)
        if found:
            return found
        if subject.text.lower() in _SELF:
            return self.speakers(claim)
        return self._authors(claim, subject)

    def _before(self, claim: Claim) -> Actors:
        """Who is named right before a finite verb whose subject the parser did not find."""
        if claim.modality in ("intended", "requested") or claim.found_by == "nominal":
            return ()
        relation = claim.statement.relation
        ends = (g.first.statement.relation.end for g in self.groups.beside(claim))
        start = max((e for e in ends if e <= relation.start), default=max(0, relation.start - _REACH))
        start += _LAST_BREAK.match(self.document.text[start : relation.start]).end()  # type: ignore[union-attr]
        before = self.document.text[start : relation.start].lower().split()
        if before and before[-1] in _SELF:
            return self.speakers(claim)
        return last_actors(start, relation.start, self.mentions, self.document)

    def _authors(self, claim: Claim, subject: Phrase) -> Actors:
        """Whose statement or letter speaks: "issued a declaration demanding that"."""
        if morphology.runs(subject.text).isdisjoint(senses.classes()["message"]):
            return ()
        for s in (g.first.statement for g in self.groups.beside(claim)):
            if s.object is not None and s.object.start <= subject.start and subject.end <= s.object.end:
                return actors_of(s.subject, self.mentions)
        return ()

    # ── to whom it is done ──

    def recipients(self, group: Group, sources: Actors, reading: Reading) -> Actors:
        """To whom it is done: by its own phrases, else by what is nested in it, else by what follows."""
        found: list[Actor] = []
        last = "to" if reading.type == "ACCUSE" else ""
        for claim in group.claims:
            found += recipients_of(claim.statement, sources, self.mentions, last)
        nested = self.groups.nested(group)
        if not found and nested is not None:
            found += self._about_whom(nested, sources)
        if not found and reading.type == "THREATEN":
            found += self._conditions(group, sources)
        if not found:
            found += self._purposes(group, sources)
        own = self._own(sources) if reading.told_mode in _OWN_MEANS else sources
        named = without(found, own)
        return named if named or group.first.found_by == "nominal" else self._following(group, own)

    def asked(self, group: Group, speakers: Actors) -> Actors:
        """Of whom the speakers ask it: whoever is to act."""
        subjects = (actors_of(c.statement.subject, self.mentions) for c in group.claims)
        return tuple(a for found in subjects for a in without(found, speakers))

    def _following(self, group: Group, own: Actors) -> Actors:
        """Who is named up to the next verb, else anybody known or placed behind it."""
        rest = self.groups.rest(group)
        end = _CIRCUMSTANCE.search(rest.text)
        until = self.document.span(rest.start, rest.start + end.start()) if end else rest
        near = first_actors(until, self.mentions, own)
        if near:
            return near
        behind = first_actors(self.groups.all_behind(group), self.mentions, own)
        return tuple(a for a in behind if a.country or a.known)

    def _own(self, sources: Actors) -> Actors:
        """The sources with all of their countries, and whoever has none: not to whom troops are sent."""
        home = frozenset({a.country for a in sources} | {None})
        if home not in self._at_home:
            found = (j.actor for j in self.mentions.judged if j.actor and j.actor.country in home)
            self._at_home[home] = tuple(dict.fromkeys(found))
        return (*sources, *self._at_home[home])

    def _conditions(self, group: Group, sources: Actors) -> Actors:
        """Who can avert a threat: the subject of "if" and "unless"."""
        claims = (c for c in self.groups.after(group) if is_condition(c, self.document))
        return next((w for c in claims if (w := without(self._subject(c), sources))), ())

    def _purposes(self, group: Group, sources: Actors) -> Actors:
        """Whom it is about by its purpose: "blocked roads to press Minsk"."""
        claims = (c for c in self.groups.after(group) if is_purpose(c))
        found = (recipients_of(c.statement, sources, self.mentions) for c in claims)
        return next((w for w in found if w), ())

    def _about_whom(self, nested: Group, sources: Actors) -> Actors:
        """Whom a nested statement is about: its subject if that is another, else its own recipients."""
        found: list[Actor] = []
        for claim in nested.claims:
            found += without(actors_of(claim.statement.subject, self.mentions), sources)
        for claim in nested.claims:
            found = found or list(recipients_of(claim.statement, sources, self.mentions))
        if not found:
            below = self.groups.nested(nested)
            return self._about_whom(below, sources) if below is not None else ()
        return tuple(found)

    # ── where they belong ──

    def at_home(
        self, group: Group, reading: Reading, acts: Iterable[Group], sources: Actors, recipients: Actors
    ) -> tuple[Actors, Actors]:
        """Sources and recipients, those without a country placed in the one that is spoken of.

        `acts` are the groups of the sentence that some rule knows.
        """
        home = self._home(group, reading, acts)
        return (
            tuple(self._source_at_home(group, a, home, recipients) for a in sources),
            tuple(a if self._is_foreign(group, a) else at_home(a, home, acting=False) for a in recipients),
        )

    def _home(self, group: Group, reading: Reading, acts: Iterable[Group]) -> str | None:
        """The one country that whoever has none belongs to: where it is done, else what is spoken of.

        Who reports the sentence's acts, and from where, counts last.
        """
        claims = [*group.claims, *(c for g in acts if g is not group for c in g.claims)]
        bodily = types.types()[reading.original].quad == _MATERIAL_CONFLICT  # attacks, arrests, protests
        scenes = [p for c in claims for p in _scenes(c.statement)] if bodily else []
        spans = (*scenes, self.groups.span(claims), self.groups.sentence(group.first))
        found = (countries_in(span, self.mentions) for span in spans)
        return next((next(iter(c)) for c in found if len(c) == 1), None)

    def _source_at_home(self, group: Group, actor: Actor, home: str | None, recipients: Actors) -> Actor:
        """Who acts at home: officials not where their guests are from, minorities where their state is."""
        others = {a.country for a in recipients if a.type != "population" or a.sector == "GOV"}
        if self._is_foreign(group, actor) or (actor.sector == "GOV" and home in others):
            return actor
        if is_minority(actor) and home is None and len(others) == 1:
            home = next(iter(others))
        return at_home(actor, home, acting=True)

    def _is_foreign(self, group: Group, actor: Actor) -> bool:
        """Whether name or adjective say that somebody is of elsewhere: "coalition", "foreign companies"."""
        found = self.mentions.within(self.groups.sentence(group.first))
        starts = (j.mention.start for j in found if j.actor == actor)
        before = (self.document.text[max(0, i - _ADJECTIVE) : i].split()[-1:] for i in starts)
        said = {morphology.normal(w) for w in (*actor.label.split(), *(w for b in before for w in b))}
        return not said.isdisjoint(senses.classes()["elsewhere"])


def _is_instrument(subject: Phrase | None) -> bool:
    """Whether a bomb or a blast is said to do it."""
    return subject is not None and not morphology.runs(subject.text).isdisjoint(senses.classes()["bomb"])


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
        if statement.object is not None and statement.object.statement is None:
            yield statement.object  # "a bomb ripped through a market in Karachi"
