"""Refusals that take time, or many bytes. What is refused, and why, is in `cases/`."""

from __future__ import annotations

import select

from tests.e2e.cases.case import post
from tests.e2e.loopback import PATIENCE
from tests.e2e.programs import StartProxy


def test_a_head_that_never_ends_is_a_408(start_proxy: StartProxy) -> None:
    """A client that sends half a head and stays gets 408 (RFC 9110 15.5.9)."""
    with start_proxy("--head-timeout-ms", "300").connect() as wire:
        wire.send(b"GET / HTTP/1.1\r\nHo")
        assert wire.response().status == 408
        assert wire.is_closed()


def test_a_large_upload_does_not_wash_the_refusal_away(start_proxy: StartProxy) -> None:
    """A client that is still sending can read why it was refused (RFC 9112 9.6)."""
    with start_proxy().connect() as wire:
        wire.send(post(b"Content-Length: 5, 6\r\n", b"x"))
        # The answer is there and the proxy has closed its side, but the client does not look yet.
        assert select.select([wire.sock], [], [], PATIENCE)[0]
        for _ in range(5):
            wire.send(b"x" * 50_000)
        assert wire.response().status == 400
        assert wire.is_closed()
