// The graph as the file holds it (kg/views/payload.py writes it): columns, read one claim at a time.

/** The graph in this page: what a picture needs, then (`readRest`) the texts and whatever else is asked for. */
export async function readGraph() {
  return new Graph(await readBlock("graph"));
}

/** A block of data; a large one is packed with gzip. */
async function readBlock(id) {
  const found = JSON.parse(document.getElementById(id).textContent);
  return typeof found === "string" ? JSON.parse(await unpack(found)) : found;
}

async function unpack(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export class Graph {
  constructor(raw) {
    Object.assign(this, raw); // title, built, classes, prefixes, actors, documents, ties, claims
    this.actorCount = raw.actors.id.length;
    this.tieCount = raw.ties.from.length;
    this.claimCount = raw.claims.status.length;
    this.actorNumbers = new Map(raw.actors.id.map((id, i) => [id, i]));
    this.tiesOfActor = this.groupTies();
    this.claimsOfActor = this.groupClaims();
    this.tieNumbers = new Map(raw.ties.from.map((from, t) => [from * this.actorCount + raw.ties.to[t], t]));
  }

  /** The columns that the first picture did without. */
  async readRest() {
    const { documents, claims } = await readBlock("rest");
    this.documents = documents;
    Object.assign(this.claims, claims);
  }

  groupTies() {
    const groups = Array.from({ length: this.actorCount }, () => []);
    for (let t = 0; t < this.tieCount; t++) {
      groups[this.ties.from[t]].push(t);
      groups[this.ties.to[t]].push(t);
    }
    return groups;
  }

  groupClaims() {
    const groups = Array.from({ length: this.actorCount }, () => []);
    this.claims.actors.forEach((actors, c) => actors.forEach((a) => groups[a].push(c)));
    return groups;
  }

  /** A word of claim c: its status, cue, event …; null where it has none. */
  word(c, column) {
    const number = this.claims[column][c];
    return number < 0 ? null : this.claims.words[number];
  }

  sentence(c) {
    return this.claims.sentences[this.claims.sentence[c]];
  }

  /** {text, start, end, actor} of the claim's subject, relation or object; null where it has none. */
  part(c, column) {
    return this.readPart(this.claims[column][c], c);
  }

  readPart(part, c) {
    if (!part) return null;
    const apart = typeof part[0] === "string"; // words that stand elsewhere than in the sentence
    const [start, end] = apart ? [null, null] : part;
    const [actor = -1, node = null] = part.slice(apart ? 1 : 2);
    const text = apart ? part[0] : this.sentence(c).slice(start, end);
    return { text, start, end, actor: actor < 0 ? null : actor, node };
  }

  /** What a part is called: its actor's label, else its words. */
  called(part) {
    if (!part) return "";
    return part.actor === null ? part.text : this.actors.label[part.actor];
  }

  /** Those who say so, nearest first: [{text, actor}]. */
  sources(c) {
    return this.claims.sources[c].map(([text, actor = null]) => ({ text, actor }));
  }

  document(c) {
    const number = this.claims.document[c];
    return Object.fromEntries(Object.entries(this.documents).map(([key, column]) => [key, column[number]]));
  }

  publisher(c) {
    return this.documents.publisher[this.claims.document[c]] ?? null;
  }

  /** All claims behind a tie, acts before speech. */
  tieClaims(t) {
    return [...this.ties.acts[t], ...this.ties.speech[t]];
  }

  tieBetween(from, to) {
    return this.tieNumbers.get(from * this.actorCount + to) ?? null;
  }
}
