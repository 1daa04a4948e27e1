"""Small tools for tests that speak raw HTTP over loopback: a client, a fake upstream, and the proxy's process.

Nothing here sleeps to wait: every wait is a read, a connect or an event, and each has a deadline.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Address = tuple[str, int]

PATIENCE = 10.0
"""Seconds that any single wait may take before the test fails."""


@dataclass(frozen=True)
class Response:
    """A response as it came over the wire."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Give the values of every field with this name, in order."""
        return [value for field_name, value in self.fields if field_name.lower() == name.lower()]

    def one(self, name: str) -> str | None:
        """Give the value of the only field with this name, or None."""
        values = self.all(name)
        assert len(values) <= 1, f"{name} stands there {len(values)} times: {values}"
        return values[0] if values else None


class Cut(Exception):
    """The peer closed or reset before the message was whole; `got` is what came."""

    def __init__(self, got: bytes, *, reset: bool = False) -> None:
        super().__init__(f"cut off after {len(got)} bytes, reset: {reset}")
        self.got = got
        self.reset = reset


class Wire:
    """One TCP connection, read with care: no byte is lost between two messages."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.settimeout(PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    @classmethod
    def to(cls, address: Address) -> Wire:
        """Connect to an address."""
        return cls(socket.create_connection(address, timeout=PATIENCE))

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def send(self, data: bytes) -> None:
        """Send every byte."""
        self.sock.sendall(data)

    def more(self) -> bytes:
        """Read once; an empty result is the end."""
        data = self.sock.recv(65536)
        self.buffer += data
        return data

    def until(self, mark: bytes) -> bytes:
        """Read up to and with a mark."""
        while (end := self.buffer.find(mark)) < 0:
            self.need()
        return self.take(end + len(mark))

    def exactly(self, count: int) -> bytes:
        """Read so many bytes."""
        while len(self.buffer) < count:
            self.need()
        return self.take(count)

    def rest(self) -> bytes:
        """Read to the end."""
        while True:
            try:
                if not self.more():
                    return self.take(len(self.buffer))
            except ConnectionResetError as error:
                raise Cut(self.buffer, reset=True) from error

    def need(self) -> None:
        """Read once, and fail at the end."""
        try:
            data = self.more()
        except ConnectionResetError as error:
            raise Cut(self.buffer, reset=True) from error
        if not data:
            raise Cut(self.buffer)

    def take(self, count: int) -> bytes:
        """Take bytes off the front of what was read."""
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def chunked(self) -> bytes:
        """Read a chunked body, trailers included."""
        body = b""
        while size := int(self.until(b"\r\n").split(b";")[0], 16):
            body += self.exactly(size)
            assert self.exactly(2) == b"\r\n"
        while self.until(b"\r\n") != b"\r\n":
            pass
        return body

    def head(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Read a head: its first line and its fields."""
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")[:-2]
        pairs = (line.split(":", 1) for line in lines[1:])
        return lines[0], tuple((name, value.strip()) for name, value in pairs)

    def response(self, method: str = "GET") -> Response:
        """Read one response, framed as RFC 9112 6.3 says."""
        line, fields = self.head()
        version, status = line.split(" ")[:2]
        assert version == "HTTP/1.1", f"a server says its own version, got: {line}"
        response = Response(int(status), fields, b"")
        coding, length = response.one("Transfer-Encoding"), response.one("Content-Length")
        assert coding is None or length is None, f"two framings at once: {fields}"
        if method == "HEAD" or response.status < 200 or response.status in {204, 304}:
            body = b""
        elif coding is not None:
            assert coding == "chunked"
            body = self.chunked()
        elif length is not None:
            body = self.exactly(int(length))
        else:
            body = self.rest()
        return Response(int(status), fields, body)

    def reset(self) -> None:
        """Close with a reset instead of an orderly end."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.sock.close()

    def is_closed(self) -> bool:
        """Say whether the peer closes now, and sends nothing before that."""
        try:
            return self.buffer == b"" and self.more() == b""
        except ConnectionResetError:
            return True


@dataclass(frozen=True)
class Request:
    """A complete request as an upstream got it."""

    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        """The request line."""
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")


Script = Callable[["Peer"], object]


@dataclass
class Peer:
    """One connection that the fake upstream accepted."""

    wire: Wire
    number: int
    upstream: FakeUpstream

    def request(self) -> Request:
        """Read one whole request, and note it."""
        head = self.wire.until(b"\r\n\r\n")
        names = {
            line.split(b":")[0].lower(): line.split(b":", 1)[1].strip() for line in head.split(b"\r\n")[1:] if line
        }
        if names.get(b"expect", b"").lower() == b"100-continue":
            self.wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if b"transfer-encoding" in names:
            body = self.wire.chunked()
        else:
            body = self.wire.exactly(int(names.get(b"content-length", b"0")))
        request = Request(head, body)
        self.upstream.requests.append(request)
        self.upstream.got_request.set()
        return request

    def reset(self) -> None:
        """Close with a reset instead of an orderly end."""
        self.wire.reset()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def answer_ok(peer: Peer) -> None:
    """Answer every request with 200 and two bytes."""
    while True:
        peer.request()
        peer.wire.send(OK)


@dataclass
class FakeUpstream:
    """A server that does what a script says, connection by connection, and notes what it got."""

    script: Script
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    got_request: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    _open: list[Wire] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The URL that the proxy takes as its upstream."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            peer = Peer(Wire(sock), self.connections, self)
            self._open.append(peer.wire)
            thread = threading.Thread(target=self._serve, args=(peer,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer: Peer) -> None:
        with peer.wire:
            try:
                self.script(peer)
            except (Cut, OSError):
                return

    def join(self) -> None:
        """Wait until every connection so far has ended."""
        while self._threads:
            thread = self._threads.pop()
            thread.join(PATIENCE)
            assert not thread.is_alive(), "somebody keeps a connection to the upstream open"
        self._open.clear()

    def close(self) -> None:
        """Stop listening and close every connection."""
        self.release.set()
        # Closing alone does not wake the thread that waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for wire in self._open:
            wire.sock.close()


@contextmanager
def fake_upstream(script: Script = answer_ok) -> Iterator[FakeUpstream]:
    """Run a fake upstream for the length of a block."""
    upstream = FakeUpstream(script)
    try:
        yield upstream
    finally:
        upstream.close()


@dataclass
class Proxy:
    """A running proxy."""

    process: subprocess.Popen[str]
    address: Address
    url: str
    admin: str

    def connect(self) -> Wire:
        """Open a connection to the proxy."""
        return Wire.to(self.address)

    def ask(self, data: bytes, method: str = "GET") -> Response:
        """Send one request on a connection of its own, and read the answer."""
        with self.connect() as wire:
            wire.send(data)
            return wire.response(method)

    def line(self) -> dict[str, object]:
        """Read one line of the log."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        value = json.loads(line)
        assert isinstance(value, dict)
        return value

    def stop(self) -> int:
        """Ask it to stop, and wait for its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def running(binary: Path, *arguments: str, stdin: int = subprocess.DEVNULL) -> Iterator[Proxy]:
    """Run the proxy for the length of a block; it is ready when the block begins."""
    command: Sequence[str] = [str(binary), *arguments]
    with subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    ) as process:
        try:
            assert process.stdout is not None
            readable, _, _ = select.select([process.stdout], [], [], PATIENCE)
            line = process.stdout.readline() if readable else ""
            if not line:
                process.kill()
                raise AssertionError(f"the proxy did not start: {process.communicate()[1]}")
            ready = json.loads(line)
            host, port = ready["url"].removeprefix("http://").split(":")
            yield Proxy(process, (host, int(port)), ready["url"], ready["admin"] or "")
        finally:
            process.kill()


def free_port() -> int:
    """Give a port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
        assert isinstance(port, int)
        return port


def accepts(address: Address, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a server accepts; False when its process ended or the deadline passed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(address, timeout=0.2).close()
        except OSError:
            # Waiting for the process is the pause: it returns at once when there is no hope.
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            return False
        return True
    return False
