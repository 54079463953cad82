"""The documentation tells the truth: examples are run, links lead somewhere, commands exist.

`KG_UPDATE_DOCS=1 pytest tests/test_docs.py` writes the outputs that the examples give now.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.main import get_command

from kg import catalogue
from kg.cli import app
from tests.benchmarks.scores import EVALUATIONS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
HISTORY = ROOT / "CHANGELOG.md"  # speaks of commands that were
UPDATE = os.environ.get("KG_UPDATE_DOCS") == "1"

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
FENCED = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")

each_page = pytest.mark.parametrize("page", DOCS, ids=lambda p: p.name)


# ── examples ──


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty folder that has the sample articles where the reader of a page has them."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    return tmp_path


def run(command: str, folder: Path) -> str:
    """What a shell command prints, in a window of 100 columns."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def steps(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block: as shown, with `> ` before a command's further lines, and as run."""
    for shown in re.findall(r"^\$ .*\n(?:> .*\n)*", block, flags=re.MULTILINE):
        yield shown, re.sub(r"^[$>] ", "", shown, flags=re.MULTILINE).strip()


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def replace(page: Path, old: str, new: str) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@each_page
def test_console_examples_give_what_the_page_shows(page: Path, workspace: Path) -> None:
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        fresh = "".join(f"{shown}{tidy(run(command, workspace))}\n" for shown, command in steps(block))
        if UPDATE:
            replace(page, block, fresh)
        else:
            assert tidy(block) == tidy(fresh)


@each_page
def test_python_examples_run_and_print_what_their_comments_say(page: Path, workspace: Path) -> None:
    for code in PYTHON.findall(page.read_text(encoding="utf-8")):
        (workspace / "example.py").write_text(code, encoding="utf-8")
        printed = tidy(run(f"{sys.executable} example.py", workspace)).splitlines()
        lines = code.splitlines()
        shown = [line.removeprefix("# → ") for line in lines if line.startswith("# → ")]
        if UPDATE:
            bare = [line for line in lines if not line.startswith("# → ")]
            replace(page, code, "".join(f"{line}\n" for line in [*bare, *(f"# → {p}" for p in printed)]))
        else:
            assert printed == shown


# ── commands ──

COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands(page: Path) -> list[str]:
    """What a page tells its reader to type: lines of fenced blocks, and code within sentences."""
    text = page.read_text(encoding="utf-8")
    fenced = [line for block in FENCED.findall(text) for line in block.splitlines()]
    return [line.removeprefix("$ ").strip() for line in fenced] + CODE.findall(FENCED.sub("", text))


def unknown(command: str) -> str | None:
    """What a command names that does not exist; None where all of it does, or it is none of ours."""
    bare = re.sub(r"^(?:\w+=\S* )+", "", command.partition(" #")[0])
    name, *words = bare.split() or [""]
    return CHECKS[name](words) if name in CHECKS else None


def unknown_verb(words: list[str]) -> str | None:
    """A verb of `kg` that is none, or an option that it has not."""
    if not words or not re.fullmatch(r"[a-z]+", words[0]):
        return None
    return unknown_option(COMMANDS[words[0]], words[1:]) if words[0] in COMMANDS else words[0]


def unknown_target(words: list[str]) -> str | None:
    return next((w for w in words if re.fullmatch(r"[a-z-]+", w) and w not in TARGETS), None)


def unknown_file(words: list[str]) -> str | None:
    """A script or test that git has not, or an evaluation that is none."""
    if words[:2] == ["-m", "tests.benchmarks"]:
        return next((w for w in words[2:3] if w not in EVALUATIONS and not w.isupper()), None)
    files = [w.partition("::")[0] for w in words if w.startswith(("tests/", "data/", "docs/"))]
    return next((f for f in files if f.endswith(".py") and f not in tracked()), None)


CHECKS = {"kg": unknown_verb, "make": unknown_target, "python": unknown_file, "pytest": unknown_file}


