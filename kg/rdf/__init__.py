"""The model as RDF and back: one named graph per document, two shared ones, provenance in the default graph.

    text        schema:NewsArticle, kg:Sentence, kg:Mention
    statement   kg:Statement        rdf:subject, rdf:predicate, rdf:object (an actor, words, or a statement)
    claim       kg:Claim            a source reports a statement: polarity, modality, factuality, evidence
    event       kg:Event            a coded reading of a claim's statement
    actors      kg:Actor            known ones in the actors' graph, with dated roles; a document's graph has
                                    what they were on its date, and the actors that no table knows
    vocabulary  kg:ActiveRelation, kg:PassiveRelation, plover:, cameo:    the terms that documents use

Every node has an IRI, there are no blank nodes, and the same input gives the same quads in the same order.
Everything is said in so many words: documents, sentences, mentions, statements, claims, events, actors and
relations have their class, each piece of text its place, each claim and event all of its own values, equal to
its neighbour's or not. A query finds what it asks for on the node that it asks about, and nobody has to know
what kg would have left out. Two things are read elsewhere: an event's quad class is its type's, as the
codebook has it, and an order is written (kg:order) where sorting by place or id would not give it back.
"""

from kg.rdf.background import actor_quads, with_actors
from kg.rdf.files import serialize, sorted_prefixes
from kg.rdf.literals import SPAN, date_literal, span_of
from kg.rdf.parser import read_document
from kg.rdf.provenance import content_hash, provenance_quads
from kg.rdf.vocabulary import (
    ACTORS_GRAPH,
    DCT,
    DEFAULT,
    KG,
    NIF,
    ORG,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SHARED_GRAPHS,
    SKOS,
    VOCABULARY_GRAPH,
    XSD,
)
from kg.rdf.writer import document_quads

__all__ = [
    "ACTORS_GRAPH", "DCT", "DEFAULT", "KG", "NIF", "ORG", "PROV", "RDF", "RDFS", "SCHEMA", "SEM",
    "SHARED_GRAPHS", "SKOS", "SPAN", "VOCABULARY_GRAPH", "XSD", "actor_quads", "content_hash", "date_literal",
    "document_quads", "provenance_quads", "read_document", "serialize", "sorted_prefixes",
    "span_of", "with_actors",
]  # fmt: skip
