"""Cases for `one_breath`: clients one after the other, and one who comes in while the lock is free."""

from random import Random

import msgspec

from proxylings.grader.oracle.cases import Call, Case, named

PAGES = ("/menu", "/wine", "/")


class Step(msgspec.Struct, frozen=True):
    """Somebody asks for a page, or a page that was fetched lands."""

    lands: bool
    path: str


class Play(Call, frozen=True):
    """These steps, one after the other."""

    steps: list[Step]


class Between(Call, frozen=True):
    """A client asks, and another one asks, or lands the page, when the lock is free for time number `moment`."""

    moment: int
    lands: bool


def cases(random: Random) -> list[Case]:
    """Return rows of steps, and moments for another client."""

    def row(count: int) -> Play:
        return Play([Step(random.random() < 0.25, random.choice(PAGES)) for _ in range(count)])

    many = [Play([Step(False, page)] * count) for page in PAGES for count in range(1, 5)]
    landed = [Play([Step(False, page), Step(True, page), Step(False, page)]) for page in PAGES]
    return [
        *named("", "one fetches, and the next ones wait", many),
        *named("", "what has landed is a hit", landed),
        *named("", "each page is for itself", [row(random.randint(4, 16)) for _ in range(20)]),
        *named("", "nobody comes in between", [Between(moment, False) for moment in range(1, 7)]),
        *named("", "what lands in between is not fetched again", [Between(moment, True) for moment in range(1, 7)]),
    ]


def judge(call: Call, got: str, expected: str) -> str:
    """Say what is wrong: what lands in between may be waited for, or be there; it is not fetched."""
    if isinstance(call, Between) and call.lands:
        return "" if got.endswith("0 fetches") else "the page was landing, and was fetched once more"
    return "" if got == expected else f"expected: {expected}"
