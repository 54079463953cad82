"""Linking, on sentences parsed by hand and small tables of our own."""

from pathlib import Path

import pytest

from kg.actors import index, linking
from kg.model import Document
from kg.parsing.tree import Sentence, sentence

OWN = Path(__file__).parent / "cases" / "actors" / "tables"
NAMED = ("countries", "people", "organisations", "titles", "generic", "clashes")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> index.Gazetteer:
    folder = tmp_path_factory.mktemp("actors")
    shipped = index.resources.path("data/actors")
    for table in (*shipped.glob("*.csv"), *OWN.glob("*.csv")):
        (folder / table.name).write_bytes(table.read_bytes())
    for name in set(NAMED) - {table.stem for table in OWN.glob("*.csv")}:
        (folder / f"{name}.csv").unlink(missing_ok=True)
    return index.build(folder)


def linked(tables, *parsed: str, on: str | None = "2025-06-06"):
    """Mentions of sentences built by hand, with the text and a look-up by word."""
    sentences: list[Sentence] = []
    for rows in parsed:
        start = sentences[-1].end + 1 if sentences else 0
        sentences.append(sentence(rows, len(sentences), start))
    text = " ".join(" ".join(t.text for t in s) for s in sentences)
    return text, linking.link(Document("d", text, published=on), sentences, tables)


def who(tables, word: str, *parsed: str, on: str | None = "2025-06-06"):
    text, found = linked(tables, *parsed, on=on)
    judgement = found.at(text.rindex(word))
    assert judgement is not None, f"no mention at {word!r} in {text!r}"
    return judgement


MET_TRUMP = """
    President president PROPN NNP 2 nmod:desc
    Trump     Trump     PROPN NNP 3 nsubj PERSON
    met       meet      VERB  VBD 0 root
    Xi        Xi        PROPN NNP 3 obj PERSON
"""


def test_title_and_name_are_the_person_with_the_role_at_the_date(tables):
    now = who(tables, "Trump", MET_TRUMP)
    assert (now.actor.id, now.actor.country, now.actor.sector) == ("donald-trump", "USA", "GOV")
    assert now.title == "President"
    assert who(tables, "Trump", MET_TRUMP, on="2022-03-01").actor.sector == "ELI"


def test_without_a_date_only_what_all_rows_agree_on(tables):
    actor = who(tables, "Trump", MET_TRUMP, on=None).actor
    assert (actor.id, actor.country, actor.sector) == ("donald-trump", "USA", "GOV")


def test_another_person_of_the_same_surname_is_not_the_known_one(tables):
    actor = who(
        tables,
        "Melania",
        """
        Melania Melania PROPN NNP 3 nsubj PERSON
        Trump   Trump   PROPN NNP 1 flat  PERSON
        spoke   speak   VERB  VBD 0 root
        """,
    ).actor
    assert (actor.id, actor.known, actor.country) == ("melania-trump", False, None)


HUNGARIAN = """
    The       the       DET  DT  4 det
    Hungarian Hungarian ADJ  JJ  4 amod NORP
    prime     prime     ADJ  JJ  4 amod
    minister  minister  NOUN NN  5 nsubj
    spoke     speak     VERB VBD 0 root
"""


@pytest.mark.parametrize(("on", "id"), [("2015-03-01", "viktor-orban"), ("2009-12-01", "gordon-bajnai")])
def test_demonym_and_title_is_who_held_it_then(tables, on, id):
    judgement = who(tables, "minister", HUNGARIAN, on=on)
    assert (judgement.actor.id, judgement.verdict) == (id, "same")


@pytest.mark.parametrize("on", [None, "2005-01-01"])
def test_a_title_nobody_is_known_to_hold_is_unsure_and_local(tables, on):
    judgement = who(tables, "minister", HUNGARIAN, on=on)
    assert judgement.verdict == "unsure"
    assert (judgement.actor.known, judgement.actor.country) == (False, "HUN")


def test_former_holder_is_not_the_holder(tables):
    rows = HUNGARIAN.replace("The       the       DET  DT", "Former    former    ADJ  JJ")
    judgement = who(tables, "minister", rows, on="2015-03-01")
    assert (judgement.actor.known, judgement.actor.sector) == (False, "ELI")


