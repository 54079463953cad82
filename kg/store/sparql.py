"""The few updates and queries that every store runs, as text.

`Layout` says where things are. With a default graph, that is the merge of all named graphs, and what is said
of those graphs themselves; so a query that names no graph sees every triple once. A server whose default
graph is the union of the named ones gives a triple once for every graph that has it; there, what is said of
graphs has a graph of its own.

Values go in only as terms that Oxigraph has checked and written (`str(term)`), never as pasted text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

import pyoxigraph as ox

from kg import ids, iris, rdf
from kg.errors import StoreError
from kg.store.results import StoredDocument

_DEFAULT = ox.DefaultGraph()
_COPY_OF = ox.NamedNode(f"{iris.KG}copyOf")

DOCUMENTS = """
SELECT ?id ?title ?publisher ?published ?hash {
  ?graph kg:contentHash ?hash ; prov:wasDerivedFrom ?document
  GRAPH ?graph {
    ?document dct:identifier ?id
    OPTIONAL { ?document schema:headline ?title }
    OPTIONAL { ?document schema:publisher/rdfs:label ?publisher }
    OPTIONAL { ?document schema:datePublished ?published }
  }
} ORDER BY ?id
"""

_PREFIXES = "\n".join(f"PREFIX {prefix}: <{base}>" for prefix, base in iris.PREFIXES.items())

# What is said of the named graphs: all that the default graph holds beside their merge.
PROVENANCE = """
CONSTRUCT { ?s ?p ?o } {
  { SELECT DISTINCT ?s { ?graph kg:contentHash ?hash BIND(?graph AS ?s) } }
  UNION { SELECT DISTINCT ?s { ?graph kg:contentHash ?hash ; prov:wasGeneratedBy ?s } }
  UNION { SELECT DISTINCT ?s { ?graph a kg:DocumentGraph BIND(?graph AS ?s) } }
  ?s ?p ?o
}
"""


# Which documents nearly repeat which others.
COPIES = """
SELECT ?copy ?first {
  ?graph kg:copyOf ?other
  GRAPH ?graph { ?document a schema:NewsArticle ; dct:identifier ?copy }
  GRAPH ?other { ?one a schema:NewsArticle ; dct:identifier ?first }
} ORDER BY ?copy
"""

# By document, what its graph was made by, and which decisions about who is who it honours.
MADE_BY, HONOURED = (
    f"""
SELECT ?id ?what {{
  ?graph prov:wasGeneratedBy/kg:{how} ?what
  GRAPH ?graph {{ ?document a schema:NewsArticle ; dct:identifier ?id }}
}} ORDER BY ?id ?what
"""
    for how in ("madeBy", "honours")
)

# The versions of the ontology that the documents' graphs keep to.
VERSIONS = (
    "SELECT DISTINCT ?version { ?graph a kg:DocumentGraph ; dct:conformsTo ?version } ORDER BY ?version"
)

# What the derived graph was made from: the hashes of all documents that were there.
DERIVED = f"SELECT ?hash {{ <{iris.ASSERTED_GRAPH}> kg:contentHash ?hash }}"

# The folder that the store was built from, to which the ids of its documents are relative.
BASE = f"SELECT ?base {{ GRAPH <{iris.STORE_GRAPH}> {{ ?store dct:source ?base }} }}"


def keep_base(base: str) -> str:
    """An update that puts the folder in the place of the one before."""
    store = ox.NamedNode(iris.STORE_GRAPH)
    row = f"{store} <{iris.DCT}source> {ox.Literal(base)}"
    return f"DROP SILENT GRAPH {store} ;\nINSERT DATA {{ GRAPH {store} {{ {row} }} }}"


def lines_in(graph: str) -> str:
    """A query for the lines of a person's file that a graph keeps, in their order."""
    name = ox.NamedNode(graph)
    return f"SELECT ?line {{ GRAPH {name} {{ ?node rdf:value ?line ; kg:order ?order }} }} ORDER BY ?order"


def keep_lines(graph: str, lines: Sequence[str]) -> str:
    """An update that puts the lines of a person's file in the place of those before."""
    name = ox.NamedNode(graph)
    rows = []
    for n, line in enumerate(lines):
        order = ox.Literal(f"{n:06}")
        rows.append(f"<{iris.ID}line-{n}> rdf:value {ox.Literal(line)} ; kg:order {order} .")
    return f"{_PREFIXES}\nDROP SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{ {' '.join(rows)} }} }}"


