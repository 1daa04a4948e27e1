"""Cases for part 07: requests in a given order, keys and where they go, and threads whose tallies must add up.

Three wrong answers fail only when one thread is stopped between a look and a change, and no order of whole calls shows
that. In `Race` a thread is stopped over and over, wherever it happens to be, and the other makes a whole call.
"""

from collections import Counter
from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

MOST = 2**64 - 1
POLICIES = ("turns", "fewest", "key")
# How far a server's share of the keys may be from the fair one.
_UNFAIR = 0.3


class Play(Call, frozen=True):
    """A balancer, and who does what, one after the other: picks, succeeds, fails, or goes without an outcome."""

    servers: int
    policy: str
    failures: int
    for_ms: int
    steps: list[str]


class Keys(Call, frozen=True):
    """By key: where the keys go, and where they go at `at_ms` when server `away` was ejected until 100 ms."""

    servers: int
    keys: int
    away: int | None
    at_ms: int


class Rehearse(Call, frozen=True):
    """`rehearse`, with so many threads, each of which picks so often."""

    servers: int
    policy: str
    threads: int
    picks: int


class Race(Call, frozen=True):
    """Two threads, one of which is stopped in the middle: turns and counts, failures, or probes of one server."""

    what: str


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_count(random), *_threads(random), *_eject(random), *_probe(random)]


def judge(call: Call, got: str, expected: str) -> str:
    """Say what is wrong. Which server a key goes to is free; that it stays there, and that all have some, is not."""
    if not isinstance(call, Keys):
        return "" if got == expected else "Another outcome is right."
    before, after = ([int(word) for word in part.split()] for part in got.replace("none", "-1").split(" then "))
    counts, fair = Counter(before), call.keys / call.servers
    if any(abs(counts[server] - fair) > fair * _UNFAIR for server in range(call.servers)):
        return "The keys are not spread over all servers alike."
    moved = {(one, other) for one, other in zip(before, after, strict=True) if one != other}
    if call.away is None or call.at_ms >= 100:
        return "Each key goes to the same server every time." if moved else ""
    if any(one != call.away for one, _ in moved) or call.away in after:
        return "The keys of the server that is away go elsewhere, and no others do."
    heirs = {other for _, other in moved}
    others = set(range(call.servers)) - {call.away}
    return "" if heirs == others else "The keys of the server that is away spread over all others."


def _count(random: Random) -> list[Case]:
    step = "step_1_count"
    turns = [_play(servers, "turns", _short(7)) for servers in (1, 2, 3, 5)]
    busy = [
        _play(2, "turns", ["a picks", "b picks", "c picks", "b goes", "d picks", "a succeeds", "c succeeds"]),
        _play(1, "fewest", ["a picks", "b picks", "a goes", "b succeeds"]),
        _play(1, "key", ["a picks", "b picks", "c picks", "b goes", "c succeeds", "a goes"]),
    ]
    six = [f"{who} picks" for who in "abcdef"]
    fewest = [_play(3, "fewest", [*six, f"{one} goes", "g picks", f"{two} goes", "h picks"])
              for one in "abcdef" for two in "abcdef" if one != two][::6]  # fmt: skip
    fewest += [_play(3, "fewest", _short(7))]
    avoid = [
        _play(servers, policy, [f"{who} picks avoiding {tried}" for who in "abcd"])
        for policy, servers, tried in (("turns", 3, 1), ("fewest", 3, 0), ("fewest", 2, 1), ("key", 2, 0))
    ]
    nobody = [_play(1, policy, ["a picks avoiding 0", "b picks", "c picks avoiding 0"]) for policy in POLICIES]
    nobody += [_play(0, policy, ["a picks"]) for policy in POLICIES]
    drawn = [_drawn(random, policy, 0, ("goes", "succeeds")) for policy in POLICIES for _ in range(4)]
    return [
        *named(step, "servers take turns, from the first one on", turns),
        *named(step, "a server is busy until its picks end, and each pick counts", busy),
        *named(step, "the server with the fewest requests is preferred", fewest),
        *named(step, "another server than the one that was tried", avoid),
        *named(step, "none when there is no other", nobody),
        *named(step, "any requests in any order", drawn),
        *named(step, "a key has its server, and each server its share", [Keys(n, 3000, None, 0) for n in (1, 2, 4)]),
        *named(step, "no turn of two threads is the same, and no count gets lost", [Race("counts")]),
    ]


def _threads(random: Random) -> list[Case]:
    step = "step_2_threads"
    few = [Rehearse(3, "turns", 3, 5), Rehearse(2, "turns", 1, 2), Rehearse(2, "turns", 0, 100)]
    few += [Rehearse(2, "key", 4, 0), Rehearse(1, "fewest", 2, 1)]
    long = [Rehearse(random.randint(2, 5), policy, 4, random.randint(8_000, 10_000)) for policy in POLICIES]
    drawn = [
        Rehearse(random.randint(1, 6), random.choice(POLICIES), random.randint(1, 6), random.randint(1, 400))
        for _ in range(5)
    ]
    return [
        *named(step, "every thread makes all of its picks", few),
        *named(step, "all threads have ended when it returns", long),
        *named(step, "so many threads, so many picks", drawn),
    ]


