"""Cases for part 04: every event in every state, at the edges of every bound, and whole lives of connections.

A state machine without memory is known when each of its steps is, so the steps are listed and not drawn; the
numbers in them are drawn.
"""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

PROMISES = ("", " body", " persistent", " body persistent", " upgrade", " persistent upgrade")
ELSEWHERE = ("body-ended", "answer-ready delimited", "answer-ready open", "answer-ended", "switched")
SIDES = ("client", "upstream")
LARGEST = 2**64 - 1


class Step(Call, frozen=True):
    """`State::step` within bounds (`requests`, `head`, `discard`), from a state by an event; both in words."""

    requests: int
    head: int
    discard: int
    state: str
    event: str


class Story(Call, frozen=True):
    """A new connection within bounds, and every event of its life."""

    requests: int
    head: int
    discard: int
    events: list[str]


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_idle(random), *_reading_head(random), *_answering(random), *_tunnel(random)]


def _idle(random: Random) -> list[Case]:
    step = "step_1_idle"
    states = [f"idle {turns}" for turns in (1, 2, random.randint(3, 1000))]
    ends = ["timed-out client", "closed client", "stop-asked"]
    never = [*ELSEWHERE, *_heads(), "refused 400", "timed-out upstream", "closed upstream"]
    closed = [*ends, *never, "read 7"]
    lives = [["closed client", "read 7", "stop-asked"], ["stop-asked", "read 1"], ["timed-out client", "closed client"]]
    return [
        *named(step, "the first bytes begin a head, and take a turn", _steps(random, states, _reads(random))),
        *named(step, "ends silently, each end for its own reason", _steps(random, states, ends)),
        *named(
            step, "what cannot happen here closes the connection, and says what it was", _steps(random, states, never)
        ),
        *named(step, "a closed connection stays closed", _steps(random, ["closed"], closed)),
        *named(step, "a new connection has all of its turns", (_story(random, life) for life in lives)),
    ]


def _reading_head(random: Random) -> list[Case]:
    step = "step_2_reading_head"
    states = [f"reading-head {bytes_} {after}" for bytes_ in (1, 60, 100) for after in (0, 2)]
    reads = []
    for _ in range(12):
        head, bytes_ = random.randint(10, 20_000), random.randint(1, 10)
        for more in (0, 1, head - bytes_ - 1, head - bytes_, head - bytes_ + 1, head, LARGEST - 3, LARGEST):
            reads.append(Step(3, head, 50, f"reading-head {bytes_} {random.randint(0, 5)}", f"read {more}"))
    refusals = [
        "timed-out client",
        "closed client",
        *(f"refused {random.choice((400, 413, 414, 431, 501))}" for _ in "ab"),
    ]
    never = [*ELSEWHERE, "timed-out upstream", "closed upstream"]
    bodies = [f"reading-body {after} {how}" for after in (0, 2) for how in ("awaited", "delimited", "open")]
    return [
        *named(step, "counts the bytes of a head up to the bound", reads),
        *named(step, "goes on when the head has ended, as it promises", _steps(random, states, _heads())),
        *named(step, "refuses what went wrong", _steps(random, states, refusals)),
        *named(step, "a stop lets the head come, and none after it", _steps(random, states, ["stop-asked"])),
        *named(
            step, "what cannot happen here closes the connection, and says what it was", _steps(random, states, never)
        ),
        *named(step, "a body may come while the answer does", _steps(random, bodies, _all(random))),
    ]


def _answering(random: Random) -> list[Case]:
    step = "step_3_answering"
    states = [
        f"forwarding {after} stay {how}" for after in (0, 1, random.randint(2, 99)) for how in ("delimited", "open")
    ]
    # An upgrade that was asked for is forgotten when an answer has begun.
    states.append("forwarding 2 upgrade delimited")
    breaks = [f"{what} {side}" for what in ("timed-out", "closed") for side in SIDES]
    never = [*_heads(), "read 5", "body-ended", "answer-ready delimited", "switched", "refused 502"]
    waiting = [f"forwarding {after} {upgrade} awaited" for after in (0, 2) for upgrade in ("stay", "upgrade")]
    return [
        *named(
            step,
            "an answer that has ended leaves the connection idle, or draining",
            _steps(random, states, ["answer-ended"]),
        ),
        *named(step, "an answer that breaks off shows it", _steps(random, states, breaks)),
        *named(step, "a stop lets the answer end", _steps(random, states, ["stop-asked"])),
        *named(
            step, "what cannot happen here closes the connection, and says what it was", _steps(random, states, never)
        ),
        *named(step, "any answer may come while none has begun", _steps(random, waiting, _all(random))),
        *named(
            step,
            "what comes after the last answer is thrown away",
            _steps(random, ["draining 50", "draining 1"], _all(random)),
        ),
    ]


def _tunnel(random: Random) -> list[Case]:
    step = "step_4_tunnel"
    states = ["tunnel both", "tunnel client", "tunnel upstream"]
    ends = [f"closed {side}" for side in SIDES]
    goes_on = ["stop-asked", "read 5", "read 0"]
    never = [
        *_heads(),
        "body-ended",
        "answer-ready delimited",
        "answer-ready open",
        "answer-ended",
        "switched",
        "refused 400",
    ]
    return [
        *named(step, "passes the first end on, and closes at the second", _steps(random, states, ends)),
        *named(step, "a silent side closes it", _steps(random, states, [f"timed-out {side}" for side in SIDES])),
        *named(step, "bytes and a stop change nothing", _steps(random, states, goes_on)),
        *named(
            step, "what cannot happen here closes the connection, and says what it was", _steps(random, states, never)
        ),
    ]


def _steps(random: Random, states: list[str], events: list[str]) -> list[Step]:
    bounds = random.randint(1, 9), 100, random.randint(40, 60)
    return [Step(*bounds, state, event) for state in states for event in events]


def _story(random: Random, events: list[str]) -> Story:
    return Story(random.randint(1, 9), 100, 50, events)


def _heads() -> list[str]:
    return [f"head-ended{promise}" for promise in PROMISES]


def _reads(random: Random) -> list[str]:
    return ["read 0", "read 1", f"read {random.randint(2, 99)}", "read 100", "read 101", f"read {LARGEST}"]


def _all(random: Random) -> list[str]:
    both = [f"{what} {side}" for what in ("timed-out", "closed") for side in SIDES]
    return [*_reads(random), *_heads(), *ELSEWHERE, *both, "refused 400", "stop-asked", "read 49", "read 50", "read 51"]
