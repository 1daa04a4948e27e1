"""Cases for `one_owner_per_round`: upstreams that are up or down, in any order."""

from random import Random

from msgspec import Struct

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Upstream(Struct, frozen=True):
    """An upstream, and whether it takes requests."""

    name: str
    up: bool


class Send(Call, frozen=True):
    """`send`, with the path of a head and the upstreams in order."""

    path: str
    upstreams: list[Upstream]


def cases(random: Random) -> list[Case]:
    """Return rows of upstreams of which the first, a later one, or none is up."""

    def send(*up: bool) -> Send:
        # Longer than any name, so that a copy of the path stands out.
        path = draw.path(random) + "x" * 200
        return Send(path, [Upstream(draw.token(random, 1, 20), one) for one in up])

    lengths = [1, 2, 3, *(random.randint(2, 30) for _ in range(12))]
    first = [send(True, *random.choices((True, False), k=length)) for length in lengths]
    later = [send(*[False] * length, True, *random.choices((True, False), k=3)) for length in lengths]
    return [
        *named("", "the first upstream takes it", first),
        *named("", "the next one gets the same head after a refusal", later),
        *named("", "gives the head back when all refuse", [send(), *(send(*[False] * length) for length in lengths)]),
    ]
