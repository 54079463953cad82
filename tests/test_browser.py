"""The pages in a real Chromium: offline, unharmed by hostile text, usable by mouse, keys and screen reader.

Skipped where there is no Chromium, unless KG_REQUIRE_BROWSER=1, which makes that a failure.
"""

import csv
import io
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg import rdf, resources
from kg.store import OxigraphStore, open_store
from kg.views import VIEWS, View, actor_graph
from kg.views.graph import ActorRow, ClaimRow, DocumentRow, EventRow, Part
from kg.views.source import read_graph
from tests import view_samples as samples
from tests.benchmarks.page import DRAG
from tests.effort import some
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES
from tests.view_samples import part

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

HOSTILE = (
    "</script><script>window.harmed=1</script>",
    "<!--<script>window.harmed=1",
    '"><img src="http://tracker.invalid/x.png" onerror="window.harmed=1">',
    "javascript:window.harmed=1",
    "<a href='http://tracker.invalid'>href</a>",
    "{{constructor.constructor('window.harmed=1')()}}",
    "\u2028window.harmed=1\u2029",
    "\ud800 lone surrogate",
    "\u202eright-to-left override",
    '=HYPERLINK("http://tracker.invalid")',
    "__proto__",
    "مثال على اسم طويل",
    "习近平",
    "Зеленский",
    "x" * 300,
)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        if os.environ.get("KG_REQUIRE_BROWSER") == "1":
            pytest.fail("KG_REQUIRE_BROWSER=1, and there is no chromium: apt-get install chromium")
        pytest.skip("no chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


class Visit:
    """An opened page with everything it asked of the network and every error it made."""

    def __init__(self, browser, path, fragment="", **options):
        self.context = browser.new_context(viewport={"width": 1400, "height": 860}, **options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(path.as_uri() + fragment)
        if options.get("java_script_enabled", True):
            self.page.wait_for_selector("html[data-ready]", timeout=20_000)

    def heard(self, message) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    @property
    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "blob:file:", "data:"))]


@pytest.fixture
def visit(browser, tmp_path):
    opened = []

    def go(graph, writer="page", fragment="", **options):
        path = View(VIEWS[writer](graph)).save(tmp_path / "graph.html")
        opened.append(Visit(browser, path, fragment, **options))
        return opened[-1]

    yield go
    for visited in opened:
        visited.context.close()


@pytest.fixture(scope="module")
def story():
    rows = samples.story()
    return actor_graph(
        rows, samples.DOCUMENTS, samples.ACTORS, samples.against(rows), title="Who called whom"
    )


@pytest.fixture(scope="module")
def region():
    return actor_graph(*samples.generated(40, 100, 400))


SHOWN = ("asserted", "claimed")  # what a page shows at first
TIE = '#tie=["xi-jinping","donald-trump"]'
ALL_SAID = "&said=asserted claimed denied negated"


# --- nothing goes out, nothing gets in


@pytest.mark.parametrize("writer", VIEWS)
def test_nothing_is_asked_of_any_network_and_nothing_breaks(visit, story, writer):
    seen = visit(story, writer)
    assert (seen.outside, seen.errors) == ([], [])


def hostile_graph():
    """Every text in every field; only ids, which a store cannot hold otherwise, are whole Unicode."""
    rows, documents, actors = [], [], []
    for i, text in enumerate(HOSTILE):
        id = text.encode("utf-8", "replace").decode("utf-8")
        sentence, after = f"{text} called {text} again", len(text) + 8
        row = ClaimRow(
            f"c{i}{id}", f"d{i}{id}", sentence, part(sentence, "called"), text,
            Part(text, 0, len(text), f"a{id}"), Part(text, after, after + len(text), f"b{i % 3}"),
            others=(Part(text, actor=f"b{id}", role="recipient"),), speaker=Part(text, actor=f"a{id}"),
            cue=text, when=text, event=EventRow(text, 1 + i % 4, text, text), predicate=text,
            polarity="negated" if i % 2 else "affirmed",
        )  # fmt: skip
        rows.append(row)
        documents.append(DocumentRow(f"d{i}{id}", text, text, text, text))
        actors.append(ActorRow(f"a{id}", text, text, text, text, (text, text + "2"), (text,), text))
    return actor_graph(rows, documents, actors, title=HOSTILE[0])


