"""Pipelines of other makers: their labels become ours, and one that cannot parse is refused."""

import tomllib
from pathlib import Path

import pytest
import spacy

from kg.errors import InputError, ModelError
from kg.parsing import pipelines
from kg.parsing.clearnlp import is_clearnlp, to_universal
from kg.parsing.tree import sentence
from tests.benchmarks import scores

CASES = tomllib.loads((Path(__file__).parent / "cases" / "clearnlp.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_clearnlp_trees_become_universal(case):
    after = to_universal(sentence(case["parse"]))
    found = {f"{t.text} {t.dep} {t.head.text if t.head else '-'}" for t in after}
    assert set(case["edges"]) <= found
    assert not is_clearnlp(t.dep for t in after)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_turned_tree_is_a_tree(case):
    after = to_universal(sentence(case["parse"]))
    assert sum(t.head is None for t in after) == 1
    assert len(after.root.subtree()) == len(after.tokens)
    for token in after:
        assert all(c.head is token for c in token.children)


def test_claims_from_a_clearnlp_pipeline(tmp_path):
    """A pipeline whose parser knows ClearNLP labels only is read like our own."""
    words = ["Oman", "hosted", "talks", "in", "May"]
    made = spacy.blank("en")
    parser = made.add_pipe("parser")
    for label in ("nsubj", "dobj", "prep", "pobj", "ROOT"):
        parser.add_label(label)
    made.initialize()
    heads, deps = [1, 1, 1, 1, 3], ["nsubj", "ROOT", "dobj", "prep", "pobj"]
    from spacy.training import Example

    example = Example.from_dict(made.make_doc(" ".join(words)), {"heads": heads, "deps": deps})
    for _ in range(40):
        made.update([example])
    made.to_disk(tmp_path / "clear")
    [[parsed]] = pipelines.parse([" ".join(words)], str(tmp_path / "clear"))
    assert {t.text: t.dep for t in parsed} == {
        "Oman": "nsubj",
        "hosted": "root",
        "talks": "obj",
        "in": "case",
        "May": "obl",
    }


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    made = spacy.blank("en")
    made.add_pipe("sentencizer")
    made.to_disk(tmp_path / "bare")
    with pytest.raises(ModelError, match=r"it has no parser \(it has sentencizer\)"):
        pipelines.load(str(tmp_path / "bare"))


def test_a_pipeline_that_is_not_there_is_named():
    with pytest.raises(ModelError, match="'no_such_model' is not there"):
        pipelines.load("no_such_model")


def test_a_treebank_is_scored_against_itself_and_refused_when_it_is_none(tmp_path):
    row = "{}\t{}\t{}\tX\t{}\t_\t{}\t{}\t_\t_"
    lines = [row.format(1, "Oman", "Oman", "NNP", 2, "nsubj")]
    lines.append(row.format(2, "voted", "vote", "VBD", 0, "root"))
    lines.append(row.format(3, ".", ".", ".", 2, "punct"))
    gold = tmp_path / "gold.conllu"
    gold.write_text("# text = Oman voted .\n" + "\n".join(lines) + "\n\n", encoding="utf-8")
    assert dict(scores.evaluate("trees", gold)) == {
        "UAS": "1.000",
        "LAS": "1.000",
        "tag": "1.000",
        "lemma": "1.000",
        "sentences": "1.000",
    }
    gold.write_text("no treebank", encoding="utf-8")
    with pytest.raises(InputError, match="not CoNLL-U"):
        scores.evaluate("trees", gold)


@pytest.mark.parametrize(
    ("headline", "verb", "target"),
    [
        ("PARLIAMENT REJECTS BUDGET", "REJECTS", "BUDGET"),
        ("Parliament Rejects New Budget", "Rejects", "Budget"),
    ],
)
def test_headlines_are_parsed_in_the_case_of_their_article(headline, verb, target):
    body = "Lawmakers in Lisbon rejected the new budget late on Thursday. The parliament will meet again."
    text = f"{headline}\n\n{body}"
    first, *_ = next(pipelines.parse([text]))
    tokens = {t.text: t for t in first}
    assert tokens[verb].head is None
    assert tokens[target].dep == "obj"
    assert all(text[t.start : t.end] == t.text for t in first)


def test_an_abbreviation_alone_is_no_sentence_and_no_sentence_starts_small():
    text = "U.S. Treasury Secretary Dana Whitfield said the loan would be paid. U.S. officials declined."
    assert [s.text for s in next(pipelines.parse([text]))] == [
        "U.S. Treasury Secretary Dana Whitfield said the loan would be paid.",
        "U.S. officials declined.",
    ]
    assert (
        len(next(pipelines.parse(["Diplomatic observers note that both sides share an interest in talks."])))
        == 1
    )
