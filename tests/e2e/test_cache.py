"""The cache: what is kept, for whom and how long (sections are those of RFC 9111)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.cafe import (
    CAFE,
    FRESH,
    STALE,
    Serve,
    answers,
    ask,
    counts,
    head,
    head_only,
    page,
    until_so_many_wait,
)
from tests.e2e.loopback import PATIENCE, Cut, Peer, fake_upstream
from tests.e2e.test_admin import ask as ask_admin
from tests.e2e.test_admin import asking, told


def test_a_hit_asks_nobody_and_tells_its_age_and_its_way(serve: Serve) -> None:
    """4, 5.1; RFC 9110 7.6.3 for Via."""
    with fake_upstream(answers(page("soup", "Cache-Control: max-age=600", "Age: 30", "X-Made-By: cook"))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"soup"
        hit = ask(proxy)
        assert (hit.status, hit.body, len(upstream.requests)) == (200, b"soup", 1)
        assert (hit.one("Content-Length"), hit.one("X-Made-By")) == ("4", "cook")
        assert hit.one("Transfer-Encoding") is None
        assert 30 <= int(hit.one("Age") or "-1") < 30 + PATIENCE
        assert [via for via in hit.all("Via") if "(mine)" in via] == hit.all("Via"), "once, and ours"
        assert hit.one("Date") is not None


def test_each_variant_is_kept_beside_the_others(serve: Serve) -> None:
    """4.1."""
    fields = [FRESH, "Vary: Accept-Language"]
    with fake_upstream(answers(page("Suppe", *fields), page("soup", *fields))) as upstream:
        proxy = serve(upstream)
        for _ in range(2):
            assert ask(proxy, "Accept-Language: de\r\n").body == b"Suppe"
            assert ask(proxy, "Accept-Language: en\r\n").body == b"soup"
        assert len(upstream.requests) == 2


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("other.example", "/menu"),
        ("cafe.example:8080", "/menu"),
        ("cafe.example", "/menu?"),
        ("cafe.example", "/menu?day=1"),
        ("cafe.example", "/Menu"),
        ("cafe.example", "/%6denu"),
        ("cafe.exampl", "e/menu"),
    ],
)
def test_another_host_or_another_target_is_another_entry(serve: Serve, host: str, target: str) -> None:
    """2. With a key of the path alone, one site's answers were served as another's (CVE-2026-2836)."""
    with fake_upstream(answers(page("mine", FRESH), page("theirs", FRESH))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"mine"
        target = target if target.startswith("/") else f"http://{host}/{target}"
        for _ in range(2):
            assert ask(proxy, target=target, host=host).body == b"theirs"
            assert ask(proxy).body == b"mine"
        assert len(upstream.requests) == 2


def test_the_host_of_an_absolute_form_is_the_one_that_counts(serve: Serve) -> None:
    """2; RFC 9112 3.2.2: it replaces Host, so Host must not choose the entry."""
    with fake_upstream(answers(page("mine", FRESH), page("theirs", FRESH))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"mine"
        assert ask(proxy, target="http://other.example/menu").body == b"theirs"
        assert ask(proxy, target="http://cafe.example/menu", host="other.example").body == b"mine"
        assert len(upstream.requests) == 2


def test_an_absolute_form_without_a_path_means_the_root(serve: Serve) -> None:
    """2; RFC 9112 3.2.2."""
    with fake_upstream(answers(page("home", FRESH), page("done"), page("new home", FRESH))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy, target="/").body == b"home"
        assert ask(proxy, target="http://cafe.example").body == b"home"
        assert ask(proxy, target="http://cafe.example", method="POST").body == b"done"
        assert ask(proxy, target="/").body == b"new home"


def test_the_answer_to_a_get_serves_a_head(serve: Serve) -> None:
    """4."""
    with fake_upstream(answers(page("soup", FRESH))) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        with proxy.connect() as client:
            client.send(head(method="HEAD") + head())
            first, second = client.response("HEAD"), client.response()
        assert (first.status, first.one("Content-Length")) == (200, "4")
        assert (second.body, len(upstream.requests)) == (b"soup", 1)


def test_the_answer_to_a_head_is_not_kept(serve: Serve) -> None:
    """4: it has no body that a GET could get."""
    given = [head_only("200 OK", FRESH, "Content-Length: 4"), page("soup", FRESH)]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        assert ask(proxy, method="HEAD").status == 200
        assert ask(proxy).body == b"soup"


CONDITIONS = [
    pytest.param('If-None-Match: "a"', 304, id="the same tag"),
    pytest.param('If-None-Match: W/"a"', 304, id="a weak tag is compared weakly"),
    pytest.param('If-None-Match: "x", "a,b" , "a"', 304, id="one of several tags"),
    pytest.param("If-None-Match: *", 304, id="any tag"),
    pytest.param('If-None-Match: "b"', 200, id="another tag"),
    pytest.param('If-None-Match: "x, "a", y"', 200, id="a tag inside of another"),
    pytest.param("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 304, id="not changed since"),
    pytest.param("If-Modified-Since: Sunday, 06-Nov-94 08:49:38 GMT", 304, id="a date of another format"),
    pytest.param("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 200, id="changed since"),
    pytest.param("If-Modified-Since: yesterday", 200, id="no date"),
    pytest.param('If-None-Match: "b"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT', 200, id="the tag counts"),
]


@pytest.mark.parametrize(("condition", "status"), CONDITIONS)
def test_a_clients_conditions_are_answered_out_of_the_cache(serve: Serve, condition: str, status: int) -> None:
    """4.3.2."""
    given = page("soup", FRESH, 'ETag: "a"', "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT")
    with fake_upstream(answers(given)) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        with proxy.connect() as client:
            client.send(head(condition + "\r\n"))
            got = client.response()
            assert (got.status, got.body) == (status, b"soup" if status == 200 else b"")
            assert (got.one("ETag"), got.one("Cache-Control")) == ('"a"', "max-age=60")
            assert got.one("Age") is not None
            client.send(head())
            assert client.response().body == b"soup", "the connection goes on"
        assert len(upstream.requests) == 1


def test_a_tag_with_a_comma_in_it_is_one_tag(serve: Serve) -> None:
    """4.3.2; RFC 9110 8.8.3: a comma may stand in a tag."""
    with fake_upstream(answers(page("soup", FRESH, 'ETag: "a,b"'))) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        assert ask(proxy, 'If-None-Match: "a,b"\r\n').status == 304
        assert ask(proxy, 'If-None-Match: "x", "a", "b"\r\n').status == 200


def test_conditions_mean_nothing_to_an_answer_that_is_no_success(serve: Serve) -> None:
    """4.3.2; RFC 9110 13.2.1."""
    with fake_upstream(answers(page("none", FRESH, 'ETag: "a"', status="404 Not Found"))) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        got = ask(proxy, 'If-None-Match: "a"\r\n')
        assert (got.status, got.body, len(upstream.requests)) == (404, b"none", 1)


def test_an_answer_without_a_body_is_kept_without_a_length(serve: Serve) -> None:
    """3; RFC 9110 8.6: no Content-Length in a 204."""
    with fake_upstream(answers(head_only("204 No Content", FRESH))) as upstream:
        proxy = serve(upstream)
        for _ in range(2):
            got = ask(proxy)
            assert (got.status, got.one("Content-Length"), got.one("Transfer-Encoding")) == (204, None, None)
        assert len(upstream.requests) == 1


def test_a_client_that_wants_a_kept_answer_or_none_gets_a_504(serve: Serve) -> None:
    """5.2.1.7."""
    with fake_upstream(answers(page("soup", FRESH))) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as client:
            client.send(head("Cache-Control: only-if-cached\r\n"))
            assert client.response().status == 504
            assert upstream.connections == 0
            client.send(head() + head("Cache-Control: only-if-cached\r\n"))
            assert [client.response().body for _ in range(2)] == [b"soup", b"soup"]


@pytest.mark.parametrize("is_chunked", [False, True], ids=["with a length", "chunked"])
def test_an_answer_that_is_too_long_is_passed_on_whole_and_not_kept(serve: Serve, is_chunked: bool) -> None:
    """3: a cache need not keep what it may keep."""
    body = "0123456789abcdef" * 4096
    given = page(body, FRESH)
    if is_chunked:
        given = head_only("200 OK", FRESH, "Transfer-Encoding: chunked") + f"10000\r\n{body}\r\n0\r\n\r\n".encode()
    with fake_upstream(answers(given, given)) as upstream:
        proxy = serve(upstream)
        for _ in range(2):
            assert ask(proxy).body == body.encode()
        assert (len(upstream.requests), counts(proxy)["stored"], counts(proxy)["bytes"]) == (2, 0, 0)


def test_a_long_answer_holds_nobody_up_after_its_head(serve: Serve) -> None:
    """4: waiting for what will not be kept would be for nothing."""
    front = page("x" * 100_000, FRESH)[:200]

    def script(peer: Peer) -> None:
        peer.request()
        if peer.number == 1:
            until_so_many_wait(proxy, 1)
            peer.wire.send(front)
            peer.upstream.release.wait(PATIENCE)
        else:
            peer.wire.send(page("soup"))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as first:
            first.send(head())
            upstream.got_request.wait(PATIENCE)
            assert ask(proxy).body == b"soup"


@pytest.mark.parametrize(
    "front",
    [
        b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nz\r\n",
    ],
    ids=["a length", "chunks", "a bad chunk"],
)
def test_an_answer_that_is_cut_short_is_not_kept_and_the_client_can_tell(serve: Serve, front: bytes) -> None:
    """3.3."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.wire.send(front if len(peer.upstream.requests) == 1 else page("whole", FRESH))

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        with pytest.raises(Cut):
            ask(proxy)
        assert ask(proxy).body == b"whole"
        assert len(upstream.requests) == 2


