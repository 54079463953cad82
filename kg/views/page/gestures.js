// Mouse, touch and keys on the drawing: pan, zoom, choose.

/** Binds gestures to the drawing; `on.point(what)` and `on.hover(what, x, y)` are told what happens. */
export function bindGestures(drawing, on) {
  const { canvas } = drawing;
  const pointers = new Map();
  let travelled = 0;
  let held = null; // an actor that is being moved

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    travelled = 0;
    const found = on.locked() ? null : drawing.at(event.offsetX, event.offsetY);
    held = found?.actor ?? null;
    on.hover(null);
  });

  canvas.addEventListener("pointermove", (event) => {
    const now = [event.offsetX, event.offsetY];
    const before = pointers.get(event.pointerId);
    if (!before) return on.hover(drawing.at(...now), ...now);
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    travelled += Math.hypot(dx, dy);
    if (pointers.size === 2) pinch(drawing, pointers, event.pointerId, now);
    else if (held !== null) drawing.shift(held, dx, dy);
    else drawing.pan(dx, dy);
    pointers.set(event.pointerId, now);
  });

  canvas.addEventListener("pointerup", (event) => {
    pointers.delete(event.pointerId);
    if (travelled < 5) on.point(drawing.at(event.offsetX, event.offsetY));
    held = null;
  });
  canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => on.hover(null));
  canvas.addEventListener("dblclick", (event) => drawing.zoomAt(1.8, event.offsetX, event.offsetY));
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
      drawing.zoomAt(Math.exp(-Math.max(-200, Math.min(200, pixels)) / 400), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](drawing);
  });
}

const keys = {
  ArrowLeft: (drawing) => drawing.pan(60, 0),
  ArrowRight: (drawing) => drawing.pan(-60, 0),
  ArrowUp: (drawing) => drawing.pan(0, 60),
  ArrowDown: (drawing) => drawing.pan(0, -60),
  "+": (drawing) => drawing.zoomAt(1.3, drawing.width / 2, drawing.height / 2),
  "=": (drawing) => drawing.zoomAt(1.3, drawing.width / 2, drawing.height / 2),
  "-": (drawing) => drawing.zoomAt(1 / 1.3, drawing.width / 2, drawing.height / 2),
  0: (drawing) => drawing.fit(),
};

function pinch(drawing, pointers, moved, now) {
  const [other] = [...pointers].filter(([id]) => id !== moved).map(([, place]) => place);
  const before = Math.hypot(pointers.get(moved)[0] - other[0], pointers.get(moved)[1] - other[1]);
  const after = Math.hypot(now[0] - other[0], now[1] - other[1]);
  drawing.zoomAt(after / (before || 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
}
