"""What the language model rules out is no event; without its word the rules stand alone."""

from kg import pipeline
from kg.coding.acts import may_tell_act
from kg.model import Document
from kg.parsing.pipelines import FAST_MODEL


def test_an_attack_may_be_an_act() -> None:
    [analysis] = pipeline.analyse([Document("text", "Sudan bombed a port in Chad on Monday.")])
    assert may_tell_act(analysis.claims[0], analysis.sentences[0])
    assert [e.type for e in analysis.events] == ["ASSAULT"]


def test_a_match_and_a_remark_are_none() -> None:
    for text in ("Chad beat Mali 3-0 on Sunday.", "The minister told reporters that rain had fallen."):
        [analysis] = pipeline.analyse([Document("text", text)])
        assert not any(may_tell_act(c, analysis.sentences[0]) for c in analysis.claims), text
        assert analysis.events == []


def test_a_model_that_does_not_say_rules_nothing_out() -> None:
    [analysis] = pipeline.analyse([Document("text", "Chad beat Mali 3-0 on Sunday.")], FAST_MODEL)
    assert all(may_tell_act(c, analysis.sentences[0]) for c in analysis.claims)