@pytest.mark.parametrize("ending", ["chunks", "close"])
def test_an_answer_without_a_length_is_kept_and_served_with_one(serve: Serve, ending: str) -> None:
    """3.1, 3.3: what ends at this hop is not kept; RFC 9112 8: an orderly close is an end."""

    def script(peer: Peer) -> None:
        peer.request()
        hop = "Connection: x-hop, close\r\nX-Hop: 1"
        if ending == "chunks":
            chunks = b"2\r\nso\r\n2;x=y\r\nup\r\n0\r\nX-Trailer: 1\r\n\r\n"
            peer.wire.send(head_only("200 OK", FRESH, "Transfer-Encoding: chunked", hop, "Trailer: X-Trailer") + chunks)
        else:
            peer.wire.send(head_only("200 OK", FRESH, hop) + b"soup")

    with fake_upstream(script) as upstream:
        proxy = serve(upstream)
        assert ask(proxy).body == b"soup"
        hit = ask(proxy)
        assert (hit.body, hit.one("Content-Length"), hit.one("Transfer-Encoding")) == (b"soup", "4", None)
        assert [hit.one(name) for name in ("X-Hop", "Trailer", "X-Trailer")] == [None] * 3
        assert len(upstream.requests) == 1


def test_a_route_without_cache_keeps_nothing(serve: Serve) -> None:
    with fake_upstream(answers(page("first", FRESH), page("second", FRESH))) as upstream:
        proxy = serve(upstream)
        assert [ask(proxy, host="plain.example").body for _ in range(2)] == [b"first", b"second"]
        assert set(counts(proxy).values()) == {0}


