"""What kind of name a name is: the tables decide, then the words in and around it, then the parser."""

from __future__ import annotations

from collections.abc import Callable

from kg.actors import descriptions
from kg.actors.context import Context
from kg.actors.names import Chunk, is_settlement
from kg.actors.spellings import units
from kg.actors.wordlists import Generic

NAMESAKES = frozenset({"company", "media"})  # often named after a person: "Ford"
_BODIES = frozenset({"government", "igo", "ngo", "party", "agency", "movement", "organisation"})
_OF_A_COUNTRY = ("country", "demonym", "capital", "metonym")
_WITHIN = frozenset({"in", "near", "outside", "inside", "throughout", "across"})
_BY_LABEL = {"PERSON": "person", "ORG": "organisation", "NORP": "demonym", "LOC": "place"}


def kind(context: Context, s: int, chunk: Chunk) -> str:
    """person, organisation, place, country, demonym, capital or metonym."""
    for decide in _STEPS:
        found = decide(context, s, chunk)
        if found is not None:
            return found
    return _BY_LABEL.get(chunk.ent, "organisation")


def is_ship(context: Context, s: int, chunk: Chunk) -> bool:
    """Whether a ship is named after the person: "USS Abraham Lincoln"."""
    before = units(context.sentences[s].tokens[chunk.start - 1].text) if chunk.start else ()
    return bool(before) and before[0] in context.gazetteer.words["ship"]


def _known_person(context: Context, s: int, chunk: Chunk) -> str | None:
    """A person of the tables, unless they have others of that name and the parser sees no person."""
    is_person = context.gazetteer.is_person
    if not any(is_person(e) for e in chunk.of("name")):
        return None
    others = [e for e in chunk.of("name") if not is_person(e)]
    if chunk.ent != "PERSON" and (others or chunk.of("country", "capital", "demonym")):
        return None
    return "organisation" if is_ship(context, s, chunk) else "person"


def _of_a_country(context: Context, s: int, chunk: Chunk) -> str | None:
    """A country, its people, its capital or its government's seat."""
    found = next((kind for kind in _OF_A_COUNTRY if chunk.of(kind)), None)
    return None if found is None or _is_persons(context, s, chunk) else found


def _is_persons(context: Context, s: int, chunk: Chunk) -> bool:
    """Whether a country's name is a person's here: "Jordan" after a title or a full name."""
    if chunk.ent != "PERSON" or not chunk.is_one_word:
        return False
    person = descriptions.read(context, s, chunk)
    return bool(person.title or person.gender or person.units[0] in context.called)


def _known_organisation(context: Context, s: int, chunk: Chunk) -> str | None:
    records = context.gazetteer.records
    types = {records[e.id].type for e in chunk.of("name")} - {"person"}
    if not types:
        return None
    told_apart = context.written(s, chunk) in context.gazetteer.clashes
    is_namesake = chunk.ent == "PERSON" and types <= NAMESAKES and not told_apart
    return None if is_namesake else "organisation"


def _part_of_a_place(context: Context, s: int, chunk: Chunk) -> str | None:
    """ "Northern Syria", "the Jordan Valley", "the town of Samarra"."""
    tokens, words = context.sentences[s].tokens, context.gazetteer.words
    part = bool(chunk.inside) and tokens[chunk.start].lower in words["direction"]
    valley = tokens[chunk.end - 1].lower in words["geographic"]
    return "place" if part or valley or is_settlement(tokens, chunk.start, words) else None


def _called(context: Context, s: int, chunk: Chunk) -> str | None:
    """A word of the full name of somebody whom the document names."""
    if not chunk.is_one_word or chunk.ent == "ORG":
        return None
    said = units(context.sentences[s].tokens[chunk.start].text)
    return "person" if context.called.issuperset(said) else None


def _body(context: Context, s: int, chunk: Chunk) -> str | None:
    """A body by its last word: "Johnson Administration", "Montenegro Assembly"."""
    if chunk.ent not in ("PERSON", "LOC") or chunk.is_one_word:
        return None
    last = context.sentences[s].tokens[chunk.end - 1].lower
    nouns = [e.row for e in context.gazetteer.lookup(last) if isinstance(e.row, Generic)]
    return "organisation" if any(chunk.ent == "PERSON" or n.type in _BODIES for n in nouns) else None


def _site(context: Context, s: int, chunk: Chunk) -> str | None:
    """Where something happens, which a person can hardly be."""
    case = chunk.head.child("case")
    within = case is not None and case.lower in _WITHIN and chunk.head.base_dep in ("obl", "nmod")
    return "place" if within and chunk.ent == "PERSON" else None


_STEPS: tuple[Callable[[Context, int, Chunk], str | None], ...] = (
    _known_person,
    _of_a_country,
    _known_organisation,
    _part_of_a_place,
    _called,
    _body,
    _site,
)
