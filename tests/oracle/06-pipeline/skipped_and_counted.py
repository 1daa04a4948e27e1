"""Cases for `skipped_and_counted`: requests through filters that apply to all of them, to some, and to none."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class OfAll(Call, frozen=True):
    """`pass`, of a filter that does not say what it is for, with requests for `paths`, one after the other."""

    paths: list[str]


class OfOldMenu(Call, frozen=True):
    """The same, of the filter for `/old-menu`."""

    paths: list[str]


class OfLength(Call, frozen=True):
    """The same, of a filter that adds a letter to paths of `length` bytes."""

    length: int
    paths: list[str]


def cases(random: Random) -> list[Case]:
    """Return rows of requests that a filter is for, is not for, and both."""
    words = ["/", "/old-menu", "/menu", "/old-menu/", "/tea", ""]
    edges = [[], ["/old-menu"], ["/tea"], ["/old-menu", "/old-menu", "/tea"]]
    rows = [random.choices(words, k=random.randint(1, 9)) for _ in range(12)]
    lengths = [random.randint(1, 6) for _ in rows]
    return [
        *named("", "a filter that does not say is for all", map(OfAll, [*edges, *rows])),
        *named("", "runs where it applies, and is skipped elsewhere", map(OfOldMenu, [*edges, *rows])),
        *named("", "asks before it runs, and counts once", map(OfLength, lengths, rows)),
    ]
