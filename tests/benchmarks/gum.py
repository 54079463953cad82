"""Reads coreference from GUM (Zeldes 2017, https://gucorpling.org/gum/).

GUM writes its entities into the last column, `Entity=(12-person-…)`, in the fields that the line
`# global.Entity` names. A mention is known here by its head word, as in CorefUD's head match.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.actors.names import head_of
from kg.actors.pronouns.phrases import Phrase
from kg.errors import InputError
from kg.model import Document
from kg.parsing.tree import Sentence, Token, attach

_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}


@dataclass
class Annotated:
    """A document with gold trees and gold chains.

    With `dataclasses.replace(document, sentences=…)` other trees are scored on the same chains.
    """

    document: Document
    sentences: list[Sentence]
    chains: dict[int, str]  # of mentions, by where in the text the head word begins
    joined: dict[int, str]  # of coordinations, by their first word
    heads: dict[int, Token]  # the gold head word, by where any word of its name begins
    kinds: dict[int, str] = field(default_factory=dict)  # GUM's type of a mention, by its head word

    def __post_init__(self) -> None:
        self._size = Counter([*self.chains.values(), *self.joined.values()])

    def mentions(self, chain: str) -> int:
        """How many mentions a gold chain has."""
        return self._size[chain]

    def chain(self, phrase: Phrase) -> str | None:
        """The gold chain of a phrase that a parser found."""
        start = phrase.token.start
        if phrase.joined:
            return self.joined.get(start)
        head = self.heads.get(start)
        return self.chains[head.start] if head is not None else None


def read(file: Path) -> Iterator[Annotated]:
    """The documents of a GUM file. Raises InputError for a file that has no entities."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}); give a CoNLL-U file of GUM") from error
    if "Entity=" not in text:
        raise InputError(f"{file}: it has no Entity= column; give a CoNLL-U file of GUM")
    for block in re.split(r"(?m)^# newdoc id = ", text)[1:]:
        name, _, rest = block.partition("\n")
        yield _document(name.strip(), rest)


def _document(name: str, block: str) -> Annotated:
    words: list[str] = []
    sentences: list[Sentence] = []
    spans: list[tuple[int, int, int, str, str]] = []
    opened: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    offset = 0
    for part in block.split("\n\n"):
        rows = [
            r for line in part.splitlines() if line[:1].isdigit() and (r := line.split("\t"))[0].isdigit()
        ]
        if not rows:
            continue
        tokens = []
        for i, row in enumerate(rows):
            token = Token(i, row[1], row[2], row[3], row[4], row[7], offset)
            token.feats = row[5]
            token.space = "SpaceAfter=No" not in row[9]
            words.append(row[1] + (" " if token.space else ""))
            offset += len(words[-1])
            tokens.append(token)
            _entities(row[9], len(sentences), i, opened, spans)
        words.append("\n")
        offset += 1
        sentences.append(attach(len(sentences), tokens, [int(r[6]) - 1 for r in rows]))
    return _annotated(name, "".join(words), sentences, spans)


def _entities(
    column: str,
    s: int,
    i: int,
    opened: dict[str, list[tuple[int, int, str]]],
    spans: list[tuple[int, int, int, str, str]],
) -> None:
    """Note the entities that open and close at a word."""
    value = re.search(r"(?:^|\|)Entity=([^|]*)", column)
    for part in re.findall(r"\([^()]*\)?|[^()]+\)", value.group(1) if value else ""):
        group, *rest = part.strip("()").split("-")
        if part.startswith("("):
            opened[group].append((s, i, rest[0] if rest else ""))
            if not part.endswith(")"):
                continue
        if opened[group]:
            sentence, start, kind = opened[group].pop()
            if sentence == s:
                spans.append((s, start, i + 1, group, kind))


def _annotated(
    name: str, text: str, sentences: list[Sentence], spans: list[tuple[int, int, int, str, str]]
) -> Annotated:
    chains: dict[int, str] = {}
    joined: dict[int, str] = {}
    heads: dict[int, Token] = {}
    parts: dict[int, Token] = {}
    kinds: dict[int, str] = {}
    for s, start, end, group, kind in sorted(spans, key=lambda x: x[1] - x[2]):
        tokens = sentences[s].tokens
        head = head_of(tokens, start, end)
        many = any(start <= c.i < end for c in head.all("conj"))
        table = joined if many else chains
        table.setdefault(head.start, group)
        if not many:
            heads.setdefault(head.start, head)
            kinds.setdefault(head.start, kind)
            parts |= {t.start: head for t in head.all("flat") if start <= t.i < end}
        if head.pos == "PROPN" and kind in _LABELS:
            for t in tokens[start:end]:
                if t.pos == "PROPN" and (t is head or t.head is head):
                    t.ent = t.ent or _LABELS[kind]
    return Annotated(Document(name, text), sentences, chains, joined, parts | heads, kinds)
