"""Who is who, decided by people: actors found by id or name, merged, split and renamed.

Whoever is named here stands in the tables or is mentioned in the store that comes along; a name that
nobody has is refused, so that no decision waits for ever for an actor that is not there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.actors import finding, judgements
from kg.actors.finding import Found
from kg.actors.index import load
from kg.actors.judgements import Decision
from kg.errors import InputError
from kg.store import Store, mentioned

TEMPLATE = """\
id,name,aliases,type,country,sector,wikidata,office,title,start,end,gender
jane-doe,Jane Doe,J. Doe|Janie Doe,person,CAN,GOV,,envoy,special envoy,2024-05-01,,f
"""


def template() -> str:
    """A table of actors of your own, for --actors: its header and a row to write over."""
    return TEMPLATE


def find(name: str, store: Store | None = None, actor_table: Path | None = None) -> list[Found]:
    """The actors of that id or name, else those with it in a name, with how many documents mention them."""
    return finding.find(name, _everybody(store, actor_table))


def merge(
    file: Path,
    keep: str,
    drop: str,
    by: str,
    why: str = "",
    *,
    store: Store | None = None,
    actor_table: Path | None = None,
) -> Decision:
    """Record that two actors, by id or name, are one: the first. Raises InputError where one is nobody."""
    there = _everybody(store, actor_table)
    one, other = (finding.only(name, there) for name in (keep, drop))
    return judgements.merge(file, one.id, other.id, by, why, one.label)


def split(
    file: Path,
    actor: str,
    document: str,
    by: str,
    why: str = "",
    start: int | None = None,
    into: str | None = None,
    *,
    store: Store | None = None,
    actor_table: Path | None = None,
) -> Decision:
    """Record that an actor's mentions in a document (or the one at `start`) are somebody else: `into`.

    Raises InputError where there is no such actor, or the store has no such document or no such mention.
    """
    whom = finding.only(actor, _everybody(store, actor_table)).id
    if store is not None and document not in store.documents():
        raise InputError(f"{document}: no such document in the store; kg query --name documents lists them")
    if store is not None and start is not None and not mentioned.is_at(store, whom, document, start):
        raise InputError(f"{start}: {whom} is not mentioned there; kg actors list FILE tells where ('start')")
    return judgements.split(file, whom, document, by, why, start, into)


def rename(
    file: Path,
    actor: str,
    label: str,
    by: str,
    why: str = "",
    *,
    store: Store | None = None,
    actor_table: Path | None = None,
) -> Decision:
    """Record how an actor, by id or name, is to be called. Raises InputError where nobody is so called."""
    whom = finding.only(actor, _everybody(store, actor_table)).id
    return judgements.rename(file, whom, label, by, why)


def _everybody(store: Store | None, actor_table: Path | None) -> list[Found]:
    """The actors of the tables and those that the store mentions, the most mentioned first."""
    known = {a.id: a for a in finding.everybody(load(actor_table))}
    if store is None:
        return list(known.values())
    here = {a.id: a for a in mentioned.actors(store)}
    counted = [replace(a, documents=here[id].documents if id in here else 0) for id, a in known.items()]
    local = [a for id, a in here.items() if id not in known]
    return sorted([*local, *counted], key=lambda a: -(a.documents or 0))
