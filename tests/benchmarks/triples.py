#!/usr/bin/env python3
"""The facts of sentences: number of the line (from 1), subject, relation, object, tab-separated.

usage: triples.py FILE [MODEL]

FILE (- for standard input) has a sentence a line, its words parted by blanks.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])  # the checkout, not this folder

from tests.benchmarks.facts import lines
from tests.benchmarks.lines import print_lines

if __name__ == "__main__":
    print_lines(__doc__, lines)
