"""`reference.pool`: scripts of requests that ask for connections."""

import pytest

from proxylings.errors import CourseError
from proxylings.lab.faces.pool import Counts, Event
from proxylings.lab.remote import reference


def test_a_connection_that_comes_back_serves_the_next_request() -> None:
    scene = reference.pool.scene(["lend a", "back a", "lend b"])
    assert scene.events == [Event("lend a", "a", 0, False), Event("lend b", "b", 0, True)]
    assert scene.counts == Counts(connects=1, reuses=1, discards=0, waits=0, idle=0, lent=1)


def test_a_request_waits_for_its_place_and_gets_it_in_turn() -> None:
    scene = reference.pool.scene(["lend a", "lend b", "lend c", "drop b", "back a"], connections=1)
    assert [(event.step, event.request, event.connection) for event in scene.events] == [
        ("lend a", "a", 0),
        ("lend b", "b", None),
        ("lend c", "c", None),
        ("back a", "c", 0),
    ]
    assert scene.counts.waits == 2


@pytest.mark.parametrize(
    "spoilt", [["drop a"], ["half read a", "back a"], ["back a", "hang up"], ["back a", "at 100 ms"]]
)
def test_a_connection_that_may_be_dirty_or_dead_is_not_lent_again(spoilt: list[str]) -> None:
    scene = reference.pool.scene(["lend a", *spoilt, "lend b"], idle_ms=100)
    assert scene.events[-1].connection == 1
    assert (scene.counts.connects, scene.counts.discards) == (2, 1)


def test_bad_input_says_what_to_do() -> None:
    for script, said in (
        (["borrow a"], "There is no step 'borrow a'"),
        (["back a"], "Request a has not asked"),
        (["lend a", "lend a"], "Request a has asked already"),
    ):
        with pytest.raises(CourseError, match=said):
            reference.pool.scene(script)
    with pytest.raises(CourseError, match="connections is 0"):
        reference.pool.scene([], connections=0)
