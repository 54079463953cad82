#!/usr/bin/env python3
"""The tuples of sentences: sentence, confidence, relation, subject, argument, …, tab-separated.

usage: carb.py FILE [MODEL]

FILE (- for standard input) has a sentence a line, its words parted by blanks.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])  # the checkout, not this folder

from tests.benchmarks.lines import print_lines
from tests.benchmarks.tuples import lines

if __name__ == "__main__":
    print_lines(__doc__, lines)
