// Claims by date as stacked bars, with a brush, two sliders for the keyboard, and a bar for those without a date.
import { el } from "./dom.js";

const UNITS = [
  { days: 1, name: "day" },
  { days: 7, name: "week" },
  { days: 30.4369, name: "month" },
  { days: 365.2425, name: "year" },
];
const MOST_BARS = 110; // bars
const STEP = 350; // ms between the steps of playing
const ORDER = [2, 1, 0, 3, 4]; // cooperation below, conflict on top

export class Timeline {
  constructor(host, graph, filters, changed) {
    Object.assign(this, { host, graph, filters, changed });
    this.measure();
    this.canvas = el("canvas", { role: "img" });
    this.from = this.slider("From", 0);
    this.to = this.slider("To", this.bins);
    this.text = el("p", { class: "muted when" });
    this.play = el("button", { class: "small", title: "Move the chosen time from start to end", click: () => this.run() }, "Play");
    this.all = el("button", { class: "small", click: () => this.choose(0, this.bins) }, "All time");
    this.undated = el("button", { class: "undated", click: () => this.toggleUndated() });
    this.track = el("div", { class: "track" }, this.canvas, this.from, this.to);
    host.append(el("div", { class: "time-head" }, el("h2", {}, "Time"), this.text, this.play, this.all), this.track, this.undated);
    if (!this.bins) host.classList.add("dateless");
    this.brush();
    new ResizeObserver(() => this.draw()).observe(this.track);
  }

  /** The first day, the unit and the number of bars; a few far-off dates stand in the outermost bars. */
  measure() {
    const { first } = this.filters;
    const days = [...first].filter((_, c) => this.filters.isDated(c)).sort((a, b) => a - b);
    this.bins = 0;
    if (!days.length) return;
    const [low, high] = middle(days);
    this.start = low;
    this.unit = UNITS.find((unit) => (high - low + 1) / unit.days <= MOST_BARS) ?? UNITS[3];
    this.bins = Math.min(600, Math.floor((high - low) / this.unit.days) + 1);
    this.bin = Int32Array.from(first, (day) => Math.min(this.bins - 1, Math.max(0, Math.floor((day - low) / this.unit.days))));
    [this.earliest, this.latest] = [days[0], days.at(-1)];
  }

  slider(label, value) {
    return el("input", {
      type: "range", min: 0, max: this.bins, step: 1, value, "aria-label": label,
      input: () => this.slid(),
    });
  }

  slid() {
    let [from, to] = [Number(this.from.value), Number(this.to.value)];
    if (from >= to) [from, to] = document.activeElement === this.from ? [to - 1, to] : [from, from + 1];
    this.choose(Math.max(0, from), Math.min(this.bins, to));
  }

  /** Bars from (included) to (not included). */
  choose(from, to) {
    const whole = from <= 0 && to >= this.bins;
    this.filters.days = whole ? null : [Math.floor(this.day(from)), Math.ceil(this.day(to)) - 1];
    this.changed();
  }

  /** The day a bar begins with; the first and the last bar reach out to the first and last date. */
  day(bin) {
    if (bin <= 0) return Math.min(this.start, this.earliest);
    const day = this.start + bin * this.unit.days;
    return bin >= this.bins ? Math.max(day, this.latest + 1) : day;
  }

  chosen() {
    if (!this.filters.days) return [0, this.bins];
    const [first, last] = this.filters.days;
    const at = (day) => Math.round((day - this.start) / this.unit.days);
    return [Math.max(0, at(first)), Math.min(this.bins, at(last + 1))];
  }

  toggleUndated() {
    this.filters.undated = !this.filters.undated;
    this.changed();
  }

  run() {
    if (this.timer) return this.stop();
    this.play.textContent = "Stop";
    const [from, to] = this.chosen();
    const width = from === 0 && to === this.bins ? Math.max(1, Math.round(this.bins / 8)) : to - from;
    let at = from === 0 && to === this.bins ? 0 : to >= this.bins ? 0 : from;
    this.played = this.filters.days;
    this.timer = setInterval(() => {
      this.step(at, Math.min(this.bins, at + width));
      at += Math.max(1, Math.round(width / 6));
      if (at + width > this.bins) this.stop();
    }, STEP);
  }

