"""Part 04 from Python: a story of events goes in, states and actions come out, and a slip is told in words."""

import pytest

from proxylings.errors import CourseError
from proxylings.lab.faces.connection import Event
from proxylings.lab.remote import reference


def test_a_request_and_its_answer() -> None:
    steps = reference.connection.steps([Event("Read", bytes=40), "HeadEnded", "AnswerReady", "AnswerEnded"], requests=2)
    assert [step.name for step in steps] == ["ReadingHead", "Forwarding", "Forwarding", "Idle"]
    assert steps[0].state == "ReadingHead { bytes: 40, after: 1 }"
    assert [step.action for step in steps] == ["Read", "Forward", "Answer { keep: true }", "Read"]


def test_a_time_out_means_another_thing_in_each_state() -> None:
    silence = Event("TimedOut", side="Client")
    assert [step.action for step in reference.connection.steps([silence])] == ["Close"]
    *_, last = reference.connection.steps(["Read", silence])
    assert (last.name, last.action) == ("Draining", "Refuse { status: 408, keep: false }")
    *_, last = reference.connection.steps(["Read", Event("HeadEnded", upgrade=True), "Switched", silence])
    assert (last.state, last.action) == ("Closed(Quiet)", "Close")


def test_what_cannot_happen_says_so() -> None:
    (step,) = reference.connection.steps(["BodyEnded"])
    assert step.state == 'Closed(Impossible { state: "Idle", event: BodyEnded })'
    assert step.name == "Closed"


@pytest.mark.parametrize(
    ("event", "says"),
    [("Raed", "Raed"), (Event("Read", bytes=-1), "bytes -1"), (Event("Closed", side="client"), "client")],  # type: ignore[arg-type]  # slips on purpose
)
def test_a_slip_is_told_in_words(event: Event, says: str) -> None:
    with pytest.raises(CourseError, match=says):
        reference.connection.steps([event])


def test_a_connection_without_a_request_is_refused() -> None:
    with pytest.raises(CourseError, match="requests is 0"):
        reference.connection.steps([], requests=0)
