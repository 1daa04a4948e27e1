"""Bodies of responses that are odd, broken or cut short, and bytes that come behind them."""

from __future__ import annotations

from tests.e2e.cases.case import (
    CHUNKED,
    GET,
    GET_SEEN,
    HEAD_OK,
    HOST_SEEN,
    LENGTH_2,
    OK,
    OLD_GET,
    Answer,
    Case,
    End,
    answered,
    asks,
    broken,
    reply,
)

IN_CHUNKS = b"Transfer-Encoding: chunked"
END = b"0\r\n\r\n"
TEN = b"Content-Length: 10"
EVIL = HEAD_OK + b"Content-Length: 4\r\n\r\nevil"
OLD_SEEN = asks(b"GET / HTTP/1.1", HOST_SEEN, b"Via: 1.0 proxylings")


def coded(body: bytes) -> bytes:
    """Give a response with this chunked body."""
    return HEAD_OK + CHUNKED + b"\r\n" + body


def whole(name: str, rfc: str, body: bytes, data: bytes) -> Case:
    """Give chunks that arrive."""
    return answered(name, rfc, coded(body), IN_CHUNKS, body=data)


def bad(name: str, rfc: str, body: bytes, data: bytes = b"ok") -> Case:
    """Give chunks whose client must not take them for a whole response; the data is what may arrive."""
    return broken(name, rfc, coded(body), IN_CHUNKS, body=data)


def short(name: str, field: bytes, body: bytes, data: bytes, upstream: str) -> Case:
    """Give a body that ends early."""
    return broken(name, "9112 8", HEAD_OK + field + b"\r\n\r\n" + body, field, body=data, upstream=upstream)


def old(name: str, field: bytes, body: bytes, upstream: str) -> Case:
    """Give a body that ends early, to a client for whom only a reset can show it."""
    gets = (reply(b"HTTP/1.1 200 OK", b"Connection: close", body=b"ok"),)
    answer = Answer(HEAD_OK + field + b"\r\n" + body, upstream)
    return Case(name, "9112 8", OLD_GET, gets, End.RESETS, (OLD_SEEN,), (answer,), reused=False)


