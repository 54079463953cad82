"""What a user says once instead of each time: the file `kg.toml` in the current folder.

    store = "news-store"
    model = "en_geopol_news_sm"
    workers = 4

An option on the command line goes before the environment (KG_STORE, KG_MODEL), that before the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from kg import small_files
from kg.errors import KgError

FILE = "kg.toml"
_MOST = 100_000  # bytes
# What may stand there: options by their names, and of what type they are.
KEYS: dict[str, type] = {
    **dict.fromkeys(("store", "model", "actors", "judgements", "types"), str),
    "workers": int,
}


def read(path: Path) -> dict[str, Any]:
    """The settings in a file; none where it is not there. Raises KgError for what is no setting."""
    if not os.path.lexists(path):
        return {}
    if not path.is_file():  # a pipe would wait for ever
        raise KgError(f"{path}: not a file; move it away")
    text = small_files.read_text(path, _MOST)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise KgError(f"{path}: no settings ({error}); write KEY = VALUE, a line each") from error
    for key, value in found.items():
        if key not in KEYS:
            raise KgError(f"{path}: no setting is called {key[:80]!r}; there are {', '.join(KEYS)}")
        if type(value) is not KEYS[key]:
            what = "text in quotes" if KEYS[key] is str else "a whole number"
            raise KgError(f"{path}: {key} is {what}, not {repr(value)[:80]}")
        if isinstance(value, str) and not value.isprintable():
            raise KgError(f"{path}: {key} holds what is no letter, sign or blank: {value[:80]!r}")
    return found
