"""CPU seconds until a command has said what it can say without reading anything: the best of five.

python -m tests.benchmarks.startup
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = (
    "--version", "-h", "list", "list views", "list queries", "extract gone.txt", "build gone.txt",
    "extract a.txt --model nothing", "events a.txt --format yaml", "query ASK{} --store gone",
    "build a.txt --store a.txt",
)  # fmt: skip


def cpu(arguments: list[str], folder: str) -> float:
    """CPU seconds of one run of kg, its children's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "kg", *arguments]
    subprocess.run(command, cwd=folder, env=here, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text("Norway recalled its envoy.", encoding="utf-8")
        for command in COMMANDS:
            seconds = min(cpu(command.split(), folder) for _ in range(5))
            print(f"{seconds:5.2f} s  kg {command}")


if __name__ == "__main__":
    main()
