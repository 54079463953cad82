"""PLOVER's types, modes and contexts, CAMEO's codes and the realis rewriting, from data/events/.

Types, scores and modes are PLOVER's (Open Event Data Alliance, CC BY-SA 4.0), defined here in words
of our own; SANCTION has quad class 4 and ACCUSE the score -3, where pages of the manual differ. CAMEO's
codes and Goldstein scores are facts; their labels are ours.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg import tables

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
Realm = Literal["past", "future", "negated_past", "negated_future"]


@dataclass(frozen=True, slots=True)
class Type:
    """An event type with its quad class (1 to 4), PLOVER score, and whether both sides do the same."""

    name: str
    quad: int
    score: float
    symmetric: bool
    definition: str


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code with Goldstein's score and the PLOVER type and mode that it maps to."""

    code: str
    label: str
    goldstein: float
    type: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """How a request, promise, refusal or threat of an act is coded: the end of the code, and its mode."""

    suffix: str
    mode: str | None


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data/events/<name>.csv by column."""
    return tables.rows(f"events/{name}")


@lru_cache(maxsize=1)
def types() -> dict[str, Type]:
    """The 16 types by name, in PLOVER's order."""
    return {
        r["type"]: Type(
            r["type"], int(r["quad"]), float(r["score"]), r["symmetric"] == "yes", r["definition"]
        )
        for r in rows("types")
    }


@lru_cache(maxsize=1)
def codes() -> dict[str, Code]:
    """All CAMEO codes: roots of two digits ("13"), then three and four ("138", "1384")."""
    return {
        r["code"]: Code(r["code"], r["label"], float(r["goldstein"]), r["type"] or None, r["mode"] or None)
        for r in rows("cameo")
    }


@lru_cache(maxsize=1)
def _realis() -> dict[str, dict[str, str]]:
    return {r["type"]: r for r in rows("realis")}


def rewritten(type_: str, realm: Realm, mode: str | None = None) -> str:
    """The type of an act that is still to come, or was not done; a mode may have a row of its own.

    >>> rewritten("ASSAULT", "future"), rewritten("COOPERATE", "negated_past")
    ('THREATEN', 'SANCTION')
    """
    return _realis().get(f"{type_}-{mode}", _realis()[type_])[realm]


@lru_cache(maxsize=1)
def _derived() -> dict[tuple[str, str, str], Derived]:
    return {
        (r["type"], r["of"], r["mode_of"]): Derived(r["suffix"], r["mode"] or None) for r in rows("derived")
    }


_ROOTS = {"AGREE": "03", "REQUEST": "02", "REJECT": "12", "THREATEN": "13"}


def derived(type_: str, of: str, mode_of: str | None, cameo: str | None) -> tuple[str | None, str | None]:
    """CAMEO code and mode for speaking of an act, the code's root kept: a demand stays a demand.

    >>> derived("REQUEST", "RETREAT", "release", "100")
    ('1053', 'yield')
    """
    table = _derived()
    found = table.get((type_, of, mode_of or "")) or table.get((type_, of, ""))
    root = cameo[:2] if cameo and type_ == "REQUEST" else _ROOTS.get(type_)
    if found is None or root is None:
        return cameo, None
    return root + found.suffix, found.mode


@lru_cache(maxsize=1)
def cow() -> dict[str, str]:
    """Correlates of War numbers by ISO 3166 alpha-3 code."""
    return {r["country"]: r["cow"] for r in rows("countries") if r["cow"]}


@lru_cache(maxsize=1)
def cameo_countries() -> dict[str, str]:
    """CAMEO's country codes where they are not ISO 3166 alpha-3."""
    return {r["country"]: r["cameo"] for r in rows("countries") if r["cameo"]}


@lru_cache(maxsize=1)
def sectors() -> dict[str, dict[str, str]]:
    """PLOVER's sectors with CAMEO's type and group codes and ICEWS' names; CAMEO's MED is media."""
    return {r["sector"]: r for r in rows("sectors")}
