"""Cases for `arc_of_a_borrow`: workers that share a limit, and bodies around it."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Start(Call, frozen=True):
    """`start`, with the limit, and for each worker the lengths of its bodies."""

    limit: int
    queues: list[list[int]]


def cases(random: Random) -> list[Case]:
    """Return limits with bodies below, at and above them, for no worker, for one, and for several."""
    edges = [Start(limit, [[0, max(0, limit - 1), limit, limit + 1]]) for limit in (0, 1, 100, 2**40)]
    several = [Start(7, []), Start(7, [[]]), Start(7, [[8], [7, 9], []]), Start(0, [[0]] * 6)]
    drawn = [
        Start(random.randint(0, 20), [[random.randint(0, 25) for _ in range(random.randint(0, 5))]
                                      for _ in range(random.randint(1, 5))])
        for _ in range(34)
    ]  # fmt: skip
    return [
        *named("", "a worker knows the limit when start has returned", edges),
        *named("", "all workers share one configuration, which goes with the last", several),
        *named("", "any bodies in any queues", drawn),
    ]
