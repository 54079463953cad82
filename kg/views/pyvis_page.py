"""The actor graph with pyvis, for people who script it: a Network, and a safe file made from it.

pyvis 0.3.2's own template loads from three networks and runs script out of titles; ours loads
nothing, and takes text for text. Good for some hundreds of actors.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.views import html, modules
from kg.views.graph import CLASSES, ActorGraph, GraphClaim, Tie
from kg.views.payload import payload

_MODULES = ("page/dom.js", "page/data.js", "page/card.js", "page/theme.js", "network/network.js")
_STYLES = ("page/theme.css", "page/card.css", "network/network.css")
_TIE_COLOURS = ("#7b8594", "#2f83b7", "#14618f", "#c9701a", "#bf3330")  # by quad class, as in theme.css
_ACTOR_LOOKS = {  # shape and colour by family, as in theme.css
    "person": ("dot", "#6a5acd"),
    "country": ("square", "#1d8f81"),
    "organization": ("diamond", "#b08413"),
    "group": ("triangle", "#b4578f"),
    "other": ("dot", "#7d8898"),
}
_BODY = """<header><h1>{title}</h1></header>
<main aria-label="Actor graph"><div id="drawing"></div></main>
<aside id="panel" aria-label="Claims" aria-live="polite" tabindex="0"></aside>
<noscript><p>This view needs JavaScript.</p></noscript>"""
_NAMES = {"font": {"size": 20, "strokeWidth": 4}}


def network(graph: ActorGraph) -> Any:
    """The graph as a directed `pyvis.network.Network`: actors placed, edges with their number of claims.

    Write it with `pyvis_html(network, graph)`: pyvis's own `write_html` loads scripts from the network.
    """
    from pyvis.network import Network  # imports IPython: slow, and needed here only

    net = Network(directed=True, cdn_resources="in_line")
    tied = {end for tie in graph.ties for end in (tie.source, tie.target)}
    for actor in graph.actors:
        if tied and actor.row.id not in tied:
            continue  # said to do something, but nothing to anybody
        shape, colour = _ACTOR_LOOKS[actor.family]
        net.add_node(
            actor.row.id,
            label=actor.row.label,
            title=f"{actor.row.label} ({actor.row.type}): {actor.size} claims",
            shape=shape,
            color=colour,
            size=10 + 5 * actor.size**0.5,
            x=actor.x,
            y=actor.y,
        )
    claims = {c.row.id: c for c in graph.claims}
    for tie in graph.ties:
        net.add_edge(tie.source, tie.target, **_edge([claims[i] for i in tie.claims], tie))
    net.toggle_physics(False)
    net.set_edge_smooth("curvedCW")
    return net


def pyvis_html(net: Any, graph: ActorGraph) -> str:
    """One self-contained HTML file of the network, the sentences of `graph` behind its edges."""
    return html.document(
        title=graph.title,
        body=_BODY.format(title=html.escape(graph.title)),
        style=modules.style(_STYLES),
        scripts=[_vis_network(), modules.script(_MODULES)],
        data={"graph": payload(graph), "network": _drawing(net)},
    )


def _edge(claims: list[GraphClaim], tie: Tie) -> dict[str, Any]:
    quads = [c.row.event.quad if c.row.event else 0 for c in claims]
    main = max(range(len(CLASSES)), key=lambda q: (q > 0 and quads.count(q), quads.count(q)))
    relations = sorted({c.row.lemma or c.row.relation.text for c in claims})
    return {
        "title": f"{', '.join(relations[:5])}: {len(claims)} claims",
        "width": 1 + len(claims) ** 0.5 / 2,
        "color": _TIE_COLOURS[main],
        "dashes": not tie.acts or all(c.status != "asserted" for c in claims),
    }


def _drawing(net: Any) -> dict[str, Any]:
    options = net.options if isinstance(net.options, dict) else json.loads(net.options.to_json())
    return {"nodes": net.nodes, "edges": net.edges, "options": {"nodes": _NAMES, **options}}


@cache
def _vis_network() -> str:
    """vis-network's script as it ships inside pyvis."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise KgError("pyvis is not installed; `pip install pyvis`, or use `--writer page`")
    found = sorted(Path(spec.origin).parent.glob("templates/lib/vis-9.1*/vis-network.min.js"))
    if not found:
        raise KgError(
            "this pyvis ships no vis-network 9.1; `pip install pyvis==0.3.2`, or use `--writer page`"
        )
    text = found[-1].read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))
