"""Cases for `name_every_field`: every head that there can be, and a client that left.

There are nine events in all, so they come more than once, in an order that the seed gives.
"""

from itertools import product
from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class HeadEnded(Call, frozen=True):
    """`next`, with heads that have ended, one after the other: what each of them promises."""

    body: list[bool]
    persistent: list[bool]
    expects_continue: list[bool]


class Left(Call, frozen=True):
    """`next`, with a client that left."""


def cases(random: Random) -> list[Case]:
    """Return each head alone, then many of them in a row."""
    every = list(product((False, True), (False, True), (False, True)))
    rows = [[random.choice(every) for _ in range(random.randint(2, 12))] for _ in range(32)]
    return [
        *named("", "a head alone", [_heads([one]) for one in every]),
        *named("", "any heads, in any order", [_heads(row) for row in rows]),
        Case("", "a client that left gets nothing", Left()),
    ]


def _heads(row: list[tuple[bool, bool, bool]]) -> HeadEnded:
    body, persistent, expects_continue = zip(*row, strict=True)
    return HeadEnded(list(body), list(persistent), list(expects_continue))
