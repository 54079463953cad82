"""Events of annotated texts by weights that learnt on other texts: none is judged by its own.

    python -m tests.benchmarks.folds ../shared/briefs PLOVER_GSR.json [PARTS]

Read are the texts of ours in halves (data/models/recipe/halves and later), each by the model that learnt on
the other half, in the folder that KG_READERS names; their files are dealt into PARTS (two if nothing is
said). Prints what is found and given at several least probabilities, of being told and of being right as a
whole, and how many events of each band of confidence are right as a whole.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import kg
from kg import records
from kg.coding import coder, homes, judge, parties
from kg.model import Event
from kg.pipeline import Analysis
from tests.benchmarks import briefs

RECIPE = Path(__file__).parents[2] / "data" / "models" / "recipe"
SHIPPED = judge.LEAST, judge.RIGHT
LEAST = (
    *((least, judge.RIGHT) for least in (0.5, judge.LEAST, 0.7, 0.8)),
    *((judge.LEAST, right) for right in (0.0, 0.3)),
)
BANDS = (0.0, *(judge.HOLDS * x for x in (0.2, 0.4, 0.6, 0.8)), 1.01)  # even in what the networks say
Text = tuple[briefs.Brief, Analysis]


def main(folder: Path, gold: Path, parts: int = 2) -> None:
    counted = {least: Counter[str]() for least in LEAST}
    bands = Counter[tuple[int, bool]]()
    for texts in _by_parts(folder, gold, parts):
        for least in LEAST:
            for brief, events in coded(texts, least):
                counted[least] += _score(brief, events)
                if least == SHIPPED:
                    bands.update(_bands(brief, events))
    for least in LEAST:
        _print_rates(least, counted[least])
    for i, (low, high) in enumerate(pairwise(BANDS)):
        right, wrong = bands[i, True], bands[i, False]
        band = f"{low:.2f} to {min(high, judge.HOLDS):.2f}"
        print(f"confidence {band}: {right + wrong} events, {share(right, wrong)} whole")


def _by_parts(folder: Path, gold: Path, parts: int) -> Iterator[list[Text]]:
    """The texts of each part of the unseen files, read by the weights that learnt on all others."""
    sys.path.insert(0, str(RECIPE))
    import judging
    import placing

    unseen = placing.in_halves()
    axes = judging.topics(unseen)
    found = judging.by_parts(unseen, parts, axes)
    for part in range(parts):
        held = unseen[part::parts]
        given, _ = found[held[0]]
        others = {f: e for f, (_, e) in found.items() if f not in held}
        learned = judging.taught(others, axes, given, gold, folder)
        parties.rankers = lambda given=given: given.parties  # type: ignore[assignment]
        homes.home = lambda given=given: given.home  # type: ignore[assignment]
        judge.judge = coder.judge = lambda learned=learned: learned  # type: ignore[assignment]
        yield [text for file in held for text in _read(file, placing.model_of(file))]
        print(f"{part + 1} of {parts}", file=sys.stderr)


def _read(file: Path, model: str) -> Iterator[Text]:
    kept = briefs.read(file)
    yield from zip(kept, kg.analyse(map(briefs.document, kept), model), strict=True)


def coded(texts: Sequence[Text], least: tuple[float, float]) -> Iterator[tuple[briefs.Brief, list[Event]]]:
    """The events of texts that are at least so likely told, and right."""
    judge.LEAST, judge.RIGHT = least
    for brief, a in texts:
        yield brief, coder.code(a.claims, a.mentions, a.document, a.sentences)
    judge.LEAST, judge.RIGHT = SHIPPED


def _plain(events: Sequence[Event]) -> list[Any]:
    return [briefs.plain(records.event_record(e)) for e in events]


def _score(brief: briefs.Brief, events: Sequence[Event]) -> Counter[str]:
    name = brief["id"]
    nothing: dict[str, list[Any]] = {name: []}
    given = {name: _plain(events)}
    return Counter(briefs.measures().score([brief], nothing, given, nothing, nothing, lambda *_: None))


def _bands(brief: briefs.Brief, events: Sequence[Event]) -> Iterator[tuple[int, bool]]:
    """The band of each event, and whether it is right as a whole."""
    given = _plain(events)
    _, used = briefs.measures().match(brief, given)
    for i, event in enumerate(given):
        want = brief["event"][used[i]] if i in used else None
        band = next(k for k, high in enumerate(BANDS[1:]) if event["confidence"] < high)
        yield band, want is not None and briefs.is_whole(event, want)


def _print_rates(least: tuple[float, float], counted: Counter[str]) -> None:
    rates = briefs.measures().rates_of(counted)
    parts = (rates[name] for name in ("events found", "events given", "places"))
    told = "  ".join(f"{k} {v}" for part in parts for k, v in part.items())
    print(f"  least told {least[0]}, right {least[1]}: {told}")


def share(right: int, wrong: int) -> str:
    """A share in per cent."""
    return f"{100 * right / (right + wrong):.0f} %" if right + wrong else "none"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2)
