"""PLOVER's types, modes and contexts, CAMEO's codes and the realis rewriting, from data/events/.

Types, scores and modes are PLOVER's (Open Event Data Alliance, CC BY-SA 4.0), defined here in words
of our own; SANCTION has quad class 4 and ACCUSE the score -3, where pages of the manual differ. CAMEO's
codes and Goldstein scores are facts; their labels are ours.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import tables

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
MATERIAL_CONFLICT = 4
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
class Mode:
    """A finer kind of a type: of CONSULT a visit or a phone call."""

    type: str
    mode: str
    definition: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an event may be about besides."""

    name: str
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
class Rewriting:
    """Which type an act is by its realm; `type` is a type, or TYPE-mode for a mode of its own."""

    type: str
    past: str
    future: str
    negated_past: str
    negated_future: str


@dataclass(frozen=True, slots=True)
class Derived:
    """How a request, promise, refusal or threat of an act is coded: the end of the code, and its mode."""

    type: str
    of: str
    mode_of: str | None
    suffix: str
    mode: str | None
    example: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector with CAMEO's codes for role and group and ICEWS' name; CAMEO's MED is media."""

    sector: str
    cameo: str | None
    group: str | None
    icews: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country (ISO 3166 alpha-3) with its Correlates of War number and CAMEO's code where it differs."""

    country: str
    cow: str | None
    cameo: str | None


@cache
def types() -> dict[str, Type]:
    """The 16 types by name, in PLOVER's order. Raises TableError, as all tables here."""

    def fault(row: Type) -> str | None:
        return None if row.quad in QUADS else f"quad {row.quad} is none of {', '.join(map(str, QUADS))}"

    return {row.name: row for row in tables.table("events/types", Type, fault)}


@cache
def modes() -> dict[tuple[str, str], Mode]:
    """All modes by type and mode."""
    found = tables.table("events/modes", Mode, lambda row: fault_of_type(row.type))
    return {(row.type, row.mode): row for row in found}


def contexts() -> tuple[Context, ...]:
    """The contexts, in PLOVER's order."""
    return tables.table("events/contexts", Context)


@cache
def codes() -> dict[str, Code]:
    """All CAMEO codes: roots of two digits ("13"), then three and four ("138", "1384")."""
    found = tables.table("events/cameo", Code, lambda row: fault_of_type(row.type, row.mode))
    return {row.code: row for row in found}


def fault_of_type(type_: str | None, mode: str | None = None) -> str | None:
    """What is wrong with a type and mode that a row names; None where there are both, or neither.

    >>> fault_of_type("CONSULT", "visit"), fault_of_type("CONSULT", "release")
    (None, "CONSULT has no mode 'release'")
    """
    if type_ is not None and type_ not in types():
        return f"there is no type {type_!r}"
    if mode is not None and (type_ or "", mode) not in modes():
        return f"{type_} has no mode {mode!r}"
    return None


@cache
def _realis() -> dict[str, Rewriting]:
    def fault(row: Rewriting) -> str | None:
        of, _, mode = row.type.partition("-")
        reasons = (fault_of_type(of, mode or None), *map(fault_of_type, (row.past, row.future)))
        others = map(fault_of_type, (row.negated_past, row.negated_future))
        return next((reason for reason in (*reasons, *others) if reason), None)

    return {row.type: row for row in tables.table("events/realis", Rewriting, fault)}


def rewritten(type_: str, realm: Realm, mode: str | None = None) -> str:
    """The type of an act that is still to come, or was not done; a mode may have a row of its own.

    >>> rewritten("ASSAULT", "future"), rewritten("COOPERATE", "negated_past")
    ('THREATEN', 'SANCTION')
    """
    row = _realis().get(f"{type_}-{mode}", _realis()[type_])
    becomes: str = getattr(row, realm)
    return becomes


@cache
def derivations() -> dict[tuple[str, str, str | None], Derived]:
    """The rows of derived.csv by type, the type of the act spoken of, and its mode."""

    def fault(row: Derived) -> str | None:
        return fault_of_type(row.type, row.mode) or fault_of_type(row.of, row.mode_of)

    return {(row.type, row.of, row.mode_of): row for row in tables.table("events/derived", Derived, fault)}


_ROOTS = {"AGREE": "03", "REQUEST": "02", "REJECT": "12", "THREATEN": "13"}


def derived(type_: str, of: str, mode_of: str | None, cameo: str | None) -> tuple[str | None, str | None]:
    """CAMEO code and mode for speaking of an act, the code's root kept: a demand stays a demand.

    >>> derived("REQUEST", "RETREAT", "release", "100")
    ('1053', 'yield')
    """
    table = derivations()
    found = table.get((type_, of, mode_of)) or table.get((type_, of, None))
    root = cameo[:2] if cameo and type_ == "REQUEST" else _ROOTS.get(type_)
    if found is None or root is None:
        return cameo, None
    return root + found.suffix, found.mode


@cache
def _countries() -> tuple[Country, ...]:
    return tables.table("events/countries", Country)


@cache
def cow() -> dict[str, str]:
    """Correlates of War numbers by ISO 3166 alpha-3 code."""
    return {row.country: row.cow for row in _countries() if row.cow}


@cache
def cameo_countries() -> dict[str, str]:
    """CAMEO's country codes where they are not ISO 3166 alpha-3."""
    return {row.country: row.cameo for row in _countries() if row.cameo}


@cache
def sectors() -> dict[str, Sector]:
    """PLOVER's sectors by code."""
    return {row.sector: row for row in tables.table("events/sectors", Sector)}
