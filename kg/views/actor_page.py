"""The actor graph page: one self-contained file on Canvas 2D, its parts in `kg/views/page/`."""

import base64
import gzip
from typing import Any

from kg.views import html, modules
from kg.views.graph import ActorGraph, GraphClaim, Tie
from kg.views.payload import payload

# Each module after those it imports.
_MODULES = tuple(
    f"page/{name}.js"
    for name in (
        *("dom", "data", "theme", "card", "turtle", "filters", "drawing", "gestures", "facets", "timeline"),
        *("panel", "table", "search", "exports", "address", "main"),
    )
)
_STYLES = ("page/theme.css", "page/card.css", "page/page.css")
_PACKED = 400_000  # characters of JSON from which gzip and base64 make the file smaller and no slower
# Columns of claims that decide what is drawn, and how.
_PICTURED = ("actors", "status", "realis", "confidence", "days", "quad", "words")
_PLAIN_TIES = 100  # rows of the table for readers without script


def page_html(graph: ActorGraph) -> str:
    """The page's text; the same graph gives the same text."""
    table = _plain_table(graph)
    body = modules.read("page/body.html").format(
        title=html.escape(graph.title), corpus=html.escape(_corpus_line(graph)), table=table
    )
    return html.document(
        title=graph.title,
        body=body,
        style=modules.style(_STYLES),
        scripts=[modules.script(_MODULES)],
        data={name: _packed(part) for name, part in _in_two(payload(graph)).items()},
    )


def _in_two(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the first picture needs, which the page reads at once, and the rest, which it reads after that."""
    claims = data["claims"]
    rest = {name: column for name, column in claims.items() if name not in _PICTURED}
    first = {name: claims[name] for name in _PICTURED}
    shared = {name: value for name, value in data.items() if name != "documents"}
    return {
        "graph": shared | {"claims": first},
        "rest": {"documents": data["documents"], "claims": rest},
    }


def _packed(data: dict[str, Any]) -> Any:
    text = html.json_text(data)
    if len(text) < _PACKED:
        return data
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 6, mtime=0)).decode("ascii")


def _corpus_line(graph: ActorGraph) -> str:
    """What the graph was made from: "6 articles, 2025-04-02 to 2025-06-06, 212 claims, built 2025-06-07"."""
    dates = sorted(d.published for d in graph.documents if d.published)
    spread = [dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"] if dates else []
    built = [f"built {graph.built[:10]}"] if graph.built else []
    parts = [_count(len(graph.documents), "article"), *spread, _count(len(graph.claims), "claim"), *built]
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain_table(graph: ActorGraph) -> str:
    """The strongest ties with a sentence each, as markup, for readers without script."""
    labels = {a.row.id: a.row.label for a in graph.actors}
    claims = {c.row.id: c for c in graph.claims}
    strongest = sorted(graph.ties, key=lambda t: (-len(t.claims), t.source, t.target))[:_PLAIN_TIES]
    rows = "\n".join(_plain_row(tie, labels, claims[tie.claims[0]]) for tie in strongest)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("From", "To", "Claims", "One of them"))
    return (
        f"<h1>{html.escape(graph.title)}</h1><p>{html.escape(_corpus_line(graph))}. "
        "With JavaScript this page draws the graph; here are its strongest ties.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    )


def _plain_row(tie: Tie, labels: dict[str, str], claim: GraphClaim) -> str:
    cells = (labels[tie.source], labels[tie.target], str(len(tie.claims)), claim.row.sentence)
    return "<tr>" + "".join(f'<td dir="auto">{html.escape(cell)}</td>' for cell in cells) + "</tr>"