@pytest.mark.parametrize("writer", VIEWS)
def test_hostile_text_stays_text(visit, writer):
    graph = hostile_graph()
    seen = visit(graph, writer)
    page = seen.page
    if writer == "page":
        page.get_by_role("button", name="Denied").click()
        for view in ("Table", "Graph"):
            page.get_by_role("button", name=view, exact=True).click()
        for i in range(page.locator("#panel button.row").count()):
            page.locator("#panel button.row").nth(i).click()
            page.keyboard.press("Escape")
        page.locator("#search").fill("<")
    else:
        for i in range(page.locator("#panel li button").count()):
            page.locator("#panel li button").nth(i).click()
            page.get_by_role("button", name="All ties").click()
    assert page.evaluate("window.harmed") is None
    assert page.locator("img, iframe, object, embed, form").count() == 0
    assert page.locator("a:not([href^='https:'], [href^='http:'])").count() == 0
    assert (seen.outside, seen.errors) == ([], [])


def test_a_network_that_never_answers_keeps_nobody_waiting(browser, story, tmp_path):
    path = View(VIEWS["page"](story)).save(tmp_path / "graph.html")
    with socket.create_server(("127.0.0.1", 0)) as hole:  # takes connections and never answers
        proxy = {"server": f"http://127.0.0.1:{hole.getsockname()[1]}"}
        start = time.perf_counter()
        seen = Visit(browser, path, proxy=proxy)
        assert time.perf_counter() - start < 15
        assert seen.page.locator("#counts").inner_text() == "2 actors · 2 ties · 3 claims"
        seen.context.close()


def test_the_policy_would_stop_a_script_that_got_in(visit, story):
    seen = visit(story)
    seen.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.harmed = 1';"
        " document.body.append(s); }"
    )
    assert seen.page.evaluate("window.harmed") is None
    assert any("Content Security Policy" in error for error in seen.errors)


# --- what can be read


def test_a_tie_shows_every_sentence_marked_with_who_says_so_date_code_and_link(visit, story):
    page = visit(story, fragment=TIE + ALL_SAID).page
    cards = page.locator("#panel article")
    assert cards.count() == 3
    card = page.locator('[data-claim="c3"]')
    assert card.locator("mark.subject").inner_text() == "Xi"
    assert card.locator("mark.relation").inner_text() == "called"
    assert card.locator("mark.object").inner_text() == "him"
    text = card.inner_text()
    for words in ("Donald Trump says so (“say”)", "Example Times", "2025-06-06", "041", "Consult", "100 %"):
        assert words in text
    assert card.get_by_role("link").get_attribute("href") == "https://example.org/a1"
    denied = page.locator('[data-claim="c4"]')
    assert "China says that it is not so" in denied.inner_text()
    assert denied.get_by_role("link").count() == 0  # its address is javascript:
    assert "undated" in denied.inner_text()


def test_contradicting_accounts_stand_side_by_side(visit, story):
    page = visit(story, fragment=TIE).page
    block = page.get_by_label("Claims that contradict each other")
    assert block.locator(".sides > div").nth(0).inner_text().split("\n")[:2] == ["It is so", "Donald Trump"]
    assert "Beijing denied that Xi had called Trump." in block.locator(".sides > div").nth(1).inner_text()


def test_the_switch_between_asserted_claimed_and_denied(visit, story):
    page = visit(story).page
    counts = page.locator("#counts")
    assert counts.inner_text() == "2 actors · 2 ties · 3 claims"
    page.get_by_role("button", name="Denied").click()
    assert counts.inner_text() == "2 actors · 2 ties · 4 claims"
    page.get_by_role("button", name="Asserted").click()
    page.get_by_role("button", name="Claimed", exact=False).first.click()
    assert counts.inner_text() == "2 actors · 1 tie · 1 claim"


