"""What a query gives: rows of plain Python values, or triples; both print, convert and show in a notebook.

Results are kept as the bytes of a standard format and parsed when asked for: one form for answers from a
store in memory, from another process or over HTTP, and nothing of the store is held open.
"""

from __future__ import annotations

import html
import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg import cells, iris, rdf
from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx
    import rdflib

_JSON = ox.QueryResultsFormat.JSON
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_SHOWN = 200  # rows of a table in a notebook; the rest is counted


class Iri(str):
    """An IRI among plain values: a string that knows its short form.

    >>> Iri("https://w3id.org/geopolitical-kg/id/donald-trump").short
    'id:donald-trump'
    """

    @property
    def short(self) -> str:
        """The IRI with its prefix where it has one: "id:donald-trump"."""
        for prefix, base in iris.PREFIXES.items():
            if self.startswith(base) and re.fullmatch(r"[\w.%-]+", local := self[len(base) :]):
                return f"{prefix}:{local}"
        return str(self)


Value: TypeAlias = Iri | str | int | float | Decimal | bool | date | datetime | None


class Row(tuple[Value, ...]):
    """One answer: a tuple that also gives its values by column name, as `row["who"]` or `row.who`."""

    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, columns: tuple[str, ...], values: list[Value]) -> Row:
        """A row of these columns and values."""
        row = cls(values)
        row.columns = columns
        return row

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.columns.index(key) if isinstance(key, str) else key)

    def __getattr__(self, name: str) -> Value:
        if name in self.columns:
            value: Value = self[name]
            return value
        raise AttributeError(f"no column {name!r}; there are {', '.join(self.columns)}")

    def asdict(self) -> dict[str, Value]:
        """The row as a dictionary from column to value."""
        return dict(zip(self.columns, self, strict=True))


class _Answer:
    """What every answer can be asked for; what its kind does not have raises QueryError."""

    kind = ""

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Header and cells as short text, for a terminal: prefixed IRIs, nothing for None."""
        raise self._cannot("a table")

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        raise self._cannot("JSON")

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV: values only."""
        raise self._cannot("CSV")

    def to_tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV: terms with their types."""
        raise self._cannot("TSV")

    def to_xml(self) -> str:
        """SPARQL Query Results XML; characters that XML cannot hold become U+FFFD."""
        raise self._cannot("XML")

    def to_turtle(self) -> str:
        """Turtle, sorted, with kg's prefixes."""
        raise self._cannot("Turtle")

    def _cannot(self, format: str) -> QueryError:
        return QueryError(f"the query gives {self.kind}, which cannot be written as {format}")


class Truth(_Answer):
    """The answer to ASK: true or false."""

    kind = "yes or no"

    def __init__(self, value: bool) -> None:
        self.value = value

    def __bool__(self) -> bool:
        return self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bool | Truth) and bool(other) == self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Truth({self.value})"

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """One cell: yes or no."""
        return ("answer",), [("yes" if self.value else "no",)]

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        return f'{{"head":{{}},"boolean":{str(self.value).lower()}}}'

    def to_xml(self) -> str:
        """SPARQL Query Results XML."""
        data: bytes = self._parse().serialize(format=ox.QueryResultsFormat.XML)
        return data.decode()

    def to_csv(self) -> str:
        """The word true or false."""
        return str(self.value).lower()

    to_tsv = to_csv

    def _parse(self) -> Any:
        return ox.parse_query_results(self.to_json(), format=_JSON)


class Rows(_Answer):
    """The answer to SELECT: `columns`, `rows`, and the standard formats."""

    kind = "rows"

    def __init__(self, data: bytes) -> None:
        """From SPARQL 1.1 results in JSON."""
        self._data = data

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the query's order."""
        return tuple(variable.value for variable in self._parse().variables)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows; an IRI is an `Iri`, a literal a plain Python value, an unbound variable None."""
        return [Row.of(self.columns, [plain(term) for term in solution]) for solution in self._parse()]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"Rows({len(self)} × {', '.join(self.columns)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self.rows) == (other.columns, other.rows)

    __hash__ = None  # type: ignore[assignment]

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        return self._data.decode()

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV: values only, none that a spreadsheet would run (see `kg.cells`)."""
        return cells.to_csv(self.columns, (map(_lexical, solution) for solution in self._parse()))

    def to_tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV: terms with their types."""
        return self._write(ox.QueryResultsFormat.TSV)

    def to_xml(self) -> str:
        """SPARQL Query Results XML; characters that XML cannot hold become U+FFFD."""
        return NOT_XML.sub("\ufffd", self._write(ox.QueryResultsFormat.XML))

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Header and cells as short text, for a terminal: prefixed IRIs, nothing for None."""
        return self.columns, [tuple(shown(value) for value in row) for row in self.rows]

    def to_networkx(self) -> networkx.MultiDiGraph:
        """A graph with an edge a row, from the first column to the second; the others are its attributes."""
        import networkx

        graph = networkx.MultiDiGraph()
        source, target, *more = self.columns
        for row in self.rows:
            graph.add_edge(row[source], row[target], **{name: row[name] for name in more})
        return graph

    def to_rdflib(self) -> list[dict[str, Any]]:
        """Each row as a dictionary from column to rdflib term; unbound columns are left out."""
        import io

        from rdflib.query import Result

        result = Result.parse(io.BytesIO(self._data), format="json")
        return [{str(k): v for k, v in binding.items()} for binding in result.bindings]

    def to_pandas(self) -> Any:
        """A pandas DataFrame; pandas is not installed with kg."""
        pandas = importlib.import_module("pandas")
        return pandas.DataFrame([tuple(row) for row in self.rows], columns=list(self.columns))

    def _repr_html_(self) -> str:
        header, body = self.table()
        cells = "".join(_tr("td", row) for row in body[:_SHOWN])
        more = f"<p>and {len(body) - _SHOWN} more rows</p>" if len(body) > _SHOWN else ""
        return f"<table><thead>{_tr('th', header)}</thead><tbody>{cells}</tbody></table>{more}"

    def _parse(self) -> Any:
        return ox.parse_query_results(self._data, format=_JSON)

    def _write(self, format: ox.QueryResultsFormat) -> str:
        data: bytes = self._parse().serialize(format=format)
        return data.decode()


