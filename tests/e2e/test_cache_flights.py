"""The cache: many clients at once, and one fetch for all of them (sections are those of RFC 9111)."""

from __future__ import annotations

import threading

import pytest

from tests.e2e.cafe import (
    FRESH,
    STALE,
    Serve,
    ask,
    bodies,
    counts,
    crowd,
    head,
    head_only,
    page,
    until_so_many_wait,
)
from tests.e2e.loopback import PATIENCE, Cut, Peer, fake_upstream


def meet(everybody: threading.Barrier) -> None:
    """Wait for the others; a peer that waits in vain hangs up."""
    try:
        everybody.wait(PATIENCE)
    except threading.BrokenBarrierError:
        raise OSError("the others did not come") from None


def test_a_hundred_clients_at_once_cost_one_fetch(serve: Serve) -> None:
    """4."""

    def script(peer: Peer) -> None:
        peer.request()
        until_so_many_wait(proxy, 99)
        peer.wire.send(page("soup", FRESH))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with crowd(proxy, 100) as clients:
            assert bodies(clients) == [(200, b"soup")] * 100
        assert len(upstream.requests) == 1
        got = counts(proxy)
        assert (got["misses"], got["waits"], got["stored"]) == (1, 99, 1)


def test_clients_of_a_stale_answer_wait_for_one_question(serve: Serve) -> None:
    """4.3."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(page("soup", STALE, 'ETag: "a"'))
        peer.request()
        until_so_many_wait(proxy, 19)
        peer.wire.send(head_only("304 Not Modified", FRESH, 'ETag: "a"'))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        with crowd(proxy, 20) as clients:
            assert bodies(clients) == [(200, b"soup")] * 20
        assert len(upstream.requests) == 2


def test_when_the_client_that_fetches_leaves_another_fetches_for_the_rest(serve: Serve) -> None:
    """3.3, 4."""
    answer = page("s" * 7000, FRESH)

    def script(peer: Peer) -> None:
        peer.request()
        if peer.number > 1:
            peer.wire.send(answer)
            return
        peer.wire.send(answer[:500])
        peer.upstream.release.wait(PATIENCE)
        # A byte at a time until the proxy closes: whichever write to the client fails, there is one more.
        for byte in answer[500:]:
            peer.wire.send(bytes([byte]))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as first:
            first.send(head())
            first.until(b"ss")
            with crowd(proxy, 10) as others:
                until_so_many_wait(proxy, 10)
                first.reset()
                upstream.release.set()
                assert bodies(others) == [(200, b"s" * 7000)] * 10
        assert len(upstream.requests) == 2


@pytest.mark.parametrize(
    "answer",
    [
        page("mine", "Cache-Control: no-store"),
        page("mine", "Cache-Control: max-age=60, private"),
        page("mine", "Cache-Control: no-cache", 'ETag: "a"'),
        page("busy", status="503 Service Unavailable"),
    ],
    ids=["no-store", "private", "no-cache", "503"],
)
def test_when_the_answer_is_for_one_client_the_others_ask_all_at_once(serve: Serve, answer: bytes) -> None:
    """4: one after the other, each would wait for all before it."""
    everybody = threading.Barrier(19)

    def script(peer: Peer) -> None:
        peer.request()
        if peer.number == 1:
            until_so_many_wait(proxy, 19)
        else:
            meet(everybody)
        peer.wire.send(answer)

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with crowd(proxy, 20) as clients:
            assert len(set(bodies(clients))) == 1
        assert len(upstream.requests) == 20


@pytest.mark.parametrize(
    ("front", "status"),
    [
        (b"", 502),
        (b"nonsense\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nContent-Le", 502),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: -1\r\n\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 100\r\n\r\nhalf", None),
    ],
    ids=["no answer", "no HTTP", "half a head", "a bad length", "a bad length that may be kept", "half a body"],
)
def test_when_the_upstream_fails_the_others_try_all_at_once(serve: Serve, front: bytes, status: int | None) -> None:
    """3.3, 4: one after the other, each would wait for the failures of all before it."""
    everybody = threading.Barrier(19)

    def script(peer: Peer) -> None:
        peer.request()
        if peer.number == 1:
            until_so_many_wait(proxy, 19)
            peer.wire.send(front)
        else:
            meet(everybody)
            peer.wire.send(page("soup", FRESH))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as first:
            first.send(head())
            assert upstream.got_request.wait(PATIENCE)
            with crowd(proxy, 19) as others:
                assert bodies(others) == [(200, b"soup")] * 19
            if status is None:
                with pytest.raises(Cut):
                    first.response()
            else:
                assert first.response().status == status
        assert len(upstream.requests) == 20


def test_another_variant_does_not_take_what_somebody_else_waits_for(serve: Serve) -> None:
    """4.1: who waits finds out by the answer that there are variants."""

    def script(peer: Peer) -> None:
        while True:
            request = peer.request()
            if len(peer.upstream.requests) == 1:
                until_so_many_wait(proxy, 1)
            language = "de" if b"Accept-Language: de" in request.head else "en"
            peer.wire.send(page(language, FRESH, "Vary: Accept-Language"))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as first:
            first.send(head("Accept-Language: de\r\n"))
            assert upstream.got_request.wait(PATIENCE)
            assert ask(proxy, "Accept-Language: en\r\n").body == b"en"
            assert first.response().body == b"de"
        assert len(upstream.requests) == 2


def test_what_was_changed_while_it_was_fetched_is_not_kept(serve: Serve) -> None:
    """4.4."""
    posted = threading.Event()

    def script(peer: Peer) -> None:
        while True:
            request = peer.request()
            number = len(peer.upstream.requests)
            if request.line.startswith("POST"):
                peer.wire.send(page("done"))
            elif number == 1:
                assert posted.wait(PATIENCE)
                peer.wire.send(page("old", FRESH))
            else:
                peer.wire.send(page("new", FRESH))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as first:
            first.send(head())
            assert upstream.got_request.wait(PATIENCE)
            assert ask(proxy, method="POST").body == b"done"
            posted.set()
            assert first.response().body == b"old"
        assert [ask(proxy).body for _ in range(2)] == [b"new", b"new"]
        assert len(upstream.requests) == 3
