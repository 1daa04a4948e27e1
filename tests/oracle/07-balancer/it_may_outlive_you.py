"""Cases for `it_may_outlive_you`: settings of many names, and requests that come late."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Start(Call, frozen=True):
    """`start`, with the name in the settings, and what is requested afterwards."""

    via: str
    targets: list[str]


def cases(random: Random) -> list[Case]:
    """Return workers with no request, with one, and with many; each has settings of its own."""
    few = [Start(f"proxy-{count}", ["/menu"] * count) for count in range(4)]
    names = [Start(via, ["/", "/menu"]) for via in ("", "a", "caf\u00e9 {via}", "x" * 500)]
    drawn = [
        Start(draw.token(random, 1, 20), [draw.path(random) for _ in range(random.randint(0, 6))]) for _ in range(36)
    ]
    return [
        *named("", "answers what comes after start has returned", few),
        *named("", "uses the settings that were read", names),
        *named("", "any settings and any requests", drawn),
    ]
