"""Cases for `who_has_it_now`: paths that are forwarded, and their lines for the log."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Serve(Call, frozen=True):
    """`serve`, with the path of a head."""

    path: str


def cases(random: Random) -> list[Case]:
    """Return paths of all lengths, the empty one too."""
    known = ["/menu", "/order/7", "", "/", "/{path}", "/a b", "/caf\u00e9", "/" + "x" * 2000]
    drawn = [draw.path(random) for _ in range(40)]
    return [
        *named("", "logs the path, and hands on the head itself", map(Serve, known)),
        *named("", "does so with any path", map(Serve, drawn)),
    ]
