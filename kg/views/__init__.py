"""Views of a store as files that open in any browser, offline.

view(store, path)                    the actor graph page, written to a file
view(store)                          the same, as a notebook shows it
source.read_graph(store)             the graph itself: actors, ties, and the claims behind them
network(graph)                       the graph as a pyvis Network, to script
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.views import html, kept_layout
from kg.views.actor_page import page_html
from kg.views.graph import ActorGraph, actor_graph
from kg.views.pyvis_page import network, pyvis_html
from kg.writing import writing

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["VIEWS", "ActorGraph", "View", "actor_graph", "network", "view"]


def _page(graph: ActorGraph) -> str:
    """The actor graph page: search, filters, time, and every sentence behind a tie; any size."""
    return page_html(graph)


def _pyvis(graph: ActorGraph) -> str:
    """The actor graph drawn by pyvis, for people who script it; up to some hundreds of actors."""
    return pyvis_html(network(graph), graph)


VIEWS: dict[str, Callable[[ActorGraph], str]] = {"page": _page, "pyvis": _pyvis}


class View:
    """A page: `html` is its text, a notebook shows it in a frame, `save` writes it to a file."""

    def __init__(self, html: str, title: str = "Actor graph") -> None:
        self.html, self.title = html, title

    def save(self, path: str | Path) -> Path:
        """Write the page as UTF-8. Raises InputError where it cannot be written."""
        with writing(path) as out:
            out.write(self.html.encode("utf-8"))
        return Path(path)

    def _repr_html_(self) -> str:
        """The page in a frame that can reach nothing around it."""
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" sandbox="allow-scripts allow-downloads" '
            f'title="{html.escape(self.title)}" width="100%" height="640" style="border:0"></iframe>'
        )


def view(
    store: Store, path: str | Path | None = None, writer: str = "page", *, title: str | None = None
) -> View:
    """The actor graph of a store as one self-contained HTML page, written to `path` if given.

    Beside `graph.html` it keeps `graph.layout.json`: actors that stood in an earlier page stay where
    they were. Without a title it has the headline of the story that most articles tell. Raises KgError for
    an unknown writer and for a store without claims.
    """
    from kg.views.source import read_graph  # and all that stores need, which is slow to import

    if writer not in VIEWS:
        raise KgError(f"no view is called {writer!r}; there are {', '.join(VIEWS)}")
    page = None if path is None else Path(path)
    places = page.with_suffix(".layout.json") if page is not None and page.name else None
    graph = read_graph(store, title=title, kept=kept_layout.load(places) if places else None)
    found = View(VIEWS[writer](graph))
    if path is not None:
        found.save(path)
    if places is not None:
        kept_layout.save(graph.places, places)
    return found