def test_facets_count_what_the_other_filters_let_through(visit, region):
    page = visit(region).page
    shown = sum(c.status in SHOWN for c in region.claims)
    events = [c.row.event for c in region.claims if c.status in SHOWN]
    of_type = sum(event is not None and event.type == "CONSULT" for event in events)
    assert page.locator("#counts").inner_text().endswith(f"{shown} claims")
    row = page.locator("label.value", has_text="Consult")
    assert row.locator(".count").inner_text() == str(of_type)
    row.click()
    assert page.locator("#counts").inner_text().endswith(f" {of_type} claims")
    facet = page.locator("details.facet", has_text="What happens")
    assert facet.locator("li").count() == 7  # the facet itself still offers the rest
    page.get_by_role("button", name="Reset").click()
    assert page.locator("#counts").inner_text().endswith(f"{shown} claims")


def test_time_filters_by_slider_and_undated_claims_are_never_dropped_silently(visit, region):
    seen = visit(region)
    page = seen.page
    undated = sum(c.date is None and c.status in SHOWN for c in region.claims)
    assert page.locator(".undated").inner_text() == f"{undated} undated"
    total = page.locator("#counts").inner_text()
    slider = page.get_by_role("slider", name="From", exact=True)
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert page.locator("#counts").inner_text() != total
    assert "days=" in page.url
    assert slider.get_attribute("aria-valuetext") > "2025-01-01"
    page.locator(".undated").click()
    page.get_by_role("button", name="All time").click()
    shown = sum(c.status in SHOWN for c in region.claims)
    assert page.locator("#counts").inner_text().endswith(f"{shown - undated} claims")


def test_search_finds_an_actor_by_another_name_and_words_in_sentences(visit, story):
    page = visit(story).page
    page.keyboard.press("/")
    page.keyboard.type("习近")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").first.inner_text().strip() == "Xi Jinping"
    page.locator("#search").fill("months")
    page.keyboard.press("ArrowUp")  # the last choice: sentences with these words
    page.keyboard.press("Enter")
    assert page.locator("#counts").inner_text().endswith("2 claims")


def test_a_copied_address_shows_the_same_again(visit, region):
    page = visit(region).page
    page.get_by_role("button", name="Denied").click()
    page.locator("label.value", has_text="Consult").click()
    page.locator("#panel button.row").first.click()
    before = (page.locator("#counts").inner_text(), page.locator("#panel h2").first.inner_text())
    again = visit(region, fragment="#" + page.url.partition("#")[2]).page
    assert (again.locator("#counts").inner_text(), again.locator("#panel h2").first.inner_text()) == before
    odd = visit(region, fragment="#tie=[1&actor=nobody&days=x y&said=&event=NONE&hops=9&confidence=z")
    assert odd.errors == []


def test_a_click_on_the_drawing_chooses_what_lies_there(visit, story):
    page = visit(story).page
    graph = page.evaluate("document.getElementById('drawing').getBoundingClientRect().toJSON()")
    page.keyboard.press("Escape")
    found = set()
    for i in range(1, 24):
        for j in range(1, 24):
            page.mouse.move(graph["x"] + graph["width"] * i / 24, graph["y"] + graph["height"] * j / 24)
            tip = page.locator("#tip")
            if tip.is_visible():
                found.add(tip.inner_text().split(" 1 ")[0].split(" 2 ")[0].split(" 3 ")[0].split(" 4 ")[0])
                if "→" not in tip.inner_text() and "Xi" in tip.inner_text():
                    page.mouse.down()
                    page.mouse.up()
                    assert "Xi Jinping" in page.locator("#panel h2").first.inner_text()
                    return
    pytest.fail(f"no actor under the mouse, only {found}")


# --- keyboard and screen reader


def test_the_table_holds_the_same_and_opens_the_same_panel_by_keyboard(visit, story):
    page = visit(story).page
    page.get_by_role("button", name="Table").click()
    rows = page.locator("tbody tr")
    assert rows.count() == 2
    first = page.locator("tbody tr button").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel article").count() == 2
    page.get_by_role("button", name="Claims 3").click()
    assert page.locator("tbody tr").count() == 3
    page.get_by_role("columnheader", name="Subject").get_by_role("button").press("Enter")
    assert page.get_by_role("columnheader", name="Subject").get_attribute("aria-sort") == "ascending"


