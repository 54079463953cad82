"""On which day events took place, in sentences of our own; the article is of 11 June 2025, a Wednesday."""

import pytest

import kg
from kg import Document

DAY = "2025-06-11"
TOLD = [
    ("On Friday police raided the paper and arrested two editors.", {"2025-06-06"}),
    ("Troops stormed the palace on Sunday, arresting the president.", {"2025-06-08"}),
    ("Arriving in Lagos on Monday, the envoy met opposition leaders.", {"2025-06-09"}),
    ("Rebels shelled the port of Misrata.", {DAY}),
    ("The rebels, who had seized the town, released ten soldiers.", {None, DAY}),
    ("The envoy was arrested on Friday and charged with spying.", {"2025-06-06"}),
    ("The lull ended. Rebels seized the town in March and released ten men in May.", {"2025-03", "2025-05"}),
    ("The lull ended. Rebels seized the town on Friday, but released ten men.", {"2025-06-06", None}),
    ("The lull ended. Rebels shelled the port on Friday, and troops bombed them.", {"2025-06-06", None}),
    ("The lull ended. Rebels seized the town on Friday and have since freed ten men.", {"2025-06-06", None}),
    ("Ethiopia bombed the dam after the rains.", {None}),
    ("Mali expelled the mission years ago.", {None}),
    ("Peru had recalled its envoy.", {None}),
    ("The ministry said that rebels had attacked the port.", {None}),
]


@pytest.mark.parametrize(("text", "days"), TOLD)
def test_an_event_has_the_day_that_its_words_give_and_else_that_of_the_main_line(text, days):
    (analysis,) = kg.analyse([Document("d", text, published=DAY)])
    assert {e.date for e in analysis.events} == days
