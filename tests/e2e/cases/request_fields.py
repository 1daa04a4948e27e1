"""The fields of a request: their lines, names and values, and how many of them."""

from __future__ import annotations

from tests.e2e.cases.case import HOST, HOST_SEEN, get, passed, refused

LINE = b"GET / HTTP/1.1"
START = LINE + b"\r\n"

CASES = [
    # Lines.
    refused("a bare LF behind a field", "9112 2.2", START + b"Host: a\n\r\n"),
    refused("a bare LF between two fields", "9112 2.2", START + b"Host: a\nA: b\r\n\r\n"),
    refused("a bare LF as the blank line", "9112 2.2", START + HOST + b"\n"),
    refused("a bare CR in a value", "9112 2.2", get(b"A: b\rc\r\n")),
    refused("a bare CR in a name", "9112 2.2", get(b"A\rB: c\r\n")),
    refused("a bare CR before CRLF", "9112 2.2", get(b"A: b\r\r\n")),
    refused("a space before the first field", "9112 2.2", START + b" " + HOST + b"\r\n"),
    refused("a tab before the first field", "9112 2.2", START + b"\t" + HOST + b"\r\n"),
    refused("a line of white space before the fields", "9112 2.2", START + b" \r\n" + HOST + b"\r\n"),
    refused("a head cut short in a field", "9112 2.2", START + b"Host: a", says="blank line", half_closes=True),
    refused("a head cut short before the blank line", "9112 2.2", START + HOST, says="blank line", half_closes=True),
    refused(
        "a head cut short in the blank line", "9112 2.2", START + HOST + b"\r", says="blank line", half_closes=True
    ),
    # Names.
    refused("a space before the colon", "9112 5.1", get(b"A : b\r\n"), says="at byte 34)"),
    refused("a tab before the colon", "9112 5.1", get(b"A\t: b\r\n")),
    refused("a space before the colon of Content-Length", "9112 5.1", get(b"Content-Length : 5\r\n") + b"hello"),
    refused(
        "a space before the colon of Transfer-Encoding",
        "9112 5.1",
        get(b"Transfer-Encoding : chunked\r\n") + b"0\r\n\r\n",
    ),
    refused("a line without a colon", "9112 5", get(b"A\r\n")),
    refused("an empty name", "9112 5", get(b": b\r\n")),
    refused("a space inside a name", "9110 5.1", get(b"A B: c\r\n")),
    refused("a bad byte in a name", "9110 5.1", get(b"A(: b\r\n")),
    refused("a high byte in a name", "9110 5.1", get(b"A\xe9: b\r\n")),
    refused("NUL in a name", "9110 5.1", get(b"A\0: b\r\n")),
    refused("a control byte behind a name", "9110 5.1", get(b"Content-Length\x0b: 5\r\n") + b"hello"),
    passed(
        "a name of odd token bytes",
        "9110 5.6.2",
        get(b"!#$%&'*+-.^_`|~0: b\r\n"),
        LINE,
        HOST_SEEN,
        b"!#$%&'*+-.^_`|~0: b",
    ),
    passed(
        "an underscore in a name", "9110 5.6.2", get(b"Content_Length: 5\r\n"), LINE, HOST_SEEN, b"Content_Length: 5"
    ),
    passed("a name as it is spelled", "9110 5.1", get(b"x-MiXed: b\r\n"), LINE, HOST_SEEN, b"x-MiXed: b"),
    # Values.
    refused("a folded value", "9112 5.2", get(b"A: b\r\n c\r\n")),
    refused("a value folded with a tab", "9112 5.2", get(b"A: b\r\n\tc\r\n")),
    refused("a folded Content-Length", "9112 5.2", get(b"Content-Length:\r\n 5\r\n") + b"hello"),
    refused("a folded Transfer-Encoding", "9112 5.2", get(b"Transfer-Encoding:\r\n chunked\r\n") + b"0\r\n\r\n"),
    refused("white space at the end of the fields", "9112 5.2", get(b"A: b\r\n \r\n")),
    refused("NUL in a value", "9110 5.5", get(b"A: b\0c\r\n")),
    refused("DEL in a value", "9110 5.5", get(b"A: b\x7fc\r\n")),
    refused("ESC in a value", "9110 5.5", get(b"A: b\x1bc\r\n")),
    passed("an empty value", "9110 5.5", get(b"A:\r\n"), LINE, HOST_SEEN, b"A: "),
    passed("no space behind the colon", "9112 5.1", get(b"A:b\r\n"), LINE, HOST_SEEN, b"A: b"),
    passed("white space around a value", "9112 5.1", get(b"A: \t b \t\r\n"), LINE, HOST_SEEN, b"A: b"),
    passed("white space inside a value", "9110 5.5", get(b"A: b \t c\r\n"), LINE, HOST_SEEN, b"A: b \t c"),
    passed("high bytes in a value", "9110 5.5", get(b"A: \xe9\xff\r\n"), LINE, HOST_SEEN, b"A: \xe9\xff"),
    passed("a colon in a value", "9112 5", get(b"A: b: c\r\n"), LINE, HOST_SEEN, b"A: b: c"),
    passed("quotes in a value", "9110 5.6.4", get(b'A: "b, \\"c"\r\n'), LINE, HOST_SEEN, b'A: "b, \\"c"'),
    # Numbers.
    passed("the most fields", "9110 5.4", get(b"A: b\r\n" * 99), LINE, HOST_SEEN, *[b"A: b"] * 99),
    refused("too many fields", "9110 5.4", get(b"A: b\r\n" * 100), 431, "100"),
    refused("a value over the limit", "9110 5.4", get(b"A: " + b"b" * 17_000 + b"\r\n"), 431),
    refused("a name over the limit", "9110 5.4", get(b"A" * 17_000 + b": b\r\n"), 431),
    refused("a field without an end", "9110 5.4", START + b"A: " + b"b" * 20_000, 431),
    passed(
        "a value near the limit",
        "9110 5.4",
        get(b"A: " + b"b" * 16_000 + b"\r\n"),
        LINE,
        HOST_SEEN,
        b"A: " + b"b" * 16_000,
    ),
]
