"""Cases for `an_error_of_ours`: rates, and what is wrong with a rate in each of three ways."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

NONE = ["", "ten", "-1", "1.5", "4294967296", "9" * 30, "1 2", "0x10", "\u0663"]


class Read(Call, frozen=True):
    """`rate`, with its text."""

    text: str


def cases(random: Random) -> list[Case]:
    """Return rates that are good, and texts with no slash, with no number, and with a small burst."""
    pairs = [sorted(random.choices(range(1, 10**6), k=2)) for _ in range(15)]
    good = [f"{low}{random.choice(('/', ' / '))}{high}" for low, high in pairs]
    small = [f"{high + 1}/{low}" for low, high in pairs]
    left = [f"{one}/{random.randrange(1000)}" for one in NONE]
    right = [f"{random.randrange(1000)}/{one}" for one in [*NONE, "1/2"]]
    return [
        *named("", "reads a rate", map(Read, [*good, "0/0", "5/5", "4294967295/4294967295"])),
        *named("", "knows its own errors", map(Read, ["", "10", "ten", *small])),
        *named("", "keeps what the library said of the left side", map(Read, left)),
        *named("", "keeps what the library said of the right side", map(Read, right)),
    ]
