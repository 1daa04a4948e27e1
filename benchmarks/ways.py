"""The ways to do a part's task from Python: ours through the bindings, other libraries, and pure Python.

Each way is a function of the same input that gives the same Python value as the others. Measures nothing.
"""

import importlib
import re
from collections import Counter
from collections.abc import Callable
from types import ModuleType
from typing import Any

from benchmarks.profiles import PROFILES
from proxylings.lab import plain

OURS = "proxylings"
Way = Callable[[Any], object]
Fields = list[tuple[bytes, bytes]]
Head = tuple[bytes, bytes, str, Fields]
# How many requests had which status, the bytes of all bodies, and the longest time in microseconds.
Totals = tuple[dict[int, int], int, int]


def heads(module: ModuleType) -> tuple[dict[str, Way], list[str]]:
    """Return the ways to parse a request head, and the libraries that are not installed."""
    ways: dict[str, Way] = {OURS: parse_with_rust(module), "Python": parse_with_python}
    missing = []
    for library, way in (("h11", parse_with_h11), ("httptools", parse_with_httptools)):
        try:
            ways[library] = way(importlib.import_module(library))
        except ImportError:
            missing.append(library)
    return ways, missing


def strippers(module: ModuleType) -> dict[str, Way]:
    """Return the ways to take the fields that end at this hop out of a head."""
    return {OURS: module.headers_end_to_end, "Python": strip_with_python}


def logs(module: ModuleType) -> dict[str, Way]:
    """Return the ways to total up an access log."""
    return {
        OURS: total_report(module, threads=1),
        f"{OURS}, all cores": total_report(module, threads=0),
        f"{OURS}, columns": total_columns(module),
        f"{OURS}, a dictionary a line": total_dictionaries(module),
        "Python": total_with_python,
    }


def browsers_head() -> bytes:
    """Return the head of the profile `browser`."""
    profile = PROFILES["browser"]
    lines = [f"GET {profile.target} HTTP/1.1", "Host: 127.0.0.1:8080", *profile.fields(8080), "", ""]
    return "\r\n".join(lines).encode()


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


def browsers_fields() -> Fields:
    """Return the fields of the profile `browser`, and some that end at this hop."""
    _, *lines = browsers_head().rstrip().split(b"\r\n")
    lines += [b"Connection: keep-alive, X-Trace", b"Keep-Alive: timeout=5", b"TE: trailers", b"X-Trace: 17"]
    return [(name, value.strip()) for name, _, value in (line.partition(b":") for line in lines)]


# RFC 9110 7.6.1.
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-connection te trailer transfer-encoding upgrade".split()
)  # fmt: skip


def strip_with_python(fields: Fields) -> Fields:
    """Leave out what ends at this hop, and what Connection names; with no care for names that it must not name."""
    connection = b",".join(value for name, value in fields if name.lower() == b"connection")
    named = {option.strip() for option in connection.lower().split(b",")} | _HOP_BY_HOP
    return [(name, value) for name, value in fields if name.lower() not in named]


def access_log(module: ModuleType, lines: int) -> bytes:
    """Return a log of so many requests of a browser: most are answered, and some of them slowly."""
    entry = {
        "client": "192.0.2.7", "method": b"GET", "version": "HTTP/1.1", "referer": b"http://example.test/catalogue",
        "user_agent": b"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    }  # fmt: skip
    changing = (
        {"time": 1_800_000_000 + number, "target": b"/catalogue/page/%d" % number, "body_bytes": 37 * number,
         "status": (200, 200, 304, 404)[number % 4], "took_us": 101 * (number % 97)}
        for number in range(lines)
    )  # fmt: skip
    return b"".join(module.logline_write(entry | values) for values in changing)


def total_report(module: ModuleType, threads: int) -> Way:
    """Return the part `analytics`, which totals in Rust; 0 threads are as many as there are cores."""

    def total(log: bytes) -> Totals:
        report = module.analytics_report(log, 10, threads)
        *_, slowest = report.latency
        return report.statuses, report.body_bytes, slowest

    return total


def total_columns(module: ModuleType) -> Way:
    """Return the part `logline` with its columns: no object is made for a line, and Python adds up."""

    def total(log: bytes) -> Totals:
        columns = module.logline_columns(log)
        status, sizes = memoryview(columns.status).cast("H"), memoryview(columns.body_bytes).cast("Q")
        return dict(Counter(status)), sum(sizes), max(memoryview(columns.took_us).cast("Q"))

    return total


def total_dictionaries(module: ModuleType) -> Way:
    """Return the part `logline` with a dictionary for each line, as a mixed stack would hand them on."""

    def total(log: bytes) -> Totals:
        entries = module.logline_dicts(log)
        status = Counter(entry["status"] for entry in entries)
        return dict(status), sum(entry["body_bytes"] for entry in entries), max(entry["took_us"] for entry in entries)

    return total


_LINE = re.compile(
    rb'^\S+ \S+ \S+ \[[^\]]+\] "[^"]*" (\d{3}) (\d+|-) "[^"]*" "[^"]*" (\d+)$', re.MULTILINE
)  # fmt: skip


def total_with_python(log: bytes) -> Totals:
    """Total with a regular expression, which reads no more of a line than it needs."""
    found = [(int(status), 0 if size == b"-" else int(size), int(took)) for status, size, took in _LINE.findall(log)]
    status, sizes, times = zip(*found, strict=True)
    return dict(Counter(status)), sum(sizes), max(times)
