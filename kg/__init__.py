"""Geopolitical news as a knowledge graph: who does what to whom, who says so, and where.

    claims = kg.extract("Lima insists that Quito apologise first.")
    with kg.open_store("kg-store", create=True) as store:
        kg.build(kg.read(["articles"]), store)
        store.query("SELECT …")
        kg.export(store, "graph.ttl")
        kg.view(store, "graph.html")

Everything listed in `__all__` is public. Modules load when they are first used, so that `import kg`
costs milliseconds.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.exports import export as export
    from kg.model import Actor as Actor
    from kg.model import Claim as Claim
    from kg.model import Document as Document
    from kg.model import Event as Event
    from kg.model import Statement as Statement
    from kg.pipeline import analyse as analyse
    from kg.pipeline import build as build
    from kg.pipeline import events as events
    from kg.pipeline import extract as extract
    from kg.reading import read as read
    from kg.store import open_store as open_store
    from kg.store.checks import check as check
    from kg.views import view as view

_HOMES = {
    "Actor": "model",
    "Claim": "model",
    "Document": "model",
    "Event": "model",
    "KgError": "errors",
    "Statement": "model",
    "analyse": "pipeline",
    "build": "pipeline",
    "check": "checks",
    "events": "pipeline",
    "export": "exports",
    "extract": "pipeline",
    "open_store": "store",
    "read": "reading",
    "view": "views",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Loads the module that a public name lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(f"kg.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
