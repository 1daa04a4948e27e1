"""Cases for `the_next_server`: upstreams of which the first, a later one, or no server answers."""

from random import Random

import msgspec

from proxylings.grader.oracle.cases import Call, Case, named

DOWN = ("refuses", "is silent")


class Server(msgspec.Struct, frozen=True):
    """A server: its name, and what it does when somebody dials it."""

    name: str
    does: str


class Connect(Call, frozen=True):
    """`connect`, with the servers of an upstream."""

    servers: list[Server]


def cases(random: Random) -> list[Case]:
    """Return upstreams by the number of servers that are down before one answers."""

    def upstream(*does: str) -> Connect:
        return Connect([Server(f"s{number}-{random.randrange(1000)}", one) for number, one in enumerate(does)])

    def down(count: int) -> list[str]:
        return random.choices(DOWN, k=count)

    after = ("answers", *DOWN)
    later = [upstream(*down(random.randint(1, 6)), "answers", *random.choices(after, k=2)) for _ in DOWN * 8]
    ends = [upstream(*down(random.randint(0, 4)), one) for one in DOWN * 8]
    first = [upstream("answers", *random.choices(after, k=count)) for count in range(12)]
    return [
        *named("", "takes the first server that answers", first),
        *named("", "asks the next one when a server is down", later),
        *named("", "says what the last one said when all are down", ends),
        *named("", "without servers there is nobody to ask", [Connect([])]),
    ]
