"""Cases for `poison_is_a_mark`: workers who put pages on a shelf, some of whom die while they do."""

from random import Random

import msgspec

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Worker(msgspec.Struct, frozen=True):
    """A worker who adds a page, and dies between the page and its bytes, or does not."""

    page: str
    dies: bool


class Workers(Call, frozen=True):
    """These workers, one after the other; after each of them `locked` is called, and the shelf is shown."""

    workers: list[Worker]


def cases(random: Random) -> list[Case]:
    """Return rows of workers by how many of them die, and when."""

    def row(*dies: bool) -> Workers:
        return Workers([Worker(draw.token(random, 1, 12), one) for one in dies])

    well = [row(*[False] * count) for count in range(1, 9)]
    one = [row(*[False] * before, True) for before in range(8) for _ in range(2)]
    more = [row(*random.choices([True, False], k=random.randint(2, 8)), True) for _ in range(16)]
    after = [row(True, *[False] * count) for count in range(1, 9)]
    return [
        *named("", "gives the shelf when nobody died", well),
        *named("", "keeps the pages, and counts the bytes anew", one),
        *named("", "goes on after every panic", more),
        *named("", "is whole for those who come after", after),
    ]
