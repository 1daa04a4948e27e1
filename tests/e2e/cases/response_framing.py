"""Where a response's body ends, and how the client is told."""

from __future__ import annotations

from tests.e2e.cases.case import (
    CHUNKED,
    HEAD,
    HEAD_OK,
    HOST,
    HOST_SEEN,
    LENGTH_2,
    OLD_GET,
    Answer,
    Case,
    End,
    answered,
    asks,
    faulty,
    refusal,
    reply,
)

TWO = b"Content-Length: 2"
IN_CHUNKS = b"Transfer-Encoding: chunked"
CLOSE = b"Connection: close"
ANSWER_IN_CHUNKS = HEAD_OK + CHUNKED + b"\r\n2\r\nok\r\n0\r\n\r\n"
OLD_SEEN = asks(b"GET / HTTP/1.1", HOST_SEEN, b"Via: 1.0 proxylings")
HEAD_SEEN = asks(b"HEAD / HTTP/1.1", HOST_SEEN)
OLD_STAYING_GET = b"GET / HTTP/1.0\r\n" + HOST + b"Connection: keep-alive\r\n\r\n"


def length(value: bytes, body: bytes = b"ok") -> bytes:
    """Give a response with this Content-Length."""
    return HEAD_OK + b"Content-Length: " + value + b"\r\n\r\n" + body


def coding(value: bytes) -> bytes:
    """Give a response with this Transfer-Encoding."""
    return HEAD_OK + b"Transfer-Encoding: " + value + b"\r\n\r\n2\r\nok\r\n0\r\n\r\n"


def bodiless(name: str, rfc: str, status: bytes, fields: bytes, *seen: bytes, body: bytes = b"") -> Case:
    """Give an answer to a GET that has no body, whatever its fields say."""
    data = b"HTTP/1.1 " + status + b"\r\n" + fields + b"\r\n" + body
    return answered(
        name, rfc, data, *seen, body=b"", line=b"HTTP/1.1 " + status, reused=not body, in_one_piece=bool(body)
    )


def to_head(name: str, rfc: str, data: bytes, *seen: bytes, reused: bool = True) -> Case:
    """Give an answer to a HEAD."""
    gets = (reply(b"HTTP/1.1 200 OK", *seen, answers_head=True),)
    return Case(
        name, rfc, HEAD, gets, asked=(HEAD_SEEN,), answers=(Answer(data),), reused=reused, in_one_piece=not reused
    )


def to_old(
    name: str, rfc: str, answer: Answer, *seen: bytes, send: bytes = OLD_GET, end: End = End.CLOSES, reused: bool = True
) -> Case:
    """Give an answer to a client that speaks HTTP/1.0."""
    gets = (reply(b"HTTP/1.1 200 OK", *seen, body=b"ok"),)
    return Case(name, rfc, send, gets, end, (OLD_SEEN,), (answer,), reused)


