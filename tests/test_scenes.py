"""Where an act took place, in sentences of our own."""

import pytest

import kg

CASES = (
    (
        "Police in the Kenyan town of Garissa arrested two suspected militants on Tuesday.",
        "COERCE",
        "Garissa",
    ),
    ("Soldiers shot three protesters dead in Khartoum.", "ASSAULT", "Khartoum"),
    ("Moscow accused Kyiv of shelling a market in Donetsk.", "ACCUSE", None),
    ("The minister met his Turkish counterpart in Geneva on Monday.", "CONSULT", "Geneva"),
    ("Britain expelled four Russian diplomats.", "SANCTION", None),
)


@pytest.mark.parametrize(("text", "kind", "place"), CASES)
def test_the_place_of_an_act_is_where_the_text_puts_it(text: str, kind: str, place: str | None) -> None:
    (analysis,) = kg.analyse([kg.Document("d", text, published="2024-05-14")])
    (event,) = [e for e in analysis.events if e.type == kind]
    assert (event.place.text if event.place else None) == place
