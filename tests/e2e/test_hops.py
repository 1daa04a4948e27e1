"""How far a request travels: loops are noticed, chains are not, and Max-Forwards ends a journey."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.e2e.loopback import PATIENCE, fake_upstream, free_port
from tests.e2e.programs import StartProxy

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def test_a_proxy_that_is_its_own_upstream_says_508(start_proxy: StartProxy) -> None:
    """The request comes back with our name in Via; the 508 of the second round is the answer of the first."""
    address = f"127.0.0.1:{free_port()}"
    proxy = start_proxy("--listen", address, "--upstream", f"http://{address}")
    response = proxy.ask(GET)
    assert response.status == 508
    assert "this request has been here before: its Via names proxylings-" in response.body.decode()
    assert len(response.all("Via")) == 2, f"the answer went through twice: {response.fields}"


def test_a_circle_of_two_is_noticed_too(start_proxy: StartProxy) -> None:
    """It is the first proxy that sees its own name, one hop later."""
    first, second = (f"127.0.0.1:{free_port()}" for _ in range(2))
    proxy = start_proxy("--listen", first, "--upstream", f"http://{second}", "--via", "first")
    start_proxy("--listen", second, "--upstream", f"http://{first}", "--via", "second")
    response = proxy.ask(GET)
    assert (response.status, "Via names first" in response.body.decode()) == (508, True)


def test_two_proxies_in_a_row_are_no_loop(start_proxy: StartProxy) -> None:
    """Each start makes a name of its own, so a chain of our proxies is an ordinary chain."""
    with fake_upstream() as upstream:
        behind = start_proxy("--upstream", upstream.url)
        front = start_proxy("--upstream", behind.url)
        assert front.ask(GET).status == 200
        names = [line.split()[2] for line in upstream.requests[0].head.split(b"\r\n") if line.startswith(b"Via:")]
    assert len(set(names)) == 2, names
    assert all(name.startswith(b"proxylings-") for name in names), names


def test_max_forwards_says_which_hop_answers(start_proxy: StartProxy) -> None:
    """A count of 0 is answered by the first proxy, 1 by the second, 2 by the origin."""
    with fake_upstream() as upstream:
        behind = start_proxy("--upstream", upstream.url, "--via", "behind")
        front = start_proxy("--upstream", behind.url, "--via", "front")
        secrets = b"Cookie: a=b\r\nAuthorization: Basic x\r\n"
        ask = b"TRACE /a HTTP/1.1\r\nHost: a\r\n" + secrets + b"X-Probe: 1\r\nMax-Forwards: %d\r\n\r\n"
        first, second = front.ask(ask % 0), front.ask(ask % 1)
        assert (first.status, first.one("Content-Type"), first.all("Via")) == (200, "message/http", ["1.1 front"])
        assert first.body == b"TRACE /a HTTP/1.1\r\nHost: a\r\nX-Probe: 1\r\nMax-Forwards: 0\r\n\r\n"
        assert (second.status, second.all("Via")) == (200, ["1.1 behind", "1.1 front"])
        assert b"Via: 1.1 front\r\n" in second.body
        assert b"Cookie" not in second.body
        assert upstream.requests == []
        assert front.ask(ask % 2).body == b"ok"


def test_options_is_answered_with_the_methods_that_pass(start_proxy: StartProxy) -> None:
    """RFC 9110 9.3.7: a length of 0, and Allow."""
    with fake_upstream() as upstream:
        proxy = start_proxy("--upstream", upstream.url)
        response = proxy.ask(b"OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n")
        assert (response.status, response.one("Content-Length"), response.body) == (200, "0", b"")
        assert "OPTIONS" in (response.one("Allow") or "").split(", ")
        assert upstream.requests == []


def test_a_name_that_is_no_token_is_a_usage_error(binary: Path) -> None:
    """Nothing starts with a name that would break the field."""
    done = subprocess.run([binary, "--via", "a b"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "one word" in done.stderr
