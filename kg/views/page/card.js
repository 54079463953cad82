// One claim as a card: its sentence with subject, relation and object marked, who says so, how, and when.
import { el, name, safeLink } from "./dom.js";

const COPIES = 3; // copies named before they are folded
const DENYING = new Set(["deny", "denial", "dismiss", "dispute", "refute", "reject", "rebut", "repudiate"]); // cues
const REALIS = {
  planned: "planned or expected, not yet so",
  demanded: "demanded, not necessarily so",
  possible: "possible, conditional or asked",
};

/** `acts` may offer: actor(a), nested(c), turtle(c); what it doesn't offer isn't shown as a button. */
export function claimCard(graph, c, acts = {}, copies = []) {
  const status = graph.word(c, "status");
  return el(
    "article",
    { class: `card ${status}`, "data-claim": graph.claims.id[c] },
    header(graph, c, status),
    triple(graph, c, acts),
    el("blockquote", { dir: "auto" }, markedSentence(graph, c)),
    el("p", { class: "who" }, whoSays(graph, c, status)),
    origin(graph, c),
    copiesOf(graph, copies),
    footer(graph, c, acts),
  );
}

function header(graph, c, status) {
  const event = graph.word(c, "event");
  const code = graph.word(c, "cameo");
  const realis = graph.word(c, "realis");
  return el(
    "header",
    {},
    el("span", { class: `chip class-${graph.claims.quad[c]}` }, event ? readable(event) : "not coded"),
    code && el("span", { class: "chip plain", title: "CAMEO code" }, code),
    el("span", { class: `chip status-${status}` }, status),
    realis !== "actual" && el("span", { class: "chip plain", title: REALIS[realis] }, realis),
    el("span", { class: "date" }, dateText(graph, c)),
  );
}

/** Subject – relation – object, as plain text a screen reader can read in one go; the relation in the article's own words alone. */
function triple(graph, c, acts) {
  const nested = graph.claims.nested[c];
  const object = graph.part(c, "object");
  const relation = graph.part(c, "relation");
  return el(
    "p",
    { class: "triple", dir: "auto" },
    part(graph, graph.part(c, "subject"), acts) ?? el("i", {}, "someone"),
    " ",
    el("span", { class: "relation" }, relation.text),
    object && " ",
    nested >= 0 && acts.nested
      ? el("button", { class: "link", click: () => acts.nested(nested) }, el("bdi", {}, object?.text ?? "…"))
      : part(graph, object, acts),
    graph.claims.others[c]
      .filter(([role]) => role === "recipient" || role === "other")
      .map(([, other]) => [" · ", part(graph, graph.readPart(other, c), acts)]),
  );
}

function part(graph, found, acts) {
  if (!found) return null;
  if (found.actor === null || !acts.actor) return name(graph.called(found));
  return el("button", { class: "link", click: () => acts.actor(found.actor) }, name(graph.called(found)));
}

/** The sentence cut at every boundary of subject, relation and object; a piece may belong to several. */
export function markedSentence(graph, c) {
  const text = graph.sentence(c);
  const spans = ["subject", "relation", "object"]
    .map((role) => ({ role, ...graph.part(c, role) }))
    .filter((span) => Number.isInteger(span.start));
  const cuts = [...new Set([0, text.length, ...spans.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const piece = text.slice(from, cuts[i + 1]);
    const roles = spans.filter((s) => s.start <= from && from < s.end).map((s) => s.role);
    return roles.length ? el("mark", { class: roles.join(" "), title: roles.join(", ") }, piece) : piece;
  });
}

function whoSays(graph, c, status) {
  const publisher = graph.publisher(c);
  const [speaker, ...beyond] = graph.sources(c);
  const cue = graph.word(c, "cue");
  if (!speaker) return [publisher ? name(publisher) : "The article", " says so itself"];
  // Whoever "said that it had not" says what the sentence says; only of a denial the words are the other side's.
  const says = status === "denied" && DENYING.has(cue) ? " says that it is not so" : " says so";
  return [
    el("b", {}, name(graph.called(speaker))),
    says,
    cue && ` (“${cue}”)`,
    beyond.map((source) => [", according to ", name(graph.called(source))]),
    ", in ",
    publisher ? name(publisher) : "the article",
  ];
}

/** Where the same words stand too; many are folded. */
function copiesOf(graph, copies) {
  const lines = copies.map((copy) => origin(graph, copy, "The same words in "));
  if (lines.length <= COPIES) return lines;
  return el("details", { class: "copies" }, el("summary", {}, `The same words in ${lines.length} more articles`), lines);
}

function origin(graph, c, before = "") {
  const article = graph.document(c);
  const link = safeLink(article.url);
  const title = el("cite", { dir: "auto" }, article.title ?? article.id);
  return el(
    "p",
    { class: "origin" },
    before,
    link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, title) : title,
    article.publisher && [" · ", name(article.publisher)],
    article.published && [" · ", el("span", { class: "day" }, article.published)],
  );
}

function footer(graph, c, acts) {
  const percent = Math.round(graph.claims.confidence[c] * 100);
  return el(
    "footer",
    {},
    el("span", {}, `Confidence ${percent} %`),
    acts.turtle && el("button", { class: "small", click: (event) => acts.turtle(c, event.currentTarget) }, "Copy as Turtle"),
  );
}

/** When it happened, or when it was published if the sentence gives no time. */
export function dateText(graph, c) {
  const date = graph.claims.date[c];
  if (!date) return "undated";
  if (graph.word(c, "basis") !== "text") return `reported ${date}`;
  const [first, last] = date.split("/");
  if (first === "..") return `until ${last}`;
  return last === ".." ? `since ${first}` : date.replace("/", " – ");
}

/** "REQUEST" or "plover:REQUEST" as people read it. */
export function readable(type) {
  const words = type.replace(/^.*[:/#]/, "").replaceAll(/[_-]/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
