"""Cases for `a_share_for_each_thread`: jobs that look, that compare addresses, and that wait for each other."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Run(Call, frozen=True):
    """`run`, with a table of routes, and the names of the jobs."""

    paths: list[str]
    jobs: list[str]


def cases(random: Random) -> list[Case]:
    """Return tables with no job, with one, and with several of any kind."""
    table = ["/", "/menu", "/order"]
    few = [Run(table, []), Run([], ["count"]), Run(table, ["count", "longest"]), Run(table, ["longest", "count"])]
    same = [Run(table, ["same"] * count) for count in (1, 2, 5)]
    meet = [Run(table, ["meet"] * count) for count in (1, 2, 3)] + [Run(table, ["meet", "count", "meet"])]
    kinds = ("count", "longest", "same", "meet")
    drawn = [
        Run([draw.path(random) for _ in range(random.randint(1, 5))], random.choices(kinds, k=random.randint(1, 6)))
        for _ in range(32)
    ]
    return [
        *named("", "gives the results in the order of the jobs", few),
        *named("", "every worker sees the same table", same),
        *named("", "runs all jobs at the same time", meet),
        *named("", "any table and any jobs", drawn),
    ]