def test_everything_can_be_reached_with_the_tab_key(visit, story):
    page = visit(story).page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className || 'body'"))
    assert {"search", "as-table", "theme", "drawing", "fit", "row", "status denied"} <= reached
    page.locator("#drawing").focus()
    before = page.screenshot()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(250)
    assert page.screenshot() != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["", TIE, "#view=table", "#actor=donald-trump"])
def test_axe_finds_nothing(visit, story, scheme, state):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(story, fragment=state, color_scheme=scheme).page
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_the_pyvis_view(visit, story):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(visit(story, "pyvis").page)
    assert found.violations_count == 0, found.generate_report()


def test_without_script_there_is_a_table_of_the_strongest_ties(visit, story):
    page = visit(story, java_script_enabled=False).page
    assert page.locator("noscript table tbody tr").count() == 2
    assert page.locator("noscript table").is_visible()
    assert not page.locator("#filters").is_visible()


# --- shapes a graph may have


def test_one_actor_no_ties_no_dates(visit):
    sentence = "Kim resigned."
    row = ClaimRow("c", "d", sentence, part(sentence, "resigned"), subject=part(sentence, "Kim", "kim"))
    seen = visit(actor_graph([row], actors=[ActorRow("kim", "Kim " + "الاسم" * 60, "person")]))
    assert seen.page.locator("#counts").inner_text() == "1 actor · 0 ties · 1 claim"
    assert "No claim here ties" in seen.page.locator("#panel").inner_text()
    assert "No claim here has a date" in seen.page.locator("#time").inner_text()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1400
    assert seen.errors == []


def test_forty_publishers_fold(visit):
    rows = [
        ClaimRow(f"c{i}", f"d{i}", "Xi left.", Part("left", 3, 7), subject=Part("Xi", 0, 2, "xi"))
        for i in range(40)
    ]
    page = visit(actor_graph(rows, [DocumentRow(f"d{i}", f"T{i}", f"Paper {i}") for i in range(40)])).page
    publishers = page.locator("details.facet", has_text="Publisher")
    publishers.locator("summary").click()
    assert publishers.locator("li").count() == 7
    publishers.get_by_role("button", name="All 40").click()
    assert page.locator("details.facet", has_text="Publisher").locator("li").count() == 40
    assert page.locator("#panel article").count() == 1  # the same words forty times are one card
    copies = page.locator("#panel details.copies")
    assert "The same words in 39 more articles" in copies.locator("summary").inner_text()
    copies.locator("summary").click()
    assert copies.get_by_text("Paper 39").is_visible()


def disputed():
    """A thing that is not so, as article and speakers put it; d denies, so the words are the other side's."""
    texts = {
        "a": ("Ann failed to agree on it with Bob.", "failed to agree on", None, "fail"),
        "b": ("None saw Ann agree with Bob.", "agree", None, "not"),
        "c": ("The envoy said Ann had not met Bob.", "had not met", "The envoy", "say"),
        "d": ("The envoy denied that Ann had met Bob.", "had met", "The envoy", "deny"),
        "e": ("The envoy said Ann failed to meet Bob.", "failed to meet", "The envoy", "fail"),
    }
    return actor_graph(
        ClaimRow(id, "d", text, part(text, words), "meet", part(text, "Ann", "ann"), part(text, "Bob", "bob"),
                 speaker=part(text, speaker) if speaker else None, cue=cue, polarity="negated")
        for id, (text, words, speaker, cue) in texts.items()
    )  # fmt: skip


def test_f1_a_card_has_the_articles_own_words_and_none_of_ours(visit):
    graph = disputed()
    page = visit(graph, fragment='#said=denied negated&tie=["ann","bob"]').page
    for row in (c.row for c in graph.claims):
        card = page.locator(f'[data-claim="{row.id}"]')
        assert card.locator(".relation").all_inner_texts() == [row.relation.text] * 2  # the triple, the mark
        assert card.locator("blockquote").inner_text() == row.sentence
        assert card.locator(".triple").inner_text() == f"ann {row.relation.text} bob"
        style = "(card) => [...card.querySelectorAll('*')].map((e) => getComputedStyle(e).textDecorationLine)"
        assert "line-through" not in card.evaluate(style)
        assert ("says that it is not so" in card.inner_text()) == (row.cue == "deny")
        assert card.locator(".chip").all_inner_texts()[1] == ("denied" if row.speaker else "negated")


