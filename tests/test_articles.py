import re

import pytest

from kg import resources
from kg.reading import read

FOLDER = resources.path("data/articles")
ARTICLES = list(read([FOLDER]))


def test_there_are_articles_of_many_kinds():
    named = re.findall(
        r"^\| (\S+\.txt) \| .+ \| (.+) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert [name for name, _ in sorted(named)] == [a.id.rpartition("/")[2] for a in ARTICLES]
    assert len({kind for _, kind in named}) >= 8


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id.rpartition("/")[2])
def test_each_has_its_front_matter_and_is_short(article):
    assert article.title
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article.published)
    assert article.publisher.endswith("(invented)")
    assert article.url is None
    assert 150 <= len(article.text.split()) <= 300


def test_they_come_from_several_publishers():
    assert len({a.publisher for a in ARTICLES}) >= 3


def test_the_trade_war_begins_with_the_demand():
    [article] = [a for a in ARTICLES if a.id.endswith("trade-war.txt")]
    assert article.text.startswith("Donald Trump still insists that Xi Jinping must call first.")
