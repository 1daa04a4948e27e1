"""What does a box cost? One empty program, in every kind of box that this machine gives, in interleaved rounds.

Beside it: the same program as an ordinary process with limits, and without anything.
Run with `python -m benchmarks.sandbox [--rounds 50]`. Prints a table of milliseconds; processor time is that of all
processes that take part, this one included.
"""

import argparse
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable

from proxylings.grader.sandbox import RUN, Sandbox, find, memory
from proxylings.grader.sandbox.bubblewrap import Bubblewrap

PROGRAM = ["/usr/bin/true"]


def ways() -> dict[str, Callable[[], object]]:
    """Return each way to run the program, by its name."""
    best = find()
    assert isinstance(best, Bubblewrap)
    boxes: list[Sandbox] = [best]
    if not isinstance(best.keeper, memory.Watchdog):
        boxes.append(Bubblewrap(best.program, memory.Watchdog(), best.users))
    if best.users is not None:
        boxes.append(Bubblewrap(best.program, memory.Watchdog(), None))
    boxes.append(find(trust=True))
    runs = {box.backend: lambda box=box: box.run(PROGRAM, RUN) for box in boxes}
    return {**runs, "nothing": lambda: subprocess.run(PROGRAM, check=True)}


def processor() -> float:
    """Return the seconds that this process and its children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    runs = ways()
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            wall, used = time.perf_counter(), processor()
            run()
            took[name].append(((time.perf_counter() - wall) * 1000, (processor() - used) * 1000))
    print(f"{rounds} rounds, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds")
    print(f"{'':52}{'p50':>8}{'least':>8}{'processor':>11}")
    for name, times in took.items():
        walls, used_ = zip(*times, strict=True)
        print(f"{name:52}{statistics.median(walls):8.1f}{min(walls):8.1f}{statistics.median(used_):11.1f}")


if __name__ == "__main__":
    main()
