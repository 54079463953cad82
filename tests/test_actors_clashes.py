"""Names that several share: every row of data/actors/clashes.csv, and that nobody is guessed."""

from functools import cache

import pytest

from kg import tables
from kg.actors import index, linking
from kg.actors.wordlists import Clash
from kg.model import Document
from kg.parsing import pipelines

ROWS = tables.table("actors/clashes", Clash)
# A name that stands alone, where nothing speaks for a reading.
ALONE = {row.alias: f"Yesterday {row.alias} asked for talks." for row in ROWS}


@cache
def parsed():
    texts = [row.example for row in ROWS] + list(ALONE.values())
    return dict(zip(texts, pipelines.parse(texts), strict=True))


def meant(alias, text):
    """The judgement of a name's last mention in a text."""
    found = linking.link(Document("d", text), parsed()[text], index.load())
    at = text.rindex(alias)
    inside = [j for j in found.all if j.mention.start < at + len(alias) and at < j.mention.end]
    assert inside, f"no mention of {alias!r} in {text!r}"
    return inside[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.alias}: {row.id}")
def test_a_text_decides_for_a_reading(row):
    judgement = meant(row.alias, row.example)
    actor = judgement.actor
    if row.id is None:
        assert actor is None or not actor.known, judgement.reason
    else:
        assert actor is not None, judgement.reason
        means = actor.country if row.id.isupper() else actor.id
        assert (means, judgement.verdict) == (row.id, "same"), judgement.reason


@pytest.mark.parametrize("alias", sorted(set(ALONE) - {row.alias for row in ROWS if row.is_default}))
def test_nobody_is_guessed_where_the_text_does_not_decide(alias):
    judgement = meant(alias, ALONE[alias])
    assert judgement.actor is None or not judgement.actor.known, judgement.reason


def test_a_reading_without_conditions_is_the_only_one_of_its_name():
    defaults = [row.alias for row in ROWS if row.is_default]
    assert len(defaults) == len(set(defaults))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The SDF met envoys in Syria and in Japan.", None),  # a tie
        ("The SDF met envoys in Syria. Syria asked Japan for help.", "syrian-democratic-forces"),
    ],
)
def test_the_reading_that_most_speaks_for_counts(text, id):
    (sentences,) = pipelines.parse([text])
    found = linking.link(Document("d", text), sentences, index.load())
    judgement = next(j for j in found.all if "SDF" in j.mention.text)
    assert (judgement.actor.id if judgement.actor.known else None) == id
    assert (judgement.verdict == "same") == (id is not None)
