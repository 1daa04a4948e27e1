"""What others make of the same bytes: h11, which is a parser, and nginx, which is a proxy.

A verdict is one line: the request that comes out, with its body, or the refusal. Leaves out
which verdicts may differ from ours, and why: `differences/` has that.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import h11

from tests.e2e.cases.case import Case, Message
from tests.e2e.loopback import Address, Cut, Wire
from tests.e2e.programs import running_nginx
from tests.e2e.stage import Stage, short, whole

WAITS = "waits for more"
CLOSES = "closes without a word"


def accepted(method: bytes, body: bytes) -> str:
    """Give the verdict on a request that goes through.

    Which bytes are the body shows how it was framed. Whether it goes on in chunks or with a length does not
    matter: nginx counts first and sends then.
    """
    return f"{method.decode('latin-1')} with {short(body, 40)}"


def refused(status: int) -> str:
    """Give the verdict on a request that is answered with an error."""
    return f"refused with {status // 100}xx"


def seen(message: Message) -> str:
    """Give the verdict on a request that an upstream got."""
    return accepted(message.line.split(b" ")[0], message.body)


def ours(case: Case) -> str:
    """Say what our proxy makes of a case: what the case expects, which `test_cases` proves."""
    return seen(case.asked[0]) if case.asked else refused(int(case.gets[0].line.split(b" ")[1]))


def of_h11(case: Case) -> str:
    """Say what h11's server makes of a case."""
    connection = h11.Connection(h11.SERVER)
    request, body = None, b""
    try:
        connection.receive_data(case.send)
        if case.half_closes:
            connection.receive_data(b"")
        while True:
            event = connection.next_event()
            if isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage):
                assert request is not None
                return accepted(request.method, body)
            elif isinstance(event, h11.ConnectionClosed):
                return CLOSES
            else:
                return WAITS
    except h11.RemoteProtocolError as error:
        return refused(error.error_status_hint)


NGINX_CONFIG = """
    client_max_body_size 0;
    # One request a connection, so that its end is the end of the answer.
    keepalive_timeout 0;
    # For requests that are not whole.
    client_header_timeout 1s;
    client_body_timeout 1s;
    large_client_header_buffers 4 16k;
    server {
        listen 127.0.0.1:{port};
        location / {
            proxy_pass {upstream};
            proxy_http_version 1.1;
            # A client that closes its side has not gone away.
            proxy_ignore_client_abort on;
            proxy_set_header Host $http_host;
        }
    }
"""


@dataclass(frozen=True)
class Nginx:
    """An nginx that is a proxy."""

    address: Address


@contextmanager
def nginx_before(upstream: str, program: str, home: Path) -> Iterator[Nginx]:
    """Run nginx as a proxy in front of an upstream."""
    with running_nginx(program, home, NGINX_CONFIG.replace("{upstream}", upstream)) as port:
        yield Nginx(("127.0.0.1", port))


def of_nginx(stage: Stage, case: Case) -> str:
    """Say what nginx makes of a case, in front of the stage's upstream."""
    stage.seen, stage.answers, stage.cut = [], iter(()), whole
    with Wire.to(stage.proxy.address) as wire:
        try:
            wire.send(case.send)
            if case.half_closes:
                wire.sock.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            answer = wire.rest()
        except Cut as cut:
            answer = cut.got
    if stage.seen:
        stage.upstream.join()
        return seen(stage.seen[0].message)
    if not answer:
        return CLOSES
    # HTTP/0.9 has no status line.
    status = int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 400
    return WAITS if status == 408 else refused(status)