  /** One step of playing; whatever else changes the chosen time ends it (`update`). */
  step(from, to) {
    this.stepping = true;
    this.choose(from, to);
    this.stepping = false;
    this.played = this.filters.days;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Play";
  }

  /** A drag over the bars chooses them; a double click chooses all. */
  brush() {
    let start = null;
    const at = (event) => (event.offsetX / this.canvas.clientWidth) * this.bins;
    this.canvas.addEventListener("pointerdown", (event) => {
      if (!this.bins) return;
      this.stop();
      this.canvas.setPointerCapture(event.pointerId);
      start = at(event);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const [low, high] = [Math.min(start, at(event)), Math.max(start, at(event))];
      if (high - low > 0.15) this.choose(Math.max(0, Math.floor(low)), Math.min(this.bins, Math.ceil(high)));
    });
    this.canvas.addEventListener("pointerup", () => (start = null));
    this.canvas.addEventListener("dblclick", () => this.choose(0, this.bins));
  }

  update(shown) {
    if (this.timer && !this.stepping && this.filters.days !== this.played) this.stop();
    this.counts = new Int32Array(this.bins * 5);
    let undated = 0;
    for (let c = 0; c < this.graph.claimCount; c++) {
      if (!this.filters.isDated(c)) undated += shown.passesButDate(c) ? 1 : 0;
      else if (shown.passesButDate(c)) this.counts[this.bin[c] * 5 + this.graph.claims.quad[c]]++;
    }
    const [from, to] = this.chosen();
    this.describe(from, to, undated);
    this.draw();
  }

  describe(from, to, undated) {
    const [first, last] = this.bins ? [dayText(this.day(from)), dayText(this.day(to) - 1)] : ["", ""];
    this.text.textContent = this.bins ? `${first} – ${last}, by ${this.unit.name}` : "No claim here has a date";
    for (const [slider, value, text] of [[this.from, from, first], [this.to, to, last]]) {
      slider.value = value;
      slider.setAttribute("aria-valuetext", text);
    }
    this.all.hidden = !this.filters.days;
    this.undated.setAttribute("aria-pressed", String(this.filters.undated));
    this.undated.replaceChildren(el("b", {}, undated.toLocaleString("en")), " undated");
    this.undated.title = this.filters.undated ? "Claims without a date are shown" : "Claims without a date are hidden";
    this.undated.hidden = !undated && this.filters.undated && this.bins > 0;
    this.canvas.setAttribute("aria-label", `Claims by ${this.unit?.name ?? "date"}, ${first} to ${last}`);
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.counts || !width || !height) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const context = this.canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(this.host);
    const colours = ORDER.map((q) => style.getPropertyValue(`--class-${q}`).trim());
    const [from, to] = this.chosen();
    const step = width / this.bins;
    context.fillStyle = style.getPropertyValue(this.filters.days ? "--accent-soft" : "--raised").trim();
    context.fillRect(from * step, 0, (to - from) * step, height);
    const largest = Math.max(1, ...Array.from({ length: this.bins }, (_, b) => this.total(b)));
    for (let b = 0; b < this.bins; b++) this.bar(context, b, { step, height, largest, colours, faint: b < from || b >= to });
  }

  total(b) {
    return this.counts.subarray(b * 5, b * 5 + 5).reduce((sum, n) => sum + n, 0);
  }

  bar(context, b, { step, height, largest, colours, faint }) {
    let y = height;
    context.globalAlpha = faint ? 0.3 : 1;
    ORDER.forEach((q, i) => {
      const tall = (this.counts[b * 5 + q] / largest) * (height - 6);
      context.fillStyle = colours[i];
      context.fillRect(b * step + Math.min(1, step / 8), y - tall, Math.max(1, step - Math.min(2, step / 4)), tall);
      y -= tall;
    });
    context.globalAlpha = 1;
  }
}

/** The first and last of the days, without the outermost hundredths where these alone make up most of the span. */
function middle(days) {
  const [first, last] = [days[0], days.at(-1)];
  const [low, high] = [days[Math.floor(days.length * 0.015)], days[Math.ceil(days.length * 0.985) - 1]];
  return high - low < (last - first) / 2 ? [low, high] : [first, last];
}

/** A day since 1970 as "2025-06-06". */
export function dayText(day) {
  return new Date(Math.floor(day) * 86400000).toISOString().slice(0, 10);
}
