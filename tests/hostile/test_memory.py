"""Nothing of a megabyte takes more than a gigabyte and a half: each shape in a process of its own."""

from __future__ import annotations

import subprocess
import sys

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

READ = """
import sys
import kg
from kg import rdf
from kg.model import Document
from tests import memory
from tests.hostile.shapes import SHAPES
text = SHAPES[sys.argv[1]](int(sys.argv[2]))[:1_000_000]
for found in kg.analyse([Document("d", text, published="2024-05-03")], sys.argv[3]):
    rdf.document_quads(found.document, found.sentences, found.claims, found.events)
print(memory.most())
"""


@pytest.mark.long
@pytest.mark.parametrize("name", effort.some(HEAVY))
def test_no_text_takes_all_memory(name: str) -> None:
    assert peak(name, FAST_MODEL) < MOST


@pytest.mark.long
@pytest.mark.skipif(not effort.IN_FULL, reason="only a whole megabyte tells, and it takes minutes")
def test_nor_with_the_careful_model() -> None:
    assert peak("one paragraph", DEFAULT_MODEL) < MOST


def peak(name: str, model: str) -> int:
    """The most memory, in kB, that reading a shape takes."""
    command = [sys.executable, "-c", READ, name, str(LENGTH), model]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
