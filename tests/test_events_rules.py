"""The most specific rule wins."""

import pytest

from kg.coding.senses import Features, find
from kg.english.morphology import runs


def features(relation: str, target: str = "", **more: object) -> Features:
    values: dict[str, object] = {"relations": (relation,), "object": runs(target), "bare": not target}
    return Features(**(values | more))  # type: ignore[arg-type]


def code(found: Features) -> tuple[str, str | None] | None:
    rule = find(found)
    return (rule.type, rule.mode) if rule else None


@pytest.mark.parametrize(
    ("relation", "target", "expected"),
    [
        ("lift", "a curfew", ("CONCEDE", None)),
        ("lift", "the sanctions", ("RETREAT", None)),
        ("lift", "the lid", None),
        ("impose", "sanctions", ("SANCTION", "discontinue")),
        ("impose", "a curfew", ("COERCE", "curfew")),
        ("carry out", "air strikes", ("ASSAULT", "aerial")),
        ("carry out", "a suicide attack", ("ASSAULT", "suicide-attack")),
        ("hold", "talks", ("CONSULT", None)),
        ("hold", "a rally", ("PROTEST", "demo")),
        ("sign", "a treaty", ("SUPPORT", None)),
        ("call off", "the strike", ("CONCEDE", None)),
        ("test", "a ballistic missile", ("MOBILIZE", "weapons")),
        ("withdraw", "its troops", ("RETREAT", "withdraw")),
        ("withdraw", "its ambassador", ("SANCTION", "withdraw")),
        ("eat", "an apple", None),
    ],
)
def test_the_object_decides(relation: str, target: str, expected: tuple[str, str | None] | None) -> None:
    assert code(features(relation, target)) == expected


def test_a_verb_may_need_the_absence_of_an_object() -> None:
    assert code(features("demonstrate")) == ("PROTEST", "demo")
    assert code(features("demonstrate", "its resolve")) is None


def test_a_nested_statement_makes_another_rule_match() -> None:
    assert code(features("agree", nested=True)) == ("AGREE", None)
    assert code(features("plan", nested=True)) is None
    assert code(features("plan", nested=True, nested_type="AID")) == ("AGREE", None)
    assert code(features("prepare", nested=True, nested_type="ASSAULT")) == ("MOBILIZE", "weapons")


def test_prepositions_may_bear_the_object() -> None:
    put = features("put", "its army", arguments=(("on", runs("high alert")),))
    assert code(put) == ("MOBILIZE", "troops")
    assert code(features("put", "its army", arguments=(("on", runs("a train")),))) is None


def test_subjects_may_be_asked_for_or_barred() -> None:
    blocked = features("block", "the road")
    assert code(blocked) == ("PROTEST", "obstruct")
    assert code(features("block", "the road", subject=runs("riot police"))) != ("PROTEST", "obstruct")
    bombed = features("kill", "two guards", subject=runs("A roadside bomb"))
    assert code(bombed) == ("ASSAULT", "explosives")


def test_a_nominal_event_has_spent_its_preposition() -> None:
    assert code(features("attack", "Homs", nominal=True, actor=True)) == ("ASSAULT", None)
    assert code(features("talk", "Bolivia", nominal=True, actor=True)) == ("CONSULT", None)
