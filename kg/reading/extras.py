"""Libraries that come with the extra `files`, loaded when a file needs them, and what goes wrong in them."""

import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from kg.errors import InputError
from kg.reading.article import Source
from kg.reading.incoming import Incoming

MOST_UNPACKED = 300_000_000  # bytes of XML in an office document: its text is some hundredth of it


def library(source: Source, name: str, form: str) -> Any:
    """The module of a name; InputError where it is not installed."""
    try:
        return quiet(name)
    except ImportError:
        raise source.error(f"{form} needs an extra; pip install 'geopolitical-kg[files]'") from None


def quiet(name: str) -> Any:
    """The module of a name, which no longer logs what it finds odd: what cannot be read is told by us."""
    logging.getLogger(name.partition(".")[0]).setLevel(logging.CRITICAL)
    return import_module(name)


@contextmanager
def unpacked(incoming: Incoming, what: str) -> Iterator[None]:
    """Reads a document of XML in a zip: what is wrong within is an InputError, and so is a bomb."""
    source = incoming.source
    if not incoming.members:
        raise source.error(f"not {what}, as its name says; save it again")
    with zipfile.ZipFile(incoming.file) as archive:
        if (size := sum(info.file_size for info in archive.infolist())) > MOST_UNPACKED:
            raise source.error(f"unpacks to {size:,} bytes, more than {MOST_UNPACKED:,}; save its text alone")
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # whatever its parsers raise
        raise source.error(f"not {what} that can be read: {' '.join(str(error).split())[:80]}") from None
