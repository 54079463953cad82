"""Every error that kg raises on purpose.

    KgError              one line for a person: what happened, the value, what to do
    ├── InputError       a path, file or record that cannot be read
    ├── ModelError       a language model that is missing or cannot be used
    ├── TableError       a row of a table that is refused
    ├── StoreError       a store that cannot be opened, or is held by another process
    └── QueryError       a SPARQL query that is wrong, unsafe, unknown or too slow

Anything else that escapes is a bug and keeps its traceback.
"""


class KgError(Exception):
    """What a user can mend: the message names the value and the way out."""


class InputError(KgError):
    """A path, file or record that cannot be read."""


class ModelError(KgError):
    """A language model that is missing or cannot be used."""


class TableError(KgError):
    """A row of a table that is refused, with its file and line."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class QueryError(KgError):
    """A query that is wrong, unsafe, unknown or too slow."""
