"""The load generator counts what the proxy counts, and measures what wrk measures."""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
from pathlib import Path

import pytest

from proxylings.errors import CourseError
from proxylings.lab.load import Measured, put_load
from tests.conftest import required
from tests.e2e.loopback import OK, Peer, fake_upstream
from tests.e2e.programs import ROOT, StartProxy, built


@pytest.fixture(scope="module")
def generator() -> Path:
    """Build the load generator."""
    return built(ROOT / "Cargo.toml", "load", "--locked")


def figures(generator: Path, url: str, *options: str) -> dict[str, object]:
    """Run the load generator and read its figures."""
    done = subprocess.run([generator, url, *options], stdout=subprocess.PIPE, timeout=20, check=True)
    value = json.loads(done.stdout)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("target", ["/bytes/1024", "/chunked/1024"])
@pytest.mark.parametrize("pace", [(), ("--rate", "500")], ids=["closed", "open"])
def test_the_counts_are_those_of_the_log(
    generator: Path, start_proxy: StartProxy, target: str, pace: tuple[str, ...]
) -> None:
    """Every request is in the proxy's log once, and every one in the log was counted."""
    proxy = start_proxy("--log")
    # So short that every line of the log finds its place in the proxy's queue, before anybody reads.
    options = ("--connections", "2", "--seconds", "0.05", "--warm-up", "0.01", *pace)
    got = figures(generator, proxy.url + target, *options)
    proxy.process.send_signal(signal.SIGTERM)
    lines = [json.loads(line) for line in proxy.process.stdout or ()]
    requests, warm_up = got["requests"], got["warm_up_requests"]
    assert isinstance(requests, int)
    assert isinstance(warm_up, int)
    assert requests + warm_up == len(lines) > 0, got
    assert {line["status"] for line in lines} == {200}
    assert got["errors"] == dict.fromkeys(("connect", "cut", "io", "malformed", "status", "unanswered"), 0)
    assert isinstance(got["bytes"], int)
    assert got["bytes"] > 1024 * requests, "each of them has 1024 bytes and a head"
    latency = got["latency_us"]
    assert isinstance(latency, dict)
    names = ["min", "p50", "p90", "p99", "p99.9", "max"]
    assert list(latency) == [*names, "mean"]
    assert [latency[name] for name in names] == sorted(latency[name] for name in names)


def test_an_open_loop_asks_when_requests_are_due(generator: Path, start_proxy: StartProxy) -> None:
    """Fifty requests are due in a tenth of a second at 500 a second, however long that takes."""
    got = figures(generator, start_proxy().url + "/bytes/1", "--rate", "500", "--seconds", "0.1", "--connections", "3")
    assert (got["mode"], got["requests"]) == ("open", 50)


def test_failures_are_counted_by_kind(generator: Path, start_proxy: StartProxy) -> None:
    """A bad status is one kind of failure, a response that breaks off another."""

    def answer_once(peer: Peer) -> None:
        peer.request()
        peer.wire.send(OK[:-1])

    options = ("--rate", "100", "--seconds", "0.1", "--connections", "1")
    bad = figures(generator, start_proxy().url + "/status/503", *options)
    assert isinstance(bad["errors"], dict)
    assert (bad["requests"], bad["errors"]["status"]) == (10, 10)
    with fake_upstream(answer_once) as upstream:
        cut = figures(generator, f"{upstream.url}/", *options)
    assert isinstance(cut["errors"], dict)
    assert (cut["requests"], cut["errors"]["cut"]) == (0, 10)


