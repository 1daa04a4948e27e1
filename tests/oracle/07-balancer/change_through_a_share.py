"""Cases for `change_through_a_share`: requests of one thread, of several, and of two that meet in the middle."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Count(Call, frozen=True):
    """`count`, so many times, on one thread."""

    times: int


class Serve(Call, frozen=True):
    """`serve`, with so many workers, of so many requests each."""

    workers: int
    requests: int


class Race(Call, frozen=True):
    """Two threads count, and one of them is stopped in the middle of it."""


def cases(random: Random) -> list[Case]:
    """Return few requests and many, by no worker and by several."""
    shared = [Serve(0, 5), Serve(1, 0), Serve(1, 1), Serve(3, 5)]
    drawn = [Serve(random.randint(1, 5), random.randint(0, 300)) for _ in range(25)]
    return [
        *named("", "counts each request", [Count(times) for times in (*range(6), 100, 1000, *range(7, 12))]),
        *named("", "counts for everybody who has a share", [*shared, *drawn]),
        *named("", "no request of two threads gets lost", [Race()]),
    ]
