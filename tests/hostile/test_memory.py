"""Nothing of a megabyte takes more than a gigabyte and a half: each shape in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL
from tests import effort

MOST = 1_500_000  # kB, with the model
LENGTH = effort.times(1_000_000)
# Signs that are words each, one word or one line of all, a paragraph that never ends.
HEAVY = (
    "commas",
    "stops and blanks",
    "dashes and letters",
    "blank lines",
    "no blank but digits",
    "quotation marks",
    "one paragraph",
)

BUILD = """
import sys
import kg
from kg.model import Document
from kg.store import OxigraphStore
from tests import memory
from tests.hostile.shapes import SHAPES
name, length, model, folder, end = sys.argv[1:]
text = SHAPES[name](int(length))[:1_000_000] + end
with OxigraphStore(folder, create=True) as store:
    kg.build([Document("d", text, published="2024-05-03")], store, model)
print(memory.most())
"""
CHECK = """
import sys
from kg.store import OxigraphStore
from kg.store.checks import check
from tests import memory
with OxigraphStore(sys.argv[1]) as store:
    assert not check(store)
print(memory.most())
"""


@pytest.mark.long
@pytest.mark.parametrize("name", effort.some(HEAVY))
def test_no_text_takes_all_memory(name: str, tmp_path: Path) -> None:
    assert peak(name, FAST_MODEL, tmp_path / "store") < MOST


@pytest.mark.long
@pytest.mark.skipif(not effort.IN_FULL, reason="only a whole megabyte tells, and it takes minutes")
def test_nor_with_the_careful_model(tmp_path: Path) -> None:
    assert peak("one paragraph", DEFAULT_MODEL, tmp_path / "store") < MOST


def peak(name: str, model: str, store: Path) -> int:
    """The most memory, in kB, that a shape takes: read and stored, replaced by a changed one, and checked."""
    build = (BUILD, name, str(LENGTH), model, str(store))
    return max(_memory(*build, ""), _memory(*build, " It ended."), _memory(CHECK, str(store)))


def _memory(*program: str) -> int:
    command = [sys.executable, "-c", *program]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
