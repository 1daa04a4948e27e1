"""Cases for `match_moves_the_payload`: connections in each of their states."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Reading(Call, frozen=True):
    """`measure`, with a connection that is reading; `bytes` have come."""

    bytes: bytes


class Forwarding(Call, frozen=True):
    """`measure`, with a connection that is forwarding; `left` bytes of the body are still to come."""

    bytes: bytes
    left: int


class Closed(Call, frozen=True):
    """`measure`, with a closed connection."""


def cases(random: Random) -> list[Case]:
    """Return connections that hold nothing, something and much."""
    pieces = [b"", b"G", b"GET /me", *(draw.crumb(random, draw.head(random)) for _ in range(20))]
    heads = [b"", b"POST / HTTP/1.1\r\n\r\n", *(draw.head(random) for _ in range(20))]
    left = [0, 1, 40, *(random.randint(1, 1_000_000) for _ in heads)]
    return [
        Case("", "a closed connection holds nothing", Closed()),
        *named("", "measures what a reading connection holds, without a copy", map(Reading, pieces)),
        *named("", "measures the head of a forwarding connection, without a copy", map(Forwarding, heads, left)),
    ]
