"""Scores of who is who: dated roles of visitors, and names found in annotated texts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import pipeline
from kg.actors.index import load
from kg.actors.spellings import phrase_units, similar
from kg.errors import InputError
from kg.model import Actor, Claim, Document

Figures = list[tuple[str, str]]
# The tables have dated roles since then.
SINCE = "2000"
SENTENCE = "{visitor} met the president in Washington on Tuesday."
# re3d's entity types that are actors, places and peoples.
NAMES = frozenset({"Person", "Organisation", "Location", "Nationality"})


# -- dated roles -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visit:
    """Who came ("King Abdullah II"), from which country (its code, None where no table has the name)."""

    visitor: str
    country: str | None
    document: Document


def roles(gold: Path, model: str) -> Figures:
    """Visits of foreign leaders (CSV: start, visitor, country): the country of a title and name by date.

    Of "<visitor> met the president in Washington on Tuesday." the subject's country counts. A wrong person
    is a known one of whose name the visitor's words hold no last word. Visits from what is no country by
    the tables (the African Union) are left out.
    """
    visits = [v for v in _visits(gold) if v.country is not None]
    right = wrong = 0
    for visit, analysis in zip(visits, pipeline.analyse((v.document for v in visits), model), strict=True):
        actors = list(_subjects(analysis.claims))
        right += visit.country in {a.country for a in actors}
        wrong += any(_is_another(a, visit.visitor) for a in actors)
    n = max(1, len(visits))
    return [
        ("visits", str(len(visits))),
        ("country right", f"{right / n:.3f}"),
        ("wrong known persons", str(wrong)),
    ]


def _visits(gold: Path) -> Iterator[Visit]:
    try:
        with gold.open(encoding="utf-8", newline="") as lines:
            rows = [(r["start"], r["visitor"], r["country"]) for r in csv.DictReader(lines)]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise InputError(f"{gold}: not a table of visits ({error!r})") from error
    for n, (start, visitor, country) in enumerate(rows):
        if start >= SINCE:
            text = SENTENCE.format(visitor=visitor)
            yield Visit(visitor, _code(country), Document(f"visit-{n}", text, published=start))


def _code(country: str) -> str | None:
    """The code of a country as catalogues write it: "Congo, Republic of"."""
    name, _, rest = country.partition(" (")[0].partition(", ")
    spellings = (country, f"{rest} {name}" if rest else name, f"{rest} the {name}", name)
    found = ([e.id for e in load().lookup(s) if e.kind == "country"] for s in spellings)
    return next((codes[0] for codes in found if len(codes) == 1), None)


def _subjects(claims: Iterable[Claim]) -> Iterator[Actor]:
    """The actors that stand as subjects of the claims that somebody met somebody."""
    for subject in (c.statement.subject for c in claims if c.statement.relation.lemma.startswith("meet")):
        if subject is not None:
            yield from subject.members or ((subject.actor,) if subject.actor else ())


def _is_another(actor: Actor, visitor: str) -> bool:
    """Whether a known person goes by another last name than all of the visitor's words."""
    if actor.id not in load().records:
        return False
    said = phrase_units(visitor)
    lasts = {parts[-1] for name in load().records[actor.id].names if (parts := phrase_units(name))}
    return not any(similar(word, last) for word in said for last in lasts)


# -- names -------------------------------------------------------------------------------------


def names(gold: Path, model: str) -> Figures:
    """re3d documents (JSON lines, or a folder of them): persons, organisations, places, nationalities found.

    A name of the gold is found when a mention overlaps it, and a mention is right when it overlaps one.
    """
    texts = list(_annotated(gold))
    found = right = guessed = 0
    for (_, spans), analysis in zip(texts, pipeline.analyse((d for d, _ in texts), model), strict=True):
        mentions = [(j.mention.start, j.mention.end) for j in analysis.mentions.all]
        found += _overlapping(spans, mentions)
        right += _overlapping(mentions, spans)
        guessed += len(mentions)
    total = sum(len(spans) for _, spans in texts)
    return [
        ("documents", str(len(texts))),
        ("names", str(total)),
        ("recall", f"{found / max(1, total):.3f}"),
        ("precision", f"{right / max(1, guessed):.3f}"),
    ]


def _annotated(gold: Path) -> Iterator[tuple[Document, list[tuple[int, int]]]]:
    files = sorted(gold.glob("*.jsonl")) if gold.is_dir() else [gold]
    try:
        lines = [line for f in files for line in f.read_text(encoding="utf-8").splitlines() if line.strip()]
        for record in map(json.loads, lines):
            spans = [(e["begin"], e["end"]) for e in record["entities"] if e["type"] in NAMES]
            yield Document(record["id"], record["text"]), spans
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{gold}: not documents with entities as re3d has them ({error!r})") from error


def _overlapping(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> int:
    """How many of the spans touch one of the others."""
    return sum(any(a < d and c < b for c, d in others) for a, b in spans)
