"""Cases for part 10: requests that ask, dial, wait, give back, drop and go away, under schedules.

A step may have several parts, which happen before anybody who was woken runs. Times are milliseconds.
"""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

NAMES = ("a", "b", "c", "d")
LARGEST = 2**64 - 1


class Play(Call, frozen=True):
    """A pool with its limits, and what happens to it, in words."""

    connections: int
    idle: int
    idle_ms: int
    steps: list[str]


class Race(Call, frozen=True):
    """A pool with its limits, and threads that use it for some rounds each."""

    connections: int
    idle: int
    idle_ms: int
    threads: int
    rounds: int


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_dial(random), *_give_back(random), *_reuse(random), *_wait(random)]


def _ask(name: str, now: int = 0, look: str = "quickly", dial: str = "ok") -> str:
    return f"{name} asks at {now} {look} {dial}"


def _back(name: str, now: int = 0) -> str:
    return f"{name} gives back at {now}"


def _play(*steps: str, connections: int = 4, idle: int = 4, idle_ms: int = 100) -> Play:
    return Play(connections, idle, idle_ms, list(steps))


def _dial(random: Random) -> list[Case]:
    step = "step_1_dial"
    opens = [_play(_ask("a")), _play(_ask("a"), _ask("b"), _ask("c")), _play(_ask("a"), "a drops", _ask("b"))]
    slow = [_play(_ask("a", dial="slow"), _ask("b"), "upstream answers")]
    slow += [_play(_ask("a", dial="slow"), _ask("b", dial="slow"), "upstream answers", "a drops")]
    fails = [_play(_ask("a", dial="refused"), _ask("b")), _play(_ask("a", dial="slow-refused"), "upstream answers")]
    fails += [_play(_ask("a", dial="refused"), _ask("b", dial="refused"), connections=1)]
    gone = [
        _play(_ask("a", dial="slow"), "a cancels"),
        _play(_ask("a", dial="slow"), "a cancels", "upstream answers", _ask("b")),
    ]
    again = [
        _play(_ask("a"), f"a redials {dial}", "upstream answers", "a drops")
        for dial in ("ok", "slow", "refused", "slow-refused")
    ]
    again += [
        _play(_ask("a"), "a redials slow", "a cancels", connections=1),
        _play(_ask("a"), "a redials ok", "a redials ok"),
    ]
    drawn = [_drawn(random, ("asks", "asks", "drops", "redials", "cancels", "answers"), 9) for _ in range(12)]
    return [
        *named(step, "opens a connection for each request, and closes one that is dropped", opens),
        *named(step, "waits for a slow dial, and frees the place of one that is cancelled", [*slow, *gone]),
        *named(step, "hands on what the dial said, and frees the place", fails),
        *named(step, "redials in the same place", again),
        *named(step, "does so under any schedule", drawn),
    ]


def _give_back(random: Random) -> list[Case]:
    step = "step_2_give_back"
    keeps = [_play(_ask("a"), _back("a")), _play(_ask("a"), _ask("b"), _back("b"), _back("a"))]
    noisy = [_play(_ask("a"), "noise on 0", _back("a")), _play(_ask("a"), "secret noise on 0", _back("a"))]
    noisy += [_play(_ask("a"), _ask("b"), "noise on 1", _back("a"), _back("b"))]
    asks = [_ask(name) for name in NAMES]
    full = [_play(*asks, *(_back(name, at) for at, name in enumerate(NAMES)), idle=idle) for idle in (0, 1, 2, 4)]
    old = [_play(*asks, *(_back(name, at) for name, at in zip(NAMES, (0, 1, 99, 100), strict=True)), f"expire at {now}")
           for now in (0, 99, 100, 101, 150, 199, 200, LARGEST)]  # fmt: skip
    old += [_play(_ask("a"), _ask("b"), _back("a"), _back("b", now), idle=1) for now in (99, 100, 101)]
    return [
        *named(step, "keeps a connection that is quiet", keeps),
        *named(step, "closes one with something unread, and looks no closer than it has to", noisy),
        *named(step, "keeps as many as the limit allows, for as long as it allows", [*full, *old]),
    ]


