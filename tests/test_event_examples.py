"""Every row of data/events/rules.csv and derived.csv has an example, and gives the event that it says."""

from collections.abc import Iterable

import pytest

from kg import pipeline
from kg.coding import senses, types
from kg.coding.coder import Coder
from kg.coding.judge import judge
from kg.errors import ModelError
from kg.model import Document, Event
from kg.parsing import pipelines
from kg.pipeline import Analysis

NO_PARTIES = "a noun for an act is a claim only where the sentence names who did it and to whom"
OTHER_RULE = "a more general rule takes it"
TREE = "the parser makes another tree of it"
NO_ACTOR = "one of the two sides is no actor"
# Examples that are not coded as their row says, and why.
OPEN = {
    "The support of Rome for Tirana is old.": NO_PARTIES,
    "Mali refused to back the bid.": NO_ACTOR,
    "The cooperation between Oslo and Riga grew.": NO_PARTIES,
    "Doha paid the salaries of Lebanese teachers.": NO_ACTOR,
    "The imam urged the youth to rise against the mayor.": OTHER_RULE,
    "The accusation of Mali against Algeria was new.": NO_PARTIES,
    "The inquiry of Malta into the firm ended.": NO_PARTIES,
    "The prisoners began a hunger strike.": OTHER_RULE,
    "The protest of the nurses against the cuts grew.": NO_PARTIES,
    "The walkout by Kenyan nurses lasted a week.": NO_PARTIES,
    "The riot by inmates in Quito was put down.": NO_PARTIES,
    "The army prepared to shell the ridge.": OTHER_RULE,
    "The deployment of Turkish troops alarmed Athens.": NO_PARTIES,
    "Iraq annexed Kuwait.": NO_ACTOR,
    "The air strike on the depot by Israel was the third.": OTHER_RULE,
    "The drone strike by Sudan hit the market.": OTHER_RULE,
    "Gunners shelled the village.": OTHER_RULE,
    "The shelling of Goma by the rebels resumed.": OTHER_RULE,
    "Guards opened fire on the miners.": NO_ACTOR,
    "Separatists blew up a pylon.": OTHER_RULE,
    "The bombing of the pipeline by rebels cut supplies.": NO_PARTIES,
    "Attackers stabbed the priest.": OTHER_RULE,
    "Raiders massacred the herders.": OTHER_RULE,
    "Mali agreed to reopen the bridge.": OTHER_RULE,
    "Mali asked Niger to back its bid.": OTHER_RULE,
    "Mali threatened to cut ties.": OTHER_RULE,
    "Mali threatened to seize the valley.": OTHER_RULE,
    "The rebels handed in their rifles.": TREE,
    "Mali's junta handed over power.": TREE,
    "The union urged its members to back Tunisia.": TREE,
}


@pytest.fixture(scope="module", autouse=True)
def _with_model() -> None:
    try:
        pipelines.load()
    except ModelError:
        pytest.skip("the language model is not there")


def events_of(examples: Iterable[str]) -> list[tuple[str, list[Event]]]:
    """Each example with its events, by the rules alone."""
    documents = [Document(text, text, published="2024-05-14") for text in examples]
    analyses = pipeline.analyse(documents)
    return [(a.document.text, _by_rules(a)) for a in analyses]


def _by_rules(analysis: Analysis) -> list[Event]:
    """All that the rules read, whatever is made of it afterwards."""
    for sentence in analysis.sentences:
        sentence.signals = None
    topics = judge().topics
    coder = Coder(analysis.claims, analysis.mentions, analysis.document, analysis.sentences, topics)
    return [c.event for c in coder.candidates(None)]


def test_every_rule_codes_its_example() -> None:
    rules = senses.rule_rows()
    wrong = {
        text
        for row, (text, events) in zip(rules, events_of(r.example for r in rules), strict=True)
        if not any((e.original_type, e.mode) == (row.type, row.mode) for e in events)
    }
    assert wrong == {row.example for row in rules} & OPEN.keys()


def test_speaking_of_an_act_is_coded_as_its_row_says() -> None:
    rows = types.derivations().values()
    wrong = {
        text
        for row, (text, events) in zip(rows, events_of(r.example for r in rows), strict=True)
        if not any((e.type, e.mode, (e.cameo or "")[2:]) == (row.type, row.mode, row.suffix) for e in events)
    }
    assert wrong == {row.example for row in rows} & OPEN.keys()
    assert OPEN.keys() <= {row.example for row in (*rows, *senses.rule_rows())}
