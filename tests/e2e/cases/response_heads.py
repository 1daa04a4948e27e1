"""The upstream's status line and fields: what is mended, what goes on, and what is a 502."""

from __future__ import annotations

from tests.e2e.cases.case import HEAD_OK, LENGTH_2, OK, answered, faulty

TWO = b"Content-Length: 2"
END = LENGTH_2 + b"\r\nok"


def fielded(field: bytes) -> bytes:
    """Give a good response with one more field line."""
    return HEAD_OK + field + b"\r\n" + END


CASES = [
    # The status line.
    answered("a plain answer", "9112 4", OK, TWO),
    answered("no reason", "9112 4", b"HTTP/1.1 200 \r\n" + END, TWO, line=b"HTTP/1.1 200 "),
    answered("no reason and no space for it", "9112 4", b"HTTP/1.1 200\r\n" + END, TWO, line=b"HTTP/1.1 200 "),
    answered(
        "a reason of many words",
        "9112 4",
        b"HTTP/1.1 200 All is well, \xe9!\r\n" + END,
        TWO,
        line=b"HTTP/1.1 200 All is well, \xe9!",
    ),
    answered("a reason that lies", "9112 4", b"HTTP/1.1 404 OK\r\n" + END, TWO, line=b"HTTP/1.1 404 OK"),
    answered("a status that nobody knows", "9110 15", b"HTTP/1.1 599 Odd\r\n" + END, TWO, line=b"HTTP/1.1 599 Odd"),
    answered("version 1.2 from the upstream", "9110 2.5", b"HTTP/1.2 200 OK\r\n" + END, TWO),
    answered(
        "version 1.0 from the upstream",
        "9112 2.3",
        b"HTTP/1.0 200 OK\r\n" + END,
        TWO,
        b"Via: 1.0 proxylings",
        reused=False,
    ),
    faulty("a status below 100", "9110 15", b"HTTP/1.1 099 Low\r\n" + END),
    faulty("a status above 599", "9110 15", b"HTTP/1.1 600 High\r\n" + END),
    faulty("a status of two digits", "9112 4", b"HTTP/1.1 20 OK\r\n" + END),
    faulty("a status of four digits", "9112 4", b"HTTP/1.1 2000 OK\r\n" + END),
    faulty("a signed status", "9112 4", b"HTTP/1.1 +20 OK\r\n" + END),
    faulty("a status in letters", "9112 4", b"HTTP/1.1 OK\r\n" + END),
    faulty("no status", "9112 4", b"HTTP/1.1\r\n" + END),
    faulty("two spaces before the status", "9112 4", b"HTTP/1.1  200 OK\r\n" + END),
    faulty("a tab before the status", "9112 4", b"HTTP/1.1\t200 OK\r\n" + END),
    faulty("a control byte in the reason", "9112 4", b"HTTP/1.1 200 O\x01K\r\n" + END),
    faulty("a bare CR in the reason", "9112 2.2", b"HTTP/1.1 200 O\rK\r\n" + END),
    faulty("an upstream that speaks HTTP/2", "9112 2.3", b"HTTP/2.0 200 OK\r\n" + END),
    faulty("an upstream that speaks HTTP/0.9", "9112 2.3", b"<h1>hello</h1>", upstream="closes"),
    faulty("an upstream that speaks SSH", "9112 2.3", b"SSH-2.0-OpenSSH_9.2\r\n"),
    faulty("an upstream that speaks TLS", "9112 2.3", b"\x15\x03\x01\0\x02\x02\x46", upstream="closes"),
    faulty("a version in small letters from the upstream", "9112 2.3", b"http/1.1 200 OK\r\n" + END),
    faulty("an empty line before the status line", "9112 2.2", b"\r\n" + OK),
    faulty("a request for an answer", "9112 4", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    # Line ends.
    faulty("a bare LF behind the status line", "9112 2.2", b"HTTP/1.1 200 OK\n" + END),
    faulty("bare LFs everywhere in the head", "9112 2.2", b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
    faulty("a bare LF behind a response field", "9112 2.2", HEAD_OK + b"A: b\n" + END),
    faulty("a bare CR in a response field", "9112 2.2", fielded(b"A: b\rc")),
    # Fields.
    answered("a space before the colon goes", "9112 5.1", fielded(b"A : b"), b"A: b", TWO),
    answered("a tab before the colon goes", "9112 5.1", fielded(b"A\t \t: b"), b"A: b", TWO),
    answered("a space before the colon of the length goes", "9112 5.1", HEAD_OK + b"Content-Length : 2\r\n\r\nok", TWO),
    answered("white space around a response's value", "9112 5.1", fielded(b"A: \t b \t"), b"A: b", TWO),
    answered("a space before a colon in a value stays", "9112 5.1", fielded(b"A: b : c"), b"A: b : c", TWO),
    answered("an empty response value", "9110 5.5", fielded(b"A:"), b"A: ", TWO),
    answered("high bytes in a response value", "9110 5.5", fielded(b"A: \xe9\xff"), b"A: \xe9\xff", TWO),
    faulty("a folded response value", "9112 5.2", fielded(b"A: b\r\n c")),
    faulty("a folded response length", "9112 5.2", HEAD_OK + b"Content-Length:\r\n 2\r\n\r\nok"),
    faulty("a space before the first response field", "9112 2.2", fielded(b" A: b")),
    faulty("a response line without a colon", "9112 5", fielded(b"A")),
    faulty("an empty response name", "9112 5", fielded(b": b")),
    faulty("a space inside a response name", "9110 5.1", fielded(b"A B: c")),
    faulty("a bad byte in a response name", "9110 5.1", fielded(b"A(: b")),
    faulty("NUL in a response value", "9110 5.5", fielded(b"A: b\0c")),
    faulty("ESC in a response value", "9110 5.5", fielded(b"A: b\x1bc")),
    # How long.
    answered("the most response fields", "9110 5.4", HEAD_OK + b"A: b\r\n" * 99 + END, *[b"A: b"] * 99, TWO),
    faulty("too many response fields", "9110 5.4", HEAD_OK + b"A: b\r\n" * 100 + END, "100"),
    faulty("a response head over the limit", "9110 5.4", fielded(b"A: " + b"b" * 17_000)),
    faulty("a response head without an end", "9110 5.4", HEAD_OK + b"A: " + b"b" * 20_000),
    # Too little.
    faulty("a close without a byte", "9112 8", b"", upstream="closes"),
    faulty("a reset without a byte", "9112 8", b"", upstream="resets"),
    faulty("a close in the status line", "9112 8", b"HTTP/1.1 2", upstream="closes"),
    faulty("a close in the fields", "9112 8", HEAD_OK + b"A: ", upstream="closes"),
    faulty("a close before the blank line", "9112 8", HEAD_OK + LENGTH_2, upstream="closes"),
]
