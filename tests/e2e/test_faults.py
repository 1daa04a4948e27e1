"""Upstreams that refuse, reset, stall, lie or die: whose fault it is shows in the status, or in a cut connection."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.e2e.loopback import PATIENCE, Cut, Peer, Script, answer_ok, fake_upstream, free_port
from tests.e2e.programs import StartProxy

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
HEAD_OK = b"HTTP/1.1 200 OK\r\n"


def test_an_upstream_that_refuses_is_a_502(start_proxy: StartProxy) -> None:
    """Nobody listens: 502, in a well-formed response."""
    proxy = start_proxy("--upstream", f"http://127.0.0.1:{free_port()}")
    response = proxy.ask(GET)
    assert response.status == 502
    assert "refused" in response.body.decode()


def test_an_upstream_that_does_not_accept_is_a_504(start_proxy: StartProxy) -> None:
    """The connection is never made: 504 after the connect time-out."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        # The queue holds one or two connections that nobody accepts; from then on, SYNs are dropped.
        full: list[socket.socket] = []
        try:
            for _ in range(4):
                sock = socket.socket()
                sock.settimeout(0.1)
                full.append(sock)
                try:
                    sock.connect(listener.getsockname())
                except TimeoutError:
                    break
            else:
                pytest.skip("this system's accept queue cannot be filled")
            proxy = start_proxy(
                "--upstream", f"http://127.0.0.1:{listener.getsockname()[1]}", "--connect-timeout-ms", "200"
            )
            assert proxy.ask(GET).status == 504
        finally:
            for sock in full:
                sock.close()


def sends(data: bytes) -> Script:
    """Make a script that reads a request, sends some bytes and closes."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(data)

    return script


def stalls_after(data: bytes) -> Script:
    """Make a script that reads a request, sends some bytes and falls silent."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(data)
        peer.upstream.release.wait(PATIENCE)

    return script


def resets_after(data: bytes) -> Script:
    """Make a script that reads a request, sends some bytes and resets."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(data)
        peer.reset()

    return script


@pytest.mark.parametrize("end", [sends, resets_after], ids=["closes", "resets"])
@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 103 Early Hints\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n"],
    ids=["at once", "inside the head", "after 103", "after a greeting in another protocol"],
)
def test_an_upstream_that_gives_no_whole_head_is_a_502(
    start_proxy: StartProxy, end: Callable[[bytes], Script], begun: bytes
) -> None:
    """The client gets 502, and its connection serves again as soon as the upstream does."""

    def script(peer: Peer) -> None:
        (end(begun) if peer.number == 1 else answer_ok)(peer)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(b"POST" + GET[3:])
            while (response := wire.response()).status < 200:
                pass
            assert response.status == 502, response.body.decode()
            wire.send(GET)
            assert wire.response().body == b"ok"


@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 103 Early Hints\r\n\r\n"],
    ids=["at once", "inside the head", "after 103"],
)
def test_an_upstream_that_falls_silent_is_a_504(start_proxy: StartProxy, begun: bytes) -> None:
    """The client gets 504 after the response time-out, and its connection serves again."""
    with fake_upstream(stalls_after(begun)) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--response-timeout-ms", "200")
        with proxy.connect() as wire:
            for _ in range(2):
                wire.send(GET)
                while (response := wire.response()).status < 200:
                    pass
                assert response.status == 504, response.body.decode()


def test_a_head_in_crumbs_does_not_renew_the_clock(start_proxy: StartProxy) -> None:
    """An upstream that sends a byte now and then has the same time for its head as any other."""

    def script(peer: Peer) -> None:
        peer.request()
        # Each wait ends at its own time-out: the pause between two crumbs.
        while not peer.upstream.release.wait(0.05):
            peer.wire.send(next(crumbs))

    crumbs = iter([bytes([byte]) for byte in HEAD_OK + b"A: " + b"b" * 10_000])
    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--response-timeout-ms", "300")
        assert proxy.ask(GET).status == 504


@dataclass(frozen=True)
class Short:
    """One way for an upstream to fail inside a body."""

    name: str
    head: bytes
    body: bytes


SHORT = [
    Short("length", b"Content-Length: 10\r\n", b"hello"),
    Short("length, nothing sent", b"Content-Length: 10\r\n", b""),
    Short("chunked, inside a chunk", b"Transfer-Encoding: chunked\r\n", b"a\r\nhello"),
    Short("chunked, between chunks", b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n"),
    Short("chunked, before the blank line", b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n"),
    Short("chunked, garbage", b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\nxyz"),
]


@pytest.mark.parametrize("version", ["1.1", "1.0"])
@pytest.mark.parametrize("end", [sends, resets_after, stalls_after], ids=["closes", "resets", "stalls"])
@pytest.mark.parametrize("short", SHORT, ids=lambda short: short.name)
def test_a_body_cut_short_is_seen_by_the_client(
    start_proxy: StartProxy, short: Short, end: Callable[[bytes], Script], version: str
) -> None:
    """The client's connection breaks off too: no last chunk, too few bytes, or a reset (RFC 9112 8)."""
    with fake_upstream(end(HEAD_OK + short.head + b"\r\n" + short.body)) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--body-timeout-ms", "100")
        with proxy.connect() as wire:
            wire.send(f"GET / HTTP/{version}\r\nHost: a\r\n\r\n".encode())
            # A reset may overtake even the head; everything but a whole response is right.
            with pytest.raises(Cut):
                wire.response()


