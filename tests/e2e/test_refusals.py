"""What the proxy refuses, what it lets through, and what the upstream gets to see of it.

Each case is a line of a table: the bytes that a client sends, the section that judges them, the status that
the client gets, whether the connection ends, and what has to be (or must not be) in what the upstream got.
"""

from __future__ import annotations

import select
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.loopback import PATIENCE, FakeUpstream, Proxy, fake_upstream, running

HOST = b"Host: a.example\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
POST = b"POST /p HTTP/1.1\r\n" + HOST


def get(fields: bytes = b"", target: bytes = b"/") -> bytes:
    """Give a GET request with more fields than Host."""
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + fields + b"\r\n"


def post(fields: bytes, body: bytes = b"") -> bytes:
    """Give a POST request."""
    return POST + fields + b"\r\n" + body


def chunks(body: bytes) -> bytes:
    """Give a POST request whose body is chunked."""
    return post(CHUNKED, body)


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    name: str
    rfc: str
    send: bytes
    status: int
    closes: bool
    says: str = ""
    """Has to be in the text that the client gets."""


def refused(name: str, rfc: str, send: bytes, status: int = 400, says: str = "") -> Case:
    """Give a case that is refused, closes the connection and never becomes a request upstream."""
    return Case(name, rfc, send, status, closes=True, says=says)


