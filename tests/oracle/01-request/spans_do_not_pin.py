"""Cases for `spans_do_not_pin`: requests that went well, and requests that failed."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class Serve(Call, frozen=True):
    """`serve`, with the bytes of a head."""

    head: bytes


def cases(random: Random) -> list[Case]:
    """Return heads for each status that the drill's upstream knows, and for targets that only look like them."""

    def heads(*targets: bytes) -> list[Serve]:
        fields = [draw.field(random) for _ in range(4)]
        return [Serve(b"\r\n".join([b"GET " + target + b" HTTP/1.1", *fields, b"", b""])) for target in targets]

    near = [b"/downs", b"/dow", b"/Broken", b"/broken/", b"/DOWN", b"/down?", b"/", b"/menu", b"/brok\xc3\xa9n"]
    return [
        *named("", "logs the target of a request that failed", heads(*[b"/down", b"/broken"] * 8)),
        *named("", "logs and copies nothing of a request that went well", heads(*[b"/missing"] * 4, *near)),
        *named("", "does so with any target", heads(*(draw.target(random) for _ in range(20)))),
    ]
