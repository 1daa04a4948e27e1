"""How many system calls does a request cost? Counted by strace, which slows the proxy down but does not change them.

One connection, and requests that come one at a time, so that every request is alone with its calls. With many at a
time, one call that waits (epoll_wait) serves several of them.
"""

import re
import signal
import subprocess
import tempfile
from pathlib import Path

from benchmarks import machine
from benchmarks.peers import Missing, Peer
from benchmarks.profiles import Profile
from benchmarks.servers import found
from proxylings.lab.load import put_load

# strace makes a call several times slower: this part of the profile's rate leaves time for one request after the other.
PART_OF_RATE = 0.1
_ROW = re.compile(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", re.MULTILINE)


def count(generator: Path, peer: Peer, profile: Profile, cores: machine.Cores, seconds: float) -> dict[str, float]:
    """Return the calls a request by their names, most frequent first. Raises Missing with the reason why it can't."""
    strace = found("strace")
    if strace is None:
        raise Missing("strace is not installed")
    url, rate = f"{peer.server.url}{profile.target}", PART_OF_RATE * profile.rate

    def ask(for_seconds: float) -> int:
        with machine.on_core(cores.load):
            got = put_load(
                url, seconds=for_seconds, warm_up_seconds=0, connections=1, requests_per_second=rate,
                method=profile.method, body_bytes=profile.body_bytes, fields=profile.fields(peer.server.port),
                program=generator,
            )  # fmt: skip
        if got.failed:
            raise Missing(f"{peer.name} answered {got.requests} requests and not the other {got.failed}")
        return got.requests

    ask(1 / rate)  # so that the connection to the origin is there
    with tempfile.TemporaryDirectory() as folder:
        summary = Path(folder) / "summary"
        pids = machine.tree(peer.server.pid)
        command = [strace, "-f", "-c", "-o", str(summary), *(f"--attach={pid}" for pid in pids)]
        with machine.on_core(cores.load):
            tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            _wait_until_attached(tracer, len(pids))
            requests = ask(seconds)
        finally:
            tracer.send_signal(signal.SIGINT)  # lets go of the proxy, then writes the summary
            _wait_until_gone(tracer)
        return per_request(summary.read_text(encoding="utf-8"), requests)


def per_request(summary: str, requests: int) -> dict[str, float]:
    """Read strace's table: calls by name, divided by the number of requests."""
    calls = {name: int(count) for count, name in _ROW.findall(summary) if name != "total"}
    frequent = sorted(calls.items(), key=lambda item: item[1], reverse=True)
    return {name: count / max(requests, 1) for name, count in frequent}


def _wait_until_gone(tracer: "subprocess.Popen[str]") -> None:
    try:
        tracer.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        tracer.kill()
        tracer.communicate()
        raise Missing("strace did not let go of the proxy within 20 s") from None


def _wait_until_attached(tracer: "subprocess.Popen[str]", processes: int) -> None:
    """Read what strace says until it holds every process; it ends by itself when it may not."""
    assert tracer.stderr is not None
    said: list[str] = []
    while processes:
        line = tracer.stderr.readline()
        if not line:
            raise Missing(f"strace may not look at the proxy: {''.join(said).strip()}")
        said.append(line)
        processes -= "attached" in line
