"""Finds what ships with kg (ontologies/, data/, the language model), installed or in a checkout."""

from pathlib import Path

from kg.errors import KgError

_HERE = Path(__file__).resolve().parent
_ROOTS = (_HERE / "_resources", _HERE.parent)  # in a wheel, in a checkout


def path(name: str) -> Path:
    """The file or folder of that name, for instance `data/actors`.

    Raises KgError when it is nowhere, which means a broken installation.
    """
    for root in _ROOTS:
        if (root / name).exists():
            return root / name
    raise KgError(f"{name} did not come with this installation of kg; install the package again")
