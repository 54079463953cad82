"""Repairs leave a tree a tree, whatever a parser makes of a sentence, and each is there for something."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.parsing.repairs import REPAIRS, Repair, repair
from kg.parsing.tree import Sentence, Token, attach, sentence

WORDS = (
    *"that which it to up due said warns vows accused claims plans as and or but not is had amid".split(),
    *"miners port Birk deal talks leave struck ready 40 , . ” “".split(),
)
TAGS = "NN NNS NNP VB VBD VBZ VBG VBN JJ CD IN TO WDT WP PRP DT ,".split()
PARTS = "NOUN PROPN VERB AUX ADJ NUM PRON ADP SCONJ PUNCT".split()
RELATIONS = (
    "nsubj obj iobj obl nmod compound amod acl acl:relcl advcl ccomp xcomp conj cc case mark appos parataxis "
    "cop aux expl det punct fixed dep"
).split()


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """A sentence of any words, tags and relations, hung together in any way that is a tree."""
    count = draw(st.integers(1, 12))
    order = draw(st.permutations(range(count)))
    heads = [-1] * count
    for place, i in enumerate(order[1:], start=1):
        heads[i] = order[draw(st.integers(0, place - 1))]
    tokens, start = [], 0
    for i in range(count):
        word = draw(st.sampled_from(WORDS))
        relation = "root" if heads[i] < 0 else draw(st.sampled_from(RELATIONS))
        pos, tag = draw(st.sampled_from(PARTS)), draw(st.sampled_from(TAGS))
        tokens.append(Token(i, word, word.removesuffix("s"), pos, tag, relation, start))
        start += len(word) + 1
    return attach(0, tokens, heads)


@settings(deadline=None)
@given(sentences())
def test_a_repaired_tree_is_a_tree(sentence: Sentence) -> None:
    repair(sentence)
    assert len(sentence.root.subtree()) == len(sentence.tokens), "every word hangs on the root, once"
    for token in sentence:
        assert all(child.head is token for child in token.children)
        assert [c.i for c in token.children] == sorted(c.i for c in token.children)


ROOT = Path(__file__).parents[1]
CASES = tomllib.loads((ROOT / "tests" / "cases" / "repairs.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["repair"])
def test_a_repair_mends_its_example(case: dict[str, str]) -> None:
    """Alone: the words whose head or label it changes are those that the case names."""
    mend = next(r for r in REPAIRS if r.__name__ == case["repair"])
    before, after = sentence(case["parse"]), repair(sentence(case["parse"]), [mend])
    changed = [
        f"{new.text} {new.dep} {new.head.text if new.head else '-'}"
        for old, new in zip(before, after, strict=True)
        if (old.dep, old.head and old.head.i) != (new.dep, new.head and new.head.i)
    ]
    assert changed == case["becomes"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["repair"])
def test_a_right_tree_is_left_as_it_is(case: dict[str, str]) -> None:
    once = repair(sentence(case["parse"]))
    trees = [[(t.dep, t.head and t.head.i) for t in s] for s in (once, repair(once))]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("mend", REPAIRS, ids=lambda r: r.__name__)
def test_every_repair_has_an_example_and_its_figures(mend: Repair) -> None:
    assert mend.__name__ in {case["repair"] for case in CASES}
    assert f"| `{mend.__name__}` |" in (ROOT / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
