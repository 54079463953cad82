"""Scores on briefs with the weights for parties learnt on the other files: no text is judged by its own.

    python -m tests.benchmarks.folds ../shared/briefs [PARTS]

The files are dealt into PARTS (three if nothing is said). What the language model says of acts is not taught
anew: it learnt on all briefs, so that types are flattered here; doers and recipients are not.
"""

import sys
from pathlib import Path

from kg.coding import parties
from kg.parsing.pipelines import DEFAULT_MODEL
from tests.benchmarks import briefs

RECIPE = Path(__file__).parents[2] / "data" / "models" / "recipe"


def main(folder: Path, parts: int = 3) -> None:
    sys.path.insert(0, str(RECIPE))
    from parties import examples, learn

    files = sorted(folder.glob("*.toml"))
    known = {file: list(examples([file])) for file in files}
    scorer = briefs.measures()
    counted = None
    for part in range(parts):
        held = files[part::parts]
        learned = learn(e for file in files if file not in held for e in known[file])
        parties.rankers = lambda learned=learned: learned  # type: ignore[assignment]
        texts = [b for file in held for b in briefs.read(file)]
        found = scorer.score(texts, *briefs.answers(texts, DEFAULT_MODEL), lambda *_: None)
        counted = found if counted is None else counted + found
        print(f"{part + 1} of {parts}", file=sys.stderr)
    for name, rates in scorer.rates_of(counted).items():
        if name.startswith("events"):
            print(name.ljust(14), "  ".join(f"{k} {v}" for k, v in rates.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
