"""The cache: how a kept answer is asked about, replaced and forgotten (sections are those of RFC 9111)."""

from __future__ import annotations

import pytest

from tests.e2e.cafe import FRESH, PAST, STALE, Serve, answers, ask, counts, head, head_only, page
from tests.e2e.loopback import PATIENCE, Peer, fake_upstream


@pytest.mark.parametrize(
    ("validator", "condition"),
    [
        ('ETag: "a"', b'\r\nIf-None-Match: "a"\r\n'),
        (f"Last-Modified: {PAST}", f"\r\nIf-Modified-Since: {PAST}\r\n".encode()),
    ],
)
def test_a_304_freshens_a_stale_answer_and_the_client_gets_a_200(
    serve: Serve, validator: str, condition: bytes
) -> None:
    """4.3.1, 4.3.3, 4.3.4."""
    fresh = head_only("304 Not Modified", FRESH, validator, "X-Mark: new", "Content-Type: text/html")
    stale = page("soup", STALE, validator, "X-Mark: old", "Content-Type: text/plain")
    with fake_upstream(answers(stale, fresh)) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        for _ in range(2):
            got = ask(proxy)
            assert (got.status, got.body, got.one("Content-Length")) == (200, b"soup", "4")
            assert (got.one("X-Mark"), got.one("Content-Type")) == ("new", "text/plain")
            assert int(got.one("Age") or "-1") < PATIENCE
        assert len(upstream.requests) == 2, "one fetch, one question whether it still holds, one hit"
        assert condition not in upstream.requests[0].head
        assert condition in upstream.requests[1].head


def test_a_304_with_the_clients_own_condition_goes_to_the_client(serve: Serve) -> None:
    """4.3.1: its condition is not ours, and what it means is the client's copy."""
    given = [page("soup", STALE, 'ETag: "a"'), head_only("304 Not Modified", 'ETag: "b"')]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        assert ask(proxy, 'If-None-Match: "b"\r\n').status == 304
        assert b'\r\nIf-None-Match: "b"\r\n' in upstream.requests[1].head
        assert b'"a"' not in upstream.requests[1].head


def test_a_200_takes_the_place_of_a_stale_answer(serve: Serve) -> None:
    """4.3.3."""
    with fake_upstream(answers(page("old", STALE, 'ETag: "a"'), page("new", FRESH, 'ETag: "b"'))) as upstream:
        proxy = serve(upstream)
        assert [ask(proxy).body for _ in range(3)] == [b"old", b"new", b"new"]
        assert len(upstream.requests) == 2
        assert counts(proxy)["entries"] == 1


def test_a_server_error_while_asking_goes_to_the_client_and_the_entry_stays(serve: Serve) -> None:
    """4.3.3."""
    given = [
        page("soup", STALE, 'ETag: "a"'),
        page("oh", status="503 Service Unavailable"),
        head_only("304 Not Modified", FRESH, 'ETag: "a"'),
    ]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        assert [ask(proxy).status for _ in range(3)] == [200, 503, 200]
        assert ask(proxy).body == b"soup"
        assert len(upstream.requests) == 3


def test_a_304_for_another_version_makes_the_proxy_ask_again_without_a_condition(serve: Serve) -> None:
    """4.3.4."""
    given = [page("old", STALE, 'ETag: "a"'), head_only("304 Not Modified", 'ETag: "b"'), page("new", 'ETag: "b"')]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        assert ask(proxy).body == b"new"
        assert b"If-None-Match" in upstream.requests[1].head
        assert b"If-None-Match" not in upstream.requests[2].head


@pytest.mark.parametrize(
    ("method", "status", "is_forgotten"),
    [
        ("POST", "200 OK", True),
        ("PUT", "204 No Content", True),
        ("DELETE", "302 Found", True),
        ("BREW", "200 OK", True),
        ("POST", "404 Not Found", False),
        ("POST", "500 Internal Server Error", False),
        ("OPTIONS", "200 OK", False),
    ],
)
def test_an_unsafe_method_that_succeeds_makes_the_cache_forget(
    serve: Serve, method: str, status: str, is_forgotten: bool
) -> None:
    """4.4."""
    done = head_only(status) if status.startswith("204") else page("done", status=status)
    with fake_upstream(answers(page("old", FRESH), page("aside", FRESH), done, page("new", FRESH))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"old"
        assert ask(proxy, target="/menu?aside").body == b"aside"
        assert ask(proxy, method=method).status == int(status[:3])
        assert ask(proxy).body == (b"new" if is_forgotten else b"old")
        assert ask(proxy, target="/menu?aside").body == b"aside", "another URI"
        assert len(upstream.requests) == (4 if is_forgotten else 3)


def test_the_cache_forgets_before_the_client_hears_of_its_success(serve: Serve) -> None:
    """4.4: whoever has read that the menu is changed must not get the old one."""
    old, new = page("old", FRESH), page("new", FRESH)

    def script(peer: Peer) -> None:
        while True:
            if peer.request().line.startswith("POST"):
                peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndo")
                peer.upstream.release.wait(PATIENCE)
                peer.wire.send(b"ne")
            else:
                peer.wire.send(old if len(peer.upstream.requests) == 1 else new)

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"old"
        with proxy.connect() as client:
            client.send(head(method="POST"))
            client.until(b"\r\n\r\ndo")
            assert ask(proxy).body == b"new"
            upstream.release.set()
            assert client.exactly(2) == b"ne"
