"""Every time-out of the settings file: what it ends, and that nothing else ends it.

Each test writes one time into a settings file and leaves the others at their defaults. What ends neither before
that time nor as late as the default was ended by this setting, and the file's own names are tested, too.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from tests.e2e.loopback import PATIENCE, FakeUpstream, Peer, Proxy, Script, answer_ok, fake_upstream
from tests.e2e.programs import ROOT, StartProxy

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
UPGRADE = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"

TEXT = (ROOT / "crates/proxy/proxy.toml").read_text()
DEFAULTS = dict(re.findall(r"^# (\w+) = (\d+)$", TEXT.split("[timeouts]\n")[1], re.MULTILINE))

Ends = Callable[[Proxy, FakeUpstream], None]
"""Brings the proxy to wait for what never comes, and returns when it has ended that."""


def sends(data: bytes) -> Script:
    """Make a script that reads a request, sends some bytes and falls silent."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(data)
        peer.wire.rest()

    return script


def half_a_head(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET[:-2])
        response = wire.response()
        assert (response.status, response.one("Connection")) == (408, "close")
        assert wire.is_closed()


def a_head_in_crumbs(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(b"GET /")
        # Each look at the socket is the pause between two bytes.
        while not select.select([wire.sock], [], [], 0.02)[0]:
            wire.send(b"a")
        assert wire.response().status == 408


def no_request(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        assert wire.is_closed(), "there is nothing to answer"


def nothing_but_empty_lines(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        for byte in cycle((b"\r", b"\n")):
            if select.select([wire.sock], [], [], 0.02)[0]:
                break
            wire.send(byte)
        assert wire.is_closed(), "empty lines are no request, and do not renew the clock"


def no_second_request(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET)
        assert wire.response().status == 200
        assert wire.is_closed()


def half_an_upload(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(POST + b"hello")
        assert wire.response().status == 408


def half_a_download(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
        assert wire.exactly(2) == b"ok"
        assert wire.is_closed(), "what is missing must not be made up"


def a_client_that_reads_nothing(proxy: Proxy, upstream: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET)
        # The upstream's script ends when the proxy does not take any more, and lets go of the connection.
        assert upstream.release.wait(PATIENCE)


def sends_more_than_anybody_takes(peer: Peer) -> None:
    peer.request()
    try:
        peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while True:
            peer.wire.send(b"x" * 65536)
    except OSError:
        peer.upstream.release.set()


def no_place(proxy: Proxy, upstream: FakeUpstream) -> None:
    with proxy.connect() as first:
        first.send(GET)
        assert upstream.got_request.wait(PATIENCE)
        response = proxy.ask(GET)
        assert (response.status, "no connection to the upstream in time" in response.body.decode()) == (504, True)


def no_answer(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET)
        assert wire.response().status == 504
        wire.send(GET)
        assert wire.response().status == 504, "the connection serves again"


def a_silent_tunnel(proxy: Proxy, _: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(UPGRADE)
        assert wire.response().status == 101
        assert wire.is_closed()


def a_client_that_talks_on(proxy: Proxy, upstream: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(b"GET / HTTP/1.1\r\n\r\n")
        assert wire.response().status == 400
        assert wire.more() == b"", "its own side is closed at once"
        try:
            # A byte now and then does not renew the clock. Nobody releases: the wait is the pause between two.
            while not upstream.release.wait(0.02):
                wire.send(b"x")
        except (BrokenPipeError, ConnectionResetError):
            return


def a_request_that_outlasts_a_stop(proxy: Proxy, upstream: FakeUpstream) -> None:
    with proxy.connect() as wire:
        wire.send(GET)
        assert upstream.got_request.wait(PATIENCE)
        assert proxy.stop() == 0
        assert wire.is_closed()


SILENT = sends(b"")
CASES: list[tuple[str, int, Script, Ends]] = [
    ("head_ms", 300, SILENT, half_a_head),
    ("head_ms", 300, SILENT, a_head_in_crumbs),
    ("idle_ms", 300, SILENT, no_request),
    ("idle_ms", 300, SILENT, nothing_but_empty_lines),
    ("idle_ms", 300, answer_ok, no_second_request),
    ("body_ms", 300, SILENT, half_an_upload),
    ("body_ms", 300, sends(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"), half_a_download),
    ("body_ms", 300, sends_more_than_anybody_takes, a_client_that_reads_nothing),
    ("connect_ms", 300, SILENT, no_place),
    ("response_ms", 300, SILENT, no_answer),
    ("tunnel_ms", 300, sends(SWITCH), a_silent_tunnel),
    # Longer than its default, which a busy machine would find short.
    ("linger_ms", 1500, SILENT, a_client_that_talks_on),
    ("drain_ms", 300, SILENT, a_request_that_outlasts_a_stop),
]


@pytest.mark.parametrize(
    ("setting", "ms", "script", "ends"), CASES, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_a_time_out_ends_it(
    start_proxy: StartProxy, tmp_path: Path, setting: str, ms: int, script: Script, ends: Ends
) -> None:
    """Neither earlier than the setting says, nor as late as its default would."""
    with fake_upstream(script) as upstream:
        file = tmp_path / "proxy.toml"
        file.write_text(
            'listen = "127.0.0.1:0"\n'
            f'[[upstream]]\nname = "app"\nservers = ["{upstream.url}"]\nconnections = 1\n'
            f"[timeouts]\n{setting} = {ms}\n"
        )
        proxy = start_proxy("--config", str(file))
        began = time.monotonic()
        ends(proxy, upstream)
        took = (time.monotonic() - began) * 1000
    default = int(DEFAULTS[setting])
    latest = default if ms < default else float("inf")
    assert ms * 0.9 <= took < latest, f"ended after {took:.0f} ms: not by {setting} = {ms}"


def test_every_time_out_of_the_settings_file_has_a_test() -> None:
    """The commented default is the list. What a program waits for has its tests in test_restart and in test_panic."""
    assert set(DEFAULTS) == {setting for setting, _, _, _ in CASES} | {"ready_ms", "part_ms"}


def test_a_body_that_comes_slowly_is_not_a_silent_one(start_proxy: StartProxy) -> None:
    """Byte by byte, both bodies take longer than the body time-out, which counts silence and not the whole."""
    pause, count = 0.05, 20

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % count)
        for _ in range(count):
            peer.upstream.release.wait(pause)
            peer.wire.send(b"x")

    with fake_upstream(script) as upstream:
        proxy = start_proxy("--upstream", upstream.url, "--body-timeout-ms", f"{pause * count * 1000 / 2:.0f}")
        with proxy.connect() as wire:
            wire.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % count)
            for _ in range(count):
                wire.send(b"y")
                upstream.release.wait(pause)
            assert wire.response().body == b"x" * count
        assert upstream.requests[0].body == b"y" * count
