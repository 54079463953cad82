"""Scores against gold data: `python -m tests.benchmarks NAME GOLD`; without arguments, the names.

Example: python -m tests.benchmarks carb carb-dev-gold.tsv
"""

import argparse
import sys
from pathlib import Path

from kg.errors import KgError
from kg.parsing.pipelines import DEFAULT_MODEL
from tests.benchmarks.scores import EVALUATIONS, evaluate


def main() -> None:
    """Print the figures of one evaluation, a line each."""
    plain = argparse.RawDescriptionHelpFormatter
    cli = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__, formatter_class=plain)
    names = [f"{name}: {(score.__doc__ or '').partition(chr(10))[0]}" for name, score in EVALUATIONS.items()]
    cli.epilog = "\n".join(names)
    cli.add_argument("name", choices=EVALUATIONS, nargs="?")
    cli.add_argument("gold", type=Path, nargs="?")
    cli.add_argument("--model", default=DEFAULT_MODEL)
    args = cli.parse_args()
    if args.name is None or args.gold is None:
        cli.print_help()
        return
    try:
        figures = evaluate(args.name, args.gold, args.model)
    except KgError as error:
        sys.exit(str(error))
    width = max(len(name) for name, _ in figures)
    for name, figure in figures:
        print(f"{name:{width}}  {figure}")


if __name__ == "__main__":
    main()
