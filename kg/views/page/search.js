// The search box: actors by any of their names; any words of a sentence.
import { el, name } from "./dom.js";

const MOST_FOUND = 9;

/** Turns the input into a combobox; `on.select(selection)` and `on.words(text)` are told what is chosen. */
export class Search {
  constructor(input, list, graph, on) {
    Object.assign(this, { input, list, graph, on });
    this.keys = graph.actors.label.map((label, a) => [label, graph.actors.id[a], ...graph.actors.aliases[a]].map(plain));
    this.at = -1;
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("focus", () => this.suggest());
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    input.addEventListener("keydown", (event) => this.key(event));
  }

  /** Numbers beside names are of what is shown. */
  update(shown) {
    this.shown = shown;
  }

  suggest() {
    const wanted = plain(this.input.value.trim());
    if (!wanted) return this.close();
    const found = [];
    for (let a = 0; a < this.keys.length && found.length < MOST_FOUND; a++) {
      if (this.keys[a].some((key) => key.includes(wanted))) found.push(a);
    }
    const choices = [...found.map((a) => ({ act: () => this.on.select({ actor: a }), content: this.actorLine(a) })), this.wordsChoice()];
    this.choices = choices;
    this.at = 0;
    this.list.replaceChildren(...choices.map((choice, i) => this.option(choice, i)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  actorLine(a) {
    return [el("span", { class: `shape ${this.graph.actors.family[a]}` }), name(this.graph.actors.label[a]),
      el("span", { class: "count" }, this.shown.actorSize[a].toLocaleString("en"))];
  }

  wordsChoice() {
    const text = this.input.value.trim();
    return { act: () => this.on.words(text), content: ["Sentences with “", name(text), "”"] };
  }

  option(choice, i) {
    return el("li", { role: "option", id: `found-${i}`, mousedown: (event) => (event.preventDefault(), this.choose(i)) }, choice.content);
  }

  mark() {
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    this.input.setAttribute("aria-activedescendant", `found-${this.at}`);
  }

  key(event) {
    if (event.key === "Escape") {
      this.input.value = "";
      this.close();
      this.on.words("");
      this.input.blur();
    } else if (!this.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + this.choices.length) % this.choices.length;
      this.mark();
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.at);
    }
  }

  choose(i) {
    this.choices[i].act();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** Lower case without accents, for finding. */
export function plain(text) {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
