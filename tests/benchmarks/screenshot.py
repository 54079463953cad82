"""Draws examples/graph.png: the page of our own articles in headless Chromium, one tie chosen.

    kg build data/articles --store kg-store && python tests/benchmarks/screenshot.py kg-store

It needs `pip install playwright` and a chromium on the path.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg import views
from kg.store import open_store

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TIE = '#tie=["xi-jinping","donald-trump"]'  # two accounts of who called whom


def draw(store: str, target: Path) -> None:
    """Write the picture of the store's page to `target`, a PNG file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_file = Path(folder, "graph.html")
        with open_store(store) as opened:
            views.view(opened, page_file, title="Who does what to whom, and who says so")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        page.goto(page_file.as_uri() + TIE)
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(400)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    picture = Path(__file__).parents[2] / "examples" / "graph.png"
    draw(sys.argv[1] if len(sys.argv) > 1 else "kg-store", picture)
