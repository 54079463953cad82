// The graph as tables: the same filters and panel for keyboards and screen readers.
import { el, moreText, name, plural } from "./dom.js";
import { STATUSES } from "./filters.js";
import { dateText, readable } from "./card.js";

const PAGE = 100; // rows drawn at once

export class TableView {
  constructor(host, graph, on) {
    Object.assign(this, { host, graph, on });
    this.which = "ties";
    this.sorting = { ties: [2, -1], actors: [4, -1], claims: [6, 1] };
  }

  show(shown) {
    this.shown = shown;
    this.limit = PAGE;
    this.draw();
  }

  draw() {
    const { columns, rows } = this[this.which]();
    const [by, direction] = this.sorting[this.which];
    rows.sort((a, b) => direction * compare(a.cells[by], b.cells[by]));
    const more = rows.length > this.limit;
    this.host.replaceChildren(
      this.tabs(),
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table" },
        el("table", {},
          el("caption", { class: "hidden-text" }, plural(rows.length, this.which.slice(0, -1))),
          el("thead", {}, el("tr", {}, columns.map((title, i) => this.heading(title, i, by, direction)))),
          el("tbody", {}, rows.slice(0, this.limit).map((row) => this.row(row))))),
      ...(more ? [el("button", { class: "small more-rows", click: () => this.more() }, moreText(PAGE, rows.length - this.limit))] : []),
    );
  }

  tabs() {
    const tab = (which, count) =>
      el("button", { class: "small", "aria-pressed": String(this.which === which), click: () => this.choose(which) },
        `${which.charAt(0).toUpperCase()}${which.slice(1)} ${count.toLocaleString("en")}`);
    const { shown } = this;
    return el("div", { class: "tabs", role: "group", "aria-label": "Table of" },
      tab("ties", shown.ties.length), tab("actors", shown.actorCount), tab("claims", shown.claimCount));
  }

  choose(which) {
    this.which = which;
    this.limit = PAGE;
    this.draw();
    this.host.querySelector('[aria-pressed="true"]').focus();
  }

  more() {
    this.limit += PAGE;
    this.draw();
  }

  heading(title, i, by, direction) {
    const sorted = i === by ? (direction > 0 ? "ascending" : "descending") : "none";
    const mark = i === by ? (direction > 0 ? " ↑" : " ↓") : "";
    return el("th", { scope: "col", "aria-sort": sorted }, el("button", { click: () => this.sort(i) }, title, mark));
  }

  sort(i) {
    const [by, direction] = this.sorting[this.which];
    this.sorting[this.which] = [i, i === by ? -direction : typeof i === "number" && i > 1 ? -1 : 1];
    this.draw();
    this.host.querySelectorAll("th button")[i].focus();
  }

  row({ cells, select }) {
    const [first, ...rest] = cells;
    return el("tr", {},
      el("th", { scope: "row" }, el("button", { class: "link", click: () => this.on.select(select) }, name(first))),
      rest.map(tableCell));
  }

  ties() {
    const { graph, shown } = this;
    const { from, to } = graph.ties;
    const label = graph.actors.label;
    return {
      columns: ["From", "To", "Claims", "Mostly", "Asserted", "Claimed", "Denied", "Negated", "First", "Last", "Contradicting"],
      rows: shown.ties.map((t) => {
        const claims = shown.tieClaims[t];
        const dates = claims.map((c) => graph.claims.date[c]).filter(Boolean).sort();
        const of = (status) => claims.filter((c) => graph.word(c, "status") === status).length;
        return {
          select: { tie: t },
          cells: [label[from[t]], label[to[t]], shown.tieSize[t], graph.classes[shown.tieClass[t]], ...STATUSES.map(of),
            dates[0] ?? "", dates.at(-1) ?? "", shown.contradicting(t).flat().length],
        };
      }),
    };
  }

  actors() {
    const { graph, shown } = this;
    const { label, type, country, sector } = graph.actors;
    const rows = [];
    for (let a = 0; a < graph.actorCount; a++) {
      if (!shown.actors[a]) continue;
      const ties = graph.tiesOfActor[a].filter((t) => shown.tieSize[t]).length;
      rows.push({ select: { actor: a }, cells: [label[a], readable(type[a]), country[a] ?? "", sector[a] ?? "", shown.actorSize[a], ties] });
    }
    return { columns: ["Actor", "Kind", "Country", "Sector", "Claims", "Ties"], rows };
  }

  claims() {
    const { graph, shown } = this;
    const rows = [];
    for (let c = 0; c < graph.claimCount; c++) {
      if (!shown.claims[c]) continue;
      const [speaker] = graph.sources(c);
      rows.push({
        select: { claim: c },
        cells: [
          graph.called(graph.part(c, "subject")) || "someone", graph.part(c, "relation").text, graph.called(graph.part(c, "object")),
          graph.sentence(c), graph.word(c, "status"), speaker ? graph.called(speaker) : (graph.publisher(c) ?? ""), dateText(graph, c),
        ],
      });
    }
    return { columns: ["Subject", "Relation", "Object", "Sentence", "Status", "Who says so", "Date"], rows };
  }
}

function tableCell(value) {
  if (typeof value === "number") return el("td", { class: "number" }, value.toLocaleString("en"));
  return el("td", /^(reported )?\d{4}(-|$)/.test(value) ? { class: "day" } : { dir: "auto", class: value.length > 50 ? "long" : value.length > 20 ? null : "short" }, value);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en");
}
