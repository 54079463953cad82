"""Clauses, attribution and modality on sentences parsed by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.claims import extract
from kg.model import Claim, Document, Relation
from kg.parsing.repairs import repair
from kg.parsing.tree import Sentence, sentence
from tests.benchmarks.tuples import tuples

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "parsed.toml").read_text(encoding="utf-8")
)["case"]


def marked(case: dict[str, Any]) -> Any:
    """A case under its name, marked open where it says why its claims are not given yet."""
    known = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case, id=case["name"], marks=known)


def document_of(parsed: Sentence) -> Document:
    """A document whose text is the hand-parsed sentence, at the offsets that it has."""
    return Document("case", " ".join(t.text for t in parsed))


def shown(claim: Claim, numbers: dict[str, int]) -> str:
    """A claim as the cases write it."""
    s = claim.statement
    relation = s.relation.lemma + (" (passive)" if s.relation.voice == "passive" else "")
    target = "-" if s.object is None else s.object.text
    if s.object is not None and s.object.statement is not None:
        target = f"#{numbers[s.object.statement]}"
    subject = s.subject.text if s.subject else "-"
    taken = f"{claim.polarity} {claim.modality} {claim.factuality}"
    return " | ".join([subject, relation, target, taken, claim.speaker.text if claim.speaker else "-"])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_claims_of_a_parsed_sentence(case: dict[str, Any]) -> None:
    parsed = repair(sentence(case["parse"]))
    claims = extract(document_of(parsed), [parsed])
    numbers = {c.id: n for n, c in enumerate(claims, start=1)}
    assert [shown(c, numbers) for c in claims] == case["claims"]
    if "arguments" in case:
        found = [f"{n} {a.role}: {a.text}" for c, n in zip(claims, numbers.values(), strict=True)
                 for a in c.statement.arguments]  # fmt: skip
        assert found == case["arguments"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_every_part_is_where_it_says(case: dict[str, Any]) -> None:
    parsed = repair(sentence(case["parse"]))
    document = document_of(parsed)
    for claim in extract(document, [parsed]):
        s = claim.statement
        for part in (claim.evidence, s.relation, s.when, *claim.phrases()):
            assert part is None or document.text[part.start : part.end] == part.text


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_claim_keeps_the_heads_of_its_parts(case: dict[str, Any]) -> None:
    """Each is a word of the sentence, in the part's own words: the way back from a claim to the tree."""
    parsed = repair(sentence(case["parse"]))
    for claim in extract(document_of(parsed), [parsed]):
        relation = claim.statement.relation
        verb = parsed.at(relation.head)
        assert verb is not None
        assert verb.text in relation.text or verb.text in claim.evidence.text
        for phrase in claim.phrases():
            head = parsed.at(phrase.head)
            assert head is not None
            assert phrase.start <= head.start < head.end <= phrase.end


def test_a_head_is_no_part_of_what_a_relation_is() -> None:
    one, other = Relation("left", 3, 7, "leave", head=3), Relation("left", 3, 7, "leave")
    assert (one, repr(one), hash(one)) == (other, repr(other), hash(other))


def test_no_word_begins_between_words() -> None:
    parsed = sentence("Xi Xi PROPN NNP 2 nsubj\ncalled call VERB VBD 0 root")
    assert [t.text if (t := parsed.at(start)) else None for start in range(-1, 4)] == [
        None,
        "Xi",
        None,
        None,
        "called",
    ]
    assert parsed.at(99) is None


QUOTE = (
    """
    The the DET DT 2 det
    road road NOUN NN 4 nsubj
    is be AUX VBZ 4 cop
    open open ADJ JJ 7 ccomp
    , , PUNCT , 4 punct
    Niamh Niamh PROPN NNP 7 nsubj PERSON
    said say VERB VBD 0 root
    """,
    """
    “ “ PUNCT `` 4 punct
    Nobody nobody PRON NN 4 nsubj
    was be AUX VBD 4 aux:pass
    hurt hurt VERB VBN 0 root
    . . PUNCT . 4 punct
    ” ” PUNCT '' 4 punct
    """,
)


def test_a_quotation_that_runs_on_keeps_its_speaker() -> None:
    first = sentence(QUOTE[0])
    second = sentence(QUOTE[1], index=1, start=first.end + 1)
    text = " ".join(t.text for s in (first, second) for t in s)
    last = extract(Document("quote", text), [first, second])[-1]
    assert last.speaker is not None
    assert last.speaker.text == "Niamh"
    assert last.polarity == "negated"


def test_an_adverb_behind_the_verb_says_in_what_manner() -> None:
    case = next(c for c in CASES if c["name"] == "a demand in the subjunctive")
    parsed = repair(sentence(case["parse"]))
    last = extract(document_of(parsed), [parsed])[-1]
    assert [(a.role, a.text) for a in last.statement.arguments] == [("manner", "first")]


def test_what_is_said_goes_on_behind_and_unless_it_may_be_the_writers() -> None:
    said_on = """
        Kofi Kofi PROPN NNP 2 nsubj PERSON
        said say VERB VBD 0 root
        Oslo Oslo PROPN NNP 4 nsubj LOC
        backed back VERB VBD 2 ccomp
        the the DET DT 6 det
        plan plan NOUN NN 4 obj
        and and CCONJ CC 9 cc
        was be AUX VBD 9 aux
        sending send VERB VBG 4 conj
        aid aid NOUN NN 9 obj
    """
    as_said = """
        Oslo Oslo PROPN NNP 2 nsubj LOC
        said say VERB VBD 0 root
        rebels rebel NOUN NNS 5 nsubj
        were be AUX VBD 5 aux
        fleeing flee VERB VBG 2 ccomp
        and and CCONJ CC 7 cc
        blamed blame VERB VBD 5 conj
        Chad Chad PROPN NNP 7 obj LOC
    """
    found = [extract(document_of(p), [p])[0].statement.object for p in map(sentence, (said_on, as_said))]
    assert [o and o.text for o in found] == [
        "Oslo backed the plan and was sending aid",
        "rebels were fleeing",
    ]


def test_the_benchmark_format_names_the_verb_of_the_one_who_says_so() -> None:
    """Not that of a clause between them: "Orla said it is unclear how the mast split sails"."""
    parsed = sentence("""
        Orla Orla PROPN NNP 2 nsubj PERSON
        said say VERB VBD 0 root
        it it PRON PRP 5 expl
        is be AUX VBZ 5 cop
        unclear unclear ADJ JJ 2 ccomp
        how how ADV WRB 9 advmod
        the the DET DT 8 det
        mast mast NOUN NN 9 nsubj
        split split VERB VBD 5 csubj
        sails sail NOUN NNS 9 obj
    """)
    said = {t.relation: t.context for t in tuples(parsed)}
    assert said == {"said": None, "is unclear": "Orla said", "split": "Orla said"}


@pytest.mark.parametrize("day", ["6th", "6", "Dec.", "December"])
def test_a_day_is_a_time_however_it_is_written(day: str) -> None:
    month = "" if day.startswith("D") else "Dec. Dec. PROPN NNP 4 compound"
    parsed = sentence(f"""
        Shelling shelling NOUN NN 2 nsubj
        stopped stop VERB VBD 0 root
        on on ADP IN 4 case
        {day} {day} NOUN NN 2 obl
        {month}
    """)
    [claim] = extract(document_of(parsed), [parsed])
    assert [a.role for a in claim.statement.arguments] == ["time"]
