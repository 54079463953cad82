"""`python -m kg`."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the current folder, whose modules are not ours

from kg.cli import main

main()
