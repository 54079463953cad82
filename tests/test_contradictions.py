"""What contradicts what: one definition, which the page, the named queries and the numbers on them share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from kg import resources
from kg.parsing.models import FAST_MODEL
from kg.store import OxigraphStore, Store, queries
from kg.views import ActorGraph
from kg.views.graph import MUTUAL
from kg.views.source import read_graph
from tests import effort
from tests.graph_samples import CHINA, ENVOY, IRAN, TRUMP, XI, Article, made_up, newspapers

NOT = {"polarity": "negated"}
ATTACKED, DENIED = (IRAN, "attacked", "attack", CHINA), (IRAN, "did not attack", "attack", CHINA)
# Who says what twice over, and whether one contradicts the other.
CASES = {
    "told and denied": (ATTACKED, {}, DENIED, NOT, True),
    "by somebody": (ATTACKED, {"speaker": TRUMP}, DENIED, {"speaker": ENVOY, **NOT}, True),
    "of another day": (ATTACKED, {"when": ("on May 1", "2025-05-01")},
                       DENIED, {"when": ("on May 2", "2025-05-02"), **NOT}, False),
    "of the same day": (ATTACKED, {"when": ("on May 1", "2025-05-01")},
                        DENIED, {"when": ("on May 1", "2025-05-01"), **NOT}, True),
    "of a day and of none": (ATTACKED, {"when": ("on May 1", "2025-05-01")}, DENIED, NOT, True),
    "another deed": (ATTACKED, {}, (IRAN, "did not praise", "praise", CHINA), NOT, False),
    "another way": (ATTACKED, {}, (CHINA, "did not attack", "attack", IRAN), NOT, False),
    "each other": ((XI, "met", "meet", TRUMP), {}, (TRUMP, "did not meet", "meet", XI), NOT, True),
    "in other words": ((XI, "called", "call", TRUMP), {}, (TRUMP, "kept silent", "speak", XI), NOT, True),
    "planned": (ATTACKED, {"modality": "intended"}, DENIED, NOT, False),
    "demanded": (ATTACKED, {}, DENIED, {"modality": "requested", **NOT}, False),
    "twice the same": (ATTACKED, {}, ATTACKED, {}, False),
    "of a common noun": ((ENVOY, "left", "leave", CHINA), {}, (ENVOY, "stayed", "leave", CHINA), NOT, False),
    "of no actor": ((IRAN, "shut", "shut", "the strait"), {}, (IRAN, "kept", "shut", "it"), NOT, False),
}  # fmt: skip


def page_pairs(graph: ActorGraph) -> set[tuple[str, str]]:
    """The claims that contradict each other on the page, wherever they stand."""
    return {pair for tie in graph.ties for pair in tie.contradictions}


@pytest.mark.parametrize("case", CASES)
def test_a_contradiction_is_the_same_on_the_page_and_in_the_queries(case: str) -> None:
    said, how, against, how_not, contradict = CASES[case]
    one, other = Article("a", "Daily", "2025-06-01"), Article("b", "Gazette", "2025-06-05")
    yes, no = one.say(*said, **how), other.say(*against, **how_not)
    store = OxigraphStore()
    for article in (one, other):
        store.put(article.quads())
    assert page_pairs(read_graph(store)) == ({(yes.id, no.id)} if contradict else set())
    rows = [(row.affirmed_in, row.negated_in) for row in kg.query(store, name="counter-claims")]  # type: ignore[union-attr]
    assert [tuple(map(str, row)) for row in rows] == [("a", "b")] * contradict
    assert len(kg.query(store, name="most-contested").rows) == contradict  # type: ignore[union-attr]


def sampled() -> Iterator[Store]:
    """The sample articles, small ones that contradict each other, and many that are made up."""
    articles = resources.path("data/articles")
    names = ["trade-war.txt", *(effort.some(sorted(p.name for p in articles.glob("*.txt"))))]
    with kg.open_store() as store:
        kg.build(kg.read(dict.fromkeys(articles / name for name in names)), store, FAST_MODEL)
        yield store
    for made in (newspapers(), [made_up(n) for n in range(effort.times(400))]):
        store = OxigraphStore()
        store.put_many(article.quads() for article in made)
        yield store


def test_page_and_queries_count_alike() -> None:
    found = 0
    for store in sampled():
        graph = read_graph(store)
        rows = kg.query(store, name="counter-claims").rows  # type: ignore[union-attr]
        assert len(rows) == len(page_pairs(graph)) > 0
        found += len(rows)
        said = {c.row.id: c.status for c in graph.claims}
        for status, name in (("denied", "denials"), ("negated", "not-so")):
            assert list(said.values()).count(status) == len(kg.query(store, name=name).rows)  # type: ignore[union-attr]
        contested = kg.query(store, name="most-contested").rows  # type: ignore[union-attr]
        assert sum(int(str(row.affirm)) > 0 < int(str(row.negate)) for row in contested) == len(contested) > 0
        assert all(said[no] in ("denied", "negated") for _, no in page_pairs(graph))
    assert found > 5


def test_what_people_do_to_each_other_is_the_same_to_the_page_and_the_query() -> None:
    acts = queries.whole("@acts")
    words = acts[acts.index("?verb IN (") :].partition(")")[0]
    assert {word.strip('" \n') for word in words.partition("(")[2].split(",")} == MUTUAL
