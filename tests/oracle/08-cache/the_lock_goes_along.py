"""Cases for `the_lock_goes_along`: what is on the shelf, what others put there meanwhile, and the page that comes."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Refill(Call, frozen=True):
    """`refill` of a shelf; others use it while the task waits; it may go on on another thread."""

    before: list[str]
    meanwhile: list[str]
    page: str
    elsewhere: bool


def cases(random: Random) -> list[Case]:
    """Return shelves that are empty or not, with and without others who use them."""

    def pages(count: int) -> list[str]:
        return [draw.token(random, 1, 12) for _ in range(count)]

    def refill(before: int, meanwhile: int, elsewhere: bool) -> Refill:
        return Refill(pages(before), pages(meanwhile), pages(1)[0], elsewhere)

    return [
        *named("", "puts the page behind the others", [refill(count, 0, False) for count in range(16)]),
        *named("", "others use the shelf meanwhile", [refill(count // 4, 1 + count % 4, False) for count in range(16)]),
        *named("", "goes on on another thread", [refill(count // 4, count % 4, True) for count in range(16)]),
    ]
