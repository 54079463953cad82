"""Language models by name: which there are, where they lie, their versions; none is loaded here."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from kg import resources
from kg.errors import KgError, ModelError

DEFAULT_MODEL = "en_geopol_news_trf"
FAST_MODEL = "en_geopol_news_sm"  # some four times as many words a second, and more mistakes
OWN_MODELS = (DEFAULT_MODEL, FAST_MODEL)


def folder(name: str) -> Path:
    """Where one of our models lies, a folder, or an installed spaCy pipeline.

    Raises ModelError for what is none of them: before spaCy is loaded, which takes seconds.
    """
    try:
        found = resources.path(f"data/models/{name}") if name in OWN_MODELS else _elsewhere(name)
    except KgError:
        found = None
    if found is None:
        raise ModelError(
            f"model {name!r} is not there: give the name of an installed spaCy pipeline or its folder "
            f"(the default is {DEFAULT_MODEL})"
        )
    return found


def version(name: str) -> str:
    """Name and version of a model, for provenance."""
    path = folder(name) / "meta.json"
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model {name!r} cannot be used: {path} does not say which it is") from error


def _elsewhere(name: str) -> Path | None:
    if Path(name).is_dir():
        return Path(name)
    package = find_spec(name) if name.isidentifier() else None
    places = package.submodule_search_locations if package is not None else None
    return next((Path(place) for place in places or () if (Path(place) / "meta.json").is_file()), None)
