"""Claims as the rows that a person reads."""

import pytest

import kg
from kg import listing


@pytest.mark.parametrize(
    "text",
    [
        "The Georgian economy minister, Levan Davitashvili, praised the deal.",
        "Levan Davitashvili, the Georgian economy minister, praised the deal.",
    ],
)
def test_nobody_is_only_himself(text: str) -> None:
    (analysis,) = kg.analyse([kg.Document("d", text)])
    told = [row.lower() for row, *_ in listing.claim_rows(analysis.claims)]
    assert "levan davitashvili — is — the georgian economy minister" in told


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Kenya urged Uganda not to close the border.",
            "Kenya — urged — Uganda not to close the border",
        ),
        (
            "Kenya urged Uganda to close the border.",
            "Kenya — urged — Uganda to close the border",
        ),
        ("France promised never to sell arms.", "France — promised — not to sell arms"),
        ("Peru said it had not signed the deal.", "Peru — said — Peru had not signed the deal"),
    ],
)
def test_a_row_says_not_where_the_text_does(text: str, row: str) -> None:
    (analysis,) = kg.analyse([kg.Document("d", text)])
    assert row in [told for told, *_ in listing.claim_rows(analysis.claims)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Five people were killed and dozens wounded.", "dozens — (were) wounded"),
        ("A duel heard on Sunday evening ended the calm.", "A duel — (was) heard"),
        ("Two men were arrested.", "men — were arrested"),
    ],
)
def test_a_passive_is_told_as_one(text: str, row: str) -> None:
    (analysis,) = kg.analyse([kg.Document("d", text)])
    assert row in [told for told, *_ in listing.claim_rows(analysis.claims)]
