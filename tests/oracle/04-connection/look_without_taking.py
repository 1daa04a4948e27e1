"""Cases for `look_without_taking`: workers with a connection in each state, and with none."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Reading(Call, frozen=True):
    """`held`, with a worker whose connection is reading; it has been asked `asked` times before."""

    client: str
    head: bytes
    asked: int


class Idle(Call, frozen=True):
    """`held`, with a worker whose connection is idle."""

    client: str
    asked: int


class Alone(Call, frozen=True):
    """`held`, with a worker that has no connection."""

    asked: int


def cases(random: Random) -> list[Case]:
    """Return heads from none of a byte to whole ones, and workers without a head."""
    heads = [b"", b"G", b"GET /me", *(draw.crumb(random, draw.head(random)) for _ in range(20))]
    reading = [Reading(draw.address(random), head, random.randint(0, 9)) for head in heads]
    return [
        *named("", "counts a head that is coming, and leaves all of it where it is", reading),
        *named("", "leaves an idle connection with its worker", [Idle(draw.address(random), at) for at in range(12)]),
        *named("", "a worker without a connection holds nothing", map(Alone, range(8))),
    ]
