"""Views: what ties whom, the layout, safe embedding, and counts that equal the store's own."""

import json
import math
import re
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import InputError, KgError
from kg.store import OxigraphStore, queries
from kg.views import VIEWS, actor_graph, kept_layout, layout, modules, network, view
from kg.views.graph import ActorRow, ClaimRow, DocumentRow, EventRow, Part
from kg.views.html import json_text
from kg.views.payload import payload
from kg.views.pyvis_page import pyvis_html
from kg.views.source import read_graph
from tests import view_samples as samples
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES, TRUMP, XI, newspapers
from tests.view_samples import part


def story():
    return actor_graph(samples.story(), samples.DOCUMENTS, samples.ACTORS, samples.against(samples.story()))


def ties(graph):
    return {(tie.source, tie.target): tie for tie in graph.ties}


def claim(sentence: str, subject: str, relation: str, object: str | None = None, **more) -> ClaimRow:
    """A claim whose actors' ids are their names in lower case."""
    ends = [part(sentence, words, words.lower()) if words else None for words in (subject, object)]
    return ClaimRow(
        more.pop("id", sentence), "d", sentence, part(sentence, relation), relation, *ends, **more
    )


# --- what ties whom


def test_a_demand_ties_both_ways_as_speech_and_as_what_is_demanded():
    graph = story()
    assert ties(graph)["donald-trump", "xi-jinping"].speech == ("c1",)
    assert ties(graph)["donald-trump", "xi-jinping"].acts == ()
    assert ties(graph)["xi-jinping", "donald-trump"].acts == ("c2", "c3", "c4")
    assert {c.row.id: (c.status, c.realis) for c in graph.claims} == {
        "c1": ("asserted", "actual"),
        "c2": ("claimed", "demanded"),
        "c3": ("claimed", "actual"),
        "c4": ("denied", "actual"),
    }


def test_a_denial_contradicts_what_is_claimed_but_not_what_is_demanded():
    assert ties(story())["xi-jinping", "donald-trump"].contradictions == (("c3", "c4"),)


def test_a_contradiction_stands_at_both_ties_where_each_tells_the_deed_his_way():
    yes = claim("Xi met Trump.", "Xi", "met", "Trump")
    no = claim("Trump did not meet Xi.", "Trump", "meet", "Xi", polarity="negated")
    graph = ties(actor_graph([yes, no], against=[(yes.id, no.id)]))
    assert graph["xi", "trump"].contradictions == graph["trump", "xi"].contradictions == ((yes.id, no.id),)


def test_recipients_of_a_coded_event_are_tied_and_places_are_not():
    sentence = "Russia launched an attack on Ukraine in Poland."
    row = ClaimRow(
        "c", "d", sentence, part(sentence, "launched"), "launch", part(sentence, "Russia", "rus"),
        part(sentence, "an attack"), others=(part(sentence, "Poland", "pol", "place"),),
        event=EventRow("ASSAULT", 4, actors=("rus",), recipients=("ukr",)),
    )  # fmt: skip
    assert set(ties(actor_graph([row]))) == {("rus", "ukr")}


def test_several_who_act_together_each_act_and_those_who_speak_with_each_other_are_tied():
    sentence = "The two presidents had not spoken."
    both = Part("The two presidents", 0, 18, "group-of-two", members=("trump", "xi"))
    spoken = ClaimRow("c", "d", sentence, part(sentence, "spoken"), "speak", both, polarity="negated")
    assert set(ties(actor_graph([spoken]))) == {("trump", "xi"), ("xi", "trump")}
    hit = ClaimRow("c", "d", sentence, part(sentence, "spoken"), "hit", both, Part("Iran", actor="iran"))
    graph = actor_graph([hit])
    assert set(ties(graph)) == {("trump", "iran"), ("xi", "iran")}
    assert {a.row.id for a in graph.actors} == {"trump", "xi", "iran"}


def test_nobody_is_tied_to_himself():
    assert actor_graph([claim("Iran praised Iran.", "Iran", "praised", "Iran")]).ties == ()


def test_the_chain_of_sources_is_read_outwards_and_a_loop_ends_it():
    a, b = Part("A", actor="a"), Part("B", actor="b")
    rows = [
        ClaimRow("outer", "d", "s", Part("said"), speaker=b, nested_in="inner"),
        ClaimRow("inner", "d", "s", Part("said"), speaker=a, nested_in="outer"),
    ]
    chains = {c.row.id: [p.text for p in c.sources] for c in actor_graph(rows).claims}
    assert chains["inner"] == ["A", "B"]


