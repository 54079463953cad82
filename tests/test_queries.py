"""The named queries, each with the rows it should give."""

from dataclasses import replace

import pytest

from kg import rdf, resources
from kg.errors import QueryError
from kg.exports import graphs
from kg.store import OxigraphStore, Rows, queries
from tests import effort
from tests.graph_samples import ARTICLE as CALL
from tests.graph_samples import CHINA, CLAIMS, EVENT, IRAN, SENTENCES, TRUMP, XI, made_up, newspapers


@pytest.fixture(scope="module")
def store():
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    background = rdf.actor_quads([TRUMP, XI, CHINA, IRAN])
    said = rdf.document_quads(CALL, SENTENCES, CLAIMS, [EVENT])
    store.put([*said, *rdf.provenance_quads(CALL), *background])
    store.keep_copies({"c": "a"})
    store.derive()
    return store


# name → columns to look at, and rows that must come, in this order, among the others
EXPECTED = {
    "who-demands-what": (
        "who of_whom what article",
        [
            ("Donald Trump", "Xi Jinping", "Xi Jinping must leave Iran", "a"),
            ("Donald Trump", "Xi Jinping", "Xi Jinping needed to call Donald Trump", CALL.id),
        ],
    ),
    "claims": (
        "who what polarity modality article",
        [
            ("Daily", "Iran attacked China", "kg:affirmed", "kg:asserted", "a"),
            ("the envoy", "Iran attacked China", "kg:negated", "kg:asserted", "b"),
            ("c", "Iran attacked China", "kg:affirmed", "kg:asserted", "c"),
        ],
    ),
    "facts": (
        "who relation object articles",
        [("Iran", "attack", "China", "3"), ("China", "accuse", "Iran", "1")],
    ),
    "who-says-what": (
        "who cue what article",
        [
            ("Donald Trump", "say", "Xi Jinping must leave Iran", "a"),
            ("the envoy", "say", "Iran attacked China", "b"),
        ],
    ),
    "denials": (
        "who what how article",
        [("the envoy", "Iran attacked China", "say", "b")],
    ),
    "rejections": ("who what how article", [("China", "China denied the report", "deny", "b")]),
    "counter-claims": (
        "what affirmed_by affirmed_in negated_by negated_in",
        [
            ("Iran attacked China", "Daily", "a", "the envoy", "b"),
            ("Iran attacked China", "c", "c", "the envoy", "b"),
        ],
    ),
    "most-contested": (
        "who relation object affirm negate",
        [("Iran", "attack", "China", "2", "1"), ("Xi Jinping", "call", "Donald Trump", "1", "0")][:1],
    ),
    "sources-by-independence": (
        "who relation object reports publishers sources articles",
        [("Iran", "attack", "China", "1", "1", "2", "2")],
    ),
    "reports": ("report title articles publishers", [("a", "Title of a", "2", "Daily, c")]),
    "timeline-of-pair": (
        "date who relation whom polarity",
        [
            ("2025-05-30", "Iran", "attack", "China", "kg:affirmed"),
            ("2025-06-05", "Iran", "attack", "China", "kg:negated"),
            ("2025-06-09", "China", "accuse", "Iran", "kg:affirmed"),
        ],
    ),
    "what-changed": (
        "who relation whom first_seen",
        [("China", "accuse", "Iran", "2025-06-09")],
    ),
    "who-speaks-for-whom": (
        "who country sector claims",
        [("Donald Trump", "USA", "GOV", "2"), ("the envoy", "IRN", "GOV", "1")],
    ),
    "country-on-country": ("speaker_country about_country claims", [("USA", "CHN", "2")]),
    "chains": (
        "outer inner what",
        [("Example Times", "Donald Trump", "Xi Jinping needed to call Donald Trump")],
    ),
    "intentions": (
        "who what says article",
        [("Donald Trump", "Donald Trump will visit China", "Daily", "a")],
    ),
    "conditions": ("what says article", [("China would stop the talks", "c", "c")]),
    "hedged": (
        "what modality factuality article",
        [("Iran might answer in kind", "kg:possible", "kg:possible", "b")],
    ),
    "not-so": ("what article", [("Donald Trump did not call Xi Jinping", "c")]),
    "agent-unsaid": ("to_whom done article", [("The talks", "halt", CALL.id), ("Convoy", "hit", "c")]),
    "places": ("place what article", [("Basra", "Iran attacked China", "a")]),
    "dated": (
        "date precision what words",
        [
            ("2025-05-30", "kg:day", "Iran attacked China", "on May 30"),
            ("2025-06-05", "kg:day", "China denied it", "June 5"),
        ],
    ),
    "undated": ("words what article", [("later", "China denied the report", "b")]),
    "events": (
        "date type mode who whom",
        [("2025-06-06", "plover:REQUEST", "plover:REQUEST-meet", "Donald Trump", "Xi Jinping")],
    ),
    "event-balance": ("who whom events mean_score", [("Donald Trump", "Xi Jinping", "1", "0")]),
    "reciprocal": ("one does other answers", [("China", "accuse", "Iran", "attack")]),
    "actors": (
        "actor type country articles",
        [("China", "state", "CHN", "4"), ("Iran", "state", "IRN", "3")],
    ),
    "unknown-actors": ("actor type mentions", [("the envoy", "person", "1")]),
    "unlinked-mentions": (
        "words reason article",
        [("Basra", "no actor of that name", "a"), ("Convoy", "no actor of that name", "c")],
    ),
    "relations": ("relation claims articles", [("attack", "3", "3"), ("call", "2", "2")]),
    "roles": ("who title since", [("Donald Trump", "President of the United States", "2025-01-20")]),
    "documents": (
        "article title publisher published claims",
        [("a", "Title of a", "Daily", "2025-06-01", "3"), ("c", "Title of c", "", "2025-06-09", "5")],
    ),
    "low-confidence": ("confidence what article", [("0.4", "Iran might answer in kind", "b")]),
}
GRAPHS = {
    "actor-network": "id:irn rel:attack id:chn .",
    "rdf12": "rdf:reifies <<( id:irn rel:attack id:chn )>> .",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_query_gives_its_rows(store, name):
    columns, expected = EXPECTED[name]
    rows = store.query(queries.text(name))
    header, body = rows.table()
    keep = [header.index(column) for column in columns.split()]
    found = [tuple(row[i] for i in keep) for row in body]
    assert [row for row in found if row in expected] == expected, found


@pytest.mark.parametrize("name", GRAPHS)
def test_a_query_for_a_graph_gives_its_triples(store, name):
    assert GRAPHS[name] in store.query(queries.text(name)).to_turtle()


def test_every_query_is_tested_and_says_what_it_answers():
    assert set(queries.names()) == set(EXPECTED) | set(GRAPHS)
    assert len(queries.names()) >= 20
    for name in queries.names():
        assert queries.description(name).endswith("."), name
        assert queries.text(name).startswith("# "), name


@pytest.mark.parametrize("name", ["facts", "actor-network"])
def test_nothing_attributed_negated_or_future_is_a_fact(store, name):
    answer = store.query(queries.text(name))
    said = answer.to_csv() if isinstance(answer, Rows) else answer.to_turtle()
    assert "visit" not in said
    assert "leave" not in said
    assert "did not" not in said
    assert "rel:call" not in said


def test_nobody_demands_of_himself_and_the_article_is_nobody():
    own = replace(CLAIMS[1].statement, subject=CLAIMS[1].speaker)
    own_duty = replace(CLAIMS[1], statement=own)
    unattributed = replace(CLAIMS[1], speaker=None)
    store = OxigraphStore()
    store.put([*rdf.document_quads(CALL, SENTENCES, [own_duty, unattributed])])
    assert store.query(queries.text("who-demands-what")).rows == []


def test_parameters_narrow_a_query(store):
    assert queries.parameters("timeline-of-pair") == {"one": "actor", "other": "actor"}
    rows = store.query(queries.text("timeline-of-pair", one="irn", other="chn"))
    assert {(row.who, row.whom) for row in rows} == {("Iran", "China")}
    later = store.query(queries.text("what-changed", before="2025-06-07", since="2025-06-07"))
    assert {(row.who, row.relation) for row in later} == {("China", "accuse"), ("Donald Trump", "call")}


def test_parameters_never_become_syntax():
    hostile = "x> } ; DROP ALL #"
    text = queries.text("timeline-of-pair", one=hostile)
    assert "DROP ALL" not in text
    with pytest.raises(QueryError, match="is a day such as"):
        queries.text("what-changed", since='2025-06-06" } #')


def test_unknown_queries_and_parameters_are_refused():
    with pytest.raises(QueryError, match=r"did you mean .*who-demands-what"):
        queries.text("who-demand-what")
    with pytest.raises(QueryError, match="no parameter 'x'; it has none"):
        queries.text("claims", x="1")


@pytest.fixture(scope="module")
def crowded():
    """Forty claims an article on a thousand actors: what is tried for each pair of them does not end."""
    store = OxigraphStore()
    store.put_many(made_up(number).quads() for number in range(effort.times(500)))
    store.derive()
    return store


TEXTS = {
    **{name: queries.text(name) for name in queries.names()},
    **{
        f"views/{path.stem}": queries.whole(path.read_text("utf-8"))
        for path in resources.path("data/queries/views").iterdir()
    },
    "exports": graphs._EDGES,
}


@pytest.mark.long
@pytest.mark.parametrize("name", TEXTS)
def test_no_query_tries_everything_with_everything(crowded, name):
    crowded.query(TEXTS[name], timeout=effort.times(50))
