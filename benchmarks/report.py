"""What was measured: the records that are written as JSON, the ratios between them, and the table.

Owns names and units of the figures. Measures nothing.
"""

import statistics
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import msgspec

from benchmarks.peers import DIRECT


class Sample(msgspec.Struct, frozen=True):
    """One peer in one round.

    `requests_per_second`, the processor time (None for the origin alone) and `core_busy`, the part of one core that
    the peer used, are those of a closed loop as fast as it goes. The latencies are those of the open loop at a fixed
    rate, from when a request was due; `reached_per_second` is what came of that rate. `errors` are those of both.
    """

    requests_per_second: float
    user_us_per_request: float | None
    system_us_per_request: float | None
    core_busy: float | None
    p50_us: float
    p99_us: float
    p99_9_us: float
    reached_per_second: float
    errors: int

    @property
    def cpu_us_per_request(self) -> float | None:
        """User and system time together."""
        if self.user_us_per_request is None or self.system_us_per_request is None:
            return None
        return self.user_us_per_request + self.system_us_per_request


class Row(msgspec.Struct, frozen=True):
    """One peer over all rounds.

    `work` is what it was seen to do with a request; `peak_rss_mib` the sum of the peaks of its processes;
    `syscalls_per_request` is None where they were not counted.
    """

    peer: str
    work: str
    samples: list[Sample]
    peak_rss_mib: float | None
    syscalls_per_request: dict[str, float] | None = None


class Spread(msgspec.Struct, frozen=True):
    """Median and quartiles."""

    median: float
    low: float
    high: float

    def text(self, digits: int = 0) -> str:
        """Write it as `median [low high]`."""
        return f"{self.median:.{digits}f} [{self.low:.{digits}f} {self.high:.{digits}f}]"


class Ratio(msgspec.Struct, frozen=True):
    """One peer's figure as a multiple of another's in the same round, over all rounds."""

    figure: str
    peer: str
    to: str
    times: Spread


class Result(msgspec.Struct, frozen=True):
    """One profile: what was asked, at which fixed rate, of whom, and what came of it."""

    profile: str
    says: str
    connections: int
    rate_per_second: float
    peers: list[Row]
    ratios: list[Ratio]
    notes: list[str]


class Report(msgspec.Struct, frozen=True):
    """The whole run; `missing` are the peers that were not there, with the reason."""

    conditions: list[str]
    missing: list[str]
    profiles: list[Result]


Figure = Callable[[Sample], float | None]
COMPARED: dict[str, Figure] = {
    "requests_per_second": lambda sample: sample.requests_per_second,
    "cpu_us_per_request": lambda sample: sample.cpu_us_per_request,
    "p99_us": lambda sample: sample.p99_us,
}


def spread(values: Iterable[float | None]) -> Spread | None:
    """Return median and quartiles of the values that are known; None without any."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, middle, high = statistics.quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3
    return Spread(middle, low, high)


def ratios(rows: list[Row]) -> list[Ratio]:
    """Compare each pair of proxies. Within a round, so that what the machine did then meets both."""
    found = []
    for one, other in combinations([row for row in rows if row.peer != DIRECT], 2):
        for name, figure in COMPARED.items():
            pairs = zip(map(figure, one.samples), map(figure, other.samples), strict=True)
            times = spread(a / b if a is not None and b else None for a, b in pairs)
            if times is not None:
                found.append(Ratio(name, one.peer, other.peer, times))
    return found


def notes(rows: list[Row], rate: float) -> list[str]:
    """Say what a reader has to know about the figures: failures, and peers that did not keep up with the rate."""
    said = []
    for row in rows:
        errors = sum(sample.errors for sample in row.samples)
        reached = statistics.median(sample.reached_per_second for sample in row.samples)
        if errors:
            said.append(f"{row.peer}: {errors} requests failed")
        if reached < 0.98 * rate:
            said.append(f"{row.peer} reached {reached:.0f} of {rate:g} requests/s: its latencies are those of a queue")
    return said


def table(result: Result) -> list[str]:
    """Write one profile as text."""
    lines = [
        ("peer", "requests/s", "CPU us/request", "user", "system", "core busy", "p50 us", "p99 us", "p99.9 us", "MiB",
         "does"),
    ]  # fmt: skip
    for row in result.peers:
        samples = row.samples
        lines.append((
            row.peer,
            _text(spread(sample.requests_per_second for sample in samples)),
            _text(spread(sample.cpu_us_per_request for sample in samples), 1),
            _median(sample.user_us_per_request for sample in samples),
            _median(sample.system_us_per_request for sample in samples),
            _text(spread(sample.core_busy for sample in samples), 2),
            _text(spread(sample.p50_us for sample in samples)),
            _text(spread(sample.p99_us for sample in samples)),
            _text(spread(sample.p99_9_us for sample in samples)),
            "-" if row.peak_rss_mib is None else f"{row.peak_rss_mib:.1f}",
            row.work,
        ))  # fmt: skip
    text = [
        f"{result.profile}: {result.says}; {result.connections} connections; latencies at {result.rate_per_second:g} "
        "requests/s",
        *columns(lines),
    ]
    if result.ratios:
        pairs = dict.fromkeys((ratio.peer, ratio.to) for ratio in result.ratios)
        times = {(ratio.peer, ratio.to, ratio.figure): ratio.times.text(2) for ratio in result.ratios}
        heading = ("ratio", "requests/s", "CPU us/request", "p99 us")
        rows = [
            (f"{one} / {other}", *(times.get((one, other, name), "-") for name in COMPARED)) for one, other in pairs
        ]
        text += columns([heading, *rows])
    for row in result.peers:
        if row.syscalls_per_request is not None:
            often = {name: calls for name, calls in row.syscalls_per_request.items() if calls >= 0.05}
            names = ", ".join(f"{name} {calls:.1f}" for name, calls in often.items())
            text.append(f"{row.peer}: {sum(row.syscalls_per_request.values()):.1f} system calls a request: {names}")
    return [*text, *(f"note: {note}" for note in result.notes)]


def columns(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Write lines of cells below each other, each column as wide as its widest cell."""
    widths = [max(map(len, column)) + 2 for column in zip(*lines, strict=True)]
    return ["".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _text(spread: Spread | None, digits: int = 0) -> str:
    return "-" if spread is None else spread.text(digits)


def _median(values: Iterable[float | None]) -> str:
    found = spread(values)
    return "-" if found is None else f"{found.median:.1f}"
