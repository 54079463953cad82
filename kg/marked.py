"""Articles with their claims marked in the text, as one page: who says each, and how it is to be taken.

Claims stand within each other and may overlap, which markup cannot: where a claim runs over the end of
another one it is cut there, and goes on in a second mark without a label.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.listing import name, sentence
from kg.model import Claim, Document
from kg.parsing.pipelines import DEFAULT_MODEL
from kg.pipeline import Findings, finding
from kg.views import View, html

# How a claim is to be taken, and what that says to a reader, in the order of the key.
STATUSES = {
    "asserted": "the article says so itself",
    "claimed": "somebody says so",
    "demanded": "somebody wants it, or it ought to be",
    "planned": "somebody means to do it, or expects it",
    "supposed": "it may be so, or would be if",
    "asked": "it is asked whether it is so",
    "denied": "it is said not to be so",
}
_OF_MODALITY = {
    "requested": "demanded",
    "obligated": "demanded",
    "intended": "planned",
    "expected": "planned",
    "possible": "supposed",
    "probable": "supposed",
    "conditional": "supposed",
    "questioned": "asked",
}
SOMEBODY = "somebody"  # in whose quotation it stands, where no one is named
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")  # what HTML forbids, and \r
# Colours are only a help: the label says the same, and the lines below differ without any.
STYLE = """
:root { color-scheme: light dark; --ink: #1d2329; --paper: #fcfcfa; --faint: #5c6670;
  --asserted: #3d7a4a; --claimed: #2f62b5; --demanded: #b3541e; --planned: #7a4fb0;
  --supposed: #7d6a14; --asked: #55606b; --denied: #b3263e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e6e8; --paper: #16191c; --faint: #9aa4ae;
  --asserted: #7cc68c; --claimed: #82b1ff; --demanded: #f2a071; --planned: #c4a2f5;
  --supposed: #d8c25a; --asked: #b0bac4; --denied: #ff8c9c; } }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/2.1 Georgia, serif; overflow-wrap: anywhere; }
h1 { font-size: 1rem; margin: 0; } h2 { line-height: 1.3; margin: 0; }
article { border-top: 1px solid var(--faint); margin-top: 1.5rem; padding-top: 1.5rem; }
header p, nav { color: var(--faint); font: .8rem/1.7 system-ui, sans-serif; margin: .3rem 0 1rem; }
nav ul { list-style: none; margin: 0; padding: 0; } nav span { padding: 0 .3em; }
.text { white-space: pre-wrap; }
mark, nav span { --tone: var(--asserted); color: inherit; border-bottom: 2px solid var(--tone);
  background: color-mix(in srgb, var(--tone) 12%, transparent); }
mark { padding: .15em .1em; border-radius: .2em; -webkit-box-decoration-break: clone;
  box-decoration-break: clone; }
small { background: var(--paper); border: 1px solid var(--tone); border-radius: .3em; color: var(--tone);
  font: .65rem/1 system-ui, sans-serif; margin-right: .3em; padding: .1em .35em; unicode-bidi: isolate;
  vertical-align: .15em; }
.claimed { --tone: var(--claimed) !important; }
.demanded { --tone: var(--demanded) !important; border-bottom-style: double; border-bottom-width: 4px; }
.planned { --tone: var(--planned) !important; border-bottom-style: dashed; }
.supposed { --tone: var(--supposed) !important; border-bottom-style: dotted; }
.asked { --tone: var(--asked) !important; border-bottom-style: dotted; }
.denied { --tone: var(--denied) !important; border-bottom-width: 4px; }
@media print { body { max-width: none; } }
"""


def show(document: Document | str, model: str = DEFAULT_MODEL, actor_table: Path | None = None) -> View:
    """A document or text with its claims marked, as a page: a notebook shows it, `save` writes it.

    Raises and warns as `extract` does.
    """
    return View(page([finding(document, model, actor_table)]), "Claims")


def page(found: Iterable[Findings]) -> str:
    """The articles one under the other, as a self-contained HTML file."""
    key = "".join(f'<li><span class="{s}">{s}</span> {what}</li>' for s, what in STATUSES.items())
    body = [f"<h1>Claims</h1>\n<nav><ul>{key}</ul></nav>"]
    body += [_article(one.document, one.claims) for one in found]
    return html.document(title="Claims", body="\n".join(body), style=STYLE, scripts=(), data={})


def status(claim: Claim) -> str:
    """How a claim is to be taken, as one of STATUSES."""
    if claim.polarity == "negated":
        return "denied"
    if claim.modality != "asserted":
        return _OF_MODALITY[claim.modality]
    if claim.speaker is not None or claim.cue == '"':
        return "claimed"
    return "asserted" if claim.is_fact else "supposed"


def _article(document: Document, claims: list[Claim]) -> str:
    about = " · ".join(filter(None, (document.publisher, document.published, document.url)))
    title = document.title or document.id
    return (
        f'<article lang="{_safe(document.language)}">\n<header><h2>{_safe(title)}</h2><p>{_safe(about)}</p>'
        f'</header>\n<div class="text">{"".join(_marked(document.text, claims))}</div>\n</article>'
    )


# ── marks ──


@dataclass(frozen=True)
class _Mark:
    """Claims of the same words, speaker and status: they are marked as one."""

    start: int
    end: int
    label: str
    opening: str


def _marks(claims: list[Claim]) -> list[_Mark]:
    """The marks of an article, outer before inner where they begin alike."""
    nested = {c.id: c for c in claims}
    groups: dict[tuple[int, int, str, str], list[Claim]] = {}
    for c in claims:
        groups.setdefault((c.evidence.start, -c.evidence.end, _source(c), status(c)), []).append(c)
    return [
        _Mark(start, -end, " · ".join(filter(None, (source, kind))), _opening(kind, group, nested))
        for (start, end, source, kind), group in groups.items()
    ]


def _source(claim: Claim) -> str:
    """Who says so; empty for the article."""
    return name(claim.speaker) or (SOMEBODY if claim.cue == '"' else "")


def _opening(kind: str, group: list[Claim], nested: dict[str, Claim]) -> str:
    told = "\n".join(f"{sentence(c, nested)} ({c.confidence:.2f})" for c in group)
    ids = " ".join(c.id for c in group)
    return f'<mark class="{kind}" data-claims="{_safe(ids)}" title="{_safe(told)}">'


def _pieces(marks: list[_Mark]) -> Iterator[tuple[int, int, _Mark]]:
    """(start, end, mark), each within those before it that are not over yet, or behind them."""
    waiting = [(m.start, -m.end, i) for i, m in enumerate(marks)]
    heapq.heapify(waiting)
    around: list[int] = []  # ends of what is open
    while waiting:
        start, end, i = heapq.heappop(waiting)
        while around and around[-1] <= start:
            around.pop()
        if around and -end > around[-1]:
            heapq.heappush(waiting, (around[-1], end, i))
            end = -around[-1]
        around.append(-end)
        yield start, -end, marks[i]


def _marked(text: str, claims: list[Claim]) -> Iterator[str]:
    """The text as markup."""
    at, ends = 0, [len(text)]
    for start, end, mark in _pieces(_marks(claims)):
        while ends[-1] <= start and len(ends) > 1:
            yield f"{_safe(text[at : ends[-1]])}</mark>"
            at = ends.pop()
        label = f"<small>{_safe(mark.label)}</small>" if start == mark.start else ""
        yield f"{_safe(text[at:start])}{mark.opening}{label}"
        at = start
        ends.append(end)
    while len(ends) > 1:
        yield f"{_safe(text[at : ends[-1]])}</mark>"
        at = ends.pop()
    yield _safe(text[at:])


def _safe(text: str) -> str:
    return html.escape(_NO_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
