"""One person by nationality: "the Hungarian" is the one whom the text names, "a Nigerian" nobody known."""

from __future__ import annotations

from collections import defaultdict

from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.spellings import plural
from kg.model import Actor

KIND = "national"
_PERSONS = frozenset({"person", "title"})
_NEAR = 2  # sentences back in which only one of a country's persons is named


def is_one(context: Context, ref: Ref, code: str) -> bool:
    """Whether a country's demonym stands for one person: "Turk", which has a plural of its own.

    "The Chinese" may be one or all.
    """
    demonyms = context.gazetteer.countries[code].demonyms
    word = context.words(ref)
    return word in demonyms and (plural(word) in demonyms or f"{word}s" in demonyms)


def someone(context: Context, ref: Ref, code: str) -> None:
    """Let a mention mean somebody of a country, until the persons are known."""
    ref.kind, text = KIND, context.words(ref)
    actor = context.local(context.here(text), text, "person", code)
    ref.means(actor, "unsure", f"somebody of {context.gazetteer.countries[code].name}")


def link(context: Context) -> None:
    """Find whom "the Hungarian" and the like stand for, once the persons are linked."""
    called: dict[str, set[Actor]] = defaultdict(set)  # who has been set beside a country's demonym
    for ref in [r for r in context.refs.values() if r.kind == KIND]:
        code = str(ref.actor and ref.actor.country)
        beside = _beside(context, ref)
        if beside is not None and beside.actor is not None:
            called[code].add(beside.actor)
        meant = beside or _of_that_country(context, ref, code, called[code])
        if meant is not None:
            ref.means(meant.actor, meant.verdict, f"{ref.reason}: '{context.words(meant)}'")
            ref.gender = meant.gender


def _beside(context: Context, ref: Ref) -> Ref | None:
    """The person whose name it is set beside: "Dobbins, the American who led the talks"."""
    head = ref.head
    other = head.head if head.dep == "appos" else head.child("appos")
    meant = context.at(ref.sentence, other) if other is not None else None
    return meant if meant is not None and meant.kind == "person" else None


def _of_that_country(context: Context, ref: Ref, code: str, called: set[Actor]) -> Ref | None:
    """The only person of the country named so far, or else lately, for "the Swede" and no other Swede."""
    if not _is_pointing(ref):
        return None
    named = [r for r in context.before(ref) if r.kind in _PERSONS and (r.actor in called or _is_of(r, code))]
    near = [r for r in named if r.sentence >= ref.sentence - _NEAR]
    return next((found[-1] for found in (named, near) if len({r.actor for r in found}) == 1), None)


def _is_pointing(ref: Ref) -> bool:
    """Whether somebody in particular is meant: "the Swede", but not in "he is the Swede"."""
    determiner = ref.head.child("det")
    return determiner is not None and determiner.lower in ("the", "this") and ref.head.child("cop") is None


def _is_of(ref: Ref, code: str) -> bool:
    """Whether a mention is of a person of that country."""
    return ref.actor is not None and ref.actor.type == "person" and ref.actor.country == code
