"""Where the annotations of briefs stand among the sentences that kg reads."""

import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.actors.index import load
from kg.coding.acts import act_at
from kg.coding.cast import Cast
from kg.coding.standing import Act
from kg.model import Actor, Claim
from kg.parsing.pipelines import DEFAULT_MODEL, parse
from kg.parsing.tree import Sentence, Token
from kg.pipeline import said

sys.path.append(str(Path(__file__).parents[3]))
from tests.benchmarks.briefs import document

# Texts of our own: those that the language model learnt on, and those that its upper part learnt on at the
# end, in two folders. Of texts that it learnt on it knows more than it will of any other. So what it says of
# the first teaches nobody else, and each half of the others is read by a model that learnt on the other half
# (`upper.py tune --half`), in the folder that KG_READERS names.
LEARNT, HALVES, LATER = (Path(__file__).with_name(name) for name in ("briefs", "halves", "later"))
WEAK = frozenset(
    "a an the of to in on at for by with from and or be was were is are been has have had will would".split()
)
# Types of actors that an annotation gives by their own name.
_BY_NAME = frozenset(("armed group", "company", "igo", "media", "movement", "ngo", "party"))
Spot = tuple[Sentence, Token]
Text = tuple[dict[str, Any], list[Sentence]]  # a brief, and the sentences that kg reads in it


def read(file: Path) -> list[dict[str, Any]]:
    """The briefs of a file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))["brief"]


def is_unseen(file: Path) -> bool:
    """Whether a file of annotated texts is read by a model that did not learn on it."""
    return file.parent in (HALVES, LATER)


def half_of(file: Path) -> int:
    """The half to which a file belongs, 0 or 1: by its first letter, so that another file changes nothing."""
    return ord(file.stem[0]) % 2


def model_of(file: Path) -> str:
    """The model to read a file with: one that did not learn on it, where there is one."""
    if not is_unseen(file):
        return DEFAULT_MODEL
    folder = Path(os.environ.get("KG_READERS", "")) / str(half_of(file))
    if "KG_READERS" not in os.environ or not folder.is_dir():
        raise SystemExit(f"{folder}: make the models of both halves (upper.py tune --half) and name "
                         "their folder in KG_READERS")  # fmt: skip
    return str(folder)


def links_of(brief: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Where the last word of each annotated mention begins, with whom it stands for."""
    for link in brief.get("link", []):
        inside = re.search(rf"(?<!\w){re.escape(link['mention'])}(?!\w)", link["at"])
        if inside and brief["text"].count(link["at"]) == 1:
            last = link["mention"].rindex(link["mention"].split()[-1])
            yield brief["text"].index(link["at"]) + inside.start() + last, link


def files_of(folders: Iterable[Path]) -> list[Path]:
    """The files of annotated texts in some folders."""
    return [file for folder in folders for file in sorted(folder.glob("*.toml"))]


def in_halves() -> list[Path]:
    """The files that are read by a model that learnt on the other half of them, by name."""
    return sorted(files_of((HALVES, LATER)), key=lambda file: file.name)


def all_files(briefs: Path) -> list[Path]:
    """The files of all annotated texts: a folder of briefs that the language model learnt on, and ours."""
    return [*files_of((briefs, LEARNT)), *in_halves()]


def listed(value: Any) -> list[Any]:
    """A value as a list."""
    return value if isinstance(value, list) else [value]


def triggers(
    brief: Mapping[str, Any], sentences: Sequence[Sentence]
) -> Iterator[tuple[dict[str, Any], Spot]]:
    """Each annotated event with the word that tells it; events whose trigger is not found are left out.

    A trigger that stands in the text more than once is taken where its parties stand near it.
    """
    used: set[int] = set()
    last = -1
    for event in brief.get("event", []):
        spots = [s for s in occurrences(brief["text"], sentences, event["trigger"]) if id(s[1]) not in used]
        if not spots:
            continue
        names = [n for side in ("actor", "recipient") for n in listed(event.get(side, [])) if not n.isupper()]
        best = max(spots, key=lambda s: (_near(s[0], names), s[1].start >= last, -s[1].start))
        used.add(id(best[1]))
        last = best[1].start
        yield event, best


