"""What a user says once instead of each time: the file `kg.toml` in the current folder.

    store = "news-store"
    model = "en_geopol_news_sm"
    workers = 4

An option on the command line goes before the environment (KG_STORE, KG_MODEL), that before the file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kg.errors import KgError

FILE = "kg.toml"
# What may stand there: options by their names, and of what type they are.
KEYS: dict[str, type] = {"store": str, "model": str, "actors": str, "judgements": str, "workers": int}


def read(path: Path) -> dict[str, Any]:
    """The settings in a file; none where it is not there. Raises KgError for what is no setting."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise KgError(f"{path}: cannot be read ({error})") from error
    for key, value in found.items():
        if key not in KEYS:
            raise KgError(f"{path}: no setting is called {key!r}; there are {', '.join(KEYS)}")
        if type(value) is not KEYS[key]:
            what = "text in quotes" if KEYS[key] is str else "a whole number"
            raise KgError(f"{path}: {key} is {what}, not {value!r}")
    return found
