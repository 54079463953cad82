"""The actors that a phrase names, nearest first, and the countries that it speaks of."""

import re
from collections.abc import Iterable, Iterator

from kg.actors.mentions import Mentions
from kg.model import Actor, Judgement, Phrase, Span

# Whom a place stands for as well: "opened an embassy in Quito", "killed nine people in Mosul".
_OF_A_PLACE = frozenset({None, "CVL", "GOV"})
_SOMEWHERE = re.compile(r"\s+(?:in|at|near|outside|inside|across)\s", re.IGNORECASE)
# Two actors in one phrase stand side by side when only this is between them.
_JOINED = re.compile(r"[\s,]*(?:and|or|as well as|,)\s+(?:the\s+|its\s+)?|\s*[,/]\s*|-", re.IGNORECASE)


def actors_of(phrase: Phrase | None, mentions: Mentions) -> tuple[Actor, ...]:
    """The actors that a phrase names: its head's, else the first within it and those joined to it."""
    if phrase is None:
        return ()
    group = mentions.members(phrase.head)
    if group:
        return without(group, ())
    own = own_actor(phrase, mentions)
    inside = _inside(phrase, mentions)
    if own is not None and (_placed(own) or not any(_placed(j.actor) for j in inside)):
        return (own,)
    someone = mentions.at(phrase.head)
    if someone is not None and someone.actor is not None:
        behind = phrase.text[max(0, someone.mention.end - phrase.start) :]
        if someone.actor.sector not in _OF_A_PLACE | {"MIL"} and _SOMEWHERE.match(behind):
            return (someone.actor,)  # "six policemen in the Chechen capital", but not peacekeepers there
    return tuple(_run(_placed_first(inside), phrase))


def own_actor(phrase: Phrase | None, mentions: Mentions) -> Actor | None:
    """The actor that the phrase itself is: not the state in "the state's offer"."""
    return None if phrase is None else phrase.actor or _at(phrase.head, mentions)


def countries_in(span: Span, mentions: Mentions) -> frozenset[str]:
    """The countries that a stretch of text speaks of, by its actors and places."""
    found = mentions.within(span)
    places = (mentions.place(j.mention.start) for j in found)
    return frozenset(
        (
            *(j.actor.country for j in found if j.actor is not None and j.actor.country),
            *(p.country for p in places if p is not None and p.country),
        )
    )


def _at(head: int, mentions: Mentions) -> Actor | None:
    found = mentions.at(head)
    return found.actor if found is not None and found.verdict == "same" else None


def _inside(phrase: Span, mentions: Mentions) -> list[Judgement]:
    """The mentions of actors in a phrase: sure ones, else those of which only the kind is known."""
    found = [j for j in mentions.within(phrase) if j.actor is not None]
    return [j for j in found if j.verdict == "same"] or [j for j in found if j.verdict == "unsure"]


def _placed(actor: Actor | None) -> bool:
    """Whether it is known where an actor belongs: a country, or a body of many; Muslims live anywhere."""
    return actor is not None and bool(actor.country or (actor.known and actor.type != "population"))


def _placed_first(found: list[Judgement]) -> list[Judgement]:
    return [j for j in found if _placed(j.actor)] or found


def _run(found: list[Judgement], phrase: Span) -> Iterator[Actor]:
    """The first actor, and the ones that follow it in a list."""
    end: int | None = None
    for j in found:
        between = phrase.text[end - phrase.start : j.mention.start - phrase.start] if end is not None else ""
        if end is not None and not _JOINED.fullmatch(between):
            return
        end = j.mention.end
        if j.actor is not None:
            yield j.actor


def without(actors: Iterable[Actor], others: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors that are not among the others, each once."""
    known = set(others)
    return tuple(dict.fromkeys(a for a in actors if a not in known))
