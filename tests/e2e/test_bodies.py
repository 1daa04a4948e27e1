"""Bodies in both directions, with real programs on both sides: nginx and the built-in origin, curl and http.client."""

from __future__ import annotations

import hashlib
import http.client
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.loopback import PATIENCE, Peer, Proxy, Wire, fake_upstream, running
from tests.e2e.programs import Nginx, StartProxy

LARGE = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def to_nginx(binary: Path, nginx: Nginx) -> Iterator[Proxy]:
    """Run a proxy in front of nginx."""
    with running(binary, "--upstream", nginx.url) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def to_origin(binary: Path) -> Iterator[Proxy]:
    """Run a proxy in front of its built-in origin."""
    with running(binary) as proxy:
        yield proxy


def digest(data: bytes) -> str:
    """Give a short name for many bytes, so that a failure can be read."""
    return f"{len(data)} bytes, {hashlib.sha256(data).hexdigest()[:12]}"


def run_curl(curl: str, *arguments: str) -> bytes:
    """Run curl and give its output."""
    command = [curl, "--silent", "--show-error", "--fail", "--noproxy", "*", "--max-time", "20", *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=30).stdout


@pytest.mark.parametrize("name", ["empty", "small", "large"])
def test_curl_downloads(to_nginx: Proxy, nginx: Nginx, curl: str, name: str) -> None:
    """Every byte of a file arrives, once."""
    got = run_curl(curl, f"{to_nginx.url}/{name}")
    assert digest(got) == digest((nginx.folder / name).read_bytes())


def test_http_client_downloads_all_on_one_connection(to_nginx: Proxy, nginx: Nginx) -> None:
    """Files of every size follow one another on a connection that stays."""
    connection = http.client.HTTPConnection(*to_nginx.address, timeout=PATIENCE)
    for name in ("large", "empty", "small", "large", "small"):
        connection.request("GET", f"/{name}")
        got = connection.getresponse().read()
        assert digest(got) == digest((nginx.folder / name).read_bytes())
    connection.close()


def test_head_tells_the_length_and_sends_nothing(to_nginx: Proxy) -> None:
    """HEAD of a large file is one head, and the connection stays usable."""
    with to_nginx.connect() as wire:
        for _ in range(3):
            wire.send(b"HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n")
            response = wire.response("HEAD")
            assert (response.status, response.one("Content-Length")) == (200, str(LARGE))


