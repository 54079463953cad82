// What is shown: every filter is one bit a claim may fail, so that each facet counts what the others let through.
import { readable } from "./card.js";

export const STATUSES = ["asserted", "claimed", "denied", "negated"];
export const DEFAULT_STATUSES = ["asserted", "claimed"];
const NO_DATE = -1e9;

/** A facet names the values of a claim (`value`) or of its actors (`actorValue`, one of which must be chosen). */
const FACETS = [
  { name: "event", title: "What happens", value: (g, c) => g.word(c, "event") ?? "", label: (v) => (v ? readable(v) : "Not coded") },
  { name: "speaker", title: "Claimed by", value: (g, c) => speakerOf(g, c), label: (v) => v || "The article itself" },
  { name: "realis", title: "Has it come about?", value: (g, c) => g.word(c, "realis"), label: (v) => REALIS_LABELS[v] ?? v },
  { name: "kind", title: "Kind of actor", actorValue: (g, a) => g.actors.family[a], label: (v) => readable(v) },
  { name: "community", title: "Community", actorValue: (g, a) => g.actors.group[a], label: (v, g) => communityLabel(g, v) },
  { name: "publisher", title: "Publisher", value: (g, c) => g.publisher(c) ?? "", label: (v) => v || "Not named" },
  {
    name: "article",
    title: "Article",
    value: (g, c) => g.documents.id[g.claims.document[c]],
    labels: (values, g) => articleLabels(values, g),
  },
];
const REALIS_LABELS = { actual: "Said to be so", planned: "Planned, expected", demanded: "Demanded", possible: "Possible" };
const BIT = { status: 1, confidence: 2, date: 4, text: 8 };
const FIRST_FACET_BIT = 16;
const NOTHING = [];

function articleLabels(ids, graph) {
  const titles = new Map(graph.documents.id.map((id, i) => [id, graph.documents.title[i]]));
  return ids.map((id) => titles.get(id) ?? id);
}

function speakerOf(graph, c) {
  const [nearest] = graph.sources(c);
  return nearest ? graph.called(nearest) : "";
}

function communityLabel(graph, number) {
  if (number < 0) return "Without ties";
  const members = graph.actors.group.flatMap((group, a) => (group === number ? [a] : []));
  const names = members.slice(0, 2).map((a) => graph.actors.label[a]);
  return names.join(", ") + (members.length > 2 ? ` +${members.length - 2}` : "");
}

export class Filters {
  constructor(graph) {
    this.graph = graph;
    this.facets = [];
    this.statusOf = Uint8Array.from(graph.claims.status, (word) => STATUSES.indexOf(graph.claims.words[word]));
    this.actual = Uint8Array.from(graph.claims.realis, (word) => (graph.claims.words[word] === "actual" ? 1 : 0));
    this.first = Int32Array.from(graph.claims.days, (days) => days?.[0] ?? NO_DATE);
    this.last = Int32Array.from(graph.claims.days, (days) => days?.[1] ?? NO_DATE);
    this.reset();
  }

  /** Facets read the texts, so they come after the first picture. */
  addFacets() {
    this.facets = FACETS.map((facet, i) => this.prepare(facet, FIRST_FACET_BIT << i));
  }

  reset() {
    this.statuses = new Set(DEFAULT_STATUSES);
    this.confidence = 0;
    this.days = null; // [first, last] of the brush
    this.undated = true;
    this.speech = true;
    this.setText("");
    for (const facet of this.facets) facet.chosen.clear();
  }

  get active() {
    const chosen = this.facets.reduce((sum, facet) => sum + facet.chosen.size, 0);
    const odd = this.statuses.size !== DEFAULT_STATUSES.length || DEFAULT_STATUSES.some((status) => !this.statuses.has(status));
    return chosen + (this.days ? 1 : 0) + (this.text ? 1 : 0) + (this.confidence ? 1 : 0) + (odd || !this.undated || !this.speech ? 1 : 0);
  }

