"""Cases for `where_it_is`: files that are good, with one mistake at any line, and with several."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named

BAD = ["", "/admin", "/admin ", "/admin 399", "/admin 600", "/admin 65939", "/admin gone", "/a b 403", "/admin  403"]


class Read(Call, frozen=True):
    """`blocks`, with a file."""

    file: str


def cases(random: Random) -> list[Case]:
    """Return files of up to twenty lines."""

    def lines(count: int) -> list[str]:
        return [f"{draw.path(random, 12)} {random.randint(400, 599)}" for _ in range(count)]

    def file(*parts: list[str]) -> Read:
        return Read("".join(line + random.choice(("\n", "\r\n")) for part in parts for line in part))

    good = [file(lines(count)) for count in range(20)] + [Read("/a 400"), Read("/a 599\n")]
    one = [file(lines(random.randint(0, 9)), [bad], lines(random.randint(0, 9))) for bad in BAD * 2]
    two = [file(lines(random.randint(0, 5)), random.sample(BAD, 2), lines(2), [random.choice(BAD)]) for _ in range(8)]
    return [
        *named("", "reads a block from each line", good),
        *named("", "refuses the whole file for one bad line, and says which", one),
        *named("", "names the first of several mistakes", two),
    ]
