"""Access logs that look like a busy shop's: made up from a seed, the same bytes every time."""

import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path

from proxylings import state
from proxylings.course import find_desk
from proxylings.errors import CourseError

_START = 1_795_438_800  # 23 November 2026, 13:00 UTC
_PER_SECOND = 500
_STATUSES = {200: 88, 304: 5, 301: 1.5, 404: 3, 403: 0.5, 429: 1, 500: 0.3, 502: 0.5, 504: 0.2}
_REQUESTS = {"GET": 90, "POST": 7, "HEAD": 2, "PUT": 0.6, "DELETE": 0.4}
_AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": 30,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Safari/605.1.15": 40,
    "curl/8.16.0": 8,
    "python-httpx/0.28.1": 12,
    r"menu-bot/1.2 (\x22cafe\x22)": 2,
    "-": 8,
}


def access_log(lines: int = 1_000_000, *, seed: int = 1, unreadable: float = 0.0005) -> Path:
    """Return the path of an access log of so many lines under .proxylings/logs/; write it if it is not there yet.

    A few clients send most of the requests, most answers are fast, and a few are slow. About `unreadable` of the
    lines (0 to 1) are cut or are no log lines at all. The same arguments give the same bytes: a million lines are
    about 165 MB, and take a few seconds the first time. Raises CourseError when a number is out of its range.
    """
    if lines < 0 or not 0 <= unreadable <= 1:
        raise CourseError(
            f"There is no log of {lines} lines with a share of {unreadable} unreadable ones.",
            "Ask for 0 lines or more, and for a share from 0 to 1.",
        )
    path = find_desk().state / "logs" / f"access-{lines}-{seed}-{unreadable:g}.log"
    if not path.is_file():
        state.write_whole(path, b"".join(pieces(lines, seed=seed, unreadable=unreadable)))
    return path


def pieces(lines: int, *, seed: int = 1, unreadable: float = 0.0005) -> Iterator[bytes]:
    """Give the same log piece by piece, a second of traffic each."""
    chance = random.Random(seed)  # noqa: S311 - traffic, not a secret
    clients = [_address(chance) for _ in range(20_000)]
    targets = [_target(chance, at) for at in range(400)]
    # Drawn once, so that a line costs two draws and no formatting of numbers.
    exchanges = [_exchange(chance, target) for target in chance.choices(targets, cum_weights=_zipf(400), k=50_000)]
    weights = _zipf(len(clients))
    for first in range(0, lines, _PER_SECOND):
        count = min(_PER_SECOND, lines - first)
        moment = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(_START + first // _PER_SECOND))
        who = chance.choices(clients, cum_weights=weights, k=count)
        what = chance.choices(exchanges, k=count)
        text = [f"{client} - - [{moment}] {exchange}" for client, exchange in zip(who, what, strict=True)]
        for at in range(count):
            if chance.random() < unreadable:
                text[at] = text[at][: chance.randrange(10, 60)] if chance.random() < 0.5 else "-- log rotated --"
        yield ("\n".join(text) + "\n").encode()


def _exchange(chance: random.Random, target: str) -> str:
    """Return one request and its answer, as they stand behind the time."""
    (method,) = chance.choices(list(_REQUESTS), list(_REQUESTS.values()))
    (status,) = chance.choices(list(_STATUSES), list(_STATUSES.values()))
    (agent,) = chance.choices(list(_AGENTS), list(_AGENTS.values()))
    # Most answers take a millisecond or two, one in a hundred twenty times as long; a time-out takes five seconds.
    took = chance.lognormvariate(7.3, 0.7) * (20 if chance.random() < 0.01 else 1) + 5_000_000 * (status == 504)
    length = 0 if status in (304, 301) or method == "HEAD" else int(chance.lognormvariate(8.5, 1.6))
    referer = "https://cafe.example/menu" if chance.random() < 0.3 else "-"
    return f'"{method} {target} HTTP/1.1" {status} {length} "{referer}" "{agent}" {int(took)}'


def _address(chance: random.Random) -> str:
    """Return an address that RFC 5737 or RFC 3849 sets aside for examples, or a private one."""
    if chance.random() < 0.15:
        return f"2001:db8:{chance.randrange(1, 1 << 16):x}::{chance.randrange(1, 1 << 16):x}"
    return f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def _target(chance: random.Random, at: int) -> str:
    kind = chance.choice(("/menu?day={}", "/order/{}", "/static/{:04x}.css", "/img/{:04x}.webp", "/api/v2/tables/{}"))
    return kind.format(at)


def _zipf(count: int) -> list[float]:
    """Return cumulative weights: the one in place n comes up in proportion to 1/n."""
    return list(itertools.accumulate(1 / place for place in range(1, count + 1)))
