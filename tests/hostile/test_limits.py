"""Queries in a process of their own: limits, Ctrl-C, a parent that is killed, and code that lies about."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.store import OxigraphStore, open_store
from tests.graph_samples import newspapers

KG = [sys.executable, "-P", "-m", "kg"]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c != ?l) }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a few articles."""
    folder = tmp_path_factory.mktemp("stores") / "store"
    with open_store(folder, create=True) as store:
        for article in newspapers():
            store.put(article.quads())
    return folder


def kg(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KG, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, timeout=60)


# --- nothing brings kg down: chains and nests, a size that overflows Oxigraph's stack, or takes for ever

N = 10_000
CHAINS = {
    "||": "ASK { FILTER(" + "||".join(["true"] * N) + ") }",
    "&&": "ASK { FILTER(" + "&&".join(["true"] * N) + ") }",
    "+": "ASK { FILTER(1" + "+1" * N + ") }",
    "*": "ASK { FILTER(1" + "*1" * N + ") }",
    "!": "ASK { FILTER(" + "!" * N + "true) }",
    "(": "ASK { FILTER(" + "(" * N + "1" + ")" * N + ") }",
    "IF": "ASK { FILTER(" + "IF(1,1," * N + "1" + ")" * N + ") }",
    "NOT IN": "ASK { FILTER(1" + " NOT IN (1" * N + ")" * N + ") }",
    "UNION": "ASK { " + " UNION ".join(["{}"] * N) + " }",
    "MINUS": "ASK { " + "MINUS {?s ?p ?o} " * N + "}",
    "OPTIONAL": "ASK { " + "OPTIONAL {?s ?p ?o} " * N + "}",
    "FILTER": "ASK { " + "FILTER(true) " * N + "}",
    "FILTER EXISTS": "ASK { " + "FILTER EXISTS {?s ?p ?o} " * N + "}",
    "BIND": "ASK { " + "".join(f"BIND(1 AS ?x{i}) " for i in range(N)) + "}",
    "VALUES": "ASK { " + "VALUES ?x {1} " * N + "}",
    "GRAPH": "ASK { " + "GRAPH ?g {} " * N + "}",
    "LATERAL": "ASK { " + "LATERAL {} " * N + "}",
    "{": "ASK " + "{" * N + "}" * N,
    "{ unclosed": "ASK " + "{" * N,
    "SELECT": "SELECT * " + "{ SELECT * " * N + "{}" + "}" * N,
    "AS": "SELECT " + " ".join(f"(1 AS ?x{i})" for i in range(N)) + " {}",
    "SUM": "SELECT " + " ".join(f"(SUM(1) AS ?x{i})" for i in range(N)) + " {}",
    "path /": "ASK { ?s " + "/".join(["<a:b>"] * N) + " ?o }",
    "path |": "ASK { ?s " + "|".join(["<a:b>"] * N) + " ?o }",
    "path ^(": "ASK { ?s " + "^(" * N + "<a:b>" + ")" * N + " ?o }",
    "[": "ASK { ?s ?p " + "[ ?p " * N + "1 " + "]" * N + " }",
    "collection": "ASK { ?s ?p " + "(" * N + "1" + ")" * N + " }",
    "<<(": "ASK { ?s ?p " + "<<( ?s ?p " * N + "1" + " )>>" * N + " }",
    "{|": "ASK { ?s ?p ?o " + "{| ?p ?o " * N + "|} " * N + " }",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_a_long_chain_is_an_error_and_brings_nothing_down(chain: str) -> None:
    store = OxigraphStore()
    with contextlib.suppress(QueryError):  # some of them Oxigraph answers
        store.query(CHAINS[chain], timeout=1)
    assert store.query("ASK {}")


@pytest.mark.parametrize("chain", ["||", "UNION"])
def test_a_long_chain_is_told_from_the_shell(chain: str, folder: Path) -> None:
    (folder.parent / "chain.rq").write_text(CHAINS[chain])
    done = kg("query", "--file", folder.parent / "chain.rq", "--store", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: the query brought its process down: it is too large or nested too deep\n"


@pytest.mark.parametrize("chain", ["||", "UNION", "IF", "{ unclosed"])
def test_a_library_without_limits_is_not_brought_down_either(chain: str) -> None:
    store = OxigraphStore()
    with contextlib.suppress(QueryError):
        store.query(CHAINS[chain])
    with contextlib.suppress(QueryError):
        store.query(CHAINS[chain].replace("ASK", "ASK # from a service\n"))
    assert store.query("ASK {}")


# --- limits from the shell


def test_time_and_memory_have_limits(folder: Path) -> None:
    done = kg("query", SLOW, "--store", folder, "--timeout", "0.5")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "kg: the query took longer than 0.5 s; make it narrower or give it longer (--timeout)\n"
    )
    started = time.perf_counter()
    done = kg("query", HUGE, "--store", folder, "--memory", "0.2")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "kg: the query needs more than 0.2 GB of memory; make it narrower or allow it more (--memory)\n"
    )
    assert time.perf_counter() - started < 30


