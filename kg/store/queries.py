"""Named questions: the SPARQL queries in data/queries, one a file, the first line saying what it answers.

A line `VALUES ?one { UNDEF } # actor` is a parameter with what it is when nobody gives it; `text` puts
another in its place. A parameter is an actor (by id) or a date, and nothing that was not checked gets in.
A line `@NAME` stands for a file in data/queries/parts, so that what several queries speak of is said once.

Oxigraph orders the parts of one group by guesses that know nothing of the data. So what is looked for stands
in braces of its own, `{ SELECT * { … } }`, where it has a FILTER, BIND or OPTIONAL, and labels come after:
within one group it would go through all labels and look for the rest once for each. Two sets of statements
are compared by two such parts, or MINUS; several patterns in NOT EXISTS are all tried with all.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from kg import iris, rdf, resources
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.store import Store
    from kg.store.results import Answer

_PARAMETER = re.compile(
    r"VALUES \?(?P<name>\w+) \{ (?P<default>[^{}]+) \} # (?P<kind>actor|date)$", re.MULTILINE
)
_PART = re.compile(r"^ *@(?P<name>\w+)$", re.MULTILINE)


def query(
    store: Store,
    sparql: str | None = None,
    *,
    name: str | None = None,
    timeout: float | None = None,
    memory: float | None = None,
    allow_remote: bool = False,
    **parameters: str,
) -> Answer:
    """The answer of a store to a SPARQL query, or to the one called `name` with these parameters.

    Raises QueryError unless one of the two is given, for a query that is unknown, wrong or unsafe, and for
    one that takes longer than `timeout` seconds or needs more than `memory` gigabytes.
    """
    if (sparql is None) == (name is None):
        raise QueryError("give either the text of a query or the name of one")
    if sparql is not None and parameters:
        raise QueryError(f"only named queries have parameters; write {', '.join(parameters)} into the text")
    asked = sparql if name is None else text(name, **parameters)
    return store.query(str(asked), timeout=timeout, memory=memory, allow_remote=allow_remote)


def names() -> list[str]:
    """The names of all queries, sorted."""
    return sorted(path.stem for path in resources.path("data/queries").glob("*.rq"))


def description(name: str) -> str:
    """What the query answers, in a sentence."""
    return _read(name).partition("\n")[0].removeprefix("#").strip()


def parameters(name: str) -> dict[str, str]:
    """The query's parameters and their kinds: actor or date."""
    return {m["name"]: m["kind"] for m in _PARAMETER.finditer(_read(name))}


def text(name: str, **values: str) -> str:
    """The query's SPARQL, with these values for its parameters.

    Raises QueryError for an unknown query or parameter, or a value that is not what it should be.
    """
    query = _read(name)
    known = parameters(name)
    for parameter in values:
        if parameter not in known:
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise QueryError(f"query {name} has no parameter {parameter!r}; {there}")

    def replaced(match: re.Match[str]) -> str:
        value = values.get(match["name"])
        term = match["default"] if value is None else _term(match["name"], match["kind"], value)
        return f"VALUES ?{match['name']} {{ {term} }} # {match['kind']}"

    return _PARAMETER.sub(replaced, whole(query))


def whole(query: str) -> str:
    """A query with its parts in their places."""
    return _PART.sub(lambda line: whole(_part(line["name"])), query)


def _part(name: str) -> str:
    return (resources.path("data/queries/parts") / f"{name}.rq").read_text(encoding="utf-8")


def _term(name: str, kind: str, value: str) -> str:
    if kind == "actor":
        return f"<{iris.actor(value)}>"
    literal = rdf.date_literal(value)
    if literal.datatype != rdf.XSD.date:
        raise QueryError(f"parameter {name} is a day such as 2025-06-06, not {value!r}")
    return str(literal)


def _read(name: str) -> str:
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise QueryError(f"no query is called {name!r}; {hint}")
    return (resources.path("data/queries") / f"{name}.rq").read_text(encoding="utf-8")
