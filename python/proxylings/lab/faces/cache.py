"""Part 08 for Python: how long an answer is fresh, and what many clients cost who ask at the same moment."""

import time

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

_MOST_CLIENTS = 10_000
_LONGEST_FETCH = 2_000


class Freshness(msgspec.Struct, frozen=True):
    """What an answer says of itself: `seconds` from its Date on (None: it does not say), and why it is not kept.

    `not_kept` is None when a shared cache may keep the answer.
    """

    seconds: int | None
    not_kept: str | None


class Scene(msgspec.Struct, frozen=True):
    """What came of a scene: how often the upstream was asked, and what each client waited.

    `fetches` counts what the upstream was asked, `hits` the answers from the shelf, `waits` the clients who waited for
    another one's fetch. `entries` and `bytes` are what the cache holds in the end; `latencies_us` is in microseconds,
    one for each client.
    """

    fetches: int
    hits: int
    waits: int
    entries: int
    bytes: int
    latencies_us: list[int]


class CachePart:
    """Part 08: answers kept under locks and shared by all, with one fetch for all who wait."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def freshness(self, status: int, fields: list[tuple[bytes, bytes]], now: float | None = None) -> Freshness:
        """Say for how many seconds an answer to a plain GET is fresh (RFC 9111 4.2), and whether it may be kept.

        `now` is in seconds since the start of 1970, UTC; without it, the answer has just come. Raises ParseError for a
        name or a value that no field can have. Your part has no say in this: these rules are scaffolding.
        """
        if not 100 <= status <= 599:
            raise CourseError(f"There is no status {status}.", "A status code is a number from 100 to 599.")
        unix = max(0, int(time.time() if now is None else now))
        return Freshness(*self._call("cache_freshness", [status, fields, unix], tuple[int | None, str | None]))

    def scene(
        self,
        clients: int = 100,
        *,
        pages: int = 1,
        fetch_ms: int = 20,
        cache_control: str = "max-age=60",
        shards: int = 16,
        threads: int = 4,
    ) -> Scene:
        """Let `clients` ask at the same moment, each for one of `pages` pages, and tell what that has cost.

        A fetch takes `fetch_ms` milliseconds, and its answer says `cache_control`. The clients run as tasks on
        `threads` threads, the GIL released. A scene that does not end within 5 s raises LearnerCodeError.
        """
        for name, value, least, most in (
            ("clients", clients, 1, _MOST_CLIENTS),
            ("pages", pages, 1, _MOST_CLIENTS),
            ("fetch_ms", fetch_ms, 0, _LONGEST_FETCH),
            ("shards", shards, 1, 1024),
            ("threads", threads, 1, 64),
        ):
            if not least <= value <= most:
                raise CourseError(f"{name} is {value}.", f"Choose a number from {least} to {most}.")
        arguments = [clients, pages, fetch_ms, cache_control, shards, threads]
        scene: Scene = self._call("cache_scene", arguments, Scene)
        return scene
