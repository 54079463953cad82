"""Every example runs, and says something."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda p: p.name)
def test_the_example_runs(script: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_notebook_runs_and_shows_a_table_and_a_picture() -> None:
    """Each cell runs as Jupyter runs it, and its last expression is shown by its `_repr_html_`."""
    notebook = json.loads((FOLDER / "notebook.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            *before, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(before, []), "notebook", "exec"), names)
            kind = "eval" if isinstance(last, ast.Expr) else "exec"
            tree = ast.Expression(last.value) if isinstance(last, ast.Expr) else ast.Module([last], [])
            value = eval(compile(tree, "notebook", kind), names)
            shown.append(value._repr_html_() if hasattr(value, "_repr_html_") else "")
    assert "<table>" in shown[1]
    assert "agreed to anything" in shown[1]
    assert shown[2].startswith("<svg")
    assert "<text" in shown[2]
