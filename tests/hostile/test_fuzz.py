"""Mutated articles: cut, doubled, shuffled, with odd signs and long words. Nothing of one may be lost."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import kg
from kg import rdf
from kg.errors import DocumentError, InputError
from kg.model import Document
from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL
from tests import effort

ARTICLES = [
    p.read_text(encoding="utf-8")
    for p in sorted((Path(__file__).parents[2] / "data" / "articles").glob("*.txt"))
]
LENGTH = 600  # characters of an article that are mutated
ODD = (
    "\u0000", "\ud800", "\u202e", "\u200f", "\u0300", "\ufeff", "\u2028", "\x85",
    "\x1b[2J", "ﷺ", "\U0001f1fa\U0001f1f8", "中国政府", "الحكومة", "ß", "İ", "ŉ", "\u00ad",
    "`", "'s", "n't", '"', "“", "(", ")", "[", "—", ":", ";", ",", ".", "...", "?!",
    "and", "who", "that", "said", "said that", "not", "to", "by", "of", "Q:", "A:",
    "&nbsp;", "<b>", "**", "#tag", "http://a.b/c", "a" * 300, "-" * 50, "1999",
    "31 February", "9999", "on Monday", "two days later", "\n\n", "\n", "\t", " ",
)  # fmt: skip


def mutated(chance: random.Random) -> str:
    """Some of an article, changed at a few places."""
    article = chance.choice(ARTICLES)
    start = chance.randrange(max(1, len(article) - LENGTH))
    words = re.split(r"(\s+)", article[start : start + LENGTH])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(words))
        match chance.randrange(6):
            case 0:
                words[at] = ""
            case 1:
                words[at] *= 2
            case 2:
                words.insert(at, chance.choice(ODD))
            case 3:
                other = chance.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            case 4:
                words[at] = (
                    words[at][: len(words[at]) // 2] + chance.choice(ODD) + words[at][len(words[at]) // 2 :]
                )
            case _:
                words[at : at + 9] = words[at : at + 9][::-1]
    return "".join(words)


def documents(seed: int, count: int) -> list[Document]:
    """Mutated articles with odd days; what no document may hold is refused, as it should be."""
    chance = random.Random(seed)
    found = []
    for n in range(count):
        try:
            published = chance.choice((None, "0001-01-01", "2024-02-29", "2024", "9999-12-31"))
            found.append(Document(f"{seed}-{n}", mutated(chance), published=published))
        except InputError:
            continue
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("seed", "model"),
    [
        *((seed, FAST_MODEL) for seed in range(effort.times(39))),
        *((seed, DEFAULT_MODEL) for seed in range(100, 100 + effort.times(20))),
    ],
)
def test_nothing_of_a_mutated_article_is_lost(seed: int, model: str) -> None:
    lost: list[DocumentError] = []
    many = documents(seed, 100)
    count = 0
    for found in kg.analyse(many, model, on_error=lost.append):
        count += 1
        list(rdf.document_quads(found.document, found.sentences, found.claims, found.events))
    broken = [e for e in lost if "characters left out" not in str(e)]  # a limit, which is told
    assert not broken, str(broken[0])
    assert count == len(many)
