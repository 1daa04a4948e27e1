"""Cases for part 11: who enters, listens and leaves before, during and after a stop; and a successor that may be late.

A case is a schedule: one step after another, and parts of a step at once.
"""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

NAMES = ("a", "b", "c")


class Stop(Call, frozen=True):
    """A gate and its controller, and what happens to them, in words."""

    steps: list[str]


class Restart(Call, frozen=True):
    """A handover and its successor, and what happens to them, in words."""

    steps: list[str]


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_enter(random), *_draining(random), *_drain(random), *_outcome(random)]


def _enter(random: Random) -> list[Case]:
    step = "step_1_enter"
    few = [
        ["a enters"],
        ["a enters", "b enters", "c enters"],
        ["a enters", "a leaves", "a enters"],
        ["a enters", "a asks"],
    ]
    drawn = []
    for _ in range(10):
        steps = [f"{random.choice(NAMES)} {random.choice(('enters', 'enters', 'leaves', 'asks'))}" for _ in range(8)]
        drawn.append(steps)
    return named(step, "lets in whoever comes, through each accept loop", map(Stop, [*few, *drawn]))


def _draining(random: Random) -> list[Case]:
    step = "step_2_draining"
    waits = [
        ["a enters", "a listens"],
        ["outside listens"],
        ["a enters", "b enters", "a listens", "b listens", "outside listens"],
    ]
    again = [
        ["a enters", *["a listens", "a forgets"] * 3, "a listens"],
        ["a enters", "a listens", "a leaves", "b enters"],
    ]
    gone = [[*steps, "controller goes"] for steps in (*waits, *again)] + [["a enters", "controller goes", "a listens"]]
    gone += [["outside listens", "a enters", "a listens", "a forgets", "controller goes"]]
    return [
        *named(step, "waits while nobody stops, and can be asked again", map(Stop, [*waits, *again])),
        *named(step, "ends when the controller is gone", map(Stop, gone)),
    ]


def _drain(random: Random) -> list[Case]:
    step = "step_3_drain"
    two = ["a enters", "b enters"]
    empty = [["stop begins", "a enters"], ["a enters", "a leaves", "stop begins"], ["outside listens", "stop begins"]]
    last = [[*two, "stop begins", "a leaves", "b leaves"], [*two, "stop begins", "a leaves, b leaves"]]
    last += [
        [*two, "stop begins", "c enters", "b leaves", "c enters", "a leaves"],
        ["a enters", "stop is made and kept", "b enters"],
    ]
    tells = [
        [*two, "a asks", "stop begins", "a asks", "b asks"],
        [*two, "a listens", "b listens", "stop begins", "a leaves"],
    ]
    tells += [[*two, "stop begins", "a listens", "outside listens", "a leaves", "b leaves"]]
    cut = [[*two, "deadline passes", "stop begins"], [*two, "stop begins", "deadline passes"]]
    cut += [[*two, "stop begins", "a leaves", "deadline passes", "b asks"], ["deadline passes", "stop begins"]]
    cut += [
        [*two, "stop begins", "a leaves, b leaves, deadline passes"],
        [*two, "stop begins", "deadline passes, a leaves, b leaves"],
    ]
    cut += [[*two, "stop begins", "deadline passes, a leaves"]]
    drawn = [_stop(random) for _ in range(25)]
    return [
        *named(step, "ends at once when nobody is inside", map(Stop, empty)),
        *named(step, "shuts the door, and waits for the last to leave", map(Stop, last)),
        *named(step, "tells everybody, inside and outside", map(Stop, tells)),
        *named(step, "the deadline cuts off who is left, and nobody else", map(Stop, cut)),
        *named(step, "stops under any schedule", map(Stop, drawn)),
    ]


def _outcome(random: Random) -> list[Case]:
    step = "step_4_outcome"
    good = [["waits", "ready"], ["ready", "waits"], ["waits", "ready", "deadline passes"], ["ready, waits"]]
    bad = [["successor goes", "waits"], ["waits", "successor goes"], ["waits", "successor goes", "deadline passes"]]
    late = [["waits", "deadline passes", "ready"], ["deadline passes", "waits", "ready"], ["waits", "deadline passes"]]
    late += [
        ["waits"],
        ["waits", "deadline passes", "successor goes"],
        ["handover goes", "ready"],
        ["waits", "handover goes", "ready"],
    ]
    both = [["waits", "ready, deadline passes"], ["waits", "deadline passes, ready"], ["ready, deadline passes, waits"]]
    both += [["waits", "successor goes, deadline passes"], ["deadline passes, successor goes, waits"]]
    meet = "waits for one that is ready at the deadline"
    both += [[meet, "deadline passes"], ["deadline passes", meet]]
    drawn = []
    for _ in range(12):
        steps = ["waits", *random.sample(["ready", "deadline passes", "successor goes"], 3)]
        random.shuffle(steps)
        joined = random.randrange(4)
        drawn.append([", ".join(steps[:joined]), *steps[joined:]] if joined > 1 else steps)
    return [
        *named(step, "hands over to a successor that is ready", map(Restart, good)),
        *named(step, "goes on when the successor fails or is late", map(Restart, [*bad, *late])),
        *named(step, "both sides agree, whatever comes at the same time", map(Restart, both)),
        *named(step, "does so under any schedule", map(Restart, drawn)),
    ]


def _stop(random: Random) -> list[str]:
    """Return a schedule with one stop; before it, and after it, anybody may do anything."""

    def happens() -> str:
        return f"{random.choice(NAMES)} {random.choice(('enters', 'enters', 'leaves', 'asks', 'listens', 'forgets'))}"

    before = [happens() for _ in range(random.randint(0, 7))]
    after = [happens() for _ in range(random.randint(0, 7))]
    after.insert(random.randrange(len(after) + 1), "deadline passes")
    if len(after) > 2 and random.random() < 0.5:
        after[:2] = [", ".join(after[:2])]
    return [*before, "stop begins", *after]
