"""An actor graph as the JSON that a page reads: columns, with indices in place of ids and repeated texts.

`kg/views/page/data.js` is its other half. Offsets count UTF-16 units, as JavaScript does.
"""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

from kg import iris
from kg.views.graph import CLASSES, ActorGraph, GraphClaim, Part

T = TypeVar("T", bound=Hashable)


class _Table(Generic[T]):
    """Distinct values in the order in which they come, each with its number."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self.numbers: dict[T, int] = {}
        for value in values:
            self(value)

    def __call__(self, value: T | None) -> int:
        """The number of the value; -1 for None."""
        return -1 if value is None else self.numbers.setdefault(value, len(self.numbers))

    def __iter__(self) -> Any:
        return iter(self.numbers)


def payload(graph: ActorGraph) -> dict[str, Any]:
    """The graph as plain lists and numbers; the same graph gives the same payload."""
    actors = _Table(a.row.id for a in graph.actors)
    documents = _Table(d.id for d in graph.documents)
    claims = _Table(c.row.id for c in graph.claims)
    return {
        "title": graph.title,
        "built": graph.built,
        "classes": CLASSES,
        "prefixes": {name: iris.PREFIXES[name] for name in ("id", "kg", "rel", "rdf", "xsd")},
        "actors": _actors(graph),
        "documents": {
            name: [getattr(d, name) for d in graph.documents]
            for name in ("id", "title", "publisher", "url", "published")
        }
        | {"node": [iris.document(d.id).removeprefix(iris.ID) for d in graph.documents]},
        "ties": {
            "from": [actors(t.source) for t in graph.ties],
            "to": [actors(t.target) for t in graph.ties],
            "acts": [[claims(c) for c in t.acts] for t in graph.ties],
            "speech": [[claims(c) for c in t.speech] for t in graph.ties],
            "against": [[[claims(a), claims(b)] for a, b in t.contradictions] for t in graph.ties],
        },
        "claims": _claims(graph, actors, documents, claims),
    }


def _actors(graph: ActorGraph) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: [getattr(a.row, name) for a in graph.actors]
        for name in ("id", "label", "type", "country", "sector", "aliases", "roles", "wikidata")
    }
    columns["node"] = [iris.actor(a.row.id).removeprefix(iris.ID) for a in graph.actors]
    columns["family"] = [a.family for a in graph.actors]
    columns["size"] = [a.size for a in graph.actors]
    columns["group"] = [a.community for a in graph.actors]
    columns["x"] = [round(a.x, 1) for a in graph.actors]
    columns["y"] = [round(a.y, 1) for a in graph.actors]
    return columns


def _claims(
    graph: ActorGraph, actors: _Table[str], documents: _Table[str], claims: _Table[str]
) -> dict[str, Any]:
    sentences: _Table[str] = _Table()
    words: _Table[str] = _Table()
    rows = [c.row for c in graph.claims]

    def column(name: str) -> list[int]:
        return [words(getattr(r, name) or None) for r in rows]

    def parts(name: str) -> list[Any]:
        return [_part(getattr(r, name), r.sentence, actors) for r in rows]

    found = {
        "id": list(claims),
        "document": [documents(r.document) for r in rows],
        "sentence": [sentences(r.sentence) for r in rows],
        "subject": parts("subject"),
        "relation": parts("relation"),
        "object": parts("object"),
        "others": [[[p.role or "other", _part(p, r.sentence, actors)] for p in r.others] for r in rows],
        "sources": [[_source(p, actors) for p in c.sources] for c in graph.claims],
        "spoken": [int(r.speaker is not None) for r in rows],
        "parent": [claims.numbers.get(r.nested_in or "", -1) for r in rows],
        "nested": [claims.numbers.get(r.nested or "", -1) for r in rows],
        "actors": [[actors(a) for a in c.actors] for c in graph.claims],
        "status": [words(c.status) for c in graph.claims],
        "realis": [words(c.realis) for c in graph.claims],
        "date": [c.date for c in graph.claims],
        "days": [_days(c) for c in graph.claims],
        "basis": [words(c.basis) for c in graph.claims],
        "confidence": [round(r.confidence, 6) for r in rows],
        "event": [words(r.event.type if r.event else None) for r in rows],
        "mode": [words(r.event.mode if r.event else None) for r in rows],
        "cameo": [words(r.event.cameo if r.event else None) for r in rows],
        "quad": [r.event.quad if r.event else 0 for r in rows],
    }
    names = ("lemma", "predicate", "cue", "polarity", "modality", "factuality", "tense")
    found |= {name: column(name) for name in names}
    return found | {"sentences": list(sentences), "words": list(words)}


def _part(part: Part | None, sentence: str, actors: _Table[str]) -> list[Any] | None:
    """[start, end, actor, node], or [text, actor, node] for words elsewhere; the last ones may lack."""
    if part is None:
        return None
    who: list[Any] = _meant(part, actors) or ([-1, part.node] if part.node else [])
    if part.start is None or part.end is None or sentence[part.start : part.end] != part.text:
        return [part.text, *who]
    return [_utf16(sentence[: part.start]), _utf16(sentence[: part.end]), *who]


def _source(part: Part, actors: _Table[str]) -> list[Any]:
    return [part.text, *_meant(part, actors)]


def _meant(part: Part, actors: _Table[str]) -> list[int]:
    """The actor that the words mean, if it is one: the many that a plural means are in the claim's actors."""
    return [actors(part.actors[0])] if len(part.actors) == 1 else []


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def _days(claim: GraphClaim) -> list[int] | None:
    """First and last day (since 1970) of the claim's date; None where it has none that can be read.

    >>> _span("2025-06"), _span("1970-01-01/1970-01-03"), _span("soon")
    ([20240, 20269], [0, 2], None)
    """
    return _span(claim.date) if claim.date else None


def _span(text: str) -> list[int] | None:
    first, _, last = text.partition("/")
    try:
        return [_day(first, 0), _day(last or first, 1)]
    except ValueError:
        return None


def _day(text: str, end: int) -> int:
    """The first (end=0) or last (end=1) day of an ISO date, month or year."""
    year, month, day = [*(int(n) for n in text[:10].split("-")), 0, 0][:3]
    if day:
        found = date(year, month, day)
    elif month:
        found = date(year + (month + end - 1) // 12, (month + end - 1) % 12 + 1, 1)
    else:
        found = date(year + end, 1, 1)
    return found.toordinal() - _EPOCH - (end if not day else 0)


_EPOCH = date(1970, 1, 1).toordinal()