def test_every_tie_has_a_claim_and_its_sentence_behind_it():
    graph = actor_graph(*samples.generated(60, 150, 300))
    sentences = {c.row.id: c.row.sentence for c in graph.claims}
    assert len(graph.ties) == 150
    assert all(tie.claims and all(sentences[c] for c in tie.claims) for tie in graph.ties)


def test_a_store_without_claims_says_what_to_do():
    with pytest.raises(KgError, match=r"no claims.*kg build"):
        actor_graph([])
    with pytest.raises(KgError, match="kg build"):
        read_graph(OxigraphStore())


def test_a_claim_without_document_actor_or_date_is_no_obstacle():
    graph = actor_graph([ClaimRow("c", "d", "It rained.", Part("rained", 3, 9))])
    assert (graph.actors, graph.ties, graph.claims[0].date) == ((), (), None)


# --- layout


def places(n: int, kept=None):
    graph = actor_graph(*samples.generated(n, 3 * n, 4 * n), kept=kept)
    return graph.places


def test_the_same_graph_gets_the_same_places_whatever_the_order_of_rows():
    rows, documents, actors, _ = samples.generated(40, 100, 150)
    assert actor_graph(rows, documents, actors) == actor_graph(rows[::-1], documents[::-1], actors[::-1])


@pytest.mark.parametrize("n", [2, 3, 50, 700])
def test_no_two_actors_stand_on_each_other(n):
    points = [(x, y) for x, y, _ in places(n).values()]
    near = sum(math.dist(p, q) < 20 for i, p in enumerate(points) for q in points[:i])
    assert near <= n / 50


def test_old_actors_stay_and_new_ones_stand_by_those_they_are_tied_to():
    ties_of = {("a", "b"): 1, ("b", "c"): 2, ("c", "a"): 1}
    old = layout.place(["a", "b", "c"], ties_of, {})
    new = layout.place(["a", "b", "c", "d", "x", "y"], {**ties_of, ("d", "a"): 1, ("x", "y"): 1}, old)
    assert all(new[actor] == old[actor] for actor in old)
    assert math.dist(new["d"][:2], new["a"][:2]) < 6 * layout.SPACING
    assert len({place[:2] for place in new.values()}) == 6


def test_clusters_are_found_and_stand_apart():
    left = {(f"l{i}", f"l{j}"): 1 for i in range(6) for j in range(i)}
    right = {(f"r{i}", f"r{j}"): 1 for i in range(6) for j in range(i)}
    found = layout.place(
        sorted({a for pair in (*left, *right) for a in pair}), {**left, **right, ("l0", "r0"): 1}, {}
    )
    assert len({found[f"l{i}"][2] for i in range(6)}) == len({found[f"r{i}"][2] for i in range(6)}) == 1
    assert found["l1"][2] != found["r1"][2]
    assert math.dist(found["l1"][:2], found["l2"][:2]) < math.dist(found["l1"][:2], found["r1"][:2])


def test_communities_keep_their_number_when_others_grow():
    small = {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1, ("x", "y"): 1}
    old = layout.place(list("abcxy"), small, {})
    grown = {**small, **{(p, q): 1 for p in "xyzuvw" for q in "xyzuvw" if p < q}}
    new = layout.place(list("abcuvwxyz"), grown, old)
    assert {new[a][2] for a in "abc"} == {old["a"][2]}
    assert new["x"][2] == old["x"][2]


def test_the_layout_is_kept_and_a_damaged_one_is_named(tmp_path):
    kept = {"b": (1.5, -2.0, 0), "ä\u2028": (0.0, 0.125, -1)}
    kept_layout.save(kept, tmp_path / "layout.json")
    assert kept_layout.load(tmp_path / "layout.json") == kept
    assert kept_layout.load(tmp_path / "none.json") == {}
    (tmp_path / "layout.json").write_text('{"actors": {"b": 3}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"layout\.json.*delete it"):
        kept_layout.load(tmp_path / "layout.json")


# --- payload and embedding


def test_offsets_count_utf16_units_as_javascript_does():
    sentence = "🇺🇸 Trump called 习近平 😀 again."
    row = ClaimRow("c", "d", sentence, part(sentence, "called"), "call", part(sentence, "Trump", "t"),
                   part(sentence, "习近平", "x"))  # fmt: skip
    claims = payload(actor_graph([row]))["claims"]
    units = sentence.encode("utf-16-le")
    for name, words in (("subject", "Trump"), ("relation", "called"), ("object", "习近平")):
        start, end = claims[name][0][:2]
        assert units[2 * start : 2 * end].decode("utf-16-le") == words


def test_words_that_stand_elsewhere_are_kept_as_text():
    row = ClaimRow("c", "d", "He left.", Part("left", 3, 7), subject=Part("Xi", 40, 42, "xi"))
    assert payload(actor_graph([row]))["claims"]["subject"] == [["Xi", 0]]


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)", "<!-- <script>", "\u2028\u2029", "\ud800", "a&b"]
)
def test_json_in_a_script_element_holds_nothing_that_could_end_it(text):
    embedded = json_text({"x": text})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", embedded)
    assert json.loads(embedded)["x"] == re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize("writer", VIEWS)
