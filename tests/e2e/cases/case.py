"""What a conformance case is: raw bytes in on both sides, and what has to come out on both sides.

Owns the records and the few shapes that nearly every case has. Leaves out how a case is played (`stage`), and
the cases themselves: they are the other modules of this folder, each a list named CASES.

Requests are judged by h11 and nginx, too: run `test_oracles.py` after adding one, and it says which verdicts
`differences/` has to have.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class End(Enum):
    """What becomes of the client's connection."""

    STAYS = "another request is answered on it"
    CLOSES = "it is closed in order"
    BREAKS = "it ends before the response is whole"
    RESETS = "it is reset before the response is whole"


@dataclass(frozen=True)
class Answer:
    """What the upstream does with one request."""

    data: bytes
    """Sent when the whole request has been read."""
    end: str = "stays"
    """What the upstream does then: it stays, closes or resets."""
    early: bytes = b""
    """Sent before that, as soon as the head has been read."""


@dataclass(frozen=True)
class Message:
    """A request as the upstream has to see it, or a response as the client has to get it.

    Fields are whole lines. Lines of the same name have an order, lines of different names have none.
    """

    line: bytes
    fields: tuple[bytes, ...]
    body: bytes = b""
    answers_head: bool = False
    """It has no body, whatever its fields say."""
    says: str | None = None
    """An answer of the proxy's own: this has to be in its text."""


@dataclass(frozen=True)
class Case:
    """One line of a table."""

    name: str
    rfc: str
    """The section that judges the case."""
    send: bytes
    """What the client sends."""
    gets: tuple[Message, ...]
    """What the client gets, interim responses included."""
    end: End = End.STAYS
    asked: tuple[Message, ...] = ()
    """The whole requests that the upstream gets."""
    answers: tuple[Answer, ...] = ()
    """What the upstream does with them, one after the other; after that, with 200 and `ok`."""
    reused: bool = True
    """Whether the upstream's last connection serves the next request."""
    then: bytes = b""
    """What the client sends after its first response."""
    half_closes: bool = False
    """Whether the client closes its side when it has sent everything."""
    in_one_piece: bool = False
    """Whether the case speaks of bytes that come together, so that it makes no sense in pieces."""


HOST = b"Host: a.example\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
HEAD_OK = b"HTTP/1.1 200 OK\r\n"
LENGTH_2 = b"Content-Length: 2\r\n"
OK = HEAD_OK + LENGTH_2 + b"\r\nok"
"""What the upstream answers when a case does not say otherwise."""

REASONS = {
    400: b"Bad Request",
    414: b"URI Too Long",
    431: b"Request Header Fields Too Large",
    501: b"Not Implemented",
    502: b"Bad Gateway",
    505: b"HTTP Version Not Supported",
    508: b"Loop Detected",
}


def get(fields: bytes = b"", target: bytes = b"/") -> bytes:
    """Give a GET request."""
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + fields + b"\r\n"


def post(fields: bytes, body: bytes = b"") -> bytes:
    """Give a POST request."""
    return b"POST /p HTTP/1.1\r\n" + HOST + fields + b"\r\n" + body


def chunks(body: bytes) -> bytes:
    """Give a POST request whose body is chunked."""
    return post(CHUNKED, body)


GET = get()
HEAD = b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n"
OLD_GET = b"GET / HTTP/1.0\r\n" + HOST + b"\r\n"
"""From a client that speaks HTTP/1.0."""


def has(fields: tuple[bytes, ...], name: bytes) -> bool:
    """Say whether one of the lines is a field of this name."""
    return any(line.lower().startswith(name.lower() + b":") for line in fields)


def asks(line: bytes, *fields: bytes, body: bytes = b"") -> Message:
    """Give a request as the upstream has to see it; Via and X-Forwarded-For need not be spelled out."""
    for name, value in ((b"Via", b"1.1 proxylings"), (b"X-Forwarded-For", b"127.0.0.1")):
        if not has(fields, name):
            fields += (name + b": " + value,)
    return Message(line, fields, body)


