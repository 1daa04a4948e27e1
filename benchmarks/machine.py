"""What /proc says about processes, and which core they run on. Linux only.

Owns nothing: it reads. Leaves out who the processes are.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cores:
    """Where things run: the load generator and the origin, and the proxy; None where nobody can be pinned."""

    load: int | None
    proxy: int | None

    @staticmethod
    def choose() -> "Cores":
        """Take the first two cores that this process may use."""
        cores = sorted(os.sched_getaffinity(0))
        return Cores(cores[0], cores[1]) if len(cores) > 1 else Cores(None, None)

    def __str__(self) -> str:
        """Say it in words."""
        if self.proxy is None:
            return "one core only: load generator, origin and proxy share it"
        return f"load generator and origin on core {self.load}, the proxy on core {self.proxy}"


@dataclass(frozen=True)
class Cpu:
    """Processor time in seconds: in the program's own code, and in the kernel on its behalf."""

    user: float
    system: float

    def __sub__(self, before: "Cpu") -> "Cpu":
        """Return what was used since `before`."""
        return Cpu(self.user - before.user, self.system - before.system)

    @property
    def seconds(self) -> float:
        """Both together."""
        return self.user + self.system


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Let what is started in the block run on `core`; children inherit it, their threads too."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def tree(root: int) -> list[int]:
    """Return the process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            pid = int(folder.name)
            children.setdefault(int(_stat(pid)[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu(root: int) -> Cpu:
    """Return the processor time that a process tree has used: all threads, and children that have ended.

    With those, the time never goes down: nginx's cache loader, for one, ends a minute after the start.
    """
    used = [_times(pid) for pid in tree(root)]
    return Cpu(sum(user + of_ended for user, _, of_ended, _ in used) / TICKS,
               sum(system + of_ended for _, system, _, of_ended in used) / TICKS)  # fmt: skip


def peak_mib(root: int) -> float:
    """Return the peaks of the resident memory of all processes of the tree, summed."""
    kib = 0
    for pid in tree(root):
        # A process that is ending has no memory any more, and may be gone when we look.
        with suppress(OSError, IndexError):
            kib += int(Path(f"/proc/{pid}/status").read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0])
    return kib / 1024


def busy_seconds() -> tuple[float, float]:
    """Return the processor time since boot: of everything on the machine, and of this process and all it started.

    Of what it started, the second holds what has ended too.
    """
    # user, nice, system, idle, iowait, irq, softirq, steal (proc_stat(5)); idle and iowait are not busy.
    line = Path("/proc/stat").read_text(encoding="utf-8").partition("\n")[0].split()[1:9]
    everything = sum(int(ticks) for number, ticks in enumerate(line) if number not in (3, 4))
    ours = sum(sum(_times(pid)) for pid in tree(os.getpid()))
    return everything / TICKS, ours / TICKS


def others_busy(before: tuple[float, float], seconds: float) -> float:
    """Return how many cores other programs used on average in the `seconds` since `before`."""
    everything, ours = (now - then for now, then in zip(busy_seconds(), before, strict=True))
    return max(0.0, everything - ours) / seconds


def _times(pid: int) -> tuple[int, int, int, int]:
    """Return user and system ticks: of the process, and of its children that have ended. Zeros when it is gone."""
    try:
        user, system, user_of_ended, system_of_ended = map(int, _stat(pid)[11:15])
    except OSError:
        return 0, 0, 0, 0
    return user, system, user_of_ended, system_of_ended


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, which may hold anything: state, parent, …."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
