"""Cases for `the_counter_outside`: statuses in parts, with faults in some of them."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

STATUSES = (200, 204, 304, 404, 499, 500, 502, 504, 599)


class Count(Call, frozen=True):
    """`count_faults`, with the statuses of each part."""

    parts: list[list[int]]


def cases(random: Random) -> list[Case]:
    """Return no part, one, and several; a part may be empty, and the last one may have nothing to count."""
    one = [Count([[status]]) for status in STATUSES] + [Count([[502, 503, 504]]), Count([])]
    several = [Count([[502], []]), Count([[], [502]]), Count([[500], [500], [500]]), Count([[599, 500], [200], [502]])]
    drawn = [
        Count([random.choices(STATUSES, k=random.randint(0, 8)) for _ in range(random.randint(1, 6))])
        for _ in range(32)
    ]
    return [
        *named("", "the count of one worker arrives", one),
        *named("", "the counts of all workers arrive", several),
        *named("", "any statuses in any parts", drawn),
    ]