def unknown_option(command: object, words: list[str]) -> str | None:
    """The first option that neither the command nor one of its own commands has."""
    holders = [command, *getattr(command, "commands", {}).values()]
    options = {o for h in holders for p in h.params for o in p.opts} | {"--help"}  # type: ignore[attr-defined]
    return next((w for w in words if re.fullmatch(r"--?[a-z-]+", w) and w not in options), None)


@each_page
def test_every_command_on_a_page_exists(page: Path) -> None:
    assert [(c, unknown(c)) for c in commands(page) if unknown(c)] == []


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        ("kg evaluate carb gold.tsv", "evaluate"),
        ("kg extract --shiny a.txt", "--shiny"),
        ("kg actors merge a b --why c", None),
        ("KG_LONG=1 make tests", "tests"),
        ("python -m tests.benchmarks benchie gold", "benchie"),
        ("pytest tests/test_nothing.py", "tests/test_nothing.py"),
        ("kg turns news into a graph", "turns"),
    ],
)
def test_what_does_not_exist_is_found(command: str, missing: str | None) -> None:
    assert unknown(command) == missing


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_help_with_an_example(name: str) -> None:
    text = README.read_text(encoding="utf-8")
    assert f"| `kg {name}" in text
    assert f"| `kg.{name}` |" in text or name == "actors"  # whose verbs have names of their own
    assert f"Example: kg {name}" in (COMMANDS[name].help or "")


@pytest.mark.parametrize("kind", sorted(catalogue.KINDS))
def test_everything_listed_is_explained(kind: str) -> None:
    for name, explanation in catalogue.entries(kind):
        assert explanation, f"{kind}: {name} has no explanation"


def test_the_codebook_is_the_tables() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "codebook.py"))["page"]()
    assert (ROOT / "docs" / "events.md").read_text(encoding="utf-8") == page, "run python docs/codebook.py"


# ── pictures, links, and the package's name ──


def test_the_data_models_picture_is_the_scripts() -> None:
    picture = ROOT / "docs" / "data-model.svg"
    drawn = runpy.run_path(str(ROOT / "docs" / "data_model.py"))["svg"]()
    ElementTree.fromstring(drawn)
    assert picture.read_text(encoding="utf-8") == drawn, "run python docs/data_model.py"


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.relative_to(ROOT / "kg").with_suffix("").parts[0] for path in (ROOT / "kg").rglob("*.py")}
    assert [room for room in sorted(rooms) if not room.startswith("__") and f"`{room}`" not in text] == []


@lru_cache(maxsize=1)
def tracked() -> frozenset[str]:
    """The files that git has, as paths from the root; what only lies there reaches nobody."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files are tracked is not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return frozenset(listed.stdout.split("\0")[:-1])


def pages() -> list[str]:
    return sorted(name for name in tracked() if name.endswith(".md"))


def test_every_link_leads_to_a_tracked_file() -> None:
    lost = [f"{name}: {link}" for name in pages() for link in links(ROOT / name) if not leads(name, link)]
    assert lost == []


def links(page: Path) -> list[str]:
    """The targets of a page's links and pictures, those to the web left out."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    found = [a or b for a, b in LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def leads(page: str, link: str) -> bool:
    """Whether a link leads to a tracked file or a folder with one, and to a heading if it names one."""
    path, _, heading = link.partition("#")
    target = os.path.normpath(Path(page).parent / path) if path else page
    if heading:
        return target in tracked() and heading in headings(ROOT / target)
    return any(name == target or name.startswith(f"{target}/") for name in tracked())


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    lines = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in lines}


def test_a_link_into_nothing_is_found() -> None:
    assert not leads("README.md", "docs/nothing.md")
    assert not leads("README.md", "#no-such-heading")
    assert leads("README.md", "kg")


def test_the_package_is_installed_by_its_own_name() -> None:
    """`kg` on the package index is somebody else's: nothing tracked may tell a reader to install that."""
    other = re.compile(r"\b(?:pip3?|pipx|uv tool|uv pip) install (?:-\S+ )*['\"]?kg(?![\w./-])")
    assert other.search("pipx install 'kg[html]'")
    found = []
    for name in sorted(tracked()):
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):  # weights and pictures; a file that is being removed
            continue
        if name != "tests/test_docs.py" and other.search(text):
            found.append(name)
    assert found == []
