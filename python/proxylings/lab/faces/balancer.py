"""Part 07 for Python: which server each request goes to, and what happens when threads ask at once."""

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

Policy = Literal["round robin", "least connections", "consistent hash"]

_POLICIES = ("round robin", "least connections", "consistent hash")
_MOST_SERVERS = 1_000
_MOST_PICKS = 1_000_000


class Request(msgspec.Struct, frozen=True):
    """One request: when it comes, in milliseconds; its key, for "consistent hash"; whether it stays under way."""

    at_ms: int = 0
    key: int = 0
    stays: bool = False


class Server(msgspec.Struct, frozen=True):
    """What is known of a server: requests under way (`active`), requests so far (`picks`), and its health.

    `health` is "serving", "ejected" or "probing". `failures` counts those in a row while it serves; `until_ms` says
    when its time away is over, and is 0 while it serves.
    """

    active: int
    picks: int
    health: str
    failures: int
    until_ms: int


class Replay(msgspec.Struct, frozen=True):
    """The server that each request got (None: all are away, so the proxy answers 503), and all servers in the end."""

    chosen: list[int | None]
    servers: list[Server]


class _Told(msgspec.Struct):
    chosen: list[int | None]
    active: list[int]
    picks: list[int]
    health: list[tuple[str, int, int]]


class BalancerPart:
    """Part 07: a server for each request, chosen without a lock."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def replay(
        self,
        requests: Sequence[Request],
        *,
        servers: int = 3,
        policy: Policy = "round robin",
        bad: Collection[int] = (),
        failures: int = 5,
        for_ms: int = 10_000,
    ) -> Replay:
        """Make the requests one after the other; a server in `bad` fails each of its own.

        After `failures` in a row (0: never), a server is away for `for_ms` milliseconds; then one request tries it.
        """
        _check_policy(policy)
        _check("servers", servers, 0, _MOST_SERVERS)
        _check("failures", failures, 0, 2**32 - 1)
        _check("for_ms", for_ms, 0, 2**64 - 1)
        for request in requests:
            _check("at_ms", request.at_ms, 0, 2**64 - 1)
            _check("key", request.key, 0, 2**64 - 1)
        ill = [index for index in bad if 0 <= index < servers]
        told: _Told = self._call("balancer_replay", [servers, policy, failures, for_ms, list(requests), ill], _Told)
        rows = zip(told.active, told.picks, told.health, strict=True)
        return Replay(told.chosen, [Server(active, picks, *health) for active, picks, health in rows])

    def rehearse(
        self, *, servers: int = 3, policy: Policy = "round robin", threads: int = 4, picks: int = 10_000
    ) -> list[int]:
        """Let `threads` threads pick `picks` times each, all at once, and say how often each server was chosen."""
        _check_policy(policy)
        _check("servers", servers, 0, _MOST_SERVERS)
        _check("threads", threads, 0, 64)
        _check("picks", picks, 0, _MOST_PICKS)
        chosen: list[int] = self._call("balancer_rehearse", [servers, policy, threads, picks], list[int])
        return chosen


def _check_policy(policy: str) -> None:
    if policy not in _POLICIES:
        raise CourseError(f"There is no policy {policy!r}.", f"Choose one of: {', '.join(_POLICIES)}.")


def _check(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise CourseError(f"{name} is {value}.", f"Choose a number from {least} to {most}.")
