"""Cases for `not_yours_to_write`: the counts of no filter, of one, and of many."""

from random import Random

import msgspec

from proxylings.grader.oracle.cases import Call, Case, named


class Count(msgspec.Struct, frozen=True):
    """One filter and its counts."""

    name: str
    ran: int
    skipped: int


class Page(Call, frozen=True):
    """`page`, with these counts."""

    counts: list[Count]


def cases(random: Random) -> list[Case]:
    """Return lists of counts, with small numbers and with the largest one."""
    names = ["block", "rate-limit", "request-id", "rewrite", "rewrite-response", "", "{}", "ein Filter"]

    def count() -> Count:
        return Count(random.choice(names), random.randint(0, 9), random.choice([0, 7, random.randint(0, 2**64 - 1)]))

    one = [[count()] for _ in range(15)]
    many = [[count() for _ in range(random.randint(2, 8))] for _ in range(25)]
    return [
        Case("", "prints the heading alone without filters", Page([])),
        *named("", "prints a line for a filter", map(Page, one)),
        *named("", "prints a line for each filter, in order", map(Page, many)),
    ]
