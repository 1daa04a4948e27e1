"""Where a request's body ends: Content-Length, Transfer-Encoding, and both."""

from __future__ import annotations

from tests.e2e.cases.case import (
    CHUNKED,
    HOST,
    HOST_SEEN,
    OKAY_AND_CLOSE,
    OKAY_AND_STAY,
    End,
    get,
    passed,
    post,
    refused,
)

LINE = b"POST /p HTTP/1.1"
LENGTH_5 = b"Content-Length: 5\r\n"
EVIL = get(target=b"/evil")
OLD_POST = b"POST /p HTTP/1.0\r\n" + HOST
CHUNKED_SEEN = b"Transfer-Encoding: chunked"


def length(value: bytes, body: bytes = b"hello") -> bytes:
    """Give a POST with this Content-Length."""
    return post(b"Content-Length: " + value + b"\r\n", body)


def coding(value: bytes, body: bytes = b"5\r\nhello\r\n0\r\n\r\n") -> bytes:
    """Give a POST with this Transfer-Encoding."""
    return post(b"Transfer-Encoding: " + value + b"\r\n", body)


CASES = [
    # One length.
    passed("a length", "9112 6.2", length(b"5"), LINE, HOST_SEEN, b"Content-Length: 5", body=b"hello"),
    passed("a length of nothing", "9110 8.6", length(b"0", b""), LINE, HOST_SEEN, b"Content-Length: 0"),
    passed(
        "a length with leading zeros", "9110 8.6", length(b"0005"), LINE, HOST_SEEN, b"Content-Length: 5", body=b"hello"
    ),
    passed("no length and no body", "9112 6.3", post(b""), LINE, HOST_SEEN),
    passed(
        "a GET with a body",
        "9110 9.3.1",
        get(b"Content-Length: 2\r\n") + b"hi",
        b"GET / HTTP/1.1",
        HOST_SEEN,
        b"Content-Length: 2",
        body=b"hi",
    ),
    passed(
        "a DELETE with a body",
        "9110 9.3.5",
        b"DELETE / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\nhi",
        b"DELETE / HTTP/1.1",
        HOST_SEEN,
        b"Content-Length: 2",
        body=b"hi",
    ),
    passed(
        "a body of many bytes",
        "9112 6.2",
        length(b"200000", b"x" * 200_000),
        LINE,
        HOST_SEEN,
        b"Content-Length: 200000",
        body=b"x" * 200_000,
    ),
    passed(
        "a body of every byte",
        "9112 2.2",
        length(b"256", bytes(range(256))),
        LINE,
        HOST_SEEN,
        b"Content-Length: 256",
        body=bytes(range(256)),
    ),
    passed(
        "a length in HTTP/1.0",
        "9112 6.2",
        OLD_POST + LENGTH_5 + b"\r\nhello",
        LINE,
        HOST_SEEN,
        b"Content-Length: 5",
        b"Via: 1.0 proxylings",
        body=b"hello",
        gets=OKAY_AND_CLOSE,
        end=End.CLOSES,
    ),
    passed(
        "a length in HTTP/1.0 that stays",
        "9112 9.3",
        OLD_POST + LENGTH_5 + b"Connection: keep-alive\r\n\r\nhello",
        LINE,
        HOST_SEEN,
        b"Content-Length: 5",
        b"Via: 1.0 proxylings",
        body=b"hello",
        gets=OKAY_AND_STAY,
    ),
    passed(
        "a smuggled request is only a body",
        "9112 11.2",
        length(b"%d" % len(EVIL), EVIL),
        LINE,
        HOST_SEEN,
        b"Content-Length: %d" % len(EVIL),
        body=EVIL,
    ),
    refused("a negative length", "9110 8.6", length(b"-1")),
    refused("a length of minus nothing", "9110 8.6", length(b"-0", b"")),
    refused("a signed length", "9110 8.6", length(b"+5")),
    refused("a hexadecimal length", "9110 8.6", length(b"0x5")),
    refused("a length with a fraction", "9110 8.6", length(b"5.0")),
    refused("a length with an exponent", "9110 8.6", length(b"5e0")),
    refused("a length with an underscore", "9110 8.6", length(b"0_5")),
    refused("a length with a space inside", "9110 8.6", length(b"5 5")),
    refused("a length in quotes", "9110 8.6", length(b'"5"')),
    refused("a length in words", "9110 8.6", length(b"five")),
    refused("a length of Arabic digits", "9110 8.6", length("\N{ARABIC-INDIC DIGIT FIVE}".encode())),
    passed(
        "white space around a length",
        "9112 5.1",
        post(b"Content-Length: \t5 \r\n", b"hello"),
        LINE,
        HOST_SEEN,
        b"Content-Length: 5",
        body=b"hello",
    ),
    refused("an empty length", "9110 8.6", length(b"", b"")),
    refused("a length over 64 bits", "9110 8.6", length(b"18446744073709551616", b"")),
    refused("a length that would wrap to five", "9110 8.6", length(b"18446744073709551621")),
    refused("a length of forty digits", "9110 8.6", length(b"9" * 40, b"")),
    # Several lengths.
    passed(
        "equal lengths become one",
        "9112 6.3",
        post(b"Content-Length: 5, 5\r\n" + LENGTH_5, b"hello"),
        LINE,
        HOST_SEEN,
        b"Content-Length: 5",
        body=b"hello",
    ),
    passed(
        "equal lengths on two lines",
        "9110 8.6",
        post(LENGTH_5 + LENGTH_5, b"hello"),
        LINE,
        HOST_SEEN,
        b"Content-Length: 5",
        body=b"hello",
    ),
    refused("lengths that differ", "9112 6.3", post(LENGTH_5 + b"Content-Length: 6\r\n", b"hello!")),
    refused(
        "lengths that differ, the smaller one last", "9112 6.3", post(b"Content-Length: 6\r\n" + LENGTH_5, b"hello!")
    ),
    refused("lengths that differ in a list", "9112 6.3", length(b"5, 6", b"hello!")),
    refused("a good length and a bad one", "9112 6.3", post(LENGTH_5 + b"Content-Length: x\r\n", b"hello")),
    refused("a good length and an empty one", "9112 6.3", post(LENGTH_5 + b"Content-Length:\r\n", b"hello")),
    refused("a list of lengths with an empty element", "9112 6.3", length(b"5,")),
    # One coding.
    passed("chunks", "9112 7.1", coding(b"chunked"), LINE, HOST_SEEN, CHUNKED_SEEN, body=b"hello"),
    passed(
        "chunked in any case of letters", "9112 7", coding(b"ChunKed"), LINE, HOST_SEEN, CHUNKED_SEEN, body=b"hello"
    ),
    passed(
        "a GET with chunks",
        "9110 9.3.1",
        get(CHUNKED) + b"2\r\nhi\r\n0\r\n\r\n",
        b"GET / HTTP/1.1",
        HOST_SEEN,
        CHUNKED_SEEN,
        body=b"hi",
    ),
    refused("a coding that nobody knows", "9112 6.1", coding(b"xchunked"), 501),
    refused("identity", "9112 6.1", coding(b"identity"), 501),
    refused("chunked in quotes", "9112 6.1", coding(b'"chunked"'), 501),
    refused("chunked with a space inside", "9112 6.1", coding(b"chunk ed"), 501),
    refused("chunked with a parameter", "9112 7.1", coding(b"chunked;a=b")),
    passed(
        "white space around a coding",
        "9112 5.1",
        post(b"Transfer-Encoding:\tchunked \r\n", b"5\r\nhello\r\n0\r\n\r\n"),
        LINE,
        HOST_SEEN,
        CHUNKED_SEEN,
        body=b"hello",
    ),
    refused("an empty coding", "9112 6.1", coding(b"")),
    refused("empty codings", "9112 6.1", coding(b",")),
    *(
        passed(f"an empty coding {where} chunked", "9110 5.6.1.2", data, LINE, HOST_SEEN, CHUNKED_SEEN, body=b"hello")
        for where, data in (
            ("before", coding(b", chunked")),
            ("behind", coding(b"chunked,")),
            ("in the line before", post(b"Transfer-Encoding:\r\n" + CHUNKED, b"5\r\nhello\r\n0\r\n\r\n")),
        )
    ),
    refused("an empty coding between two", "9112 6.1", coding(b"chunked,, chunked")),
    refused(
        "an empty coding and a length", "9112 6.1", post(LENGTH_5 + b"Transfer-Encoding: ,chunked\r\n", b"0\r\n\r\n")
    ),
    refused("an empty coding in HTTP/1.0", "9112 6.1", OLD_POST + b"Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n"),
    refused("a vertical tab before chunked", "9110 5.5", coding(b"\x0bchunked")),
    refused("chunked in HTTP/1.0", "9112 6.1", OLD_POST + CHUNKED + b"\r\n0\r\n\r\n"),
    # Several codings.
    refused("gzip, chunked", "9112 6.1", coding(b"gzip, chunked"), 501),
    refused(
        "gzip and chunked on two lines", "9112 6.1", post(b"Transfer-Encoding: gzip\r\n" + CHUNKED, b"0\r\n\r\n"), 501
    ),
    refused("identity, chunked", "9112 6.1", coding(b"identity, chunked"), 501),
    refused("chunked, identity", "9112 6.1", coding(b"chunked, identity"), 501),
    refused("gzip alone", "9112 6.3", coding(b"gzip")),
    refused("chunked not last", "9112 6.3", coding(b"chunked, gzip")),
    refused("chunked twice", "9112 6.1", post(CHUNKED + CHUNKED, b"0\r\n\r\n")),
    refused("chunked twice in a list", "9112 6.1", coding(b"chunked, chunked")),
    # Lengths and codings.
    refused("both framings", "9112 6.1", post(LENGTH_5 + CHUNKED, b"0\r\n\r\n"), says="two lengths"),
    refused("both framings, the other order", "9112 6.1", post(CHUNKED + LENGTH_5, b"0\r\n\r\n")),
    refused(
        "both framings, other letters",
        "9112 6.1",
        post(b"content-length: 5\r\ntransfer-encoding: CHUNKED\r\n", b"0\r\n\r\n"),
    ),
    refused("both framings, a length of nothing", "9112 6.1", post(b"Content-Length: 0\r\n" + CHUNKED, b"0\r\n\r\n")),
    refused("a length and an unknown coding", "9112 6.1", post(LENGTH_5 + b"Transfer-Encoding: x\r\n", b"hello")),
    refused("both framings in a GET", "9112 6.1", get(LENGTH_5 + CHUNKED) + b"0\r\n\r\n"),
    # Too little.
    refused("a body cut short", "9112 8", length(b"5", b"he"), half_closes=True),
    refused("a body that does not come", "9112 8", length(b"5", b""), half_closes=True),
]
