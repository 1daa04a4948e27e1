"""A cafe behind a proxy with a cache: what it answers, and what its guests ask."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from tests.e2e.loopback import PATIENCE, Peer, Proxy, Response, Script
from tests.e2e.test_admin import ask as ask_admin

Serve = Callable[..., Proxy]
"""Starts a proxy with a cache before an upstream."""

FRESH = "Cache-Control: max-age=60"
STALE = "Cache-Control: max-age=60\r\nAge: 60"
"""Stale from the moment it comes, so that no test has to wait for it to grow old."""

FUTURE, PAST = "Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 2015 00:00:00 GMT"

CAFE = """
[[route]]
host = "plain.example"
upstream = "app"
[[route]]
path = "/"
upstream = "app"
cache = true
"""


def page(body: str, *fields: str, status: str = "200 OK") -> bytes:
    """Give a response with a length."""
    lines = "".join(f"{field}\r\n" for field in fields)
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def head_only(status: str, *fields: str) -> bytes:
    """Give a response that ends with its head."""
    lines = "".join(f"{field}\r\n" for field in fields)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode()


def answers(*given: bytes) -> Script:
    """Answer each request with the next of these, whichever connection it comes on."""
    left, lock = iter(given), threading.Lock()

    def script(peer: Peer) -> None:
        while True:
            peer.request()
            with lock:
                answer = next(left, page("nobody expected this request", status="500 Asked Too Often"))
            peer.wire.send(answer)

    return script


def head(fields: str = "", target: str = "/menu", host: str = "cafe.example", method: str = "GET") -> bytes:
    """Give a request without a body; `fields` are lines, each with its end."""
    return f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n".encode()


def ask(
    proxy: Proxy, fields: str = "", target: str = "/menu", host: str = "cafe.example", method: str = "GET"
) -> Response:
    """Send one request on a connection of its own; when the answer is given back, the proxy is done with it."""
    with proxy.connect() as wire:
        wire.send(head(fields + "Connection: close\r\n", target, host, method))
        response = wire.response(method)
        assert wire.is_closed()
        return response


def counts(proxy: Proxy) -> dict[str, int]:
    """Give what the proxy says of its cache."""
    cache: dict[str, int] = json.loads(ask_admin(proxy.admin, "/status")[1])["cache"]
    return cache


def until_so_many_wait(proxy: Proxy, number: int) -> None:
    """Wait until so many requests have joined somebody else's fetch."""
    deadline = time.monotonic() + PATIENCE
    while (got := counts(proxy)["waits"]) < number:
        assert time.monotonic() < deadline, f"{number} requests should wait, and {got} do"


@contextmanager
def crowd(proxy: Proxy, number: int) -> Iterator[list[Future[Response]]]:
    """Let so many clients ask for the same page at once."""
    with ThreadPoolExecutor(number) as clients:
        yield [clients.submit(ask, proxy) for _ in range(number)]


def bodies(futures: list[Future[Response]]) -> list[tuple[int, bytes]]:
    """Give what each client got."""
    return sorted((future.result(PATIENCE).status, future.result(PATIENCE).body) for future in futures)
