// The filters at the left: what is said, and facets whose counts double as the legend.
import { el, name } from "./dom.js";
import { STATUSES } from "./filters.js";

const VALUES_AT_FIRST = 7; // values shown before "all"
const STATUS_TEXT = {
  asserted: ["Asserted", "The article itself says so"],
  claimed: ["Claimed", "Somebody in it says so"],
  denied: ["Denied", "Somebody in it says that it is not so"],
  negated: ["Negated", "The article itself says that it is not so"],
};

/** The panel of filters; `changed` is called after every change. */
export class FacetPanel {
  constructor(host, graph, filters, changed) {
    Object.assign(this, { host, graph, filters, changed });
    this.open = new Set();
    this.statuses = el("div", { class: "statuses", role: "group", "aria-label": "What is said" });
    this.sections = filters.facets.map((facet) => this.section(facet));
    this.confidence = this.slider();
    this.speech = el("input", { type: "checkbox", checked: true, change: () => this.setSpeech() });
    this.clear = el("button", { class: "small", click: () => this.reset() }, "Reset");
    host.append(
      el("div", { class: "facet-head" }, el("h2", {}, "Filters"), this.clear),
      this.statuses,
      el("label", { class: "check" }, this.speech, el("span", {}, "Who speaks of whom ", el("span", { class: "line fine" }))),
      ...this.sections.map((section) => section.element),
      el("div", { class: "facet" }, el("h3", {}, el("label", { for: "confidence" }, "Confidence from")), this.confidence.row),
    );
  }

  section(facet) {
    const list = el("ul");
    const more = el("button", { class: "link more", click: () => this.toggleMore(facet) });
    const open = ["event", "speaker", "kind"].includes(facet.name);
    const summary = el("summary", {}, el("h3", {}, facet.title), el("span", { class: "picked" }));
    const section = { facet, list, more, summary, element: el("details", { class: "facet", open }, summary, list, more) };
    summary.addEventListener("click", () => this.fill(section)); // the list of a closed one isn't kept up
    return section;
  }

  slider() {
    const text = el("output", { for: "confidence" }, "any");
    const input = el("input", {
      type: "range", id: "confidence", min: 0, max: 95, step: 5, value: 0,
      input: () => {
        this.filters.confidence = Number(input.value) / 100;
        text.value = Number(input.value) ? `${input.value} %` : "any";
        this.changed();
      },
    });
    return { input, text, row: el("div", { class: "slider" }, input, text) };
  }

  setSpeech() {
    this.filters.speech = this.speech.checked;
    this.changed();
  }

  reset() {
    this.filters.reset();
    this.changed();
  }

  toggleMore(facet) {
    if (!this.open.delete(facet.name)) this.open.add(facet.name);
    this.changed();
  }

  toggle(set, value) {
    if (!set.delete(value)) set.add(value);
    this.changed();
  }

  /** Show the counts of what is shown now. */
  update(shown) {
    const focused = document.activeElement?.dataset?.key;
    this.statuses.replaceChildren(...STATUSES.map((status, i) => this.statusButton(status, shown.statusCounts[i])));
    for (const section of this.sections) this.updateSection(section);
    this.speech.checked = this.filters.speech;
    this.confidence.input.value = Math.round(this.filters.confidence * 100);
    this.confidence.text.value = this.filters.confidence ? `${Math.round(this.filters.confidence * 100)} %` : "any";
    this.clear.disabled = !this.filters.active;
    if (focused) this.host.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  statusButton(status, count) {
    const [title, help] = STATUS_TEXT[status];
    const pressed = this.filters.statuses.has(status);
    return el(
      "button",
      {
        class: `status ${status}`, "aria-pressed": String(pressed), title: help, "data-key": `status ${status}`,
        click: () => this.toggle(this.filters.statuses, status),
      },
      el("span", { class: `line ${status}` }),
      el("span", {}, title),
      el("span", { class: "count" }, count.toLocaleString("en")),
    );
  }

  updateSection(section) {
    const { facet, summary, element } = section;
    if (element.open) this.fill(section);
    summary.lastChild.textContent = facet.chosen.size ? `${facet.chosen.size} chosen` : "";
    element.hidden = facet.values.length < 2 && !facet.chosen.size;
  }

  fill({ facet, list, more }) {
    const order = facet.values.map((_, i) => i).filter((i) => facet.counts[i] || facet.chosen.has(i));
    order.sort((a, b) => facet.counts[b] - facet.counts[a] || (facet.labels[a] < facet.labels[b] ? -1 : 1));
    const all = this.open.has(facet.name);
    const largest = Math.max(1, ...facet.counts);
    list.replaceChildren(...order.slice(0, all ? order.length : VALUES_AT_FIRST).map((i) => this.value(facet, i, largest)));
    more.hidden = order.length <= VALUES_AT_FIRST;
    more.textContent = all ? "Fewer" : `All ${order.length}`;
  }

  value(facet, i, largest) {
    const chosen = facet.chosen.has(i);
    const input = el("input", {
      type: "checkbox", "data-key": `${facet.name} ${facet.values[i]}`,
      change: () => this.toggle(facet.chosen, i),
    });
    input.checked = chosen;
    const share = el("span", { class: "share", "aria-hidden": "true" });
    share.style.width = `${(100 * facet.counts[i]) / largest}%`;
    return el(
      "li",
      {},
      el(
        "label",
        { class: chosen ? "value chosen" : "value" },
        input,
        this.sample(facet, i),
        el("span", { class: "label", title: facet.labels[i] }, name(facet.labels[i])),
        el("span", { class: "count" }, facet.counts[i].toLocaleString("en")),
        share,
      ),
    );
  }

  /** The look of a value in the drawing. */
  sample(facet, i) {
    const value = facet.values[i];
    if (facet.name === "event") return el("span", { class: `line class-${this.classOf(facet, i)}` });
    if (facet.name === "kind") return el("span", { class: `shape ${value}` });
    if (facet.name === "community") return el("span", { class: `dot group-${value >= 0 && value < 10 ? value : "x"}` });
    if (facet.name === "realis" && value !== "actual") return el("span", { class: "line dotted" });
    return null;
  }

  classOf(facet, i) {
    this.classes ??= new Map();
    if (!this.classes.has(i)) this.classes.set(i, this.graph.claims.quad[facet.column.indexOf(i)]);
    return this.classes.get(i);
  }
}
