"""The load generator counts what the proxy counts, and the benchmark that stands on it runs through."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmark reads /proc")
def test_the_benchmark_runs_through(tmp_path: Path) -> None:
    """One quick round: every peer that is there answers without a failure. How fast it is, is not our affair here."""
    required("nginx")
    output = tmp_path / "proxy.json"
    command = [sys.executable, "benchmarks/proxy.py", "--quick", "--rounds", "1", "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(output.read_bytes())["peers"]
    assert [row["peer"] for row in rows][:3] == ["direct", "proxylings", "nginx"]
    for row in rows:
        assert [sample["errors"] for sample in row["samples"]] == [0], row
        assert row["peer"] in done.stdout