# "12" is RFC 9112, "10" is RFC 9110.
REFUSED = [
    # The request line.
    refused("method with a bad byte", "12-3.1", b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n", says="at byte 1)"),
    refused("no method", "12-3.1", b" / HTTP/1.1\r\n" + HOST + b"\r\n", says="at byte 0)"),
    refused("two spaces", "12-3", b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("tab instead of space", "12-3", b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("space in the target", "12-3.2", get(target=b"/a b")),
    refused("control byte in the target", "12-3.2", get(target=b"/a\x01b")),
    refused("fragment in the target", "12-3.2", get(target=b"/a#b")),
    refused("no version", "12-3", b"GET /\r\n" + HOST + b"\r\n"),
    refused("lower-case version", "12-2.3", b"GET / http/1.1\r\n" + HOST + b"\r\n"),
    refused("two-digit version", "12-2.3", b"GET / HTTP/1.10\r\n" + HOST + b"\r\n"),
    refused("version 2.0", "10-15.6.6", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    refused("version 0.9", "10-15.6.6", b"GET / HTTP/0.9\r\n" + HOST + b"\r\n", 505),
    refused("the HTTP/2 preface", "10-15.6.6", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    refused("target over the limit", "12-3", get(target=b"/" + b"a" * 8000), 414, says="8000"),
    refused("target over every limit", "12-3", get(target=b"/" + b"a" * 40_000), 414),
    refused("endless first line", "12-3", b"GET /" + b"a" * 20_000, 414),
    # Lines.
    refused("bare LF after the request line", "12-2.2", b"GET / HTTP/1.1\n" + HOST + b"\r\n", says="at byte 14)"),
    refused("bare LF after a field", "12-2.2", b"GET / HTTP/1.1\r\nHost: a\n\r\n"),
    refused("bare LF as the blank line", "12-2.2", b"GET / HTTP/1.1\r\n" + HOST + b"\n"),
    refused("bare CR in the request line", "12-2.2", b"GET /\r HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("bare CR in a value", "12-2.2", get(b"A: b\rc\r\n")),
    refused("space before the first field", "12-2.2", b"GET / HTTP/1.1\r\n " + HOST + b"\r\n"),
    refused("head cut short", "12-2.2", b"GET / HTTP/1.1\r\nHost: a", says="blank line"),
    # Fields.
    refused("space before the colon", "12-5.1", get(b"A : b\r\n"), says="at byte 34)"),
    refused("tab before the colon", "12-5.1", get(b"A\t: b\r\n")),
    refused("folded value", "12-5.2", get(b"A: b\r\n c\r\n")),
    refused("no colon", "12-5", get(b"A\r\n")),
    refused("empty name", "12-5", get(b": b\r\n")),
    refused("bad byte in a name", "10-5.1", get(b"A(: b\r\n")),
    refused("high byte in a name", "10-5.1", get(b"A\xe9: b\r\n")),
    refused("NUL in a value", "10-5.5", get(b"A: b\0c\r\n")),
    refused("control byte in a value", "10-5.5", get(b"A: b\x7fc\r\n")),
    refused("too many fields", "10-5.4", get(b"A: b\r\n" * 100), 431, says="100"),
    refused("head over the limit", "10-5.4", get(b"A: " + b"b" * 17_000 + b"\r\n"), 431),
    # Where to.
    refused("no Host", "12-3.2", b"GET / HTTP/1.1\r\nA: b\r\n\r\n", says="Host"),
    refused("two Hosts", "12-3.2", get(b"host: a.example\r\n"), says="more than once"),
    refused("two Hosts in HTTP/1.0", "12-3.2", b"GET / HTTP/1.0\r\n" + HOST + HOST + b"\r\n"),
    refused("empty Host", "10-4.2.1", b"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    refused("space in Host", "12-3.2", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    refused("path in Host", "12-3.2", b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    refused("user in Host", "10-4.2.4", b"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
    refused("bad port in Host", "12-3.2", b"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
    refused("two ports in Host", "12-3.2", b"GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n"),
    refused("absolute-form without Host", "12-3.2.2", b"GET http://a/ HTTP/1.1\r\n\r\n"),
    refused("absolute-form with a user", "10-4.2.4", get(target=b"http://u@a/")),
    refused("absolute-form without authority", "10-4.2.1", get(target=b"http:///x")),
    refused("absolute-form of another scheme", "12-3.2.2", get(target=b"ftp://a/")),
    refused("authority-form without CONNECT", "12-3.2.3", get(target=b"a:80")),
    refused("asterisk-form without OPTIONS", "12-3.2.4", get(target=b"*")),
    refused("CONNECT", "10-9.3.6", b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
    # Framing.
    refused("both framings", "12-6.1", post(b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n"), says="two lengths"),
    refused("both framings, other order", "12-6.1", post(CHUNKED + b"Content-Length: 5\r\n", b"0\r\n\r\n")),
    refused("lengths that differ", "12-6.3", post(b"Content-Length: 5\r\nContent-Length: 6\r\n", b"hello!")),
    refused("lengths that differ in a list", "12-6.3", post(b"Content-Length: 5, 6\r\n", b"hello!")),
    refused("negative length", "10-8.6", post(b"Content-Length: -1\r\n")),
    refused("signed length", "10-8.6", post(b"Content-Length: +5\r\n", b"hello")),
    refused("hexadecimal length", "10-8.6", post(b"Content-Length: 0x5\r\n", b"hello")),
    refused("empty length", "10-8.6", post(b"Content-Length:\r\n")),
    refused("length over 64 bits", "10-8.6", post(b"Content-Length: 18446744073709551616\r\n")),
    refused("unknown coding", "12-6.1", post(b"Transfer-Encoding: xchunked\r\n"), 501),
    refused("identity", "12-6.1", post(b"Transfer-Encoding: identity\r\n"), 501),
    refused("gzip, chunked", "12-6.1", post(b"Transfer-Encoding: gzip, chunked\r\n"), 501),
    refused("chunked not last", "12-6.3", post(b"Transfer-Encoding: chunked, gzip\r\n")),
    refused("chunked twice", "12-6.1", post(CHUNKED + CHUNKED, b"0\r\n\r\n")),
    refused("empty coding", "12-6.1", post(b"Transfer-Encoding:\r\n")),
    refused("vertical tab before chunked", "10-5.5", post(b"Transfer-Encoding: \x0bchunked\r\n")),
    refused("chunked in HTTP/1.0", "12-6.1", b"POST / HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n0\r\n\r\n"),
    # Chunks.
    refused("chunk size is no number", "12-7.1", chunks(b"x\r\n"), says="at byte 0 of the body"),
    refused("chunk size is signed", "12-7.1", chunks(b"+1\r\nx\r\n0\r\n\r\n")),
    refused("chunk size with 0x", "12-7.1", chunks(b"0x1\r\nx\r\n0\r\n\r\n")),
    refused("chunk size over 64 bits", "12-7.1", chunks(b"10000000000000001\r\nx\r\n0\r\n\r\n")),
    refused("chunk size line with bare LF", "12-7.1", chunks(b"1\nx\r\n0\r\n\r\n")),
    refused("chunk data without CRLF", "12-7.1", chunks(b"1\r\nxx\r\n0\r\n\r\n")),
    refused("chunk data with bare LF", "12-7.1", chunks(b"1\r\nx\n0\r\n\r\n")),
    refused("bad chunk extension", "12-7.1.1", chunks(b"1;=\r\nx\r\n0\r\n\r\n")),
    refused("chunk extension with bare LF", "12-7.1.1", chunks(b"1;a\nx\r\n0\r\n\r\n")),
    refused("endless chunk extension", "12-7.1.1", chunks(b"1;" + b"a" * 2000)),
    refused("bad trailer", "12-7.1.2", chunks(b"0\r\nA b\r\n\r\n")),
    refused("endless trailers", "12-7.1.2", chunks(b"0\r\n" + b"A: b\r\n" * 2000)),
    refused("body cut short", "12-8", post(b"Content-Length: 5\r\n", b"he")),
    refused("chunked body cut short", "12-8", chunks(b"5\r\nhe")),
]


@dataclass(frozen=True)
class Passed:
    """A request that goes through, and what has to become of it."""

    name: str
    rfc: str
    send: bytes
    sees: tuple[bytes, ...] = ()
    """Each of these is in the head that the upstream got."""
    misses: tuple[bytes, ...] = ()
    """None of these is, in any case of letters."""
    body: bytes = b""


PASSED = [
    Passed("empty lines before the request", "12-2.2", b"\r\n\r\n" + get(), sees=(b"GET / HTTP/1.1\r\n",)),
    Passed(
        "an unknown method", "10-9.1", b"BREW /pot HTTP/1.1\r\n" + HOST + b"\r\n", sees=(b"BREW /pot HTTP/1.1\r\n",)
    ),
    Passed(
        "path and query unchanged", "10-7.7", get(target=b"/a/../%2e//b?c=%20&d"), sees=(b"GET /a/../%2e//b?c=%20&d ",)
    ),
    Passed(
        "version 1.2 counts as 1.1", "10-2.5", b"GET / HTTP/1.2\r\n" + HOST + b"\r\n", sees=(b"GET / HTTP/1.1\r\n",)
    ),
    Passed(
        "no Host in HTTP/1.0",
        "12-3.2",
        b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        sees=(b"Host: 127.0.0.1:",),
    ),
    Passed(
        "absolute-form replaces Host",
        "12-3.2.2",
        get(target=b"http://b.example/x"),
        sees=(b"GET /x HTTP/1.1\r\nHost: b.example\r\n",),
        misses=(b"a.example",),
    ),
    Passed(
        "absolute-form without a path", "12-3.2.1", get(target=b"HTTP://b.example?q"), sees=(b"GET /?q HTTP/1.1\r\n",)
    ),
    Passed(
        "OPTIONS for the whole server", "12-3.2.4", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", sees=(b"OPTIONS * ",)
    ),
    Passed("OPTIONS, absolute", "12-3.2.4", b"OPTIONS http://b HTTP/1.1\r\n" + HOST + b"\r\n", sees=(b"OPTIONS * ",)),
    Passed("Host is kept", "12-3.2", get(), sees=(b"Host: a.example\r\n",)),
    Passed("Via is added", "10-7.6.3", get(b"Via: 1.0 x\r\n"), sees=(b"Via: 1.0 x\r\nVia: 1.1 proxylings\r\n",)),
    Passed(
        "X-Forwarded-For grows",
        "10-7.6",
        get(b"X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n"),
        sees=(b"X-Forwarded-For: 1.2.3.4, 5.6.7.8, 127.0.0.1\r\n",),
    ),
    Passed(
        "the order of fields is kept", "10-5.3", get(b"A: 1\r\nB: 2\r\nA: 3\r\n"), sees=(b"A: 1\r\nB: 2\r\nA: 3\r\n",)
    ),
    Passed("high bytes in a value", "10-5.5", get(b"A: \xe9\xff\r\n"), sees=(b"A: \xe9\xff\r\n",)),
    Passed("white space around a value", "12-5.1", get(b"A: \t b \t\r\n"), sees=(b"A: b\r\n",)),
    Passed(
        "fields that Connection names",
        "10-7.6.1",
        get(b"Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\n"),
        misses=(b"x-hop", b"connection"),
    ),
    Passed(
        "hop-by-hop fields",
        "10-7.6.1",
        get(b"Keep-Alive: 1\r\nProxy-Connection: a\r\nTE: trailers\r\nTrailer: a\r\nUpgrade: h2c\r\n"),
        misses=(b"keep-alive", b"proxy-connection", b"te:", b"trailer", b"upgrade"),
    ),
    Passed(
        "Connection cannot take Host away",
        "10-7.6.1",
        get(b"Connection: Host, Cookie\r\nCookie: a\r\n"),
        sees=(b"Host: a.example\r\n", b"Cookie: a\r\n"),
    ),
    Passed(
        "Connection cannot take Content-Length away",
        "10-7.6.1",
        post(b"Content-Length: 5\r\nConnection: Content-Length\r\n", b"hello"),
        sees=(b"Content-Length: 5\r\n",),
        body=b"hello",
    ),
    Passed(
        "Connection cannot take Transfer-Encoding away",
        "10-7.6.1",
        post(CHUNKED + b"Connection: Transfer-Encoding\r\n", b"5\r\nhello\r\n0\r\n\r\n"),
        sees=(CHUNKED,),
        body=b"hello",
    ),
    Passed(
        "equal lengths become one",
        "12-6.3",
        post(b"Content-Length: 5, 5\r\nContent-Length: 5\r\n", b"hello"),
        sees=(b"Content-Length: 5\r\n",),
        misses=(b"5, 5",),
        body=b"hello",
    ),
    Passed("a length of nothing", "10-8.6", post(b"Content-Length: 0\r\n"), sees=(b"Content-Length: 0\r\n",)),
    Passed(
        "chunked in any case of letters",
        "10-5.6.2",
        post(b"Transfer-Encoding: ChunKed\r\n", b"0\r\n\r\n"),
        sees=(CHUNKED,),
    ),
    Passed(
        "extensions and trailers end here",
        "12-7.1.1",
        chunks(b'3;a=b;c="\\"d"\r\nhel\r\n2\r\nlo\r\n0;z\r\nX-Trailer: 1\r\n\r\n'),
        misses=(b"x-trailer",),
        body=b"hello",
    ),
    Passed(
        "a GET with a body",
        "10-9.3.1",
        get(b"Content-Length: 2\r\n") + b"hi",
        sees=(b"Content-Length: 2\r\n",),
        body=b"hi",
    ),
    Passed(
        "a smuggled request is only a body",
        "12-11.2",
        post(b"Content-Length: %d\r\n" % len(get(target=b"/evil")), get(target=b"/evil")),
        sees=(b"POST /p ",),
        body=get(target=b"/evil"),
    ),
]


@dataclass(frozen=True)
class Setup:
    """A proxy in front of an upstream that notes what it gets."""

    proxy: Proxy
    upstream: FakeUpstream


@pytest.fixture(scope="module")
def setup(binary: Path) -> Iterator[Setup]:
    """Run one proxy for the whole table."""
    with fake_upstream() as upstream, running(binary, "--upstream", upstream.url, "--head-timeout-ms", "300") as proxy:
        yield Setup(proxy, upstream)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.rfc} {case.name}")
def test_refuses(setup: Setup, case: Case) -> None:
    """Answer with the right status, close, and let no request through."""
    setup.upstream.requests.clear()
    with setup.proxy.connect() as wire:
        wire.send(case.send)
        # The end of what we send: a head that is only half there can never be completed.
        wire.sock.shutdown(1)
        response = wire.response()
        assert (response.status, wire.is_closed()) == (case.status, case.closes), f"sent: {case.send!r}"
    assert response.one("Connection") == "close"
    assert case.says in response.body.decode(), f"sent: {case.send!r}"
    assert setup.upstream.requests == [], f"the upstream got a request out of {case.send!r}"


@pytest.mark.parametrize("case", PASSED, ids=lambda case: f"{case.rfc} {case.name}")
def test_passes(setup: Setup, case: Passed) -> None:
    """Let the request through as it has to be, and keep the connection."""
    setup.upstream.requests.clear()
    with setup.proxy.connect() as wire:
        wire.send(case.send)
        response = wire.response()
        assert (response.status, response.body) == (200, b"ok"), f"sent: {case.send!r}\ngot: {response}"
        wire.send(get(target=b"/again"))
        assert wire.response().status == 200, "the connection stays usable"
    first, again = setup.upstream.requests
    assert again.line == "GET /again HTTP/1.1", "nothing of the first request is left in the second"
    assert first.body == case.body
    for piece in case.sees:
        assert piece in first.head, f"expected in the head: {piece!r}\ngot: {first.head!r}"
    for piece in case.misses:
        assert piece not in first.head.lower(), f"not expected in the head: {piece!r}\ngot: {first.head!r}"


def test_a_head_that_never_ends_is_a_408(setup: Setup) -> None:
    """A client that sends half a head and stays gets 408 (RFC 9110 15.5.9)."""
    with setup.proxy.connect() as wire:
        wire.send(b"GET / HTTP/1.1\r\nHo")
        assert wire.response().status == 408
        assert wire.is_closed()


def test_a_refusal_to_head_has_no_body(setup: Setup) -> None:
    """A response to HEAD ends with its head, refusals included (RFC 9110 9.3.2)."""
    with setup.proxy.connect() as wire:
        wire.send(b"HEAD / HTTP/1.1\r\nA: b\r\n\r\n")
        response = wire.response("HEAD")
        assert (response.status, wire.rest()) == (400, b"")


def test_a_large_upload_does_not_wash_the_refusal_away(setup: Setup) -> None:
    """A client that is still sending can read why it was refused (RFC 9112 9.6)."""
    with setup.proxy.connect() as wire:
        wire.send(post(b"Content-Length: 5, 6\r\n", b"x"))
        # The answer is there and the proxy has closed its side, but the client does not look yet.
        assert select.select([wire.sock], [], [], PATIENCE)[0]
        for _ in range(5):
            wire.send(b"x" * 50_000)
        assert wire.response().status == 400
        assert wire.is_closed()


def test_the_table_is_large_enough() -> None:
    """Keep the table from shrinking unseen."""
    assert len(REFUSED) + len(PASSED) >= 60
    names = [case.name for case in REFUSED] + [case.name for case in PASSED]
    assert len(names) == len(set(names)), "each case has a name of its own"
