"""Cases for `keep_the_new_state`: lives of connections, from none of an event to many."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Live(Call, frozen=True):
    """`live`, with the events in words: `read 7`, `answered`, `left`."""

    events: list[str]


def cases(random: Random) -> list[Case]:
    """Return lives that end in each of the states, and lives that nobody would lead."""
    short = [[], ["read 7"], ["left"], ["answered"], ["read 0"]]
    pairs = [["read 7", "read 5"], ["read 7", "answered"], ["answered", "read 3"], ["left", "read 9"], ["left", "left"]]
    drawn = [[_event(random) for _ in range(random.randint(3, 40))] for _ in range(30)]
    stays = [[event for event in life if event != "left"] for life in drawn[:10]]
    return [
        *named("", "one event leads to the next state", map(Live, short)),
        *named("", "an event meets the state that the one before has left", map(Live, pairs)),
        *named("", "does so for any life", map(Live, [*drawn, *stays])),
    ]


def _event(random: Random) -> str:
    return random.choice(
        (f"read {random.randint(0, 9000)}", "answered", "answered", f"read {random.randint(1, 9)}", "left")
    )