def test_a_name_spelt_otherwise_is_the_holder_of_its_title(tables):
    judgement = who(
        tables,
        "Haidar",
        """
        Prime    prime    ADJ   JJ  2 amod
        Minister minister PROPN NNP 3 nmod:desc
        Haidar   Haidar   PROPN NNP 6 nsubj PERSON
        al-Abadi al-Abadi PROPN NNP 3 flat  PERSON
        has      have     AUX   VBZ 6 aux
        left     leave    VERB  VBN 0 root
        """,
        on="2014-09-23",
    )
    assert judgement.actor.id == "haider-al-abadi"


@pytest.mark.parametrize(
    ("preposition", "dep", "id"),
    [("by", "obl:agent", "chn-gov"), ("in", "obl", None), ("against", "obl", "chn-gov")],
)
def test_a_capital_acts_or_is_a_place(tables, preposition, dep, id):
    judgement = who(
        tables,
        "Beijing",
        f"""
        It      it      PRON  PRP 3 nsubj:pass
        was     be      AUX   VBD 3 aux:pass
        decided decide  VERB  VBN 0 root
        {preposition} {preposition} ADP IN 5 case
        Beijing Beijing PROPN NNP 3 {dep} LOC
        """,
    )
    assert (judgement.actor.id if judgement.actor else None) == id


def test_a_place_has_country_and_geonames_id(tables):
    text, found = linked(
        tables,
        """
        They met   VERB VBD 0 root
        in   in    ADP  IN  3 case
        Beijing Beijing PROPN NNP 1 obl LOC
        """,
    )
    place = found.place(text.index("Beijing"))
    assert (place.country, place.geonames) == ("CHN", 1816670)


def test_the_head_of_a_phrase_is_not_its_modifier(tables):
    text, found = linked(
        tables,
        """
        Chinese Chinese ADJ  JJ  2 amod NORP
        exports export  NOUN NNS 3 nsubj
        fell    fall    VERB VBD 0 root
        """,
    )
    assert found.at(text.index("exports")) is None
    assert found.at(text.index("Chinese")).actor.id == "chn"


def test_police_of_a_country(tables):
    actor = who(
        tables,
        "police",
        """
        Iraqi   Iraqi  ADJ  JJ  2 amod NORP
        police  police NOUN NNS 3 nsubj
        fired   fire   VERB VBD 0 root
        """,
    ).actor
    assert (actor.label, actor.country, actor.sector, actor.known) == ("Iraqi police", "IRQ", "COP", False)


def test_a_government_is_the_one_its_capital_stands_for(tables):
    actor = who(
        tables,
        "government",
        """
        The        the        DET  DT  3 det
        Chinese    Chinese    ADJ  JJ  3 amod NORP
        government government NOUN NN  4 nsubj
        refused    refuse     VERB VBD 0 root
        """,
    ).actor
    assert (actor.id, actor.label, actor.sector) == ("chn-gov", "Government of China", "GOV")


BOTH = """
    Both     both    DET  DT  2 det
    sides    side    NOUN NNS 3 nsubj
    talked   talk    VERB VBD 0 root
"""


def test_both_sides_are_the_two_named_side_by_side(tables):
    text, found = linked(
        tables,
        """
        Washington Washington PROPN NNP 4 nsubj LOC
        and        and        CCONJ CC  3 cc
        Beijing    Beijing    PROPN NNP 1 conj LOC
        agreed     agree      VERB  VBD 0 root
        """,
        BOTH,
    )
    assert {a.id for a in found.members(text.index("sides"))} == {"usa", "chn"}


def test_both_sides_of_nobody_is_a_group_of_its_own(tables):
    judgement = who(tables, "sides", BOTH)
    assert (judgement.verdict, judgement.actor.type) == ("unsure", "group")


def test_us_the_pronoun_is_not_the_country(tables):
    judgement = who(
        tables,
        "us",
        """
        They they PRON PRP 2 nsubj
        told tell VERB VBD 0 root
        us   we   PRON PRP 2 obj
        """,
    )
    assert judgement.actor is None


def test_georgia_without_any_sign_is_unsure(tables):
    rows = """
        Georgia Georgia PROPN NNP 2 nsubj LOC
        {verb} {verb} VERB VBD 0 root
        {other} {other} PROPN NNP 2 obj LOC
    """
    assert who(tables, "Georgia", rows.format(verb="beat", other="Florida")).verdict != "same"
    assert who(tables, "Georgia", rows.format(verb="accused", other="Russia")).verdict == "same"
    assert who(tables, "Georgia", rows.format(verb="sued", other="Tennessee")).actor is None


