"""Are the expressions of time of a text found, and is their value right? GUM's dates, or briefs.

GOLD is gum-dates.jsonl (TEI's when, from/to, notBefore/notAfter) or a folder or file of briefs in TOML.
A date is found when an expression that overlaps it has a value, and right when the value agrees to the gold's
precision; a week may be off by a day, a season by a month, a century by a year, as conventions differ.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.parsing import pipelines
from kg.time.find import Expression, expressions
from kg.time.partial import bounds

TIMES = ("when", "from", "to", "notBefore", "notAfter")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Record = dict[str, Any]


def evaluate(gold: Path, model: str) -> list[tuple[str, str]]:
    """Dates found and right in GUM's texts, or right and wrong in briefs, by file."""
    if gold.suffix == ".jsonl":
        return gum(gold, model)
    files = sorted(gold.glob("*.toml")) if gold.is_dir() else [gold]
    return briefs(files, model)


def found_in(records: list[Record], model: str) -> Iterator[tuple[Record, list[Expression]]]:
    """Each record with the expressions of time of its text."""
    parsed = pipelines.parse((r["text"] for r in records), model)
    for record, sentences in zip(records, parsed, strict=True):
        yield record, expressions(record["text"], record.get("date_published"), sentences)


# ── GUM ──────────────────────────────────────────────────────────────────────────────────────────


def gum(path: Path, model: str) -> list[tuple[str, str]]:
    """How many dates are found, how many of those right; how many expressions the gold doesn't have."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [r | {"date_published": r["date"]} for r in map(json.loads, lines)]
    n = Counter[str]()
    for record, found in found_in(records, model):
        n["more"] += sum(not any(_overlap(e, d) for d in record["dates"]) for e in found)
        n += sum((_of_gum(date, found) for date in record["dates"]), Counter[str]())
    return [
        ("dates", str(n["gold"])),
        ("found", _share(n["found"], n["gold"])),
        ("right of found", _share(n["right"], n["found"])),
        ("where the gold has none", str(n["more"])),
    ]


def _of_gum(wanted: Record, found: list[Expression]) -> Counter[str]:
    """Whether a date is found and right; nothing for one that no value of ours can say ("--06", BC)."""
    gold = {k: wanted[k].split("T")[0] for k in TIMES if k in wanted}
    if not all(_ISO.fullmatch(value) for value in gold.values()):
        return Counter()
    near = [e for e in found if _overlap(e, wanted)]
    right = any(agrees(gold, e.value, len(e.text) > len(wanted["text"])) for e in near)
    return Counter(gold=1, found=int(bool(near)), right=int(right))


def _overlap(found: Expression, gold: Record) -> bool:
    return bool(found.start < gold["end"] and gold["start"] < found.end)


def agrees(gold: dict[str, str], value: str, is_longer: bool) -> bool:
    """Whether a value says what the gold says, to its precision.

    An interval says a single date where the phrase has more words than the gold's: "from 2014 to 2016".
    """
    if "when" in gold:
        ends = value.split("/")
        is_said = len(ends) == 1 or is_longer or ".." in ends
        return is_said and any(end.startswith(gold["when"]) for end in ends)
    if "from" in gold or "to" in gold:
        return _same_stretch(gold.get("from"), gold.get("to") or gold.get("notAfter"), value)
    first, last = bounds(value)
    return (
        bounds(gold.get("notBefore", "0001"))[0] <= first and last <= bounds(gold.get("notAfter", "9999"))[1]
    )


def _same_stretch(begin: str | None, end: str | None, value: str) -> bool:
    """Whether a stretch has the gold's first and last day, as far as conventions agree."""
    wanted = (bounds(begin)[0] if begin else None, bounds(end)[1] if end else None)
    slack = _slack((wanted[1] - wanted[0]).days) if wanted[0] and wanted[1] else 0
    return all(
        want is None or abs((want - got).days) <= slack
        for want, got in zip(wanted, bounds(value), strict=True)
    )


def _slack(days: int) -> int:
    """By how many days conventions differ for a stretch: centuries, seasons, weeks."""
    return 366 if days > 10000 else 31 if 80 < days < 300 else 1 if days > 5 else 0


# ── Briefs ───────────────────────────────────────────────────────────────────────────────────────


def briefs(files: Iterable[Path], model: str) -> list[tuple[str, str]]:
    """Dates with the right and with a wrong value, in each file and in all."""
    rows, total = [], Counter[str]()
    for path in files:
        records = tomllib.loads(path.read_text(encoding="utf-8")).get("brief", [])
        n = _of_briefs([r | {"date_published": r["published"]} for r in records], model)
        total += n
        rows.append((path.stem, _figures(n)))
    return [*rows, ("all", _figures(total))]


def _of_briefs(records: list[Record], model: str) -> Counter[str]:
    n = Counter[str]()
    for record, found in found_in(records, model):
        for wanted in record.get("date", []):
            start = record["text"].find(wanted["text"])
            span = {"start": start, "end": start + len(wanted["text"])}
            near = [e for e in found if start >= 0 and _overlap(e, span)]
            right = any(part.startswith(wanted["value"]) for e in near for part in e.value.split("/"))
            n["dates"] += 1
            n["right"] += right
            n["wrong"] += bool(near) and not right
    return n


def _figures(n: Counter[str]) -> str:
    return (
        f"{n['dates']} dates  right {_share(n['right'], n['dates'])}  wrong {_share(n['wrong'], n['dates'])}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
