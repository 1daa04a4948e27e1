"""The state stepper: what it says is what the part says, and stepping back is as good as never having stepped."""

import http.client
from urllib.parse import urlsplit

import pytest

from proxylings import proxy
from proxylings.errors import CourseError, LearnerCodeError
from proxylings.lab import reference, states, stepper
from proxylings.lab.faces.connection import ConnectionPart, Step
from proxylings.lab.states import Moment

PART = reference.connection


def test_a_story_tells_the_state_its_data_and_the_action() -> None:
    story = states.story(PART, ["Read: 100 bytes", "HeadEnded: a body follows"])
    last = story.moments[-1]
    assert (last.name, last.action) == ("ReadingBody", "Forward")
    assert last.data == [("after", "1"), ("answer", "Awaited")]
    assert Moment("", "Closed(Refused(431))", "Close").data == [("", "Refused(431)")]


def test_what_is_said_to_be_possible_is_possible_and_the_rest_is_not() -> None:
    story = states.story(PART, ["Read: 100 bytes", "HeadEnded: wants an upgrade"])
    for found in story.nexts():
        after = states.Story(PART, list(story.moments)).tell(found.event)
        assert found.possible == (not after.impossible), found
        assert found.moment == after
    assert states.story(PART, ["StopAsked"]).nexts() == []


def test_stepping_back_is_as_good_as_never_having_stepped() -> None:
    story = states.story(PART, ["Read: 100 bytes"])
    before = list(story.moments)
    story.tell("HeadEnded: no body")
    story.back()
    assert story.moments == before
    story.back()
    story.back()
    assert [moment.name for moment in story.moments] == ["Idle"]


def test_the_table_holds_every_state_and_no_impossible_step() -> None:
    table = states.table(PART)
    assert set(table.rows) == {"Idle", "ReadingHead", "ReadingBody", "Forwarding", "Draining", "Tunnel", "Closed"}
    assert table.rows["Closed"] == {}
    assert table.rows["Idle"]["Read: 100 bytes"] == ("ReadingHead",)
    assert table.rows["Forwarding"]["Switched"] == ("Forwarding", "Tunnel")
    assert "BodyEnded" not in table.rows["Idle"]
    assert ("Forwarding", "Idle") in table.edges


def test_an_unknown_event_is_named_with_those_that_there_are() -> None:
    with pytest.raises(CourseError, match="There is no event 'Reed'") as error:
        stepper.step_states(PART, ["Reed"])
    assert "Read: 100 bytes" in error.value.hint


def test_wishes_from_the_page_move_the_story_and_nonsense_does_not() -> None:
    widget = stepper.step_states(PART)
    for wish, state in (
        ({"tell": "Read: 100 bytes"}, "ReadingHead"),
        ({"tell": "no such event"}, "ReadingHead"),
        ({"connection": 7}, "ReadingHead"),
        ({"tell": "BodyEnded"}, "Closed"),
        ({"back": True}, "ReadingHead"),
        ({"again": True}, "Idle"),
    ):
        widget._asked(None, wish, None)
        assert widget.view["moments"][-1]["name"] == state, wish
    assert "Impossible" not in widget.to_html()
    assert "Read: 100 bytes" in widget.to_text()


def test_a_part_that_fails_has_a_few_words_on_each_button_and_all_of_them_after_a_click() -> None:
    class Unfinished(ConnectionPart):
        def steps(self, *_: object, **__: object) -> list[Step]:
            raise LearnerCodeError("This is still to do: match the event, and say what each of the ten means")

    widget = stepper.step_states(Unfinished(lambda *_: None))
    told = [choice["told"] for choice in widget.view["choices"]]
    assert set(told) == {"the part fails: This is still to do: …"}
    widget._asked(None, {"tell": "StopAsked"}, None)
    assert "what each of the ten means" in widget.view["problem"]
    assert widget.view["moments"][-1]["name"] == "Idle"


def test_a_running_proxys_connections_are_watched() -> None:
    with proxy() as running:
        watcher = stepper.watch_states(running, PART, seconds=0.5)
        assert "No connection yet" in watcher.to_text()
        place = urlsplit(running.url)
        client = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
        client.request("GET", "/")
        client.getresponse().read()
        client.close()
        watcher.wait()
    names = [moment["name"] for moment in watcher.view["moments"]]
    assert names[:2] == ["ReadingHead", "Forwarding"]
    assert names[-1] == "Closed"
    assert watcher.view["connections"] == [{"number": 1, "state": "Closed"}]