def test_a_surname_after_the_full_name(tables):
    judgement = who(
        tables,
        "Fallon",
        """
        Michael Michael PROPN NNP 3 nsubj PERSON
        Fallon  Fallon  PROPN NNP 1 flat  PERSON
        spoke   speak   VERB  VBD 0 root
        """,
        """
        Fallon Fallon PROPN NNP 2 nsubj PERSON
        left   leave  VERB  VBD 0 root
        """,
    )
    assert (judgement.actor.id, judgement.actor.label) == ("michael-fallon", "Michael Fallon")
    assert "surname" in judgement.reason


def test_every_reason_is_there_and_every_span_is_the_text(tables):
    text, found = linked(tables, MET_TRUMP, HUNGARIAN, BOTH)
    for judgement in found.all:
        assert judgement.reason
        assert text[judgement.mention.start : judgement.mention.end] == judgement.mention.text


def test_a_name_cut_by_a_sentence_break_is_one_name(tables):
    text, found = linked(
        tables,
        """
        Prime   prime   ADJ   JJ  2 amod
        Minister minister PROPN NNP 0 root
        Viktor  Viktor  PROPN NNP 2 flat
        """,
        """
        Orban  Orban PROPN NNP 2 nsubj
        left   leave VERB  VBD 0 root
        """,
        on="2015-01-01",
    )
    assert found.at(text.index("Orban")).actor.id == "viktor-orban"


FALLON = """
    Michael Michael PROPN NNP 3 nsubj PERSON
    Fallon  Fallon  PROPN NNP 1 flat  PERSON
    spoke   speak   VERB  VBD 0 root
"""


def test_another_given_name_makes_another_person(tables):
    judgement = who(
        tables,
        "Fallon",
        FALLON,
        """
        Cyd    Cyd    PROPN NNP 3 nsubj
        Fallon Fallon PROPN NNP 1 flat
        left   leave  VERB  VBD 0 root
        """,
    )
    assert (judgement.actor.id, judgement.mention.text) == ("cyd-fallon", "Cyd Fallon")


def test_a_foundation_is_not_whom_it_is_named_after(tables):
    judgement = who(
        tables,
        "Foundation",
        FALLON,
        """
        Michael Michael PROPN NNP 3 compound PERSON
        Fallon  Fallon  PROPN NNP 1 flat     PERSON
        Foundation foundation PROPN NNP 4 nsubj
        left    leave   VERB  VBD 0 root
        """,
    )
    assert judgement.actor.id == "michael-fallon-foundation"


def test_a_place_named_like_a_person_of_the_text_is_the_person(tables):
    judgement = who(
        tables,
        "Fallon",
        FALLON,
        """
        Fallon Fallon PROPN NNP 2 nsubj LOC
        left   leave  VERB  VBD 0 root
        """,
    )
    assert judgement.actor.id == "michael-fallon"


def test_a_list_of_names_lends_no_country(tables):
    judgement = who(
        tables,
        "Fallon",
        """
        Fallon  Fallon  PROPN NNP 7 nsubj PERSON
        ,       ,       PUNCT ,   4 punct
        President president PROPN NNP 4 nmod:desc
        Trump   Trump   PROPN NNP 1 flat PERSON
        ,       ,       PUNCT ,   1 punct
        and     and     CCONJ CC  1 cc
        left    leave   VERB  VBD 0 root
        """,
    )
    assert judgement.actor.country is None


def test_mentions_within_a_stretch_come_in_text_order(tables):
    text, found = linked(tables, MET_TRUMP, HUNGARIAN)
    inside = found.within(Document("d", text).span(0, text.index("met")))
    assert [j.mention.text for j in inside] == ["Trump"]
    assert found.within(Document("d", text).span(0, len(text))) == list(found.all)


@pytest.mark.parametrize(("name", "label"), [("Fallon", "PERSON"), ("Government", "ORG")])
def test_a_lone_surname_or_a_common_noun_is_of_its_text_alone(tables, name, label):
    rows = f"""
        {name} {name} PROPN NNP 2 nsubj {label}
        left   leave  VERB  VBD 0 root
    """
    documents = [Document(id, f"{name} left") for id in ("a.txt", "b.txt")]
    one, other = (linking.link(d, [sentence(rows)], tables).all[0].actor.id for d in documents)
    assert one != other


def test_a_full_name_is_one_person_in_every_text(tables):
    assert who(tables, "Fallon", FALLON).actor.id == "michael-fallon"