def _eject(random: Random) -> list[Case]:
    step = "step_3_eject"
    rows = [
        _play(1, "turns", ["a picks", "a fails at 7", "b picks at 8", "b fails at 9", "c picks at 106"], limit=limit)
        for limit in (0, 1, 2, 3)
    ]
    rows.append(_play(1, "turns", [f"a {does}" for _ in range(9) for does in ("picks", "fails")], limit=5))
    new_row = ["a picks", "a fails", "b picks", "b succeeds"] * 3
    no_news = ["a picks", "a fails", "b picks", "b goes", "c picks", "c fails"]
    many = [f"{who} picks" for who in "abcdef"]
    late = [
        [*many, "a fails", "b fails", "c fails at 50", "d succeeds", "e goes", "f fails at 99", "g picks at 99"],
        [*many, "a fails", "b succeeds", "c fails at 5", "d fails at 6", "e fails at 7", "f fails at 8"],
    ]
    away = ["a picks", "b picks", "c picks", "b fails at 0", *(f"{who} picks at 99" for who in "defghijk")]
    ends = [_play(1, "turns", ["a picks", f"a fails at {at}", f"b picks at {2**61}"], limit=1, for_ms=for_ms)
            for at, for_ms in ((5, MOST), (MOST, 100), (MOST, MOST), (2**62 - 2, 1))]  # fmt: skip
    drawn = [
        _drawn(random, policy, random.randint(1, 4), ("goes", "succeeds", "fails", "fails"))
        for policy in POLICIES
        for _ in range(5)
    ]
    return [
        *named(step, "failures in a row send a server away", rows),
        *named(step, "a success begins a new row", [_play(1, "turns", new_row)]),
        *named(step, "no outcome is no news", [_play(1, "turns", no_news)]),
        *named(step, "late outcomes change nothing", [_play(1, "turns", one) for one in late]),
        *named(step, "the others take its turns", [_play(3, policy, away, limit=1) for policy in ("turns", "fewest")]),
        *named(step, "its keys spread over the others, and no other key moves",
               [Keys(4, 2000, away, 99) for away in (0, 3)]),
        *named(step, "a time without an end is no accident", ends),
        *named(step, "any requests in any order", drawn),
        *named(step, "no failure of two threads gets lost", [Race("failures")]),
    ]  # fmt: skip


def _probe(random: Random) -> list[Case]:
    step = "step_4_probe"
    gone = ["x picks", "y picks", "z picks", "w picks", "x fails", "y fails"]
    one = ["a picks at 99", "a picks at 100", "b picks at 100", "c picks at 500"]
    ends = [
        [*one, "a succeeds", "b picks at 100", "c picks at 100"],
        [*one, "a fails at 170", "b picks at 269", "c picks at 270"],
        [*one, "a goes", "b picks at 100", "c picks at 101", "b succeeds", "d picks at 101"],
        [*one, "z fails at 100", "w succeeds", "a succeeds", "b picks at 100"],
        [*one, "a succeeds", "z fails at 101", "b picks at 101", "b fails at 102", "c picks at 102"],
        [*one, "z succeeds", "w fails at 101", "a fails at 101", "b picks at 201", "b goes", "b picks at 201"],
    ]
    tried = ["a picks", "b picks", "c picks", "a fails", "d picks at 99", "e picks at 99", "f picks at 100",
             "g picks at 100", "h picks at 100", "f succeeds", "i picks at 100"]  # fmt: skip
    drawn = [
        _drawn(random, policy, random.randint(1, 2), ("goes", "succeeds", "fails", "fails"), hurry=60)
        for policy in POLICIES
        for _ in range(6)
    ]
    return [
        *named(step, "one request tries a server whose time is over", [_play(1, p, [*gone, *one]) for p in POLICIES]),
        *named(step, "how the probe ends decides", [_play(1, "turns", [*gone, *end]) for end in ends]),
        *named(step, "others serve meanwhile", [_play(3, p, tried, limit=1) for p in ("turns", "fewest")]),
        *named(step, "the keys of a server come home", [Keys(4, 1000, away, 100) for away in (1, 2)]),
        *named(step, "any requests in any order", drawn),
        *named(step, "of two threads, one is the probe", [Race("probes")]),
    ]


def _play(servers: int, policy: str, steps: list[str], *, limit: int = 2, for_ms: int = 100) -> Play:
    return Play(servers, policy, limit, for_ms, steps)


def _short(count: int) -> list[str]:
    """Return requests that end before the next one comes."""
    return [f"a {does}" for _ in range(count) for does in ("picks", "goes")]


def _drawn(random: Random, policy: str, limit: int, outcomes: tuple[str, ...], hurry: int = 0) -> Play:
    """Return what a few workers do; `hurry` is how far the clock may go on in a step."""
    servers = 1 if policy == "key" else random.randint(1, 4)
    busy: set[str] = set()
    steps, now = [], 0
    for _ in range(random.randint(10, 40)):
        now += random.randint(0, hurry)
        who = random.choice("abcdef")
        if who in busy:
            busy.discard(who)
            outcome = random.choice(outcomes)
            steps.append(f"{who} {outcome} at {now}" if outcome == "fails" else f"{who} {outcome}")
        else:
            busy.add(who)
            avoiding = f" avoiding {random.randrange(servers)}" if random.random() < 0.2 else ""
            steps.append(f"{who} picks at {now}{avoiding}")
    return _play(servers, policy, steps, limit=limit)
