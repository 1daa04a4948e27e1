"""What the proxy changes in a request that goes on: fields that end here, and fields that it adds."""

from __future__ import annotations

from tests.e2e.cases.case import (
    CHUNKED,
    HOST,
    HOST_SEEN,
    OKAY,
    OKAY_AND_CLOSE,
    OKAY_AND_STAY,
    OLD_GET,
    Case,
    End,
    get,
    passed,
    post,
    refused,
)

LINE = b"GET / HTTP/1.1"


def onward(name: str, rfc: str, fields: bytes, *seen: bytes) -> Case:
    """Give a GET with these fields, and what the upstream sees of them beside Host."""
    return passed(name, rfc, get(fields), LINE, HOST_SEEN, *seen)


def counted(method: bytes, count: bytes) -> bytes:
    """Give a request that says how far it may go."""
    return method + b" / HTTP/1.1\r\n" + HOST + b"Max-Forwards: " + count + b"\r\n\r\n"


def lowered(name: str, method: bytes, count: bytes, seen: bytes) -> Case:
    """Give a request whose Max-Forwards goes on as another number."""
    return passed(
        name, "9110 7.6.2", counted(method, count), method + b" / HTTP/1.1", HOST_SEEN, b"Max-Forwards: " + seen
    )


CASES = [
    # Fields that end at this hop.
    onward(
        "a field that Connection names", "9110 7.6.1", b"Connection: X-Hop\r\nX-Hop: 1\r\nX-Hop-2: 2\r\n", b"X-Hop-2: 2"
    ),
    onward("a field that Connection names in other letters", "9110 7.6.1", b"Connection: x-hOP\r\nX-Hop: 1\r\n"),
    onward(
        "every line of a field that Connection names", "9110 7.6.1", b"X-Hop: 1\r\nConnection: X-Hop\r\nx-hop: 2\r\n"
    ),
    onward(
        "two fields that Connection names", "9110 7.6.1", b"Connection: ,X-One ,\tX-Two,\r\nX-One: 1\r\nX-Two: 2\r\n"
    ),
    onward(
        "two Connection fields",
        "9110 7.6.1",
        b"Connection: X-One\r\nConnection: keep-alive, X-Two\r\nX-One: 1\r\nX-Two: 2\r\n",
    ),
    onward("Connection names a field that is not there", "9110 7.6.1", b"Connection: X-None\r\nA: b\r\n", b"A: b"),
    onward("Connection names a part of a name", "9110 7.6.1", b"Connection: X\r\nX-Hop: 1\r\n", b"X-Hop: 1"),
    onward("an empty Connection", "9110 7.6.1", b"Connection:\r\nA: b\r\n", b"A: b"),
    onward("Keep-Alive", "9110 7.6.1", b"Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n"),
    onward("Keep-Alive that Connection does not name", "9110 7.6.1", b"Keep-Alive: timeout=5\r\n"),
    onward("Proxy-Connection", "9112 C.2.2", b"Proxy-Connection: keep-alive\r\n"),
    onward("TE", "9110 10.1.4", b"Connection: TE\r\nTE: trailers\r\n"),
    onward("TE that Connection does not name", "9110 10.1.4", b"TE: trailers, gzip;q=0.5\r\n"),
    onward("Upgrade that Connection does not name", "9110 7.8", b"Upgrade: h2c\r\n"),
    onward("Trailer", "9110 6.6.2", b"Trailer: X-Sum\r\n"),
    # Fields that do not.
    onward("Connection cannot take Host away", "9110 7.6.1", b"Connection: Host\r\n"),
    onward(
        "Connection cannot take Cookie away", "9110 7.6.1", b"Connection: Cookie\r\nCookie: a=b\r\n", b"Cookie: a=b"
    ),
    onward(
        "Connection cannot take Authorization away",
        "9110 7.6.1",
        b"Connection: authorization\r\nAuthorization: Basic eA==\r\n",
        b"Authorization: Basic eA==",
    ),
    onward(
        "Connection cannot take Cache-Control away",
        "9110 7.6.1",
        b"Connection: Cache-Control\r\nCache-Control: no-store\r\n",
        b"Cache-Control: no-store",
    ),
    onward(
        "Connection cannot take X-Forwarded-For away",
        "9110 7.6.1",
        b"Connection: X-Forwarded-For\r\nX-Forwarded-For: 1.2.3.4\r\n",
        b"X-Forwarded-For: 1.2.3.4, 127.0.0.1",
    ),
    onward(
        "Connection cannot take Via away",
        "9110 7.6.1",
        b"Connection: Via\r\nVia: 1.1 other\r\n",
        b"Via: 1.1 other",
        b"Via: 1.1 proxylings",
    ),
    onward("Connection cannot take our fields away", "9110 7.6.1", b"Connection: Via, X-Forwarded-For\r\n"),
    passed(
        "Connection cannot take Content-Length away",
        "9110 7.6.1",
        post(b"Content-Length: 5\r\nConnection: Content-Length\r\n", b"hello"),
        b"POST /p HTTP/1.1",
        HOST_SEEN,
        b"Content-Length: 5",
        body=b"hello",
    ),
    passed(
        "Connection cannot take Transfer-Encoding away",
        "9110 7.6.1",
        post(CHUNKED + b"Connection: Transfer-Encoding\r\n", b"5\r\nhello\r\n0\r\n\r\n"),
        b"POST /p HTTP/1.1",
        HOST_SEEN,
        b"Transfer-Encoding: chunked",
        body=b"hello",
    ),
    onward(
        "a body type travels on",
        "9110 8.3",
        b"Content-Type: text/plain\r\nContent-Encoding: gzip\r\n",
        b"Content-Type: text/plain",
        b"Content-Encoding: gzip",
    ),
    onward(
        "conditions and ranges travel on",
        "9110 13",
        b'If-None-Match: "x"\r\nRange: bytes=0-1\r\n',
        b'If-None-Match: "x"',
        b"Range: bytes=0-1",
    ),
    onward("a field that nobody knows travels on", "9110 5.1", b"X-New-Thing: 1\r\n", b"X-New-Thing: 1"),
    # Order.
    onward(
        "the order of lines of one name",
        "9110 5.3",
        b"A: 1\r\nB: 2\r\na: 3\r\nA: 1\r\n",
        b"A: 1",
        b"B: 2",
        b"a: 3",
        b"A: 1",
    ),
    onward("lines of one name are not joined", "9110 5.3", b"Cookie: a\r\nCookie: b\r\n", b"Cookie: a", b"Cookie: b"),
    # Via.
    onward("Via is added", "9110 7.6.3", b"", b"Via: 1.1 proxylings"),
    onward(
        "Via goes behind the others",
        "9110 7.6.3",
        b"Via: 1.0 one\r\nVia: 1.1 two\r\n",
        b"Via: 1.0 one",
        b"Via: 1.1 two",
        b"Via: 1.1 proxylings",
    ),
    passed(
        "Via says the version that came",
        "9110 7.6.3",
        OLD_GET,
        LINE,
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    onward(
        "a Via that is nearly ours",
        "9110 7.6.3",
        b"Via: 1.1 proxylings2, 1.1 other (proxylings)\r\n",
        b"Via: 1.1 proxylings2, 1.1 other (proxylings)",
        b"Via: 1.1 proxylings",
    ),
    refused("our own Via", "9110 7.6.3", get(b"Via: 1.1 proxylings\r\n"), 508, "has been here before"),
    refused("our own Via in a list", "9110 7.6.3", get(b"Via: 1.0 one, 1.1  proxylings (x)\r\n"), 508),
    refused("our own Via in a later line", "9110 7.6.3", get(b"Via: 1.0 one\r\nvia: HTTP/1.1 proxylings\r\n"), 508),
    # Max-Forwards.
    lowered("Max-Forwards of OPTIONS is lowered", b"OPTIONS", b"7", b"6"),
    lowered("Max-Forwards of TRACE is lowered", b"TRACE", b"10", b"9"),
    lowered("a Max-Forwards larger than ours", b"TRACE", b"9" * 30, b"18446744073709551614"),
    onward("Max-Forwards of a GET is left alone", "9110 7.6.2", b"Max-Forwards: 0\r\n", b"Max-Forwards: 0"),
    refused("Max-Forwards is no number", "9110 7.6.2", counted(b"TRACE", b"x"), says="not one decimal number"),
    refused("Max-Forwards is signed", "9110 7.6.2", counted(b"TRACE", b"-1")),
    refused("Max-Forwards is empty", "9110 7.6.2", counted(b"OPTIONS", b"")),
    refused("Max-Forwards twice", "9110 7.6.2", counted(b"OPTIONS", b"1\r\nMax-Forwards: 1")),
    # X-Forwarded-For: no RFC has it; its list grows as RFC 7239 says of Forwarded.
    onward("X-Forwarded-For is added", "7239 4", b"", b"X-Forwarded-For: 127.0.0.1"),
    onward(
        "X-Forwarded-For grows",
        "7239 4",
        b"X-Forwarded-For: 1.2.3.4\r\nx-forwarded-for: 5.6.7.8, 9.9.9.9\r\n",
        b"X-Forwarded-For: 1.2.3.4, 5.6.7.8, 9.9.9.9, 127.0.0.1",
    ),
    # Whether the client's connection stays.
    passed(
        "Connection: close",
        "9112 9.6",
        get(b"Connection: close\r\n"),
        LINE,
        HOST_SEEN,
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "Connection: close in other letters",
        "9112 9.6",
        get(b"Connection: x, CLOSE\r\n"),
        LINE,
        HOST_SEEN,
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "Connection: close and keep-alive",
        "9112 9.3",
        get(b"Connection: keep-alive\r\nConnection: close\r\n"),
        LINE,
        HOST_SEEN,
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    onward("Connection: keep-alive", "9112 9.3", b"Connection: keep-alive\r\n"),
    passed(
        "HTTP/1.0 closes",
        "9112 9.3",
        b"GET /old HTTP/1.0\r\nHost: a.example\r\n\r\n",
        b"GET /old HTTP/1.1",
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "HTTP/1.0 that asks to stay",
        "9112 9.3",
        b"GET / HTTP/1.0\r\nHost: a.example\r\nConnection: Keep-Alive\r\n\r\n",
        LINE,
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_STAY,
    ),
    passed(
        "HTTP/1.0 that asks for both",
        "9112 9.3",
        b"GET / HTTP/1.0\r\nHost: a.example\r\nConnection: keep-alive, close\r\n\r\n",
        LINE,
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "HTTP/1.0 with Proxy-Connection closes",
        "9112 C.2.2",
        b"GET / HTTP/1.0\r\nHost: a.example\r\nProxy-Connection: keep-alive\r\n\r\n",
        LINE,
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "a client that closes its side is answered",
        "9112 9.6",
        get(),
        LINE,
        HOST_SEEN,
        gets=OKAY,
        end=End.CLOSES,
        half_closes=True,
    ),
]
