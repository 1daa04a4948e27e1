"""Cases for `lend_the_head`: heads to count and to hand on."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Accept(Call, frozen=True):
    """`accept`, with the bytes of a head."""

    bytes: bytes


def cases(random: Random) -> list[Case]:
    """Return heads from none at all to a long one."""
    known = [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 10_000, bytes(range(256))]
    drawn = [draw.head(random) for _ in range(40)]
    return [
        *named("", "counts every byte, and hands on the head without a copy", map(Accept, known)),
        *named("", "does so with any head", map(Accept, drawn)),
    ]
