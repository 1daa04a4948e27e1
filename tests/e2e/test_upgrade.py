"""Upgrade: bytes go through unread after the upstream's 101, and not a byte earlier (RFC 9110 7.8).

The upstream here is a real one on a raw socket: it answers a handshake, and then gives back what it gets.
"""

from __future__ import annotations

import select
import socket
import threading
from pathlib import Path

import pytest

from tests.e2e.loopback import OK, PATIENCE, FakeUpstream, Peer, Proxy, Script, Wire, fake_upstream
from tests.e2e.programs import StartProxy

ASK = b"GET /chat HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n"
PLAIN = b"GET /plain HTTP/1.1\r\nHost: a.example\r\n\r\n"
SWITCH = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: abc\r\nX-Hop: 1\r\n\r\n"
)


def echo(peer: Peer) -> None:
    """Give back what comes until its end, and then end too."""
    if data := peer.wire.take(len(peer.wire.buffer)):
        peer.wire.send(data)
    while data := peer.wire.more():
        peer.wire.send(peer.wire.take(len(data)))
    peer.wire.sock.shutdown(socket.SHUT_WR)


def switches(peer: Peer) -> None:
    """Answer an upgrade with 101 and echo; answer everything else with 200."""
    while b"upgrade:" not in peer.request().head.lower():
        peer.wire.send(OK)
    peer.wire.send(SWITCH)
    echo(peer)


def switched(wire: Wire, ask: bytes = ASK) -> None:
    """Ask for the switch, and read the 101."""
    wire.send(ask)
    response = wire.response()
    assert response.status == 101, response
    assert response.one("Upgrade") == "websocket"
    assert (response.one("Connection") or "").lower() == "upgrade"
    assert response.one("Sec-WebSocket-Accept") == "abc"
    assert (response.one("Via") or "").startswith("1.1 proxylings")


def test_bytes_go_through_a_tunnel_both_ways(start_proxy: StartProxy) -> None:
    """Both fields go upstream, and after the 101 any bytes come back as they were."""
    with fake_upstream(switches) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            for data in (b"\x81\x85hello", b"GET /not-a-request HTTP/1.1\r\n\r\n", bytes(range(256))):
                wire.send(data)
                assert wire.exactly(len(data)) == data
        head = upstream.requests[0].head.lower()
        assert b"upgrade: websocket\r\n" in head
        assert b"connection: upgrade\r\n" in head
        assert b"keep-alive" not in head


def test_a_large_transfer_in_both_directions_at_once(start_proxy: StartProxy) -> None:
    """More than all the buffers hold goes through, because the two directions do not wait for each other."""
    data = bytes(range(256)) * 40_000
    with fake_upstream(switches) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            sender = threading.Thread(target=wire.sock.sendall, args=(data,))
            sender.start()
            assert wire.exactly(len(data)) == data
            sender.join(PATIENCE)


def test_early_bytes_are_held_back_until_the_101(start_proxy: StartProxy) -> None:
    """What the client sends along with its request reaches the upstream after the 101, and not before."""
    came_early: list[bytes] = []

    def script(peer: Peer) -> None:
        peer.request()
        # The request and the early bytes left the client in one piece: were they passed on, they would be here.
        readable, _, _ = select.select([peer.wire.sock], [], [], 0.2)
        came_early.append(peer.wire.buffer + (peer.wire.more() if readable else b""))
        peer.wire.send(SWITCH)
        echo(peer)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire, ASK + b"too early")
            wire.send(b", and in time")
            assert wire.exactly(22) == b"too early, and in time"
        assert came_early == [b""]


def test_early_bytes_are_held_back_in_bounded_memory(start_proxy: StartProxy) -> None:
    """A client that does not wait for the 101 fills the sockets' buffers, and then it waits."""
    with fake_upstream(lambda peer: (peer.request(), peer.upstream.release.wait(PATIENCE))[0]) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(ASK)
            assert upstream.got_request.wait(PATIENCE)
            wire.sock.setblocking(False)
            sent, most = 0, 64 * 1024 * 1024
            while sent < most and select.select([], [wire.sock], [], 0.5)[1]:
                sent += wire.sock.send(b"x" * 65536)
            assert sent < most, f"the proxy took {sent} bytes that it could not pass on"


