"""What needs no article comes at once: errors before the model loads, lists, versions, a user's defaults."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import catalogue, settings
from kg.errors import KgError
from tests.test_cli import ARTICLE

# Runs kg, and says at the end what it has loaded.
RUN = """
import sys
from kg.cli import main
try:
    main(sys.argv[1:])
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""
TO_READ = {"spacy", "onnxruntime", "networkx", "rdflib", "trafilatura"}  # a second or more
TO_WORK = TO_READ | {"numpy", "rapidfuzz", "kg.reading.door", "kg.actors.index"}  # a tenth and more, each
WRONG = {
    "a missing path": ("extract gone.txt", "gone.txt: no such file"),
    "one missing path of two": ("build a.txt gone.txt", "gone.txt: no such file"),
    "a missing path for the actors": ("actors list gone.txt", "gone.txt: no such file"),
    "a model that is not there": ("extract a.txt --model nothing", "'nothing' is not there"),
    "a format that is not known": ("events a.txt --format yaml", "yaml"),
    "an option that is not known": ("extract a.txt --quick", "--quick"),
    "a table that is not there": ("extract a.txt --actors gone.csv", "gone.csv"),
    "a store that is not there": ("query ASK{} --store gone", "no store at gone"),
    "a store that is a file": ("build a.txt --store a.txt", "a.txt is a file"),
    "nothing in a file": ("extract empty.txt", "empty.txt: the file is empty"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article and an empty file."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    return tmp_path


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", RUN, *command.split()],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
        env={"PYTHONPATH": root, "PYTHONUTF8": "1", "COLUMNS": "100", **environment},
    )  # fmt: skip


def loaded(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The modules that a run had loaded at its end."""
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_before_anything_is_loaded(case: str, folder: Path) -> None:
    command, told = WRONG[case]
    done = run(command, folder)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not TO_READ & loaded(done)


@pytest.mark.parametrize(
    "command", ["--version", "-h", "build -h", "list", *(f"list {kind}" for kind in catalogue.KINDS)]
)
def test_what_needs_no_article_loads_nothing(command: str, folder: Path) -> None:
    done = run(command, folder)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr.startswith("loaded ")
    assert not TO_WORK & loaded(done)


def test_the_kinds_are_listed(folder: Path) -> None:
    assert "extractors" in run("list", folder).stdout


def test_a_shell_completes_verbs_and_the_names_of_queries(folder: Path) -> None:
    def complete(words: str) -> list[str]:
        known = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        done = subprocess.run(
            [sys.executable, "-c", "import sys; sys.argv[0] = 'kg'; from kg.cli import main; main()"],
            cwd=folder, capture_output=True, text=True, check=False,
            env={"PYTHONPATH": str(Path(__file__).parents[1]), **known},
        )  # fmt: skip
        return done.stdout.split()

    assert complete("kg ext") == ["extract"]
    assert "who-demands-what" in complete("kg query --name who-")


# ── defaults ──


def test_an_option_goes_before_the_environment_and_that_before_the_file(folder: Path) -> None:
    (folder / "kg.toml").write_text('store = "from-file"\n', encoding="utf-8")
    assert "no store at from-file" in run("query ASK{}", folder).stderr
    assert "no store at from-env" in run("query ASK{}", folder, KG_STORE="from-env").stderr
    assert "no store at here" in run("query ASK{} --store here", folder, KG_STORE="from-env").stderr
    assert "'other'" in run("extract a.txt", folder, KG_MODEL="other").stderr


def test_defaults_reach_the_verbs_of_a_group(folder: Path) -> None:
    (folder / "kg.toml").write_text('judgements = "mine.jsonl"\n', encoding="utf-8")
    assert run("actors merge nor egy", folder).returncode == 0
    assert (folder / "mine.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sotre = 'x'", "no setting is called 'sotre'; there are store, model"),
        ("store = 3", "store is text in quotes, not 3"),
        ("store = ", r"no settings \(Invalid value"),
    ],
)
def test_a_file_of_defaults_that_is_wrong_is_refused_by_name(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=told):
        settings.read(tmp_path / "kg.toml")


def test_no_file_of_defaults_is_no_defaults(tmp_path: Path) -> None:
    assert settings.read(tmp_path / "kg.toml") == {}
