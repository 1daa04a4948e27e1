"""Cases for `lower_if_needed`: names without capitals, with one anywhere, and with letters that are not ASCII."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class SmallLetters(Call, frozen=True):
    """`small_letters`, with a name."""

    name: str


def cases(random: Random) -> list[Case]:
    """Return names of all kinds; a letter that is not ASCII has no small form here."""
    small = ["host", "x-request-id", "a", "z", "2-_", "@[`{", "\N{LATIN CAPITAL LETTER E WITH ACUTE}"]
    small += [draw.token(random, 1, 20).lower() for _ in range(16)]
    capital = ["Host", "x-Table", "ACCEPT", "A", "Z", "hosT", "\N{LATIN CAPITAL LETTER E WITH ACUTE}T"]
    mixed = [draw.in_any_case(random, draw.token(random, 1, 20)) for _ in range(20)]
    return [
        *named("", "lends a name without capitals", map(SmallLetters, small)),
        *named("", "owns what it had to change", map(SmallLetters, capital)),
        *named("", "does so with any name", map(SmallLetters, mixed)),
    ]
