"""What users and scorers read of `kg.analyse`: these names and values stay."""

from dataclasses import asdict, fields

import kg
from kg.model import Document, Judgement, Role

TEXT = "Xi Jinping met reporters in Beijing. He said that China would not yield."
XI = {
    "id": "xi-jinping",
    "label": "Xi Jinping",
    "type": "person",
    "country": "CHN",
    "sector": "GOV",
    "wikidata": "Q15031",
    "known": True,
}


def test_mentions_are_judgements_with_their_words_actor_and_reason():
    (analysis,) = kg.analyse([Document("d", TEXT, published="2025-03-04")])
    assert {"document", "sentences", "mentions", "claims", "events"} <= set(vars(analysis))
    assert analysis.document.id == "d"
    mentions = analysis.mentions.all
    assert [j.mention.text for j in mentions] == ["Xi Jinping", "reporters", "Beijing", "He", "China"]
    assert [TEXT[j.mention.start : j.mention.end] for j in mentions] == [j.mention.text for j in mentions]

    assert [f.name for f in fields(Judgement)] == ["mention", "actor", "verdict", "reason", "by", "title"]
    xi, reporters, beijing, he, _ = mentions
    assert xi.actor.roles[-1] == Role("head of state", "president", "CHN", "GOV", "2013-03-14", None)
    assert {name: value for name, value in asdict(xi.actor).items() if name != "roles"} == XI
    assert (xi.verdict, xi.reason, xi.by, xi.title) == ("same", "name: 'Xi Jinping'", "kg", None)
    assert reporters.verdict == "unsure"
    assert (beijing.actor.type, beijing.actor.country, beijing.reason) == ("place", "CHN", "a place: 'in'")
    assert analysis.mentions.at(beijing.mention.start).actor is None  # nobody who acts
    assert he.actor == xi.actor


def test_a_city_is_one_place_in_every_spelling_and_no_city_has_an_article():
    text = "Traders waited in Bombay. In Mumbai nobody came. Trains from the West were late."
    (analysis,) = kg.analyse([Document("d", text)])
    bombay, mumbai, west = (j for j in analysis.mentions.all if j.actor and j.actor.type == "place")
    assert (bombay.actor.id, bombay.actor.country, bombay.verdict) == ("geonames-1275339", "IND", "same")
    assert mumbai.actor == bombay.actor
    assert (west.actor.id, west.actor.country) == ("west", None)


def test_both_sides_are_a_mention_of_each():
    text = "Peru and Chile signed a treaty on fishing. Both countries will share the patrols."
    (analysis,) = kg.analyse([Document("d", text)])
    assert [j.actor.label for j in analysis.mentions.all if j.mention.text == "countries"] == [
        "Peru",
        "Chile",
    ]
