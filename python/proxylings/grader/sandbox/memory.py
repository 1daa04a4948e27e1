"""What a box may hold in memory: a cgroup where this process may make one, else a watchdog.

A cgroup counts all that the kernel keeps for a box. The watchdog looks twenty times a second at what its processes
hold for themselves and at its folders for files; it does not see shared memory that no process maps at the time.
"""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path
from typing import Protocol

from proxylings.grader.sandbox import starving

# A group whose grader is gone is swept after so many seconds: in another container, with numbers of its own for
# processes, it may be about to be used.
_FORGOTTEN = 60
_CGROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


class Meter(Protocol):
    """The memory of one box."""

    def enter(self, pid: int) -> None:
        """Count the process `pid`, which waits for its start, and all that it will start."""

    def look(self) -> bool:
        """Look at the box, twenty times a second while it runs; return whether it went beyond its memory."""

    def exceeded(self) -> bool:
        """Return whether the box went beyond its memory, when it has ended."""

    def peak_kib(self) -> int | None:
        """Return the most that the box held at once, where that is known."""

    def close(self) -> None:
        """Forget the box; its processes are gone."""


class Keeper(Protocol):
    """Gives each box its meter."""

    @property
    def name(self) -> str:
        """Return the word that stands in the backend's name."""

    def meter(self, memory_mib: int) -> Meter:
        """Return the meter of a new box."""


class Cgroup:
    """Control groups below `parent`, in version 1 or 2."""

    def __init__(self, parent: Path, version: int) -> None:
        """Take the group that each box's own is made in."""
        self.parent = parent
        self.version = version
        self.name = f"cgroup{version}"

    def meter(self, memory_mib: int) -> Meter:
        """Make a group for one box."""
        path = self.parent / f"proxylings-{os.getpid()}-{secrets.token_hex(6)}"
        path.mkdir()
        try:
            if self.version == 1:
                _write(path / "memory.limit_in_bytes", memory_mib << 20)
                with contextlib.suppress(OSError):  # a kernel that doesn't count swap
                    _write(path / "memory.memsw.limit_in_bytes", memory_mib << 20)
            else:
                _write(path / "memory.max", memory_mib << 20)
                with contextlib.suppress(OSError):
                    _write(path / "memory.swap.max", 0)
                with contextlib.suppress(OSError):
                    _write(path / "memory.oom.group", 1)
        except OSError:
            path.rmdir()
            raise
        return _CgroupMeter(path, self.version)


class _CgroupMeter:
    def __init__(self, path: Path, version: int) -> None:
        self.path = path
        self.events = path / ("memory.oom_control" if version == 1 else "memory.events")
        self.peak = path / ("memory.max_usage_in_bytes" if version == 1 else "memory.peak")

    def enter(self, pid: int) -> None:
        _write(self.path / "cgroup.procs", pid)

    def look(self) -> bool:
        return False  # the kernel looks itself

    def exceeded(self) -> bool:
        lines = self.events.read_text().splitlines()
        return any(line.startswith("oom_kill ") and not line.endswith(" 0") for line in lines)

    def peak_kib(self) -> int | None:
        try:
            return int(self.peak.read_text()) >> 10
        except OSError:  # memory.peak is younger than version 2
            return None

    def close(self) -> None:
        for _ in range(50):
            try:
                self.path.rmdir()
            except OSError as error:
                if error.errno != errno.EBUSY:
                    return
                time.sleep(0.002)  # the kernel lets go of a dead process a moment after it told us
            else:
                return


class Watchdog:
    """Looks at each box, for machines where no cgroup can be made."""

    name = "watchdog"

    def meter(self, memory_mib: int) -> Meter:
        """Return the meter of a new box."""
        return _WatchdogMeter(memory_mib << 10)


class _WatchdogMeter:
    def __init__(self, limit_kib: int) -> None:
        self.limit = limit_kib
        self.most = 0
        self.root = 0

    def enter(self, pid: int) -> None:
        self.root = pid

    def look(self) -> bool:
        family = starving.family(self.root)
        self.most = max(self.most, sum(map(_held, family)) + _stored(self.root) + _buffered(family))
        return self.exceeded()

    def exceeded(self) -> bool:
        return self.most > self.limit

    def peak_kib(self) -> int | None:
        return self.most or None

    def close(self) -> None:
        pass


def _held(pid: int) -> int:
    """Return the KiB that a process holds for itself; files that it maps are shared with everybody."""
    kib = 0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                kib += int(line.split()[1])
    return kib


def _buffered(family: list[int]) -> int:
    """Return the KiB that the kernel may keep for a box's sockets and pipes, at the sizes that they begin with."""
    found: set[str] = set()
    for pid in family:
        with contextlib.suppress(OSError):
            for entry in Path(f"/proc/{pid}/fd").iterdir():
                found.add(str(entry.readlink()))
    return sum(208 if one.startswith("socket:") else 64 for one in found if one.startswith(("socket:", "pipe:")))


def _stored(root: int) -> int:
    """Return the KiB that a box's files take, which lie in memory; a file without bytes takes about one."""
    kib = 0
    for place in ("tmp", "dev/shm"):
        with contextlib.suppress(OSError):
            told = os.statvfs(f"/proc/{root}/root/{place}")
            kib += ((told.f_blocks - told.f_bfree) * told.f_frsize >> 10) + told.f_files - told.f_ffree
    return kib


def cgroups() -> list[Cgroup]:
    """Return the groups that might take our boxes, the nearest first; only trying shows which do."""
    found = []
    for line in _read(_OWN).splitlines():
        number, controllers, own = line.split(":", 2)
        if "memory" in controllers.split(","):
            path = _CGROUPS / "memory" / own.lstrip("/")
            # In a container the path may be the host's: then only the upper end of it is there.
            found += [Cgroup(each, 1) for each in (path, *path.parents) if each.is_relative_to(_CGROUPS / "memory")]
        elif number == "0":
            base = _CGROUPS if (_CGROUPS / "cgroup.controllers").exists() else _CGROUPS / "unified"
            place = base / own.lstrip("/")
            # Only the children of a group that passes the controller on can have a limit.
            for each in (place, *place.parents):
                if each.is_relative_to(base) and "memory" in _read(each / "cgroup.subtree_control").split():
                    found.append(Cgroup(each, 2))
    ours = [group for group in found if os.access(group.parent, os.W_OK)]
    for group in ours:
        _sweep(group.parent)
    return ours


def watchdogs() -> list[Watchdog]:
    """Return the watchdog, where the kernel lists a process's children."""
    return [Watchdog()] if Path("/proc/thread-self/children").exists() else []


def _sweep(parent: Path) -> None:
    """Remove the groups that a killed grader left."""
    for path in parent.glob("proxylings-*-*"):
        with contextlib.suppress(OSError):
            old = time.time() - path.stat().st_mtime > _FORGOTTEN
            if old and not Path("/proc", path.name.split("-")[1]).exists():
                path.rmdir()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _write(path: Path, value: int) -> None:
    # Not write_text: a control file takes its value in one write, and must not be truncated.
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)
