"""Cases for `one_place_left`: requests that come and go, and two that see the last place."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Play(Call, frozen=True):
    """A gate with so many places; each step is a request that comes (true), or one that leaves."""

    places: int
    steps: list[bool]


class Overtaken(Call, frozen=True):
    """A request that asks for the limit, and others that enter while it does."""

    places: int
    others: int


class Race(Call, frozen=True):
    """Two threads at a gate with one place, of which one is stopped in the middle of `enter`."""


def cases(random: Random) -> list[Case]:
    """Return gates that fill, and gates that are left and filled again."""
    fill = [Play(places, [True] * count) for places in range(4) for count in (0, places, places + 1, places + 3)]
    again = [Play(1, [True, False] * 3), Play(1, [True, True, False, True, True]), Play(2, [True] * 3 + [False] * 3)]
    overtaken = [Overtaken(places, others) for places in range(4) for others in range(4)]
    drawn = [Play(random.randint(0, 4), random.choices((True, True, False), k=20)) for _ in range(25)]
    return [
        *named("", "lets in as many as there are places", fill),
        *named("", "a place that was given back can be taken", again),
        *named("", "takes a free place, also when another one was faster", overtaken),
        *named("", "any requests in any order", drawn),
        *named("", "never lets in one too many", [Race()]),
    ]