def reply(line: bytes, *fields: bytes, body: bytes = b"", answers_head: bool = False) -> Message:
    """Give a response as the client has to get it; Via, and a Date of ours, need not be spelled out."""
    if not has(fields, b"Via"):
        fields += (b"Via: 1.1 proxylings",)
    if not line.startswith(b"HTTP/1.1 1") and not has(fields, b"Date"):
        fields += (b"Date: *",)
    return Message(line, fields, body, answers_head)


def refusal(status: int, says: str = "", *, closes: bool = True, answers_head: bool = False) -> Message:
    """Give an answer of the proxy's own."""
    fields = [b"Content-Type: text/plain; charset=utf-8", b"Content-Length: *", b"Date: *", b"Via: 1.1 proxylings"]
    if closes:
        fields.append(b"Connection: close")
    line = b"HTTP/1.1 %d %s" % (status, REASONS[status])
    body = b"" if answers_head else b"%d %s: ..." % (status, REASONS[status])
    return Message(line, tuple(fields), body, answers_head, says)


OKAY = reply(b"HTTP/1.1 200 OK", b"Content-Length: 2", body=b"ok")
OKAY_AND_CLOSE = reply(b"HTTP/1.1 200 OK", b"Content-Length: 2", b"Connection: close", body=b"ok")
OKAY_AND_STAY = reply(b"HTTP/1.1 200 OK", b"Content-Length: 2", b"Connection: keep-alive", body=b"ok")
"""To HTTP/1.0."""
HOST_SEEN = b"Host: a.example"
GET_SEEN = asks(b"GET / HTTP/1.1", HOST_SEEN)


def refused(name: str, rfc: str, send: bytes, status: int = 400, says: str = "", *, half_closes: bool = False) -> Case:
    """Give a request that is refused, closes the connection and never becomes a request upstream."""
    return Case(name, rfc, send, (refusal(status, says),), End.CLOSES, half_closes=half_closes)


def passed(
    name: str,
    rfc: str,
    send: bytes,
    *seen: bytes,
    body: bytes = b"",
    gets: Message = OKAY,
    end: End = End.STAYS,
    half_closes: bool = False,
) -> Case:
    """Give a request that goes through, and its request line and fields as the upstream sees them."""
    return Case(name, rfc, send, (gets,), end, (asks(*seen, body=body),), half_closes=half_closes)


def answered(
    name: str,
    rfc: str,
    data: bytes,
    *fields: bytes,
    body: bytes = b"ok",
    line: bytes = b"HTTP/1.1 200 OK",
    reused: bool = True,
    upstream: str = "stays",
    in_one_piece: bool = False,
) -> Case:
    """Give an upstream's answer to a GET that goes through, and its fields as the client gets them."""
    gets = (reply(line, *fields, body=body),)
    answers = (Answer(data, upstream),)
    return Case(name, rfc, GET, gets, asked=(GET_SEEN,), answers=answers, reused=reused, in_one_piece=in_one_piece)


def faulty(name: str, rfc: str, data: bytes, says: str = "", *, upstream: str = "stays") -> Case:
    """Give an upstream's answer to a GET that is a 502, which costs the upstream its connection."""
    gets = (refusal(502, says, closes=False),)
    return Case(name, rfc, GET, gets, asked=(GET_SEEN,), answers=(Answer(data, upstream),), reused=False)


def broken(
    name: str,
    rfc: str,
    data: bytes,
    *fields: bytes,
    body: bytes,
    upstream: str = "stays",
) -> Case:
    """Give an upstream's answer to a GET that breaks off in its body; `body` is the most that arrives."""
    gets = (reply(b"HTTP/1.1 200 OK", *fields, body=body),)
    return Case(
        name,
        rfc,
        GET,
        gets,
        End.BREAKS,
        (GET_SEEN,),
        (Answer(data, upstream),),
        reused=False,
        # A reset takes away what has not been sent yet, and of many small pieces that can be most of them.
        in_one_piece=upstream == "resets",
    )