def test_f12_denied_stands_apart_from_what_the_article_itself_negates(visit):
    page = visit(disputed()).page
    buttons = page.locator("button.status")
    assert [" ".join(text.split()) for text in buttons.all_inner_texts()] == [
        "Asserted 0", "Claimed 0", "Denied 3", "Negated 2"
    ]  # fmt: skip
    page.get_by_role("button", name="Negated").click()
    assert page.locator("#counts").inner_text().endswith("2 claims")


def test_names_beside_actors_in_view_are_not_cut_off_by_its_edge(visit, region):
    page = visit(region).page
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    # Nothing but ties and shapes may touch the outermost pixels: names are the only text in ink.
    ink = page.evaluate(
        """() => { const canvas = document.getElementById('drawing'); const { width, height } = canvas;
          const colour = document.createElement('canvas').getContext('2d');
          colour.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
          const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.fillStyle.slice(i, i + 2), 16));
          const context = canvas.getContext('2d'); let found = 0;
          for (const x of [0, width - 1]) {
            const { data } = context.getImageData(x, 0, 1, height);
            for (let i = 0; i < data.length; i += 4)
              if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 60) found++;
          }
          return found; }"""
    )
    assert ink == 0


def test_the_picture_stands_before_the_texts_are_read_and_stays(visit, region):
    page = visit(region).page
    drawn = page.evaluate("performance.getEntriesByName('drawn').length")
    rest = page.evaluate("JSON.parse(document.getElementById('graph').textContent).claims.sentence")
    assert drawn == 1
    assert rest is None  # sentences are in the second block
    assert page.locator("#panel button.row").count() > 0


@pytest.mark.parametrize(("width", "height"), [(360, 640), (820, 700), (1920, 1080)])
def test_no_width_makes_the_page_scroll_sideways(browser, tmp_path, region, width, height):
    path = View(VIEWS["page"](region)).save(tmp_path / "graph.html")
    seen = Visit(browser, path, fragment="#actor=actor-0")
    seen.page.set_viewport_size({"width": width, "height": height})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.context.close()


# --- what is shown is what is there: every number is the length of the list that it opens

# The claims that the panel lists: cards, with the copies that are folded into them, by way of "Show more".
LISTED = """() => {
  const group = [...document.querySelectorAll('#panel .cards')].filter((cards) => !cards.closest('.held'));
  for (const cards of group) while (!cards.nextElementSibling.hidden) cards.nextElementSibling.click();
  return group.flatMap((cards) => [...cards.querySelectorAll('.origin')]).length; }"""
NUMBER = "(element) => Number(element.textContent.match(/[\\d,]+/)[0].replaceAll(',', ''))"


def numbers(page, selector: str) -> list[int]:
    found = page.locator(selector)
    return [found.nth(i).evaluate(NUMBER) for i in range(found.count())]


def counted(page) -> dict[str, int]:
    """The line of counts: {"actors": 12, …}."""
    words = page.locator("#counts").inner_text().replace(",", "").replace("·", "").split()
    return {noun.rstrip("s"): int(n) for n, noun in zip(words[::2], words[1::2], strict=False)}


