// What is chosen, at the right: an overview, an actor, or a tie with every claim behind it.
import { claimCard, dateText, readable } from "./card.js";
import { el, moreText, name, plural, shorten } from "./dom.js";
import { claimsAsTurtle } from "./turtle.js";

const CARDS_AT_ONCE = 20; // cards drawn at once
const LONGEST = 60; // letters of a name in a list; the actor's own page has it in full
const short = (label) => shorten(label, LONGEST);

export class Panel {
  /** `on.select(selection)` chooses something else, `on.say(text)` tells the reader, `on.hops(n)`. */
  constructor(host, graph, on) {
    Object.assign(this, { host, graph, on });
    this.acts = {
      actor: (a) => on.select({ actor: a }),
      nested: (c) => on.select({ claim: c }),
      turtle: (c, button) => this.copyTurtle([c], button),
    };
  }

  /** A filter leaves the reader where he is; what is newly chosen begins at its top. */
  show(selection, claim, shown, hops) {
    this.shown = shown;
    const key = JSON.stringify([selection, claim]);
    const top = key === this.key ? this.host.scrollTop : 0;
    this.key = key;
    this.host.replaceChildren(...this.content(selection, claim, hops).filter(Boolean));
    this.host.scrollTop = top;
  }

  content(selection, claim, hops) {
    if (claim !== null) return this.claim(claim);
    return !selection
      ? this.overview()
      : selection.tie !== undefined
        ? this.tie(selection.tie)
        : this.actor(selection.actor, hops);
  }

  // --- nothing chosen

  overview() {
    const { graph, shown } = this;
    const strongest = [...shown.ties].sort((a, b) => shown.tieSize[b] - shown.tieSize[a] || a - b);
    const torn = strongest.filter((t) => shown.against[t].length);
    const busiest = [...shown.actors.keys()].filter((a) => shown.actors[a]);
    busiest.sort((a, b) => shown.actorSize[b] - shown.actorSize[a] || a - b).splice(8);
    return [
      el("h2", {}, "At a glance"),
      el("p", { class: "muted" }, "Choose an actor or a tie to read the sentences behind it."),
      torn.length > 0 && this.group("Accounts that contradict each other", this.tieList(torn.slice(0, 8), true)),
      strongest.length > 0 && this.group("Strongest ties", this.tieList(strongest.slice(0, 10))),
      busiest.length > 0 && this.group("Most active", el("ul", { class: "rows" }, busiest.map((a) => this.actorRow(a)))),
      !shown.claimCount && el("p", {}, "The filters let no claim through. Reset them at the left."),
      shown.claimCount > 0 && !strongest.length && this.tieless(),
    ];
  }

  tieless() {
    return el("div", {}, el("p", {}, "No claim here ties one actor to another."), this.cards(this.shown.listed()));
  }

  group(title, ...content) {
    return el("section", {}, el("h3", {}, title), ...content);
  }

  actorRow(a) {
    const { label, family } = this.graph.actors;
    return el(
      "li",
      {},
      el("button", { class: "row", click: () => this.on.select({ actor: a }) },
        el("span", { class: `shape ${family[a]}` }), name(short(label[a])), el("span", { class: "count" }, this.shown.actorSize[a].toLocaleString("en"))),
    );
  }

  tieList(ties, torn = false) {
    return el("ul", { class: "rows" }, ties.map((t) => el("li", {}, this.tieRow(t, torn))));
  }

  tieRow(t, torn = false) {
    const { graph, shown } = this;
    const { from, to } = graph.ties;
    return el(
      "button",
      { class: "row", click: () => this.on.select({ tie: t }) },
      el("span", { class: `line class-${shown.tieClass[t]}` }),
      el("span", { class: "names" }, name(short(graph.actors.label[from[t]])), " → ", name(short(graph.actors.label[to[t]]))),
      (torn || shown.against[t].length > 0) && el("span", { class: "torn", title: "Claims here contradict each other" }, "≠"),
      el("span", { class: "count" }, shown.tieSize[t].toLocaleString("en")),
    );
  }

