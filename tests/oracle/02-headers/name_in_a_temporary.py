"""Cases for `name_in_a_temporary`: names in all letters, and fields with them."""

from random import Random

import msgspec

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Field(msgspec.Struct, frozen=True):
    """A name and a value."""

    name: str
    value: str


class LogName(Call, frozen=True):
    """`log_name`, with a name."""

    name: str


class LogLines(Call, frozen=True):
    """`log_lines`, with fields."""

    fields: list[Field]


def cases(random: Random) -> list[Case]:
    """Return names with capitals anywhere and nowhere; bytes that are no letters stay as they are."""
    known = ["Host", "X-TABLE", "x-Table", "accept", "Z", "a", "", "2-_", "@[`{"]
    drawn = [draw.token(random, 1, 20) for _ in range(30)]
    fields = [[Field(draw.token(random, 1, 9), draw.path(random)) for _ in range(count)] for count in (0, 1, 2, 5, 9)]
    return [
        *named("", "writes a name in small letters", map(LogName, known)),
        *named("", "does so with any name", map(LogName, drawn)),
        *named("", "writes a line for each field", map(LogLines, fields)),
    ]
