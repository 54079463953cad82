"""Every IRI and prefix that kg writes, and nowhere else."""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from kg import ids

BASE = "https://w3id.org/geopolitical-kg/"

KG = BASE + "ontology#"
REL = BASE + "relation/"
ID = BASE + "id/"
PLOVER = BASE + "plover/"
CAMEO = BASE + "cameo/"

SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
DCT = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES = {
    "kg": KG,
    "rel": REL,
    "id": ID,
    "plover": PLOVER,
    "cameo": CAMEO,
    "sem": SEM,
    "nif": NIF,
    "prov": PROV,
    "org": ORG,
    "skos": SKOS,
    "schema": SCHEMA,
    "dct": DCT,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "wd": WIKIDATA,
}

VERSION = "0.3.0"
ONTOLOGY = BASE + "ontology"
ONTOLOGY_VERSION = f"{ONTOLOGY}/{VERSION}"

# Names that no actor may have: of documents and what belongs to them, publishers, roles, a user's own types,
# claims, events.
_RESERVED = re.compile(r"(doc|graph|run|publisher|role|type)-|(c|st|e)-[0-9a-f]{16}$")


@lru_cache(maxsize=4096)  # each claim of a document asks for the same few
def actor(actor_id: str) -> str:
    """An actor's IRI. An id that could pass for another kind of node is escaped; `actor_id` undoes it.

    >>> actor("donald-trump").removeprefix(ID), actor("graph-actors").removeprefix(ID)
    ('donald-trump', 'graph%2Dactors')
    """
    local = quote(actor_id, safe="").replace(".", "%2E")  # not every Turtle reader takes a dot at the end
    return ID + (local.replace("-", "%2D", 1) if _RESERVED.match(local) else local)


def actor_id(iri: str) -> str:
    """The actor's id in its IRI.

    >>> actor_id(actor("graph-actors")), actor_id(actor("Ÿ/x"))
    ('graph-actors', 'Ÿ/x')
    """
    return unquote(iri.removeprefix(ID))


def document(document_id: str) -> str:
    """A document's IRI: a readable stem, then a hash of the whole id (a path or a record's name).

    >>> document("data/articles/tariffs.txt").removeprefix(ID)
    'doc-tariffs-b1235e0ef63c0e61'
    """
    return f"{ID}doc-{_document_name(document_id)}"


def graph(document_id: str) -> str:
    """The named graph of a document."""
    return f"{ID}graph-{_document_name(document_id)}"


def run(document_id: str) -> str:
    """The run that read a document."""
    return f"{ID}run-{_document_name(document_id)}"


@lru_cache(maxsize=64)  # each node of a document asks
def _document_name(document_id: str) -> str:
    return ids.content_id(ids.slug(PurePosixPath(document_id).stem)[:40], document_id)


def publisher(name: str) -> str:
    """A publisher's IRI. Plain words can be read in it, and names that differ in anything have two.

    >>> publisher("The Example Times").removeprefix(ID)
    'publisher-The-Example-Times'
    >>> publisher("Россия 24").removeprefix(ID), publisher("Україна 24").removeprefix(ID)
    ('publisher-24--f9377daf8eb0c318', 'publisher-24--962fe00578b7e455')
    """
    plain = re.fullmatch(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*", name) is not None
    stem = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:40]
    return f"{ID}publisher-{name.replace(' ', '-') if plain else ids.content_id(f'{stem}-', name)}"


def relation(lemma: str, voice: str = "active") -> str:
    """A relation's IRI; in the passive its subject is the one to whom it is done, so it is another relation.

    A lemma of plain words can be read in it. Any IRI ends in what XML takes for a name, as RDF/XML needs.

    >>> relation("reach out to").removeprefix(REL), relation("seize", "passive").removeprefix(REL)
    ('reach_out_to', 'seize.passive')
    >>> relation("50 %").removeprefix(REL)
    'r-50-97945fd39c62e84a'
    """
    plain = re.fullmatch(r"[A-Za-z][A-Za-z -]*", lemma) is not None
    local = lemma.replace(" ", "_") if plain else ids.content_id(f"r-{ids.slug(lemma)[:40]}", lemma)
    return REL + (local if voice == "active" else f"{local}.{voice}")


def statement(claim_id: str) -> str:
    """The statement that a claim makes: its IRI carries the claim's own hash.

    >>> statement("c-5d93396a0612798a").removeprefix(ID)
    'st-5d93396a0612798a'
    """
    return ID + "st-" + claim_id.removeprefix("c-")