@pytest.mark.parametrize("option", ["--timeout", "--memory"])
@pytest.mark.parametrize("value", ["nan", "inf", "-1", "-inf", "1e400"])
def test_a_limit_that_is_no_number_is_told(option: str, value: str, folder: Path) -> None:
    done = kg("query", "ASK {}", "--store", folder, f"{option}={value}")
    assert done.returncode in (1, 2)
    assert option.strip("-") in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "limits", [[], ["--timeout", "0"], ["--memory", "0"], ["--timeout", "0", "--memory", "0"]]
)
def test_without_limits_a_query_is_answered_as_well(limits: list[str], folder: Path) -> None:
    assert kg("query", "ASK {}", "--store", folder, *limits).stdout.split()[-1] == "yes"


# --- Ctrl-C, and a parent that ends


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in found]


def wait_for_child(process: subprocess.Popen[str]) -> int:
    for _ in range(600):
        if found := children(process.pid):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no query began")


def started(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """A slow query without limits, and the process that works at it."""
    command = [*KG, "query", SLOW, "--store", str(folder), "--timeout", "0"]
    process = subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    child = wait_for_child(process)
    time.sleep(1)
    return process, child


def is_gone(process: int) -> bool:
    for _ in range(100):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.05)
                continue
        return True
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("to", ["the group, as a terminal does", "kg alone"])
def test_ctrl_c_ends_a_query_at_once_and_is_told(to: str, folder: Path) -> None:
    process, child = started(folder)
    (os.kill if to == "kg alone" else os.killpg)(process.pid, signal.SIGINT)
    began = time.perf_counter()
    out, err = process.communicate(timeout=20)
    assert time.perf_counter() - began < 2
    assert (process.returncode, out, err) == (130, "", "kg: interrupted\n")
    assert is_gone(child)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_query_ends_with_its_parent(how: signal.Signals, folder: Path) -> None:
    process, child = started(folder)
    os.kill(process.pid, how)
    process.communicate(timeout=20)
    assert is_gone(child)


# --- code that lies where the user stands

MODULES = [
    *(
        "pyoxigraph",
        "rdflib",
        "typer",
        "rich",
        "kg",
        "json",
        "pickle",
        "random",
        "logging",
        "multiprocessing",
    ),
    *(
        "subprocess",
        "socket",
        "signal",
        "numpy",
        "networkx",
        "httpx",
        "sitecustomize",
        "usercustomize",
        "spacy",
    ),
]
VERBS = {
    "a query": ["query", "ASK {}"],
    "a query with limits": ["query", "ASK {}", "--timeout", "20", "--memory", "1"],
    "an export": ["export", "-o", "out.ttl"],
    "a page": ["view", "-o", "out.html"],
    "a check": ["check"],
    "a list": ["list", "queries"],
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_code_from_the_current_folder_runs(verb: str, folder: Path, tmp_path: Path) -> None:
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'RAN')!r}, 'a').write('{name} ')\n")
    (tmp_path / "kg-store").symlink_to(folder)
    script = Path(sys.executable).parent / "kg"
    for command in ([str(script)], KG):
        done = subprocess.run([*command, *VERBS[verb]], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert not (tmp_path / "RAN").exists(), (tmp_path / "RAN").read_text()


def test_a_program_that_stands_beside_kg_can_ask_with_limits(folder: Path, tmp_path: Path) -> None:
    """As a notebook in a checkout: kg is found by the path of the folder that it stands in."""
    root = Path(__file__).parents[2]
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit('ran')")
    code = (
        f"import sys; sys.path.append({str(root)!r}); from kg.store import open_store\n"
        f"with open_store({str(folder)!r}) as store: print(bool(store.query('ASK {{}}', timeout=20)))"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "True\n", done.stderr


def test_python_m_kg_imports_nothing_from_the_current_folder(tmp_path: Path) -> None:
    for name in set(MODULES) - {"kg", "sitecustomize", "usercustomize"}:
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'RAN')!r}, 'a').write('{name} ')\n")
    done = subprocess.run([sys.executable, "-m", "kg", "list", "exports"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "RAN").exists(), (tmp_path / "RAN").read_text()