def mixed():
    """Claims of two who act on each other, of one alone, and of nobody, in two articles on two days."""
    sentence = "Ann met Bob in Cordova."
    ann, bob, cordova = (part(sentence, n, n.lower()) for n in ("Ann", "Bob", "Cordova"))
    met, rows = part(sentence, "met"), []
    for i, (subject, object, more) in enumerate(
        [
            (ann, bob, {}),
            (ann, bob, {"when": "2025-02-03"}),
            (ann, bob, {"polarity": "negated"}),
            (ann, bob, {"polarity": "negated", "speaker": part(sentence, "Bob", "bob"), "cue": "deny"}),
            (bob, cordova, {"confidence": 0.5}),
            (ann, None, {}),
            (None, None, {"when": "2025-02-03"}),
        ]
    ):
        rows.append(ClaimRow(f"c{i}", f"d{i % 2}", sentence, met, "meet", subject, object, **more))
    ann, spoke = Part("Ann", 0, 3, "ann"), Part("spoke", 4, 9)
    rows.append(ClaimRow("c9", "d0", "Ann spoke of it.", spoke, "speak", ann, nested="c4"))
    documents = [DocumentRow(f"d{i}", f"Title {i}", f"Paper {i}", None, f"2025-01-0{i + 1}") for i in (0, 1)]
    kinds = {"ann": "person", "bob": "person", "cordova": "country"}
    actors = [ActorRow(id, id.title(), kind) for id, kind in kinds.items()]
    return actor_graph(rows, documents, actors, samples.against(rows))


def test_f6_the_counts_say_how_many_claims_stand_behind_ties(visit):
    page = visit(mixed()).page
    assert page.locator("#counts").inner_text() == "3 actors · 2 ties · 6 claims, 4 behind ties"


def test_f8_a_facet_of_actors_opens_as_many_claims_as_it_counts(visit, region):
    for graph in (mixed(), region):
        page = visit(graph).page
        for kind in page.locator("details.facet", has_text="Kind of actor").locator("label.value").all():
            number = kind.locator(".count").evaluate(NUMBER)
            kind.click()
            assert counted(page)["claim"] == number
            page.get_by_role("button", name="Reset").click()


def test_f9_neighbours_only_counts_and_saves_the_same_claims(visit, region):
    page = visit(region, fragment="#actor=actor-3").page
    everything = counted(page)
    page.get_by_role("button", name="Neighbours only").click()
    near = counted(page)
    assert near["claim"] < everything["claim"]
    rows = list(csv.DictReader(saved(page, "CSV").decode("utf-8-sig").splitlines()))
    assert len(rows) == near["claim"] == numbers(page, '#exports [data-kind="CSV"]')[0]
    page.get_by_role("button", name="Table").click()
    for which in ("actor", "tie", "claim"):
        page.locator(".tabs button", has_text=f"{which.title()}s").click()
        while page.locator(".more-rows").count():
            page.locator(".more-rows").click()
        assert page.locator("tbody tr").count() == near[which]


def test_f10_numbers_of_actors_and_ties_follow_the_chosen_time(visit, region):
    page = visit(region, fragment="#days=20100 20140&undated=no").page
    total = numbers(page, "#panel section:last-child .count")
    assert max(total) < 12
    for i in range(page.locator("#panel button.row").count()):
        row = page.locator("#panel button.row").nth(i)
        number = row.locator(".count").evaluate(NUMBER)
        row.click()
        assert page.evaluate(LISTED) == number
        assert sum(numbers(page, ".class-words li")) == number
        page.keyboard.press("Escape")


@pytest.mark.parametrize("kind", ["CSV", "Turtle"])
def test_f11_what_is_saved_of_a_selection_is_what_its_panel_lists(visit, kind):
    for said, listed in (("asserted claimed", 3), ("denied", 1), ("negated", 1), ("asserted negated", 4)):
        page = visit(mixed(), fragment=f'#tie=["ann","bob"]&said={said}').page
        assert page.evaluate(LISTED) == listed
        text = saved(page, kind).decode("utf-8-sig")
        rows = text.count("a kg:Claim") if kind == "Turtle" else len(list(csv.DictReader(text.splitlines())))
        assert rows == listed


def test_f11_speech_that_is_switched_off_is_listed_nowhere(visit, story):
    page = visit(story, fragment='#tie=["donald-trump","xi-jinping"]').page
    assert page.evaluate(LISTED) == 1
    page.get_by_label("Who speaks of whom").click()
    assert page.evaluate(LISTED) == 0


def test_f14_play_ends_with_reset_and_with_another_choice_of_time(visit, region):
    page = visit(region).page
    play = page.locator(".time-head button").first
    for choose in (
        lambda: page.get_by_role("button", name="Reset").click(),
        lambda: page.locator(".track canvas").click(position={"x": 200, "y": 20}),
        lambda: page.get_by_role("slider", name="To", exact=True).press("ArrowLeft"),
    ):
        play.click()
        page.wait_for_timeout(500)
        assert (play.inner_text(), "days=" in page.url) == ("Stop", True)
        choose()
        chosen = page.url
        page.wait_for_timeout(500)
        assert (play.inner_text(), page.url) == ("Play", chosen)


