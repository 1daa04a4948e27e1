"""Cases for `give_it_back`: buffers with a whole line, with less, and with more."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Look(Call, frozen=True):
    """`look`, with the bytes that have come so far."""

    buffer: bytes


def cases(random: Random) -> list[Case]:
    """Return buffers with no line end, with one at their end, and with several."""
    lines = [draw.head(random).split(b"\r\n")[0] for _ in range(12)]
    whole = [b"GET / HTTP/1.1\r\n", b"\n", b"\r\n", *(line + b"\r\n" for line in lines)]
    partial = [b"", b"G", b"GET / HT", b"GET / HTTP/1.1\r", *lines]
    followed = [b"GET / HTTP/1.1\r\nHost: ca", b"\n\n", b"\r\n\r\n", *(draw.head(random) for _ in lines)]
    return [
        *named("", "finds a line that is all there", map(Look, whole)),
        *named("", "asks for more, and keeps what came", map(Look, partial)),
        *named("", "keeps the bytes behind the line", map(Look, followed)),
    ]
