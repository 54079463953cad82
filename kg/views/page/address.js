// The state of the page in its address, by names that outlast a new build: what a copied link shows again.
import { DEFAULT_STATUSES, STATUSES } from "./filters.js";

/** The state as the text after `#`. */
export function writeAddress({ graph, filters, selection, claim, hops, view, colourBy }) {
  const found = new URLSearchParams();
  const { from, to } = graph.ties;
  const ids = graph.actors.id;
  if (selection?.actor !== undefined) found.set("actor", ids[selection.actor]);
  if (selection?.tie !== undefined) found.set("tie", JSON.stringify([ids[from[selection.tie]], ids[to[selection.tie]]]));
  if (claim !== null) found.set("claim", graph.claims.id[claim]);
  if (hops) found.set("hops", hops);
  if (view !== "graph") found.set("view", view);
  if (colourBy !== "kind") found.set("colour", colourBy);
  const statuses = STATUSES.filter((status) => filters.statuses.has(status)).join(" ");
  if (statuses !== DEFAULT_STATUSES.join(" ")) found.set("said", statuses);
  if (filters.text) found.set("words", filters.text);
  if (filters.confidence) found.set("confidence", filters.confidence);
  if (filters.days) found.set("days", filters.days.join(" "));
  if (!filters.undated) found.set("undated", "no");
  if (!filters.speech) found.set("speech", "no");
  for (const facet of filters.facets) for (const i of facet.chosen) found.append(facet.name, String(facet.values[i]));
  return found.toString();
}

/** Sets the filters and gives the rest of the state; what the graph doesn't know is passed over. */
export function readAddress(text, graph, filters) {
  const found = new URLSearchParams(text.replace(/^#/, ""));
  filters.reset();
  if (found.has("said")) filters.statuses = new Set(found.get("said").split(" ").filter((status) => STATUSES.includes(status)));
  filters.setText(found.get("words") ?? "");
  filters.confidence = Math.min(1, Math.max(0, Number(found.get("confidence")) || 0));
  const days = (found.get("days") ?? "").match(/^(-?\d{1,6}) (-?\d{1,6})$/)?.slice(1).map(Number); // within the years of ISO dates
  filters.days = days && days[0] <= days[1] ? days : null;
  filters.undated = found.get("undated") !== "no";
  filters.speech = found.get("speech") !== "no";
  for (const facet of filters.facets) readFacet(facet, found);
  return {
    selection: readSelection(found, graph),
    claim: readClaim(found, graph),
    hops: [1, 2].includes(Number(found.get("hops"))) ? Number(found.get("hops")) : 0,
    view: found.get("view") === "table" ? "table" : "graph",
    colourBy: found.get("colour") === "community" ? "community" : "kind",
  };
}

function readFacet(facet, found) {
  for (const value of found.getAll(facet.name)) {
    const i = facet.values.findIndex((known) => String(known) === value);
    if (i >= 0) facet.chosen.add(i);
  }
}

/** A single claim, by its id; null where there is none. */
function readClaim(found, graph) {
  const claim = graph.claims.id.indexOf(found.get("claim") ?? "");
  return claim < 0 ? null : claim;
}

function readSelection(found, graph) {
  const actor = graph.actorNumbers.get(found.get("actor") ?? "");
  if (actor !== undefined) return { actor };
  try {
    const tie = graph.tieBetween(...JSON.parse(found.get("tie") ?? "[]").map((id) => graph.actorNumbers.get(id)));
    return tie === null ? null : { tie };
  } catch {
    return null;
  }
}
