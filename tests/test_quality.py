"""Scores stay above the floors in quality.toml, each pinned with the hash of the gold data behind it.

The gold data is not part of the project: KG_CORPORA says where it is (by default ../shared/corpora), and
a score whose data is not there is skipped. A floor may be raised; lowering one is a decision to explain.
"""

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import scores

ROOT = Path(__file__).parents[1]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
FLOORS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "quality.toml").read_text())["score"]


@pytest.mark.parametrize("score", FLOORS, ids=lambda s: s["evaluation"])
def test_scores_stay_above_their_floors(score: dict[str, Any]) -> None:
    gold = CORPORA / score["gold"]
    if not gold.exists():
        pytest.skip(f"{score['gold']} is not in {CORPORA}")
    files = sorted(gold.iterdir()) if gold.is_dir() else [gold]
    content = b"".join(f.read_bytes() for f in files)
    assert hashlib.sha256(content).hexdigest() == score["sha256"], "other gold data than the floor's"
    figures = dict(scores.evaluate(score["evaluation"], gold))
    for name, floor in score["at_least"].items():
        assert float(figures[name]) >= floor, f"{name} is {figures[name]}, the floor is {floor}"
    for name, ceiling in score.get("at_most", {}).items():
        assert float(figures[name]) <= ceiling, f"{name} is {figures[name]}, the ceiling is {ceiling}"
