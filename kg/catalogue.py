"""What there is of each kind, with a line of explanation: what `kg list` prints."""

from collections.abc import Callable, Mapping

from kg.claims import EXTRACTORS
from kg.errors import KgError
from kg.exports import EXPORTS
from kg.store import queries
from kg.views import VIEWS

Entries = list[tuple[str, str]]


def _documented(table: Mapping[str, Callable[..., object]]) -> Entries:
    return [(name, first_line(function.__doc__)) for name, function in table.items()]


def first_line(text: str | None) -> str:
    """The first line of a docstring, without its full stop."""
    return (text or "").strip().partition("\n")[0].rstrip(".")


def _queries() -> Entries:
    return [(name, queries.description(name)) for name in queries.names()]


KINDS: dict[str, Callable[[], Entries]] = {
    "extractors": lambda: _documented(EXTRACTORS),
    "exports": lambda: _documented(EXPORTS),
    "views": lambda: _documented(VIEWS),
    "queries": _queries,
}


def entries(kind: str) -> Entries:
    """Name and explanation of everything of a kind. Raises KgError for a kind that isn't known."""
    if kind not in KINDS:
        raise KgError(f"{kind}: nothing of that kind; there are {', '.join(KINDS)}")
    return KINDS[kind]()
