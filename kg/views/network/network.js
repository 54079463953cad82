// A pyvis network on vis-network (global `vis`); a click on an edge shows the sentences behind it.
import { el, name, plural } from "./dom.js";
import { readGraph } from "./data.js";
import { claimCard } from "./card.js";
import { setTheme } from "./theme.js";

setTheme();

const graph = await readGraph();
const drawing = JSON.parse(document.getElementById("network").textContent);
const panel = document.getElementById("panel");
const edges = drawing.edges.map((edge, i) => plain({ ...edge, id: i }));
const shown = { nodes: new vis.DataSet(drawing.nodes.map(plain)), edges: new vis.DataSet(edges) };
const network = new vis.Network(document.getElementById("drawing"), shown, themed(drawing.options));

network.on("click", ({ nodes: chosen, edges: ties }) => {
  if (chosen.length) showActor(chosen[0]);
  else if (ties.length) showTie(edges[ties[0]]);
  else showTies();
});

/** A node or edge whose title is an element made here, so that vis-network cannot take it for markup. */
function plain(item) {
  return { ...item, title: item.title ? el("span", {}, String(item.title)) : undefined };
}

/** The options with names in the theme's colours, where they choose no others. */
function themed(options) {
  const style = getComputedStyle(document.documentElement);
  const [color, strokeColor] = ["--ink", "--paper"].map((name) => style.getPropertyValue(name).trim());
  const nodes = options.nodes ?? {};
  return { ...options, nodes: { ...nodes, font: { color, strokeColor, ...nodes.font } } };
}

function called(id) {
  const number = graph.actorNumbers.get(id);
  return name(number === undefined ? String(id) : graph.actors.label[number]);
}

function claimsBehind(edge) {
  const tie = graph.tieBetween(graph.actorNumbers.get(edge.from), graph.actorNumbers.get(edge.to));
  return tie === null ? [] : graph.tieClaims(tie);
}

function showTies() {
  const rows = edges.map((edge) =>
    el("li", {}, el("button", { class: "link", click: () => showTie(edge) }, called(edge.from), " → ", called(edge.to))),
  );
  panel.replaceChildren(el("h2", {}, plural(edges.length, "tie")), el("ul", {}, rows));
}

function showTie(edge) {
  show([called(edge.from), " → ", called(edge.to)], claimsBehind(edge));
}

function showActor(id) {
  show([called(id)], graph.claimsOfActor[graph.actorNumbers.get(id)] ?? []);
}

function show(title, claims) {
  const back = el("button", { class: "small", click: showTies }, "All ties");
  const cards = claims.map((c) => claimCard(graph, c));
  panel.replaceChildren(back, el("h2", {}, title), el("p", { class: "muted" }, plural(claims.length, "claim")), ...cards);
}

showTies();
document.documentElement.dataset.ready = "yes";
