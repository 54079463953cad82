"""Measures the actor graph page in headless Chromium: python tests/benchmarks/page.py [--pyvis] [SIZES…]

Per size (actors/ties/claims, e.g. 1000/3000/6000): layout and writing in Python, file size, opening until
the graph is drawn and until filters and panel stand around it, frames per second while it is dragged, brush
to picture, click on a tie to its sentences. Opening is measured over several openings, in turn with a blank
page that holds as many bytes of data, which is the browser's own share. Each figure is "least / median".
With --pyvis the smallest size is measured with pyvis's own output too, as it comes and with ours.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.views import VIEWS, View, actor_graph, network
from tests import view_samples as samples

ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
SIZES = ("1000/3000/6000", "5000/15000/30000")

OPENINGS = 7
BLANK = (
    '<!doctype html><title>blank</title><script type="application/json">{data}</script>'
    "<script>document.documentElement.dataset.ready = 'yes'</script>"
)
DRAWN = "() => (performance.timeOrigin + performance.getEntriesByName('drawn')[0].startTime) / 1000"

# Each waits for the frame after the act, so that it measures what the reader sees.
FRAME = "const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
BRUSH = f"""async () => {{ {FRAME}
  const slider = document.querySelector('.track input'); const times = [];
  for (let i = 1; i <= 8; i++) {{
    const start = performance.now();
    slider.value = i * 3; slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
    await frame(); times.push(performance.now() - start);
  }}
  return times; }}"""
CLICK = f"""async () => {{ {FRAME} const times = [];
  for (let i = 0; i < 6; i++) {{
    const start = performance.now();
    document.querySelectorAll('#panel button.row')[i].click();
    await frame(); times.push(performance.now() - start);
    dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Escape' }}));
    await frame();
  }}
  return times; }}"""
DRAG = """async (selector) => {
  const canvas = document.querySelector(selector); const box = canvas.getBoundingClientRect();
  const at = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1,
    isPrimary: true, buttons: 1, button: 0, clientX: box.x + x, clientY: box.y + y, pointerType: 'mouse' }));
  canvas.setPointerCapture = () => {};
  at('pointerdown', 300, 300);
  const times = []; let before = performance.now();
  for (let i = 0; i < 60; i++) {
    at('pointermove', 300 + i * 2, 300 + i);
    await new Promise(requestAnimationFrame);
    const now = performance.now(); times.push(now - before); before = now;
  }
  at('pointerup', 420, 360);
  return times; }"""


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES)
    parser.add_argument("--pyvis", action="store_true")
    options = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for size in options.sizes:
            measure(browser, Path(folder), *(int(n) for n in size.split("/")))
        if options.pyvis:
            measure_pyvis(browser, Path(folder), *(int(n) for n in options.sizes[0].split("/")))
        browser.close()


def measure(browser, folder: Path, actors: int, ties: int, claims: int) -> None:
    """The page at one size."""
    rows = samples.generated(actors, ties, claims)
    start, used = time.perf_counter(), time.process_time()
    graph = actor_graph(*rows)
    laid = time.perf_counter()
    path = View(VIEWS["page"](graph)).save(folder / "graph.html")
    written, cpu = time.perf_counter(), time.process_time() - used
    blank = folder / "blank.html"
    blank.write_text(BLANK.format(data="x" * path.stat().st_size), encoding="utf-8")
    drawn, ready, empty = [], [], []
    for _ in range(OPENINGS):
        empty.append(closed(*opening(browser, blank, "html[data-ready]")))
        page, seconds = opening(browser, path, "html[data-ready]")
        drawn.append(page.evaluate(DRAWN) - seconds.start)
        ready.append(closed(page, seconds))
    page, _ = opening(browser, path, "html[data-ready]")
    page.wait_for_timeout(1000)
    drag = page.evaluate(DRAG, "#drawing")
    print(
        f"{actors}/{ties}/{claims}: layout and model {laid - start:.1f} s, writing {written - laid:.1f} s "
        f"(processor {cpu:.1f} s), file {path.stat().st_size / 1e6:.2f} MB, "
        f"graph drawn {spread(drawn, 2)} s, all ready {spread(ready, 2)} s, blank page {spread(empty, 2)} s, "
        f"drag {1000 / statistics.median(drag):.0f} fps, brush {spread(page.evaluate(BRUSH))} ms, "
        f"click {spread(page.evaluate(CLICK))} ms"
    )
    page.close()


def spread(values: list[float], digits: int = 0) -> str:
    """Least and median."""
    return f"{min(values):.{digits}f} / {statistics.median(values):.{digits}f}"


class Seconds(float):
    """How long something took, and when it began on the clock that pages read too."""

    start: float


def closed(page: Page, seconds: Seconds) -> Seconds:
    """The seconds, the page being closed."""
    page.close()
    return seconds


def opening(browser, path: Path, ready: str, wait: float = 60) -> tuple[Page, Seconds]:
    """The opened page and the seconds until it is ready and painted."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    start, clock = time.perf_counter(), time.time()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector(ready, timeout=wait * 1000, state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    seconds = Seconds(time.perf_counter() - start)
    seconds.start = clock
    return page, seconds


def measure_pyvis(browser, folder: Path, actors: int, ties: int, claims: int) -> None:
    """The same graph by our pyvis writer, then by pyvis as it comes: how long to the first drawn graph."""
    graph = actor_graph(*samples.generated(actors, ties, claims))
    path = View(VIEWS["pyvis"](graph)).save(folder / "pyvis.html")
    page, opened = opening(browser, path, "html[data-ready]")
    drag = page.evaluate(DRAG, "#drawing canvas")
    print(f"pyvis through our template: opened {opened:.2f} s, drag {1000 / statistics.median(drag):.0f} fps")
    page.close()
    net = network(graph)
    net.toggle_physics(True)
    for node in net.nodes:  # as pyvis leaves it: no places, its own physics finds them
        del node["x"], node["y"]
    bare = folder / "bare.html"
    bare.write_text(net.generate_html(), encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    start = time.perf_counter()
    page.goto(bare.as_uri(), wait_until="commit")
    try:
        page.wait_for_function(
            "typeof network !== 'undefined' && network.physics.stabilized", timeout=240_000
        )
        print(f"pyvis as it comes: graph at rest after {time.perf_counter() - start:.0f} s")
    except Exception as error:
        print(f"pyvis as it comes: not at rest after 240 s ({type(error).__name__})")


if __name__ == "__main__":
    main()
