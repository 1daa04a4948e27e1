"""Cases for `out_of_the_option`: connections with an upstream and without, and pools of all sizes."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Finish(Call, frozen=True):
    """`finish`, with the connection's upstream, if it has one, and the addresses in the pool."""

    upstream: str | None
    pool: list[str]


def cases(random: Random) -> list[Case]:
    """Return connections of both kinds; an address may be in the pool already."""
    pools = [
        [draw.address(random) for _ in range(size)] for size in [0, 1, 2, *(random.randint(0, 12) for _ in range(20))]
    ]
    held = [Finish(draw.address(random), pool) for pool in pools]
    held += [Finish("10.0.0.7:80", ["10.0.0.7:80"]), Finish("", [""])]
    return [
        *named("", "moves the upstream itself into the pool", held),
        *named("", "leaves a connection without an upstream alone", (Finish(None, pool) for pool in pools)),
    ]
