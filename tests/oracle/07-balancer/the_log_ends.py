"""Cases for `the_log_ends`: what each worker serves. Who keeps a sender never answers."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Serve(Call, frozen=True):
    """`serve`, with the targets of each worker."""

    workers: list[list[str]]


def cases(random: Random) -> list[Case]:
    """Return no worker, one, and several; a worker may have nothing to do."""
    ends = [Serve([]), Serve([[]]), Serve([["/menu"]]), Serve([["/menu", "/menu"]])]
    several = [Serve([["/b", "/a"], ["/c"], []]), Serve([["/same"]] * 5), Serve([[f"/{n}" for n in range(200)], []])]
    drawn = [
        Serve([[draw.path(random) for _ in range(random.randint(0, 6))] for _ in range(random.randint(1, 5))])
        for _ in range(36)
    ]
    return [
        *named("", "ends when the worker has ended", ends),
        *named("", "has the lines of all workers", several),
        *named("", "any lines of any workers", drawn),
    ]
