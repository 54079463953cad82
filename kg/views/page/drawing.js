// The graph on a canvas: straight ties, shapes by kind of actor, greedy labels; a cached picture while it moves.
import { shorten } from "./dom.js";
import { DASHED, DOTTED, FINE, SOLID, STRUCK } from "./filters.js";

const DASHES = { [SOLID]: [], [DASHED]: [7, 4], [DOTTED]: [2, 4], [FINE]: [1, 3], [STRUCK]: [10, 3, 2, 3] };
const MARGIN = 0.25; // of the view, drawn around it so that a drag has something to show
const SLOW = 14; // ms for a full picture above which moving uses the cached one
const HASTE = 24; // ms for a full picture above which changes of filters draw a coarse one first
const LABEL_ROOM = 4000; // square pixels of the view for each name: more of them hide the graph
const HASTY_LABELS = 120; // names tried in a coarse picture
const SIGNS = 40; // signs of contradiction
const FAINTEST = 0.06; // fainter lines aren't drawn
const HASTY = 1500; // ties in a coarse picture; the rest follows when the filters rest
const BADGE_PLACES = [0.58, 0.72, 0.44]; // along a tie, the first that is free
const STROKE = 8; // lines in one path: longer ones are slow to rasterise without a graphics card
const PLAIN = 3; // radius in pixels below which actors have no outline
const SMALL = 250; // ties up to which all have arrows

export class Drawing {
  constructor(canvas, graph, on) {
    this.canvas = canvas;
    this.graph = graph;
    this.on = on; // select(selection), hover(what, x, y)
    this.context = canvas.getContext("2d");
    this.cache = document.createElement("canvas");
    this.view = { x: 0, y: 0, k: 1 };
    this.shown = null;
    this.selection = null;
    this.near = null; // actors and ties drawn in full strength around a selection
    this.x = Float64Array.from(graph.actors.x);
    this.y = Float64Array.from(graph.actors.y);
    this.widths = new Map();
    this.largest = Math.max(1, ...graph.actors.size);
    this.twoWay = Uint8Array.from(graph.ties.from, (from, t) => (graph.tieBetween(graph.ties.to[t], from) === null ? 0 : 1));
    this.cost = 0;
    this.readColours();
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.colours = {
      classes: [0, 1, 2, 3, 4].map((q) => colour(`--class-${q}`)),
      kinds: Object.fromEntries(
        ["person", "country", "organization", "group", "other"].map((kind) => [kind, colour(`--node-${kind}`)]),
      ),
      groups: Array.from({ length: 10 }, (_, i) => colour(`--group-${i}`)),
      paper: colour("--paper"),
      ink: colour("--ink"),
      soft: colour("--soft"),
      sheet: colour("--sheet"),
      denied: colour("--denied"),
      accent: colour("--accent"),
    };
    this.dirty();
  }

