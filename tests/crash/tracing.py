"""Looks at a process at each call by which anything can change on a disk, or somebody can be told
something, whoever makes it: this program, SQLite, or a library that is not there yet. The kernel
stops the process (ptrace) before each such call, so nothing has to be told where the writes are."""

import ctypes
import os
import signal
from collections.abc import Callable, Generator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.ptrace.restype = ctypes.c_long
_LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_WALL = 0x40000000
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_FOLLOWED = 0x1 | 0x8 | 0x100000
"""Say which stops are those of calls, follow threads, and end with whoever looks."""


class _Ask(IntEnum):
    TRACEME = 0
    GO_ON = 24
    SET_OPTIONS = 0x4200
    WHICH_CALL = 0x420E


class _Call(ctypes.Structure):
    """What the kernel tells about a stop: `op` is 1 before a call and 2 after it."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("arch", ctypes.c_uint32),
        ("_where", ctypes.c_uint64 * 2),
        ("number", ctypes.c_uint64),  # after a call: what it returned
        ("args", ctypes.c_uint64 * 6),
    )


class Call(NamedTuple):
    """One call that can change a disk or tell somebody; how what it says begins, where it does."""

    name: str
    thread: int
    file: int
    says: bytes


# Numbers in <asm/unistd.h>; each name with its number on x86-64 and on 64-bit ARM, 0 for none.
_CALLS = {
    "write": (1, 64),
    "pwrite64": (18, 68),
    "writev": (20, 66),
    "pwritev": (296, 70),
    "pwritev2": (328, 287),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "msync": (26, 227),
    "sync_file_range": (277, 84),
    "open": (2, 0),
    "openat": (257, 56),
    "creat": (85, 0),
    "rename": (82, 0),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "link": (86, 0),
    "linkat": (265, 37),
    "symlink": (88, 0),
    "symlinkat": (266, 36),
    "unlink": (87, 0),
    "unlinkat": (263, 35),
    "mkdir": (83, 0),
    "mkdirat": (258, 34),
    "rmdir": (84, 0),
    "chmod": (90, 0),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
}
_MACHINES = {0xC000003E: 0, 0xC00000B7: 1}
_CALLED = [{pair[at]: name for name, pair in _CALLS.items() if pair[at]} for at in (0, 1)]
_OPENS = {"open": 1, "openat": 2}
"""Where among the arguments it stands whether a file may be made or emptied."""
_SAY = ("write", "sendto")


def traced(do: Callable[[], int]) -> Generator[tuple[Call, bool], None, None]:
    """Do something in a process of its own; yields each call before it is made, and after.

    The process stands still meanwhile, and is killed where nobody looks any further. Raises
    ChildProcessError unless it ends in order.
    """
    first = os.fork()
    if first == 0:
        _be_traced(do)
    os.waitpid(first, _WALL)
    try:
        _ask(_Ask.SET_OPTIONS, first, _FOLLOWED)
        _ask(_Ask.GO_ON, first)
        status = yield from _calls(first)
    except GeneratorExit:
        os.kill(first, signal.SIGKILL)
        while os.waitpid(-1, _WALL)[0] != first:  # its threads end before it
            pass
        raise
    if status:
        raise ChildProcessError(f"the process ended with {os.waitstatus_to_exitcode(status)}")


def _calls(first: int) -> Generator[tuple[Call, bool], None, int]:
    """Yield the calls of a process and its threads; returns the status with which it ended."""
    while True:
        thread, status = os.waitpid(-1, _WALL)
        if os.WIFSTOPPED(status):
            call = _call_at(thread, status)
            if call:
                yield call
            _ask(_Ask.GO_ON, thread, _signal_of(status))
        elif thread == first:
            return status


def _be_traced(do: Callable[[], int]) -> None:
    try:
        _ask(_Ask.TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(do())
    finally:
        os._exit(70)


def _ask(what: _Ask, thread: int, value: int = 0) -> None:
    if _LIBC.ptrace(what, thread, None, value) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace: {os.strerror(number)}")


def _call_at(thread: int, status: int) -> tuple[Call, bool] | None:
    """Return which call a stop is about, and whether it was made already."""
    if os.WSTOPSIG(status) != _SYSCALL_STOP:
        return None
    told = _Call()
    _LIBC.ptrace(_Ask.WHICH_CALL, thread, ctypes.sizeof(told), ctypes.addressof(told))
    if told.op != 1:
        return _made.pop(thread, None)
    name = _CALLED[_MACHINES[told.arch]].get(told.number)
    if name is None or (name in _OPENS and not _makes(told.args[_OPENS[name]])):
        return None
    says = _begins(thread, told.args[1]) if name in _SAY else b""
    call = Call(name, thread, told.args[0], says)
    _made[thread] = call, True
    return call, False


def _begins(thread: int, place: int) -> bytes:
    with Path(f"/proc/{thread}/mem").open("rb", buffering=0) as memory:
        memory.seek(place)
        return memory.read(16)


_made: dict[int, tuple[Call, bool]] = {}
"""The call that each thread is in."""


def _makes(flags: int) -> bool:
    return bool(flags & (os.O_CREAT | os.O_TRUNC))


def _signal_of(status: int) -> int:
    """Return the signal that a thread was sent, to be handed on; stops of our own are none."""
    number = os.WSTOPSIG(status)
    is_ours = number in (_SYSCALL_STOP, signal.SIGSTOP) or status >> 16
    return 0 if is_ours else number
