"""Scores stay above the floors in quality.toml, each pinned with the hash of the data behind it.

Data that ships (`ours`) is always scored. Gold data is not part of the project: KG_CORPORA says where it is
(by default ../shared/corpora); where it is not, the terminal's summary names the floors that did not run. A
floor may be raised; lowering one is a decision to explain.
"""

import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import scores

ROOT = Path(__file__).parents[1]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
FLOORS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "quality.toml").read_text())["score"]


def data_of(score: dict[str, Any]) -> Path:
    """The file or folder that a score is measured on."""
    return ROOT / score["ours"] if "ours" in score else CORPORA / score["gold"]


@pytest.mark.parametrize("score", FLOORS, ids=lambda s: f"{s['evaluation']}-{data_of(s).name}")
def test_scores_stay_above_their_floors(score: dict[str, Any]) -> None:
    gold = data_of(score)
    if "gold" in score and not gold.exists():
        pytest.skip(f"{score['gold']} is not in {CORPORA}")
    files = sorted(gold.iterdir()) if gold.is_dir() else [gold]
    content = b"".join(f.read_bytes() for f in files)
    assert hashlib.sha256(content).hexdigest() == score["sha256"], "other data than the floor's"
    figures = dict(scores.evaluate(score["evaluation"], gold))
    for name, floor in score["at_least"].items():
        assert float(figures[name]) >= floor, f"{name} is {figures[name]}, the floor is {floor}"
    for name, ceiling in score.get("at_most", {}).items():
        assert float(figures[name]) <= ceiling, f"{name} is {figures[name]}, the ceiling is {ceiling}"


def test_floors_that_did_not_run_are_named_at_the_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "trees", __file__]
    environment = {**os.environ, "KG_CORPORA": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "QUALITY FLOORS THAT DID NOT RUN" in done.stdout, done.stdout + done.stderr
    assert f"trees-en_gum-dev.conllu: treebank/en_gum-dev.conllu is not in {tmp_path}" in done.stdout
    assert "KG_CORPORA=FOLDER" in done.stdout