def mention(document_id: str, start: int, end: int, number: int = 1) -> str:
    """The words from `start` to `end` of a document; `number` tells several readings of them apart.

    >>> mention("a", 12, 27).rpartition("-m")[2], mention("a", 12, 27, 2).rpartition("-m")[2]
    ('12-27', '12-27-2')
    """
    name = f"{document(document_id)}-m{start}-{end}"
    return name if number == 1 else f"{name}-{number}"


def sentence(document_id: str, index: int) -> str:
    """A sentence of a document, by its number from 0."""
    return f"{document(document_id)}-s{index}"


def sentence_index(iri: str) -> int:
    """The number of a sentence in its document.

    >>> sentence_index(sentence("a", 7))
    7
    """
    return int(iri.rpartition("-s")[2])


def claim_of(iri: str) -> str | None:
    """The id of the claim that makes a statement; None if the node is no statement.

    >>> claim_of(statement("c-5d93396a0612798a")), claim_of(actor("china"))
    ('c-5d93396a0612798a', None)
    """
    found = re.fullmatch(r"st-([0-9a-f]{16})", iri.removeprefix(ID))
    return None if found is None else f"c-{found[1]}"


def role_held(actor_id: str, *what: object) -> str:
    """An office that an actor held, by what it was and when."""
    return ID + ids.content_id("role", actor_id, *what)


def argument(role: str) -> str:
    """The property from a statement to an argument's words.

    >>> argument("manner").removeprefix(KG)
    'mannerArgument'
    """
    return f"{KG}{quote(role, safe='')}Argument"


def argument_role(iri: str) -> str | None:
    """The role that an argument's property stands for; None for other properties.

    >>> argument_role(argument("manner")), argument_role(KG + "states")
    ('manner', None)
    """
    if not (iri.startswith(KG) and iri.endswith("Argument")):
        return None
    return unquote(iri.removeprefix(KG).removesuffix("Argument"))


def event_type(name: str) -> str:
    """A PLOVER type's concept."""
    return PLOVER + quote(name, safe="")


def own_type(name: str) -> str:
    """The concept of a type of a user's own.

    >>> own_type("Hunger strike").removeprefix(ID)
    'type-Hunger%20strike'
    """
    return f"{ID}type-{quote(name, safe='')}"


def event_mode(type_name: str, mode: str) -> str:
    """The concept of a PLOVER mode, which belongs to a type.

    >>> event_mode("REQUEST", "meet").removeprefix(PLOVER)
    'REQUEST-meet'
    """
    return f"{PLOVER}{quote(type_name, safe='')}-{quote(mode, safe='')}"


def event_context(name: str) -> str:
    """The concept of a PLOVER context."""
    return f"{PLOVER}context-{quote(name, safe='')}"


def event_term(iri: str) -> str:
    """The name of a PLOVER type, mode or context, or of a user's own type, in its IRI.

    >>> event_term(event_type("ASSAULT")), event_term(own_type("Hunger strike"))
    ('ASSAULT', 'Hunger strike')
    """
    return unquote(iri.removeprefix(PLOVER).removeprefix(f"{ID}type-"))


def event_context_name(iri: str) -> str:
    """The name of a PLOVER context in its IRI."""
    return event_term(iri).removeprefix("context-")


def cameo(code: str) -> str:
    """A CAMEO code's concept; codes are strings: "036"."""
    return CAMEO + quote(code, safe="")


def cameo_code(iri: str) -> str:
    """The code in the IRI of its concept.

    >>> cameo_code(cameo("036"))
    '036'
    """
    return unquote(iri.removeprefix(CAMEO))


def quad_class(number: int) -> str:
    """The concept of a quad class, 1 to 4."""
    return f"{PLOVER}quad-{number}"


def quad_number(iri: str) -> int:
    """The number of a quad class.

    >>> quad_number(quad_class(3))
    3
    """
    return int(iri.removeprefix(f"{PLOVER}quad-"))


ACTORS_GRAPH = ID + "graph-actors"  # who is who, with dated roles; not from any article
ASSERTED_GRAPH = ID + "graph-asserted"  # derived: plain edges for what documents assert as certain
STORE_GRAPH = ID + "graph-store"  # what a store knows of itself: from which folder it is; never exported
JUDGEMENTS_GRAPH = ID + "graph-judgements"  # what people decided of who is who, as lines; never exported
TYPES_GRAPH = ID + "graph-types"  # a user's table of event types, as lines; never exported
VOCABULARY_GRAPH = ID + "graph-vocabulary"  # the terms that documents use: names, voices, scores
PROVENANCE_GRAPH = ID + "graph-provenance"  # what is said of graphs, on servers without a default graph
# What a store remembers beside its documents.
KEPT_GRAPHS = frozenset({STORE_GRAPH, JUDGEMENTS_GRAPH, TYPES_GRAPH})
