"""Connections that stay, on both sides: reused, pipelined, retried, and a thousand at once."""

from __future__ import annotations

import asyncio
import resource
import socket

import pytest

from tests.e2e.loopback import OK, PATIENCE, Address, Peer, fake_upstream
from tests.e2e.programs import StartProxy

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"


def test_both_sides_keep_their_connection(start_proxy: StartProxy) -> None:
    """Ten requests, with and without bodies, need one connection to the proxy and one to the upstream."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            for _ in range(5):
                for request in (GET, POST):
                    wire.send(request)
                    assert wire.response().body == b"ok"
        assert (len(upstream.requests), upstream.connections) == (10, 1)


def test_pipelined_requests_are_answered_in_order(start_proxy: StartProxy) -> None:
    """Requests that come in one piece, bodies between them, are answered one after the other (RFC 9112 9.3.2)."""
    proxy = start_proxy()
    lengths = [5, 0, 3000, 1, 20_000]
    send = b""
    for length in lengths:
        send += f"GET /bytes/{length} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
        send += b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % length + b"e" * length
        send += b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
    with proxy.connect() as wire:
        wire.send(send)
        for length in lengths:
            assert len(wire.response().body) == length
            assert wire.response().body == b"e" * length
            assert wire.response().body == b"hi"


def test_a_request_in_crumbs_is_still_one_request(start_proxy: StartProxy) -> None:
    """A head and a body that come byte by byte mean the same as in one piece."""
    proxy = start_proxy()
    with proxy.connect() as wire:
        for (
            byte
        ) in b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a\r\nhey\r\n0\r\nB: c\r\n\r\n":
            wire.send(bytes([byte]))
        assert wire.response().body == b"hey"


def test_an_idle_client_is_closed_without_a_word(start_proxy: StartProxy) -> None:
    """The idle time-out ends the connection; there is nothing to answer."""
    proxy = start_proxy("--idle-timeout-ms", "200")
    with proxy.connect() as wire:
        wire.send(b"GET /bytes/1 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert wire.response().status == 200
        assert wire.is_closed()


@pytest.mark.parametrize("request_", [GET, POST], ids=["GET", "POST"])
def test_a_closed_idle_connection_is_not_used(start_proxy: StartProxy, request_: bytes) -> None:
    """The proxy sees that the upstream has closed, and opens another connection."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(OK)
        peer.wire.sock.shutdown(socket.SHUT_RDWR)
        peer.upstream.release.set()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(GET)
            assert wire.response().status == 200
            assert upstream.release.wait(PATIENCE)
            wire.send(request_)
            assert wire.response().status == 200
        assert (len(upstream.requests), upstream.connections) == (2, 2)


async def several(address: Address, rounds: int, gate: asyncio.Barrier) -> int:
    """Open a connection, wait until all are open, and ask a few times."""
    reader, writer = await asyncio.open_connection(*address)
    await gate.wait()
    got = 0
    for _ in range(rounds):
        writer.write(b"GET /bytes/32 HTTP/1.1\r\nHost: a\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        got += len(await reader.readexactly(32))
    writer.close()
    return got


def test_a_thousand_clients_at_once(start_proxy: StartProxy) -> None:
    """A thousand connections are open together, and each is answered several times."""
    clients, rounds = 1000, 4
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 3 * clients + 100:
        pytest.skip("too few open files are allowed: raise the hard limit of `ulimit -n` to 4096")
    proxy = start_proxy()

    async def run() -> list[int]:
        gate = asyncio.Barrier(clients)
        async with asyncio.timeout(30):
            return await asyncio.gather(*(several(proxy.address, rounds, gate) for _ in range(clients)))

    assert asyncio.run(run()) == [32 * rounds] * clients