def test_a_304_has_no_body(to_nginx: Proxy) -> None:
    """A conditional request is answered with 304, and the next one with the file."""
    with to_nginx.connect() as wire:
        wire.send(b"GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
        tag = wire.response().one("ETag")
        wire.send(f"GET /small HTTP/1.1\r\nHost: a\r\nIf-None-Match: {tag}\r\n\r\n".encode())
        assert wire.response().status == 304
        wire.send(b"GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
        assert len(wire.response().body) == 1024


# curl 7.88 never ends an empty upload in chunks; `test_http_client_uploads_in_chunks` has that case.
@pytest.mark.parametrize(
    ("how", "size"), [("length", 0), ("length", 1024), ("length", LARGE), ("chunked", 1), ("chunked", LARGE)]
)
def test_curl_uploads(to_nginx: Proxy, nginx: Nginx, curl: str, tmp_path: Path, how: str, size: int) -> None:
    """PUT stores every byte, with a Content-Length and in chunks; curl waits for 100 Continue when it is large."""
    source = tmp_path / "source"
    source.write_bytes(os.urandom(size))
    coding = ["-H", "Transfer-Encoding: chunked"] if how == "chunked" else []
    run_curl(curl, "-T", str(source), *coding, f"{to_nginx.url}/put-{how}-{size}")
    assert digest((nginx.folder / f"put-{how}-{size}").read_bytes()) == digest(source.read_bytes())


def test_http_client_uploads_in_chunks(to_nginx: Proxy, nginx: Nginx) -> None:
    """Chunks of odd sizes, or none at all, arrive as one body, and the connection stays usable."""
    connection = http.client.HTTPConnection(*to_nginx.address, timeout=PATIENCE)
    for name, sizes in (("odd", (1, 1000, 70_000, 3)), ("none", ()), ("one", (1,))):
        pieces = [os.urandom(size) for size in sizes]
        connection.request("PUT", f"/pieces-{name}", body=iter(pieces), encode_chunked=True)
        response = connection.getresponse()
        assert (response.status, response.read()) == (201, b"")
        assert digest((nginx.folder / f"pieces-{name}").read_bytes()) == digest(b"".join(pieces))
    connection.close()


def test_curl_waits_for_100_continue(to_origin: Proxy, curl: str, tmp_path: Path) -> None:
    """The upstream's 100 Continue reaches curl, which sends its body only then."""
    source = tmp_path / "source"
    source.write_bytes(b"x" * 100_000)
    # The time-out is far beyond the test's own: without the 100, curl would wait and the test would fail.
    expect = ["-H", "Expect: 100-continue", "--expect100-timeout", "60"]
    got = run_curl(curl, *expect, "--include", "--data-binary", f"@{source}", f"{to_origin.url}/echo")
    assert got.startswith(b"HTTP/1.1 100 Continue\r\n")
    assert got.endswith(b"x" * 100_000)


@pytest.mark.parametrize("size", [0, 1, 20, 16_384, 1_000_000])
@pytest.mark.parametrize("room", ["bytes", "chunked"])
def test_the_origin_counts(to_origin: Proxy, room: str, size: int) -> None:
    """So many bytes asked for, so many got, in the framing that the origin chose."""
    response = to_origin.ask(f"GET /{room}/{size} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert len(response.body) == size
    assert response.one("Content-Length" if room == "bytes" else "Transfer-Encoding") is not None


def test_an_http_1_0_client_gets_no_chunks(to_origin: Proxy) -> None:
    """A chunked response reaches an HTTP/1.0 client plain, and ends with the connection (RFC 9112 6.1)."""
    with to_origin.connect() as wire:
        wire.send(b"GET /chunked/50000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        response = wire.response()
        assert response.one("Transfer-Encoding") is None
        assert response.one("Connection") == "close"
        assert len(response.body) == 50_000


def test_the_page_shows_the_request(start_proxy: StartProxy) -> None:
    """The built-in origin's page names the proxy by its label, and escapes what the client sent."""
    proxy = start_proxy("--label", "mine: request (1)")
    page = proxy.ask(b"GET /?<b> HTTP/1.1\r\nHost: a\r\nX-Note: <i>\r\n\r\n").body.decode()
    assert "through your proxy" in page
    assert "mine: request \\(1\\)" in page
    assert "&lt;i&gt;" in page
    assert "<i>" not in page


HUGE = 128 * 1024 * 1024


def most_memory(proxy: Proxy) -> int:
    """Give the most memory that the proxy has had so far, in bytes."""
    status = Path(f"/proc/{proxy.process.pid}/status")
    if not status.exists():
        pytest.skip("this system has no /proc to read the memory from")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_bodies_are_streamed_not_kept(start_proxy: StartProxy, framing: str) -> None:
    """128 MiB in each direction pass through a proxy that never has 24 MiB of memory."""
    piece = b"z" * (1024 * 1024)
    chunk = b"%x\r\n%s\r\n" % (len(piece), piece) if framing == "chunked" else piece
    last = b"0\r\n\r\n" if framing == "chunked" else b""
    field = b"Transfer-Encoding: chunked" if framing == "chunked" else b"Content-Length: %d" % HUGE

    def swallow(wire: Wire) -> int:
        """Read a body of HUGE bytes and keep none of it; a chunked one may be cut anew."""
        wire.until(b"\r\n\r\n")
        total = 0
        while total < HUGE:
            count = int(wire.until(b"\r\n"), 16) if framing == "chunked" else min(HUGE - total, 65536)
            total += len(wire.exactly(count))
            if framing == "chunked":
                wire.exactly(2)
        if framing == "chunked":
            assert wire.until(b"\r\n\r\n") == last
        return total

    def script(peer: Peer) -> None:
        swallow(peer.wire)
        peer.wire.send(b"HTTP/1.1 200 OK\r\n%s\r\n\r\n" % field)
        for _ in range(HUGE // len(piece)):
            peer.wire.send(chunk)
        peer.wire.send(last)

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        with proxy.connect() as wire:
            wire.send(b"POST / HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n" % field)
            for _ in range(HUGE // len(piece)):
                wire.send(chunk)
            wire.send(last)
            assert swallow(wire) == HUGE
        assert most_memory(proxy) < 24 * 1024 * 1024