  setText(text) {
    this.text = text;
    const wanted = text.toLowerCase();
    if (!wanted) return void (this.textHits = new Uint8Array(this.graph.claimCount).fill(1));
    const hit = this.graph.claims.sentences.map((sentence) => sentence.toLowerCase().includes(wanted));
    this.textHits = Uint8Array.from(this.graph.claims.sentence, (s) => (hit[s] ? 1 : 0));
  }

  /** The facet with its distinct values numbered; `column` has a claim's number, or (`many`) its numbers, each once. */
  prepare(facet, bit) {
    const numbers = new Map();
    const number = (value) => numbers.get(value) ?? numbers.set(value, numbers.size).get(value);
    const { graph } = this;
    const many = Boolean(facet.actorValue);
    const actors = many && graph.actors.id.map((_, a) => number(facet.actorValue(graph, a)));
    const column = many
      ? graph.claims.actors.map((claim) => [...new Set(claim.map((a) => actors[a]))])
      : Int32Array.from({ length: graph.claimCount }, (_, c) => number(facet.value(graph, c)));
    const values = [...numbers.keys()];
    const labels = (facet.labels?.(values, graph) ?? values.map((value) => facet.label(value, graph))).map(String);
    return { ...facet, bit, many, column, values, labels, chosen: new Set(), counts: new Int32Array(values.length) };
  }

  /** What passes: claims, ties and actors, with the counts of every facet. */
  apply() {
    const failed = new Int32Array(this.graph.claimCount);
    const statusCounts = STATUSES.map(() => 0);
    const statuses = STATUSES.map((status) => this.statuses.has(status));
    const choosing = this.facets.filter((facet) => facet.chosen.size);
    for (const facet of this.facets) facet.counts.fill(0);
    for (let c = 0; c < failed.length; c++) {
      const bits = this.failures(c, statuses, choosing);
      failed[c] = bits;
      if ((bits & ~BIT.status) === 0) statusCounts[this.statusOf[c]]++;
      if (bits & (bits - 1)) continue; // it fails two filters: no facet could let it through
      for (const facet of this.facets) {
        if ((bits & ~facet.bit) !== 0) continue;
        if (facet.many) for (const value of facet.column[c]) facet.counts[value]++;
        else facet.counts[facet.column[c]]++;
      }
    }
    return new Shown(this.graph, this, failed, statusCounts);
  }

  failures(c, statuses, choosing) {
    let bits = statuses[this.statusOf[c]] ? 0 : BIT.status;
    if (this.graph.claims.confidence[c] < this.confidence) bits |= BIT.confidence;
    if (!this.textHits[c]) bits |= BIT.text;
    if (!this.inTime(c)) bits |= BIT.date;
    for (const { many, column, chosen, bit } of choosing) {
      if (!(many ? column[c].some((value) => chosen.has(value)) : chosen.has(column[c]))) bits |= bit;
    }
    return bits;
  }

  inTime(c) {
    if (this.first[c] === NO_DATE) return this.undated;
    return !this.days || (this.first[c] <= this.days[1] && this.last[c] >= this.days[0]);
  }

  isDated(c) {
    return this.first[c] !== NO_DATE;
  }
}

/** What the filters let through. */
class Shown {
  constructor(graph, filters, failed, statusCounts) {
    this.graph = graph;
    this.failed = failed;
    this.statusCounts = statusCounts;
    this.claims = Uint8Array.from(failed, (bits) => (bits === 0 ? 1 : 0));
    this.claimCount = count(this.claims);
    this.ties = [];
    this.tieClaims = [];
    this.against = [];
    this.tieSize = new Int32Array(graph.tieCount);
    this.tieClass = new Uint8Array(graph.tieCount);
    this.tieVoice = new Uint8Array(graph.tieCount);
    this.actors = new Uint8Array(graph.actorCount);
    for (let t = 0; t < graph.tieCount; t++) this.addTie(t, filters);
    this.addActors();
    this.actorCount = count(this.actors);
    this.actorSize = Int32Array.from(graph.claimsOfActor, (claims) => claims.filter((c) => this.claims[c]).length);
  }