def test_nobody_to_connect_to_is_said(generator: Path) -> None:
    """Exit code 1 and a message, and nothing that looks like figures."""
    done = subprocess.run([generator, "http://127.0.0.1:1/"], capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot connect" in done.stderr


def test_the_whole_body_of_each_request_arrives(generator: Path, start_proxy: StartProxy) -> None:
    """The log of the proxy says how long each body was; a HEAD gets a length and no body."""
    proxy = start_proxy("--log")
    options = ("--method", "POST", "--body-bytes", "100000", "--rate", "100", "--seconds", "0.1")
    got = figures(generator, f"{proxy.url}/echo", "--connections", "2", *options)
    head = figures(generator, f"{proxy.url}/bytes/1000000", "--method", "HEAD", "--rate", "100", "--seconds", "0.1")
    proxy.process.send_signal(signal.SIGTERM)
    lines = [json.loads(line) for line in proxy.process.stdout or ()]
    assert [(line["method"], line["request_bytes"]) for line in lines] == [("POST", 100_000)] * 10 + [("HEAD", 0)] * 10
    assert isinstance(got["bytes"], int)
    assert got["bytes"] > 10 * 100_000, "each answer holds the body again"
    assert isinstance(head["bytes"], int)
    assert head["bytes"] < 10 * 1000, "an answer to HEAD has a head and nothing else"


def test_python_gets_figures_with_units(generator: Path, start_proxy: StartProxy) -> None:
    """What a notebook gets: counts, seconds, and microseconds that are in order."""
    proxy = start_proxy()
    got = put_load(
        f"{proxy.url}/bytes/10", seconds=0.1, warm_up_seconds=0, requests_per_second=200.0, connections=2,
        fields=["Accept: */*"], program=generator,
    )  # fmt: skip
    assert (got.requests, got.failed, got.rate.asked) == (20, 0, 200.0)
    assert 0 < got.requests_per_second <= 200
    assert got.latency is not None
    assert 0 < got.latency.min_us <= got.latency.p50_us <= got.latency.p99_9_us <= got.latency.max_us < 10e6
    assert "open loop at 200 requests/s: 20 requests" in repr(got)


def test_python_says_what_to_mend(generator: Path) -> None:
    """Nobody listens, or the URL is none that we take: one error with the program's own words."""
    for url, said in [("http://127.0.0.1:1/", "cannot connect"), ("http://localhost/", "write it as http://127.0.0.1")]:
        with pytest.raises(CourseError, match=re.escape(said)):
            put_load(url, seconds=0.1, program=generator)


WRK_UNITS = {"us": 1.0, "ms": 1e3, "s": 1e6}
NEAR = 3.0


def wrk(program: str, url: str) -> tuple[float, float]:
    """Run wrk for a second; return its requests a second, and its median latency in microseconds."""
    command = [program, "--threads", "1", "--connections", "16", "--duration", "1s", "--latency", url]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=20, check=True).stdout
    rate = re.search(r"^Requests/sec:\s+([\d.]+)", said, re.MULTILINE)
    median = re.search(r"^\s+50%\s+([\d.]+)(us|ms|s)$", said, re.MULTILINE)
    assert rate is not None, said
    assert median is not None, said
    return float(rate[1]), float(median[1]) * WRK_UNITS[median[2]]


def test_it_measures_what_wrk_measures(generator: Path, start_proxy: StartProxy) -> None:
    """The same target, the same connections, in turns: the medians are near each other.

    Near is a factor of three: both run on cores that they share with the proxy and with everything else.
    """
    program = required("wrk")
    url = f"{start_proxy().url}/bytes/1024"
    theirs: list[tuple[float, float]] = []
    ours: list[Measured] = []
    for _ in range(3):
        theirs.append(wrk(program, url))
        ours.append(put_load(url, seconds=1.0, warm_up_seconds=0, connections=16, program=generator))
    assert [run.failed for run in ours] == [0, 0, 0]
    rate = statistics.median(run.requests_per_second for run in ours), statistics.median(rate for rate, _ in theirs)
    p50 = (
        statistics.median(run.latency.p50_us for run in ours if run.latency),
        statistics.median(median for _, median in theirs),
    )
    for what, (mine, other) in {"requests/s": rate, "p50 in microseconds": p50}.items():
        assert 1 / NEAR < mine / other < NEAR, f"{what}: {mine:.0f} here, {other:.0f} with wrk"
