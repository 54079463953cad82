// The page: reads the graph, joins the parts, and keeps what is shown, chosen and written in the address together.
import { readAddress, writeAddress } from "./address.js";
import { readGraph } from "./data.js";
import { el, name, plural } from "./dom.js";
import { Drawing } from "./drawing.js";
import { chosenClaims, download, EXPORTS } from "./exports.js";
import { FacetPanel } from "./facets.js";
import { Filters } from "./filters.js";
import { bindGestures } from "./gestures.js";
import { copyText, Panel } from "./panel.js";
import { Search } from "./search.js";
import { TableView } from "./table.js";
import { otherTheme, setTheme } from "./theme.js";
import { Timeline } from "./timeline.js";

const at = (id) => document.getElementById(id);

class Page {
  constructor(graph) {
    this.graph = graph;
    this.filters = new Filters(graph);
    this.locked = true;
    this.claim = null; // a single one, shown in the place of what is chosen
    this.on = {
      select: (selection) => this.select(selection, true),
      point: (selection) => this.select(selection),
      hover: (what, x, y) => this.hover(what, x, y),
      locked: () => this.locked,
      hops: (n) => this.setHops(n),
      again: () => this.select(this.selection),
      say: (text) => this.say(text),
      words: (text) => this.setWords(text),
    };
    this.drawing = new Drawing(at("drawing"), graph, this.on);
  }

  /** The picture as the reader sees it without any choice, painted before the texts are read. */
  async firstPicture() {
    this.drawing.show(this.filters.apply(), null, "kind");
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    performance.mark("drawn");
  }

  /** Everything around the picture; the graph is complete by now. */
  build() {
    const { graph, on } = this;
    this.filters.addFacets();
    Object.assign(this, readAddress(location.hash, graph, this.filters));
    this.panel = new Panel(at("panel"), graph, on);
    this.table = new TableView(at("table"), graph, on);
    this.search = new Search(at("search"), at("found"), graph, on);
    this.facets = new FacetPanel(at("filters"), graph, this.filters, () => this.update());
    this.timeline = new Timeline(at("time"), graph, this.filters, () => this.update());
    bindGestures(this.drawing, on);
    this.bindButtons();
    addEventListener("hashchange", () => this.readHash());
    addEventListener("keydown", (event) => this.key(event));
    this.restore();
  }

  /** Shows the state that the address gave. */
  restore() {
    this.setView(this.view);
    at("colour-by").value = this.colourBy;
    this.update();
    document.body.classList.toggle("chosen", Boolean(this.selection) || this.claim !== null);
    if (this.selection) this.bringNear();
  }

  // --- state

  /** After a change of the filters. */
  update() {
    this.shown = this.filters.apply();
    this.facets.update(this.shown);
    this.timeline.update(this.shown);
    this.search.update(this.shown);
    this.redraw();
  }

  /** After a change of what is chosen or how it is drawn; a `step` is one that the browser's Back undoes. */
  redraw(step = false) {
    const { claim, hops, selection, shown } = this;
    this.drawn = hops && selection?.actor !== undefined ? shown.within(selection.actor, hops) : shown;
    this.drawing.show(this.drawn, selection, this.colourBy);
    this.panel.show(selection, claim, shown, hops);
    if (this.view === "table") this.table.show(this.drawn);
    this.describe();
    this.writeHash(step);
  }

  /** Chooses an actor, a tie or a claim; `closer` brings its neighbourhood near. */
  select(selection, closer = false) {
    document.body.classList.toggle("chosen", Boolean(selection));
    this.claim = selection?.claim ?? null;
    if (this.claim !== null) return this.showClaim();
    this.selection = selection;
    if (selection?.actor === undefined) this.hops = 0;
    this.redraw(true);
    if (!selection) return;
    if (closer || this.drawing.isOutside(selection)) this.bringNear();
    this.say(this.titleOf(selection));
  }

  showClaim() {
    this.redraw(true);
    at("panel").focus();
  }

  titleOf({ actor, tie }) {
    const { label } = this.graph.actors;
    const { from, to } = this.graph.ties;
    return tie === undefined ? label[actor] : `${label[from[tie]]} to ${label[to[tie]]}`;
  }

  bringNear() {
    this.drawing.fit(this.drawing.near.actors);
    const { width, height } = this.drawing;
    if (innerWidth <= 640) this.drawing.pan(0, -height * 0.28); // the panel covers the lower half
    else if (innerWidth <= 940) {
      this.drawing.zoomAt(0.6, width / 2, height / 2);
      this.drawing.pan(-192, 0); // the panel covers the right
    }
  }

  setHops(n) {
    this.hops = n;
    this.redraw(true);
    this.drawing.fit();
  }

  setWords(text) {
    this.filters.setText(text);
    this.update();
  }

  setView(view) {
    this.view = view;
    document.body.dataset.view = view;
    at("as-graph").setAttribute("aria-pressed", String(view === "graph"));
    at("as-table").setAttribute("aria-pressed", String(view === "table"));
  }

