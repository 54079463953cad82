"""The few updates and queries that every store runs, as text.

The default graph is the merge of all named graphs, and what is said of those graphs themselves. So a
query that names no graph sees every triple once; a virtual union would give it once for every graph.

Values go in only as terms that Oxigraph has checked and written (`str(term)`), never as pasted text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import cast

import pyoxigraph as ox

from kg import ids, iris, rdf
from kg.errors import StoreError
from kg.store.results import StoredDocument

_DEFAULT = ox.DefaultGraph()

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


def drop_graph(graph: str) -> str:
    """An update that takes out a named graph, and from the merge what no other graph has."""
    name = ox.NamedNode(graph)
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }}\n"
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {name}) }} }} ;\n"
        f"DROP SILENT GRAPH {name}"
    )


# Only what a document itself asserts as certain, affirmed and not to come becomes a plain edge, and only
# from an actor to an actor, words or a statement.
DERIVE = f"""{_PREFIXES}
DELETE WHERE {{ <{iris.ASSERTED_GRAPH}> kg:contentHash ?hash }} ;
{drop_graph(iris.ASSERTED_GRAPH)} ;
INSERT {{ ?subject ?relation ?object . GRAPH <{iris.ASSERTED_GRAPH}> {{ ?subject ?relation ?object }} }}
WHERE {{ GRAPH ?graph {{
  ?claim kg:states ?statement ; kg:source ?source ; kg:tense ?tense ;
    kg:polarity kg:affirmed ; kg:modality kg:asserted ; kg:factuality kg:certain .
  FILTER(?tense != kg:future)
  VALUES ?self {{ kg:Publisher schema:NewsArticle }}
  ?source a ?self .
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object
}}
  VALUES ?actor {{ kg:Actor kg:LocalActor }}
  ?subject a ?actor
}}
"""

# Relations that no statement uses any more; the vocabulary's other terms are not from texts.
_PRUNE = f"""
DELETE {{ ?relation ?p ?o . GRAPH <{iris.VOCABULARY_GRAPH}> {{ ?relation ?p ?o }} }}
WHERE {{
  GRAPH <{iris.VOCABULARY_GRAPH}> {{ ?relation a kg:Relation ; ?p ?o }}
  FILTER NOT EXISTS {{ ?statement rdf:predicate ?relation }}
}}
"""

# What the derived graph was made from: the hashes of all documents that were there.
DERIVED = f"SELECT ?hash {{ <{iris.ASSERTED_GRAPH}> kg:contentHash ?hash }}"


def derive(documents: Iterable[StoredDocument]) -> tuple[str, str]:
    """The update that builds the derived graph, and the hash that says from which documents."""
    state = ids.content_id("state", *(d.content_hash for d in documents))
    name, about = ox.NamedNode(iris.ASSERTED_GRAPH), ox.NamedNode(f"{iris.KG}contentHash")
    return f"{DERIVE} ;\n{insert([ox.Quad(name, about, ox.Literal(state), _DEFAULT)])}", state


def document_graph(quads: Iterable[ox.Quad]) -> ox.NamedNode:
    """The named graph of the one document that these quads are about; shared graphs' may come along."""
    names = {q.graph_name for q in quads} - {_DEFAULT, *rdf.SHARED_GRAPHS}
    if len(names) != 1:
        raise StoreError(f"one document's graph was expected, not {len(names)}")
    return cast(ox.NamedNode, names.pop())


def replace_document(quads: Sequence[ox.Quad]) -> str:
    """An update that puts a document's quads in the place of all the store has of it."""
    return f"{drop_document(document_graph(quads).value)} ;\n{insert(quads)}"


def drop_document(graph: str) -> str:
    """An update that takes out a document's graph and what the default graph says of it."""
    return f"{drop_graph(graph)} ;\n{drop_provenance(graph)}"


def remove_document(graph: str) -> str:
    """An update that takes out a document, and the relations that only it used."""
    return f"{_PREFIXES}\n{drop_document(graph)} ;{_PRUNE}"


def drop_provenance(graph: str) -> str:
    """An update that takes out what the default graph says of a document's graph."""
    name, made = ox.NamedNode(graph), ox.NamedNode(f"{iris.PROV}wasGeneratedBy")
    return (
        f"DELETE {{ ?run ?p ?o }} WHERE {{ {name} {made} ?run . ?run ?p ?o }} ;\n"
        f"DELETE WHERE {{ {name} ?p ?o }}"
    )


def merged(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The triples of quads in named graphs, as quads of the default graph."""
    return [ox.Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != _DEFAULT]


def insert(quads: Iterable[ox.Quad]) -> str:
    """An update that inserts quads, those of named graphs into the merge too."""
    quads, blocks = list(quads), []
    quads += merged(quads)
    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        triples = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in group)
        blocks.append(triples if graph == _DEFAULT else f"GRAPH {graph} {{\n{triples}}}\n")
    return f"INSERT DATA {{\n{''.join(blocks)}}}"
