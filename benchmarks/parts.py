"""What does a part cost when Python calls it? Ours beside h11, httptools and pure Python, in one interleaved run.

Everyone gets the same bytes and has to give the same Python values before anything is timed: the figures hold the
conversion into Python objects, which is what a Python program pays. Installs nothing; says which libraries are missing.
Run it from the root of the repository: `python -m benchmarks.parts [--rounds 31] [--output FILE]`.
Prints a table for each task and writes .proxylings/bench/parts.json.
"""

import argparse
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec

from benchmarks.profiles import PROFILES
from benchmarks.report import Spread, columns, spread
from proxylings import compose, native, state, timing
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.lab import plain

OURS = "proxylings"
Way = Callable[[bytes], object]
Fields = list[tuple[bytes, bytes]]
Head = tuple[bytes, bytes, str, Fields]


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


def parse_with_rust(module: ModuleType) -> Way:
    """Return the part `request`, through its bindings."""

    def parse(data: bytes) -> Head:
        head = module.request_parse(data)
        return head.method, head.target, head.version, head.fields

    return parse


def parse_with_python(data: bytes) -> Head:
    """Parse with the course's own pure Python."""
    head = plain.parse_request(data)
    fields = head["fields"]
    assert isinstance(fields, list)
    return head["method"], head["target"], head["version"].decode(), fields  # type: ignore[return-value, attr-defined]


def parse_with_h11(h11: ModuleType) -> Way:
    """Return h11's parser: a connection a head, as its documentation has it for a server."""

    def parse(data: bytes) -> Head:
        connection = h11.Connection(h11.SERVER)
        connection.receive_data(data)
        event = connection.next_event()
        version = f"HTTP/{event.http_version.decode()}"
        return event.method, event.target, version, event.headers.raw_items()

    return parse


def parse_with_httptools(httptools: ModuleType) -> Way:
    """Return httptools' parser, which calls back for each field."""

    class Collector:
        """Keeps what the parser tells."""

        def __init__(self) -> None:
            self.target = b""
            self.fields: Fields = []

        def on_url(self, target: bytes) -> None:
            self.target += target

        def on_header(self, name: bytes, value: bytes) -> None:
            self.fields.append((name, value))

    def parse(data: bytes) -> Head:
        collector = Collector()
        parser = httptools.HttpRequestParser(collector)
        parser.feed_data(data)
        return parser.get_method(), collector.target, f"HTTP/{parser.get_http_version()}", collector.fields

    return parse


def browsers_head() -> bytes:
    """Return the head of the profile `browser`."""
    profile = PROFILES["browser"]
    lines = [f"GET {profile.target} HTTP/1.1", "Host: 127.0.0.1:8080", *profile.fields(8080), "", ""]
    return "\r\n".join(lines).encode()


def measure(task: str, says: str, ways: dict[str, Way], data: bytes, rounds: int) -> Task:
    """Time all ways of a task on the same input, after they have agreed on the answer."""
    expected = ways[OURS](data)
    for way, function in ways.items():
        if (got := function(data)) != expected:
            raise CourseError(f"{task}: {way} gives another answer than ours.", f"{got!r}\nis not\n{expected!r}")
    figures = timing.interleaved(ways, (data,), rounds)
    timed = []
    for way, nanoseconds in figures.items():
        taken = spread(nanoseconds)
        times = spread(theirs / ours for theirs, ours in zip(nanoseconds, figures[OURS], strict=True))
        assert taken is not None
        assert times is not None
        timed.append(Timed(way, taken, times))
    return Task(task, says, len(data), rounds, timed)


def run(rounds: int, output: Path | None) -> None:
    """Time every task, print the tables, and write the figures."""
    desk, missing = find_desk(), []
    module = native.load(compose.build_module(desk, compose.reference(desk), tell))
    ways: dict[str, Way] = {OURS: parse_with_rust(module), "Python": parse_with_python}
    for library, way in (("h11", parse_with_h11), ("httptools", parse_with_httptools)):
        try:
            ways[library] = way(importlib.import_module(library))
        except ImportError:
            missing.append(library)
    tasks = [measure("parse a head", "method, target, version, fields", ways, browsers_head(), rounds)]
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
    parser.add_argument("--rounds", type=int, default=31, help="each is about 10 ms for each way")
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
