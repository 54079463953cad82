"""Where those belong who have no country, and who speaks, asks, or did it unseen.

The parties of an act are chosen elsewhere; here an actor such as "the opposition" gets the one country
that is spoken of, and attacks and arrests that nobody is named for get somebody unidentified.
"""

from collections.abc import Iterable, Iterator

from kg.actors.mentions import Mentions
from kg.coding import senses, types
from kg.coding.candidates import actors_of, at_home, countries_in, is_minority, without
from kg.coding.cast import is_instrument
from kg.coding.coordination import Group, Groups
from kg.coding.realis import ASKED, Reading
from kg.english import morphology
from kg.model import Actor, Claim, Phrase, Statement

Actors = tuple[Actor, ...]

MATERIAL_CONFLICT = 4  # the quad class
_AT = frozenset({"in", "at", "near", "outside", "inside", "across", "outside of"})
_ADJECTIVE = 20  # characters before a noun that hold its adjective
# The sector of an actor whom nobody names, by what is done.
_UNNAMED = {"ASSAULT": "UAF", "arrest": "COP", "investigate": "COP"}


class Homes:
    """What a document's claims say of who its actors are."""

    def __init__(self, groups: Groups, mentions: Mentions) -> None:
        self.groups, self.mentions, self.document = groups, mentions, groups.document

    def speakers(self, claim: Claim) -> Actors:
        """Who says it, or asks for it."""
        above = self.groups.above(claim)
        if claim.speaker is None and claim.modality in ASKED and above is not None:
            return actors_of(above.first.statement.subject, self.mentions)
        return actors_of(claim.speaker, self.mentions)

    def asked(self, group: Group, speakers: Actors) -> Actors:
        """Of whom the speakers ask it: whoever is to act."""
        subjects = (actors_of(c.statement.subject, self.mentions) for c in group.claims)
        return tuple(a for found in subjects for a in without(found, speakers))

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
        bodily = types.types()[reading.original].quad == MATERIAL_CONFLICT  # attacks, arrests, protests
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


def _scenes(statement: Statement) -> Iterator[Phrase]:
    """The phrases that may say where it happened: places, then where the bomb was."""
    if statement.where is not None:
        yield statement.where
    yield from (a for a in statement.arguments if a.role == "place" or a.preposition in _AT)
    if statement.object is not None and statement.relation.lemma.rpartition(" ")[2] in _AT:
        yield statement.object
    yield from (a for a in statement.arguments if a.role not in ("time", "source"))
    if statement.subject is not None and is_instrument(statement.subject.text):
        yield statement.subject
        if statement.object is not None and statement.object.statement is None:
            yield statement.object  # "a bomb ripped through a market in Karachi"
