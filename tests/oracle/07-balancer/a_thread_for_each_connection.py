"""Cases for `a_thread_for_each_connection`: connections with the lengths of what is sent on each."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class SendAll(Call, frozen=True):
    """`send_all`, with the address and the queue of each connection."""

    addresses: list[str]
    queues: list[list[int]]


def cases(random: Random) -> list[Case]:
    """Return no connection, one, and several; a queue may be empty."""
    one = [SendAll(["a"], [queue]) for queue in ([], [0], [10], [10, 20], [1] * 50)]
    several = [
        SendAll([], []),
        SendAll(["a", "b", "c"], [[1], [2, 3], [4, 5, 6]]),
        SendAll(["a", "b"], [[], [7]]),
        SendAll(["a", "a"], [[1], [2]]),
    ]
    drawn = [_drawn(random, random.randint(1, 6)) for _ in range(34)]
    return [
        *named("", "sends the queue of one connection", one),
        *named("", "sends on each connection its own queue, on a thread of its own", several),
        *named("", "any queues of any connections", drawn),
    ]


def _drawn(random: Random, count: int) -> SendAll:
    addresses = [draw.token(random, 1, 20) for _ in range(count)]
    return SendAll(addresses, [random.choices(range(2000), k=random.randint(0, 6)) for _ in addresses])
