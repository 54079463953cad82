"""Nothing of a megabyte takes more than a gigabyte and a half: each shape in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
import resource, sys
import kg
from kg import rdf
from kg.model import Document
from tests.hostile.shapes import SHAPES
text = SHAPES[sys.argv[1]](int(sys.argv[2]))[:1_000_000]
for found in kg.analyse([Document("d", text, published="2024-05-03")], "en_geopol_news_sm"):
    rdf.document_quads(found.document, found.sentences, found.claims, found.events)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.long
@pytest.mark.parametrize("name", effort.some(HEAVY))
def test_no_text_takes_all_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, name, str(LENGTH)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MOST