CASES = [
    # Chunks.
    whole("a chunked response of nothing", "9112 7.1", END, b""),
    whole("several response chunks", "9112 7.1", b"1\r\no\r\n1\r\nk\r\n" + END, b"ok"),
    whole("a response chunk in capital letters", "9112 7.1", b"A\r\n0123456789\r\n" + END, b"0123456789"),
    whole("response extensions end here", "9112 7.1.1", b'2;a=b;c="d"\r\nok\r\n0;e\r\n\r\n', b"ok"),
    whole("response trailers end here", "9110 6.5.1", b"2\r\nok\r\n0\r\nX-Sum: 1\r\nSet-Cookie: evil\r\n\r\n", b"ok"),
    bad("a response size that is no number", "9112 7.1", b"2\r\nok\r\nx\r\n"),
    bad("an empty response size", "9112 7.1", b"2\r\nok\r\n\r\n"),
    bad("a signed response size", "9112 7.1", b"+2\r\nok\r\n" + END, b""),
    bad("a response size with 0x", "9112 7.1", b"0x2\r\nok\r\n" + END, b""),
    bad("a response size over 64 bits", "9112 7.1", b"10000000000000002\r\nok\r\n" + END, b""),
    bad("a response size line with a bare LF", "9112 2.2", b"2\nok\r\n" + END, b""),
    bad("a response size line with a bare CR", "9112 2.2", b"2\rok\r\n" + END, b""),
    bad("response data without its CRLF", "9112 7.1", b"2\r\nokay\r\n" + END),
    bad("a CR and another byte behind a response size", "9112 7.1", b"2\rXok\r\n" + END, b""),
    bad("a CR and another byte behind response data", "9112 7.1", b"2\r\nok\rX" + END),
    bad("a CR and another byte behind the last response chunk", "9112 7.1", b"2\r\nok\r\n0\r\n\rX"),
    bad("response data with a bare LF", "9112 7.1", b"2\r\nok\n" + END),
    bad("a response extension with a bare LF", "9112 2.2", b"2;a\nok\r\n" + END, b""),
    bad("a response extension without an end", "9112 7.1.1", b"2;" + b"a" * 2000, b""),
    bad("a response trailer without a colon", "9112 7.1.2", b"2\r\nok\r\n0\r\nA\r\n\r\n"),
    bad("a folded response trailer", "9112 5.2", b"2\r\nok\r\n0\r\nA: b\r\n c\r\n\r\n"),
    bad("response trailers without an end", "9112 7.1.2", b"2\r\nok\r\n0\r\n" + b"A: b\r\n" * 2000),
    bad("a bare LF behind the last response chunk", "9112 2.2", b"2\r\nok\r\n0\r\n\n"),
    # Cut short.
    short("a close in a body with a length", TEN, b"hello", b"hello", "closes"),
    short("a reset in a body with a length", TEN, b"hello", b"hello", "resets"),
    short("a close before a body with a length", TEN, b"", b"", "closes"),
    short("a close in a chunk", IN_CHUNKS, b"a\r\nhello", b"hello", "closes"),
    short("a reset in a chunk", IN_CHUNKS, b"a\r\nhello", b"hello", "resets"),
    short("a close between chunks", IN_CHUNKS, b"5\r\nhello\r\n", b"hello", "closes"),
    short("a close in a chunk size", IN_CHUNKS, b"5\r\nhello\r\n5", b"hello", "closes"),
    short("a close before the last CRLF", IN_CHUNKS, b"5\r\nhello\r\n0\r\n", b"hello", "closes"),
    short("a close in the trailers", IN_CHUNKS, b"5\r\nhello\r\n0\r\nA: b\r\n", b"hello", "closes"),
    old("a close in a chunk, for HTTP/1.0", CHUNKED, b"5\r\nok", "closes"),
    old("a close between chunks, for HTTP/1.0", CHUNKED, b"2\r\nok\r\n", "closes"),
    old("a bad chunk, for HTTP/1.0", CHUNKED, b"2\r\nok\r\nx", "stays"),
    old("a reset in a body without a length, for HTTP/1.0", b"", b"ok", "resets"),
    # Bytes behind the response.
    answered(
        "a second response that nobody asked for",
        "9112 9.2",
        OK + EVIL,
        b"Content-Length: 2",
        reused=False,
        in_one_piece=True,
    ),
    answered(
        "one byte more than the length", "9112 9.2", OK + b"!", b"Content-Length: 2", reused=False, in_one_piece=True
    ),
    answered(
        "an empty line more than the length",
        "9112 9.2",
        OK + b"\r\n",
        b"Content-Length: 2",
        reused=False,
        in_one_piece=True,
    ),
    answered(
        "a response behind the last chunk",
        "9112 9.2",
        coded(b"2\r\nok\r\n" + END) + EVIL,
        IN_CHUNKS,
        reused=False,
        in_one_piece=True,
    ),
    answered(
        "a response behind an empty one",
        "9112 9.2",
        HEAD_OK + b"Content-Length: 0\r\n\r\n" + EVIL,
        b"Content-Length: 0",
        body=b"",
        reused=False,
        in_one_piece=True,
    ),
    # Bodies that hold HTTP.
    answered(
        "a response in a response",
        "9112 11.1",
        HEAD_OK + b"Content-Length: %d\r\n\r\n" % len(EVIL) + EVIL,
        b"Content-Length: %d" % len(EVIL),
        body=EVIL,
    ),
    answered(
        "a body of every byte from the upstream",
        "9112 2.2",
        HEAD_OK + b"Content-Length: 256\r\n\r\n" + bytes(range(256)),
        b"Content-Length: 256",
        body=bytes(range(256)),
    ),
    # Several in a row.
    Case(
        "no answer is left over for the next request",
        "9112 9.2",
        GET + GET,
        (reply(b"HTTP/1.1 200 OK", b"Content-Length: 2", body=b"ok"),) * 2,
        asked=(GET_SEEN,) * 2,
        answers=(Answer(OK + EVIL), Answer(HEAD_OK + LENGTH_2 + b"\r\nok")),
        in_one_piece=True,
    ),
]
