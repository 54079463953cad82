"""How much memory a process has taken."""

from __future__ import annotations

from pathlib import Path


def most() -> int:
    """The most memory that this process has held at once, in kB (Linux).

    ``resource.getrusage`` counts what the process that started this one held, too: a process begins as a copy
    of its parent, and its ``ru_maxrss`` lives on through ``execve``.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
