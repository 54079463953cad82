"""Where those belong who have no country of their own, in texts of our own."""

import pytest

import kg
from kg.coding.homes import is_homeless, placed
from kg.model import Actor

# A text, the type of an event in it, and the country of its doer; None where no country is said or near.
CASES = (
    (
        "Zambia's parliament met on Monday. Police arrested two students outside the chamber in Lusaka.",
        "COERCE",
        "ZMB",
    ),
    (
        "Peru is at a standstill. Farmers blocked the road to Cusco and burned tyres, and the Agriculture "
        "Ministry in Lima called them vandals.",
        "PROTEST",
        "PER",
    ),
    ("Norwegian officials briefed the press. The parliament condemned Russia.", "ACCUSE", "NOR"),
    ("Police arrested two students on Monday.", "COERCE", None),
)


@pytest.mark.parametrize(("text", "kind", "country"), CASES)
def test_where_they_belong(text: str, kind: str, country: str | None) -> None:
    (analysis,) = kg.analyse([kg.Document("d", text, published="2024-05-14")])
    found = {a.country for e in analysis.events if e.type == kind for a in e.actors}
    assert found == {country}


def test_bodies_of_many_countries_have_no_home() -> None:
    assert not is_homeless(Actor("un", "United Nations", "igo", None, "UNO", known=True))
    assert not is_homeless(Actor("togo", "Togo", "state", "TGO", known=True))
    assert is_homeless(Actor("d-police", "police", "agency", None, "COP"))


def test_a_people_of_many_countries_is_named_for_the_one() -> None:
    kurds = Actor("kurds", "Kurds", "population", None, None, known=True)
    assert placed(kurds, "IRQ") == Actor("irq-kurds", "Kurds", "population", "IRQ", None, known=False)
