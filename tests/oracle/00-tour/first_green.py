"""Cases for `first_green`: methods that a client may send."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case


class Greet(Call, frozen=True):
    """The line that the log gets for a method."""

    method: str


def cases(random: Random) -> list[Case]:
    """Return methods that everybody knows, and some that nobody does."""
    known = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "get", "{}", "{method}"]
    unknown = [draw.token(random, 1, 20) for _ in range(30)]
    return [
        *(Case("", "names a method that everybody knows", Greet(method)) for method in known),
        *(Case("", "names any other method", Greet(method)) for method in unknown),
    ]
