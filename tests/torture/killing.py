"""Killing a process: after a random time, or at the entry of a chosen system call that changes files (through ptrace).

The process is a fork of the one that runs the tests, so that the package and its model are loaded already.
"""

import ctypes
import gc
import os
import platform
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

_NAMES = {
    "x86_64": {
        1: "write", 18: "pwrite", 20: "writev", 74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate", 82: "rename",
        83: "mkdir", 86: "link", 87: "unlink", 90: "chmod", 91: "fchmod", 257: "openat", 263: "unlinkat", 264: "renameat",
        265: "linkat", 268: "fchmodat", 285: "fallocate", 316: "renameat2",
    },
    "aarch64": {
        34: "mkdir", 35: "unlinkat", 37: "linkat", 38: "renameat", 45: "truncate", 46: "ftruncate", 47: "fallocate", 52: "fchmod",
        53: "fchmodat", 56: "openat", 64: "write", 66: "writev", 68: "pwrite", 82: "fsync", 83: "fdatasync", 276: "renameat2",
    },
}  # fmt: skip
_TRACEME, _SYSCALL, _SETOPTIONS, _SYSCALL_INFO = 0, 24, 0x4200, 0x420E
_GOOD_AND_EXIT_KILL = 0x1 | 0x100000
_CREATES = os.O_CREAT


class _Entry(ctypes.Structure):
    _fields_ = [
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("ip", ctypes.c_uint64),
        ("sp", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("args", ctypes.c_uint64 * 6),
    ]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: killed or not, its exit code, the calls that change files up to there, seconds."""

    killed: bool
    code: int
    calls: tuple[str, ...]
    seconds: float


def can_trace() -> bool:
    """Whether this machine lets a process trace its child."""
    if sys.platform != "linux" or platform.machine() not in _NAMES:
        return False
    try:
        return bool(run_traced(lambda: os.close(os.open("/dev/null", os.O_WRONLY | os.O_CREAT))).calls)
    except OSError:
        return False


def _fork(action: Callable[[], object], *, traced: bool) -> int:
    gc.collect()
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        if traced:
            ctypes.CDLL(None).ptrace(_TRACEME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
        action()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def run_killed_after(action: Callable[[], object], seconds: float) -> Ended:
    """Run in a process of its own and kill it after so many seconds, unless it has ended."""
    began = time.monotonic()
    process = _fork(action, traced=False)
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    killed = os.WIFSIGNALED(status)
    return Ended(killed, -1 if killed else os.WEXITSTATUS(status), (), time.monotonic() - began)


def run_traced(action: Callable[[], object], *, kill_at: int | None = None) -> Ended:
    """Run in a process of its own, note each system call that changes files, and kill the process at the entry of the one numbered ``kill_at``.

    Raises:
        OSError: If this machine does not let a process trace its child.
    """
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    names = _NAMES[platform.machine()]
    began = time.monotonic()
    process = _fork(action, traced=True)
    calls: list[str] = []
    entry = _Entry()

    def ask(request: int, address: int, data: object) -> None:
        if library.ptrace(request, process, address, data) < 0:
            number = ctypes.get_errno()
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            raise OSError(number, os.strerror(number))

    os.waitpid(process, 0)
    ask(_SETOPTIONS, 0, _GOOD_AND_EXIT_KILL)
    passed_on = 0
    while True:
        ask(_SYSCALL, 0, passed_on)
        _, status = os.waitpid(process, 0)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            killed = os.WIFSIGNALED(status)
            return Ended(killed, -1 if killed else os.WEXITSTATUS(status), tuple(calls), time.monotonic() - began)
        stopped = os.WSTOPSIG(status)
        passed_on = 0 if stopped == signal.SIGTRAP | 0x80 else stopped
        if passed_on:
            continue
        ask(_SYSCALL_INFO, ctypes.sizeof(entry), ctypes.byref(entry))
        name = names.get(entry.number) if entry.op == 1 else None
        if name is None or (name == "openat" and not entry.args[2] & _CREATES) or (name == "write" and entry.args[0] <= 2):
            continue
        calls.append(name)
        if len(calls) - 1 == kill_at:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return Ended(True, -1, tuple(calls), time.monotonic() - began)
