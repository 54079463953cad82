"""Files are written whole or not at all, through links and into devices, with the due permissions."""

import os
import resource
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.store import OxigraphStore
from kg.views import view
from kg.writing import writing
from tests.graph_samples import newspapers

NEW = b"new\n"


def write(path: Path | str, data: bytes = NEW) -> None:
    with writing(path) as out:
        out.write(data)


def listing(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@contextmanager
def no_file_longer_than(size: int):
    """As on a full disk: writing beyond `size` bytes fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- what is there, and where the bytes go: link → (its target, the file that then holds the bytes)

LINKS = {
    "to a file": ({"out": "old.txt"}, "old.txt"),
    "to nothing yet": ({"out": "none.txt"}, "none.txt"),
    "in another folder": ({"out": "below/old.txt"}, "below/old.txt"),
    "to nothing yet in another folder": ({"out": "below/none.txt"}, "below/none.txt"),
    "to a link": ({"out": "middle", "middle": "old.txt"}, "old.txt"),
    "through a linked folder": ({"folder": "below", "out": "folder/old.txt"}, "below/old.txt"),
}


@pytest.mark.parametrize("case", LINKS)
def test_links_are_followed_and_stay(case: str, tmp_path: Path) -> None:
    links, holder = LINKS[case]
    (tmp_path / "below").mkdir()
    for name in ("old.txt", "below/old.txt"):
        (tmp_path / name).write_bytes(b"old\n")
    for link, target in links.items():
        (tmp_path / link).symlink_to(target)
    write(tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert not (tmp_path / holder).is_symlink()
    assert (tmp_path / holder).read_bytes() == NEW
    assert not list(tmp_path.rglob(".kg-*"))


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("out")
    with pytest.raises(InputError, match="out cannot be written: Too many levels of symbolic links"):
        write(tmp_path / "out")


def test_devices_and_pipes_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "null").symlink_to("/dev/null")
    write(tmp_path / "null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join(10)
    assert found == [NEW]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["null", "pipe"]


def test_standard_output_by_its_name() -> None:
    code = "from kg.writing import writing\nwith writing('/dev/stdout') as out: out.write(b'new')"
    assert subprocess.check_output([sys.executable, "-c", code]) == b"new"


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o027, 0o640), (0o002, 0o664)])
def test_a_new_file_has_what_the_umask_says(umask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "out")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    (tmp_path / "out").chmod(mode)
    write(tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == mode


# --- names that cannot be written → what is said of them

WRONG = {
    "none/out": "No such file or directory; make its folder first",
    "file/out": "Not a directory; make its folder first",
    "folder": "Is a directory; it is a folder; name a file in it",
    "": "Is a directory; it is a folder",
    "x" * 256: "File name too long; give it a shorter name",
    "/dev/full": "No space left on device; free some space, or write elsewhere",
    "/proc/version": "cannot be written",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_written_is_told_with_the_way_out(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    before = listing(tmp_path)
    with pytest.raises(InputError, match=WRONG[name]) as refused:
        write(tmp_path / name)
    assert str(tmp_path / name) in str(refused.value)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["a" * 255, "-", "~", "a b", "a\nb", "\x1b[31m", "%s", "naïve.ttl", "\udcff"]
)
def test_odd_names_are_names(name: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == [name]


# --- nothing is lost, and nothing is left over


@pytest.mark.parametrize("size", [0, 1, 4096, 100_000])
def test_a_full_disk_costs_nothing_that_was_there(size: int, tmp_path: Path) -> None:
    write(tmp_path / "out", b"old" * 50_000)
    before = listing(tmp_path)
    told = r"File too large; .* what was there is as it was"
    with pytest.raises(InputError, match=told), no_file_longer_than(size):
        write(tmp_path / "out", b"new" * 50_000)
    assert listing(tmp_path) == before


def test_a_page_on_a_full_disk_leaves_the_old_page_and_its_layout(tmp_path: Path) -> None:
    store = OxigraphStore()
    for article in newspapers():
        store.put(article.quads())
    view(store, tmp_path / "graph.html")
    before = listing(tmp_path)
    with pytest.raises(InputError, match=r"graph\.html cannot be written"), no_file_longer_than(1000):
        view(store, tmp_path / "graph.html", title="Another")
    assert listing(tmp_path) == before


def test_an_error_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "out", b"old")
    with pytest.raises(TypeError), writing(tmp_path / "out") as out:
        out.writelines([b"half", None])  # type: ignore[list-item]
    assert listing(tmp_path) == {"out": b"old"}


HOLDER = """
import sys, time
from kg.writing import writing
with writing(sys.argv[1]) as out:
    out.write(b"half")
    print("go", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_left_is_cleared_and_what_another_writes_is_not(tmp_path: Path) -> None:
    def start(name: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path / name], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        return process

    with start("one") as killed, start("two") as writer:
        killed.kill()
        killed.wait()
        assert len(list(tmp_path.glob(".kg-*"))) == 2
        write(tmp_path / "three")
        assert len(list(tmp_path.glob(".kg-*"))) == 1
        writer.kill()
    write(tmp_path / "three")
    assert listing(tmp_path) == {"three": NEW}
