"""What kg itself has written: pages, tables, lines and graphs, which tell of articles and are none."""

from collections.abc import Collection

from kg import iris
from kg.reading.incoming import Incoming

GENERATOR = '<meta name="generator" content="kg">'
LAYOUT = ".layout.json"  # what a page keeps beside it
_OF_CLAIMS = ("polarity", "modality", "factuality")
_OF_EVENTS = ('"realis"', '"goldstein"')
_OF_ACTORS = "id,label,type,country,sector"
_WITHIN = 2000  # characters at the beginning


def is_own(incoming: Incoming) -> bool:
    """Whether kg has written it."""
    begun = incoming.start[:_WITHIN]
    first = incoming.start.partition("\n")[0]
    told = (_OF_CLAIMS, _OF_EVENTS, (_OF_ACTORS,))
    return (
        incoming.source.name.endswith(LAYOUT)
        or GENERATOR in begun
        or iris.BASE in begun
        or any(all(name in first for name in names) for names in told)
    )


def is_store(files: Collection[str]) -> bool:
    """Whether a folder of these files is a store."""
    return {"CURRENT", "IDENTITY"} <= {*files}
