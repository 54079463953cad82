"""Claims take their times as the finder of times reads them, and only those that hang on their verb."""

import pytest

from kg import pipeline
from kg.model import Document

PUBLISHED = "2024-05-15"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "verb", "value"),
    [
        ("Fiji and Tonga met on 3 May. A day later Samoa signed the treaty.", "signed", "2024-05-04"),
        ("Tonga will vote on Friday.", "vote", "2024-05-17"),
        ("The treaty was to be signed on 28 February, but Fiji refused.", "refused", None),
        ("Fiji jailed a general for the coup of 3 May 2021.", "jailed", None),  # the coup's date
    ],
)
def test_when_it_took_place(text: str, verb: str, value: str | None) -> None:
    claims = pipeline.extract(Document("text", text, published=PUBLISHED))
    claim = next(c for c in claims if verb in c.statement.relation.text)
    when = claim.statement.when
    assert (when.value if when else None) == value


@pytest.mark.parametrize("time", ["Friday", "noon", "the weekend", "the end of the month", "June"])
def test_a_time_behind_by_is_nobody_who_did_it(time: str) -> None:
    claims = pipeline.extract(Document("text", f"The envoys were recalled by {time}.", published=PUBLISHED))
    assert [c.statement.relation.voice for c in claims] == ["passive"]
    assert claims[0].statement.subject is not None
    assert "envoys" in claims[0].statement.subject.text
