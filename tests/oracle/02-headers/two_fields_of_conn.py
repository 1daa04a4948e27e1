"""Cases for `two_fields_of_conn`: heads with and without bytes behind them, and totals from before."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Count(Call, frozen=True):
    """`count`, with the buffer, where the head ends in it, and the totals so far."""

    buffer: bytes
    end: int
    bytes: int
    longest: int


def cases(random: Random) -> list[Case]:
    """Return connections whose head is the longest so far, and is not, with and without a next one behind it."""
    heads = [draw.head(random) for _ in range(16)]
    alone = [Count(head, len(head), 0, 0) for head in heads]
    followed = [Count(head + draw.head(random), len(head), 0, 0) for head in heads]
    edges = [(length, longest) for length in (0, 1, 18) for longest in (0, 1, 17, 18, 19, 5000)]
    later = [Count(b"x" * length + b"y", length, 1000, longest) for length, longest in edges]
    return [
        *named("", "counts the head, and copies nothing", alone),
        *named("", "counts the head alone", followed),
        *named("", "adds to what was there", later),
    ]
