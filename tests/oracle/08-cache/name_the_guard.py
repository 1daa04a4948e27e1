"""Cases for `name_the_guard`: logs of the cache, with none, one and many lines."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Newest(Call, frozen=True):
    """`newest`, of a log with these lines."""

    lines: list[str]


def cases(random: Random) -> list[Case]:
    """Return logs by their last line: a hit, a miss, something like a hit, and no line at all."""

    def log(*ends: str) -> list[str]:
        return [f"/{draw.token(random, 1, 12)}{end}" for end in ends]

    hits = [log(*random.choices([" HIT", " MISS"], k=count), " HIT") for count in range(18)]
    misses = [log(*random.choices([" HIT", " MISS"], k=count), " MISS") for count in range(18)]
    alike = [["/HIT"], ["HIT"], ["/menu hit"], [" HIT"], ["/menu HIT "], [""], ["/menu HIT", ""], ["/é HIT"]]
    return [
        *named("", "tells a hit", map(Newest, hits)),
        *named("", "tells a miss", map(Newest, misses)),
        *named("", "tells a hit from what looks like one", map(Newest, alike)),
        *named("", "an empty log has no newest line", [Newest([])]),
    ]