def test_the_same_graph_gives_the_same_bytes(writer):
    assert VIEWS[writer](story()) == VIEWS[writer](story())


@pytest.mark.parametrize("writer", VIEWS)
def test_no_markup_comes_out_of_what_people_wrote(writer):
    evil = '"><img src=x onerror=alert(1)></script><!--'
    row = ClaimRow(
        evil, evil, evil, Part(evil, 0, len(evil)), evil, Part(evil, actor=evil), Part("b", actor="b"),
        cue=evil, speaker=Part(evil), event=EventRow(evil, mode=evil, cameo=evil),
    )  # fmt: skip
    document = DocumentRow(evil, evil, evil, evil, evil)
    actor = ActorRow(evil, evil, evil, evil, evil, (evil,), (evil,), evil)
    text = VIEWS[writer](actor_graph([row], [document], [actor], title=evil))
    assert "<img" not in text
    assert "<!--" not in text
    assert text.count("</script") == {"page": 3, "pyvis": 4}[writer]


def test_module_names_are_unique_so_that_joining_them_is_safe():
    for folder in ("page", "network"):
        joined = "\n".join(
            p.read_text(encoding="utf-8") for p in Path(modules.__file__).parent.glob(f"{folder}/*.js")
        )
        names = re.findall(
            r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)", joined, re.MULTILINE
        )
        assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


def test_every_module_is_in_the_page_after_those_it_imports():
    from kg.views import actor_page, pyvis_page

    for listed in (actor_page._MODULES, pyvis_page._MODULES):
        for i, name in enumerate(listed):
            for wanted in re.findall(r'from "\./(\w+\.js)"', modules.read(name)):
                assert wanted in [Path(n).name for n in listed[:i]], f"{name} imports {wanted}"
    there = {f"page/{p.name}" for p in Path(modules.__file__).parent.glob("page/*.js")}
    assert there == set(actor_page._MODULES)


def test_a_network_to_script_has_the_actors_and_ties():
    net = network(story())
    assert {n["label"] for n in net.nodes} == {"Donald Trump", "Xi Jinping"}  # China is tied to nobody
    assert {(e["from"], e["to"]) for e in net.edges} == {
        ("donald-trump", "xi-jinping"),
        ("xi-jinping", "donald-trump"),
    }


def test_a_scripted_network_is_written_as_the_script_left_it():
    graph = story()
    net = network(graph)
    net.add_node("mine", label="<b>Mine</b>")
    net.toggle_physics(True)
    text = pyvis_html(net, graph)
    assert "\\u003cb\\u003eMine" in text
    assert '"physics":{"enabled":true' in text
    net.set_options('{"nodes": {"size": 3}}')
    assert '"options":{"nodes":{"size":3}}' in pyvis_html(net, graph)


# --- from a store


@pytest.fixture(scope="module")
def store():
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    quads = [*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT]), *rdf.provenance_quads(ARTICLE)]
    store.put(quads + rdf.actor_quads([TRUMP, XI]))
    return store


def count(store, pattern: str) -> int:
    (row,) = store.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows
    return int(row["n"])


def test_counts_equal_sparql_counts(store):
    graph = read_graph(store)
    assert len(graph.claims) == count(store, "?x a kg:Claim")
    assert len(graph.documents) == count(store, "?x a schema:NewsArticle")
    coded = sum(c.row.event is not None for c in graph.claims)
    assert coded == count(store, "?event kg:codes ?x")
    negated = sum(c.status in ("denied", "negated") for c in graph.claims)
    assert negated == count(store, "?x kg:polarity kg:negated")
    spoken = sum(c.row.speaker is not None for c in graph.claims)
    assert spoken == count(
        store, "?x kg:source ?who MINUS { ?who a kg:Publisher } MINUS { ?who a schema:NewsArticle }"
    )


def test_f12_what_is_denied_and_what_is_negated_are_the_queries_rows():
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    graph = read_graph(store)
    for status, query in (("denied", "denials"), ("negated", "not-so")):
        sentences = sorted(c.row.sentence for c in graph.claims if c.status == status)
        header, rows = store.query(queries.text(query)).table()
        assert sorted(row[header.index("sentence")] for row in rows) == sentences != []


