"""Scores on briefs with the weights for events learnt on the other files: no text is judged by its own.

    python -m tests.benchmarks.folds ../shared/briefs [PARTS]

The files are dealt into PARTS (three if nothing is said). What the language model says of acts is not taught
anew: it learnt on all briefs, so that types are flattered here; doers and recipients are not.
"""

import sys
from pathlib import Path

from kg.coding import coder, judge, parties
from kg.parsing.pipelines import DEFAULT_MODEL
from tests.benchmarks import briefs

RECIPE = Path(__file__).parents[2] / "data" / "models" / "recipe"


def main(folder: Path, parts: int = 3) -> None:
    sys.path.insert(0, str(RECIPE))
    import judging

    files = sorted(folder.glob("*.toml"))
    axes = judging.topics(files)
    found = judging.by_parts(files, parts, axes)
    scorer = briefs.measures()
    counted = None
    for part in range(parts):
        held = files[part::parts]
        sides, _ = found[held[0]]
        learned = judging.learn([e for f in files if f not in held for e in found[f][1]], axes)
        parties.rankers = lambda sides=sides: sides  # type: ignore[assignment]
        judge.judge = coder.judge = lambda learned=learned: learned  # type: ignore[assignment]
        texts = [b for file in held for b in briefs.read(file)]
        scores = scorer.score(texts, *briefs.answers(texts, DEFAULT_MODEL), lambda *_: None)
        counted = scores if counted is None else counted + scores
        print(f"{part + 1} of {parts}", file=sys.stderr)
    for name, rates in scorer.rates_of(counted).items():
        if name.startswith("events"):
            print(name.ljust(14), "  ".join(f"{k} {v}" for k, v in rates.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
