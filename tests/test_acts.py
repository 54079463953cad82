"""What the language model rules out is no event; without its word the rules stand alone."""

from kg import pipeline
from kg.coding.acts import is_ruled_out
from kg.coding.realis import Reading
from kg.model import Document
from kg.parsing.pipelines import FAST_MODEL

ATTACK = Reading("ASSAULT", "ASSAULT", None, None, None, 1.0)


def ruled_out(analysis: pipeline.Analysis) -> list[bool]:
    """Whether the model is against each claim's being an attack."""
    [sentence] = analysis.sentences
    words = [sentence.at(c.statement.relation.head) for c in analysis.claims]
    found = zip(analysis.claims, words, strict=True)
    return [is_ruled_out(c, sentence, w, ATTACK) for c, w in found if w is not None]


def test_an_attack_may_be_an_act() -> None:
    [analysis] = pipeline.analyse([Document("text", "Sudan bombed a port in Chad on Monday.")])
    assert ruled_out(analysis) == [False]
    assert [e.type for e in analysis.events] == ["ASSAULT"]


def test_a_match_and_a_remark_are_none() -> None:
    for text in ("Chad beat Mali 3-0 on Sunday.", "The minister told reporters that rain had fallen."):
        [analysis] = pipeline.analyse([Document("text", text)])
        assert all(ruled_out(analysis)), text
        assert analysis.events == []


def test_a_model_that_does_not_say_rules_nothing_out() -> None:
    [analysis] = pipeline.analyse([Document("text", "Chad beat Mali 3-0 on Sunday.")], FAST_MODEL)
    assert not any(ruled_out(analysis))