  // --- a tie

  tie(t) {
    const { graph } = this;
    const { from, to } = graph.ties;
    const back = graph.tieBetween(to[t], from[t]);
    const called = (a) => el("button", { class: "link", click: () => this.on.select({ actor: a }) }, name(graph.actors.label[a]));
    const seen = this.shown.claimsOf({ tie: t });
    const hidden = without(graph.tieClaims(t), seen);
    return [
      this.head(el("h2", {}, called(from[t]), " → ", called(to[t]))),
      el("p", { class: "muted" }, plural(seen.length, "claim"), seen.length > 0 && [", ", this.span(seen)]),
      this.classBar(seen),
      this.shown.against[t].length > 0 && this.contradictions(this.shown.contradicting(t)),
      this.cards(seen),
      hidden.length > 0 && this.hiddenCards(hidden),
      back !== null && this.group("The other way", this.tieList([back])),
      this.footer(seen),
    ];
  }

  /** Both sides of each contradiction, side by side; a claim that is denied twice is shown once. */
  contradictions(sides) {
    const column = (title, claims) =>
      el("div", {}, el("h4", {}, title), claims.map((c) => this.sideCard(c)));
    return el(
      "section",
      { class: "against", "aria-label": "Claims that contradict each other" },
      el("h3", {}, el("span", { class: "torn" }, "≠"), " These accounts contradict each other"),
      el("div", { class: "sides" }, column("It is so", sides[0]), column("It is not so", sides[1])),
    );
  }

  sideCard(c) {
    const [nearest] = this.graph.sources(c);
    const who = nearest ? this.graph.called(nearest) : (this.graph.publisher(c) ?? "The article");
    return el(
      "div",
      { class: "side" },
      el("b", {}, name(who)),
      el("q", { dir: "auto" }, this.graph.sentence(c)),
      el("span", { class: "muted" }, name(this.graph.publisher(c) ?? ""), " · ", dateText(this.graph, c)),
    );
  }

  hiddenCards(claims) {
    const details = el("details", { class: "held" }, el("summary", {}, `${plural(claims.length, "claim")} held back by the filters`));
    details.addEventListener("toggle", () => details.children.length < 2 && details.append(this.cards(claims)), { once: true });
    return details;
  }

  // --- an actor

  actor(a, hops) {
    const { graph } = this;
    const { label, type, country, sector, aliases, roles, wikidata } = graph.actors;
    const facts = [readable(type[a]), country[a], sector[a]].filter(Boolean).join(" · ");
    const ties = graph.tiesOfActor[a].filter((t) => this.shown.tieSize[t]);
    ties.sort((s, t) => this.shown.tieSize[t] - this.shown.tieSize[s] || s - t);
    const out = ties.filter((t) => graph.ties.from[t] === a);
    const into = ties.filter((t) => graph.ties.to[t] === a);
    const seen = this.shown.claimsOf({ actor: a });
    const hidden = without(graph.claimsOfActor[a], seen);
    return [
      this.head(el("h2", {}, el("span", { class: `shape ${graph.actors.family[a]}` }), " ", name(label[a]))),
      el("p", { class: "muted" }, facts),
      aliases[a].length > 0 && el("p", {}, el("span", { class: "muted" }, "Also: "), this.listed(aliases[a])),
      roles[a].length > 0 && el("ul", { class: "roles" }, roles[a].map((role) => el("li", { dir: "auto" }, role))),
      /^Q\d+$/.test(wikidata[a] ?? "") &&
        el("p", {}, el("a", { href: `https://www.wikidata.org/wiki/${wikidata[a]}`, target: "_blank", rel: "noopener noreferrer" }, "Wikidata")),
      this.classBar(seen),
      this.hopButtons(hops),
      out.length > 0 && this.group(`Towards others (${out.length})`, this.moreTies(out)),
      into.length > 0 && this.group(`From others (${into.length})`, this.moreTies(into)),
      this.group(plural(seen.length, "claim"), this.cards(seen)),
      hidden.length > 0 && this.hiddenCards(hidden),
      this.footer(seen),
    ];
  }

