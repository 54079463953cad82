"""Coreference scores on GUM: how often pronouns and names are put with the right others.

GUM writes its entities into the last column, `Entity=(12-person-…)`, in the fields that the line
`# global.Entity` names (https://gucorpling.org/gum/).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.actors import coreference, linking
from kg.actors.context import Context
from kg.actors.coreference import Phrase
from kg.actors.gazetteer import Gazetteer
from kg.actors.names import head_of
from kg.errors import InputError
from kg.model import Document
from kg.parse import Sentence, Token, attach

_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}


@dataclass
class Annotated:
    """A document with gold trees and gold chains, by where in the text the head word begins.

    With `dataclasses.replace(document, sentences=…)` other trees are scored on the same chains.
    """

    document: Document
    sentences: list[Sentence]
    chain: dict[int, str]
    joined: dict[int, str]  # of coordinations, by their first word
    kind: dict[str, str]


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
    chain: dict[int, str] = {}
    joined: dict[int, str] = {}
    for s, start, end, group, kind in sorted(spans, key=lambda x: x[1] - x[2]):
        tokens = sentences[s].tokens
        head = head_of(tokens, start, end)
        many = any(start <= c.i < end for c in head.all("conj"))
        table = joined if many else chain
        table.setdefault(head.start, group)
        if head.pos == "PROPN" and kind in _LABELS:
            for t in tokens[start:end]:
                if t.pos == "PROPN" and (t is head or t.head is head):
                    t.ent = t.ent or _LABELS[kind]
    document = Document(name, text)
    return Annotated(document, sentences, chain, joined, {g: k for *_, g, k in spans})


def linked(annotated: Annotated, gazetteer: Gazetteer) -> Context:
    """A document's names and nouns linked, its pronouns not yet."""
    context = Context(annotated.document, annotated.sentences, gazetteer)
    linking.link_names(context)
    return context


def chain_of(annotated: Annotated, phrase: Phrase) -> str | None:
    """The gold chain of a phrase."""
    table = annotated.joined if phrase.joined else annotated.chain
    return table.get(phrase.token.start)


@dataclass
class Score:
    """Right, given and wanted links."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Right of those given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right of those wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def score(
    documents: list[Annotated], gazetteer: Gazetteer, threshold: float | None = None
) -> dict[str, Score]:
    """Link scores by kind of mention: a link is right where both ends are in one gold chain."""
    scores: dict[str, Score] = defaultdict(Score)
    for annotated in documents:
        context = linked(annotated, gazetteer)
        found = coreference.phrases(annotated.sentences, gazetteer, context)
        chains: dict[str, Phrase] = {}
        seen: set[str] = set()
        for n, phrase in enumerate(found):
            chain = chain_of(annotated, phrase)
            if phrase.pronoun is None:
                _score_name(annotated, phrase, chain, chains, seen, scores)
            elif phrase.pronoun.person == 3:
                limit = coreference.THRESHOLD if threshold is None else threshold
                best, _ = coreference.resolve(phrase, found[:n], gazetteer.weights, limit)
                for kind in ("pronouns", coreference.class_of(phrase.pronoun)):
                    scores[kind].wanted += chain in seen
                    scores[kind].given += best is not None
                    scores[kind].right += (
                        best is not None and chain is not None and chain_of(annotated, best) == chain
                    )
            if chain is not None:
                seen.add(chain)
    return dict(scores)


def chains(documents: list[Annotated], gazetteer: Gazetteer) -> dict[str, Score]:
    """MUC and mention scores of the chains of names and third-person pronouns, as in CoNLL 2012.

    Only names, pronouns and what they were resolved to are compared: kg makes no chains of things.
    """
    muc, mention = Score(), Score()
    for annotated in documents:
        gold, predicted = _chains(annotated, gazetteer)
        _count_mentions(gold, predicted, mention)
        _count_muc(gold, predicted, muc)
    return {"mentions": mention, "MUC": muc}


def _chains(annotated: Annotated, gazetteer: Gazetteer) -> tuple[dict[int, str], dict[int, str]]:
    """Gold and predicted chain by where a mention's head word begins; chains of one are left out."""
    context = linked(annotated, gazetteer)
    found = coreference.phrases(annotated.sentences, gazetteer, context)
    first: dict[str, Phrase] = {}
    gold: dict[int, str] = {}
    given: dict[int, str] = {}
    for n, phrase in enumerate(found):
        if phrase.joined or (phrase.pronoun is not None and phrase.pronoun.person != 3):
            continue
        if phrase.pronoun is not None:
            coreference.resolve(phrase, found[:n], gazetteer.weights)
        else:
            coreference.chain(phrase, first)
        if phrase.kind != "nominal" or phrase.ref is not None:
            chain = chain_of(annotated, phrase)
            if chain is not None:
                gold[phrase.token.start] = chain
            given[phrase.token.start] = str(phrase.first.order)
    return _linked_only(gold), _linked_only(given)


def _linked_only(chains: dict[int, str]) -> dict[int, str]:
    counted = Counter(chains.values())
    return {at: chain for at, chain in chains.items() if counted[chain] > 1}


def _count_mentions(gold: dict[int, str], given: dict[int, str], score: Score) -> None:
    score.right += len(gold.keys() & given.keys())
    score.given += len(given)
    score.wanted += len(gold)


def _count_muc(gold: dict[int, str], given: dict[int, str], score: Score) -> None:
    """Links that would have to be added: Vilain et al. 1995."""
    for one, other, recall in ((gold, given, True), (given, gold, False)):
        for members in _by_chain(one).values():
            parts = len({other.get(m, f"alone {m}") for m in members})
            if recall:
                score.wanted += len(members) - 1
                score.right += len(members) - parts
            else:
                score.given += len(members) - 1


def _by_chain(chains: dict[int, str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for at, chain in chains.items():
        found[chain].add(at)
    return found


def _score_name(
    annotated: Annotated,
    phrase: Phrase,
    chain: str | None,
    chains: dict[str, Phrase],
    seen: set[str],
    scores: dict[str, Score],
) -> None:
    """A name's link goes to the last mention of the same actor."""
    actor = phrase.ref.actor if phrase.ref and not phrase.joined else None
    before = chains.get(actor.id) if actor else None
    coreference.chain(phrase, chains)
    if phrase.kind == "name" and not phrase.joined:
        named = chain is not None and chain in {chain_of(annotated, p) for p in chains.values()} - {None}
        scores["names"].wanted += bool(named and before is not None) or (chain in seen and before is not None)
        scores["names"].given += before is not None
        scores["names"].right += (
            before is not None and chain is not None and chain_of(annotated, before) == chain
        )
