"""The language model carries news: labels, size, and sentences of kinds that news has and treebanks lack."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
import spacy

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "data" / "models" / "en_geopol_news_sm"
CAREFUL = ROOT / "data" / "models" / "en_geopol_news_trf"
CASES = Path(__file__).parent / "cases" / "model"
UD_RELATIONS = set(
    """
    acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse
    dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis
    punct reparandum root vocative xcomp
""".split()
)
UD_TAGS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X".split())
NAMES = {"PERSON", "ORG", "LOC", "NORP"}


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def careful():
    pytest.importorskip("onnxruntime")
    return spacy.load(CAREFUL)


def cases(fails="fails"):
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            known = [pytest.mark.xfail(reason=case[fails], strict=True)] if fails in case else []
            yield pytest.param(case, id=f"{path.stem}-{number}", marks=known)


def test_labels_are_universal_dependencies(nlp):
    relations = {label.split(":")[0].split("||")[0].lower() for label in nlp.get_pipe("parser").labels}
    assert relations <= UD_RELATIONS
    assert {"nsubj", "obj", "obl", "ccomp", "xcomp"} <= relations
    assert set(nlp.get_pipe("ner").labels) == NAMES
    tags = {
        re.search(r"POS=(\w+)", label).group(1)
        for label in nlp.get_pipe("morphologizer").labels
        if "POS=" in label
    }
    assert tags <= UD_TAGS


def files(model):
    return sorted(p for p in model.rglob("*") if p.is_file() and p.name != "README.md")


@pytest.mark.parametrize("model", [MODEL, CAREFUL], ids=lambda m: m.name)
def test_card_names_the_weights(model):
    digest = hashlib.sha256()
    for path in files(model):
        digest.update(path.relative_to(model).as_posix().encode() + b"\0" + path.read_bytes())
    assert digest.hexdigest() in (model / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("model", "most"), [(MODEL, 25_000_000), (CAREFUL, 45_000_000)], ids=lambda m: str(m)
)
def test_size(model, most):
    assert sum(p.stat().st_size for p in files(model)) <= most


def test_needs_no_torch(nlp):
    assert not [
        node.name for _, pipe in nlp.pipeline if pipe.model for node in pipe.model.walk() if node.shims
    ]


def test_words_given(nlp):
    doc = spacy.tokens.Doc(nlp.vocab, words="Oslo said on Monday that it had signed the treaty .".split())
    doc = nlp(doc)
    assert [t.dep_ for t in doc if t.text == "signed"] == ["ccomp"]


@pytest.mark.parametrize("case", list(cases()))
def test_case(nlp, case):
    check_case(nlp(case["text"]), case)


@pytest.mark.parametrize("case", list(cases("careful_fails")))
def test_case_by_the_careful_model(careful, case):
    check_case(careful(case["text"]), case)


def check_case(doc, case):
    if "sentences" in case:
        assert [s.text.strip() for s in doc.sents] == case["sentences"]
    if "tokens" in case:
        assert [t.text for t in doc if not t.is_space] == case["tokens"]
    for word, relation, head in case.get("edges", []):
        found = [(t.dep_.lower(), t.head.text) for t in doc if t.text == word]
        assert (relation, head) in found, (word, found)
    names = {(e.text, e.label_) for e in doc.ents}
    for text, label in case.get("names", []):
        assert (text, label) in names, names
    for text in case.get("spans", []):
        assert text in {e.text for e in doc.ents}, names
    for text in case.get("no_names", []):
        assert not any(text in e.text for e in doc.ents), names
    for word, lemma in case.get("lemmas", []):
        assert lemma in [t.lemma_.lower() for t in doc if t.text == word]