CASES = [
    # A length.
    answered("a response of nothing", "9112 6.3", length(b"0", b""), b"Content-Length: 0", body=b""),
    answered(
        "a response of many bytes",
        "9112 6.2",
        length(b"200000", b"x" * 200_000),
        b"Content-Length: 200000",
        body=b"x" * 200_000,
        in_one_piece=True,
    ),
    answered("a response length with leading zeros", "9110 8.6", length(b"0002"), TWO),
    answered(
        "equal response lengths become one", "9112 6.3", HEAD_OK + LENGTH_2 + b"content-length: 2, 2\r\n\r\nok", TWO
    ),
    faulty("response lengths that differ", "9112 6.3", HEAD_OK + LENGTH_2 + b"Content-Length: 3\r\n\r\nok!"),
    faulty("response lengths that differ in a list", "9112 6.3", length(b"2, 3", b"ok!")),
    faulty("a negative response length", "9112 6.3", length(b"-2")),
    faulty("a signed response length", "9112 6.3", length(b"+2")),
    faulty("a hexadecimal response length", "9112 6.3", length(b"0x2")),
    faulty("an empty response length", "9112 6.3", length(b"")),
    faulty("a response length in words", "9112 6.3", length(b"two")),
    faulty("a response length over 64 bits", "9112 6.3", length(b"18446744073709551618")),
    # A coding.
    answered("a response in chunks", "9112 7.1", ANSWER_IN_CHUNKS, IN_CHUNKS),
    answered("a response in Chunks", "9112 7", coding(b"CHUNKED"), IN_CHUNKS),
    faulty(
        "both framings in a response",
        "9112 6.3",
        HEAD_OK + LENGTH_2 + CHUNKED + b"\r\n2\r\nok\r\n0\r\n\r\n",
        "two lengths",
    ),
    faulty(
        "both framings in a response, the other order",
        "9112 6.3",
        HEAD_OK + CHUNKED + LENGTH_2 + b"\r\n2\r\nok\r\n0\r\n\r\n",
    ),
    faulty("a response coding that nobody knows", "9112 6.1", coding(b"xchunked")),
    faulty("a response in gzip and chunks", "9112 6.1", coding(b"gzip, chunked")),
    faulty("a response in identity", "9112 6.1", coding(b"identity")),
    faulty("a response chunked twice", "9112 6.1", coding(b"chunked, chunked")),
    answered("an empty response coding beside chunked", "9110 5.6.1.2", coding(b",chunked"), IN_CHUNKS),
    faulty("an empty response coding", "9112 6.1", coding(b"")),
    faulty("chunks from HTTP/1.0", "9112 6.1", b"HTTP/1.0 200 OK\r\n" + CHUNKED + b"\r\n2\r\nok\r\n0\r\n\r\n"),
    # Neither.
    answered(
        "a response that ends with its connection",
        "9112 6.3",
        HEAD_OK + b"\r\nok",
        IN_CHUNKS,
        upstream="closes",
        reused=False,
    ),
    answered(
        "an empty response that ends with its connection",
        "9112 6.3",
        HEAD_OK + b"\r\n",
        IN_CHUNKS,
        body=b"",
        upstream="closes",
        reused=False,
    ),
    answered(
        "HTTP/1.0 without a length",
        "9112 6.3",
        b"HTTP/1.0 200 OK\r\n\r\nok",
        IN_CHUNKS,
        b"Via: 1.0 proxylings",
        upstream="closes",
        reused=False,
    ),
    answered(
        "HTTP/1.0 without a length that promises to stay",
        "9112 6.3",
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nok",
        IN_CHUNKS,
        b"Via: 1.0 proxylings",
        upstream="closes",
        reused=False,
    ),
    answered(
        "a long response that ends with its connection",
        "9112 6.3",
        HEAD_OK + b"\r\n" + b"y" * 100_000,
        IN_CHUNKS,
        body=b"y" * 100_000,
        upstream="closes",
        reused=False,
        in_one_piece=True,
    ),
    # To HTTP/1.0.
    to_old("a length for HTTP/1.0", "9112 9.3", Answer(length(b"2")), TWO, CLOSE),
    to_old(
        "a length for HTTP/1.0 that stays",
        "9112 9.3",
        Answer(length(b"2")),
        TWO,
        b"Connection: keep-alive",
        send=OLD_STAYING_GET,
        end=End.STAYS,
    ),
    to_old("no chunks for HTTP/1.0", "9112 6.1", Answer(ANSWER_IN_CHUNKS), CLOSE),
    to_old("no chunks for HTTP/1.0 that would stay", "9112 6.1", Answer(ANSWER_IN_CHUNKS), CLOSE, send=OLD_STAYING_GET),
    to_old(
        "an end without a length for HTTP/1.0",
        "9112 6.3",
        Answer(HEAD_OK + b"\r\nok", "closes"),
        CLOSE,
        send=OLD_STAYING_GET,
        reused=False,
    ),
    # No body on 204 and 304.
    bodiless("204", "9112 6.3", b"204 No Content", b""),
    bodiless("204 with a length", "9110 8.6", b"204 No Content", LENGTH_2),
    bodiless("204 with chunks", "9112 6.1", b"204 No Content", CHUNKED),
    bodiless("204 with both framings", "9112 6.3", b"204 No Content", LENGTH_2 + CHUNKED),
    bodiless("204 with a body", "9112 6.3", b"204 No Content", LENGTH_2, body=b"ok"),
    bodiless("304", "9112 6.3", b"304 Not Modified", b'ETag: "x"\r\n', b'ETag: "x"'),
    bodiless("304 with a length", "9110 8.6", b"304 Not Modified", LENGTH_2, TWO),
    bodiless("304 with chunks", "9112 6.1", b"304 Not Modified", CHUNKED),
    bodiless("304 with a body", "9112 6.3", b"304 Not Modified", LENGTH_2, TWO, body=b"ok"),
    answered(
        "205 with a length",
        "9112 6.3",
        b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
        b"Content-Length: 0",
        body=b"",
        line=b"HTTP/1.1 205 Reset Content",
    ),
    # No body on HEAD.
    to_head("HEAD with a length", "9110 9.3.2", HEAD_OK + LENGTH_2 + b"\r\n", TWO),
    to_head(
        "HEAD with a length over 32 bits",
        "9110 9.3.2",
        HEAD_OK + b"Content-Length: 5000000000\r\n\r\n",
        b"Content-Length: 5000000000",
    ),
    to_head("HEAD with chunks", "9110 9.3.2", HEAD_OK + CHUNKED + b"\r\n"),
    to_head("HEAD with neither", "9110 9.3.2", HEAD_OK + b"\r\n"),
    to_head("HEAD with a body", "9112 6.3", HEAD_OK + LENGTH_2 + b"\r\nok", TWO, reused=False),
    Case(
        "HEAD with lengths that differ",
        "9112 6.3",
        HEAD,
        (refusal(502, closes=False, answers_head=True),),
        asked=(HEAD_SEEN,),
        answers=(Answer(HEAD_OK + b"Content-Length: 2, 3\r\n\r\n"),),
        reused=False,
    ),
    Case(
        "a refused HEAD has no body",
        "9110 9.3.2",
        b"HEAD / HTTP/1.1\r\nA: b\r\n\r\n",
        (refusal(400, answers_head=True),),
        End.CLOSES,
    ),
    # Status codes that are nothing special.
    answered(
        "a redirection",
        "9110 15.4",
        b"HTTP/1.1 302 Found\r\nLocation: http://b.example/\r\n" + LENGTH_2 + b"\r\nok",
        b"Location: http://b.example/",
        TWO,
        line=b"HTTP/1.1 302 Found",
    ),
    answered(
        "a 500 is passed on",
        "9110 15.6",
        b"HTTP/1.1 500 Internal Server Error\r\n" + LENGTH_2 + b"\r\nok",
        TWO,
        line=b"HTTP/1.1 500 Internal Server Error",
    ),
    answered(
        "a 502 of the upstream's own",
        "9110 15.6.3",
        b"HTTP/1.1 502 Bad Gateway\r\n" + LENGTH_2 + b"\r\nok",
        TWO,
        line=b"HTTP/1.1 502 Bad Gateway",
    ),
]
