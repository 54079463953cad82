"""`kg evaluate roles` and `kg evaluate names` on gold of our own."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError, ModelError
from kg.model import Actor
from kg.parsing import pipelines
from tests.benchmarks import actors, scores

VISITS = """start,visitor,country
1995-03-01,President Nelson Mandela,South Africa
2014-05-02,Chancellor Angela Merkel,"Germany, Federal Republic of"
2015-03-02,President Angela Merkel,Atlantis
2016-06-07,Prime Minister Narendra Modi,Pakistan
"""


@pytest.fixture(autouse=True)
def model() -> None:
    try:
        pipelines.load()
    except ModelError:
        pytest.skip("the language model is not there")


def test_a_visitor_counts_for_the_country_of_the_date(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(VISITS)
    figures = dict(scores.evaluate("roles", tmp_path / "visits.csv"))
    assert figures == {"visits": "2", "country right": "0.500", "wrong known persons": "0"}


def test_a_known_person_of_another_name_is_wrong() -> None:
    merkel = Actor("angela-merkel", "Angela Merkel", known=True)
    assert not actors._is_another(merkel, "Chancellor Merkel")
    assert actors._is_another(merkel, "Chancellor Olaf Scholz")
    assert not actors._is_another(Actor("x-y", "X Y"), "Chancellor Olaf Scholz")


def test_a_name_is_found_by_a_mention_that_overlaps_it(tmp_path: Path) -> None:
    text = "Angela Merkel flew to Lisbon."
    entities = [
        {"begin": 0, "end": 13, "type": "Person"},
        {"begin": 14, "end": 18, "type": "Organisation"},  # "flew": nobody finds that
        {"begin": 22, "end": 28, "type": "Weapon"},
    ]
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, "entities": entities}) + "\n")
    figures = dict(scores.evaluate("names", tmp_path))
    assert figures == {"documents": "1", "names": "2", "recall": "0.500", "precision": "0.500"}


@pytest.mark.parametrize(("name", "content"), [("roles", "a,b\n1,2\n"), ("names", "{}\n")])
def test_gold_that_is_none_is_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "gold").write_text(content)
    with pytest.raises(InputError, match="gold: not"):
        scores.evaluate(name, tmp_path / "gold")
