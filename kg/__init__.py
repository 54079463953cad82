"""Geopolitical news as a knowledge graph: who does what to whom, who says so, and where.

    claims = kg.extract("Lima insists that Quito apologise first.")
    with kg.open_store("kg-store", create=True) as store:
        kg.build(kg.read(["articles"]), store)
        kg.query(store, name="who-demands-what").rows
        kg.export(store, "graph.ttl")
        kg.view(store, "graph.html")

Every verb of the command `kg` is a function of its name: `extract` and `events` of one document or text,
`dates` of many; `build`, `query`, `export`, `view`, `check`, `remove` and `backup` of an open store;
`rebuild` of one by its place. `sync` makes a store say what a folder says, `watch` does whenever it changes,
and `list` says what there is of a kind. The verbs of `kg actors` are `mentions` (for its `list`: the room
that finds actors is called `kg.actors` already), `find`, `template`, `merge`, `split`, `rename`, `undo` and
`judgements`; `honour` makes a store keep to what was decided since it was built. `fetch` gets articles from
the web into a folder, `read` finds the documents in files and folders, `analyse` gives all that is in them at
once, `findings` their claims and events, from as many processes as you like; `show` is a page of a document
or text with its claims marked, for notebooks.

Everything listed in `__all__` is public. Modules load when they are first used, so that `import kg`
costs milliseconds.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.actors.judgements import undo as undo
    from kg.catalogue import entries
    from kg.corpus import honour as honour
    from kg.corpus import rebuild as rebuild
    from kg.corpus import sync as sync
    from kg.corpus import watch as watch
    from kg.decisions import find as find
    from kg.decisions import merge as merge
    from kg.decisions import rename as rename
    from kg.decisions import split as split
    from kg.decisions import template as template
    from kg.errors import KgError as KgError
    from kg.exports import export as export
    from kg.marked import show as show
    from kg.model import Actor as Actor
    from kg.model import Claim as Claim
    from kg.model import Document as Document
    from kg.model import Event as Event
    from kg.model import Statement as Statement
    from kg.pipeline import analyse as analyse
    from kg.pipeline import build as build
    from kg.pipeline import dates as dates
    from kg.pipeline import events as events
    from kg.pipeline import extract as extract
    from kg.pipeline import findings as findings
    from kg.pipeline import judgements as judgements
    from kg.pipeline import mentions as mentions
    from kg.reading import read as read
    from kg.reading.fetch import fetch as fetch
    from kg.store import backup as backup
    from kg.store import open_store as open_store
    from kg.store import remove as remove
    from kg.store.checks import check as check
    from kg.store.queries import query as query
    from kg.views import view as view

    list = entries

# Public name → where it lives: a module of kg, and the name there where it is another.
_HOMES = {
    "Actor": "model",
    "Claim": "model",
    "Document": "model",
    "Event": "model",
    "KgError": "errors",
    "Statement": "model",
    "analyse": "pipeline",
    "backup": "store",
    "build": "pipeline",
    "check": "store.checks",
    "dates": "pipeline",
    "events": "pipeline",
    "export": "exports",
    "extract": "pipeline",
    "fetch": "reading.fetch",
    "find": "decisions",
    "findings": "pipeline",
    "honour": "corpus",
    "judgements": "pipeline",
    "list": "catalogue:entries",
    "mentions": "pipeline",
    "merge": "decisions",
    "open_store": "store",
    "query": "store.queries",
    "read": "reading",
    "rebuild": "corpus",
    "remove": "store",
    "rename": "decisions",
    "show": "marked",
    "split": "decisions",
    "sync": "corpus",
    "template": "decisions",
    "undo": "actors.judgements",
    "view": "views",
    "watch": "corpus",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Loads the module that a public name lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, _, there = _HOMES[name].partition(":")
    return getattr(import_module(f"kg.{module}"), there or name)


def __dir__() -> Iterable[str]:
    return sorted(_HOMES)
