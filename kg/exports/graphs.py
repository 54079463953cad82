"""The graph of actors for network tools: a node for each actor, an edge for each claim between two.

An edge is a claim, not a fact: it carries who says so, polarity, modality and factuality.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kg import cells, iris
from kg.store import Iri, Rows, Store
from kg.store.results import NOT_XML, shown

if TYPE_CHECKING:
    import networkx as nx

NODES = ("id", "label", "type", "country", "sector")
EDGES = (
    *("id", "source", "target", "relation", "polarity", "modality", "factuality", "tense"),
    *("said_by", "date", "confidence", "statement", "sentence", "article"),
)

_NODES = """
SELECT ?id (MIN(?l) AS ?label) (MIN(?t) AS ?type) (MIN(?c) AS ?country) (MIN(?s) AS ?sector) {
  VALUES ?class { kg:Actor kg:LocalActor }
  ?id a ?class ; rdfs:label ?l .
  OPTIONAL { ?id kg:actorType ?t }
  OPTIONAL { ?id kg:countryCode ?c }
  OPTIONAL { ?id kg:sector ?s }
} GROUP BY ?id ORDER BY ?id
"""
_EDGES = """
SELECT ?id ?source ?target ?relation ?polarity ?modality ?factuality ?tense
    ?said_by ?date ?confidence ?statement ?sentence ?article {
  { SELECT * {
    GRAPH ?graph {
      ?st rdf:subject ?source ; rdf:object ?target ; rdf:predicate ?predicate ; rdfs:label ?statement .
      ?id kg:states ?st ; kg:polarity ?polarity ; kg:modality ?modality ; kg:factuality ?factuality ;
        kg:tense ?tense ; kg:confidence ?confidence ; kg:inSentence/nif:anchorOf ?sentence ; kg:source ?by .
      ?document a schema:NewsArticle ; dct:identifier ?article .
      OPTIONAL { ?st kg:when/kg:value ?when }
      OPTIONAL { ?document schema:datePublished ?published }
      BIND(COALESCE(?when, ?published) AS ?date)
    }
  } }
  VALUES ?class1 { kg:Actor kg:LocalActor }
  VALUES ?class2 { kg:Actor kg:LocalActor }
  ?source a ?class1 . ?target a ?class2 .
  ?predicate rdfs:label ?relation .
  ?by rdfs:label|nif:anchorOf|dct:identifier ?said_by
} ORDER BY ?article ?id
"""


def actor_graph(store: Store) -> nx.MultiDiGraph:
    """Actors and the claims between them, as a networkx graph; missing values are left out."""
    import networkx as nx  # slow to import

    graph = nx.MultiDiGraph()
    for node, *values in _rows(store, _NODES):
        graph.add_node(node, **_present(NODES[1:], values))
    for edge, source, target, *values in _rows(store, _EDGES):
        graph.add_edge(source, target, key=edge, **_present(EDGES[3:], values))
    return graph


def graphml(store: Store, out: BinaryIO) -> None:
    """GraphML of the actors and the claims between them: yEd, Gephi, igraph, networkx."""
    import networkx as nx

    nx.write_graphml_xml(actor_graph(store), out)


def gexf(store: Store, out: BinaryIO) -> None:
    """GEXF of the actors and the claims between them, with dates: Gephi's timeline."""
    import networkx as nx

    graph = actor_graph(store)
    for *_, data in graph.edges(data=True):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", data.get("date", "")):
            data["start"] = data["end"] = data["date"]
    written = io.BytesIO()
    nx.write_gexf(graph, written)
    # networkx notes the day of writing, and the same store must give the same bytes.
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue(), count=1))


def csv_edges(store: Store, out: BinaryIO) -> None:
    """CSV of the claims between actors, one a line (`csv-nodes` has the actors)."""
    out.write(cells.to_csv(EDGES, _rows(store, _EDGES)).encode())


def csv_nodes(store: Store, out: BinaryIO) -> None:
    """CSV of the actors, one a line."""
    out.write(cells.to_csv(NODES, _rows(store, _NODES)).encode())


def cypher(store: Store, out: BinaryIO) -> None:
    """Cypher for Neo4j and its kin: MERGE for every actor and every claim between two."""
    for node, *values in _rows(store, _NODES):
        properties = _assignments("a", NODES[1:], values)
        out.write(f"MERGE (a:Actor {{id: {_quoted(node)}}}){properties};\n".encode())
    for edge, source, target, *values in _rows(store, _EDGES):
        ends = f"MATCH (a:Actor {{id: {_quoted(source)}}}), (b:Actor {{id: {_quoted(target)}}})"
        claim = f"MERGE (a)-[c:CLAIM {{id: {_quoted(edge)}}}]->(b){_assignments('c', EDGES[3:], values)}"
        out.write(f"{ends} {claim};\n".encode())


def _rows(store: Store, query: str) -> Iterable[list[Any]]:
    """The answer's rows as text and numbers; our own nodes by their ids, terms by their names."""
    for row in cast(Rows, store.query(query)):
        yield [_value(value) for value in row]


def _value(value: object) -> str | float | None:
    if isinstance(value, Iri):
        return re.sub(f"^({re.escape(iris.ID)}|{re.escape(iris.KG)})", "", value)
    if value is None or isinstance(value, str):
        return value and NOT_XML.sub("\ufffd", value)
    return shown(value) if isinstance(value, date) else float(value)  # type: ignore[arg-type]


def _present(names: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _assignments(node: str, names: Iterable[str], values: Iterable[Any]) -> str:
    pairs = [f"{node}.{name} = {_quoted(value)}" for name, value in _present(names, values).items()]
    return f" SET {', '.join(pairs)}" if pairs else ""


def _quoted(value: str | float) -> str:
    """A value as a Cypher literal.

    >>> _quoted("it's a \\\\ 'test'\\n")
    "'it\\\\'s a \\\\\\\\ \\\\'test\\\\'\\\\n'"
    """
    if not isinstance(value, str):
        return repr(value)
    escapes = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "'" + "".join(escapes.get(c, c) for c in value) + "'"
