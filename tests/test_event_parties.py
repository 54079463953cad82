"""Who does it to whom: what grammar settles, and what stays open where the text does not say."""

from pathlib import Path

import numpy as np
import pytest

from kg import pipeline
from kg.coding.parties import listed
from kg.learned.ranker import Network, Ranker, load
from kg.listing import event_rows
from kg.model import Document, Event
from kg.parsing.tree import sentence

# A text, and the doers and recipients (labels) of its one event of a type.
SIDES = [
    ("Ghana attacked Togo.", "ASSAULT", {"Ghana"}, {"Togo"}),
    ("Togo was attacked by Ghana.", "ASSAULT", {"Ghana"}, {"Togo"}),
    ("Togo was attacked.", "ASSAULT", set(), {"Togo"}),
    ("Somebody attacked Togo.", "ASSAULT", set(), {"Togo"}),
    ("Ghana and Togo attacked Mali.", "ASSAULT", {"Ghana", "Togo"}, {"Mali"}),
    ("Ghana imposed sanctions on Togo and Mali.", "SANCTION", {"Ghana"}, {"Togo", "Mali"}),
    ("Police arrested 12 protesters in Nairobi.", "COERCE", {"police"}, {"Kenyan protesters"}),
    ("Xi Jinping met Emmanuel Macron in Paris.", "CONSULT", {"Xi Jinping"}, {"Emmanuel Macron"}),
    ("An Iranian mine killed two Kuwaiti soldiers.", "ASSAULT", {"Iran"}, {"Kuwaiti soldiers"}),
]
# A text, a type, and who is not its doer, or not its recipient.
NEVER = [
    ('Zelenskyy said: "They bombed our hospital."', "ASSAULT", "doer", "Volodymyr Zelenskyy"),
    ('"They shelled the school and killed two nurses," Abbas told reporters.', "ASSAULT", "doer", "Abbas"),
    ('"It attacked our ships twice," the Iranian minister said.', "ASSAULT", "doer", "Iran"),
    ('Zelenskyy said: "They bombed our hospital. They killed children."', "ASSAULT", "doer", "Zelenskyy"),
    ("Israel broke the truce, Hamas said.", "ASSAULT", "recipient", "Hamas"),
    ("Two nurses were abducted, the mayor said.", "ASSAULT", "doer", "mayor"),
    ("Ex-leader arrested in Madrid.", "COERCE", "doer", "Madrid"),
    ("A witness said gunmen had kidnapped three nurses.", "ASSAULT", "doer", "witness"),
    (
        "Peru is at war with a gang. A car bomb killed four policemen in Lima.",
        "ASSAULT",
        "doer",
        "A car bomb",
    ),
]


def events_of(text: str) -> list[Event]:
    [analysis] = pipeline.analyse([Document("text", text, published="2024-05-14")])
    return analysis.events


@pytest.mark.parametrize(("text", "kind", "doers", "recipients"), SIDES)
def test_the_sides_of_an_act(text: str, kind: str, doers: set[str], recipients: set[str]) -> None:
    found = [e for e in events_of(text) if e.type == kind]
    assert [({a.label for a in e.actors}, {a.label for a in e.recipients}) for e in found] == [
        (doers, recipients)
    ]


@pytest.mark.parametrize(("text", "kind", "side", "who"), NEVER)
def test_who_only_tells_or_hosts_it_is_no_side(text: str, kind: str, side: str, who: str) -> None:
    for event in events_of(text):
        actors = event.actors if side == "doer" else event.recipients
        assert event.type != kind or all(who.lower() not in a.label.lower() for a in actors)


def test_who_says_so_stands_with_the_event_even_if_he_did_it() -> None:
    for text, speaker in (
        ("The rebels said they had shelled the capital of Chad.", "rebels"),
        ("A villager said that soldiers had killed his son.", "villager"),
    ):
        [event] = [e for e in events_of(text) if e.type == "ASSAULT"]
        assert event.speaker is not None
        assert speaker in event.speaker.label.lower()


def test_a_state_that_the_sentence_does_not_name_is_itself_and_not_its_last_official() -> None:
    text = (
        "Nicaragua released 222 prisoners on Thursday. A judge in Managua said that they were traitors. "
        "The United States welcomed the step."
    )
    [welcome] = [e for e in events_of(text) if e.type == "SUPPORT"]
    assert all("judge" not in a.label for a in welcome.recipients)


# Texts about a person, whose last sentence tells an act of others of his country: a type, and who they are.
OTHERS = [
    (
        "Blaise Compaoré, president since 1987, wanted parliament to let him run again. Compaoré's envoys "
        "spent the night in talks. In the morning soldiers shot three demonstrators near the airport.",
        "ASSAULT",
        "soldiers",
    ),
    (
        "Yair Lapid addressed a rally in Tel Aviv on Saturday. Lapid, a former prime minister, called for an "
        "election. Officers detained nine protesters on the Ayalon highway.",
        "COERCE",
        "officers",
    ),
    (
        "Pedro Castillo announced a curfew late on Tuesday. Castillo spoke for nine minutes. Four ministers "
        "resigned the next morning.",
        "RETREAT",
        "ministers",
    ),
]


@pytest.mark.parametrize(("text", "kind", "who"), OTHERS)
def test_what_others_did_is_not_done_by_whom_the_text_is_about(text: str, kind: str, who: str) -> None:
    [act] = [e for e in events_of(text) if e.type == kind]
    assert [a.label for a in act.actors] == [who]


def test_whom_the_sentence_does_not_name_it_is_not_done_to() -> None:
    text = (
        "Maria Machado has led the opposition in Caracas for a decade. Machado won the primary by a "
        "landslide. On Tuesday gunmen attacked a campaign office in Maracay."
    )
    [attack] = [e for e in events_of(text) if e.type == "ASSAULT"]
    assert [a.label for a in attack.recipients] == ["Venezuela"]


def test_sides_that_the_sentence_does_not_name_are_told_to_be_implied() -> None:
    text = "Peru is tense. On Monday protesters blocked roads near Cusco. Chile warned Peru."
    found = {(e.type, side) for e in events_of(text) for side in e.implied}
    assert found == {("PROTEST", "recipients")}
    assert any("(Peru)" in row for row in event_rows(events_of(text)))


def test_a_list_is_its_first_word_and_what_is_joined_to_it() -> None:
    words = sentence("""
        Iran   Iran   PROPN NNP 4 nsubj
        and    and    CCONJ CC  3 cc
        Oman   Oman   PROPN NNP 1 conj
        talked talk   VERB  VBD 0 root
    """)
    assert [t.text for t in listed(words.tokens[2])] == ["Iran", "Oman"]


# ── the ranker ──


def test_a_ranker_is_read_as_it_was_written(tmp_path: Path) -> None:
    network = Network(
        np.eye(2, dtype=np.float32), np.zeros(2, np.float32), np.ones(2, np.float32), np.zeros(2, np.float32)
    )
    ranker = Ranker(("near", "named"), (network,))
    ranker.save(tmp_path / "weights.npz")
    candidates = [{"near": 1.0}, {"named": 2.0, "unheard of": 5.0}, {}]
    again = load(tmp_path / "weights.npz").likely(candidates)
    assert again == ranker.likely(candidates)
    assert sum(again) == pytest.approx(1)
    assert again.index(max(again)) == 1
