"""Cases for `any_bytes`: good ranges, and bad ones in each of six ways, at their edges."""

from collections.abc import Sequence
from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

MOST = 2**64 - 1
# No sign stands before a digit here: whether `+5` is a number is for each answer to decide.
NONE = [b"", b" 5", b"5 ", b"five", b"0x5", b"1.5", b"18446744073709551616", b"9" * 40, "\u0665".encode()]


class Length(Call, frozen=True):
    """`length`, with the bytes of a range."""

    range: bytes


def cases(random: Random) -> list[Case]:
    """Return ranges that can be counted, and bytes that can't."""

    def of(pair: Sequence[int]) -> Length:
        first, last = pair
        return Length(b"%d-%d" % (first, last))

    pairs = [sorted(random.choices(range(10 ** random.randint(1, 18)), k=2)) for _ in range(15)]
    good = [(0, 0), (7, 7), (0, MOST - 1), (1, MOST), (MOST, MOST), *pairs]
    backwards = [(1, 0), (MOST, 0), (MOST, MOST - 1), *((last + 1, first) for first, last in pairs)]
    number = b"%d" % random.randrange(10_000)
    no_text = [b"\xff\xfe", b"5-9\xff", b"\xc3-5", b"\xff-\xff", bytes(range(128, 256)), b"500\x80999"]
    return [
        *named("", "counts the first and the last byte", map(of, good)),
        *named("", "bytes that are no text are an error", map(Length, no_text)),
        *named("", "a missing dash is an error", map(Length, [b"", b"500", b" ", "500\u2013999".encode(), b"a"])),
        *named("", "what is no number is an error", [Length(one + b"-" + number) for one in NONE]
               + [Length(number + b"-" + one) for one in [*NONE, b"5-6", b"-1"]]),
        *named("", "a range that runs backwards is an error", map(of, backwards)),
        *named("", "a length beyond 64 bits is an error", [Length(b"0-%d" % MOST)]),
    ]  # fmt: skip
