"""Names of places that are no country: where something happens, or a region that acts."""

from __future__ import annotations

from dataclasses import replace

from kg.actors import metonyms, places
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.names import Chunk
from kg.actors.spellings import phrase_units
from kg.model import Actor
from kg.parsing.tree import Token


def link(context: Context, s: int, chunk: Chunk) -> None:
    """Add the mention of a place."""
    ref = Ref(s, chunk.head, chunk.start, chunk.end, "place")
    text = context.words(ref)
    article = chunk.head.child("det") is not None
    behind = context.behind_comma(ref)
    if behind:
        ref.place = places.within(text, behind[0], context.gazetteer)
    else:
        ref.place = places.find(text, context.gazetteer, context.countries, has_article=article)
    says, reason = metonyms.sense(chunk.head, context.gazetteer)
    whole = _whole(context, ref, chunk) if ref.place is None else None
    if whole is not None:
        says, reason, ref.place = "place", f"a part of {whole.name}", replace(whole, name=text)
    ref.site = None if chunk.is_open else called(context, ref, _country(context, ref, chunk))
    if says == "actor" and _acts(chunk.head):
        actor = called(context, ref, _country(context, ref, chunk))
        ref.means(actor, "unsure" if chunk.is_open else "same", f"a place that no table has; {reason}")
    elif chunk.is_open and says != "place":
        ref.means(None, "unsure", f"the text does not say which place '{text}' is")
    else:
        ref.means(None, "not same", f"a place: {reason}" if says != "place" else reason)
    context.add(ref)


def called(context: Context, ref: Ref, country: str | None) -> Actor:
    """The place of a mention as an actor."""
    text = context.words(ref)
    return context.local(places.id_of(ref.place, text), text, "place", country)


def _acts(head: Token) -> bool:
    """Whether a proper noun is the subject of a deed, or something is done by or against it."""
    verb = head.head
    subject = head.dep == "nsubj" and verb is not None and verb.child("cop") is None
    return head.pos == "PROPN" and (subject or head.base_dep == "obl")


def _country(context: Context, ref: Ref, chunk: Chunk) -> str | None:
    """Where a place lies, as the tables of places or a country's name within its own say."""
    if ref.place is not None:
        return ref.place.country
    inside = [e.id for m in chunk.inside for e in m.of("country", "demonym")]
    return context.one_country(inside) if inside else None


def _whole(context: Context, ref: Ref, chunk: Chunk) -> places.Place | None:
    """The country or region of which a name is a part: "Northern Syria", but not "North America"."""
    gazetteer, tokens = context.gazetteer, context.tokens(ref)
    if tokens[chunk.start].lower not in gazetteer.words["direction"]:
        return None
    rest = context.document.text[tokens[chunk.start].end : tokens[chunk.end - 1].end].strip()
    named = {phrase_units(gazetteer.countries[e.id].name) for m in chunk.inside for e in m.of("country")}
    known = phrase_units(rest) in named or phrase_units(rest) in gazetteer.regions
    return places.find(rest, gazetteer, context.countries) if known else None
