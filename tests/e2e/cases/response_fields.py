"""What the proxy changes in a response: fields that end here, and fields that it adds."""

from __future__ import annotations

from tests.e2e.cases.case import HEAD_OK, LENGTH_2, Case, answered

DATE = b"Date: Sun, 06 Nov 1994 08:49:37 GMT"


def back(name: str, rfc: str, fields: bytes, *seen: bytes, reused: bool = True) -> Case:
    """Give a response with these fields, and what the client gets of them beside the length."""
    return answered(name, rfc, HEAD_OK + fields + LENGTH_2 + b"\r\nok", b"Content-Length: 2", *seen, reused=reused)


CASES = [
    back(
        "a response field that Connection names",
        "9110 7.6.1",
        b"Connection: X-Hop\r\nX-Hop: 1\r\nX-Hop-2: 2\r\n",
        b"X-Hop-2: 2",
    ),
    back(
        "a response field named in other letters",
        "9110 7.6.1",
        b"X-Hop: 1\r\nx-hop: 2\r\nconnection: keep-alive , X-HOP\r\n",
    ),
    back(
        "two response Connection fields",
        "9110 7.6.1",
        b"Connection: X-One\r\nConnection: X-Two\r\nX-One: 1\r\nX-Two: 2\r\n",
    ),
    back("Keep-Alive in a response", "9110 7.6.1", b"Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n"),
    back("Proxy-Connection in a response", "9112 C.2.2", b"Proxy-Connection: close\r\n"),
    back("Trailer in a response", "9110 6.6.2", b"Trailer: X-Sum\r\n"),
    back("Upgrade in a response", "9110 7.8", b"Connection: upgrade\r\nUpgrade: h2c\r\n"),
    back("TE in a response", "9110 10.1.4", b"TE: trailers\r\n"),
    back("a response's Connection cannot take the length away", "9110 7.6.1", b"Connection: Content-Length\r\n"),
    back(
        "a response's Connection cannot take Set-Cookie away",
        "9110 7.6.1",
        b"Connection: Set-Cookie\r\nSet-Cookie: a=b\r\n",
        b"Set-Cookie: a=b",
    ),
    back(
        "a response's Connection cannot take Cache-Control away",
        "9110 7.6.1",
        b"Connection: cache-control\r\nCache-Control: private\r\n",
        b"Cache-Control: private",
    ),
    back("a response's Connection cannot take Date away", "9110 7.6.1", b"Connection: Date\r\n" + DATE + b"\r\n", DATE),
    back(
        "the order of response lines of one name",
        "9110 5.3",
        b"Set-Cookie: a=1\r\nX: y\r\nset-cookie: b=2\r\nSet-Cookie: a=3\r\n",
        b"Set-Cookie: a=1",
        b"X: y",
        b"set-cookie: b=2",
        b"Set-Cookie: a=3",
    ),
    back("Via is added to a response", "9110 7.6.3", b"", b"Via: 1.1 proxylings"),
    back(
        "Via goes behind the others in a response",
        "9110 7.6.3",
        b"Via: 1.0 one\r\nVia: 1.1 two\r\n",
        b"Via: 1.0 one",
        b"Via: 1.1 two",
        b"Via: 1.1 proxylings",
    ),
    back("a Date that is there stays", "9110 6.6.1", DATE + b"\r\n", DATE),
    back("a Date that is not there is added", "9110 6.6.1", b"", b"Date: *"),
    back(
        "caching fields travel on",
        "9110 8.8",
        b'ETag: W/"x"\r\nAge: 5\r\nVary: *\r\n',
        b'ETag: W/"x"',
        b"Age: 5",
        b"Vary: *",
    ),
    back(
        "what asks for a password travels on",
        "9110 11.6.1",
        b"WWW-Authenticate: Basic\r\nProxy-Authenticate: Basic\r\n",
        b"WWW-Authenticate: Basic",
        b"Proxy-Authenticate: Basic",
    ),
    back("Server stays the upstream's", "9110 10.2.4", b"Server: other/1\r\n", b"Server: other/1"),
    back(
        "X-Forwarded-For of a response is nobody's business",
        "9110 5.1",
        b"X-Forwarded-For: 1.2.3.4\r\n",
        b"X-Forwarded-For: 1.2.3.4",
    ),
    back("an upstream that closes does not close the client", "9112 9.6", b"Connection: close\r\n", reused=False),
    back("an upstream that closes in other letters", "9112 9.6", b"Connection: x, CLOSE\r\n", reused=False),
    back("an upstream that says both", "9112 9.3", b"Connection: keep-alive, close\r\n", reused=False),
    answered(
        "HTTP/1.0 that stays",
        "9112 9.3",
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + LENGTH_2 + b"\r\nok",
        b"Content-Length: 2",
        b"Via: 1.0 proxylings",
    ),
    answered(
        "HTTP/1.0 that says nothing",
        "9112 9.3",
        b"HTTP/1.0 200 OK\r\n" + LENGTH_2 + b"\r\nok",
        b"Content-Length: 2",
        b"Via: 1.0 proxylings",
        reused=False,
    ),
]
