"""The request line and what stands before it: which bytes, which version, how long."""

from __future__ import annotations

from tests.e2e.cases.case import GET, HOST, HOST_SEEN, get, passed, refused

CASES = [
    # Before the line.
    passed("an empty line before the request", "9112 2.2", b"\r\n" + GET, b"GET / HTTP/1.1", HOST_SEEN),
    passed("empty lines before the request", "9112 2.2", b"\r\n\r\n\r\n" + GET, b"GET / HTTP/1.1", HOST_SEEN),
    passed("many empty lines", "9112 2.2", b"\r\n" * 1000 + GET, b"GET / HTTP/1.1", HOST_SEEN),
    refused("empty lines and no end of them", "9112 2.2", b"\r\n" * 15_000, says="empty lines"),
    refused("a space before the method", "9112 3", b" " + GET, says="at byte 0)"),
    refused("a bare LF before the request", "9112 2.2", b"\n" + GET),
    refused("a bare CR before the request", "9112 2.2", b"\r" + GET),
    refused("NUL before the request", "9112 3", b"\0" + GET),
    refused("a TLS handshake", "9112 3", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"),
    # The method.
    passed(
        "a method that nobody knows", "9110 9.1", b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", b"BREW / HTTP/1.1", HOST_SEEN
    ),
    passed(
        "a method in small letters", "9110 9.1", b"get / HTTP/1.1\r\n" + HOST + b"\r\n", b"get / HTTP/1.1", HOST_SEEN
    ),
    passed(
        "a method of odd token bytes",
        "9110 5.6.2",
        b"!#$%&'*+-.^_`|~0 / HTTP/1.1\r\n" + HOST + b"\r\n",
        b"!#$%&'*+-.^_`|~0 / HTTP/1.1",
        HOST_SEEN,
    ),
    passed(
        "a long method",
        "9112 3",
        b"M" * 400 + b" / HTTP/1.1\r\n" + HOST + b"\r\n",
        b"M" * 400 + b" / HTTP/1.1",
        HOST_SEEN,
    ),
    refused("a method with a bad byte", "9112 3.1", b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n", says="at byte 1)"),
    refused("a method with a high byte", "9112 3.1", b"G\xc9T / HTTP/1.1\r\n" + HOST + b"\r\n", says="at byte 1)"),
    refused("a method with a colon", "9112 3.1", b"GET: / HTTP/1.1\r\n" + HOST + b"\r\n", says="at byte 3)"),
    # White space.
    refused("two spaces behind the method", "9112 3", b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("two spaces before the version", "9112 3", b"GET /  HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("a space behind the version", "9112 3", b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n"),
    refused("a tab for a space", "9112 3", b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("a form feed for a space", "9112 3", b"GET\x0c/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    # Line ends.
    refused("a bare LF behind the request line", "9112 2.2", b"GET / HTTP/1.1\n" + HOST + b"\r\n", says="at byte 14)"),
    refused("a bare CR in the request line", "9112 2.2", b"GET /\r HTTP/1.1\r\n" + HOST + b"\r\n"),
    refused("a bare CR behind the version", "9112 2.2", b"GET / HTTP/1.1\r\r\n" + HOST + b"\r\n"),
    # The target's bytes.
    passed(
        "the longest target", "9112 3", get(target=b"/" + b"a" * 7999), b"GET /" + b"a" * 7999 + b" HTTP/1.1", HOST_SEEN
    ),
    passed("high bytes in the target", "9112 2.2", get(target=b"/\xe9\xff"), b"GET /\xe9\xff HTTP/1.1", HOST_SEEN),
    passed("a target of odd bytes", "9112 3.2", get(target=b'/"<>\\^`{|}'), b'GET /"<>\\^`{|} HTTP/1.1', HOST_SEEN),
    refused("a space in the target", "9112 3.2", get(target=b"/a b")),
    refused("a tab in the target", "9112 3.2", get(target=b"/a\tb")),
    refused("a control byte in the target", "9112 3.2", get(target=b"/a\x01b")),
    refused("NUL in the target", "9112 3.2", get(target=b"/a\0b")),
    refused("DEL in the target", "9112 3.2", get(target=b"/a\x7fb")),
    refused("a fragment in the target", "9112 3.2", get(target=b"/a#b")),
    refused("a target over the limit", "9112 3", get(target=b"/" + b"a" * 8000), 414, "8000"),
    refused("a target over every limit", "9112 3", get(target=b"/" + b"a" * 40_000), 414),
    refused("a request line without an end", "9112 3", b"GET /" + b"a" * 20_000, 414),
    # The version.
    passed(
        "version 1.2 counts as 1.1", "9110 2.5", b"GET / HTTP/1.2\r\n" + HOST + b"\r\n", b"GET / HTTP/1.1", HOST_SEEN
    ),
    passed(
        "version 1.9 counts as 1.1", "9110 2.5", b"GET / HTTP/1.9\r\n" + HOST + b"\r\n", b"GET / HTTP/1.1", HOST_SEEN
    ),
    refused("no version", "9112 3", b"GET /\r\n" + HOST + b"\r\n"),
    refused("no version, but its space", "9112 3", b"GET / \r\n" + HOST + b"\r\n"),
    refused("nothing but a method", "9112 3", b"GET\r\n" + HOST + b"\r\n"),
    refused("a version in small letters", "9112 2.3", b"GET / http/1.1\r\n" + HOST + b"\r\n"),
    refused("a version of two digits", "9112 2.3", b"GET / HTTP/1.10\r\n" + HOST + b"\r\n"),
    refused("a version with a leading zero", "9112 2.3", b"GET / HTTP/01.1\r\n" + HOST + b"\r\n"),
    refused("a version without a minor one", "9112 2.3", b"GET / HTTP/1\r\n" + HOST + b"\r\n"),
    refused("a version with a comma", "9112 2.3", b"GET / HTTP/1,1\r\n" + HOST + b"\r\n"),
    refused("another protocol", "9112 2.3", b"OPTIONS / RTSP/1.0\r\n" + HOST + b"\r\n"),
    refused("version 2.0", "9110 15.6.6", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    refused("version 0.9", "9110 15.6.6", b"GET / HTTP/0.9\r\n" + HOST + b"\r\n", 505),
    refused("the preface of HTTP/2", "9110 15.6.6", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
]
