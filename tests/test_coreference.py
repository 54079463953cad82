"""Pronouns, mostly on sentences parsed by hand, and the score on a GUM file written by hand."""

from pathlib import Path

import pytest

from kg.actors import index, linking
from kg.actors.pronouns import coreference, phrases
from kg.claims.speech import Speech
from kg.errors import InputError
from kg.model import Document
from kg.parsing.pipelines import parse
from kg.parsing.tree import sentence
from tests.benchmarks import coref, gum


@pytest.fixture(scope="module")
def tables():
    return index.load()


def linked(tables, *parsed):
    sentences = []
    for rows in parsed:
        sentences.append(sentence(rows, len(sentences), sentences[-1].end + 1 if sentences else 0))
    text = " ".join(" ".join(t.text for t in s) for s in sentences)
    return text, linking.link(Document("d", text), sentences, tables)


ANNA = """
    Anna    Anna   PROPN NNP 3 nsubj PERSON
    Karlova Karlova PROPN NNP 1 flat PERSON
    met     meet   VERB  VBD 0 root
    Ivan    Ivan   PROPN NNP 3 obj PERSON
    Petrov  Petrov PROPN NNP 4 flat PERSON
"""


def test_a_pronoun_stands_for_the_subject_before_it(tables):
    text, found = linked(
        tables,
        """
        Anna    Anna    PROPN NNP 3 nsubj PERSON
        Karlova Karlova PROPN NNP 1 flat PERSON
        resigned resign VERB  VBD 0 root
        """,
        """
        She  she  PRON PRP 2 nsubj
        left leave VERB VBD 0 root
        """,
    )
    judgement = found.at(text.index("She"))
    assert (judgement.actor.id, judgement.verdict) == ("anna-karlova", "same")
    assert "Anna Karlova" in judgement.reason
    assert found.antecedent(text.index("She")) == text.index("Anna")


def test_a_pronoun_is_never_the_other_place_of_its_own_verb(tables):
    text, found = linked(
        tables,
        """
        Anna    Anna    PROPN NNP 3 nsubj PERSON
        Karlova Karlova PROPN NNP 1 flat PERSON
        praised praise  VERB  VBD 0 root
        her     she     PRON  PRP 3 obj
        """,
    )
    assert found.at(text.index("her")).actor is None


def test_a_reflexive_is_a_place_of_its_own_verb(tables):
    text, found = linked(
        tables,
        """
        Anna    Anna    PROPN NNP 3 nsubj PERSON
        Karlova Karlova PROPN NNP 1 flat PERSON
        praised praise  VERB  VBD 0 root
        herself herself PRON  PRP 3 obj
        """,
    )
    assert found.at(text.index("herself")).actor.id == "anna-karlova"


def test_number_and_kind_must_agree(tables):
    text, found = linked(
        tables,
        ANNA,
        """
        It   it   PRON PRP 2 nsubj
        fell fall VERB VBD 0 root
        """,
    )
    judgement = found.at(text.index("It"))
    assert judgement.actor is None
    assert "unresolved" in judgement.reason


def test_a_plural_pronoun_takes_both_conjuncts(tables):
    text = "Anna Karlova and Ivan Petrov met in Kyiv on Monday. They agreed to free all prisoners."
    (sentences,) = parse([text])
    found = linking.link(Document("d", text), list(sentences), tables)
    assert [a.id for a in found.members(text.index("They"))] == ["anna-karlova", "ivan-petrov"]


QUOTED = """
    "       "       PUNCT \" 4 punct
    I       I       PRON  PRP 4 nsubj
    will    will    AUX   MD  4 aux
    resign  resign  VERB  VB  8 ccomp
    ,       ,       PUNCT ,   4 punct
    "       "       PUNCT \" 4 punct
    Karlova Karlova PROPN NNP 8 nsubj PERSON
    said    say     VERB  VBD 0 root
"""


def test_the_first_person_in_a_quotation_is_its_speaker(tables):
    text, found = linked(tables, QUOTED)
    assert found.at(text.index("I")).actor.label == "Karlova"


def test_the_first_person_outside_quotation_marks_is_nobody(tables):
    _, found = linked(
        tables,
        """
        I    I   PRON PRP 2 nsubj
        left leave VERB VBD 0 root
        """,
    )
    assert found.at(0).actor is None


def test_a_quotation_that_runs_on_keeps_its_speaker():
    first = sentence(QUOTED)
    second = sentence(
        """
        "    "    PUNCT \" 3 punct
        We   we   PRON  PRP 3 nsubj
        lost lose VERB  VBD 0 root
        "    "    PUNCT \" 3 punct
        """,
        1,
        first.end + 1,
    )
    found = Speech([first, second]).speakers()
    assert found[1, 1].text == "Karlova"


def test_who_and_which_stand_for_the_noun_before_them(tables):
    text, found = linked(
        tables,
        """
        Anna   Anna   PROPN NNP 0 root PERSON
        ,      ,      PUNCT ,   4 punct
        who    who    PRON  WP  4 nsubj
        left   leave  VERB  VBD 1 acl:relcl
        """,
    )
    assert found.at(text.index("who")).actor.label == "Anna"


GUM = """# newdoc id = one
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# sent_id = 1
1\tAnna\tAnna\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-s-cf1-1-coref)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = 2
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-s-cf1-1-ana)
2\tran\trun\tVERB\tVBD\t_\t0\troot\t_\t_
"""


def test_score_counts_right_links(tables, tmp_path):
    file = tmp_path / "gum.conllu"
    file.write_text(GUM, encoding="utf-8")
    (document,) = gum.read(file)
    assert document.document.text == "Anna left. \nShe ran \n"
    assert document.chains == {0: "1", 12: "1"}
    scores = coref.score([document], tables)
    link = scores["pronouns"]
    assert (link.right, link.given, link.wanted) == (1, 1, 1)
    for name in ("mentions", "MUC", "B3", "CEAF-e"):
        assert (scores[name].precision, scores[name].recall) == (1.0, 1.0), name


def test_metrics_of_chains_differ_where_chains_do():
    gold, given = [{"a", "b", "c"}, {"d", "e"}], [{"a", "b"}, {"c", "d", "e"}]
    assert coref.muc(gold, given).f1 == pytest.approx(2 / 3)
    assert coref.b_cubed(gold, given).recall == pytest.approx((4 / 3 + 1 / 3 + 2) / 5)
    assert coref.ceaf(gold, given).precision == pytest.approx((4 / 5 + 4 / 5) / 2)


def test_a_file_without_entities_is_refused(tmp_path):
    file: Path = tmp_path / "x.conllu"
    file.write_text("1\tA\n")
    with pytest.raises(InputError, match="Entity="):
        list(gum.read(file))


def test_nothing_is_resolved_below_the_threshold(tables):
    first, second = sentence(ANNA), sentence("She she PRON PRP 2 nsubj\nleft leave VERB VBD 0 root", 1, 40)
    found = phrases.phrases([first, second], tables)
    (reading,) = coreference.readings(found, threshold=1.01)
    assert reading[1] is None
    assert 0 < reading[2][0][0] < 1