  resize() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const ratio = Math.min(2, devicePixelRatio || 1);
    if (!width || !height || (width === this.width && height === this.height && ratio === this.ratio)) return;
    const first = !this.width;
    this.ratio = ratio;
    this.width = width;
    this.height = height;
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    if (first || !this.touched) this.fit();
    this.dirty();
  }

  show(shown, selection, colourBy) {
    const first = !this.shown;
    this.shown = shown;
    this.selection = selection;
    this.colourBy = colourBy;
    this.near = selection && this.neighbourhood(selection);
    this.actorScale = Math.min(1.25, Math.max(0.5, Math.sqrt(140 / Math.max(1, shown.actorCount))));
    if (first) this.fit();
    this.hasty = first ? shown.ties.length > HASTY : this.cost > HASTE;
    if (this.hasty) this.restSoon();
    this.stale = true;
    this.request();
  }

  /** Of what is chosen: its ties, all ties of the actors at their ends, and everybody at the ends of those. */
  neighbourhood({ actor, tie }) {
    const { from, to } = this.graph.ties;
    const tiesOf = (a) => this.graph.tiesOfActor[a].filter((t) => this.shown.tieSize[t]);
    const ties = new Set(tie === undefined ? tiesOf(actor) : [tie]);
    const around = tie === undefined ? ties : new Set([...tiesOf(from[tie]), ...tiesOf(to[tie]), tie]);
    const actors = new Set([...around].flatMap((t) => [from[t], to[t]]));
    if (actor !== undefined) actors.add(actor);
    return { ties, around, actors };
  }

  // --- where things are

  screenX(x) {
    return (x - this.view.x) * this.view.k + this.width / 2;
  }

  screenY(y) {
    return (y - this.view.y) * this.view.k + this.height / 2;
  }

  /** The whole of what is shown, or of what is near the selection, fills the view. */
  fit(only = null) {
    const chosen = [];
    for (let a = 0; a < this.graph.actorCount; a++) {
      if (only ? only.has(a) : !this.shown || this.shown.actors[a]) chosen.push(a);
    }
    if (!chosen.length || !this.width) return;
    const [left, right] = range(chosen, this.x);
    const [top, bottom] = range(chosen, this.y);
    const [wide, high] = [this.width - Math.min(170, this.width * 0.2), this.height - 150]; // names need room
    const k = Math.min(wide / (right - left || 1), high / (bottom - top || 1), 2.2);
    this.view = { x: (left + right) / 2, y: (top + bottom) / 2 + 18 / k, k: Math.max(k, 0.02) }; // buttons below
    if (!only) this.fitted = this.view.k;
    this.touched ||= Boolean(only);
    this.dirty();
  }

  zoomAt(factor, sx, sy) {
    const k = Math.min(12, Math.max(0.02, this.view.k * factor));
    const wx = (sx - this.width / 2) / this.view.k + this.view.x;
    const wy = (sy - this.height / 2) / this.view.k + this.view.y;
    this.view = { k, x: wx - (sx - this.width / 2) / k, y: wy - (sy - this.height / 2) / k };
    this.move();
  }

  pan(dx, dy) {
    this.view = { ...this.view, x: this.view.x - dx / this.view.k, y: this.view.y - dy / this.view.k };
    this.move();
  }

  /** Moves an actor by pixels of the screen. */
  shift(a, dx, dy) {
    this.x[a] += dx / this.view.k;
    this.y[a] += dy / this.view.k;
    this.dirty();
  }

  /** Whether what is chosen lies outside the view. */
  isOutside({ actor, tie }) {
    const ends = tie === undefined ? [actor] : [this.graph.ties.from[tie], this.graph.ties.to[tie]];
    return ends.some((a) => {
      const [x, y] = [this.screenX(this.x[a]), this.screenY(this.y[a])];
      return x < 0 || y < 0 || x > this.width || y > this.height;
    });
  }

  radius(a) {
    const zoom = Math.min(2.2, Math.max(0.6, (this.view.k / (this.fitted || 1)) ** 0.45));
    const crowd = Math.min(1, Math.max(0.62, (this.fitted || 1) * 2));
    return (4.5 + 12 * Math.sqrt(this.shown.actorSize[a] / this.largest)) * this.actorScale * crowd * zoom;
  }

  /** The two ends of a tie on the screen; one of two opposite ties keeps to each side. */
  ends(t) {
    const { from, to } = this.graph.ties;
    let [x1, y1] = [this.screenX(this.x[from[t]]), this.screenY(this.y[from[t]])];
    let [x2, y2] = [this.screenX(this.x[to[t]]), this.screenY(this.y[to[t]])];
    if (this.twoWay[t]) {
      const length = Math.hypot(x2 - x1, y2 - y1) || 1;
      const [ox, oy] = [((y1 - y2) / length) * 3, ((x2 - x1) / length) * 3];
      [x1, y1, x2, y2] = [x1 + ox, y1 + oy, x2 + ox, y2 + oy];
    }
    return [x1, y1, x2, y2];
  }

  /** The actor or tie under a point of the screen. */
  at(sx, sy) {
    let best = null;
    let reach = 0;
    for (let a = 0; a < this.graph.actorCount; a++) {
      if (!this.shown.actors[a]) continue;
      const r = this.radius(a) + 4;
      const far = Math.hypot(this.screenX(this.x[a]) - sx, this.screenY(this.y[a]) - sy);
      if (far <= r && (best === null || r - far > reach)) [best, reach] = [{ actor: a }, r - far];
    }
    return best ?? this.tieAt(sx, sy);
  }

  tieAt(sx, sy) {
    let best = null;
    let least = 6;
    for (const t of this.shown.ties) {
      if (this.near && !this.near.around.has(t)) continue;
      const far = distanceToSegment(sx, sy, ...this.ends(t));
      if (far < least) [best, least] = [{ tie: t }, far];
    }
    return best;
  }

  // --- painting

  /** Everything is drawn anew at the next frame. */
  dirty() {
    this.hasty = false;
    this.stale = true;
    this.request();
  }

  /** The view moved: the cached picture will do until it rests. */
  move() {
    this.touched = true;
    this.stale ||= this.cost < SLOW;
    this.restSoon();
    this.request();
  }

  restSoon() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.dirty(), 150);
  }

  request() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.shown && this.width) this.paint();
    });
  }

  /** The cost of a full picture is known after it was copied: a canvas puts off its work until it is used. */
  paint() {
    const start = performance.now();
    const full = this.stale && !this.hasty;
    if (this.stale) this.drawCache();
    this.copyCache();
    if (full) this.cost = performance.now() - start;
  }

  copyCache() {
    const { context, ratio, cached, view } = this;
    const scale = view.k / cached.k;
    const [w, h] = [this.cache.width * scale, this.cache.height * scale];
    const x = ((cached.x - view.x) * view.k + this.width / 2) * ratio - w / 2;
    const y = ((cached.y - view.y) * view.k + this.height / 2) * ratio - h / 2;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.colours.paper;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    if (scale === 1) context.drawImage(this.cache, Math.round(x), Math.round(y));
    else context.drawImage(this.cache, x, y, w, h);
  }

  drawCache() {
    this.stale = false;
    const margin = this.margin();
    const wide = Math.round(this.canvas.width * (1 + 2 * margin));
    const high = Math.round(this.canvas.height * (1 + 2 * margin));
    if (this.cache.width !== wide || this.cache.height !== high) Object.assign(this.cache, { width: wide, height: high });
    const context = this.cache.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, wide, high);
    const left = Math.round(this.canvas.width * margin);
    const top = Math.round(this.canvas.height * margin);
    context.setTransform(this.ratio, 0, 0, this.ratio, left, top);
    this.drawOn(context);
    this.cached = { ...this.view };
  }

  /** How much of the view is drawn around it on each side. */
  margin() {
    return this.hasty ? 0 : MARGIN;
  }

  /** The whole picture on a context whose unit is a pixel of the screen. */
  drawOn(context) {
    context.lineCap = "butt";
    this.drawTies(context);
    this.drawActors(context);
    this.drawMarks(context);
    this.drawLabels(context);
  }

  /** The same at full quality, whatever is on the screen at the moment. */
  drawInFull(context) {
    const { hasty } = this;
    this.hasty = false;
    this.drawOn(context);
    this.hasty = hasty;
  }

  tieColour(t) {
    return this.shown.tieVoice[t] === STRUCK ? this.colours.denied : this.colours.classes[this.shown.tieClass[t]];
  }

  tieWidth(t) {
    if (this.shown.tieVoice[t] === FINE) return 1;
    return Math.round(2 * (0.9 + 0.75 * Math.log2(this.shown.tieSize[t]))) / 2;
  }

  /** Ties of one look are drawn together. */
  drawTies(context) {
    const batches = new Map();
    const few = this.shown.ties.length <= SMALL;
    const calm = Math.min(0.75, 14 / Math.sqrt(this.shown.ties.length)); // many lines darken each other
    const faint = calm / 3 < FAINTEST ? 0 : Math.min(0.16, calm / 3);
    for (const t of this.tiesToDraw()) {
      const strength = !this.near || this.near.ties.has(t) ? 2 : this.near.around.has(t) ? 1 : 0;
      if (!strength && !faint) continue;
      const ends = this.ends(t);
      if (!this.inSight(...ends)) continue;
      const key = `${strength}|${this.tieColour(t)}|${this.tieWidth(t)}|${this.shown.tieVoice[t]}`;
      if (!batches.has(key)) batches.set(key, []);
      batches.get(key).push(strength === 2 && (this.near || few) ? this.trimmed(t, ends) : ends);
    }
    for (const [key, lines] of [...batches].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const [strength, colour, width, voice] = key.split("|");
      context.globalAlpha = [faint, 0.35, this.near ? 0.95 : calm][strength];
      context.strokeStyle = colour;
      context.lineWidth = Number(width);
      context.setLineDash(this.hasty ? [] : DASHES[voice]);
      for (let i = 0; i < lines.length; i += STROKE) strokeLines(context, lines.slice(i, i + STROKE));
      context.setLineDash([]);
      if (strength === "2" && (this.near || few)) this.drawArrows(context, lines, colour, Number(width));
    }
    context.globalAlpha = 1;
  }

  /** All ties, or while in haste the strongest of them and those near what is chosen. */
  tiesToDraw() {
    const { ties, tieSize } = this.shown;
    if (!this.hasty || ties.length <= HASTY) return ties;
    const strong = ties.filter((t) => tieSize[t] > 1 || this.near?.around.has(t));
    return strong.length > 100 ? strong.slice(0, HASTY) : ties.slice(0, HASTY);
  }

  inSight(x1, y1, x2, y2) {
    const [dx, dy] = [this.width * this.margin(), this.height * this.margin()];
    return (
      Math.max(x1, x2) > -dx && Math.min(x1, x2) < this.width + dx && Math.max(y1, y2) > -dy && Math.min(y1, y2) < this.height + dy
    );
  }

  isOnScreen([left, top, right, bottom]) {
    return left >= 0 && top >= 0 && right <= this.width && bottom <= this.height;
  }

  /** The line from edge to edge of its two actors, leaving room for an arrow. */
  trimmed(t, [x1, y1, x2, y2]) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const start = this.radius(this.graph.ties.from[t]);
    const end = Math.min(this.radius(this.graph.ties.to[t]) + 3, length / 2);
    return [x1 + ux * start, y1 + uy * start, x2 - ux * end, y2 - uy * end];
  }

  drawArrows(context, lines, colour, width) {
    const size = 5 + width * 1.4;
    context.fillStyle = colour;
    context.beginPath();
    for (const [x1, y1, x2, y2] of lines) {
      const length = Math.hypot(x2 - x1, y2 - y1) || 1;
      const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
      context.moveTo(x2 + ux * 2, y2 + uy * 2);
      context.lineTo(x2 - ux * size - uy * size * 0.45, y2 - uy * size + ux * size * 0.45);
      context.lineTo(x2 - ux * size + uy * size * 0.45, y2 - uy * size - ux * size * 0.45);
      context.closePath();
    }
    context.fill();
  }

  actorColour(a) {
    if (this.colourBy !== "community") return this.colours.kinds[this.graph.actors.family[a]];
    const group = this.graph.actors.group[a];
    return group >= 0 && group < 10 ? this.colours.groups[group] : this.colours.kinds.other;
  }

  drawActors(context) {
    for (let a = this.graph.actorCount - 1; a >= 0; a--) {
      if (!this.shown.actors[a]) continue;
      const [x, y, r] = [this.screenX(this.x[a]), this.screenY(this.y[a]), this.radius(a)];
      if (!this.inSight(x - r, y - r, x + r, y + r)) continue;
      context.globalAlpha = this.near && !this.near.actors.has(a) ? 0.28 : 1;
      context.fillStyle = this.actorColour(a);
      context.strokeStyle = this.colours.paper;
      context.lineWidth = 1.5;
      context.beginPath();
      actorShape(context, this.graph.actors.family[a], x, y, r);
      context.fill();
      if (r >= PLAIN) context.stroke();
      if (this.selection?.actor === a) this.ring(context, x, y, r);
    }
    context.globalAlpha = 1;
  }

  ring(context, x, y, r) {
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(x, y, r + 5, 0, 2 * Math.PI);
    context.stroke();
  }

  /** The sign ≠ on ties whose claims contradict each other; the number of claims on ties near a selection. */
  drawMarks(context) {
    this.taken = [];
    const near = this.near ? [...this.near.ties].sort((a, b) => this.shown.tieSize[b] - this.shown.tieSize[a]).slice(0, 14) : [];
    for (const t of near) if (this.shown.tieSize[t] > 1 || this.selection.tie === t) this.badge(context, t);
    const most = this.shown.ties.length > 1500 && this.view.k < 2 * this.fitted ? SIGNS / 4 : SIGNS;
    let signs = 0;
    for (const t of this.shown.ties) {
      if (signs >= most || !this.signed(t) || (this.near && !this.near.ties.has(t))) continue;
      const [x1, y1, x2, y2] = this.ends(t);
      const [x, y] = [x1 + (x2 - x1) * 0.36, y1 + (y2 - y1) * 0.36];
      if (Math.hypot(x2 - x1, y2 - y1) <= 26 || this.isTaken([x - 9, y - 9, x + 9, y + 9])) continue;
      this.sign(context, x, y);
      signs++;
    }
  }

  /** Whether the tie bears the sign: of two opposite ones the first, if both are torn and none is chosen. */
  signed(t) {
    const { from, to } = this.graph.ties;
    const { against } = this.shown;
    if (!against[t].length) return false;
    const back = this.graph.tieBetween(to[t], from[t]);
    const twice = back !== null && against[back].length && this.shown.tieSize[back] && !(this.selection?.tie >= 0);
    return !twice || from[t] < to[t];
  }

  /** Whether a badge or sign already stands there. */
  isTaken([left, top, right, bottom]) {
    return this.taken.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t);
  }

  sign(context, x, y) {
    context.fillStyle = this.colours.sheet;
    context.strokeStyle = this.colours.denied;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    for (const [fromX, fromY, toX, toY] of [[-4, -2, 4, -2], [-4, 2, 4, 2], [2.5, -5, -2.5, 5]]) {
      context.moveTo(x + fromX, y + fromY);
      context.lineTo(x + toX, y + toY);
    }
    context.stroke();
    this.taken.push([x - 9, y - 9, x + 9, y + 9]);
  }

  badge(context, t) {
    const [x1, y1, x2, y2] = this.ends(t);
    const { from, to } = this.graph.ties;
    const count = String(this.shown.tieSize[t]);
    const title = (a) => `\u2068${shorten(plainText(this.graph.actors.label[a]), 22)}\u2069`;
    context.font = "600 11px system-ui, sans-serif";
    const full = `${title(from[t])} → ${title(to[t])}  ${count}`;
    const room = Math.hypot(x2 - x1, y2 - y1) - this.radius(from[t]) - this.radius(to[t]) - 60;
    const text = this.selection.tie === t && context.measureText(full).width < room ? full : count;
    const half = context.measureText(text).width / 2 + 6;
    const along = BADGE_PLACES.map((share) => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]);
    const free = along.find(([cx, cy]) => !this.isTaken([cx - half, cy - 9, cx + half, cy + 9]));
    if (!free && this.selection.tie !== t) return;
    const [x, y] = free ?? along[0];
    context.fillStyle = this.colours.sheet;
    context.strokeStyle = this.tieColour(t);
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x - half, y - 9, half * 2, 18, 9);
    context.fill();
    context.stroke();
    context.fillStyle = this.colours.ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y + 0.5);
    this.taken.push([x - half, y - 9, x + half, y + 9]);
  }

  /** Names, the busiest actors first, each beside its actor where it covers no other name or actor. */
  drawLabels(context) {
    const names = new Occupied(this.taken);
    const actors = new Occupied([]);
    if (this.shown.actorCount < 1500) this.keepActorsFree(actors);
    let [drawn, tried] = [0, 0];
    const most = (this.width * this.height) / LABEL_ROOM;
    context.textBaseline = "top";
    context.textAlign = "center";
    context.lineJoin = "round";
    context.strokeStyle = this.colours.paper;
    for (const a of this.labelOrder()) {
      if (drawn >= most || (this.hasty && ++tried > HASTY_LABELS)) break;
      if (this.drawLabel(context, a, names, actors)) drawn++;
    }
  }

  keepActorsFree(actors) {
    for (let a = 0; a < this.graph.actorCount; a++) {
      if (!this.shown.actors[a]) continue;
      const [x, y, r] = [this.screenX(this.x[a]), this.screenY(this.y[a]), this.radius(a) * 0.8];
      actors.add([x - r, y - r, x + r, y + r]);
    }
  }

  /** Draws the name if there is room; that of a busy actor may lie over smaller actors. */
  drawLabel(context, a, names, actors) {
    const [x, y, r] = [this.screenX(this.x[a]), this.screenY(this.y[a]), this.radius(a)];
    if (!this.inSight(x - 60, y - r, x + 60, y + r + 16)) return false;
    const large = this.near ? this.near.actors.has(a) : this.shown.actorSize[a] > this.largest / 5;
    const size = large ? 13 : 11.5;
    context.font = `${large ? 600 : 500} ${size}px system-ui, sans-serif`;
    const text = shorten(plainText(this.graph.actors.label[a]), this.width < 500 ? 20 : 30);
    const half = this.textWidth(context, text, size) / 2;
    const beside = [[x, y + r + 2], [x, y - r - size - 3], [x + r + half + 4, y - size / 2], [x - r - half - 4, y - size / 2]];
    const box = ([cx, top]) => [cx - half - 3, top, cx + half + 3, top + size + 2];
    const onScreen = this.isOnScreen([x, y, x, y]); // then its name isn't cut off by the edge either
    const room = (place) => (!onScreen || this.isOnScreen(box(place))) && names.isFree(box(place));
    const free = beside.find((place) => room(place) && actors.isFree(box(place))) ?? (large ? beside.find(room) : null);
    if (!free) return false;
    names.add(box(free));
    context.globalAlpha = this.near && !this.near.actors.has(a) ? 0.4 : 1;
    context.lineWidth = 3.5;
    context.strokeText(text, ...free);
    context.fillStyle = this.colours.ink;
    context.fillText(text, ...free);
    context.globalAlpha = 1;
    return true;
  }

  *labelOrder() {
    if (this.near) yield* [...this.near.actors].sort((a, b) => a - b);
    for (let a = 0; a < this.graph.actorCount; a++) if (this.shown.actors[a] && !this.near?.actors.has(a)) yield a;
  }

  textWidth(context, text, size) {
    const key = `${size} ${text}`;
    if (!this.widths.has(key)) this.widths.set(key, context.measureText(text).width);
    return this.widths.get(key);
  }
}

