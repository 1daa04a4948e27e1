"""The rule file: where requests go, and what happens when the file changes while the proxy runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.loopback import Proxy, Response, Wire
from tests.e2e.programs import StartProxy
from tests.e2e.test_admin import ask

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
    for _ in range(5):
        assert get(proxy).status == 200
    server = json.loads(ask(proxy.admin, "/status")[1])["upstreams"][0]["servers"][0]
    counts = server["connections"]
    assert (counts["opened"], counts["reused"], counts["idle"], counts["lent"]) == (1, 4, 1, 0), counts
