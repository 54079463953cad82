"""The confidence of claims: what the table weighs, and which claims the annotated texts judge."""

import pytest

import kg
from kg.claims.confidence import JUDGED, confidence, features, weights
from kg.model import Document
from tests.benchmarks.briefs import BRIEFS
from tests.benchmarks.confidence import BANDS, bands, by_folds, fit, verdicts
from tests.benchmarks.confidence import Judged as Row

MEASURES = BRIEFS.parent / "tools" / "briefs_score.py"
TEXT = (
    "President Trump, the American leader, insisted on Friday that Xi needed to call him. "
    "If Egypt opens the border, it will not be closed again. There were no talks."
)


def test_a_claims_confidence_is_that_of_its_features() -> None:
    (found,) = kg.analyse([Document("a", TEXT)])
    assert {c.found_by for c in found.claims} > set(JUDGED[:1])
    for claim in found.claims:
        names = list(features(claim, found.sentences[claim.sentence]))
        assert len(names) == len(set(names))
        assert claim.confidence == confidence(names)


def test_the_table_weighs_what_makes_claims_doubtful() -> None:
    table = weights()
    assert "bias" in table
    assert table["subject behind"] < table["no subject"] < 0 < table["as root"]
    assert 0 < confidence(["no such feature"]) == confidence([]) < 1


@pytest.mark.skipif(not MEASURES.exists(), reason="the briefs' measures are not there")
@pytest.mark.parametrize(
    ("subject", "verb", "modality", "speaker", "expected"),
    [
        ("Norway", "leave", "asserted", None, True),
        ("Norway", "leave", "requested", None, False),  # another modality
        ("Norway", "leave", "asserted", "Peru", False),  # another source
        ("Sudan", "open", "asserted", None, False),  # must not come out as a fact
        ("Sudan", "open", "requested", None, None),
        ("Egypt", "wait", "asserted", None, None),  # no annotated verb
    ],
)
def test_which_claims_are_whole(
    subject: str, verb: str, modality: str, speaker: str | None, expected: bool | None
) -> None:
    brief = {
        "claim": [{"subject": "Norway", "relation_lemma": "leave", "speaker": "article"}],
        "not_fact": [{"subject": "Sudan", "relation_lemma": "open"}],
    }
    row = {
        "subject": {"text": subject},
        "relation": {"text": verb, "lemma": verb, "voice": "active"},
        "object": None,
        "arguments": [],
        "when": None,
        "speaker": speaker and {"text": speaker},
        "polarity": "affirmed",
        "modality": modality,
        "factuality": "certain",
    }
    assert verdicts(brief, [row]) == [expected]


def test_a_file_is_weighed_by_the_others() -> None:
    rows = [
        Row(file, (name,), name == "good") for file in "ab" for name in ("good", "bad") for _ in range(60)
    ]
    found = by_folds(rows)
    assert len(found) == len(rows)
    assert min(sure for sure, whole in found if whole) > max(sure for sure, whole in found if not whole)
    assert fit(rows)["good"] > 0 > fit(rows)["bad"]
    assert sum(number for _, number, _ in bands(found)) == len(rows)
    assert len(list(bands(found))) == len(BANDS) - 1
