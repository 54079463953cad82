"""Imports point left only, and spaCy, RDF libraries and IRIs stay in their rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "kg"
# From left to right; a module may import from its own layer and from those before it.
LAYERS = (
    "errors ids iris dates",
    "model parse",
    "resources clearnlp truecase",
    "reading nlp parsing",
    "extraction",
    "actors coding",
    "rdf",
    "store",
    "queries exports views checks",
    "serialise tables benchmarks",
    "pipeline",
    "evaluation",
    "catalogue",
    "cli __init__ __main__",
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names.split()}
# Who may import a library; everybody else asks them.
ROOMS = {
    "spacy": {"nlp", "parsing"},
    "onnxruntime": {"parsing"},
    "pyoxigraph": {"rdf", "store", "exports", "checks"},
    "rdflib": {"rdf", "store", "exports", "checks"},
    "pyshacl": {"checks"},
    "pyvis": {"views"},
    "typer": {"cli"},
    "dateparser": {"dates"},
}
FILES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    """The module of kg that a file belongs to: `kg/store/guard.py` belongs to `store`."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


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
    here = room(path)
    assert here in RANK, f"{here} has no place in LAYERS"
    for name in imports(path):
        if name.startswith("kg."):
            there = name.split(".")[1]
            assert RANK[there] <= RANK[here], f"{path.name} ({here}) imports {there}, which is to its right"


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