def test_f15_back_undoes_a_choice_and_a_changed_address_is_followed(visit, story):
    page = visit(story).page
    title = page.locator("#panel h2").first
    page.locator("#panel button.row", has_text="Donald Trump → Xi Jinping").click()
    page.get_by_role("button", name="Denied").click()  # a filter is no step
    page.locator("#panel .triple button", has_text="Xi needed to call him directly").click()
    assert title.inner_text() == "What is said"
    shared = page.url
    page.go_back()
    assert title.inner_text() == "Donald Trump → Xi Jinping"
    page.go_back()
    assert title.inner_text() == "At a glance"
    page.go_forward()
    assert title.inner_text() == "Donald Trump → Xi Jinping"
    page.evaluate("location.hash = 'actor=xi-jinping&view=table&colour=community'")
    page.wait_for_timeout(100)
    assert title.inner_text().strip() == "Xi Jinping"
    assert page.locator("body.chosen[data-view=table]").count() == 1
    assert page.locator("#colour-by").input_value() == "community"
    again = visit(story, fragment="#" + shared.partition("#")[2]).page
    assert again.locator("#panel [data-claim]").get_attribute("data-claim") == "c2"


def test_f16_a_filter_leaves_the_reader_where_he_is(visit, region):
    page = visit(region, fragment="#actor=actor-0").page
    page.locator("#panel").evaluate("(panel) => panel.scrollTop = 300")
    page.get_by_role("button", name="Negated").click()
    assert page.locator("#panel").evaluate("(panel) => panel.scrollTop") == 300
    page.locator("#export summary").click()
    page.locator("#counts").click()
    assert page.locator("#export").get_attribute("open") is None


def test_f16_speech_switched_off_can_be_reset(visit, story):
    page = visit(story).page
    reset = page.get_by_role("button", name="Reset")
    assert reset.is_disabled()
    page.get_by_label("Who speaks of whom").click()
    reset.click()
    assert page.get_by_label("Who speaks of whom").is_checked()


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """The articles that ship with kg, read with the small model."""
    store = tmp_path_factory.mktemp("articles") / "store"
    folder = resources.path("data/articles")
    build = [sys.executable, "-m", "kg", "build", folder, "--store", store, "--fast"]
    subprocess.run(build, check=True, capture_output=True)  # beside the browser's event loop, not in it
    with open_store(str(store), read_only=True) as opened:
        return read_graph(opened)


EVERY_NUMBER = Path(__file__).with_name("every_number.js").read_text(encoding="utf-8")
STATES = (
    "",
    ALL_SAID.replace("&", "#"),
    "#kind=country&speech=no",
    "#days=20000 20150&undated=no&confidence=0.7",
)
SMALL = [(sample, state) for sample in ("story", "mixed") for state in STATES]
LARGE = [(sample, state) for sample in ("region", "articles") for state in STATES]


@pytest.mark.parametrize(
    ("sample", "state"),
    [*SMALL, ("articles", STATES[2]), *(pytest.param(*c, marks=pytest.mark.long) for c in some(LARGE))],
)
def test_every_number_is_the_length_of_the_list_that_it_opens(visit, request, sample, state):
    seen = visit(mixed() if sample == "mixed" else request.getfixturevalue(sample), fragment=state)
    compared, wrong = seen.page.evaluate(EVERY_NUMBER)
    assert (wrong, seen.errors) == ([], [])
    assert compared > 5


# --- files


def saved(page, kind: str) -> bytes:
    page.locator("#export summary").click()
    with page.expect_download() as download:
        page.locator("#exports").get_by_role("button", name=kind).click()
    with open(download.value.path(), "rb") as file:
        return file.read()


