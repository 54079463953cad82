"""Every IRI and prefix that kg writes, and nowhere else."""

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
