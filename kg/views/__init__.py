"""Views of a graph as files that open in any browser, offline.

write(graph, path)                   the actor graph page
write(graph, path, writer="pyvis")   the same graph drawn by vis-network
network(graph)                       the same graph as a pyvis Network, to script
"""

from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError
from kg.views.actor_page import page_html
from kg.views.model import ActorGraph, ActorRow, ClaimRow, DocumentRow, EventRow, Part, actor_graph
from kg.views.pyvis_page import network, pyvis_html

__all__ = [
    "VIEWS",
    "ActorGraph",
    "ActorRow",
    "ClaimRow",
    "DocumentRow",
    "EventRow",
    "Part",
    "actor_graph",
    "network",
    "write",
]


def _pyvis(graph: ActorGraph) -> str:
    """The graph drawn by pyvis and vis-network, up to some hundreds of actors."""
    return pyvis_html(network(graph), graph)


VIEWS: dict[str, Callable[[ActorGraph], str]] = {"page": page_html, "pyvis": _pyvis}


def write(graph: ActorGraph, path: Path, writer: str = "page") -> Path:
    """Write the graph as one self-contained HTML file; raises KgError for a writer that isn't known."""
    if writer not in VIEWS:
        raise KgError(f"no view is called {writer}; there are {', '.join(VIEWS)}")
    path.write_bytes(VIEWS[writer](graph).encode("utf-8"))
    return path