def test_uploads_pass_with_their_bodies(serve: Serve) -> None:
    """3, 4: nothing but a GET is kept, and no GET that has a body."""
    upload = "Content-Length: 4\r\n\r\nspam"
    with fake_upstream(answers(*[page("ok", FRESH)] * 4)) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as client:
            for method in ("POST", "GET", "PUT", "GET"):
                client.send(f"{method} /menu HTTP/1.1\r\nHost: cafe.example\r\n{upload}".encode())
                assert client.response().body == b"ok"
        assert [request.body for request in upstream.requests] == [b"spam"] * 4


@pytest.mark.parametrize("stays", [True, False])
def test_a_client_of_http_1_0_gets_a_hit_that_it_understands(serve: Serve, stays: bool) -> None:
    """4; RFC 9112 9.3: it has to be told that the connection stays."""
    with fake_upstream(
        answers(head_only("200 OK", FRESH, "Transfer-Encoding: chunked") + b"4\r\nsoup\r\n0\r\n\r\n")
    ) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        with proxy.connect() as client:
            wish = "Connection: keep-alive\r\n" if stays else ""
            client.send(head(wish).replace(b"HTTP/1.1", b"HTTP/1.0"))
            hit = client.response()
            assert (hit.status, hit.body, hit.one("Content-Length")) == (200, b"soup", "4")
            assert hit.one("Connection") == ("keep-alive" if stays else "close")
            if stays:
                client.send(head())
                assert client.response().body == b"soup"
            else:
                assert client.is_closed()
        assert len(upstream.requests) == 1