def texts(files: Iterable[Path], model: str | None = None) -> Iterator[Text]:
    """The briefs of some files, each read by its model (`model_of`), or all by one."""
    for file in files:
        yield from _whole(file, model or model_of(file))


@cache
def _whole(file: Path, model: str) -> list[Text]:
    briefs = read(file)
    return list(zip(briefs, parse((b["text"] for b in briefs), model), strict=True))


@cache
def texts_and_pieces(file: Path) -> list[Text]:
    """The briefs of a file, then each of their sentences as a text: of those that their reader did not
    learn on, and of these two thirds are enough (by the letters of the name)."""
    whole = _whole(file, model_of(file))
    if not is_unseen(file) or (half_of(file) == 1 and ord(file.stem[1]) % 2):
        return whole
    alone = [piece for brief, sentences in whole for piece in pieces(brief, sentences)]
    return whole + list(zip(alone, parse((p["text"] for p in alone), model_of(file)), strict=True))


def acts(brief: dict[str, Any], sentences: list[Sentence]) -> tuple[Cast, list[tuple[dict[str, Any], Act]]]:
    """Who is in a text, and each annotated event whose trigger is found with the act that it tells."""
    mentions, claims = said(document(brief), sentences, load())
    told = [
        (event, act_at(sentence, word, listed(event["type"])[0], in_sentence(claims, sentence)))
        for event, (sentence, word) in triggers(brief, sentences)
    ]
    return Cast(mentions, document(brief), sentences, claims), told


def pieces(brief: Mapping[str, Any], sentences: Sequence[Sentence]) -> Iterator[dict[str, Any]]:
    """Each sentence of a text as a text of its own, with the events that it tells; none of one sentence."""
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event, (sentence, _) in triggers(brief, sentences):
        told[sentence.index].append(event)
    for s in sentences if len(sentences) > 1 else ():
        name = f"{brief['id']}-{s.index}"
        yield dict(brief) | {"id": name, "text": s.text, "title": "", "event": told[s.index], "piece": True}


def occurrences(text: str, sentences: Sequence[Sentence], phrase: str) -> list[Spot]:
    """The words that carry each occurrence of a phrase."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    found = found or [m.start() for m in re.finditer(re.escape(phrase), text)]
    inside = (
        [(s, t) for s in sentences for t in s if t.start < at + len(phrase) and t.end > at] for at in found
    )
    return [_carrier(spots) for spots in inside if spots]


def _carrier(spots: list[Spot]) -> Spot:
    """The word of a phrase on which the others hang; no function word if there is another."""
    inside = {id(t) for _, t in spots}
    heads = [(s, t) for s, t in spots if t.head is None or id(t.head) not in inside] or spots
    return next((spot for spot in heads if spot[1].lower not in WEAK), heads[0])


def _near(sentence: Sentence, names: list[str]) -> int:
    return sum(name.lower() in sentence.text.lower() for name in names)


def in_sentence(claims: Iterable[Claim], sentence: Sentence) -> list[Claim]:
    """The claims of a sentence."""
    return [c for c in claims if c.sentence == sentence.index]


def named(actor: Actor, names: list[str]) -> bool:
    """Whether an actor is one of those that an annotation names, by country, kind or a word of the label: a
    country's code means its state and people, and none of its companies, parties or rebels."""
    codes = {actor.country if actor.type not in _BY_NAME else None, actor.type, actor.id}
    return any(name in codes or _holds(actor.label, name) for name in names if name != "none")


def _holds(label: str, name: str) -> bool:
    whole = r"(?!\w)" if len(name) < 5 else ""
    return re.search(rf"(?<!\w){re.escape(name.casefold())}{whole}", label.casefold()) is not None
