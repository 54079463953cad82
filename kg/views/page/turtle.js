// Claims as Turtle: triples that the store holds too (kg/rdf writes them), enough to find them again.

const KINDS = ["polarity", "modality", "factuality", "tense"];

/** The claims with their statements; every triple of it is in the store. */
export function claimsAsTurtle(graph, claims) {
  const prefixes = Object.entries(graph.prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  return [...prefixes, "", ...claims.flatMap((c) => [claimBlock(graph, c), statementBlock(graph, c)])].join("\n");
}

function claimBlock(graph, c) {
  const { claims } = graph;
  const rows = [`kg:states ${statement(graph, c)}`];
  for (const kind of KINDS) rows.push(`kg:${kind} kg:${graph.word(c, kind)}`);
  if (claims.parent[c] >= 0) rows.push(`kg:nestedIn ${node(graph, claims.id[claims.parent[c]])}`);
  if (claims.spoken[c]) rows.push(...speaker(graph, c));
  if (graph.word(c, "cue")) rows.push(`kg:cue ${literal(graph.word(c, "cue"))}`);
  rows.push(`kg:confidence "${claims.confidence[c]}"^^xsd:decimal`);
  return block(node(graph, claims.id[c]), ["a kg:Claim", ...rows]);
}

function speaker(graph, c) {
  const [nearest] = graph.sources(c);
  return nearest.actor === null ? [] : [`kg:source ${node(graph, graph.actors.node[nearest.actor])}`];
}

function statementBlock(graph, c) {
  const inner = graph.claims.nested[c];
  const object = inner >= 0 ? statement(graph, inner) : place(graph, c, "object");
  const subject = place(graph, c, "subject");
  const rows = [`rdf:predicate <${graph.prefixes.rel}${escaped(graph.word(c, "predicate") ?? "")}>`];
  if (subject) rows.unshift(`rdf:subject ${subject}`);
  if (object) rows.push(`rdf:object ${object}`);
  return block(statement(graph, c), rows);
}

/** Who or what fills a place: an actor, or else the words of the text. */
function place(graph, c, column) {
  const part = graph.part(c, column);
  if (!part) return null;
  if (part.actor !== null) return node(graph, graph.actors.node[part.actor]);
  return part.node ? node(graph, `${graph.documents.node[graph.claims.document[c]]}-${part.node}`) : null;
}

function statement(graph, c) {
  return node(graph, graph.claims.id[c].replace(/^c-/, "st-"));
}

function block(subject, rows) {
  return `${subject}\n    ${rows.join(" ;\n    ")} .\n`;
}

/** A node by its local name; written in full, so that no name needs escapes that Turtle's short form has. */
function node(graph, local) {
  return `<${graph.prefixes.id}${escaped(local)}>`;
}

/** Without what an IRI cannot hold; names out of a store pass unchanged. */
function escaped(local) {
  return local.toWellFormed().replaceAll(/[^\w.~%-]/gu, encodeURIComponent);
}

function literal(text) {
  const signs = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };
  return `"${text.replaceAll(/[\\"\n\r]/g, (sign) => signs[sign])}"`;
}
