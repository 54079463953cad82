"""Whom "both sides", "the two leaders" and the like stand for: the two that the text names before."""

from __future__ import annotations

from collections import Counter

from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.offices import LEADING, in_force
from kg.model import Actor
from kg.parsing.tree import Token

Members = tuple[Actor, ...]
Named = list[tuple[Ref, Actor]]
Counts = list[tuple[str, int]]  # ids with how often they are named, most first

# Sentences back in which two actors named side by side are what "the two" most often means.
NEAR = 3
_OFTEN = 3  # mentions that make somebody the matter of a text
_PARTIES = frozenset({"armed group", "party", "movement", "igo", "organisation"})
_NO_STATE = frozenset({"company", "media", "armed group"})  # no country's doing
_BOTH = frozenset({"both", "each", "either", "neither"})
_TWO = frozenset({"two", "2"})


def is_of_two(head: Token) -> bool:
    """Whether a noun is said of two known ones: "both sides", "the two countries", "each side"."""
    words = {c.lower for c in head.children}
    return not _BOTH.isdisjoint(words) or (
        not _TWO.isdisjoint(words) and head.child("det", "nmod:poss") is not None
    )


def joined(context: Context, members: Members) -> Actor:
    """A group actor whose id is its members'."""
    ordered = sorted(members, key=lambda a: a.id)
    label = " and ".join(a.label for a in members)
    return context.local("group-" + "-and-".join(a.id for a in ordered), label, "group")


def members(context: Context, ref: Ref, of: str) -> Members:
    """The two (parties, countries or leaders) that a group noun takes up; none where that is not clear.

    The two of an earlier group, or between whom something is, or that stand side by side shortly before,
    else the two named most.
    """
    before = context.before(ref)
    if pair := _earlier(context, before, ref, of):
        return pair
    named = [(r, a) for r in before if (a := _as_member(context, r, of)) is not None]
    lately = [pair for pair in named if pair[0].sentence >= ref.sentence - NEAR]
    counted = Counter(a.id for _, a in named).most_common(3)
    sides = of in ("party", "any")  # who change with the matter
    pair = (sides and _between(context, lately)) or _side_by_side(lately)
    if pair and _are_prominent(pair, counted):
        return pair
    return _named_most(counted, lately if sides else named)


def _earlier(context: Context, before: list[Ref], ref: Ref, of: str) -> Members:
    """The two of the last group shortly before."""
    for other in reversed(before):
        if other.sentence < ref.sentence - NEAR:
            break
        if pair := _of_group(context, other, of):
            return pair
    return ()


def _are_prominent(pair: Members, counted: Counts) -> bool:
    """Whether two are among the three named most, or nobody is named often."""
    return counted[0][1] < _OFTEN or all(a.id in dict(counted) for a in pair)


def _named_most(counted: Counts, among: Named) -> Members:
    """The two named most, if a third is named half as often at most."""
    clear = len(counted) == 2 or (len(counted) == 3 and counted[2][1] * 2 <= counted[1][1])
    by_id = {actor.id: actor for _, actor in among}
    pair = [by_id[id] for id, _ in counted[:2] if id in by_id]
    return tuple(pair) if clear and len(pair) == 2 else ()


def _of_group(context: Context, ref: Ref, of: str) -> Members:
    """The two of an earlier group: "the presidents of Russia and China" are "both leaders"."""
    if len(ref.members) != 2 or ref.kind not in ("title", "generic"):
        return ()
    if of == "any":
        return ref.members
    if of in ("leader", "person"):
        return ref.members if all(a.type == "person" for a in ref.members) else ()
    codes = [a.country for a in ref.members if a.country and a.country in context.gazetteer.countries]
    return tuple(map(context.gazetteer.state, codes)) if len(set(codes)) == 2 else ()


def _as_member(context: Context, ref: Ref, of: str) -> Actor | None:
    """A mention as one of two countries, leaders or parties."""
    actor = ref.actor
    if actor is None or ref.verdict != "same":
        return None
    if of in ("leader", "person"):
        leads = of == "person" or _is_leader(context, ref, actor)
        return actor if actor.type == "person" and ref.kind != "generic" and leads else None
    if of == "any":
        return actor if actor.type not in ("group", "place", "population") else None
    if of == "party" and actor.type in _PARTIES:
        return actor
    if actor.country in context.gazetteer.countries and actor.type not in _NO_STATE:
        return context.gazetteer.state(actor.country)
    return None


def _is_leader(context: Context, ref: Ref, actor: Actor) -> bool:
    """Whether a person leads a country, by the title in the text or the office at its date."""
    return actor.type == "person" and (ref.office in LEADING or _leads(actor, context.on))


def _leads(actor: Actor, on: str | None) -> bool:
    return any(r.office in LEADING and (on is None or in_force(r, on)) for r in actor.roles)


def _between(context: Context, named: Named) -> Members:
    """The last two that "between … and …" names, whatever stands in the middle."""
    for ref, actor in reversed(named):
        tokens = context.sentences[ref.sentence].tokens
        if not any(t.lower == "between" for t in tokens[max(0, ref.start - 3) : ref.start]):
            continue
        for other, second in named:
            follows = other.sentence == ref.sentence and other.start > ref.end
            if follows and any(t.lower == "and" for t in tokens[max(0, other.start - 3) : other.start]):
                return _two(ref, actor, other, second)
    return ()


def _side_by_side(named: Named) -> Members:
    """The last two actors that a conjunction joins, and no third beside them."""
    by_head = {(r.sentence, r.head.i): (r, a) for r, a in named}
    for ref, actor in reversed(named):
        head = ref.head
        if head.dep != "conj" or head.head is None or len(head.head.all("conj")) > 1:
            continue
        first = by_head.get((ref.sentence, head.head.i))
        if first and (pair := _two(*first, ref, actor)):
            return pair
    return ()


def _two(one: Ref, first: Actor, other: Ref, second: Actor) -> Members:
    """Two actors as members of a group; two of one country as who they are; nothing where they are one."""
    if first.id != second.id:
        return first, second
    if one.actor is None or other.actor is None or one.actor.id == other.actor.id:
        return ()
    return one.actor, other.actor
