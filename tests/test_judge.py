"""What looks like an event is one or is left out: sport, metaphor and talk; the same act told twice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg import pipeline
from kg.coding.evidence import TOPIC, without_model
from kg.coding.judge import HOLDS, LEAST, NO_EVENT, RIGHT, Candidate, Judge, chosen, judge, probability
from kg.coding.standing import MODEL
from kg.errors import KgError
from kg.learned import projection
from kg.learned.projection import Projection, fitted
from kg.learned.ranker import Network, Ranker
from kg.model import Actor, Document, Event
from kg.parsing.pipelines import DEFAULT_MODEL, FAST_MODEL

GHANA, TOGO = (Actor(c.lower(), c, "state", c) for c in ("GHA", "TGO"))
TOPICS = Projection("encoder", np.zeros(2, np.float32), np.eye(2, dtype=np.float32))

# Texts that tell no event of politics, whatever their verbs.
NONE = [
    "Chad beat Mali 3-0 on Sunday. The visitors attacked from the start, and the hosts never recovered.",
    "The minister told reporters that rain had fallen.",
    "A cold front invaded the plains overnight. Gusts battered the coast and snow blocked two roads.",
    "Her first novel divided the critics. One surrendered to its charm, two others attacked the ending.",
    "Kasparov threatened the queen, but his opponent refused the exchange and offered a truce.",
]


@pytest.mark.parametrize("text", NONE)
def test_sport_weather_books_and_talk_are_none(text: str) -> None:
    [analysis] = pipeline.analyse([Document("text", text)])
    assert [(e.type, e.text.text) for e in analysis.events] == []


@pytest.mark.parametrize("model", [DEFAULT_MODEL, FAST_MODEL])
def test_an_attack_is_one_whatever_model_reads_it(model: str) -> None:
    [analysis] = pipeline.analyse([Document("text", "Sudan bombed a port in Chad on Monday.")], model)
    assert [e.type for e in analysis.events] == ["ASSAULT"]


def by(name: str) -> Ranker:
    """A ranker that goes by one feature: its value is the score, whose probability is against 0."""
    zero = np.zeros((1, 1), np.float32)
    return Ranker((name,), (Network(zero, zero[0], zero[0], np.ones(1, np.float32)),))


JUDGE = Judge(by("told"), by("whole"), TOPICS)


def candidate(told: float, words: set[int], whole: float = 1.0, **changes: object) -> Candidate:
    """A candidate whose words stand at some characters, `told` its score; some fields are changed."""
    text = Document("d", "x" * 100).span(min(words), max(words) + 1)
    event = Event(
        claim="c", document="d", sentence=0, type="ASSAULT", mode=None, contexts=(), cameo=None, quad=4,
        score=-9.0, goldstein=None, actors=(GHANA,), recipients=(TOGO,), date="2024-05-14",
        date_precision="day", date_basis="text", place=None, realis="happened", speaker=None, text=text,
    )  # fmt: skip
    features = {"told": told, "whole": whole}
    return Candidate(replace(event, **changes), frozenset(words), features.copy)


def test_what_is_not_likely_enough_is_left_out() -> None:
    assert probability(JUDGE.told, {"told": 0.0}) == pytest.approx(0.5)
    assert LEAST > 0.5
    assert len(chosen([candidate(3.0, {1})], JUDGE)) == 1
    assert chosen([candidate(0.0, {1})], JUDGE) == []


def test_what_is_hardly_right_as_a_whole_is_left_out_of_a_text_and_not_of_a_piece() -> None:
    unsure = candidate(3.0, {1}, whole=-3.0)
    assert probability(JUDGE.whole, {"whole": -3.0}) < RIGHT
    assert chosen([unsure], JUDGE) == []
    assert len(chosen([unsure], JUDGE, is_piece=True)) == 1


def test_of_those_that_share_a_word_the_likeliest_is_kept() -> None:
    found = chosen(
        [candidate(3.0, {1, 5}), candidate(4.0, {5}, type="COERCE"), candidate(2.0, {9}, type="REJECT")],
        JUDGE,
    )
    assert [e.type for e in found] == ["COERCE", "REJECT"]


def test_the_same_of_the_same_on_one_day_is_told_once() -> None:
    again = candidate(2.0, {40}, sentence=1)
    assert [e.text.start for e in chosen([candidate(3.0, {1}), again], JUDGE)] == [1]
    other_day = candidate(2.0, {40}, sentence=1, date="2024-05-15")
    assert len(chosen([candidate(3.0, {1}), other_day], JUDGE)) == 2


def test_confidence_is_that_of_event_and_parts_together() -> None:
    [event] = chosen([candidate(3.0, {1})], JUDGE)
    likely = probability(JUDGE.told, {"told": 3.0}) * probability(JUDGE.whole, {"whole": 1.0})
    assert event.confidence == round(HOLDS * likely, 3)


def test_without_the_model_nothing_of_it_is_left() -> None:
    features = {"lemma=attack": 1.0, f"{MODEL}none": 0.2, f"{TOPIC}3": 1.5}
    assert without_model(features) == {"lemma=attack": 1.0, "no model": 1.0}


def test_the_weights_that_ship_know_their_features() -> None:
    shipped = judge()
    for learned in (shipped.told, shipped.whole):
        assert {"no model", "type=ASSAULT"} <= set(learned.features)
        assert 0 < probability(learned, NO_EVENT) < 1


def test_topics_are_of_one_encoder(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    texts = [random.normal(size=6).astype(np.float32) for _ in range(30)]
    made = fitted(texts, 3, "encoder")
    made.save(tmp_path / "topics.npz")
    read = projection.load(tmp_path / "topics.npz")
    assert read.of(texts[0], "encoder") == pytest.approx(made.of(texts[0], "encoder"), abs=0.02)
    with pytest.raises(KgError, match="encoder"):
        read.of(texts[0], "another")
    (tmp_path / "no.npz").write_bytes(b"no weights")
    with pytest.raises(KgError, match=r"no\.npz"):
        projection.load(tmp_path / "no.npz")
