"""The rule file: where requests go, and what happens when the file changes while the proxy runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.loopback import Proxy, Response, Wire, fake_upstream
from tests.e2e.programs import StartProxy
from tests.e2e.test_admin import ask, status_when

StartSite = Callable[[str], tuple[Proxy, Path]]


@pytest.fixture
def start_site(start_proxy: StartProxy, tmp_path: Path) -> StartSite:
    """Give a function that starts a proxy with rules and with two upstreams, `app` and `other`."""

    def start(rules: str) -> tuple[Proxy, Path]:
        app, other = start_proxy("--label", "app"), start_proxy("--label", "other")
        (tmp_path / "rules.toml").write_text(rules)
        settings = tmp_path / "proxy.toml"
        settings.write_text(
            'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\nrules = "rules.toml"\n'
            f'[[upstream]]\nname = "app"\nservers = ["{app.url}"]\n'
            f'[[upstream]]\nname = "other"\nservers = ["{other.url}"]\n'
        )
        return start_proxy("--config", str(settings)), tmp_path / "rules.toml"

    return start


def get(proxy: Proxy, target: str = "/bytes/1", host: str = "a.example", fields: str = "") -> Response:
    """Send one GET on a connection of its own."""
    with Wire.to(proxy.address) as client:
        client.send(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n".encode())
        return client.response()


def upstream_of(response: Response) -> str:
    """Tell from Via which of the two upstreams has answered."""
    via = ", ".join(response.all("Via"))
    return next(name for name in ("app", "other") if f"({name})" in via)


def test_routes_choose_the_upstream_by_host_and_path(start_site: StartSite) -> None:
    proxy, _ = start_site(
        '[[route]]\nhost = "*.b.example"\nupstream = "other"\n[[route]]\npath = "/chunked"\nupstream = "other"\n'
    )
    for target, host, expected in [
        ("/bytes/1", "a.example", "app"),
        ("/bytes/1", "x.b.example:80", "other"),
        ("/chunked/1", "a.example", "other"),
        ("/x/../%63hunked/1", "a.example", "other"),
        ("/chunkedly", "a.example", "app"),
    ]:
        assert upstream_of(get(proxy, target, host)) == expected, (target, host)


def test_a_reload_puts_new_rules_in_force_and_a_bad_file_changes_nothing(start_site: StartSite) -> None:
    proxy, rules = start_site("")
    assert upstream_of(get(proxy)) == "app"
    rules.write_text('default = "other"\n')
    assert ask(proxy.admin, "/reload", "POST") == (200, f"{rules}: 0 rules are in force\n")
    assert upstream_of(get(proxy)) == "other"

    rules.write_text('default = "other"\n[[route]]\npath = "/"\nupstraem = "app"\n')
    status, text = ask(proxy.admin, "/reload", "POST")
    assert status == 409
    assert f"{rules}:4:1: " in text
    assert "upstream" in text
    assert upstream_of(get(proxy)) == "other", "the last good rules stay"
    told = json.loads(ask(proxy.admin, "/status")[1])["rules"]
    assert (told["reloads"], told["refused"]) == (1, 1)
    assert "upstraem" in told["error"]


def test_a_file_that_flaps_never_costs_a_request(start_site: StartSite) -> None:
    proxy, rules = start_site('default = "other"\n')
    with Wire.to(proxy.address) as client:
        for round_ in range(20):
            good = round_ % 2 == 0
            rules.write_text('default = "other"\n' if good else 'default = "nowhere"\n' * 200)
            assert ask(proxy.admin, "/reload", "POST")[0] == (200 if good else 409)
            client.send(b"GET /bytes/1 HTTP/1.1\r\nHost: a\r\n\r\n")
            response = client.response()
            assert (response.status, upstream_of(response)) == (200, "other")


def test_a_bad_rule_file_at_the_start_is_refused_with_its_place(
    binary: Path, tmp_path: Path, start_proxy: StartProxy
) -> None:
    (tmp_path / "rules.toml").write_text('[[route]]\nupstream = "nowhere"\n')
    (tmp_path / "proxy.toml").write_text('rules = "rules.toml"\n')
    with pytest.raises(AssertionError, match=r"rules\.toml:2:12: .*nowhere"):
        start_proxy("--config", str(tmp_path / "proxy.toml"), "--listen", "127.0.0.1:0")


def test_without_a_rule_file_a_reload_says_so(start_proxy: StartProxy) -> None:
    status, text = ask(start_proxy("--admin", "127.0.0.1:0").admin, "/reload", "POST")
    assert status == 409
    assert "no rule file" in text


def test_connections_to_a_server_are_counted_and_used_again(start_proxy: StartProxy) -> None:
    proxy = start_proxy("--admin", "127.0.0.1:0")

    def counts(status: dict[str, Any]) -> dict[str, int]:
        connections: dict[str, int] = status["upstreams"][0]["servers"][0]["connections"]
        return connections

    for number in range(5):
        assert get(proxy).status == 200
        # A client has its answer a moment before the connection is given back.
        status = status_when(proxy, lambda status: counts(status)["idle"] == 1)
        got = {name: counts(status)[name] for name in ("opened", "reused", "lent")}
        assert got == {"opened": 1, "reused": number, "lent": 0}


PIPELINE = """
[[block]]
path = "/admin"
status = 404
[[block]]
header = "User-Agent"
contains = "sqlmap"
[[limit]]
path = "/status"
requests = 1
burst = 2
[[rewrite]]
path = "/old"
to = "/bytes"
request.set = { "X-Came-From" = "old" }
request.remove = ["Cookie"]
response.set = { "X-Frame-Options" = "DENY" }
response.remove = ["Content-Type"]
"""


def test_blocks_and_limits_answer_in_the_upstreams_place_and_keep_the_connection(start_site: StartSite) -> None:
    proxy, _ = start_site(PIPELINE)
    with Wire.to(proxy.address) as client:
        for target, fields, status in [
            ("/admin/x", "", 404),
            ("/%61dmin", "", 404),
            ("/bytes/1", "User-Agent: SQLmap/1\r\n", 403),
            ("/status/204", "", 204),
            ("/status/204", "", 204),
            ("/status/204", "", 429),
        ]:
            client.send(f"GET {target} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode())
            response = client.response()
            assert response.status == status, (target, fields, response)
            assert (response.one("Retry-After") == "1") == (status == 429)
            assert response.one("Connection") is None, "nothing is wrong with the framing"
    told = json.loads(ask(proxy.admin, "/status")[1])["rules"]["filters"]
    assert {filter_["name"]: (filter_["ran"], filter_["skipped"]) for filter_ in told}["rate-limit"][0] == 3, told


def test_a_blocked_upload_is_refused_without_reading_it_and_the_connection_ends(start_site: StartSite) -> None:
    proxy, _ = start_site(PIPELINE)
    with Wire.to(proxy.address) as client:
        client.send(b"POST /admin HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc")
        response = client.response()
        assert (response.status, response.one("Connection")) == (404, "close")


def test_rewrites_change_the_target_and_the_fields_of_both_heads(start_proxy: StartProxy, tmp_path: Path) -> None:
    with fake_upstream() as upstream:
        (tmp_path / "rules.toml").write_text(PIPELINE)
        settings = f'rules = "rules.toml"\n[[upstream]]\nname = "app"\nservers = ["{upstream.url}"]\n'
        (tmp_path / "proxy.toml").write_text(settings)
        proxy = start_proxy("--config", str(tmp_path / "proxy.toml"), "--listen", "127.0.0.1:0")
        response = get(proxy, "/old/3?q=1", fields="Cookie: a=b\r\nX-Came-From: elsewhere\r\nX-Request-Id: mine-1\r\n")
        assert response.one("X-Frame-Options") == "DENY"
        first = upstream.requests[-1]
        assert first.line == "GET /bytes/3?q=1 HTTP/1.1"
        assert b"\r\nX-Came-From: old\r\n" in first.head
        assert b"Cookie" not in first.head
        assert b"\r\nX-Request-Id: mine-1\r\n" in first.head
        given = get(proxy, "/bytes/3").one("X-Request-Id")
        assert given is not None
        assert re.fullmatch("[0-9a-f]{32}", given)
        assert f"\r\nX-Request-Id: {given}\r\n".encode() in upstream.requests[-1].head
        assert get(proxy, "/bytes/3").one("X-Request-Id") != given
