"""Scores on annotated news texts ("briefs"): events, claims, leaks, links and dates against what is told.

The measures are those of `briefs_score.py`, which lies beside the briefs (KG_BRIEFS, by default
../shared/briefs); here every text is read once, in this process.
"""

import importlib.util
import json
import os
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import kg
from kg import records
from kg.errors import InputError
from kg.time.find import expressions

ROOT = Path(__file__).parents[2]
BRIEFS = Path(os.environ.get("KG_BRIEFS", ROOT.parent / "shared" / "briefs"))
Brief = dict[str, Any]
Figures = list[tuple[str, str]]


def evaluate(gold: Path, model: str) -> Figures:
    """Briefs (a file or a folder of TOML): events found and given, claims, leaks, links, dates."""
    return figures(read(gold), model)


def read(gold: Path) -> list[Brief]:
    """The briefs of a file, or of the files of a folder. Raises InputError where there is none."""
    files = sorted(gold.glob("*.toml")) if gold.is_dir() else [gold]
    try:
        return [b for f in files for b in tomllib.loads(f.read_text(encoding="utf-8"))["brief"]]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{gold}: no file of briefs ({error})") from error


def figures(briefs: Sequence[Brief], model: str, say: Any = None) -> Figures:
    """All rates of some briefs as rows of a name and a figure."""
    scorer = measures()
    found = answers(briefs, model)
    rates = scorer.rates_of(scorer.score(briefs, *found, say or (lambda *_: None)))
    rates["events' dates"] = when(briefs, found[1])
    return [(name, "  ".join(f"{k} {v}" for k, v in row.items())) for name, row in rates.items()]


def when(briefs: Iterable[Brief], events: Mapping[str, Sequence[Any]]) -> dict[str, float]:
    """Of the events found, by type: how many of those of which the text tells the time have it, to whatever
    precision, how many another one; and how many of the others have one."""
    counted: Counter[str] = Counter()
    for brief in briefs:
        given = events[brief["id"]]
        pairs, _ = measures().match(brief, given)
        for i, j in pairs.items():
            told, date = brief["event"][i].get("date"), given[j]["date"]
            counted["told" if told else "untold"] += 1
            if date:
                right = told and is_when(date, told)
                counted["right" if right else "wrong" if told else "given where untold"] += 1
    of = {"right": "told", "wrong": "told", "given where untold": "untold"}
    return {name: round(counted[name] / max(counted[all_], 1), 3) for name, all_ in of.items()}


def document(brief: Brief) -> kg.Document:
    """A brief as the document that kg reads."""
    title = brief.get("title") or None
    return kg.Document(brief["id"], brief["text"], title=title, published=brief["published"])


def is_when(value: str, told: str) -> bool:
    """Whether a time is the annotated one, or less or more exact."""
    begin = value.partition("/")[0]
    return begin.startswith(told) or told.startswith(begin)


def is_whole(event: Brief, want: Brief) -> bool:
    """Whether an event, as its JSON line has it, has the parties, realis and source of an annotated one."""
    scorer = measures()
    sides = all(scorer.parties_fit(event, want))
    return sides and scorer.realis_fits(event, want) and scorer.speaker_fits(event, want)


def answers(briefs: Iterable[Brief], model: str) -> tuple[dict[str, list[Any]], ...]:
    """What kg says of each brief: claims, events, linked mentions and dates, as its JSON lines have them."""
    claims, events, linked, dates = (defaultdict(list) for _ in range(4))
    for analysis in kg.analyse(map(document, briefs), model):
        name = analysis.document.id
        claims[name] = [plain(records.claim_record(c)) for c in analysis.claims]
        events[name] = [plain(records.event_record(e)) for e in analysis.events]
        linked[name] = mentions(analysis.mentions)
        found = expressions(analysis.document.text, analysis.document.published, analysis.sentences)
        dates[name] = [records.date_record(analysis.document, e) for e in found]
    return claims, events, linked, dates


def plain(record: Any) -> Any:
    """A record as it comes out of its JSON line."""
    return json.loads(records.json_line(record))


def mentions(found: Any) -> list[dict[str, Any]]:
    """The mentions of which it is sure who they are, as the measures read them."""
    return [_mention(j) for j in found.all if j.actor is not None and j.verdict == "same"]


def _mention(judgement: Any) -> dict[str, Any]:
    actor = judgement.actor
    return {
        "start": judgement.mention.start,
        "end": judgement.mention.end,
        "id": actor.id,
        "label": actor.label,
        "type": actor.type,
        "country": actor.country,
    }


def measures() -> ModuleType:
    """The measures beside the briefs. Raises InputError where they are not."""
    path = BRIEFS.parent / "tools" / "briefs_score.py"
    if not path.exists():
        raise InputError(
            f"{path}: the briefs' measures are not there; say with KG_BRIEFS where the briefs are"
        )
    if "briefs_score" not in sys.modules:
        spec = importlib.util.spec_from_file_location("briefs_score", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["briefs_score"] = module
        spec.loader.exec_module(module)
    return sys.modules["briefs_score"]
