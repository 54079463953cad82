"""What there is of each kind, with a line of explanation: what `kg list` prints."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from kg import resources, tables
from kg.errors import KgError

Entries = list[tuple[str, str]]


def _documented(module: str, table: str) -> Callable[[], Entries]:
    """The functions of a table, loaded only when somebody asks: rooms take time to import."""

    def found() -> Entries:
        functions = getattr(import_module(module), table)
        return [(name, first_line(function.__doc__)) for name, function in functions.items()]

    return found


def first_line(text: str | None) -> str:
    """The first line of a docstring, without its full stop."""
    return (text or "").strip().partition("\n")[0].rstrip(".")


def _queries() -> Entries:
    from kg.store import queries

    return [(name, queries.description(name)) for name in queries.names()]


@dataclass(frozen=True)
class AsOf:
    """as-of.csv: a table of data/actors, the date until which it tells what was so, and what it is."""

    table: str
    as_of: str
    what: str


def _tables() -> Entries:
    read = (row for _, row in tables.read(resources.path("data/actors/as-of.csv"), AsOf))
    return [(row.table, f"as of {row.as_of}: {row.what}") for row in read]


def _kinds() -> Entries:
    return [(kind, what) for kind, (what, _) in KINDS.items()]


# By name: what it is, and what there is of it.
KINDS: dict[str, tuple[str, Callable[[], Entries]]] = {
    "extractors": ("what finds clauses in a sentence", _documented("kg.claims", "EXTRACTORS")),
    "exports": ("formats that kg export writes", _documented("kg.exports", "EXPORTS")),
    "views": ("pages that kg view writes", _documented("kg.views", "VIEWS")),
    "queries": ("questions that kg query --name asks", _queries),
    "tables": ("who is who, and until when that is known", _tables),
}


def entries(kind: str | None = None) -> Entries:
    """Name and explanation of everything of a kind, of the kinds without one.

    Raises KgError for a kind that isn't known.
    """
    if kind is None:
        return _kinds()
    if kind not in KINDS:
        raise KgError(f"{kind}: nothing of that kind; there are {', '.join(KINDS)}")
    return KINDS[kind][1]()