def test_bytes_behind_the_101_are_the_first_of_the_tunnel(start_proxy: StartProxy) -> None:
    """An upstream may speak at once: what comes with its 101 is the client's."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH + b"welcome")
        echo(peer)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            assert wire.exactly(7) == b"welcome"


def test_without_a_101_the_answer_is_an_ordinary_one(start_proxy: StartProxy) -> None:
    """A server may ignore the wish; what the client sent behind its request is the next request."""

    def script(peer: Peer) -> None:
        while True:
            peer.request()
            peer.wire.send(OK)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(ASK + PLAIN)
            for _ in range(2):
                assert (response := wire.response()).status == 200, response
        assert [request.line for request in upstream.requests] == ["GET /chat HTTP/1.1", "GET /plain HTTP/1.1"]
        assert upstream.connections == 1


def test_the_client_s_end_is_passed_on_and_the_answer_still_comes(start_proxy: StartProxy) -> None:
    """Half-close: the upstream hears the end, and what it says after that still reaches the client."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH)
        peer.wire.send(b"you said: " + peer.wire.rest())

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            wire.send(b"good bye")
            wire.sock.shutdown(socket.SHUT_WR)
            assert wire.rest() == b"you said: good bye"


def test_the_upstream_s_end_is_passed_on_and_it_still_hears(start_proxy: StartProxy) -> None:
    """Half-close, the other way round."""
    heard: list[bytes] = []

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH + b"last words")
        peer.wire.sock.shutdown(socket.SHUT_WR)
        heard.append(peer.wire.rest())
        peer.upstream.release.set()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            assert wire.rest() == b"last words"
            wire.send(b"I heard you")
            wire.sock.shutdown(socket.SHUT_WR)
            assert upstream.release.wait(PATIENCE)
        assert heard == [b"I heard you"]


@pytest.mark.parametrize("who", ["client", "upstream"])
def test_a_reset_ends_both_directions(start_proxy: StartProxy, who: str) -> None:
    """A side that is gone can neither hear nor answer, so the other one is let go at once."""
    ended = threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH)
        peer.wire.exactly(2)
        if who == "upstream":
            peer.reset()
        else:
            peer.wire.is_closed()
            ended.set()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            wire.send(b"hi")
            if who == "upstream":
                assert wire.is_closed()
            else:
                wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                wire.sock.close()
                assert ended.wait(PATIENCE)


def test_a_silent_tunnel_is_closed_on_both_sides(start_proxy: StartProxy) -> None:
    """The time-out counts from the last byte in either direction."""
    ended = threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH)
        echo(peer)
        ended.set()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--tunnel-timeout-ms", "200")
        with proxy.connect() as wire:
            switched(wire)
            wire.send(b"still here")
            assert wire.exactly(10) == b"still here"
            assert wire.is_closed()
            assert ended.wait(PATIENCE)


def test_bytes_in_one_direction_keep_a_tunnel_open(start_proxy: StartProxy) -> None:
    """A tunnel in which only the upstream speaks lives longer than its idle time-out."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH)
        for _ in range(12):
            # The pause between two words: nobody sets this event before the end.
            peer.upstream.release.wait(0.1)
            peer.wire.send(b"tick")

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--tunnel-timeout-ms", "400")
        with proxy.connect() as wire:
            switched(wire)
            assert wire.rest() == b"tick" * 12


def test_a_tunnel_s_connection_never_serves_again(start_proxy: StartProxy) -> None:
    """The upstream connection of a tunnel ends with it: the next request gets another one."""
    with fake_upstream(switches) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire)
            wire.sock.shutdown(socket.SHUT_WR)
            assert wire.rest() == b""
        assert proxy.ask(PLAIN).status == 200
        assert upstream.connections == 2


def answers(data: bytes) -> Script:
    """Make a script that answers every request with some bytes."""

    def script(peer: Peer) -> None:
        while True:
            peer.request()
            peer.wire.send(data)

    return script


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (PLAIN, SWITCH),
        (
            b"POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nhi",
            SWITCH,
        ),
        (ASK, SWITCH.replace(b"Upgrade: websocket", b"Upgrade: h2c")),
        (ASK, SWITCH.replace(b"Upgrade: websocket\r\n", b"")),
    ],
    ids=["not asked at all", "asked with a body", "another protocol", "no protocol"],
)
def test_an_unasked_101_is_a_502(start_proxy: StartProxy, ask: bytes, answer: bytes) -> None:
    """An upstream that switches on its own would have its bytes taken for a response: it gets no tunnel."""
    with fake_upstream(answers(answer)) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(ask)
            response = wire.response()
            assert response.status == 502, response
            assert "switches" in response.body.decode()


@pytest.mark.parametrize(
    "ask",
    [
        b"GET / HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
        b"Connection: Upgrade, HTTP2-Settings\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: TLS/1.0\r\nConnection: upgrade\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nhi",
    ],
    ids=["HTTP/1.0", "not named by Connection", "h2c", "TLS", "with a body"],
)
def test_some_wishes_are_not_passed_on(start_proxy: StartProxy, ask: bytes) -> None:
    """Behind h2c or TLS, requests would go past every rule of the proxy; the others cannot ask at all."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        assert proxy.ask(ask).status == 200
        head = upstream.requests[0].head.lower()
        assert b"upgrade" not in head
        assert b"http2-settings" not in head


