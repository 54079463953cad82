"""What a process that runs strangers' queries may not do: outlive its parent, take all memory, open a socket.

Nothing of it can be taken back. Memory is limited where the system can (Linux; macOS takes the limit and
does not keep it), sockets and the end of the parent are Linux's alone: elsewhere the guard and the parent's
own care are all there is.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 22, 38, 2  # linux/prctl.h, linux/seccomp.h
# By machine: the architecture's number for seccomp, then the numbers of socket and io_uring_setup.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
_LOAD, _EQUAL, _GREATER, _RETURN = 0x20, 0x15, 0x25, 0x06  # linux/bpf_common.h
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EACCES
_FOREIGN = 0x3FFFFFFF  # above it are the calls of the x32 ABI


def enter(parent: int, memory: int | None, sockets: bool) -> None:
    """Close the cage around this process: it ends with `parent`, and may use `memory` more bytes."""
    _limit_memory(memory)
    if sys.platform == "linux":
        _prctl(_PDEATHSIG, signal.SIGKILL)
        if not sockets:
            _close_sockets()
    if os.getppid() != parent:
        os._exit(1)  # it ended before the kernel was told


def _limit_memory(memory: int | None) -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            wanted = memory + _in_use()
            resource.setrlimit(
                resource.RLIMIT_AS,
                (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most),
            )


def _in_use() -> int:
    """The address space that this process has already, in bytes; 0 where the system does not tell."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _close_sockets() -> None:
    """From here on the kernel answers EACCES to whoever asks it for a socket."""
    if platform.machine() not in _CALLS:
        return
    architecture, socket, io_uring = _CALLS[platform.machine()]
    program = (  # code, jump if true, jump if false, value
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),
        (_GREATER, 3, 0, _FOREIGN),
        (_EQUAL, 2, 0, socket),
        (_EQUAL, 1, 0, io_uring),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    whole = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    _prctl(_NO_NEW_PRIVILEGES, 1)
    _prctl(_SECCOMP, _FILTER, ctypes.addressof(whole))


def _prctl(option: int, *arguments: int) -> None:
    ctypes.CDLL(None).prctl(option, *(ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]))
