"""Cases for `readers_meet`: routes, and a host that has one, has none, or has two."""

from random import Random

import msgspec

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Route(msgspec.Struct, frozen=True):
    """Where the requests for a host go."""

    host: str
    server: str


class Show(Call, frozen=True):
    """`show`, with these routes, for this host."""

    routes: list[Route]
    host: str


def cases(random: Random) -> list[Case]:
    """Return hosts that are there at each place, that are not there, and that are there twice."""

    def routes(count: int) -> list[Route]:
        return [Route(f"{draw.token(random, 1, 12)}.{at}", f"10.0.0.{random.randrange(256)}") for at in range(count)]

    found, missing, twice = [], [], []
    for count in range(1, 17):
        some = routes(count)
        one = random.choice(some)
        found.append(Show(some, one.host))
        missing.append(Show(some, random.choice(["", one.host[:-1], one.host + "0", "evil.example"])))
        twice.append(Show([*some, Route(one.host, "10.0.1.1")], one.host))
    return [
        *named("", "shows the server, and lets readers in", found),
        *named("", "a host without a route is none", [*missing, Show([], "cafe.example")]),
        *named("", "the first route of a host is the one", twice),
    ]
