"""Coded events in the files that existing pipelines read: POLECAT, PLOVER JSON, ICEWS, GDELT, Phoenix.

Each format has its own header, codes and way to leave a value open; what is not known stays open.
GDELT's and Phoenix's rows stand for a cluster of reports, the others for one report. Formats of one
source and one target get a row for each pair. Midnight stands for a time of day that is not known.
"""

from collections.abc import Callable, Sequence

from kg.exports.coders import gdelt, icews, phoenix, plover, polecat
from kg.exports.coders.event_tables import Report

__all__ = ["FORMATS", "Report"]

# By the name that `--format` takes.
FORMATS: dict[str, Callable[[Sequence[Report]], str]] = {
    "polecat": polecat.write,
    "plover": plover.write,
    "icews": icews.write,
    "gdelt": gdelt.write,
    "gdelt-mentions": gdelt.write_mentions,
    "phoenix": phoenix.write,
}
