"""The settings file and the listener for operators."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.loopback import PATIENCE, Peer, Proxy, Wire, fake_upstream
from tests.e2e.programs import StartProxy

ADMIN = ("--admin", "127.0.0.1:0")


def ask(url: str, target: str, method: str = "GET", **fields: str) -> tuple[int, str]:
    """Ask the admin listener; give the status and the body."""
    with asking(url, target, method, **fields) as response:
        return response.status, response.read().decode()


def status_when(proxy: Proxy, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Ask for the status until it is as expected: a client may have its answer before the proxy has counted it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        status: dict[str, Any] = json.loads(ask(proxy.admin, "/status")[1])
        if holds(status):
            return status
        assert time.monotonic() < deadline, status


def answered(count: int) -> Callable[[dict[str, Any]], bool]:
    """Give the condition that so many requests and refused heads have been counted."""
    return lambda status: status["requests"]["total"] + status["requests"]["refused_heads"] == count


@contextmanager
def asking(url: str, target: str, method: str = "GET", **fields: str) -> Iterator[http.client.HTTPResponse]:
    """Ask the admin listener, and leave the response open."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, target, headers=fields)
        yield connection.getresponse()
    finally:
        connection.close()


def test_status_counts_what_the_clients_did(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN)
    with Wire.to(proxy.address) as client:
        client.send(
            b"GET /bytes/10 HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        )
        assert [client.response().status, client.response().status] == [200, 200]
        client.send(b"GET / HTTP/1.1\r\n\r\n")
        assert client.response().status == 400
        got = status_when(proxy, answered(3))
    assert got["clients"]["accepted"] == 1
    assert got["requests"]["by_class"] == {"1xx": 0, "2xx": 2, "3xx": 0, "4xx": 1, "5xx": 0}, got
    assert got["requests"]["request_body_bytes"] == 3
    assert got["pid"] == proxy.process.pid


def test_metrics_are_in_the_format_of_prometheus(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN)
    with Wire.to(proxy.address) as client:
        client.send(b"GET /status/404 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.response().status == 404
    status_when(proxy, answered(1))
    _, text = ask(proxy.admin, "/metrics")
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert lines['proxylings_requests_total{class="4xx"}'] == "1"
    assert lines['proxylings_request_seconds_bucket{le="+Inf"}'] == lines["proxylings_request_seconds_count"] == "1"
    named = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    bare = {name.split("{")[0].removesuffix("_bucket").removesuffix("_sum").removesuffix("_count") for name in lines}
    assert bare == named, "each number has its type, and each type its number"


def test_events_come_as_they_happen(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN)
    with asking(proxy.admin, "/events") as events, Wire.to(proxy.address) as client:
        assert events.getheader("Content-Type") == "text/event-stream"
        client.send(b'GET /"quoted" HTTP/1.1\r\nHost: a\r\n\r\n')
        assert client.response().status == 404
        event = next(event for event in told(events) if event["event"] == "request")
    assert (event["method"], event["target"], event["status"]) == ("GET", '/"quoted"', 404)


def told(events: http.client.HTTPResponse) -> Iterator[dict[str, object]]:
    """Read server-sent events."""
    while line := events.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_a_listener_for_events_does_not_hold_up_a_stop(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN, "--drain-ms", "60000")
    with asking(proxy.admin, "/events") as events:
        proxy.process.terminate()
        assert events.read() == b""
        assert proxy.process.wait(10) == 0


@pytest.mark.parametrize(
    ("target", "method", "fields", "status"),
    [
        ("/status", "POST", {}, 405),
        ("/nothing", "GET", {}, 404),
        ("/status", "GET", {"Host": "evil.example"}, 403),
        ("/status", "GET", {"Origin": "http://evil.example"}, 403),
    ],
)
def test_the_admin_listener_refuses(
    start_proxy: StartProxy, target: str, method: str, fields: dict[str, str], status: int
) -> None:
    assert ask(start_proxy(*ADMIN).admin, target, method, **fields)[0] == status


def test_the_default_settings_file_is_one_that_works(binary: Path, tmp_path: Path, start_proxy: StartProxy) -> None:
    file = tmp_path / "proxy.toml"
    file.write_bytes(subprocess.run([binary, "--default-config"], capture_output=True, check=True).stdout)
    proxy = start_proxy("--config", str(file), "--listen", "127.0.0.1:0")
    with Wire.to(proxy.address) as client:
        client.send(b"GET /bytes/1 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.response().status == 200


def test_a_setting_takes_effect(tmp_path: Path, start_proxy: StartProxy) -> None:
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\nlabel = "from the file"\n[limits]\nfield_lines = 2\n')
    proxy = start_proxy("--config", str(file))
    with Wire.to(proxy.address) as client:
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\n\r\n")
        assert "from the file" in (client.response().one("Via") or "")
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n")
        assert client.response().status == 431


def test_a_bad_settings_file_is_refused_with_its_place_and_a_remedy(binary: Path, tmp_path: Path) -> None:
    file = tmp_path / "proxy.toml"
    file.write_text("[timeouts]\nhead_ms = 10\nhead_s = 1\n")
    done = subprocess.run([binary, "--config", file], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{file}:3:1: unknown field `head_s`" in done.stderr
    assert "`head_ms`" in done.stderr


def test_the_combined_log_has_a_line_for_each_request_and_no_client_can_forge_one(
    tmp_path: Path, start_proxy: StartProxy
) -> None:
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\naccess_log = "combined"\n')
    proxy = start_proxy("--config", str(file))
    with Wire.to(proxy.address) as client:
        client.send(b'GET /bytes/3 HTTP/1.1\r\nHost: a\r\nUser-Agent: a" 200\r\nReferer: http://b/\r\n\r\n')
        assert client.response().status == 200
        client.send(b"nonsense\r\n\r\n")
        assert client.response().status == 400
    assert proxy.process.stdout is not None
    first, second = proxy.process.stdout.readline(), proxy.process.stdout.readline()
    shape = r"127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "
    assert re.fullmatch(shape + r'"GET /bytes/3 HTTP/1\.1" 200 3 "http://b/" "a\\x22 200" \d+\n', first), first
    assert re.fullmatch(shape + r'"-" 400 0 "-" "-" \d+\n', second), second


def test_the_report_counts_the_newest_requests_whether_or_not_they_are_written(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN)
    with Wire.to(proxy.address) as client:
        for target in ("/bytes/10", "/bytes/20", "/status/404"):
            client.send(f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            client.response()
        status_when(proxy, answered(3))
        status, text = ask(proxy.admin, "/report")
    report = json.loads(text)
    assert status == 200
    assert (report["requests"], report["unreadable_lines"]) == (3, 0)
    assert report["statuses"] == {"200": 2, "404": 1}
    assert report["top_clients"] == [["127.0.0.1", 3]]
    assert 0 < report["latency_us"]["p50"] <= report["latency_us"]["max"]


def test_events_tell_the_states_of_a_connection_and_where_its_request_went(start_proxy: StartProxy) -> None:
    proxy = start_proxy(*ADMIN)
    with asking(proxy.admin, "/events") as events:
        with Wire.to(proxy.address) as client:
            for number in (10, 20):
                client.send(f"GET /bytes/{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                client.response()
        got = []
        for event in told(events):
            got.append(event)
            if event.get("state") == "Closed":
                break
    kinds = [event.get("state") or event.get("outcome") or event["event"] for event in got]
    one = ["Forwarding", "POOL", "responding", "Idle", "returned", "request"]
    expected = ["ReadingHead", "began", *one, "ReadingHead", "began", *one, "Closed"]
    expected[expected.index("POOL")] = "opened"
    expected[expected.index("POOL")] = "reused"
    assert kinds == expected, got
    assert {event["connection"] for event in got} == {1}, "everything says whose it is"
    pool = [event for event in got if event["event"] == "pool"]
    assert [event["link"] for event in pool] == [1] * 4
    assert [event["at_us"] for event in got] == sorted(event["at_us"] for event in got)  # type: ignore[type-var]


def test_a_connection_to_a_server_is_told_of_to_its_end(start_proxy: StartProxy) -> None:
    def ends_with_its_answer(peer: Peer) -> None:
        peer.request()
        peer.wire.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")

    with fake_upstream(ends_with_its_answer) as upstream:
        proxy = start_proxy(*ADMIN, "--upstream", upstream.url)
        with asking(proxy.admin, "/events") as events, Wire.to(proxy.address) as client:
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.response()
            pool = [event for event in until(events, "discarded") if event["event"] == "pool"]
        assert [(event["outcome"], event["link"]) for event in pool] == [("opened", 1), ("discarded", 1)]
        assert {event["server"] for event in pool} == {upstream.url}


def until(events: http.client.HTTPResponse, outcome: str) -> Iterator[dict[str, object]]:
    """Read events to the first one with this outcome."""
    for event in told(events):
        yield event
        if event.get("outcome") == outcome:
            return
