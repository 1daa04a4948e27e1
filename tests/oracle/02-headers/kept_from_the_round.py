"""Cases for `kept_from_the_round`: lists with empty elements, white space, and a caller's list with something in it."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class PutElements(Call, frozen=True):
    """`put_elements`, with what the caller's list holds already, and a header value."""

    before: list[str]
    list: str


def cases(random: Random) -> list[Case]:
    """Return lists of no element, of one and of many."""
    space = ["", "", " ", "\t", "  "]

    def value() -> str:
        words = [random.choice(["", draw.token(random, 1, 9)]) for _ in range(random.randint(1, 9))]
        return ",".join(random.choice(space) + word + random.choice(space) for word in words)

    whole = ["gzip", "gzip,deflate,br", "a,b", "x" * 3000]
    spaced = [" br ,   gz,zstd  ", "\tgzip\t", "two words, three more words", "a ,b ,c "]
    empty = ["", ",", ",,,", " ", " , ", ",br, ,gz,", "br,"]
    return [
        *named("", "finds each element", (PutElements([], one) for one in whole)),
        *named("", "leaves white space out", (PutElements([], one) for one in spaced)),
        *named("", "leaves empty elements out", (PutElements([], one) for one in empty)),
        *named("", "does so with any list", (PutElements([], value()) for _ in range(20))),
        *named("", "adds to what is there", (PutElements(["identity", ""], value()) for _ in range(12))),
    ]
