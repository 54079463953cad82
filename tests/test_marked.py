"""Articles with their claims marked: each claim's words once, nested ones within, whatever the text holds."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import kg
from kg.marked import STATUSES, page, status
from kg.model import Claim, Document, Phrase, Relation, Span, Statement
from kg.pipeline import Findings
from kg.views import View

TEXT = "Norway said Sudan would not talk. Egypt\r\nwaits."
HOSTILE = "<script>alert(1)</script> & \"><img src=x onerror=alert(2)> </mark></div> \u202e\x01 'so'"
VOID = {"meta"}


class Page(HTMLParser):
    """What a browser makes of a page: elements closed in order, marks with their text and their depth."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[str] = []
        self.texts: list[str] = []  # of each article, without labels
        self.labels: list[str] = []
        self.words: dict[str, str] = {}  # of each claim
        self.around: dict[str, set[str]] = {}  # the claims around each
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        assert len(values) == len(attrs)
        assert not any(name.startswith("on") or name in ("href", "src", "style") for name in values)
        for claim in self.ids(values):
            self.around.setdefault(claim, set()).update(c for _, a in self.open for c in self.ids(a))
        if tag not in VOID:
            self.open.append((tag, values))
        if values.get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "small":
            self.labels.append(data)
            return
        if any(a.get("class") == "text" for _, a in self.open):
            self.texts[-1] += data
        for claim in {c for _, a in self.open for c in self.ids(a)}:
            self.words[claim] = self.words.get(claim, "") + data

    @staticmethod
    def ids(attributes: dict[str, str | None]) -> list[str]:
        return (attributes.get("data-claims") or "").split()


def made(text: str, words: str, speaker: str | None = None, **how: str) -> Claim:
    """A claim of the words where they first stand."""
    start = text.index(words)
    source = (
        None if speaker is None else Phrase(speaker, text.index(speaker), text.index(speaker) + len(speaker))
    )
    subject = Phrase(words.split()[0], start, start + len(words.split()[0]))
    relation = Relation(words, start, start + len(words), words)
    claim = Claim(
        "d", 0, Span(words, start, start + len(words)), Statement(subject, relation), speaker=source
    )
    return replace(claim, **how)  # type: ignore[arg-type]


def drawn(text: str, *claims: Claim, **about: str) -> Page:
    return Page(page([Findings(Document("d", text, **about), list(claims), [], ())]))  # type: ignore[arg-type]


def test_claims_are_marked_within_each_other() -> None:
    outer = made(TEXT, "Norway said Sudan would not talk")
    inner = made(TEXT, "Sudan would not talk", "Norway", polarity="negated", nested_in=outer.id)
    found = drawn(TEXT, outer, inner)
    assert found.words == {outer.id: outer.evidence.text, inner.id: inner.evidence.text}
    assert found.around == {outer.id: set(), inner.id: {outer.id}}
    assert found.labels == ["asserted", "Norway · denied"]
    assert found.texts == [TEXT.replace("\r\n", "\n")]


# Where claims begin and end: alike, behind each other, within, across.
SPANS = ["ab", "ab cd", "cd", "b cd e", "d ef", "ef", "ab cd ef gh", "gh", "f g"]


@pytest.mark.parametrize("number", range(1, 2 ** len(SPANS), 7))
def test_words_are_marked_once_however_claims_overlap(number: int) -> None:
    text = "ab cd ef gh"
    claims = [made(text, s) for i, s in enumerate(SPANS) if number >> i & 1]
    found = drawn(text, *claims)
    assert found.words == {c.id: c.evidence.text for c in claims}
    assert found.labels == ["asserted"] * len(claims)
    assert found.texts == [text]


def test_claims_of_the_same_words_source_and_status_share_a_mark() -> None:
    one = made(TEXT, "Egypt\r\nwaits")
    other = replace(one, statement=replace(one.statement, subject=None))
    found = drawn(TEXT, one, other)
    assert found.labels == ["asserted"]
    assert set(found.words) == {one.id, other.id}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, "asserted"),
        ({"factuality": "probable"}, "supposed"),
        ({"speaker": "Norway"}, "claimed"),
        ({"cue": '"', "factuality": "unknown"}, "claimed"),
        ({"modality": "requested"}, "demanded"),
        ({"modality": "intended", "speaker": "Norway"}, "planned"),
        ({"modality": "questioned"}, "asked"),
        ({"modality": "conditional"}, "supposed"),
        ({"modality": "intended", "polarity": "negated"}, "denied"),
    ],
)
def test_status(how: dict[str, str], expected: str) -> None:
    claim = made(TEXT, "Sudan would not talk", **how)
    assert status(claim) == expected
    [label] = drawn(TEXT, claim).labels
    assert label.endswith(expected)
    assert expected in STATUSES


def test_hostile_text_stays_text() -> None:
    claim = made(HOSTILE, '& "><img src=x onerror=alert(2)>', "<script>alert(1)</script>")
    found = drawn(HOSTILE, claim, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(3)")
    assert {"script", "img", "a"}.isdisjoint(found.tags)
    assert found.texts == [HOSTILE.replace("\x01", "\ufffd")]
    assert found.words == {claim.id: claim.evidence.text}


def test_a_page_allows_no_script_and_no_address() -> None:
    text = page([])
    assert "default-src 'none'; script-src 'none'" in text
    assert "http:" not in text
    assert "https:" not in text


def test_a_notebook_shows_a_text_with_its_claims() -> None:
    text = 'Lima said on Monday that Quito had agreed to talks.\n\n"We will not wait," Peru warned.'
    shown = kg.show(text)
    found = Page(shown.html)
    assert isinstance(shown, View)
    assert 'title="Claims"' in shown._repr_html_()
    assert found.texts == [text]
    claims = kg.extract(text)
    assert found.words == {c.id: c.evidence.text for c in claims}
    for outer, inner in pairwise(claims):
        if inner.nested_in == outer.id:
            assert outer.id in found.around[inner.id]
