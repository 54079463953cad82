"""The README tells the truth: its examples are run, and every verb and named thing is in it.

`KG_UPDATE_README=1 pytest tests/test_docs.py` writes the outputs that the examples give now.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from kg import catalogue
from kg.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder that has the sample articles where the README's reader has them."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(ROOT / "data")
    return folder


def run(command: str, folder: Path) -> str:
    """What a shell command prints, in a window of 100 columns."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def test_console_examples_give_what_the_readme_shows(workspace: Path) -> None:
    text = README.read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        fresh = "".join(f"$ {c}\n{tidy(run(c, workspace))}\n" for c, _ in steps(block))
        if os.environ.get("KG_UPDATE_README"):
            text = text.replace(block, fresh)
            README.write_text(text, encoding="utf-8")
        else:
            assert tidy(block) == tidy(fresh)


def test_python_examples_run_and_print_what_their_comments_say(workspace: Path) -> None:
    text = README.read_text(encoding="utf-8")
    for code in PYTHON.findall(text):
        (workspace / "example.py").write_text(code, encoding="utf-8")
        printed = tidy(run(f"{sys.executable} example.py", workspace)).splitlines()
        shown = [line.removeprefix("# → ") for line in code.splitlines() if line.startswith("# → ")]
        if os.environ.get("KG_UPDATE_README"):
            bare = "".join(f"{line}\n" for line in code.splitlines() if not line.startswith("# → "))
            fresh = bare + "".join(f"# → {p}\n" for p in printed)
            README.write_text(README.read_text(encoding="utf-8").replace(code, fresh), encoding="utf-8")
        else:
            assert printed == shown


COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_help_with_an_example(name: str) -> None:
    assert f"`kg {name}" in README.read_text(encoding="utf-8")
    assert f"Example: kg {name}" in (COMMANDS[name].help or "")


@pytest.mark.parametrize("kind", sorted(catalogue.KINDS))
def test_everything_listed_is_explained(kind: str) -> None:
    for name, explanation in catalogue.entries(kind):
        assert explanation, f"{kind}: {name} has no explanation"