def test_rows_say_what_the_claims_said(store):
    found = {c.row.id: c for c in read_graph(store).claims}
    for claim in CLAIMS:
        row, s = found[claim.id].row, claim.statement
        assert row.sentence[row.relation.start : row.relation.end] == s.relation.text
        assert (row.lemma, row.polarity, row.modality) == (s.relation.lemma, claim.polarity, claim.modality)
        assert (row.cue, row.nested_in, row.confidence) == (claim.cue, claim.nested_in, claim.confidence)
        for mine, theirs in ((row.subject, s.subject), (row.object, s.object), (row.speaker, claim.speaker)):
            assert (mine is None) == (theirs is None)
            if mine and theirs:
                assert mine.text == theirs.text == row.sentence[mine.start : mine.end]
                assert mine.actor == (theirs.actor.id if theirs.actor else None)
        assert row.nested == (s.object.statement if s.object else None)
    outer = found[CLAIMS[0].id].row
    assert outer.event == EventRow(EVENT.type, 3, EVENT.mode, "106", ("donald-trump",), ("xi-jinping",))
    assert found[CLAIMS[2].id].date == "2025-06-05"


def test_actors_come_with_names_roles_and_wikidata(store):
    trump = next(a.row for a in read_graph(store).actors if a.row.id == "donald-trump")
    assert (trump.label, trump.type, trump.country, trump.wikidata) == (
        "Donald Trump",
        "person",
        "USA",
        "Q22686",
    )
    assert "President Trump" in trump.aliases
    assert "him" not in trump.aliases
    assert trump.roles == ("President of the United States, 2025-01-20 –",)


def test_a_view_is_written_as_utf8_and_the_layout_beside_it_keeps_it(store, tmp_path):
    first = view(store, tmp_path / "graph.html")
    assert (tmp_path / "graph.html").read_bytes().decode("utf-8") == first.html
    assert (tmp_path / "graph.layout.json").exists()
    assert view(store, tmp_path / "graph.html").html == first.html


def test_a_notebook_shows_the_page_in_a_frame_that_can_reach_nothing(store):
    cell = view(store)._repr_html_()
    assert cell.startswith("<iframe srcdoc=")
    assert "allow-same-origin" not in cell
    assert cell.count("<") == 2


def test_an_unknown_writer_is_named(store):
    with pytest.raises(KgError, match="'cubist'; there are page, pyvis"):
        view(store, writer="cubist")


def test_whoever_is_only_a_common_noun_is_words_and_no_actor():
    row = ClaimRow(
        "c1",
        "d",
        "Iran told officials.",
        Part("told"),
        subject=Part("Iran", actor="iran"),
        object=Part("officials", actor="officials-1"),
        event=EventRow("REQUEST", 1, actors=("iran",), recipients=("officials-1",)),
    )
    described = [ActorRow("iran", "Iran"), ActorRow("officials-1", "officials")]
    graph = actor_graph([row], actors=described)
    assert [a.row.id for a in graph.actors] == ["iran"]
    assert graph.ties == ()
    (claim,) = graph.claims
    assert (claim.row.object.text, claim.row.object.actor, claim.row.event.recipients) == (
        "officials",
        None,
        (),
    )


@pytest.mark.parametrize(
    ("told", "title"),
    {
        "a": "Iran seizes a ship",  # the only article's
        "a b b": "Oman calls Chad",  # the tie that is told most
        "a b c c": "Iran lets it go",  # two articles tell of it, one of them more
        "a d d d": "Iran seizes a ship",  # an article without a headline has none to give
        "d": "Actor graph",
    }.items(),
)
def test_without_a_title_it_has_the_headline_of_what_most_articles_tell(told: str, title: str) -> None:
    titles = {"a": "Iran seizes a ship", "b": "Oman calls Chad", "c": "Iran lets it go", "d": None}
    parties = {"a": ("iran", "uk"), "b": ("oman", "chad"), "c": ("iran", "uk"), "d": ("peru", "chile")}
    rows = [
        ClaimRow(
            f"c{n}",
            d,
            "X seized Y.",
            Part("seized"),
            "seize",
            *(Part(p.title(), actor=p) for p in parties[d]),
        )
        for n, d in enumerate(told.split())
    ]
    documents = [DocumentRow(d, titles[d]) for d in dict.fromkeys(told.split())]
    assert actor_graph(rows, documents).title == title
    assert actor_graph(rows, documents, title="Mine").title == "Mine"
