"""Dask: the same bytes from one process, several, and a cluster of two workers; what is wrong is one line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import cluster
from kg.errors import KgError
from tests.test_workers import content, run, write_articles

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module", autouse=True)
def _dask() -> None:
    """Dask, or a word about it."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        missing = "no Dask: pip install 'geopolitical-kg[dask]'"
        if os.environ.get("KG_REQUIRE_DASK") == "1":
            pytest.fail(f"KG_REQUIRE_DASK=1, and there is {missing}")
        pytest.skip(missing)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    host, port = address.removeprefix("tcp://").split(":")
    commands = [
        ["dask_scheduler", "--host", host, "--port", port, "--no-dashboard"],
        *[["dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]] * 2,
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *rest],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for name, *rest in commands
    ]  # fmt: skip
    try:
        wait_for(address, 2)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for(address: str, count: int) -> None:
    """Until so many workers have joined."""
    look = (
        "import sys; from distributed import Client; client = Client(sys.argv[1], timeout='60s'); "
        "client.wait_for_workers(int(sys.argv[2]), timeout=60)"
    )
    subprocess.run([sys.executable, "-c", look, address, str(count)], check=True, capture_output=True)


def test_a_cluster_gives_the_same_bytes_as_one_process(tmp_path: Path, scheduler: str) -> None:
    write_articles(tmp_path / "news", 10)
    once = run(tmp_path, "extract", "news", "--format", "jsonl", "--workers", "1")
    assert len(once[0].splitlines()) > 10
    assert run(tmp_path, "extract", "news", "--format", "jsonl", "--dask", scheduler) == once
    for name, *where in (("s1", "--workers", "1"), ("s2", "--dask", scheduler)):
        assert run(tmp_path, "build", "news", "--store", name, *where)[2] == 0
    assert content(tmp_path / "s1") == content(tmp_path / "s2")


def test_a_local_cluster_gives_the_same_bytes_and_ends(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 6)
    once = run(tmp_path, "extract", "news", "--format", "jsonl", "--workers", "1")
    assert run(tmp_path, "extract", "news", "--format", "jsonl", "--dask", "local") == once


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 2)
    started = time.monotonic()
    out, told, code = run(tmp_path, "extract", "news", "--dask", "tcp://127.0.0.1:9")
    assert (out, code) == ("", 1)
    assert told.splitlines()[-1].startswith("kg: no Dask scheduler answers at tcp://127.0.0.1:9")
    assert time.monotonic() - started < 120


@pytest.mark.parametrize(
    "address",
    ["", "foo", "tcp://[::1", "tcp://a:b", "tcp://me:SECRET@127.0.0.1:1", "tcp://none.invalid:1", "ftp://x:1",
     "inproc://x", "ucx://127.0.0.1:9", "tls://127.0.0.1:9", "\x1b[31m"],
)  # fmt: skip
def test_an_address_that_is_none_is_told_at_once(address: str) -> None:
    started = time.monotonic()
    with pytest.raises(KgError, match=r"--dask .*: (no scheduler's address|needs certificates); ") as told:
        list(cluster.ordered([1], int, max, address))
    assert "SECRET" not in str(told.value)
    assert time.monotonic() - started < 10


def test_workers_and_a_cluster_are_two_things(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 1)
    _, told, code = run(tmp_path, "extract", "news", "--dask", "local", "--workers", "2")
    assert (code, told) == (1, "kg: --workers and --dask: give one of them\n")
