"""What a play in the net box is made of: upstreams and a client that are ours, and bodies that nobody can know before.

A play gets a scene, and says what went wrong, or nothing. All that is random comes from the scene's `random`.
"""

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

SECONDS = 5.0


@dataclass(frozen=True)
class Play:
    """One thing that a proxy with a right part does: `act` returns what went wrong, or "".

    `settings` are the proxy's, as in crates/proxy/proxy.toml; FIRST and SECOND in them are the upstreams' addresses.
    """

    step: str
    name: str
    act: Callable[["Scene"], str]
    settings: str = '[[upstream]]\nname = "app"\nservers = ["http://FIRST"]\n'


@dataclass(frozen=True)
class Seen:
    """A request as an upstream received it, and on which of its connections (from 1)."""

    connection: int
    method: str
    target: str
    fields: tuple[str, ...]
    body: bytes


@dataclass
class Upstream:
    """A server whose answers have random bodies; it remembers what it saw, and what it said to each target."""

    random: Random
    listener: socket.socket
    seen: list[Seen] = field(default_factory=list)
    said: dict[str, bytes] = field(default_factory=dict)
    open: set[socket.socket] = field(default_factory=set)
    connections: int = 0
    together: int = 0
    most_together: int = 0
    # Whether it says 501 to everything: "I don't know how to do that".
    knows_nothing: bool = False
    # Answers to one target wait for this, so that a play decides how many are open at once.
    gate: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def address(self) -> str:
        """Return `host:port`."""
        host, port = self.listener.getsockname()[:2]
        return f"{host}:{port}"

    def body(self, target: str) -> bytes:
        """Return the body for a target: drawn once, and long enough that it comes in pieces."""
        with self.changed:
            if target not in self.said:
                self.said[target] = self.random.randbytes(self.random.randint(20_000, 60_000))
            return self.said[target]

    def serve(self) -> None:
        """Answer until the listener closes."""
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with self.changed:
                    self.connections += 1
                    self.open.add(connection)
                    self.most_together = max(self.most_together, len(self.open))
                    number = self.connections
                threading.Thread(target=self._answer, args=(connection, number), daemon=True).start()

    def _answer(self, connection: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as stream:
            while (line := stream.readline()).strip():
                method, target, _ = line.decode("latin-1").split(" ", 2)
                headers = http.client.parse_headers(stream)
                length = int(headers.get("Content-Length") or 0)
                body = _chunked(stream) if headers.get("Transfer-Encoding") else stream.read(length)
                with self.changed:
                    self.seen.append(Seen(number, method, target, tuple(headers.keys()), body))
                    self.changed.notify_all()
                if target.startswith("/wait"):
                    self.gate.wait(SECONDS)
                if self.knows_nothing:
                    connection.sendall(b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n")
                    continue
                said = self.body(target)
                connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said)
        with self.changed:
            self.open.discard(connection)
            self.changed.notify_all()

    def has_seen(self, count: int) -> bool:
        """Wait until so many requests have come; False when they do not."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.seen) >= count, SECONDS)

    def close_idle(self) -> None:
        """Close all connections, as a server does that has had enough of idle ones."""
        with self.changed:
            for connection in list(self.open):
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self.changed.wait_for(lambda: not self.open, SECONDS)


@dataclass
class Scene:
    """The stage of one play: a proxy that runs, and what stands around it."""

    random: Random
    proxy: tuple[str, int]
    upstreams: list[Upstream]

    @property
    def upstream(self) -> Upstream:
        """Return the first upstream."""
        return self.upstreams[0]

    def target(self, word: str = "page") -> str:
        """Return a target that was never asked for."""
        return f"/{word}/{self.random.getrandbits(64):016x}"

    @contextlib.contextmanager
    def client(self) -> Iterator[http.client.HTTPConnection]:
        """Give a client's connection, which may be used for several requests."""
        connection = http.client.HTTPConnection(*self.proxy, timeout=SECONDS)
        try:
            yield connection
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are, and return the beginning of what comes back."""
        with socket.create_connection(self.proxy, timeout=SECONDS) as connection:
            connection.sendall(data)
            try:
                return connection.recv(65536)
            except OSError:
                return b""

    def ask(
        self, connection: http.client.HTTPConnection, target: str, body: bytes | None = None,
        headers: Mapping[str, str] = {},
    ) -> str:  # fmt: skip
        """Ask for a target, and return what is wrong with the answer, or ""."""
        try:
            connection.request("GET" if body is None else "POST", target, body, dict(headers))
            answer = connection.getresponse()
            got = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return f"{target}: the client got no whole answer: {type(error).__name__} {error}"
        if answer.status != 200:
            return f"{target}: the client got the status {answer.status} instead of 200"
        if all(got != upstream.said.get(target, 0) for upstream in self.upstreams):
            return f"{target}: the body that the client got ({len(got)} bytes) is not what the upstream sent"
        return ""


def exchanges(scene: Scene) -> str:
    """Play: requests with and without bodies, one after the other and at once, arrive whole and come back whole."""
    faults: list[str] = []

    def many(count: int) -> None:
        with scene.client() as connection:
            for number in range(count):
                body = None if number % 2 else scene.random.randbytes(scene.random.randint(1, 40_000))
                target = scene.target()
                fault = scene.ask(connection, target, body)
                came = [seen for seen in scene.upstream.seen if seen.target == target]
                if not fault and [seen.body for seen in came] != [body or b""]:
                    fault = f"{target}: the upstream saw {len(came)} requests, or another body than was sent"
                if fault:
                    faults.append(fault)
                    return

    threads = [threading.Thread(target=many, args=(6,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults[0] if faults else ""


def _chunked(stream: object) -> bytes:
    body = b""
    while size := int(stream.readline().split(b";")[0], 16):  # type: ignore[attr-defined]  # a file of bytes
        body += stream.read(size)  # type: ignore[attr-defined]
        stream.readline()  # type: ignore[attr-defined]
    while stream.readline().strip():  # type: ignore[attr-defined]
        pass
    return body
