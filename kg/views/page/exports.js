// What is shown as files: PNG, SVG, GEXF, CSV, Turtle. Markup is built as a document, never as text.
import { actorShape, plainText } from "./drawing.js";
import { el, svg } from "./dom.js";
import { claimsAsTurtle } from "./turtle.js";

const COLUMNS = ["id", "subject", "relation", "object", "status", "modality", "speaker", "date", "event", "cameo",
  "confidence", "sentence", "title", "publisher", "published", "url"];

export const EXPORTS = {
  PNG: (page) => new Promise((done) => picture(page).toBlob((blob) => done(["graph.png", blob]), "image/png")),
  SVG: (page) => ["graph.svg", new Blob([asSvg(page)], { type: "image/svg+xml" })],
  GEXF: (page) => ["graph.gexf", new Blob([asGexf(page)], { type: "application/xml" })],
  CSV: (page) => ["claims.csv", new Blob(["\ufeff", asCsv(page)], { type: "text/csv" })],
  Turtle: (page) => ["claims.ttl", new Blob([claimsAsTurtle(page.graph, chosenClaims(page))], { type: "text/turtle" })],
};

/** Lets the reader save the file. */
export function download(filename, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: filename });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The claims that the panel lists of what is chosen; all that are shown where nothing is, or a neighbourhood. */
export function chosenClaims({ shown, selection, hops }) {
  return selection && !hops ? shown.claimsOf(selection) : shown.listed();
}

function picture({ drawing }) {
  const canvas = document.createElement("canvas");
  const scale = 2;
  Object.assign(canvas, { width: drawing.width * scale, height: drawing.height * scale });
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = drawing.colours.paper;
  context.fillRect(0, 0, drawing.width, drawing.height);
  drawing.drawInFull(context);
  return canvas;
}

export function asSvg({ graph, drawing, shown }) {
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${drawing.width} ${drawing.height}` });
  root.append(svg("title", {}, clean(graph.title)));
  root.append(svg("rect", { width: "100%", height: "100%", fill: drawing.colours.paper }));
  for (const t of shown.ties) {
    const [x1, y1, x2, y2] = drawing.ends(t).map((n) => n.toFixed(1));
    root.append(svg("line", { x1, y1, x2, y2, stroke: drawing.tieColour(t), "stroke-width": drawing.tieWidth(t), "stroke-opacity": 0.6,
      "stroke-dasharray": ["", "7 4", "2 4", "1 3", "10 3 2 3"][shown.tieVoice[t]] || null }));
  }
  for (let a = graph.actorCount - 1; a >= 0; a--) if (shown.actors[a]) root.append(actorSvg(graph, drawing, a));
  return new XMLSerializer().serializeToString(root);
}

function actorSvg(graph, drawing, a) {
  const [x, y, r] = [drawing.screenX(drawing.x[a]), drawing.screenY(drawing.y[a]), drawing.radius(a)];
  const path = new PathText();
  actorShape(path, graph.actors.family[a], x, y, r);
  return svg("g", {},
    svg("path", { d: path.text, fill: drawing.actorColour(a), stroke: drawing.colours.paper }),
    svg("text", { x: x.toFixed(1), y: (y + r + 12).toFixed(1), "text-anchor": "middle", "font-size": 11, "font-family": "sans-serif",
      fill: drawing.colours.ink }, clean(plainText(graph.actors.label[a]))));
}

/** A canvas path written as the text of an SVG path. */
class PathText {
  text = "";
  moveTo(x, y) { this.text += `M${x.toFixed(1)} ${y.toFixed(1)}`; }
  lineTo(x, y) { this.text += `L${x.toFixed(1)} ${y.toFixed(1)}`; }
  closePath() { this.text += "Z"; }
  arc(x, y, r) {
    this.text += `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)} 0`
      + `a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(-2 * r).toFixed(1)} 0Z`;
  }
  roundRect(x, y, w, h) {
    this.moveTo(x, y);
    this.text += `h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}Z`;
  }
}

export function asGexf({ graph, drawing, shown }) {
  const file = document.implementation.createDocument("http://gexf.net/1.3", "gexf");
  const add = (parent, tag, attributes = {}) => {
    const element = file.createElementNS("http://gexf.net/1.3", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, clean(String(value)));
    parent.append(element);
    return element;
  };
  const root = file.documentElement;
  root.setAttribute("version", "1.3");
  const body = add(root, "graph", { defaultedgetype: "directed" });
  const fields = add(body, "attributes", { class: "node" });
  ["type", "country", "sector"].forEach((title, id) => add(fields, "attribute", { id, title, type: "string" }));
  const [nodes, edges] = [add(body, "nodes"), add(body, "edges")];
  for (let a = 0; a < graph.actorCount; a++) {
    if (!shown.actors[a]) continue;
    const node = add(nodes, "node", { id: graph.actors.id[a], label: graph.actors.label[a] });
    const values = add(node, "attvalues");
    ["type", "country", "sector"].forEach((key, i) => graph.actors[key][a] && add(values, "attvalue", { for: i, value: graph.actors[key][a] }));
    const place = file.createElementNS("http://gexf.net/1.3/viz", "viz:position");
    place.setAttribute("x", drawing.x[a]);
    place.setAttribute("y", -drawing.y[a]);
    node.append(place);
  }
  for (const t of shown.ties) {
    add(edges, "edge", { id: t, source: graph.actors.id[graph.ties.from[t]], target: graph.actors.id[graph.ties.to[t]],
      weight: shown.tieSize[t], label: graph.classes[shown.tieClass[t]] });
  }
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(file);
}

/** Claims as CSV (RFC 4180); cells that a spreadsheet would run as a formula begin with an apostrophe. */
export function asCsv(page) {
  const { graph } = page;
  const rows = chosenClaims(page).map((c) => {
    const article = graph.document(c);
    const [speaker] = graph.sources(c);
    const text = (column) => graph.called(graph.part(c, column));
    return [graph.claims.id[c], text("subject"), graph.part(c, "relation").text, text("object"), graph.word(c, "status"),
      graph.word(c, "modality"), speaker ? graph.called(speaker) : "", graph.claims.date[c], graph.word(c, "event"),
      graph.word(c, "cameo"), graph.claims.confidence[c], graph.sentence(c), article.title, article.publisher, article.published, article.url];
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without what XML 1.0 cannot hold. */
function clean(text) {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