def test_exports_are_what_they_say(visit, story):
    page = visit(story).page
    assert saved(page, "PNG").startswith(b"\x89PNG")
    assert ElementTree.fromstring(saved(page, "SVG")).tag.endswith("svg")
    gexf = ElementTree.fromstring(saved(page, "GEXF"))
    assert len(list(gexf.iter("{http://gexf.net/1.3}edge"))) == 2
    rows = list(csv.DictReader(saved(page, "CSV").decode("utf-8-sig").splitlines()))
    assert [row["id"] for row in rows] == ["c1", "c2", "c3"]
    assert rows[2]["subject"] == "Xi Jinping"


def test_exports_of_hostile_text_are_well_formed_and_run_no_formula(visit):
    page = visit(hostile_graph()).page
    for kind in ("SVG", "GEXF"):
        assert "harmed" in "".join(ElementTree.fromstring(saved(page, kind)).itertext()) or kind == "GEXF"
    rows = list(csv.reader(io.StringIO(saved(page, "CSV").decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    list(ox.parse(saved(page, "Turtle"), format=ox.RdfFormat.TURTLE))


def test_what_is_copied_as_turtle_is_in_the_store(visit):
    store = OxigraphStore()
    store.put([*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT]), *rdf.provenance_quads(ARTICLE)])
    stored = {str(quad.triple) for quad in store.quads()}
    page = visit(read_graph(store)).page
    triples = [str(quad.triple) for quad in ox.parse(saved(page, "Turtle"), format=ox.RdfFormat.TURTLE)]
    assert len(triples) >= 9 * len(CLAIMS)
    assert [t for t in triples if t not in stored] == []


def test_a_packed_page_shows_the_same_as_a_plain_one(visit, region, monkeypatch):
    from kg.views import actor_page

    plain = visit(region).page.locator("#counts").inner_text()
    monkeypatch.setattr(actor_page, "_PACKED", 0)
    assert visit(region).page.locator("#counts").inner_text() == plain


def test_the_notebook_frame_works(visit, browser, story, tmp_path):
    cell = View(VIEWS["page"](story))._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!doctype html><title>n</title>{cell}", encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached", timeout=20_000)
    assert frame.locator("#counts").inner_text() == "2 actors · 2 ties · 3 claims"
    page.close()


def test_pyvis_edges_open_their_sentences(visit, story):
    page = visit(story, "pyvis").page
    page.get_by_role("button", name="Xi Jinping → Donald Trump").click()
    assert page.locator("#panel article").count() == 3
    box = page.locator("#drawing canvas").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert page.locator("#panel h2").inner_text() == "2 ties"


def test_a_long_name_breaks_no_number(visit):
    names = ["Xeno src=x onerror=window.harmed=1> Quux", "Yuri src=x onerror=window.harmed=1> Quux"]
    sentence = f"{names[0]} met {names[1]}"
    subject, object = (part(sentence, name, name[0]) for name in names)
    rows = [
        ClaimRow(f"c{i}", "d", sentence, part(sentence, "met"), "meet", subject, object) for i in range(120)
    ]
    actors = [ActorRow(name[0], name, "person") for name in names]
    counts = visit(actor_graph(rows, [DocumentRow("d", "T", None, None, None)], actors)).page.locator(
        ".count"
    )
    heights = counts.evaluate_all("all => all.map((count) => count.clientHeight).filter(Boolean)")
    assert len(heights) > 3
    assert max(heights) < 30


def test_three_hundred_actors_open_and_answer_at_once(visit):
    graph = actor_graph(*samples.generated(300, 900, 1800))
    start = time.perf_counter()
    seen = visit(graph)
    assert time.perf_counter() - start < 10
    click = seen.page.evaluate(
        """() => { const row = document.querySelector('#panel button.row'); const start = performance.now();
                   row.click(); return performance.now() - start; }"""
    )
    assert click < 1500
    assert seen.errors == []


def test_dragging_is_smoother_than_vis_network(visit):
    graph = actor_graph(*samples.generated(300, 900, 1800))
    page, pyvis = visit(graph).page, visit(graph, "pyvis").page
    ours, theirs = page.evaluate(DRAG, "#drawing"), pyvis.evaluate(DRAG, "#drawing canvas")
    assert statistics.median(ours) < statistics.median(theirs)
