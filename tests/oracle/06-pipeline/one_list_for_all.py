"""Cases for `one_list_for_all`: rows of filters of one type, and of both."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Run(Call, frozen=True):
    """`chain(words).run(path)`, twice."""

    words: list[str]
    path: str


def cases(random: Random) -> list[Case]:
    """Return chains of no filter, of one, and of many, with paths that they change and that they leave alone."""
    paths = ["/old-menu", "/menu", "/", ""]
    one = [Run([word], path) for word in ("old-menu", "/app", "") for path in paths]
    words = ["old-menu", "old-menu", "/app", "/b", "/old-menu", ""]
    many = [Run(random.choices(words, k=random.randint(2, 7)), random.choice(paths)) for _ in range(30)]
    split = [Run(["/old", "old-menu"], "-menu"), Run(["/old-", "old-menu", "/b"], "menu")]
    return [
        *named("", "without a filter, a path stays as it is", [Run([], path) for path in paths]),
        *named("", "one filter runs", one),
        *named("", "filters of two types run in the order of the file", [*split, *many]),
    ]
