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
        "classes": _classes(graph),
        "prefixes": {name: iris.PREFIXES[name] for name in ("id", "kg", "rel", "rdf", "xsd")},
        "actors": _actors(graph),
        "documents": _documents(graph),
        "ties": _ties(graph, actors, claims),
        "claims": _Claims(graph, actors, documents, claims).columns(),
    }


def _classes(graph: ActorGraph) -> tuple[str, ...]:
    """The quad classes' names; 0 is also what is coded as a user's own type without a class, if any is."""
    without = any(c.row.event is not None and not c.row.event.quad for c in graph.claims)
    return (f"{CLASSES[0]}, or without a class" if without else CLASSES[0], *CLASSES[1:])


def _documents(graph: ActorGraph) -> dict[str, Any]:
    names = ("id", "title", "publisher", "url", "published")
    columns = {name: [getattr(d, name) for d in graph.documents] for name in names}
    return columns | {"node": [iris.document(d.id).removeprefix(iris.ID) for d in graph.documents]}


def _ties(graph: ActorGraph, actors: _Table[str], claims: _Table[str]) -> dict[str, Any]:
    return {
        "from": [actors(t.source) for t in graph.ties],
        "to": [actors(t.target) for t in graph.ties],
        "acts": [[claims(c) for c in t.acts] for t in graph.ties],
        "speech": [[claims(c) for c in t.speech] for t in graph.ties],
        "against": [[[claims(a), claims(b)] for a, b in t.contradictions] for t in graph.ties],
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


class _Claims:
    """The columns of claims. Texts that recur are numbers in `sentences` and `words`, in order of use."""

    def __init__(
        self, graph: ActorGraph, actors: _Table[str], documents: _Table[str], claims: _Table[str]
    ) -> None:
        self.claims, self.rows = graph.claims, [c.row for c in graph.claims]
        self.actors, self.documents, self.ids = actors, documents, claims
        self.sentences: _Table[str] = _Table()
        self.words: _Table[str] = _Table()

    def columns(self) -> dict[str, Any]:
        """All columns, then the texts that they name by number."""
        found = self.places() | self.relations() | self.standing() | self.coded() | self.terms()
        return found | {"sentences": list(self.sentences), "words": list(self.words)}

    def places(self) -> dict[str, Any]:
        """Where each claim stands, and the words of its parts."""
        return {
            "id": list(self.ids),
            "document": [self.documents(r.document) for r in self.rows],
            "sentence": [self.sentences(r.sentence) for r in self.rows],
            "subject": self.parts("subject"),
            "relation": self.parts("relation"),
            "object": self.parts("object"),
            "others": [[[p.role or "other", self.part(p, r.sentence)] for p in r.others] for r in self.rows],
        }

    def parts(self, name: str) -> list[Any]:
        return [self.part(getattr(r, name), r.sentence) for r in self.rows]

    def part(self, part: Part | None, sentence: str) -> list[Any] | None:
        return _part(part, sentence, self.actors)

    def relations(self) -> dict[str, Any]:
        """Who says each claim, in which other it stands, and whom it is about."""
        return {
            "sources": [[_source(p, self.actors) for p in c.sources] for c in self.claims],
            "spoken": [int(r.speaker is not None) for r in self.rows],
            "parent": [self.ids.numbers.get(r.nested_in or "", -1) for r in self.rows],
            "nested": [self.ids.numbers.get(r.nested or "", -1) for r in self.rows],
            "actors": [[self.actors(a) for a in c.actors] for c in self.claims],
        }

    def standing(self) -> dict[str, Any]:
        """How each claim is to be taken, and when it was."""
        return {
            "status": [self.words(c.status) for c in self.claims],
            "realis": [self.words(c.realis) for c in self.claims],
            "date": [c.date for c in self.claims],
            "days": [_days(c) for c in self.claims],
            "basis": [self.words(c.basis) for c in self.claims],
            "confidence": [round(r.confidence, 6) for r in self.rows],
        }

    def coded(self) -> dict[str, Any]:
        """What each claim is coded as."""
        events = [r.event for r in self.rows]
        return {
            "event": [self.words(e.type if e else None) for e in events],
            "mode": [self.words(e.mode if e else None) for e in events],
            "cameo": [self.words(e.cameo if e else None) for e in events],
            "quad": [e.quad if e else 0 for e in events],
        }

    def terms(self) -> dict[str, Any]:
        """The words that say how each claim is put."""
        names = ("lemma", "predicate", "cue", "polarity", "modality", "factuality", "tense")
        return {name: [self.words(getattr(r, name) or None) for r in self.rows] for name in names}


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

    Of a time without a beginning or an end ("until May 11") it is the end that is known.

    >>> _span("2025-06"), _span("1970-01-01/1970-01-03"), _span("../1970-01-03"), _span("soon")
    ([20240, 20269], [0, 2], [2, 2], None)
    """
    return _span(claim.date) if claim.date else None


def _span(text: str) -> list[int] | None:
    known = [part for part in text.split("/") if part != ".."] or [""]
    try:
        return [_day(known[0], 0), _day(known[-1], 1)]
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
