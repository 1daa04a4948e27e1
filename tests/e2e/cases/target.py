"""Where a request goes: the four forms of a target, and Host."""

from __future__ import annotations

from tests.e2e.cases.case import (
    HOST,
    HOST_SEEN,
    OKAY_AND_CLOSE,
    OKAY_AND_STAY,
    End,
    get,
    passed,
    refused,
)

START = b"GET / HTTP/1.1\r\n"
OPTIONS_ALL = b"OPTIONS * HTTP/1.1"


def hosted(value: bytes) -> bytes:
    """Give a GET request with this Host."""
    return START + b"Host: " + value + b"\r\n\r\n"


CASES = [
    # Host.
    passed("Host as it is", "9112 3.2", hosted(b"a.example"), b"GET / HTTP/1.1", HOST_SEEN),
    passed("Host with a port", "9112 3.2", hosted(b"a.example:8080"), b"GET / HTTP/1.1", b"Host: a.example:8080"),
    passed(
        "Host in capital letters", "9112 3.2", START + b"HOST: A.Example\r\n\r\n", b"GET / HTTP/1.1", b"HOST: A.Example"
    ),
    passed("Host is an address of IPv6", "9110 7.2", hosted(b"[::1]:80"), b"GET / HTTP/1.1", b"Host: [::1]:80"),
    passed(
        "Host behind other fields",
        "9110 7.2",
        START + b"A: b\r\n" + HOST + b"\r\n",
        b"GET / HTTP/1.1",
        HOST_SEEN,
        b"A: b",
    ),
    refused("no Host", "9112 3.2", START + b"A: b\r\n\r\n", says="Host"),
    refused("no fields at all", "9112 3.2", START + b"\r\n", says="Host"),
    refused("two Hosts", "9112 3.2", get(b"host: a.example\r\n"), says="more than once"),
    refused("two Hosts that differ", "9112 3.2", get(b"Host: b.example\r\n"), says="more than once"),
    refused("two Hosts in HTTP/1.0", "9112 3.2", b"GET / HTTP/1.0\r\n" + HOST + HOST + b"\r\n"),
    refused("an empty Host", "9110 4.2.1", hosted(b"")),
    refused("a list in Host", "9112 3.2", hosted(b"a.example, b.example")),
    refused("a space in Host", "9112 3.2", hosted(b"a b")),
    refused("a path in Host", "9112 3.2", hosted(b"a/b")),
    refused("a query in Host", "9112 3.2", hosted(b"a?b")),
    refused("a scheme in Host", "9112 3.2", hosted(b"http://a")),
    refused("a user in Host", "9110 4.2.4", hosted(b"u@a")),
    refused("a backslash in Host", "9112 3.2", hosted(b"a\\b")),
    refused("a high byte in Host", "9112 3.2", hosted(b"\xe9.example")),
    refused("a bad port in Host", "9112 3.2", hosted(b"a:b")),
    refused("a signed port in Host", "9112 3.2", hosted(b"a:-1")),
    refused("two ports in Host", "9112 3.2", hosted(b"a:1:2")),
    refused("a port without a host", "9112 3.2", hosted(b":80")),
    refused("an open bracket in Host", "9112 3.2", hosted(b"[::1")),
    refused("something behind the bracket in Host", "9112 3.2", hosted(b"[::1]a")),
    refused("a name in brackets in Host", "9112 3.2", hosted(b"[a.example]")),
    refused("an address of IPv4 in brackets in Host", "9112 3.2", hosted(b"[127.0.0.1]")),
    refused("an address of IPv6 without brackets in Host", "9112 3.2", hosted(b"::1")),
    refused("half an escape in Host", "9112 3.2", hosted(b"a%2")),
    refused("a bad escape in Host", "9112 3.2", hosted(b"a%zz")),
    refused("a port over 16 bits in Host", "9112 3.2", hosted(b"a:65536")),
    passed("an escape in Host", "9112 3.2", hosted(b"a%2Db"), b"GET / HTTP/1.1", b"Host: a%2Db"),
    passed("an empty port in Host", "9110 4.2.3", hosted(b"a.example:"), b"GET / HTTP/1.1", b"Host: a.example:"),
    passed("an address of IPv4 in Host", "9110 7.2", hosted(b"127.0.0.1:1"), b"GET / HTTP/1.1", b"Host: 127.0.0.1:1"),
    passed("a comma in Host", "9112 3.2", hosted(b"a,b"), b"GET / HTTP/1.1", b"Host: a,b"),
    # Host in HTTP/1.0.
    passed(
        "Host in HTTP/1.0",
        "9112 3.2",
        b"GET / HTTP/1.0\r\n" + HOST + b"\r\n",
        b"GET / HTTP/1.1",
        HOST_SEEN,
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "no Host in HTTP/1.0",
        "9112 3.2",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1",
        b"Host: *",
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "absolute-form in HTTP/1.0",
        "9112 3.2.2",
        b"GET http://b.example/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        b"GET /x HTTP/1.1",
        b"Host: b.example",
        b"Via: 1.0 proxylings",
        gets=OKAY_AND_STAY,
    ),
    # Origin-form.
    passed(
        "path and query unchanged",
        "9110 7.7",
        get(target=b"/a/../%2e//b?c=%20&d"),
        b"GET /a/../%2e//b?c=%20&d HTTP/1.1",
        HOST_SEEN,
    ),
    passed("an empty query", "9110 7.7", get(target=b"/?"), b"GET /? HTTP/1.1", HOST_SEEN),
    passed("two question marks", "9110 7.7", get(target=b"/a?b?c"), b"GET /a?b?c HTTP/1.1", HOST_SEEN),
    passed(
        "a path that begins with two slashes",
        "9110 7.7",
        get(target=b"//b.example/c"),
        b"GET //b.example/c HTTP/1.1",
        HOST_SEEN,
    ),
    passed(
        "a URL in the path",
        "9110 7.7",
        get(target=b"/http://b.example/"),
        b"GET /http://b.example/ HTTP/1.1",
        HOST_SEEN,
    ),
    passed(
        "escapes in both cases of letters",
        "9110 7.7",
        get(target=b"/%2F%2f%00%zz%"),
        b"GET /%2F%2f%00%zz% HTTP/1.1",
        HOST_SEEN,
    ),
    refused("a path without its slash", "9112 3.2", get(target=b"a")),
    refused("nothing but a query", "9112 3.2", get(target=b"?a")),
    # Absolute-form.
    passed(
        "absolute-form replaces Host",
        "9112 3.2.2",
        get(target=b"http://b.example/x"),
        b"GET /x HTTP/1.1",
        b"Host: b.example",
    ),
    passed(
        "absolute-form with a port",
        "9112 3.2.2",
        get(target=b"http://b.example:81/x"),
        b"GET /x HTTP/1.1",
        b"Host: b.example:81",
    ),
    passed(
        "absolute-form without a path",
        "9112 3.2.1",
        get(target=b"http://b.example"),
        b"GET / HTTP/1.1",
        b"Host: b.example",
    ),
    passed(
        "absolute-form with nothing but a query",
        "9112 3.2.1",
        get(target=b"HTTP://b.example?q"),
        b"GET /?q HTTP/1.1",
        b"Host: b.example",
    ),
    passed(
        "absolute-form with a URL in its query",
        "9112 3.2.2",
        get(target=b"http://b.example/?u=http://c/"),
        b"GET /?u=http://c/ HTTP/1.1",
        b"Host: b.example",
    ),
    refused("absolute-form without Host", "9112 3.2.2", b"GET http://a/ HTTP/1.1\r\n\r\n"),
    refused("absolute-form with a bad Host", "9112 3.2.2", b"GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n"),
    refused("absolute-form with two Hosts", "9112 3.2", b"GET http://a/ HTTP/1.1\r\n" + HOST + HOST + b"\r\n"),
    refused("absolute-form with a user", "9110 4.2.4", get(target=b"http://u@a/")),
    refused("absolute-form without authority", "9110 4.2.1", get(target=b"http:///x")),
    refused("absolute-form with one slash", "9112 3.2.2", get(target=b"http:/x")),
    refused("absolute-form with a bad port", "9112 3.2.2", get(target=b"http://a:b/")),
    refused("absolute-form with a port over 16 bits", "9112 3.2.2", get(target=b"http://a:65536/")),
    refused("absolute-form with a name in brackets", "9112 3.2.2", get(target=b"http://[a]/")),
    refused("absolute-form of https", "9112 3.2.2", get(target=b"https://a/")),
    refused("absolute-form with a backslash", "9112 3.2.2", get(target=b"http://a\\@b/")),
    refused("absolute-form with a fragment", "9110 4.2.4", get(target=b"http://a/#b")),
    refused("absolute-form of another scheme", "9112 3.2.2", get(target=b"ftp://a/")),
    # The two rare forms.
    passed(
        "OPTIONS for the whole server", "9112 3.2.4", OPTIONS_ALL + b"\r\n" + HOST + b"\r\n", OPTIONS_ALL, HOST_SEEN
    ),
    passed(
        "OPTIONS, absolute", "9112 3.2.4", b"OPTIONS http://b HTTP/1.1\r\n" + HOST + b"\r\n", OPTIONS_ALL, b"Host: b"
    ),
    passed(
        "OPTIONS for a path",
        "9112 3.2.4",
        b"OPTIONS /a HTTP/1.1\r\n" + HOST + b"\r\n",
        b"OPTIONS /a HTTP/1.1",
        HOST_SEEN,
    ),
    refused("asterisk-form without OPTIONS", "9112 3.2.4", get(target=b"*")),
    refused("authority-form without CONNECT", "9112 3.2.3", get(target=b"a:80")),
    refused("CONNECT", "9110 9.3.6", b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
    refused("CONNECT with a path", "9110 9.3.6", b"CONNECT / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
]