class Triples(_Answer):
    """The answer to CONSTRUCT or DESCRIBE."""

    kind = "triples"

    def __init__(self, data: bytes) -> None:
        """From N-Triples."""
        self._data = data

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """The triples, each once, sorted."""
        found = {quad.triple for quad in ox.parse(self._data, format=ox.RdfFormat.N_TRIPLES)}
        return sorted(found, key=str)

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"Triples({len(self)})"

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Subject, predicate and object as short text."""
        terms = ((t.subject, t.predicate, t.object) for t in self.triples)
        return ("subject", "predicate", "object"), [tuple(shown(plain(x)) for x in row) for row in terms]

    def to_turtle(self) -> str:
        """Turtle, sorted, with kg's prefixes."""
        return self._write(ox.RdfFormat.TURTLE)

    def to_ntriples(self) -> str:
        """N-Triples, sorted."""
        return self._write(ox.RdfFormat.N_TRIPLES)

    def to_rdflib(self) -> rdflib.Graph:
        """An rdflib graph."""
        import rdflib

        graph = rdflib.Graph()
        for prefix, base in iris.PREFIXES.items():
            graph.bind(prefix, base)
        return graph.parse(data=self._data, format="nt")

    def to_networkx(self) -> networkx.MultiDiGraph:
        """A graph with an edge a triple; literals are nodes too."""
        import networkx

        graph = networkx.MultiDiGraph()
        for triple in self.triples:
            ends = plain(triple.subject), plain(triple.object)
            graph.add_edge(*ends, key=plain(triple.predicate), predicate=plain(triple.predicate))
        return graph

    def _repr_html_(self) -> str:
        return draw(self.to_networkx())

    def _write(self, format: ox.RdfFormat) -> str:
        return rdf.serialize(self.triples, format).decode()


Answer: TypeAlias = Rows | Triples | Truth


def answer(results: Any) -> Answer:
    """The answer in what pyoxigraph's query gives."""
    if isinstance(results, ox.QuerySolutions):
        return Rows(results.serialize(format=_JSON) or b"")
    if isinstance(results, ox.QueryTriples):
        return Triples(results.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
    return Truth(bool(results))


_TYPES: Mapping[str, Any] = {
    "integer": int,
    "int": int,
    "long": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def plain(term: Any) -> Value:
    """A term as a plain value: `Iri`, int, Decimal, float, bool, date, datetime or text; None stays None.

    >>> plain(ox.Literal("2025-06-06", datatype=ox.NamedNode(iris.XSD + "date")))
    datetime.date(2025, 6, 6)
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    convert = _TYPES.get(term.datatype.value.removeprefix(iris.XSD))
    if convert is None or not term.datatype.value.startswith(iris.XSD):
        return term.value
    try:
        value: Value = convert(term.value)
    except (ValueError, ArithmeticError):
        return term.value  # an ill-typed literal, such as "soon"^^xsd:date
    return value


def _lexical(term: Any) -> str:
    """A term without its type, as SPARQL's CSV has it; nothing for None."""
    if term is None:
        return ""
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def shown(value: Value) -> str:
    """A value as short text: an IRI with its prefix, nothing for None."""
    if value is None:
        return ""
    return value.short if isinstance(value, Iri) else str(value)


def draw(graph: networkx.MultiDiGraph, size: int = 640) -> str:
    """A small graph as SVG, the same picture every time; of a large one its first hundred nodes."""
    import networkx

    small = networkx.Graph(graph.subgraph(list(graph)[:100]))
    places = networkx.spring_layout(small, seed=1) if small else {}
    at = {n: (size * (0.5 + 0.42 * x), size * (0.5 + 0.42 * y)) for n, (x, y) in places.items()}
    lines = [
        '<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}" stroke="#bbb"/>'.format(*at[a], *at[b])
        for a, b in small.edges
    ]
    names = [
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{_escape(shown(n)[:40])}</text>'
        for n, (x, y) in at.items()
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" '
        f'font-family="sans-serif" font-size="11">{"".join(lines + names)}</svg>'
    )


def _escape(text: str) -> str:
    return html.escape(NOT_XML.sub("\ufffd", text))


def _tr(tag: str, cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_escape(cell)}</{tag}>" for cell in cells) + "</tr>"


class StoredDocument(NamedTuple):
    """What a store tells of a document without reading its graph."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    content_hash: str


def stored_documents(rows: Rows) -> dict[str, StoredDocument]:
    """The documents in the answer to `sparql.DOCUMENTS`, by id."""
    found = {}
    for row in rows:
        title, publisher, published = (None if value is None else str(value) for value in row[1:4])
        found[str(row[0])] = StoredDocument(str(row[0]), title, publisher, published, str(row[4]))
    return found