  listed(names) {
    return names.slice(0, 12).flatMap((alias, i) => [i ? ", " : "", name(alias)]);
  }

  hopButtons(hops) {
    const button = (n, text) =>
      el("button", { class: "small", "aria-pressed": String(hops === n), click: () => this.on.hops(n) }, text);
    return el("div", { class: "hops", role: "group", "aria-label": "Neighbourhood shown" },
      button(0, "Everybody"), button(1, "Neighbours only"), button(2, "Two steps"));
  }

  moreTies(ties) {
    const rows = ties.map((t) => el("li", {}, this.tieRow(t)));
    const list = el("ul", { class: "rows" }, rows.slice(0, 8));
    if (rows.length <= 8) return list;
    const more = el("button", { class: "link more", click: () => (list.append(...rows.slice(8)), more.remove()) }, `All ${rows.length}`);
    return el("div", {}, list, more);
  }

  // --- one claim

  claim(c) {
    const back = el("button", { class: "small", click: () => this.on.again() }, "Back");
    return [this.head(el("h2", {}, "What is said")), back, claimCard(this.graph, c, this.acts)];
  }

  // --- pieces

  head(title) {
    return el("div", { class: "head" }, title, el("button", { class: "close", "aria-label": "Close", click: () => this.on.select(null) }, "×"));
  }

  span(claims) {
    const dates = claims.map((c) => this.graph.claims.date[c]).filter(Boolean).map((date) => date.split("/").find((part) => part !== "..")).sort();
    if (!dates.length) return "undated";
    return dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} – ${dates.at(-1)}`;
  }

  classBar(claims) {
    const counts = this.graph.classes.map((_, q) => claims.filter((c) => this.graph.claims.quad[c] === q).length);
    const parts = [1, 2, 3, 4, 0].filter((q) => counts[q]);
    const bar = el("div", { class: "class-bar", "aria-hidden": "true" }, parts.map((q) => {
      const part = el("span", { class: `fill-${q}` });
      part.style.flexGrow = counts[q];
      return part;
    }));
    const words = parts.map((q) => el("li", {}, el("span", { class: `line class-${q}` }), ` ${this.graph.classes[q]} ${counts[q]}`));
    return el("div", {}, bar, el("ul", { class: "class-words" }, words));
  }

  cards(claims) {
    const groups = this.folded(claims);
    const list = el("div", { class: "cards" });
    const add = () => {
      const next = groups.splice(0, CARDS_AT_ONCE);
      list.append(...next.map(([c, ...copies]) => claimCard(this.graph, c, this.acts, copies)));
      more.hidden = !groups.length;
      more.textContent = moreText(CARDS_AT_ONCE, groups.length);
    };
    const more = el("button", { class: "small", click: add });
    add();
    return el("div", {}, list, more);
  }

  /** Wire copies, the same words in another article, stand with the first. */
  folded(claims) {
    const groups = new Map();
    for (const c of claims) {
      const { sentence, subject, relation, object } = this.graph.claims;
      const key = JSON.stringify([sentence[c], subject[c], relation[c], object[c]]);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(c);
    }
    return [...groups.values()];
  }

  footer(claims) {
    const copy = el("button", { class: "small", click: () => this.copyTurtle(claims, copy) }, `Copy ${plural(claims.length, "claim")} as Turtle`);
    return el("p", { class: "panel-foot" }, copy);
  }

  async copyTurtle(claims, button) {
    const done = await copyText(claimsAsTurtle(this.graph, claims));
    const before = button.textContent;
    button.textContent = done ? "Copied" : "The browser forbids copying";
    this.on.say(button.textContent);
    setTimeout(() => (button.textContent = before), 1600);
  }
}

/** Those that the filters hold back. */
function without(claims, seen) {
  const kept = new Set(seen);
  return claims.filter((c) => !kept.has(c));
}

/** Puts text on the clipboard; files opened from disk may need the old way. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "hidden-text", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
