"""Who did it unseen: an attack or an arrest of which the text names neither side."""

import re
from collections.abc import Iterator

from kg.actors.mentions import Mentions
from kg.coding.candidates import countries_in
from kg.coding.cast import is_instrument
from kg.coding.coordination import Group
from kg.coding.realis import Reading
from kg.coding.standing import is_from
from kg.model import Actor, Phrase, Statement

_FROM = re.compile(r"\bfrom\b")
_AT = frozenset({"in", "at", "near", "outside", "inside", "across", "outside of"})
# The sector of an actor whom nobody names, by what is done.
_UNNAMED = {"ASSAULT": "UAF", "arrest": "COP", "investigate": "COP"}


def unidentified(group: Group, reading: Reading, mentions: Mentions) -> tuple[Actor, ...]:
    """Whoever did it where it happened, as PLOVER codes attacks and arrests: "a bomb went off in Mosul"."""
    sector = _UNNAMED.get(reading.original if reading.original == "ASSAULT" else reading.mode or "")
    if sector is None:
        return ()
    places = (p for c in group.claims for p in _scenes(c.statement))
    countries = next((found for p in places if (found := countries_in(p, mentions))), frozenset())
    if len(countries) != 1:
        return ()
    code = next(iter(countries))
    label = f"unidentified actor in {code}"
    return (Actor(f"{code.lower()}-unidentified-{sector.lower()}", label, "unidentified", code, sector),)


def _scenes(statement: Statement) -> Iterator[Phrase]:
    """The phrases that may say where it happened: places, then where the bomb was."""
    if is_from(statement.relation):  # "a rocket fired from Yemen" did not go off there
        return
    if statement.where is not None:
        yield statement.where
    arguments = [a for a in statement.arguments if a.preposition != "from"]
    yield from (a for a in arguments if a.role == "place" or a.preposition in _AT)
    if statement.object is not None and statement.relation.lemma.rpartition(" ")[2] in _AT:
        yield statement.object
    yield from (a for a in arguments if a.role not in ("time", "source"))
    subject = statement.subject
    if subject is not None and is_instrument(subject.text) and not _FROM.search(subject.text):
        yield subject
