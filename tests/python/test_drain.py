"""Part 11 from Python: a stop in slow motion, and every way in which a restart can end."""

import pytest

from proxylings.errors import CourseError
from proxylings.lab import reference
from proxylings.lab.faces.drain import Moment, Restart


def test_a_stop_waits_for_the_last_to_leave() -> None:
    assert reference.drain.play(["enter", "enter", "leave 0", "drain", "enter", "leave 1"]) == [
        Moment("enter", 0, "open"),
        Moment("enter", 1, "open"),
        Moment("leave 0", None, "open"),
        Moment("drain", None, "draining"),
        Moment("enter", None, "draining"),
        Moment("leave 1", None, "all"),
    ]


def test_the_deadline_cuts_off_who_is_left() -> None:
    moments = reference.drain.play(["enter", "enter", "drain", "deadline", "leave 0"])
    assert [(moment.stop, moment.left) for moment in moments[2:]] == [("draining", None), ("cut", 2), ("cut", 2)]
    assert reference.drain.play(["drain"]) == [Moment("drain", None, "all")]
    assert reference.drain.play([]) == []


@pytest.mark.parametrize("step", ["", "stop", "leave", "leave x", "leave -1", "enter 1"])
def test_a_step_that_does_not_exist_is_told(step: str) -> None:
    with pytest.raises(CourseError, match="There is no step"):
        reference.drain.play([step])


def test_every_end_of_a_restart() -> None:
    assert reference.drain.hand_over("ready") == Restart("takes over", heard=True)
    assert reference.drain.hand_over("ready", "after") == Restart("takes over", heard=True)
    assert reference.drain.hand_over("ready", "before") == Restart("too late", heard=False)
    assert reference.drain.hand_over("fails") == Restart("failed")
    assert reference.drain.hand_over("silent", "after") == Restart("too late")
    assert reference.drain.hand_over("silent") == Restart(None)