def _reuse(random: Random) -> list[Case]:
    step = "step_3_reuse"
    three = [_ask("a"), _ask("b"), _ask("c"), _back("a", 0), _back("b", 1), _back("c", 2)]
    again = [
        _play(_ask("a"), _back("a"), _ask("b", 1)),
        _play(*three, _ask("a", 3), _ask("b", 3), _ask("c", 3), _ask("d", 3)),
    ]
    again += [_play(*[step for now in range(12) for step in (_ask("a", now), _back("a", now))])]
    dead = [
        _play(*three, *(f"noise on {at}" for at in which), _ask("d", 3), _ask("a", 3))
        for which in ((2,), (1, 2), (0, 1, 2), (1,), (0,))
    ]
    old = [
        _play(_ask("a"), _back("a", back), _ask("b", now))
        for back, now in ((0, 99), (0, 100), (0, LARGEST), (5, 3), (5, 104), (5, 105))
    ]
    old += [_play(*three, _ask("d", now)) for now in (99, 100, 101, 102, 500)]
    looks = [_play(_ask("a"), "secret noise on 0", _back("a"), _ask("b", 0, look)) for look in ("quickly", "surely")]
    looks += [
        _play(*three, "secret noise on 1, noise on 2", _ask("d", 3, look), _ask("a", 3, look))
        for look in ("quickly", "surely")
    ]
    redials = [
        _play(_ask("a"), _back("a"), _ask("b"), f"b redials {dial}", "upstream answers", _back("b"))
        for dial in ("ok", "slow", "refused")
    ]
    failed = [
        _play(_ask("a"), _back("a"), "noise on 0", _ask("b", dial=dial), "upstream answers")
        for dial in ("ok", "slow", "refused")
    ]
    kinds = ("asks", "asks", "gives", "gives", "drops", "noise", "secret")
    drawn = [_drawn(random, kinds, 14) for _ in range(20)]
    return [
        *named(step, "lends again the one that came back last, to one request", again),
        *named(step, "passes over dead ones, and dials when all are dead", [*dead, *failed]),
        *named(step, "passes over those whose time is over", old),
        *named(step, "looks as closely as it is asked to", looks),
        *named(step, "a redialled connection is not a reused one", redials),
        *named(step, "does so under any schedule", drawn),
    ]


def _wait(random: Random) -> list[Case]:
    step = "step_4_wait"
    asks = [_ask(name) for name in NAMES]

    def one(*steps: str, connections: int = 1) -> Play:
        return _play(*steps, connections=connections)

    turns = [one(*asks, _back("a"), _back("b"), _back("c"), _back("d")), one(*asks, "a drops", "b drops", "c drops")]
    turns += [
        one(*asks, _back("a"), "b drops", _back("c"), connections=2),
        one(asks[0], _back("a"), asks[1], "b drops"),
    ]
    newcomer = [
        one(*asks[:2], f"{_back('a')}, {asks[2]}", _back("b")),
        one(*asks[:2], f"a drops, {asks[2]}, {asks[3]}", _back("b")),
    ]
    gone = [one(*asks[:3], "b cancels", _back("a")), one(*asks[:3], f"{_back('a')}, b cancels", _back("c"))]
    gone += [one(*asks, "a drops, b cancels, c cancels", _back("d")), one(*asks[:2], "b cancels", _back("a"), asks[2])]
    dials = [one(_ask("a", dial="slow"), _ask("b", dial="refused"), _ask("c"), "a cancels", _back("c"))]
    dials += [one(_ask("a", dial="slow"), _ask("b"), "upstream answers", _back("a"))]
    bounds = [one(*asks, _back("a"), connections=number) for number in (0, 1, 3, LARGEST)]
    kinds = ("asks", "asks", "asks", "gives", "drops", "cancels", "answers", "noise")
    drawn = [_drawn(random, kinds, 14, connections=random.randint(1, 2)) for _ in range(20)]
    return [
        *named(step, "a request beyond the bound waits, and is served in the order of coming", turns),
        *named(step, "a newcomer does not overtake", newcomer),
        *named(step, "a turn that nobody takes is the next one's", [*gone, *dials]),
        *named(step, "takes any bound", bounds),
        *named(step, "does so under any schedule", drawn),
        *named(step, "threads lose no connection", [Race(3, 4, 100, 6, 30)]),
    ]


def _drawn(random: Random, kinds: tuple[str, ...], length: int, connections: int = 20) -> Play:
    """Return a schedule within the idle time, so that what is too old plays no part."""
    steps: list[str] = []
    for now in range(length):
        name = random.choice(NAMES)
        dial = random.choice(("ok", "ok", "ok", "slow", "refused", "slow-refused"))
        steps.append(
            {
                "asks": _ask(name, now, random.choice(("quickly", "surely")), dial),
                "gives": _back(name, now),
                "drops": f"{name} drops",
                "redials": f"{name} redials {dial}",
                "cancels": f"{name} cancels",
                "answers": "upstream answers",
                "noise": f"noise on {random.randrange(4)}",
                "secret": f"secret noise on {random.randrange(4)}",
            }[random.choice(kinds)]
        )
        if len(steps) > 1 and random.random() < 0.2:
            last = steps.pop()
            steps[-1] = f"{steps[-1]}, {last}"
    return _play(*steps, connections=connections, idle=random.choice((1, 2, 4)))
