"""The layout that a page keeps beside it, so that actors stand where they stood."""

import json
from collections.abc import Mapping
from pathlib import Path

from kg import small_files
from kg.errors import InputError
from kg.writing import writing

Place = tuple[float, float, int]  # x, y, community
Places = Mapping[str, Place]
_FAR = 1e7  # further than any place, and more than there are communities


def load(path: Path) -> dict[str, Place]:
    """The places kept in a `layout.json`; none where there is no such file.

    Raises InputError for a file that holds something else.
    """
    if not path.exists():
        return {}
    try:
        if not path.is_file():
            raise ValueError
        kept = json.loads(small_files.read_text(path))
        return {a: _kept(x, y, group) for a, (x, y, group) in kept["actors"].items()}
    except (InputError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise InputError(
            f"{path} is not a layout that kg kept; delete it to lay out the graph anew"
        ) from None


def _kept(x: float, y: float, group: int) -> Place:
    """A place as it was written (community -1: no ties). Raises ValueError for one that no picture has."""
    if not (abs(float(x)) < _FAR and abs(float(y)) < _FAR and -1 <= int(group) < _FAR):
        raise ValueError
    return float(x), float(y), int(group)


def save(places: Places, path: Path) -> None:
    """Write the places to `path`, one actor a line, so that it diffs well."""
    lines = ",\n".join(f"  {json.dumps(a)}: {json.dumps(list(p))}" for a, p in sorted(places.items()))
    with writing(path) as out:
        out.write(f'{{"actors": {{\n{lines}\n}}}}\n'.encode())
