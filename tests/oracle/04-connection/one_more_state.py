"""Cases for `one_more_state`: connections in each of their states."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Quiet(Call, frozen=True):
    """Both functions, with a connection that is idle, or closed."""

    closed: bool


class Reading(Call, frozen=True):
    """Both functions, with a connection that is reading."""

    bytes: int


class Forwarding(Call, frozen=True):
    """Both functions, with a connection that is forwarding."""

    upstream: str


class Draining(Call, frozen=True):
    """Both functions, with a connection that is draining."""

    left: int


def cases(random: Random) -> list[Case]:
    """Return connections in all states, most of them draining."""
    numbers = [0, 1, 40, 2**40, *(random.randint(2, 1_000_000) for _ in range(16))]
    upstreams = ["", "10.0.0.7:80", *(draw.address(random) for _ in range(6))]
    return [
        *named("", "what there was before is as it was", [Quiet(closed=False), Quiet(closed=True)]),
        *named("", "what there was before is as it was", map(Reading, numbers)),
        *named("", "what there was before is as it was", map(Forwarding, upstreams)),
        *named("", "a draining connection is shown as one, and not closed", map(Draining, numbers)),
    ]
