"""Imports point left only, and spaCy, RDF libraries and IRIs stay in their rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "kg"
# From left to right; a module may import from its own layer and from those before it.
LAYERS = (
    "cells copies errors ids iris resources settings shown small_files writing",
    "workers cluster",
    "model tables learned",
    "parsing.upper parsing.models parsing.signals parsing.tree",
    "english",
    "time",
    "parsing",
    "reading",
    "claims",
    "actors",
    "coding",
    "rdf",
    "store",
    "exports views",
    "records listing",
    "pipeline decisions",
    "corpus marked",
    "catalogue terminal",
    "cli __init__ __main__",
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names.split()}
# Who may import a library; everybody else asks them.
ROOMS = {
    "spacy": {"parsing"},
    "onnxruntime": {"parsing"},
    "pyoxigraph": {"rdf", "store", "exports"},
    "rdflib": {"rdf", "store", "exports"},
    "pyshacl": {"store"},
    "pyvis": {"views"},
    "typer": {"cli"},
    "distributed": {"cluster"},
    "dateparser": {"time"},
}
FORMS = "docx feedparser lxml odfdo openpyxl pdfminer py3langid striprtf trafilatura webvtt"
ROOMS |= {library: {"reading"} for library in f"{FORMS} certifi protego urllib3".split()}
FILES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    """The module of kg that a file belongs to: `kg/store/guard.py` belongs to `store`."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def rank(name: str) -> int | None:
    """The layer of a dotted name below `kg`: that of its longest beginning in LAYERS."""
    parts = name.split(".")
    return next((RANK[n] for k in range(len(parts), 0, -1) if (n := ".".join(parts[:k])) in RANK), None)


def imports(path: Path) -> list[str]:
    """The dotted names that a file imports, whether at its top or inside a function."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_left(path: Path) -> None:
    here = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert rank(here) is not None, f"{here} has no place in LAYERS"
    for name in imports(path):
        if name.startswith("kg."):
            there = name.removeprefix("kg.")
            assert rank(there) <= rank(here), f"{here} imports {there}, which is to its right"


def test_a_file_name_stands_once() -> None:
    names = [path.name for path in FILES if path.name != "__init__.py"]
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for name in imports(path):
        allowed = ROOMS.get(name.split(".")[0])
        assert allowed is None or room(path) in allowed, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_iris_stay_in_iris(path: Path) -> None:
    if room(path) == "iris":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if id(node) not in prose and isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "w3id.org" not in node.value, f"{path.name}:{node.lineno} writes an IRI: put it in iris.py"
            assert "www.w3.org/1999" not in node.value, f"{path.name}:{node.lineno} writes an IRI"