/** Rectangles on the screen that are taken, found by the cells they touch. */
class Occupied {
  constructor(taken) {
    this.cells = new Map();
    for (const box of taken) this.add(box);
  }

  isFree(box) {
    const [left, top, right, bottom] = box;
    for (const cell of touched(box)) {
      for (const [l, t, r, b] of this.cells.get(cell) ?? []) {
        if (left < r && right > l && top < b && bottom > t) return false;
      }
    }
    return true;
  }

  add(box) {
    for (const cell of touched(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}

function* touched([left, top, right, bottom]) {
  for (let i = Math.floor(left / 80); i <= right / 80; i++) {
    for (let j = Math.floor(top / 80); j <= bottom / 80; j++) yield i * 100003 + j;
  }
}

function strokeLines(context, lines) {
  context.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}

/** The outline of an actor; areas are alike, so that size means the same for all shapes. */
export function actorShape(path, family, x, y, r) {
  if (family === "country") return path.roundRect(x - r * 0.89, y - r * 0.89, r * 1.78, r * 1.78, r * 0.35);
  if (family === "organization") return polygon(path, x, y, r * 1.22, 4, 0);
  if (family === "group") return polygon(path, x, y, r * 1.3, 3, Math.PI / 6);
  return path.arc(x, y, r, 0, 2 * Math.PI);
}

function polygon(path, x, y, r, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i * 2 * Math.PI) / corners - Math.PI / 2 - (corners === 3 ? Math.PI / 6 : 0);
    path[i ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  path.closePath();
}

/** Without the signs that would turn the text around it. */
export function plainText(text) {
  return text.replaceAll(/[\u202a-\u202e\u2066-\u2069\u0000-\u001f]/g, "");
}

function range(chosen, values) {
  let [low, high] = [Infinity, -Infinity];
  for (const a of chosen) [low, high] = [Math.min(low, values[a]), Math.max(high, values[a])];
  return [low, high];
}

function distanceToSegment(x, y, x1, y1, x2, y2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
