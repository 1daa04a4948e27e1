"""Plays one conformance case: a client on one side of the proxy, a scripted upstream on the other.

Owns the sockets and what was seen on them. Leaves out what ought to be seen (`cases`). Every case ends with one
more request, the probe: it shows whether the client's connection still works, whether the upstream's does, and
that nothing of the case is left in between. The upstream closes after it, so the next case begins afresh.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from tests.e2e.cases.case import OK, Answer, Case, End, Message
from tests.e2e.loopback import Address, Cut, FakeUpstream, Peer, Wire, fake_upstream

Cutter = Callable[[bytes], list[bytes]]


def whole(data: bytes) -> list[bytes]:
    """Send everything at once."""
    return [data]


def at_line_ends(data: bytes) -> list[bytes]:
    """Cut inside of every CRLF and behind it."""
    return [piece for piece in re.split(rb"(?<=\r)|(?<=\n)", data) if piece]


def byte_by_byte(data: bytes) -> list[bytes]:
    """Cut everywhere."""
    return [data[at : at + 1] for at in range(len(data))]


LONGEST_IN_PIECES = 3000
"""Longer cases are sent whole: their length is the point, and byte by byte they would take a second each."""

PROBE = b"GET /again HTTP/1.1\r\nHost: a.example\r\n\r\n"
AGAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nagain"
DATE = re.compile(rb"date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.IGNORECASE)


class Listening(Protocol):
    """Whatever a client can connect to."""

    @property
    def address(self) -> Address:
        """Where it listens."""


@dataclass
class Seen:
    """A whole message that came, and on which of the upstream's connections."""

    connection: int
    message: Message


@dataclass
class Stage:
    """A proxy, and an upstream that does what the case says."""

    proxy: Listening
    upstream: FakeUpstream
    case: Case | None = None
    cut: Cutter = whole
    seen: list[Seen] = field(default_factory=list)
    answers: Iterator[Answer] = field(default_factory=lambda: iter(()))

    def play(self, case: Case, cut: Cutter) -> tuple[str, str]:
        """Play a case; give what was expected and what came, as texts that can be compared line by line."""
        self.case, self.cut, self.seen, self.answers = case, cut, [], iter(case.answers)
        with Wire.to(self.proxy.address) as wire:
            gets, end = self._as_client(wire, case)
        if end is not End.STAYS:
            self._probe()
        # Every connection of the case has ended by now, or is about to.
        self.upstream.join()
        asked = [one for one in self.seen if not is_probe(one.message)]
        probes = [one.connection for one in self.seen if is_probe(one.message)]
        reused = [asked[-1].connection] == probes if asked else case.reused
        gets = [mended(got, wanted) for got, wanted in zip(gets, case.gets, strict=False)]
        if case.end is End.BREAKS and end is End.RESETS:
            # Both tell the client that something is missing.
            end = End.BREAKS
        if case.end in {End.BREAKS, End.RESETS} and gets and case.gets[-1].body.startswith(gets[-1].body):
            # A broken body may stop anywhere.
            gets[-1] = replace(gets[-1], body=case.gets[-1].body)
        messages = [self._without_port(one.message) for one in asked]
        expected = report(list(case.gets), case.end, list(case.asked), case.reused, 1)
        return expected, report(gets, end, messages, reused, len(probes))

    def _without_port(self, message: Message) -> Message:
        """Make a request comparable: the upstream's own port varies."""
        own = b"Host: " + self.upstream.url.removeprefix("http://").encode()
        return replace(message, fields=tuple(b"Host: *" if line == own else line for line in message.fields))

    def _as_client(self, wire: Wire, case: Case) -> tuple[list[Message], End]:
        """Send what the case says and read what it expects; then see what became of the connection."""
        gets: list[Message] = []
        self._send(wire, case.send)
        if case.half_closes:
            wire.sock.shutdown(socket.SHUT_WR)
        try:
            for number, wanted in enumerate(case.gets):
                head = read_head(wire)
                try:
                    gets.append(Message(*head, read_body(wire, *head, answers_head=wanted.answers_head)))
                except Cut as cut:
                    gets.append(Message(*head, cut.got))
                    raise
                if number == 0 and case.then:
                    self._send(wire, case.then)
            if case.end is End.STAYS:
                self._send(wire, PROBE)
                head = read_head(wire)
                return gets, End.STAYS if read_body(wire, *head) == b"again" else End.BREAKS
            return gets, End.CLOSES if wire.rest() == b"" else End.BREAKS
        except Cut as cut:
            return gets, End.RESETS if cut.reset else End.BREAKS
        except TimeoutError:
            return gets, End.STAYS

    def _send(self, wire: Wire, data: bytes) -> None:
        try:
            for piece in self.cut(data):
                wire.send(piece)
        except (BrokenPipeError, ConnectionResetError):
            # The peer has had enough. What it has said before that is still there to be read.
            return

    def _probe(self) -> None:
        with Wire.to(self.proxy.address) as wire:
            wire.send(PROBE)
            read_body(wire, *read_head(wire))

    def clear(self) -> None:
        """After a failure, take every connection out of the proxy's pool."""
        for _ in range(3):
            self._probe()

    def serve(self, peer: Peer) -> None:
        """Be the upstream on one connection."""
        while True:
            line, fields = read_head(peer.wire)
            if line.startswith(b"GET /again "):
                self.seen.append(Seen(peer.number, Message(line, fields)))
                peer.wire.send(AGAIN)
                return
            answer = next(self.answers, Answer(OK))
            self._send(peer.wire, answer.early)
            try:
                body = read_body(peer.wire, line, fields)
            except ValueError as error:
                body = str(error).encode()
            self.seen.append(Seen(peer.number, Message(line, fields, body)))
            self._send(peer.wire, answer.data)
            if answer.end == "resets":
                peer.reset()
            if answer.end != "stays":
                return


