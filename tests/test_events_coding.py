"""Claims to events: whether it happened; no parser."""

from dataclasses import replace

import pytest

from kg.coding.realis import Reading, come_to, realis, realm
from kg.model import Actor, Claim, Document, Phrase, Relation, Statement

TOGO = Actor("tgo", "Togo", "state", "TGO", known=True)
DOCUMENT = Document("d", "They attacked Togo.", published="2024-05-14")


def claim(**more: object) -> Claim:
    subject, target = Phrase("They", 0, 4, 0), Phrase("Togo", 14, 18, 14, TOGO)
    statement = Statement(subject, Relation("attacked", 5, 13, "attack", head=5), target)
    return replace(Claim("d", 0, DOCUMENT.span(0, 19), statement), **more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("past", "happened")),
        ({"modality": "intended", "cue": "try"}, ("past", "attempted")),
        ({"modality": "intended", "cue": "plan"}, ("future", "planned")),
        ({"modality": "obligated"}, ("future", "demanded")),
        ({"polarity": "negated"}, ("negated_past", "denied")),
        ({"modality": "probable"}, ("past", "possible")),
    ],
)
def test_realm_and_realis(more: dict[str, object], expected: tuple[str, str]) -> None:
    made = claim(**more)
    assert (realm(made), realis(made, reading("ASSAULT"))) == expected


@pytest.mark.parametrize(
    ("told", "more", "expected"),
    [
        ("SUPPORT", {"polarity": "negated"}, ("REJECT", "happened")),  # "did not recognise"
        ("REJECT", {"tense": "future"}, ("REJECT", "happened")),  # "will refuse"
        ("REQUEST", {"modality": "intended", "cue": "to"}, ("REQUEST", "happened")),  # "flew in to ask"
        ("AID", {"tense": "future"}, ("AGREE", "happened")),  # "will lend two aircraft"
        ("AID", {"modality": "intended", "cue": "hope"}, ("AGREE", "planned")),
        ("ASSAULT", {"tense": "future"}, ("THREATEN", "happened")),  # "will strike"
        ("ASSAULT", {"modality": "possible"}, ("THREATEN", "possible")),  # "may strike"
        ("ASSAULT", {"polarity": "negated"}, ("CONCEDE", "denied")),  # "did not attack"
    ],
)
def test_what_is_done_by_telling_has_happened(
    told: str, more: dict[str, object], expected: tuple[str, str]
) -> None:
    made = claim(**more)
    come = come_to(reading(told), made)
    assert (come.type, realis(made, come)) == expected


def reading(kind: str) -> Reading:
    return Reading(kind, kind, None, None, None, 1.0)