@dataclass(frozen=True)
class Layout:
    """Updates for a store that keeps what is said of graphs in its default graph, or in one of its own."""

    provenance: ox.NamedNode | None = None

    def drop_graph(self, graph: str) -> str:
        """Takes out a named graph, and from the merge what no other graph has."""
        name = ox.NamedNode(graph)
        if self.provenance is not None:
            return f"DROP SILENT GRAPH {name}"
        return (
            f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }}\n"
            f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {name}) }} }} ;\n"
            f"DROP SILENT GRAPH {name}"
        )

    def thin_graph(self, graph: str, most: int) -> str:
        """Takes `most` triples out of a named graph, and from the merge those that no other graph has.

        For a store with a merge: it holds in memory what an update changes, so a large graph goes in steps.
        """
        name, row = ox.NamedNode(graph), "?s ?p ?o"
        return (
            f"DELETE {{ ?only ?p ?o . GRAPH {name} {{ {row} }} }} WHERE {{\n"
            f"{{ SELECT * {{ GRAPH {name} {{ {row} }} }} LIMIT {most} }}\n"
            f"BIND(EXISTS {{ GRAPH ?other {{ {row} }} FILTER(?other != {name}) }} AS ?stays)\n"
            "BIND(IF(?stays, ?nothing, ?s) AS ?only) }"
        )

    def drop_provenance(self, graph: str) -> str:
        """Takes out what is said of a document's graph."""
        name, made = ox.NamedNode(graph), ox.NamedNode(f"{iris.PROV}wasGeneratedBy")
        run, about = self._said("?run ?p ?o"), self._said(f"{name} ?p ?o")
        copies = self._said(f"?copy {_COPY_OF} {name}")
        return (
            f"DELETE {{ {run} }} WHERE {{ {self._said(f'{name} {made} ?run . ?run ?p ?o')} }} ;\n"
            f"DELETE {{ {about} }} WHERE {{ {about} }} ;\nDELETE {{ {copies} }} WHERE {{ {copies} }}"
        )

    def keep_copies(self, copies: Mapping[str, str]) -> str:
        """Puts which documents are copies of which in the place of what was known of that."""
        old = self._said(f"?copy {_COPY_OF} ?first")
        graphs = ((ox.NamedNode(iris.graph(id)) for id in pair) for pair in copies.items())
        rows = [ox.Quad(copy, _COPY_OF, first, _DEFAULT) for copy, first in graphs]
        return f"DELETE {{ {old} }} WHERE {{ {old} }} ;\n{self.insert(rows)}"

    def drop_document(self, graph: str) -> str:
        """Takes out a document's graph and what is said of it."""
        return f"{self.drop_graph(graph)} ;\n{self.drop_provenance(graph)}"

    def prune(self) -> str:
        """Takes out of the shared graphs what no document's graph speaks of any more.

        An actor goes with its roles, which point to it; of terms the quad classes go last, since types do.
        """
        actors, terms = ox.NamedNode(iris.ACTORS_GRAPH), ox.NamedNode(iris.VOCABULARY_GRAPH)
        derived = ox.NamedNode(iris.ASSERTED_GRAPH)
        unspoken = (
            f"FILTER NOT EXISTS {{ GRAPH ?g {{ {{ ?x ?y ?node }} UNION {{ ?node ?x ?y }} }}\n"
            f"FILTER(?g NOT IN ({actors}, {terms}, {derived})) }}"
        )
        role, term = "?role ?p ?o", "?node ?p ?o"
        unused = f"{unspoken} FILTER NOT EXISTS {{ GRAPH {terms} {{ ?user ?z ?node }} }}"
        return " ;\n".join(
            (
                f"DELETE {{ {self._everywhere(role, actors)} }}\n"
                f"WHERE {{ GRAPH {actors} {{ ?role org:member ?node ; ?p ?o }} {unspoken} }}",
                f"DELETE {{ {self._everywhere(term, actors)} }}\n"
                f"WHERE {{ GRAPH {actors} {{ ?node a kg:Actor ; ?p ?o }} {unspoken} }}",
                *[
                    f"DELETE {{ {self._everywhere(term, terms)} }}\n"
                    f"WHERE {{ GRAPH {terms} {{ {term} }} {unused} }}"
                ]
                * 2,
            )
        )

    def replace_document(self, quads: Sequence[ox.Quad]) -> str:
        """Puts a document's quads in the place of all the store has of it."""
        return f"{self.drop_old(document_graph(quads).value, quads)} ;\n{self.insert(quads)}"

    def drop_old(self, document: str, quads: Iterable[ox.Quad]) -> str:
        """Takes out a document's graph and what is said of it, and who the actors were that these quads
        describe anew, for a table or a decision may say otherwise now."""
        graph = ox.NamedNode(iris.ACTORS_GRAPH)
        named = {str(q.subject) for q in quads if q.graph_name == graph and q.object == rdf.KG.Actor}
        dropped = self.drop_document(document)
        if not named:
            return dropped
        row = "?node ?p ?o"
        other = f"FILTER NOT EXISTS {{ GRAPH ?other {{ {row} }} FILTER(?other != {graph}) }}"
        actors, member = " ".join(sorted(named)), f"<{iris.ORG}member>"
        old = (
            f"VALUES ?actor {{ {actors} }} GRAPH {graph} {{ ?node {member} ?actor ; ?p ?o }}",
            f"VALUES ?node {{ {actors} }} GRAPH {graph} {{ {row} }}",
        )
        drops = [f"DELETE {{ {self._everywhere(row, graph)} }} WHERE {{ {what} {other} }}" for what in old]
        return " ;\n".join((dropped, *drops))

    def insert(self, quads: Iterable[ox.Quad]) -> str:
        """Inserts quads, each where it belongs."""
        blocks = []
        for graph, group in groupby(self.placed(quads), key=lambda quad: quad.graph_name):
            triples = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in group)
            blocks.append(triples if graph == _DEFAULT else f"GRAPH {graph} {{\n{triples}}}\n")
        return f"INSERT DATA {{\n{''.join(blocks)}}}"

    def placed(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """Quads in the graphs that hold them; of named ones first, in the merge too if there is one."""
        named: list[ox.Quad] = []
        said: list[ox.Quad] = []
        for quad in quads:
            (said if quad.graph_name == _DEFAULT else named).append(quad)
        named.sort(key=lambda quad: str(quad.graph_name))  # stable: each graph keeps its order
        if self.provenance is None:
            return named + [ox.Quad(q.subject, q.predicate, q.object) for q in named] + said
        return named + [ox.Quad(q.subject, q.predicate, q.object, self.provenance) for q in said]

    def derive(self, documents: Iterable[StoredDocument], new: Collection[str] = ()) -> tuple[str, str]:
        """Builds the derived graph anew, the shared ones without what is spoken of no more; or adds what
        these new graphs say; and the hash that says from which documents.

        Only what a document itself asserts as certain, affirmed and not to come becomes a plain edge, and
        only from an actor to an actor, words or a statement. Whether a subject is an actor is asked of each:
        as a pattern, Oxigraph may run through all actors for each claim.
        """
        state = derived_from(documents)
        name, about = ox.NamedNode(iris.ASSERTED_GRAPH), ox.NamedNode(f"{iris.KG}contentHash")
        old = self._said(f"{name} {about} ?hash")
        update = f"""{_PREFIXES}
DELETE {{ {old} }} WHERE {{ {old} }} ;
{"" if new else f"{self.drop_graph(iris.ASSERTED_GRAPH)} ; {self.prune()} ;"}
INSERT {{ {self._everywhere("?subject ?relation ?object", name)} }}
WHERE {{
  {f"VALUES ?graph {{ {' '.join(str(ox.NamedNode(graph)) for graph in new)} }}" if new else ""}
  GRAPH ?graph {{
    ?claim kg:states ?statement ; kg:source ?source ; kg:tense ?tense ;
      kg:polarity kg:affirmed ; kg:modality kg:asserted ; kg:factuality kg:certain .
    FILTER(?tense != kg:future)
    VALUES ?self {{ kg:Publisher schema:NewsArticle }}
    ?source a ?self .
    ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object
  }}
  FILTER(EXISTS {{ ?subject a kg:Actor }} || EXISTS {{ ?subject a kg:LocalActor }})
}} ;
{self.insert([ox.Quad(name, about, ox.Literal(state), _DEFAULT)])}"""
        return update, state

    def _said(self, pattern: str) -> str:
        return pattern if self.provenance is None else f"GRAPH {self.provenance} {{ {pattern} }}"

    def _everywhere(self, row: str, graph: ox.NamedNode) -> str:
        merge = f"{row} . " if self.provenance is None else ""
        return f"{merge}GRAPH {graph} {{ {row} }}"


def derived_from(documents: Iterable[StoredDocument]) -> str:
    """A hash of documents as they are."""
    return ids.content_id("state", *(d.content_hash for d in documents))


MERGED = Layout()
UNION = Layout(ox.NamedNode(iris.PROVENANCE_GRAPH))


def document_graph(quads: Iterable[ox.Quad]) -> ox.NamedNode:
    """The named graph of the one document that these quads are about; shared graphs' may come along."""
    names = {q.graph_name for q in quads} - {_DEFAULT, *rdf.SHARED_GRAPHS}
    if len(names) != 1:
        raise StoreError(f"one document's graph was expected, not {len(names)}")
    return cast(ox.NamedNode, names.pop())