@contextmanager
def on_stage(start: Callable[[str], AbstractContextManager[Listening]]) -> Iterator[Stage]:
    """Set a stage: an upstream, and the proxy that `start` starts in front of it."""
    stages: list[Stage] = []
    with fake_upstream(lambda peer: stages[0].serve(peer)) as upstream, start(upstream.url) as proxy:
        stages.append(Stage(proxy, upstream))
        yield stages[0]


def is_probe(message: Message) -> bool:
    """Say whether a request is the probe."""
    return message.line == b"GET /again HTTP/1.1"


def read_head(wire: Wire) -> tuple[bytes, tuple[bytes, ...]]:
    """Read a head: its first line and its field lines, every byte as it came."""
    line, *fields = wire.until(b"\r\n\r\n").removesuffix(b"\r\n\r\n").split(b"\r\n")
    return line, tuple(fields)


def read_body(wire: Wire, line: bytes, fields: tuple[bytes, ...], *, answers_head: bool = False) -> bytes:
    """Read a body as RFC 9112 6.3 frames it, and more strictly: whoever reads here believes no doubtful framing."""
    values = [tuple(part.strip().lower() for part in field.split(b":", 1)) for field in fields]
    codings = [value for name, value in values if name == b"transfer-encoding"]
    lengths = [value for name, value in values if name == b"content-length"]
    if len(codings) + len(lengths) > 1:
        raise ValueError(f"more than one framing: {fields!r}")
    status = int(line.split(b" ")[1]) if line.startswith(b"HTTP/") else 0
    if answers_head or 100 <= status < 200 or status in {204, 304}:
        return b""
    if codings == [b"chunked"]:
        return read_chunks(wire)
    if codings:
        raise ValueError(f"a coding that nobody asked for: {fields!r}")
    if lengths:
        return within(wire, b"", int(lengths[0]))
    return wire.rest() if status else b""


def read_chunks(wire: Wire) -> bytes:
    """Read chunks without extensions and without trailers: the proxy writes nothing else."""
    body = b""
    try:
        while size := wire.until(b"\r\n").removesuffix(b"\r\n"):
            if not re.fullmatch(rb"[0-9a-f]{1,16}", size):
                raise ValueError(f"a chunk size with more than digits: {size!r}")
            if int(size, 16):
                body = body + within(wire, body, int(size, 16))
            if wire.exactly(2) != b"\r\n":
                raise ValueError(f"no CRLF behind a chunk of {size!r}")
            if int(size, 16) == 0:
                return body
    except Cut as cut:
        # `within` has said already what there was; elsewhere, only framing is missing.
        raise cut if cut.got.startswith(body) and body else Cut(body, reset=cut.reset) from cut
    raise ValueError("an empty line where a chunk size has to be")


def within(wire: Wire, before: bytes, count: int) -> bytes:
    """Read so many bytes; when they do not come, say what came, with what was there before."""
    try:
        return wire.exactly(count)
    except Cut as cut:
        raise Cut(before + cut.got, reset=cut.reset) from cut


def mended(got: Message, wanted: Message) -> Message:
    """Make a message comparable: a Date of ours varies, and so does our own text."""
    fields, body = got.fields, got.body
    if b"Date: *" in wanted.fields:
        fields = tuple(b"Date: *" if DATE.fullmatch(line) else line for line in fields)
    if wanted.says is not None:
        fields = tuple(re.sub(rb"^Content-Length: \d+$", b"Content-Length: *", line) for line in fields)
        if wanted.says.encode() in body or wanted.answers_head:
            body = re.sub(rb"^(\d{3} [A-Za-z ]+): .+\n$", rb"\1: ...", body)
    return Message(got.line, fields, body)


def report(gets: list[Message], end: End, asked: list[Message], reused: bool, probes: int) -> str:
    """Put what was seen into a text."""
    lines = ["the client gets:", *(line for message in gets for line in shown(message))]
    lines += [f"the client's connection: {end.value}"]
    lines += ["the upstream gets:", *(line for message in asked for line in shown(message))]
    lines += [f"the upstream's connection: {'serves again' if reused else 'ends'}"]
    return "\n".join([*lines, f"probes answered: {probes}"])


def shown(message: Message) -> list[str]:
    """Put a message into lines; fields of the same name stay in order."""
    fields = sorted(message.fields, key=lambda line: line.split(b":")[0].lower())
    return [f"  {short(message.line)}", *(f"    {short(line)}" for line in fields), f"    body {short(message.body)}"]


def short(data: bytes, most: int = 300) -> str:
    """Show bytes; of more than `most`, the two ends and the number."""
    if len(data) <= most:
        return repr(data)[1:]
    return f"{repr(data[: most // 5])[1:]}..{repr(data[-most // 5 :])[1:]} ({len(data)} bytes)"
