"""Cases for `let_go_and_wait`: a shelf, and requests that are under way at the same time, on one thread."""

from random import Random

import msgspec

from proxylings.grader.oracle.cases import Call, Case, named

PATHS = ("/menu", "/wine", "/bread", "/", "")


class Page(msgspec.Struct, frozen=True):
    """A page on the shelf."""

    path: str
    text: str


class Requests(Call, frozen=True):
    """`page`, for these paths, all begun before the upstream answers the first of them; no path comes twice."""

    shelf: list[Page]
    paths: list[str]


def cases(random: Random) -> list[Case]:
    """Return requests for what is there, for what is not, and for both at once."""

    def requests(there: int, asked: int) -> Requests:
        shelf = [Page(path, f"kept {random.randrange(1000)}") for path in random.sample(PATHS, k=there)]
        return Requests(shelf, random.sample(PATHS, k=asked))

    return [
        *named("", "what is on the shelf is not fetched", [requests(5, 1 + count % 5) for count in range(12)]),
        *named("", "what is missing is fetched, and kept", [requests(0, 1) for _ in range(12)]),
        *named("", "nobody waits for another one's page", [requests(count % 5, 5) for count in range(20)]),
    ]
