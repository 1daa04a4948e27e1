"""Cases for `getter_borrows_all`: lines of heads, with their empty line, without it, and with a body behind it."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Advance(Call, frozen=True):
    """`advance`, with lines in the buffer, and `seen` of them before; `complete` says that the head has ended."""

    lines: list[str]
    seen: int
    complete: bool


def cases(random: Random) -> list[Case]:
    """Return buffers of all kinds; the state may have seen lines before."""
    heads = [
        [],
        ["GET / HTTP/1.1"],
        *([draw.path(random, 300) for _ in range(random.randint(1, 9))] for _ in range(20)),
    ]
    whole = [[*head, ""] for head in heads]
    followed = [[*head, "", draw.path(random), ""] for head in heads]
    return [
        *named("", "counts the lines of a head", (Advance(head, 0, False) for head in heads)),
        *named("", "goes on where it was", (Advance(head, random.randint(1, 99), False) for head in whole)),
        *named("", "stops at the empty line", (Advance(head, 0, False) for head in followed)),
        *named("", "a complete head stays as it is", (Advance(head, 3, True) for head in followed[:6])),
    ]
