"""Cases for `evict_the_dead`: every pool of up to four connections, and larger ones."""

import itertools
from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Evict(Call, frozen=True):
    """`evict`, with a list that says of each connection whether it is alive."""

    alive: list[bool]


def cases(random: Random) -> list[Case]:
    """Return pools in which nobody is dead, all are, neighbours are, and any are."""
    small = [Evict(list(states)) for size in range(5) for states in itertools.product([True, False], repeat=size)]
    large = [
        [random.random() < share for _ in range(60)] for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.5)
    ]
    return [
        *named("", "takes out who is dead, and nobody else", small),
        *named("", "does so in any pool", [Evict([True] * 40), Evict([False] * 40), *map(Evict, large)]),
    ]
