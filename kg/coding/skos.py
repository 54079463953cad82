"""The event tables as SKOS: ontologies/plover.ttl and ontologies/cameo.ttl.

`python -m kg.coding.skos FOLDER` writes both. They are written as text, in the tables' order, so
that a change of a row is a change of a line.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import iris
from kg.coding import types
from kg.coding.types import Code, Context, Mode, Type

_PLOVER_HEADER = """# PLOVER's event types, modes and contexts as SKOS concepts.
# PLOVER is by the Open Event Data Alliance, https://github.com/openeventdata/PLOVER, under the
# Creative Commons licence CC BY-SA 4.0, and so is this file: https://creativecommons.org/licenses/by-sa/4.0/
# The definitions are worded anew. Written by kg.coding.skos from data/events/.
"""
_CAMEO_HEADER = """# CAMEO's event codes as SKOS concepts, mapped to PLOVER.
# The codes and Goldstein's scores are facts; the labels are our own, under CC0 1.0:
# https://creativecommons.org/publicdomain/zero/1.0/
# Written by kg.coding.skos from data/events/.
"""
_LICENCES = {
    "plover": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cameo": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_USED = ("kg", "plover", "cameo", "skos", "dct")


def plover() -> str:
    """plover.ttl: 16 types with quad class and score, their modes, 37 contexts."""
    scheme = _scheme("plover", "PLOVER", "Types, modes and contexts of political events")
    terms = [
        *_quads(),
        *(_type(t) for t in types.types().values()),
        *map(_mode, types.modes().values()),
        *map(_context, types.contexts()),
    ]
    return "\n".join([_PLOVER_HEADER, _prefixes(), scheme, *terms])


def cameo() -> str:
    """cameo.ttl: 20 roots and their codes with Goldstein's scores, each mapped to a PLOVER type or mode."""
    scheme = _scheme("cameo", "CAMEO", "Codes of political events, with labels of our own")
    return "\n".join([_CAMEO_HEADER, _prefixes(), scheme, *map(_code, types.codes().values())])


def _plover(iri: str) -> str:
    return f"plover:{iri.removeprefix(iris.PLOVER)}"


def _prefixes() -> str:
    return "".join(f"@prefix {p}: <{iris.PREFIXES[p]}> .\n" for p in _USED)


def _scheme(prefix: str, title: str, description: str) -> str:
    return _term(
        f"<{iris.PREFIXES[prefix]}>",
        [
            ("a", "skos:ConceptScheme"),
            ("dct:title", _text(title)),
            ("dct:description", _text(description)),
            ("dct:license", f"<{_LICENCES[prefix]}>"),
        ],
    )


def _term(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(f"{p} {o}" for p, o in pairs) + " .\n"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


def _concept(prefix: str, label: str, definition: str = "") -> Iterator[tuple[str, str]]:
    yield "a", "skos:Concept"
    yield "skos:inScheme", f"<{iris.PREFIXES[prefix]}>"
    yield "skos:prefLabel", _text(label)
    if definition:
        yield "skos:definition", _text(definition)


def _quads() -> Iterator[str]:
    for number, label in types.QUADS.items():
        yield _term(f"plover:quad-{number}", [*_concept("plover", label), ("skos:notation", f'"{number}"')])


def _type(kind: Type) -> str:
    return _term(
        f"plover:{kind.name}",
        [
            *_concept("plover", kind.name, kind.definition),
            ("skos:topConceptOf", f"<{iris.PLOVER}>"),
            ("kg:quadClass", f"plover:quad-{kind.quad}"),
            ("kg:score", str(kind.score)),
        ],
    )


def _mode(mode: Mode) -> str:
    pairs = [*_concept("plover", mode.mode, mode.definition), ("skos:broader", f"plover:{mode.type}")]
    return _term(_plover(iris.event_mode(mode.type, mode.mode)), pairs)


def _context(context: Context) -> str:
    pairs = _concept("plover", context.name.replace("_", " "), context.definition)
    return _term(_plover(iris.event_context(context.name)), pairs)


def _code(code: Code) -> str:
    above = _above(code.code)
    pairs = [
        *_concept("cameo", code.label),
        ("skos:notation", f'"{code.code}"'),
        ("skos:broader", f"cameo:{above}") if above else ("skos:topConceptOf", f"<{iris.CAMEO}>"),
        ("kg:goldstein", str(code.goldstein)),
    ]
    if code.type:
        match = iris.event_mode(code.type, code.mode) if code.mode else iris.event_type(code.type)
        pairs.append(("skos:broadMatch" if above else "skos:closeMatch", _plover(match)))
    return _term(f"cameo:{code.code}", pairs)


def _above(code: str) -> str | None:
    """The next broader code: 1384 → 138 → 13."""
    return next((code[:n] for n in range(len(code) - 1, 1, -1) if code[:n] in types.codes()), None)


def write(folder: Path) -> list[Path]:
    """Writes both files into a folder and gives their paths."""
    files = [(folder / "plover.ttl", plover()), (folder / "cameo.ttl", cameo())]
    for path, text in files:
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in files]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