  addTie(t, filters) {
    const { ties } = this.graph;
    const acts = ties.acts[t].filter((c) => this.claims[c]);
    const speech = filters.speech ? ties.speech[t].filter((c) => this.claims[c]) : NOTHING;
    this.tieClaims[t] = [...acts, ...speech];
    this.tieSize[t] = this.tieClaims[t].length;
    this.against[t] = ties.against[t].filter((sides) => sides.every((c) => this.passesButStatus(c))); // a denial is off at first
    if (!this.tieSize[t]) return;
    this.ties.push(t);
    this.tieClass[t] = mainClass(this.graph, acts.length ? acts : speech);
    this.tieVoice[t] = voice(filters, acts);
    this.actors[ties.from[t]] = 1;
    this.actors[ties.to[t]] = 1;
  }

  /** Actors without ties are drawn where no actor has one: they are all there is to see. */
  addActors() {
    if (this.ties.length) return;
    this.graph.claims.actors.forEach((actors, c) => this.claims[c] && actors.forEach((a) => (this.actors[a] = 1)));
  }

  /** Only the ties within so many steps of an actor. */
  within(actor, steps) {
    const { from, to } = this.graph.ties;
    const reached = new Set([actor]);
    for (let step = 0; step < steps; step++) {
      for (const a of [...reached]) {
        for (const t of this.graph.tiesOfActor[a]) if (this.tieSize[t]) reached.add(from[t]).add(to[t]);
      }
    }
    const found = Object.assign(Object.create(Shown.prototype), this);
    found.ties = this.ties.filter((t) => reached.has(from[t]) && reached.has(to[t]));
    found.actors = Uint8Array.from(this.actors, (_, a) => (reached.has(a) ? 1 : 0));
    found.actorCount = reached.size;
    const among = new Set(found.ties.flatMap((t) => this.tieClaims[t]));
    const inside = (actors) => actors.length > 0 && actors.every((a) => reached.has(a));
    found.claims = this.claims.map((one, c) => (one && (among.has(c) || inside(this.graph.claims.actors[c])) ? 1 : 0));
    found.claimCount = count(found.claims);
    return found;
  }

  /** The claims that the panel lists of an actor or a tie. */
  claimsOf({ actor, tie }) {
    return tie === undefined ? this.graph.claimsOfActor[actor].filter((c) => this.claims[c]) : this.tieClaims[tie];
  }

  /** All claims that are shown. */
  listed() {
    return Array.from(this.claims.keys()).filter((c) => this.claims[c]);
  }

  /** How many of the claims stand behind a tie: the rest is about one actor, or none. */
  get tiedCount() {
    return new Set(this.ties.flatMap((t) => this.tieClaims[t])).size;
  }

  /** The claims of a tie that contradict each other, each once: [it is so, it is not so]. */
  contradicting(t) {
    return [0, 1].map((side) => [...new Set(this.against[t].map((pair) => pair[side]))]);
  }

  /** Whether only the status switch, if anything, keeps the claim back. */
  passesButStatus(c) {
    return (this.failed[c] & ~BIT.status) === 0;
  }

  passesButDate(c) {
    return (this.failed[c] & ~BIT.date) === 0;
  }
}

function count(flags) {
  return flags.reduce((sum, one) => sum + one, 0);
}

export const SOLID = 0;
export const DASHED = 1; // only claimed by somebody
export const DOTTED = 2; // planned, demanded, possible
export const FINE = 3; // one speaks of the other
export const STRUCK = 4; // only denied or negated
const LOOKS = [SOLID, DASHED, STRUCK, STRUCK]; // by status

function voice(filters, acts) {
  if (!acts.length) return FINE;
  let best = DOTTED;
  for (const c of acts) {
    if (!filters.actual[c]) continue;
    const look = LOOKS[filters.statusOf[c]];
    if (best === DOTTED || best === STRUCK || look === SOLID) best = look;
  }
  return best;
}

/** The event class most claims have; coded before uncoded, conflict before cooperation. */
export function mainClass(graph, claims) {
  const counts = [0, 0, 0, 0, 0];
  for (const c of claims) counts[graph.claims.quad[c]]++;
  let best = 0;
  for (let q = 1; q < 5; q++) if (counts[q] && counts[q] >= (best ? counts[best] : 0)) best = q;
  return best;
}
