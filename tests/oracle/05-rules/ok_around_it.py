"""Cases for `ok_around_it`: less than the limit, the limit, and more."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class RoomLeft(Call, frozen=True):
    """`room_left`, with the number of rules, and how many fit."""

    found: int
    limit: int


def cases(random: Random) -> list[Case]:
    """Return numbers on both sides of a limit, and at it."""
    limits = [0, 1, 200, *(random.randrange(2, 100_000) for _ in range(20))]
    less = [RoomLeft(random.randrange(limit), limit) for limit in limits if limit]
    more = [RoomLeft(limit + random.choice((1, 1, 2, limit + 7, 10**15)), limit) for limit in limits]
    return [
        *named("", "says how many more fit", less),
        *named("", "a full file is no error", (RoomLeft(limit, limit) for limit in limits)),
        *named("", "too many rules are an error with both numbers", more),
    ]
