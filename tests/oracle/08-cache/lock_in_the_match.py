"""Cases for `lock_in_the_match`: visits of pages, first ones and further ones."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

PAGES = ("/", "/menu", "/wine", "/menu/", "")


class Visits(Call, frozen=True):
    """`visit`, for each of these paths in turn."""

    paths: list[str]


def cases(random: Random) -> list[Case]:
    """Return rows of visits: each page once, one page often, and several in a mixture."""
    once = [Visits(random.sample(PAGES, k=count)) for count in range(1, 6) for _ in range(3)]
    often = [Visits([random.choice(PAGES)] * count) for count in range(2, 18)]
    mixed = [Visits(random.choices(PAGES, k=random.randint(4, 40))) for _ in range(16)]
    return [
        *named("", "the first visit is number one", once),
        *named("", "each further visit is one more", often),
        *named("", "each page has a count of its own", mixed),
    ]
