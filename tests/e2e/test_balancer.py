"""Several servers behind one upstream: who gets a request, and what happens when a server fails."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.loopback import FakeUpstream, Peer, Proxy, Wire, fake_upstream, free_port
from tests.e2e.programs import StartProxy
from tests.e2e.test_admin import ask

StartGroup = Callable[..., Proxy]


@pytest.fixture
def start_group(start_proxy: StartProxy, tmp_path: Path) -> StartGroup:
    """Give a function that starts a proxy in front of several servers."""

    def start(servers: list[str], settings: str = "") -> Proxy:
        file = tmp_path / "proxy.toml"
        urls = ", ".join(f'"{url}"' for url in servers)
        top = 'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\n'
        file.write_text(f'{top}[[upstream]]\nname = "app"\nservers = [{urls}]\n{settings}\n')
        return start_proxy("--config", str(file))

    return start


def named(name: bytes) -> Callable[[Peer], None]:
    """Give a script that answers every request with a name."""

    def script(peer: Peer) -> None:
        while True:
            peer.request()
            peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(name), name))

    return script


@pytest.fixture
def three() -> Iterator[list[FakeUpstream]]:
    """Run three servers that answer with their number."""
    with ExitStack() as stack:
        yield [stack.enter_context(fake_upstream(named(b"%d" % number))) for number in range(3)]


def gets(proxy: Proxy, count: int) -> Counter[str]:
    """Send GETs one after the other; count the answers by their text."""
    answers: Counter[str] = Counter()
    with Wire.to(proxy.address) as client:
        for _ in range(count):
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            response = client.response()
            answers[response.body.decode() if response.status == 200 else str(response.status)] += 1
    return answers


def test_round_robin_gives_every_server_the_same_number(start_group: StartGroup, three: list[FakeUpstream]) -> None:
    proxy = start_group([server.url for server in three])
    assert gets(proxy, 9) == {"0": 3, "1": 3, "2": 3}


def test_a_hash_of_the_client_sends_it_to_one_server(start_group: StartGroup, three: list[FakeUpstream]) -> None:
    proxy = start_group([server.url for server in three], 'policy = "consistent-hash"')
    assert sorted(gets(proxy, 9).values()) == [9]
    assert sorted(gets(proxy, 9).values()) == [9]


def test_the_server_with_the_fewest_requests_is_chosen(start_group: StartGroup, three: list[FakeUpstream]) -> None:
    def slow(peer: Peer) -> None:
        peer.request()
        peer.upstream.release.wait(10)
        peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")

    with fake_upstream(slow) as busy:
        proxy = start_group([busy.url, three[0].url], 'policy = "least-connections"')
        with Wire.to(proxy.address) as first:
            first.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            # Of two that are idle, either may be first: ask until the slow one has its request.
            if not busy.got_request.wait(0.2):
                assert first.response().body == b"0"
                first.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                assert busy.got_request.wait(10)
            assert gets(proxy, 6) == {"0": 6}
            busy.release.set()
            assert first.response().body == b"slow"


def test_a_dead_server_costs_no_request_and_is_left_alone_after_a_while(
    start_group: StartGroup, three: list[FakeUpstream]
) -> None:
    dead = f"http://127.0.0.1:{free_port()}"
    proxy = start_group([dead, three[0].url], "failures = 3\nejected_ms = 60000")
    assert gets(proxy, 20) == {"0": 20}
    servers = json.loads(ask(proxy.admin, "/status")[1])["upstreams"][0]["servers"]
    assert servers[0]["health"]["state"] == "ejected"
    assert servers[0]["picks"] == 3
    assert servers[1]["health"] == {"state": "serving", "failures_in_a_row": 0}


def test_a_server_that_comes_back_gets_requests_again(start_group: StartGroup) -> None:
    def breaks_at_first(peer: Peer) -> None:
        if peer.number <= 2:
            peer.reset()
            return
        named(b"back")(peer)

    with fake_upstream(breaks_at_first) as server:
        proxy = start_group([server.url], "failures = 2\nejected_ms = 100")
        assert gets(proxy, 2) == {"502": 2}
        seen: Counter[str] = Counter()
        while not seen["back"]:
            seen += gets(proxy, 1)
            assert set(seen) <= {"503", "back"}, "none in service, until its time is over"
        assert gets(proxy, 5) == {"back": 5}


def test_when_no_server_is_left_the_answer_is_503_and_the_connection_stays(start_group: StartGroup) -> None:
    proxy = start_group([f"http://127.0.0.1:{free_port()}"], "failures = 1\nejected_ms = 60000")
    with Wire.to(proxy.address) as client:
        for status in (502, 503, 503):
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            response = client.response()
            assert (response.status, response.one("Connection")) == (status, None)


def test_with_failures_at_zero_a_server_is_always_tried(start_group: StartGroup) -> None:
    proxy = start_group([f"http://127.0.0.1:{free_port()}"], "failures = 0")
    assert gets(proxy, 12) == {"502": 12}


def test_a_client_that_breaks_off_is_not_held_against_the_server(
    start_group: StartGroup, three: list[FakeUpstream]
) -> None:
    proxy = start_group([three[0].url], "failures = 1\nejected_ms = 60000")
    for _ in range(3):
        with Wire.to(proxy.address) as client:
            client.send(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")
            assert client.response().status == 400
    assert gets(proxy, 3) == {"0": 3}
