"""Every error that kg raises on purpose.

    KgError              one line for a person: what happened, the value, what to do
    ├── InputError       a path, file or record that cannot be read
    ├── DocumentError    a document, or a part of one, that was read and could not be understood
    ├── ModelError       a language model that is missing or cannot be used
    ├── TableError       a row of a table that is refused
    ├── StoreError       a store that cannot be opened, read or written
    │   └── BusyStoreError   one that another process writes into
    └── QueryError       a SPARQL query that is wrong, unsafe, unknown or too slow

Anything else that escapes is a bug and keeps its traceback.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from kg.shown import without_login

E = TypeVar("E", bound="KgError")
log = logging.getLogger("kg")


class KgError(Exception):
    """What a user can mend: the message names the value and the way out, but no login in an address."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(without_login(arg) if isinstance(arg, str) else arg for arg in args))


class InputError(KgError):
    """A path, file or record that cannot be read."""


class DocumentError(KgError):
    """A document, or a part of one, that could not be understood: which, what of it is lost, and why.

    It goes from process to process as a value. What is behind it is a bug of kg, and no reason to stop.
    """

    def __init__(self, document: str, lost: str, why: str) -> None:
        super().__init__(document, lost, why)
        self.document = document
        self.lost = lost

    def __str__(self) -> str:
        return f"{self.document}: {self.lost} ({self.args[2]})"

    @classmethod
    def of(cls, document: str, lost: str, error: Exception) -> "DocumentError":
        """The loss that an exception caused, in one line; its traceback goes to the log "kg" as debug.

        >>> str(DocumentError.of("a.txt", "no events from the claim at 7", ValueError("no such type")))
        'a.txt: no events from the claim at 7 (ValueError: no such type)'
        """
        log.debug("%s: %s", document, lost, exc_info=error)
        return cls(
            document, lost, f"{type(error).__name__}: {' '.join(str(error).split())[:120]}".rstrip(": ")
        )


class ModelError(KgError):
    """A language model that is missing or cannot be used."""


class TableError(KgError):
    """A row of a table that is refused, with its file and line."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class BusyStoreError(StoreError):
    """A store that another process writes into."""


class QueryError(KgError):
    """A query that is wrong, unsafe, unknown or too slow."""


def tell(error: E, on_error: Callable[[E], None] | None) -> None:
    """Hands an error to whoever listens; raises it where nobody does: no failure leaves a quiet hole."""
    if on_error is None:
        raise error
    on_error(error)
