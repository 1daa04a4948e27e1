"""Tell from outside that a process stands still for good, and what each of its threads waits for.

Owns the reading of /proc, and the words. A thread that waits with a time limit, sleeps or computes will go on by
itself, and so may one whose child lives: then nothing is said. Where /proc can't be read (macOS) nothing is, either.
"""

import platform
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

DEADLOCK = "A deadlock"
# Seconds in which nothing may have moved: far longer than a thread takes from its wake-up to its next wait. Where a
# descriptor is waited for, the system may still be at work by itself: TCP says SYN again after a second.
_STILL, _STILL_AT_A_DESCRIPTOR = 0.3, 1.2
# Numbers of system calls that can wait without an end, by architecture.
_CALLS = {
    "x86_64": {
        202: "futex", 0: "read", 19: "read", 45: "read", 47: "read", 1: "write", 44: "write", 43: "accept",
        288: "accept", 7: "poll", 271: "ppoll", 232: "epoll", 281: "epoll", 34: "pause", 73: "file lock",
    },
    "aarch64": {
        98: "futex", 63: "read", 65: "read", 207: "read", 212: "read", 64: "write", 206: "write", 202: "accept",
        242: "accept", 73: "ppoll", 22: "epoll", 32: "file lock",
    },
}  # fmt: skip
# Which argument says how long the call may wait at most, and the value that stands for "without an end".
_FOR_EVER = {"futex": (3, 0), "poll": (2, 0xFFFFFFFF), "ppoll": (2, 0), "epoll": (3, 0xFFFFFFFF)}
_FUTEX_COMMAND = 0x7F
_FUTEX_WAITS = (0, 9)  # FUTEX_WAIT, FUTEX_WAIT_BITSET
# What std's futexes hold while somebody waits for them (library/std/src/sys): a contended Mutex, a parked thread.
_MUTEX_CONTENDED, _PARKED = 2, 0xFFFFFFFF


@dataclass(frozen=True)
class Thread:
    """A thread that waits without an end: for what, and at which address or descriptor."""

    number: int
    name: str
    call: str
    at: int
    value: int


class Stillness:
    """Looks at a process again and again; knows what was seen before."""

    def __init__(self, test: str) -> None:
        """Remember the test's name: libtest runs it on a thread of that name."""
        self._test = test
        self._seen: object = None
        self._since = 0.0

    def look(self, process: int) -> str:
        """Return what all threads wait for, once it is certain that no one of them will go on; until then ""."""
        found = _threads(process)
        if found is None or found != self._seen:
            self._seen, self._since = found, time.monotonic()
            return ""
        at_locks = all(thread.call == "futex" for thread, _ in found)
        if time.monotonic() - self._since < (_STILL if at_locks else _STILL_AT_A_DESCRIPTOR):
            return ""
        return _described([thread for thread, _ in found], self._test)


def _threads(process: int) -> tuple[tuple[Thread, str], ...] | None:
    """Return all threads but the first, each with its count of switches; None when one of them may go on by itself.

    The first thread is libtest's own, which waits for the others.
    """
    numbers = _CALLS.get(platform.machine())
    if numbers is None:
        return None
    found = []
    try:
        folders = sorted(Path(f"/proc/{process}/task").iterdir(), key=lambda folder: int(folder.name))
        for folder in folders:
            if (folder / "children").read_text().strip():
                return None
            if int(folder.name) == process:
                continue
            thread = _waiting(folder, numbers)
            if thread is None:
                return None
            found.append((thread, _switches(folder)))
    except (OSError, ValueError):  # it has just ended, or its states are none of our business
        return None
    return tuple(found) or None


def _waiting(folder: Path, numbers: dict[int, str]) -> Thread | None:
    """Read what a thread does; None when it runs, or waits for something that comes by itself."""
    fields = (folder / "syscall").read_text().split()
    if len(fields) < 7:  # "running", or stopped outside of a call
        return None
    number, *arguments = (int(field, 0) for field in fields[:7])
    call = numbers.get(number)
    if call is None:
        return None
    if call in _FOR_EVER:
        at, endless = _FOR_EVER[call]
        value = arguments[at] & 0xFFFFFFFF if call in ("poll", "epoll") else arguments[at]
        if value != endless:
            return None
    if call == "futex" and arguments[1] & _FUTEX_COMMAND not in _FUTEX_WAITS:
        return None
    name = (folder / "comm").read_text().rstrip("\n")
    return Thread(_own_number(folder), name, call, arguments[0], arguments[2] & 0xFFFFFFFF)


def _own_number(folder: Path) -> int:
    """Return the number by which the program knows the thread: in a box it has another one than here."""
    lines = (folder / "status").read_text().splitlines()
    return next((int(line.split()[-1]) for line in lines if line.startswith("NSpid:")), int(folder.name))


def _switches(folder: Path) -> str:
    """Return how often the thread went to sleep: one that woke up in between has moved."""
    lines = (folder / "status").read_text().splitlines()
    return "".join(line for line in lines if "ctxt_switches" in line)


def _described(threads: list[Thread], test: str) -> str:
    names = _names(threads, test)
    locks = Counter(thread.at for thread in threads if _is_mutex(thread))
    said = [f"{names[thread.number]} waits for {_awaited(thread, names, locks)}" for thread in threads]
    who = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"
    nobody = "nobody is left to wake it" if len(said) == 1 else "nobody runs who could wake them"
    return f"{DEADLOCK}: {who}, and {nobody}"


def _awaited(thread: Thread, names: dict[int, str], locks: Counter[int]) -> str:
    match thread.call:
        case "futex" if thread.value in names and thread.value != thread.number:
            return f"{names[thread.value]} to end"
        case "futex" if _is_mutex(thread):
            if locks[thread.at] > 1:
                return "the same lock" if locks.most_common(1)[0][0] == thread.at else "a lock"
            return "another lock" if len(locks) > 1 and thread.at != next(iter(locks)) else "a lock"
        case "futex" if thread.value == _PARKED:
            return "a message, or for being unparked"
        case "futex":
            return "a notification (a condition variable, or a runtime whose tasks all wait)"
        case "epoll" | "poll" | "ppoll":
            return "events, without a timer (a runtime whose tasks all wait for something that does not come)"
        case "read":
            return f"something to read from descriptor {thread.at}"
        case "write":
            return f"room to write to descriptor {thread.at}"
        case "accept":
            return "a connection that comes in"
        case "file lock":
            return "the lock of a file"
        case _:
            return "a signal"


def _is_mutex(thread: Thread) -> bool:
    return thread.call == "futex" and thread.value == _MUTEX_CONTENDED


def _names(threads: list[Thread], test: str) -> dict[int, str]:
    """Name each thread; a thread without a name of its own has that of the thread that started it."""
    names: dict[int, str] = {}
    inherited = 0
    for thread in threads:
        if not test.startswith(thread.name):
            names[thread.number] = f"thread `{thread.name}`"
        elif "the test" not in names.values():
            names[thread.number] = "the test"
        else:
            inherited += 1
            names[thread.number] = f"thread {inherited} that it started"
    return names
