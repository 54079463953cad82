"""The one loader of data tables: the CSV files under data/, a header and then a row a line."""

import csv

from kg import resources


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data/<name>.csv by column; `name` is for instance `events/types`."""
    with resources.path(f"data/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