def test_after_a_body_cut_short_the_next_request_is_served(start_proxy: StartProxy) -> None:
    """Nothing is left of the broken exchange: the client connects again, the proxy does, too."""

    def script(peer: Peer) -> None:
        broken = HEAD_OK + b"Content-Length: 10\r\n\r\nhello"
        (sends(broken) if peer.number == 1 else answer_ok)(peer)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with pytest.raises(Cut):
            proxy.ask(GET)
        assert proxy.ask(GET).body == b"ok"


def test_a_reset_ends_a_body_without_a_length(start_proxy: StartProxy) -> None:
    """When only the end of the connection shows the end of the body, a broken end must not look like a good one."""
    with fake_upstream(resets_after(HEAD_OK + b"\r\nhello")) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        for version in ("1.1", "1.0"):
            with proxy.connect() as wire:
                wire.send(f"GET / HTTP/{version}\r\nHost: a\r\n\r\n".encode())
                try:
                    status = wire.response().status
                except Cut as cut:
                    # HTTP/1.1 misses the last chunk; HTTP/1.0 has nothing but the reset to see it by.
                    seen = cut.reset or version == "1.1"
                else:
                    # The reset has overtaken the five bytes; then there is no response at all.
                    seen = status == 502
                assert seen, f"HTTP/{version} got a body that looks whole"


def test_a_client_that_goes_away_leaves_no_half_request(start_proxy: StartProxy) -> None:
    """When the client's body breaks off, the upstream's connection does too, and others are served."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhello")
        assert proxy.ask(GET).status == 200
        assert [request.line for request in upstream.requests] == ["GET / HTTP/1.1"]


def test_a_client_that_closes_its_side_still_gets_its_answer(start_proxy: StartProxy) -> None:
    """An end of sending is no wish to leave, however long the answer takes."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.upstream.release.wait(PATIENCE)
        peer.wire.send(HEAD_OK + b"Content-Length: 100000\r\n\r\n" + b"x" * 100_000)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(GET)
            wire.sock.shutdown(socket.SHUT_WR)
            assert upstream.got_request.wait(PATIENCE)
            upstream.release.set()
            assert len(wire.response().body) == 100_000
            assert wire.is_closed()


def test_an_upstream_that_closes_its_side_is_read_to_its_end_and_not_used_again(start_proxy: StartProxy) -> None:
    """A response that is whole counts, and the connection behind it does not."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(HEAD_OK + b"Content-Length: 2\r\n\r\nok")
        peer.wire.sock.shutdown(socket.SHUT_WR)
        peer.upstream.release.set()
        peer.wire.rest()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            for _ in range(3):
                # No request is repeated, so each of them has to see the end itself.
                wire.send(b"POST" + GET[3:])
                assert wire.response().body == b"ok"
                assert upstream.release.wait(PATIENCE)
                upstream.release.clear()
        assert upstream.connections == 3


def test_a_client_that_is_silent_inside_its_body_is_a_408(start_proxy: StartProxy) -> None:
    """The body time-out names the client, because the upstream was only waiting for it."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--body-timeout-ms", "100")
        assert proxy.ask(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhello").status == 408


def test_an_upload_that_the_upstream_breaks_off_is_a_502(start_proxy: StartProxy) -> None:
    """An upstream that dies while it is being sent to has given no answer."""

    def script(peer: Peer) -> None:
        peer.wire.until(b"\r\n\r\n")
        peer.reset()

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000)
            assert wire.response().status == 502


def test_one_slow_upstream_response_does_not_hold_up_others(start_proxy: StartProxy) -> None:
    """While one request waits, another is answered."""

    def script(peer: Peer) -> None:
        if "/slow" in peer.request().line:
            peer.upstream.release.wait(PATIENCE)
        peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as slow:
            slow.send(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            assert upstream.got_request.wait(PATIENCE)
            assert proxy.ask(GET).status == 200
            upstream.release.set()
            assert slow.response().status == 200
