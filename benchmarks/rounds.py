"""The measurements of one profile: servers up, rounds, servers down.

Owns the order in which peers are measured, and what is derived from a run of the load generator.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine, report, syscalls
from benchmarks.peers import DIRECT, Missing, Peer, Start, look_at, start_origin
from benchmarks.profiles import Profile
from benchmarks.servers import Stage
from proxylings.errors import CourseError
from proxylings.lab.load import Measured, put_load


@dataclass(frozen=True)
class Amount:
    """How much is measured. `connections` and `rate` are None where the profile's own hold.

    `syscall_seconds` is how long system calls are counted for each peer; None counts none.
    """

    rounds: int
    seconds: float
    warm_up: float
    connections: int | None = None
    rate: float | None = None
    syscall_seconds: float | None = None


@dataclass(frozen=True)
class Bench:
    """What stays the same in all profiles of a run."""

    amount: Amount
    cores: machine.Cores
    generator: Path
    proxy: Path
    starts: dict[str, Start]
    templates: Path
    tell: Callable[[str], None]

    def run(self, profile: Profile) -> tuple[report.Result, list[str]]:
        """Measure one profile; the second value says what is missing.

        The servers are fresh ones, so that each peak of memory is this profile's. Raises Missing when the profile
        can't be measured at all.
        """
        with ExitStack() as stack:
            peers, missing = self._raise(Stage(self.templates, stack), profile)
            samples: dict[str, list[report.Sample]] = {peer.name: [] for peer in peers}
            for number in range(self.amount.rounds):
                self.tell(f"{profile.name}: round {number + 1} of {self.amount.rounds}")
                first = number % len(peers)
                for peer in peers[first:] + peers[:first]:
                    samples[peer.name].append(self._measure(peer, profile))
            proxies = [peer for peer in peers if peer.name != DIRECT]
            peaks = {peer.name: machine.peak_mib(peer.server.pid) for peer in proxies}
            calls, why_none = self._count(proxies, profile)
        rows = [
            report.Row(peer.name, peer.work, samples[peer.name], peaks.get(peer.name), calls.get(peer.name))
            for peer in peers
        ]
        rate, connections = self.amount.rate or profile.rate, self.amount.connections or profile.connections
        result = report.Result(
            profile.name, profile.says, connections, rate, rows, report.ratios(rows), report.notes(rows, rate)
        )
        return result, missing + why_none

    def _raise(self, stage: Stage, profile: Profile) -> tuple[list[Peer], list[str]]:
        """Start the origin and every peer; return them and what is missing."""
        missing = []
        with machine.on_core(self.cores.load):
            origin = start_origin(stage, self.proxy, profile)
        peers = [look_at(DIRECT, origin, origin, profile)]
        for name, start in self.starts.items():
            try:
                with machine.on_core(self.cores.proxy):
                    server = start(stage, profile, origin.port)
            except Missing as reason:
                missing.append(f"{name}: {reason}")
            else:
                peers.append(look_at(name, server, origin, profile))
        return peers, missing

    def _measure(self, peer: Peer, profile: Profile) -> report.Sample:
        """Measure one peer: as fast as it goes, then at the fixed rate."""
        before = machine.cpu(peer.server.pid)
        fast = self._load(peer, profile, None)
        used = machine.cpu(peer.server.pid) - before
        slow = self._load(peer, profile, self.amount.rate or profile.rate)
        # The warm-up has cost processor time too.
        requests = fast.requests + fast.warm_up_requests
        if slow.latency is None or fast.requests == 0:
            raise CourseError(f"{peer.name} answered nothing.", "Give it more --seconds, or run it alone and look.")
        is_proxy = peer.name != DIRECT
        return report.Sample(
            requests_per_second=fast.requests_per_second,
            user_us_per_request=1e6 * used.user / requests if is_proxy else None,
            system_us_per_request=1e6 * used.system / requests if is_proxy else None,
            core_busy=used.seconds / (fast.seconds + self.amount.warm_up) if is_proxy else None,
            p50_us=slow.latency.p50_us,
            p99_us=slow.latency.p99_us,
            p99_9_us=slow.latency.p99_9_us,
            reached_per_second=slow.requests_per_second,
            errors=fast.failed + slow.failed,
        )

    def _load(self, peer: Peer, profile: Profile, rate: float | None) -> Measured:
        """Put load on a peer, from the core of the load generator."""
        with machine.on_core(self.cores.load):
            return put_load(
                f"{peer.server.url}{profile.target}", seconds=self.amount.seconds,
                warm_up_seconds=self.amount.warm_up, connections=self.amount.connections or profile.connections,
                requests_per_second=rate, method=profile.method, body_bytes=profile.body_bytes,
                fields=profile.fields(peer.server.port), program=self.generator,
            )  # fmt: skip

    def _count(self, proxies: list[Peer], profile: Profile) -> tuple[dict[str, dict[str, float]], list[str]]:
        """Count the system calls of each proxy, if that is wanted; say why where it is not possible."""
        calls: dict[str, dict[str, float]] = {}
        reasons = []
        seconds = self.amount.syscall_seconds
        for peer in proxies if seconds is not None else []:
            self.tell(f"{profile.name}: counting the system calls of {peer.name}")
            try:
                calls[peer.name] = syscalls.count(self.generator, peer, profile, self.cores, seconds or 0)
            except Missing as reason:
                reasons.append(f"system calls: {reason}")
        return calls, list(dict.fromkeys(reasons))
