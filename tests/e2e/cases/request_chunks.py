"""The chunks of a request: sizes, extensions, data and trailers."""

from __future__ import annotations

from tests.e2e.cases.case import HOST_SEEN, Case, chunks, passed, refused

END = b"0\r\n\r\n"


def whole(name: str, rfc: str, body: bytes, data: bytes) -> Case:
    """Give chunks that arrive, and the data in them."""
    return passed(name, rfc, chunks(body), b"POST /p HTTP/1.1", HOST_SEEN, b"Transfer-Encoding: chunked", body=data)


def bad(name: str, rfc: str, body: bytes, says: str = "", *, half_closes: bool = False) -> Case:
    """Give chunks that are refused."""
    return refused(name, rfc, chunks(body), says=says, half_closes=half_closes)


CASES = [
    # Sizes.
    whole("no chunk but the last", "9112 7.1", END, b""),
    whole("several chunks", "9112 7.1", b"3\r\nhel\r\n2\r\nlo\r\n" + END, b"hello"),
    whole(
        "sizes in both cases of letters", "9112 7.1", b"a\r\n0123456789\r\nA\r\n0123456789\r\n" + END, b"0123456789" * 2
    ),
    whole("a size with leading zeros", "9112 7.1", b"0005\r\nhello\r\n000\r\n\r\n", b"hello"),
    whole("CRLF in the data", "9112 7.1", b"7\r\n0\r\n\r\n0\r\r\n" + END, b"0\r\n\r\n0\r"),
    whole("a chunk of many bytes", "9112 7.1", b"30d40\r\n" + b"x" * 200_000 + b"\r\n" + END, b"x" * 200_000),
    whole("a thousand chunks of one byte", "9112 7.1", b"1\r\nx\r\n" * 1000 + END, b"x" * 1000),
    bad("a size that is no number", "9112 7.1", b"x\r\n", "at byte 0 of the body"),
    bad("an empty size", "9112 7.1", b"\r\nx\r\n" + END),
    bad("a signed size", "9112 7.1", b"+1\r\nx\r\n" + END),
    bad("a negative size", "9112 7.1", b"-1\r\nx\r\n" + END),
    bad("a size with 0x", "9112 7.1", b"0x1\r\nx\r\n" + END),
    bad("a size with an underscore", "9112 7.1", b"0_1\r\nx\r\n" + END),
    bad("a space before the size", "9112 7.1", b" 1\r\nx\r\n" + END),
    bad("a space behind the size", "9112 7.1.1", b"1 \r\nx\r\n" + END),
    bad("a size over 64 bits", "9112 7.1", b"10000000000000001\r\nx\r\n" + END),
    bad("a size that would wrap to one", "9112 7.1", b"f" * 16 + b"1\r\nx\r\n" + END),
    bad("a size of a thousand zeros", "9112 7.1", b"0" * 1500 + b"1\r\nx\r\n" + END),
    bad("a size line with a bare LF", "9112 2.2", b"1\nx\r\n" + END),
    bad("a size line with a bare CR", "9112 2.2", b"1\rx\r\n" + END),
    bad("a size line with two CRs", "9112 2.2", b"1\r\r\nx\r\n" + END),
    bad("a CR and another byte behind a size", "9112 7.1", b"1\rXx\r\n" + END),
    # Data.
    bad("data without its CRLF", "9112 7.1", b"1\r\nxx\r\n" + END),
    bad("data with a bare LF", "9112 7.1", b"1\r\nx\n" + END),
    bad("data with a bare CR", "9112 7.1", b"1\r\nx\r0\r\n\r\n"),
    bad("a CR and another byte behind the data", "9112 7.1", b"1\r\nx\rX" + END),
    bad("another byte and an LF behind the data", "9112 7.1", b"1\r\nxX\n" + END),
    bad("data that is too short", "9112 7.1", b"3\r\nx\r\n" + END + END),
    bad("data that is too long", "9112 7.1", b"1\r\nhello\r\n" + END),
    # Extensions.
    whole("extensions end here", "9112 7.1.1", b'3;a=b;c="\\"d"\r\nhel\r\n2;e\r\nlo\r\n0;z\r\n\r\n', b"hello"),
    whole("extensions with white space", "9112 7.1.1", b'5 ; a = b ;\tc = "d"\r\nhello\r\n' + END, b"hello"),
    whole("a quoted extension with a semicolon", "9112 7.1.1", b'5;a=";\xe9"\r\nhello\r\n' + END, b"hello"),
    bad("an extension without a name", "9112 7.1.1", b"1;=\r\nx\r\n" + END),
    bad("an extension of nothing", "9112 7.1.1", b"1;\r\nx\r\n" + END),
    bad("an extension without its value", "9112 7.1.1", b"1;a=\r\nx\r\n" + END),
    bad("an extension without its semicolon", "9112 7.1.1", b"1 a\r\nx\r\n" + END),
    bad("an extension with a bare LF", "9112 2.2", b"1;a\nx\r\n" + END),
    bad("an extension with a bare CR", "9112 2.2", b"1;a\rb\r\nx\r\n" + END),
    bad("an extension with NUL", "9112 7.1.1", b"1;a\0\r\nx\r\n" + END),
    bad("a quoted extension with a line end", "9112 7.1.1", b'1;a="\r\n"\r\nx\r\n' + END),
    bad("an extension without an end", "9112 7.1.1", b"1;" + b"a" * 2000),
    bad("more extensions than data", "9112 7.1.1", (b"1;" + b"a" * 900 + b"\r\nx\r\n") * 100 + END),
    # Trailers.
    whole("trailers end here", "9110 6.5.1", b"5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Two:\r\n\r\n", b"hello"),
    whole(
        "a trailer cannot frame anything",
        "9110 6.5.1",
        b"5\r\nhello\r\n0\r\nContent-Length: 9\r\nHost: evil\r\n\r\n",
        b"hello",
    ),
    bad("a trailer without a colon", "9112 7.1.2", b"0\r\nA\r\n\r\n"),
    bad("a trailer with a space in its name", "9112 7.1.2", b"0\r\nA b: c\r\n\r\n"),
    bad("a trailer with a space before its colon", "9112 5.1", b"0\r\nA : b\r\n\r\n"),
    bad("a folded trailer", "9112 5.2", b"0\r\nA: b\r\n c\r\n\r\n"),
    bad("a trailer with NUL", "9110 5.5", b"0\r\nA: \0\r\n\r\n"),
    bad("a trailer with a bare LF", "9112 2.2", b"0\r\nA: b\n\r\n"),
    bad("a bare LF behind the last chunk", "9112 2.2", b"0\r\n\n"),
    bad("a CR and another byte behind a trailer", "9112 7.1.2", b"0\r\nA: b\rX\r\n"),
    bad("a CR and another byte behind the trailers", "9112 7.1.2", b"0\r\n\rX"),
    bad("a request in place of the trailers", "9112 7.1.2", b"0\r\nGET /evil HTTP/1.1\r\n\r\n"),
    bad("trailers without an end", "9112 7.1.2", b"0\r\n" + b"A: b\r\n" * 2000),
    # Too little.
    bad("chunks cut short in the data", "9112 8", b"5\r\nhe", half_closes=True),
    bad("chunks cut short behind the data", "9112 8", b"5\r\nhello\r\n", half_closes=True),
    bad("chunks cut short in a size", "9112 8", b"5", half_closes=True),
    bad("chunks cut short before the last CRLF", "9112 8", b"5\r\nhello\r\n0\r\n", half_closes=True),
]
