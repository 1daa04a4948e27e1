"""Cases for `hand_it_up`: two numbers, and texts that are none, on either side and on both."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

NONE = ["", " ", "two hundred", "64k", "-1", "1.5", "1 2", "18446744073709551616", "9" * 40, "caf\u00e9"]


class Read(Call, frozen=True):
    """`limits`, with the texts of both."""

    rules: str
    bytes: str


def cases(random: Random) -> list[Case]:
    """Return pairs in which both, one or none can be read."""
    good = [f"{' ' * random.randrange(3)}{random.randrange(10 ** random.randint(1, 15))}{random.choice(('', ' '))}"
            for _ in range(20)]  # fmt: skip
    return [
        *named("", "reads both numbers", [Read(one, other) for one, other in zip(good, reversed(good), strict=True)]),
        *named("", "hands up the error of the first", [Read(one, random.choice(good)) for one in NONE]),
        *named("", "hands up the error of the second", [Read(random.choice(good), one) for one in NONE]),
        *named("", "hands up the first of two errors", map(Read, NONE, [*NONE[1:], NONE[0]])),
    ]
