"""Cases for `note_for_the_log`: heads with a few words and many fields."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class HandOn(Call, frozen=True):
    """`hand_on`, with the words of a head and its field lines."""

    method: str
    path: str
    fields: list[str]


def cases(random: Random) -> list[Case]:
    """Return heads whose list of fields is longer than their words, so that a copy of it stands out."""

    def head(method: str, path: str) -> HandOn:
        return HandOn(
            method, path, [f"X-{draw.token(random, 1, 9)}: {number}" for number in range(random.randint(10, 60))]
        )

    known = [head("GET", "/menu"), head("POST", "/order"), head("get", "/Menu"), head("", ""), HandOn("GET", "/", [])]
    drawn = [head(draw.token(random, 1, 12), draw.path(random)) for _ in range(40)]
    return [
        *named("", "notes two words, and hands on the whole head without a copy of its fields", known),
        *named("", "does so with any head", drawn),
    ]
