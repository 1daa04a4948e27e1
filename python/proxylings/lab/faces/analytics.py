"""Part 09 for Python: what a log says, as plain records; nothing of a single line becomes a Python object."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call
from proxylings.lab.faces.logline import readable

_MOST_THREADS = 256
_MOST_CLIENTS = 1_000_000


class Latency(NamedTuple):
    """The time within which a share of the requests was answered, in microseconds; all 0 when there is none.

    `p50_us` is the median. Each of the first four is at most 0.1 % higher than the exact one; `max_us` is exact.
    """

    p50_us: int
    p90_us: int
    p99_us: int
    p999_us: int
    max_us: int


class LogReport(msgspec.Struct, frozen=True):
    """What a log says.

    `requests` could be read, `unreadable` lines could not, and nothing else counts those. `statuses` counts requests
    by status code. `buckets` are (last microsecond, requests) pairs for a histogram, each twice as wide as the one
    before. `clients` are (address, requests) pairs, the most first.
    """

    requests: int
    unreadable: int
    body_bytes: int
    statuses: dict[int, int]
    latency: Latency
    buckets: list[tuple[int, int]]
    clients: list[tuple[str, int]]


class AnalyticsPart:
    """Part 09: what a million log lines say, counted on all processors."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def report(self, log: bytes | Path, top: int = 10, threads: int = 0) -> LogReport:
        """Analyse a log, with the `top` clients that sent most; `threads` read it, and 0 means one a processor.

        A path is read by the worker itself, so that a large log is not sent to it. Raises CourseError when the file
        cannot be read, or a number is out of its range.
        """
        for name, value, most in (("top", top, _MOST_CLIENTS), ("threads", threads, _MOST_THREADS)):
            if not 0 <= value <= most:
                raise CourseError(f"`{name}` is {value}.", f"Give a number from 0 to {most:,}.")
        given = readable(log) if isinstance(log, Path) else log
        function = "analytics_report_of_file" if isinstance(log, Path) else "analytics_report"
        report: LogReport = self._call(function, [given, top, threads], LogReport)
        return report