def test_h2c_beside_another_protocol_is_left_out(start_proxy: StartProxy) -> None:
    """The client may offer several; what we let through is asked for."""
    with fake_upstream(switches) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            switched(wire, ASK.replace(b"Upgrade: websocket", b"Upgrade: h2c, websocket"))
        assert b"upgrade: websocket\r\n" in upstream.requests[0].head.lower()


def test_two_tunnels_of_a_cached_route_do_not_wait_for_each_other(start_proxy: StartProxy, tmp_path: Path) -> None:
    """One fetch serves all who wait, but a tunnel is no fetch: its end may be hours away."""
    with fake_upstream(switches) as upstream:
        (tmp_path / "rules.toml").write_text('default = "app"\n[[route]]\npath = "/"\nupstream = "app"\ncache = true\n')
        (tmp_path / "proxy.toml").write_text(
            'listen = "127.0.0.1:0"\nrules = "rules.toml"\n[cache]\n'
            f'[[upstream]]\nname = "app"\nservers = ["{upstream.url}"]\n'
        )
        proxy = start_proxy("--config", str(tmp_path / "proxy.toml"))
        with proxy.connect() as first, proxy.connect() as second:
            switched(first)
            switched(second)
            for wire in (first, second):
                wire.send(b"hello")
                assert wire.exactly(5) == b"hello"
            assert proxy.ask(PLAIN.replace(b"/plain", b"/chat")).status == 200


def cut_by_the_deadline(proxy: Proxy, wire: Wire) -> None:
    """Stop the proxy, and see that the tunnel goes on until the deadline."""
    proxy.process.terminate()
    wire.send(b"still here")
    assert wire.exactly(10) == b"still here"
    assert proxy.process.wait(PATIENCE) == 0
    assert wire.is_closed()


def test_a_stop_lets_a_tunnel_go_on_until_the_deadline(start_proxy: StartProxy) -> None:
    """A tunnel is a running request: it may end in peace, and it cannot hold the stop up for ever."""
    with fake_upstream(switches) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--drain-ms", "500")
        with proxy.connect() as wire:
            switched(wire)
            cut_by_the_deadline(proxy, wire)


def test_the_log_counts_the_bytes_of_a_tunnel(start_proxy: StartProxy) -> None:
    """One line when the tunnel ends: status 101, and what went each way."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(SWITCH + b"abc")
        peer.wire.rest()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--log")
        with proxy.connect() as wire:
            switched(wire, ASK + b"12345")
            assert wire.exactly(3) == b"abc"
        line = proxy.line()
        assert (line["status"], line["request_bytes"], line["response_bytes"]) == (101, 5, 3)


def test_the_last_request_of_a_connection_is_told_so(start_proxy: StartProxy) -> None:
    """The bound on requests is kept, and said in the last answer (RFC 9112 9.6)."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--requests", "2")
        with proxy.connect() as wire:
            wire.send(PLAIN + PLAIN)
            assert wire.response().one("Connection") is None
            assert wire.response().one("Connection") == "close"
            assert wire.is_closed()


def test_the_fake_upstream_here_speaks_plain_http_too() -> None:
    """The script of these tests answers without a proxy between, so that a red test speaks of the proxy."""
    with fake_upstream(switches) as upstream, Wire.to(upstream_address(upstream)) as wire:
        wire.send(PLAIN)
        assert wire.response().status == 200
        wire.send(ASK)
        assert wire.response().status == 101
        wire.send(b"hi")
        assert wire.exactly(2) == b"hi"


def upstream_address(upstream: FakeUpstream) -> tuple[str, int]:
    """Give the address that an upstream listens on."""
    host, port = upstream.listener.getsockname()
    return host, port
