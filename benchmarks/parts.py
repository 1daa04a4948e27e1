"""What does a part cost when Python calls it? Ours beside h11, httptools and pure Python, in one interleaved run.

Everyone gets the same input and has to give the same Python values before anything is timed: the figures hold the
conversion into Python objects, which is what a Python program pays. Installs nothing; says which libraries are missing.
Run it from the root of the repository: `python -m benchmarks.parts [--rounds 21] [--output FILE]`.
Prints a table for each task and writes .proxylings/bench/parts.json.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from benchmarks.report import Spread, columns, spread
from benchmarks.ways import OURS, Fields, Way, access_log, browsers_fields, browsers_head, heads, logs, strippers
from proxylings import compose, native, state, timing
from proxylings.course import find_desk
from proxylings.errors import CourseError

LINES = 5000


class Timed(msgspec.Struct, frozen=True):
    """One way of a task: nanoseconds a call, and the same as a multiple of ours in the same round."""

    way: str
    nanoseconds: Spread
    in_ours: Spread


class Task(msgspec.Struct, frozen=True):
    """One task: what it is, how many bytes go in, and what each way took."""

    task: str
    says: str
    input_bytes: int
    rounds: int
    ways: list[Timed]


def measure(task: str, says: str, ways: dict[str, Way], given: bytes | Fields, rounds: int) -> Task:
    """Time all ways of a task on the same input, after they have agreed on the answer."""
    expected = ways[OURS](given)
    for way, function in ways.items():
        if (got := function(given)) != expected:
            raise CourseError(f"{task}: {way} gives another answer than ours.", f"{got!r}\nis not\n{expected!r}")
    figures = timing.interleaved(ways, (given,), rounds)
    timed = []
    for way, nanoseconds in figures.items():
        taken = spread(nanoseconds)
        times = spread(theirs / ours for theirs, ours in zip(nanoseconds, figures[OURS], strict=True))
        assert taken is not None
        assert times is not None
        timed.append(Timed(way, taken, times))
    size = len(given) if isinstance(given, bytes) else sum(len(name) + len(value) for name, value in given)
    return Task(task, says, size, rounds, timed)


def run(rounds: int, output: Path | None) -> None:
    """Time every task, print the tables, and write the figures."""
    desk = find_desk()
    module = native.load(compose.build_module(desk, compose.reference(desk), tell))
    parsers, missing = heads(module)
    tasks = [
        measure("parse a head", "method, target, version, fields", parsers, browsers_head(), rounds),
        measure("strip fields", "pairs in, pairs out", strippers(module), browsers_fields(), rounds),
        measure("total up a log", f"{LINES} lines", logs(module), access_log(module, LINES), rounds),
    ]
    for library in missing:
        print(f"missing: {library} is not installed")
    for task in tasks:
        print(f"\n{task.task} of {task.input_bytes} bytes ({task.says}); {task.rounds} rounds; median [quartiles]")
        lines = [("way", "ns a call", f"in {OURS}'")]
        lines += [(timed.way, timed.nanoseconds.text(), timed.in_ours.text(2)) for timed in task.ways]
        print("\n".join(columns(lines)))
    figures = {"missing": missing, "tasks": tasks}
    state.write_whole(output or desk.state / "bench" / "parts.json", msgspec.json.format(msgspec.json.encode(figures)))


def tell(line: str) -> None:
    """Say on standard error what goes on."""
    print(line, file=sys.stderr)


def main() -> None:
    """Run as a command; a message instead of a traceback."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="each is about 10 ms for each way")
    parser.add_argument("--output", type=Path, help="where to write the figures as JSON")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("--rounds is above zero")
    try:
        run(given.rounds, given.output)
    except CourseError as error:
        raise SystemExit(f"{error}") from None


if __name__ == "__main__":
    main()