  writeHash(step) {
    const hash = writeAddress(this);
    const push = step && hash !== this.hash;
    this.hash = hash;
    try {
      history[push ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch {
      // A frame made from text (a notebook's cell) has no address to keep it in.
    }
  }

  /** Follows an address that Back, Forward or the reader changed. */
  readHash() {
    if (location.hash.slice(1) === this.hash) return;
    Object.assign(this, readAddress(location.hash, this.graph, this.filters));
    this.restore();
  }

  // --- what it says

  describe() {
    const { drawn, filters } = this;
    const parts = [plural(drawn.actorCount, "actor"), plural(drawn.ties.length, "tie"), plural(drawn.claimCount, "claim")];
    const tied = drawn.tiedCount; // most claims of a text are about one actor alone, which no tie shows
    const some = drawn.ties.length > 0 && tied < drawn.claimCount;
    at("counts").textContent = parts.join(" · ") + (some ? `, ${tied.toLocaleString("en")} behind ties` : "");
    this.countExports();
    const chips = [filters.text && this.chip(`“${filters.text}”`, () => this.setWords(""))].filter(Boolean);
    at("chips").replaceChildren(...chips);
    at("empty").hidden = drawn.actorCount > 0;
  }

  /** How many claims a file of claims would hold. */
  countExports() {
    const claims = plural(chosenClaims({ ...this, shown: this.drawn }).length, "claim");
    for (const kind of ["CSV", "Turtle"]) at("exports").querySelector(`[data-kind="${kind}"]`).textContent = `${kind} (${claims})`;
  }

  chip(text, remove) {
    return el("button", { class: "small", title: "Remove this filter", click: remove }, name(text), " ×");
  }

  say(text) {
    at("said").textContent = text;
  }

  hover(what, x, y) {
    const tip = at("tip");
    at("drawing").style.cursor = what ? "pointer" : "";
    tip.hidden = !what;
    if (!what) return;
    tip.replaceChildren(...this.hoverText(what));
    const { width, height } = this.drawing;
    tip.style.left = `${Math.min(x + 14, width - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(y + 14, height - tip.offsetHeight - 8)}px`;
  }

  hoverText({ actor, tie }) {
    const { graph } = this;
    if (actor !== undefined) return [el("b", {}, name(graph.actors.label[actor])), ` ${plural(this.drawn.actorSize[actor], "claim")}`];
    const { from, to } = graph.ties;
    const torn = this.drawn.against[tie].length ? ", contradicting each other" : "";
    return [
      el("b", {}, name(graph.actors.label[from[tie]]), " → ", name(graph.actors.label[to[tie]])),
      ` ${plural(this.drawn.tieSize[tie], "claim")}, mostly ${graph.classes[this.drawn.tieClass[tie]]}${torn}`,
    ];
  }

  // --- buttons and keys

  bindButtons() {
    const click = (id, act) => at(id).addEventListener("click", act);
    click("as-graph", () => (this.setView("graph"), this.redraw(true)));
    click("as-table", () => (this.setView("table"), this.redraw(true)));
    click("theme", () => (otherTheme(), this.repaint()));
    click("zoom-in", () => this.drawing.zoomAt(1.4, this.drawing.width / 2, this.drawing.height / 2));
    click("zoom-out", () => this.drawing.zoomAt(1 / 1.4, this.drawing.width / 2, this.drawing.height / 2));
    click("fit", () => this.drawing.fit());
    click("lock", () => this.toggleLock());
    click("show-filters", () => this.toggleFilters());
    click("copy-link", () => this.copyLink());
    at("colour-by").addEventListener("change", () => ((this.colourBy = at("colour-by").value), this.redraw()));
    for (const kind of Object.keys(EXPORTS)) at("exports").append(el("button", { "data-kind": kind, click: () => this.export(kind) }, kind));
    addEventListener("pointerdown", (event) => at("export").contains(event.target) || (at("export").open = false));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (setTheme(), this.repaint()));
  }

  repaint() {
    this.drawing.readColours();
    this.timeline.draw();
  }

  toggleLock() {
    this.locked = !this.locked;
    at("lock").setAttribute("aria-pressed", String(this.locked));
  }

  toggleFilters() {
    const open = document.body.classList.toggle("filtering");
    at("show-filters").setAttribute("aria-expanded", String(open));
  }

  async copyLink() {
    this.say((await copyText(location.href)) ? "Link copied" : "The browser forbids copying");
    at("copy-link").textContent = "Copied";
    setTimeout(() => (at("copy-link").textContent = "Copy link"), 1600);
  }

  async export(kind) {
    at("export").open = false;
    download(...(await EXPORTS[kind]({ ...this, shown: this.drawn })));
    this.say(`${kind} saved`);
  }

  key(event) {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
    if (event.key === "/" && !typing) {
      event.preventDefault();
      at("search").focus();
    } else if (event.key === "Escape" && !typing) {
      if (at("export").open) at("export").open = false;
      else if (document.body.classList.contains("filtering")) this.toggleFilters();
      else if (this.selection || this.claim !== null) this.select(null);
    }
  }
}

setTheme();
const page = new Page(await readGraph());
if (!location.hash && !document.hidden) await page.firstPicture(); // hidden tabs have no frames
await page.graph.readRest();
page.build();
document.documentElement.dataset.ready = "yes";