def test_hits_that_were_asked_for_in_one_breath_come_in_order(serve: Serve) -> None:
    """4; RFC 9112 9.3.2."""
    with fake_upstream(answers(page("soup", FRESH), page("cake", FRESH, 'ETag: "c"'))) as upstream:
        proxy = serve(upstream)
        ask(proxy)
        ask(proxy, target="/cake")
        with proxy.connect() as client:
            client.send(head() + head('If-None-Match: "c"\r\n', "/cake") + head() + head(target="/cake"))
            got = [client.response() for _ in range(4)]
        assert [(one.status, one.body) for one in got] == [(200, b"soup"), (304, b""), (200, b"soup"), (200, b"cake")]
        assert len(upstream.requests) == 2


REWRITES = """
[[rewrite]]
path = "/menu"
to = "/speisen"
response.set = { "X-Frame-Options" = "DENY" }
response.remove = ["Server"]
"""


def test_rewrites_of_the_response_apply_to_hits(serve: Serve, tmp_path: Path) -> None:
    """The upstream's own fields are kept, so that new rules hold for old entries too."""
    with fake_upstream(answers(page("soup", FRESH, "Server: stove", "X-Request-Id: theirs"))) as upstream:
        proxy = serve(upstream, CAFE + REWRITES)
        got = [ask(proxy) for _ in range(3)]
        assert upstream.requests[0].line == "GET /speisen HTTP/1.1"
        assert [(one.one("X-Frame-Options"), one.one("Server")) for one in got] == [("DENY", None)] * 3
        assert len({one.one("X-Request-Id") for one in got}) == 3, "each request has an id of its own"
        (tmp_path / "rules.toml").write_text(CAFE)
        assert ask_admin(proxy.admin, "/reload", "POST")[0] == 200
        hit = ask(proxy)
        assert (hit.one("X-Frame-Options"), hit.one("Server")) == (None, "stove")
        assert len(upstream.requests) == 1


def test_rules_judge_a_request_before_the_cache_answers_it(serve: Serve) -> None:
    with fake_upstream(answers(page("soup", FRESH))) as upstream:
        proxy = serve(upstream, CAFE + '[[block]]\nheader = "User-Agent"\ncontains = "bot"\n')
        assert ask(proxy).status == 200
        assert ask(proxy, "User-Agent: robot\r\n").status == 403


def test_the_numbers_tell_what_happened(serve: Serve) -> None:
    given = [page("soup", STALE, 'ETag: "a"'), head_only("304 Not Modified", FRESH), page("mine"), page("done")]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        with proxy.connect() as client:
            for request in (head(), head(), head(), head(), head(target="/mine")):
                client.send(request)
                assert client.response().status == 200
        got = counts(proxy)
        size = got.pop("bytes")
        assert got == {
            "hits": 2, "misses": 2, "revalidations": 1, "waits": 0, "stored": 2, "evicted": 0, "entries": 1,
        }  # fmt: skip
        assert len("soup") < size < 1024
        _, text = ask_admin(proxy.admin, "/metrics")
        lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("proxylings_cache_"))
        gauges = {"entries", "bytes"}
        assert lines == {
            f"proxylings_cache_{name}{'' if name in gauges else '_total'}": str(count)
            for name, count in {**got, "bytes": size}.items()
        }
        ask(proxy, method="POST")
        assert (counts(proxy)["entries"], counts(proxy)["bytes"]) == (0, 0)


def test_events_tell_what_the_cache_did(serve: Serve) -> None:
    given = [page("soup", STALE, 'ETag: "a"'), head_only("304 Not Modified", FRESH), page("mine")]
    with fake_upstream(answers(*given)) as upstream:
        proxy = serve(upstream)
        with asking(proxy.admin, "/events") as events:
            for target in ("/menu", "/menu", "/menu", "/mine"):
                ask(proxy, target=target)
            ask(proxy, "Range: bytes=0-0\r\n", "/end")
            got = []
            for event in told(events):
                if event["event"] == "cache":
                    got.append((event["outcome"], event["target"]))
                elif event["event"] == "request" and event["target"] == "/end":
                    break
    assert got == [
        ("miss", "/menu"), ("stored", "/menu"), ("revalidated", "/menu"), ("hit", "/menu"),
        ("miss", "/mine"), ("pass", "/mine"), ("pass", "/end"),
    ]  # fmt: skip
