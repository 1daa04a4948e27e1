"""Cases for `fit_for_dyn`: rows of filters that have seen requests, are renewed, and see more."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Renew(Call, frozen=True):
    """`renew`, of filters named `all` or by a path, between requests for `before` and requests for `after`."""

    filters: list[str]
    before: list[str]
    after: list[str]


def cases(random: Random) -> list[Case]:
    """Return rows of both kinds of filters, with and without requests on either side."""
    paths = ["/tea", "/menu", "/", ""]
    kinds = ["all", *paths]

    def some(of: list[str]) -> list[str]:
        return random.choices(of, k=random.randint(1, 7))

    idle = [Renew(some(kinds), [], []) for _ in range(10)]
    fresh = [Renew(some(kinds), some(paths), []) for _ in range(15)]
    later = [Renew(some(kinds), some(paths), some(paths)) for _ in range(20)]
    return [
        *named("", "gives filters of the same kinds, in order", [Renew([], [], []), Renew(["all"], [], []), *idle]),
        *named("", "a fresh filter has seen nothing", fresh),
        *named("", "old and new filters count by themselves", later),
    ]
