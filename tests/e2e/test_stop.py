"""Starting and stopping: the program's promises to whoever runs it."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.e2e.loopback import OK, PATIENCE, FakeUpstream, Peer, Proxy, fake_upstream
from tests.e2e.programs import StartProxy

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def answers_when_released(peer: Peer) -> None:
    """Read a request, and answer it when the test says so."""
    peer.request()
    peer.upstream.release.wait(PATIENCE)
    peer.wire.send(OK)


def wait_until_refused(proxy: Proxy) -> None:
    """Connect until nobody accepts any more; the test's own time-out is the deadline."""
    while True:
        try:
            with socket.create_connection(proxy.address, timeout=PATIENCE) as sock:
                # Accepted just before the end, or never: both end at once.
                sock.recv(1)
        except ConnectionRefusedError:
            return
        except OSError:
            continue


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_running_request_is_finished(start_proxy: StartProxy, how: signal.Signals) -> None:
    """After the signal, new connections are refused, the running request is answered, and the exit code is 0."""
    with fake_upstream(answers_when_released) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as idle, proxy.connect() as busy:
            busy.send(GET)
            assert upstream.got_request.wait(PATIENCE)
            proxy.process.send_signal(how)
            assert idle.is_closed(), "an idle connection closes at once"
            wait_until_refused(proxy)
            upstream.release.set()
            response = busy.response()
            assert (response.status, response.one("Connection"), response.body) == (200, "close", b"ok")
            assert busy.is_closed()
        assert proxy.process.wait(PATIENCE) == 0


def test_the_deadline_ends_what_does_not_end(start_proxy: StartProxy) -> None:
    """A request that outlasts the deadline is cut off; the stop itself went well, and says what it left."""
    with fake_upstream(answers_when_released) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--drain-ms", "100")
        with proxy.connect() as wire:
            wire.send(GET)
            assert upstream.got_request.wait(PATIENCE)
            assert proxy.stop() == 0
            assert wire.is_closed()
        assert proxy.process.stderr is not None
        assert "still running" in proxy.process.stderr.read()


def test_a_second_signal_ends_at_once(start_proxy: StartProxy) -> None:
    """Whoever asks twice does not wait for the deadline."""
    with fake_upstream(answers_when_released) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(GET)
            assert upstream.got_request.wait(PATIENCE)
            proxy.process.send_signal(signal.SIGTERM)
            wait_until_refused(proxy)
            proxy.process.send_signal(signal.SIGTERM)
            assert proxy.process.wait(PATIENCE) == 1


def test_the_end_of_standard_input_stops_it(start_proxy: StartProxy) -> None:
    """A proxy whose parent dies does not stay behind."""
    proxy = start_proxy("--stop-on-stdin-eof", stdin=subprocess.PIPE)
    assert proxy.ask(GET).status == 200
    assert proxy.process.stdin is not None
    proxy.process.stdin.close()
    assert proxy.process.wait(PATIENCE) == 0


def test_it_serves_on_when_nobody_reads_its_output(start_proxy: StartProxy) -> None:
    """A closed standard output costs the log, not the requests."""
    proxy = start_proxy("--log")
    assert proxy.process.stdout is not None
    proxy.process.stdout.close()
    with proxy.connect() as wire:
        for _ in range(10):
            wire.send(GET)
            assert wire.response().status == 200
    assert proxy.stop() == 0


def test_the_log_has_a_line_for_each_request(start_proxy: StartProxy) -> None:
    """Each line is JSON whatever the client sent, and the stop loses none of them."""
    proxy = start_proxy("--log")
    proxy.ask(b'POST /echo?"\\\xff HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello')
    line = proxy.line()
    micros = line.pop("micros")
    assert isinstance(micros, int)
    assert micros > 0
    assert line == {
        "event": "request",
        "method": "POST",
        "target": '/echo?"\\\N{REPLACEMENT CHARACTER}',
        "status": 200,
        "request_bytes": 5,
        "response_bytes": 5,
    }
    proxy.ask(b"GET /\r\n\r\n")
    refused = proxy.line()
    assert (refused["event"], refused["status"]) == ("refused", 400)
    assert proxy.ask(b"GET /bytes/7 HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
    assert proxy.stop() == 0
    assert proxy.line()["response_bytes"] == 7


def run(binary: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run([binary, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_an_address_in_use_is_said_clearly(binary: Path) -> None:
    """Exit code 1, nothing on standard output, and what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(binary, "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot listen on 127.0.0.1:" in done.stderr
    assert "help:" in done.stderr


@pytest.mark.parametrize("url", ["https://a:1", "http://a", "a:80", "http://a:80/path", "http://a:0", ""])
def test_a_bad_upstream_is_a_usage_error(binary: Path, url: str) -> None:
    """Exit code 2, and how to write it."""
    done = run(binary, "--upstream", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert "http://host:port" in done.stderr


def test_the_fake_upstream_itself_stops() -> None:
    """A fake upstream that is closed refuses connections, so that no test talks to the one before it."""
    upstream = FakeUpstream(answers_when_released)
    address = upstream.listener.getsockname()
    upstream.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=PATIENCE)
