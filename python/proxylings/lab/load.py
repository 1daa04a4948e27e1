"""`put_load`: put load on a server, and get figures with their units.

The load generator (crates/load) is a program of its own: it runs in a child process, so that neither Python's
pauses nor its threads are in what it measures. This module builds it, runs it, and types what it says.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from proxylings import child, compose, toolchain
from proxylings.course import Desk, find_desk
from proxylings.errors import CourseError

PATIENCE_SECONDS = 5.0
# What starting, connecting and writing the figures may take beside the run itself.
_MARGIN_SECONDS = 10.0


class Latency(msgspec.Struct, frozen=True):
    """Microseconds to the end of an answer, from when its request was due; in a closed loop, from when it was sent."""

    min_us: float = msgspec.field(name="min")
    p50_us: float = msgspec.field(name="p50")
    p90_us: float = msgspec.field(name="p90")
    p99_us: float = msgspec.field(name="p99")
    p99_9_us: float = msgspec.field(name="p99.9")
    max_us: float = msgspec.field(name="max")
    mean_us: float = msgspec.field(name="mean")


class Rate(msgspec.Struct, frozen=True):
    """Requests a second: what was asked for (None in a closed loop), and whole answers that came."""

    asked: float | None
    reached: float


class Measured(msgspec.Struct, frozen=True):
    """What one run measured. Requests are those with a whole answer; `errors` counts the others by kind.

    The kinds are connect, cut, io, malformed, unanswered, and status, which is a whole answer of 400 or above.
    """

    requests: int
    warm_up_requests: int
    errors: dict[str, int]
    seconds: float
    response_bytes: int = msgspec.field(name="bytes")
    rate: Rate
    latency: Latency | None = msgspec.field(name="latency_us")

    @property
    def requests_per_second(self) -> float:
        """Whole answers a second."""
        return self.rate.reached

    @property
    def failed(self) -> int:
        """How many requests failed, in whatever way."""
        return sum(self.errors.values())

    def __repr__(self) -> str:
        """Show the figures as a short text."""
        loop = "closed loop" if self.rate.asked is None else f"open loop at {self.rate.asked:,.0f} requests/s"
        failed = ", ".join(f"{count} {kind}" for kind, count in self.errors.items() if count) or "none"
        lines = [
            f"{loop}: {self.requests:,} requests in {self.seconds:.2f} s = {self.requests_per_second:,.0f} requests/s",
            f"failed: {failed}",
        ]
        if wait := self.latency:
            lines.append(
                f"latency: p50 {wait.p50_us:,.0f} µs, p99 {wait.p99_us:,.0f} µs, "
                f"p99.9 {wait.p99_9_us:,.0f} µs, max {wait.max_us:,.0f} µs"
            )
        return "\n".join(lines)


def generator(desk: Desk, on_progress: compose.Progress | None = None) -> Path:
    """Build the load generator and return its program."""
    command = ["build", "--release", "--locked", "--offline", "-p", "load", "--bin", "proxylings-load"]
    built = toolchain.cargo(command, cwd=desk.course, environment=compose.target_dir(desk), on_progress=on_progress)
    if not built.ok:
        raise CourseError("The load generator could not be built.", built.stderr.strip()[-2000:])
    return built.files["proxylings_load"][-1]


def put_load(
    url: str,
    *,
    seconds: float = 1.0,
    warm_up_seconds: float = 0.2,
    connections: int = 8,
    requests_per_second: float | None = None,
    method: str = "GET",
    body_bytes: int = 0,
    fields: Sequence[str] = (),
    program: Path | None = None,
) -> Measured:
    """Ask `url` (http://IP:PORT/TARGET) over and over for `seconds`, and say how long answers took.

    Without `requests_per_second` each connection asks again when its answer is whole (closed loop): that tells the
    throughput. With it, requests are due at fixed times whatever the server does (open loop): that tells the latency.
    `fields` are lines like "Accept: */*"; `program` is the generator when it is built already.
    Raises CourseError when nobody listens, or when the arguments make no request.
    """
    command = [
        str(program or generator(find_desk())), url,
        f"--seconds={seconds}", f"--warm-up={warm_up_seconds}", f"--patience={PATIENCE_SECONDS}",
        f"--connections={connections}", f"--method={method}", f"--body-bytes={body_bytes}",
        *([] if requests_per_second is None else [f"--rate={requests_per_second}"]),
        *(f"--field={field}" for field in fields),
    ]  # fmt: skip
    longest = warm_up_seconds + seconds + PATIENCE_SECONDS + _MARGIN_SECONDS
    limits = child.Limits(cpu=int(longest) + 1, wall=longest, memory=4096, output=64)
    done = child.run(command, limits)
    if not done.ok:
        raise CourseError(f"The load generator {done.ending()}.", done.stderr.strip())
    return msgspec.json.decode(done.stdout, type=Measured)
