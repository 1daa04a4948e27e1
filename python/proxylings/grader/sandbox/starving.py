"""How long a box wanted a processor that others had: time that its wall limit does not count.

Without this, a busy machine would fail an honest program, which needs three times as long when three others run.
"""

import contextlib
import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


# No honest program starts so many processes. Those that end between two looks hide what they used.
_SWARM = 64


class Starving:
    """Adds up the seconds in which a thread of the box was ready and did not run; `root` is the box's process 1."""

    def __init__(self, root: int, started: float) -> None:
        """Begin at `started`, on the monotonic clock."""
        self.seconds = 0.0
        self.used = 0.0  # processor time of all of the box's processes together, those that ended too
        self._root = root
        self._seen = started
        self._waited: dict[Path, int] = {}
        self._own: dict[tuple[int, bytes], int] = {}

    @property
    def pitied(self) -> float:
        """Return the seconds that others are to blame for: none, where the box's own processes take them."""
        return 0.0 if len(self._own) > _SWARM else self.seconds

    def look(self) -> None:
        """Count what has passed since the last look."""
        waited: dict[Path, int] = {}
        counted = 0
        for pid in family(self._root):
            with contextlib.suppress(OSError):
                # utime, stime, cutime, cstime, start; the name, in parentheses, may hold anything.
                fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
                counted += sum(map(int, fields[11:15]))
                self._own[pid, fields[19]] = int(fields[11]) + int(fields[12])
                for task in Path(f"/proc/{pid}/task").iterdir():
                    with contextlib.suppress(OSError):
                        waited[task] = int((task / "schedstat").read_bytes().split()[1])
        longest = max((time_ - self._waited.get(task, 0) for task, time_ in waited.items()), default=0)
        now = time.monotonic()
        self.seconds += max(0.0, min(now - self._seen, longest / 1e9))
        # A process that nobody waits for takes its time along, so what was seen of it counts.
        self.used = max(counted, sum(self._own.values())) / _TICKS
        self._seen, self._waited = now, waited


def family(root: int) -> list[int]:
    """Return a box's processes: all descend from its process 1, which also takes those whose parent ended."""
    found = [root]
    for pid in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found
