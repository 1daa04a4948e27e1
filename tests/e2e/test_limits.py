"""What a connection costs, and what happens when there are more of them than the system has descriptors for.

The bounds on memory are those that `crates/proxy/src/settings.rs` promises. Memory is what Linux says of the
process (/proc), so these tests are for Linux.
"""

from __future__ import annotations

import json
import resource
import select
import socket
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.e2e.loopback import PATIENCE, Peer, Proxy, Wire, fake_upstream
from tests.e2e.programs import StartProxy
from tests.e2e.test_admin import ask

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc and sets another process's limits")

GET = b"GET /bytes/1 HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
KIB = 1024

IDLE = 20 * KIB
"""Bytes for an idle connection, as settings.rs promises."""
BUSY = 320 * KIB
"""Bytes for one with a request, as settings.rs promises."""


def memory(proxy: Proxy) -> int:
    """Give the memory that a proxy has now, in bytes."""
    lines = Path(f"/proc/{proxy.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * KIB for line in lines if line.startswith("VmRSS:"))


def leave(wires: list[Wire]) -> None:
    """Close many connections, and leave none of them behind in TIME_WAIT."""
    while wires:
        wire = wires.pop()
        wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        wire.sock.close()


@contextmanager
def connected(proxy: Proxy, count: int, request: bytes = b"") -> Iterator[list[Wire]]:
    """Open connections, one after the other; each is idle after its answer, if it asks at all."""
    wires: list[Wire] = []
    try:
        for _ in range(count):
            wires.append(proxy.connect())
            if request:
                wires[-1].send(request)
                assert wires[-1].response().status == 200
        yield wires
    finally:
        leave(wires)


def open_clients(proxy: Proxy) -> int:
    """Ask the admin listener how many clients are connected."""
    clients = json.loads(ask(proxy.admin, "/status")[1])["clients"]
    assert isinstance(clients["open"], int)
    return clients["open"]


def test_ten_thousand_idle_connections_stay_open_and_cost_little(start_proxy: StartProxy, tmp_path: Path) -> None:
    """Each has had an answer and waits; all are still there, a new client is served, and memory is bounded."""
    room = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 500
    count = min(10_000, room)
    if count < 10_000:
        warnings.warn(f"only {count} connections: raise the hard limit of `ulimit -n` to 12000", stacklevel=1)
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\n[limits]\nclients = 20000\n')
    proxy = start_proxy("--config", str(file))
    assert proxy.ask(GET).status == 200
    before = memory(proxy)
    with connected(proxy, count, GET) as wires:
        each = (memory(proxy) - before) / count
        assert each < IDLE, f"{each:.0f} bytes for each of {count} idle connections"
        assert open_clients(proxy) == count
        assert proxy.ask(GET).body == b"0"
        looking = select.poll()
        for wire in wires:
            looking.register(wire.sock, select.POLLIN)
        assert looking.poll(0) == [], "nobody was closed, and nobody got what it did not ask for"
        for wire in wires[:: count // 20]:
            wire.send(GET)
            assert wire.response().status == 200


UPLOAD = b"1000\r\n%s\r\n" % (b"x" * 4096) * 25 + b"0\r\n\r\n"
LARGE = [
    pytest.param(b"GET /chunked/100000 HTTP/1.1\r\nHost: a\r\n\r\n", id="an answer in chunks"),
    pytest.param(CHUNKED + UPLOAD, id="an upload in chunks"),
    pytest.param(b"GET /bytes/1 HTTP/1.1\r\nHost: a\r\nA: %s\r\n\r\n" % (b"x" * 15_000), id="a long head"),
]


@pytest.mark.parametrize("request_", LARGE)
def test_an_idle_connection_keeps_nothing_of_a_large_message(start_proxy: StartProxy, request_: bytes) -> None:
    """What grew for a large head or body is let go of before the wait for the next request."""
    count = 300
    proxy = start_proxy()
    assert proxy.ask(request_).status == 200
    before = memory(proxy)
    with connected(proxy, count, request_):
        each = (memory(proxy) - before) / count
    assert each < IDLE, f"{each:.0f} bytes for each idle connection"


def test_a_connection_whose_peers_have_stopped_holds_bounded_memory(start_proxy: StartProxy) -> None:
    """The client sends and does not read, the upstream answers and does not read: all buffers fill, and no more."""
    count = 100
    long_field = b"A: " + b"a" * 15_000 + b"\r\n"
    piece = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"

    def script(peer: Peer) -> None:
        peer.wire.until(b"\r\n\r\n")
        peer.wire.send(b"HTTP/1.1 200 OK\r\n" + long_field + b"Transfer-Encoding: chunked\r\n\r\n")
        # Until the client's side is full, all the way.
        peer.wire.sock.settimeout(1)
        try:
            while True:
                peer.wire.send(piece)
        except TimeoutError:
            peer.upstream.release.wait(3 * PATIENCE)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        before = memory(proxy)
        with connected(proxy, count) as wires:
            writable = select.poll()
            for wire in wires:
                wire.send(b"POST / HTTP/1.1\r\nHost: a\r\n" + long_field + b"Transfer-Encoding: chunked\r\n\r\n")
                wire.sock.setblocking(False)
                writable.register(wire.sock, select.POLLOUT)
            socks = {wire.sock.fileno(): wire.sock for wire in wires}
            # Until nobody has been able to send for a second.
            while ready := writable.poll(1000):
                for number, _ in ready:
                    with suppress(BlockingIOError):
                        socks[number].send(piece)
            each = (memory(proxy) - before) / count
    assert each < BUSY, f"{each:.0f} bytes for each busy connection"


def test_a_client_beyond_the_limit_waits_for_its_turn(start_proxy: StartProxy, tmp_path: Path) -> None:
    """`clients` is a bound: the next one is connected by the system, and served when another has left."""
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\n[limits]\nclients = 2\n')
    proxy = start_proxy("--config", str(file))
    with connected(proxy, 2, GET) as inside, proxy.connect() as outside:
        outside.send(GET)
        assert not select.select([outside.sock], [], [], 0.3)[0], "it was served beside two others"
        inside.pop().sock.close()
        assert outside.response().status == 200


def leave_free(proxy: Proxy, count: int) -> None:
    """Let a proxy open so many descriptors more, and no others."""
    taken = {int(path.name) for path in Path(f"/proc/{proxy.process.pid}/fd").iterdir()}
    free = (number for number in range(100_000) if number not in taken)
    last = [next(free) for _ in range(count)][-1]
    _, hard = resource.prlimit(proxy.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(proxy.process.pid, resource.RLIMIT_NOFILE, (last + 1, hard))


def worked(proxy: Proxy) -> float:
    """Give the seconds of processor time that a proxy has used."""
    fields = Path(f"/proc/{proxy.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def test_without_descriptors_clients_wait_and_nothing_spins(start_proxy: StartProxy) -> None:
    """The proxy that cannot accept neither dies nor burns the processor, and goes on when others have left."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            # Closed means that the connection to the upstream is idle again: the one for all that follows.
            assert wire.response().status == 200
            assert wire.is_closed()
        leave_free(proxy, 5)
        with connected(proxy, 20) as wires:
            wires[0].send(GET)
            assert wires[0].response().status == 200, "the first ones are served"
            wires[-1].send(GET)
            began, before = time.monotonic(), worked(proxy)
            assert not select.select([wires[-1].sock], [], [], 1.0)[0], "there was no descriptor left for it"
            used = (worked(proxy) - before) / (time.monotonic() - began)
            assert used < 0.2, f"{used:.0%} of a processor, for nothing"
            with wires.pop() as last:
                leave(wires)
                assert last.response().status == 200
        assert proxy.process.poll() is None


def test_without_a_descriptor_for_the_upstream_it_is_a_502_until_there_is_one(start_proxy: StartProxy) -> None:
    """The client's connection stays, and its request works as soon as somebody else has left."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        leave_free(proxy, 2)
        with proxy.connect() as other, proxy.connect() as wire:
            wire.send(GET)
            response = wire.response()
            assert response.status == 502
            assert "Too many open files" in response.body.decode()
            other.sock.close()
            deadline = time.monotonic() + PATIENCE
            # The proxy hears of the close in its own time.
            while response.status == 502 and time.monotonic() < deadline:
                wire.send(GET)
                response = wire.response()
            assert response.status == 200
