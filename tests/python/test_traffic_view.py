"""The traffic view: what the events say is what it shows, in pictures, tables and words; it stays small."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from proxylings import proxy
from proxylings.errors import CourseError
from proxylings.lab import Recording, journeys, record_traffic, show_traffic, traffic_view
from proxylings.lab.traffic_widget import TrafficView

SERVER = "http://127.0.0.1:9000"


def told(*events: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Give events as the proxy tells them: a kind, and its fields in the order of `FIELDS`."""
    return [
        {"event": kind, "at_us": at * 10, **dict(zip(FIELDS[kind], values, strict=True))}
        for at, (kind, *values) in enumerate(events)
    ]


FIELDS = {
    "connection": ("connection", "state"),
    "began": ("connection", "method", "target"),
    "judged": ("connection", "target", "status", "edits"),
    "cache": ("connection", "outcome", "target"),
    "pool": ("outcome", "link", "server", "connection"),
    "responding": ("connection", "status"),
    "request": ("connection", "method", "target", "status", "request_bytes", "response_bytes", "micros"),
    "refused": ("connection", "status", "reason"),
    "missed": ("count",),
}
MENU = (
    ("connection", 1, "ReadingHead"),
    ("began", 1, "GET", "/menu"),
    ("connection", 1, "Forwarding"),
    ("judged", 1, "/menu", None, [1, 2, 0]),
    ("cache", 1, "miss", "/menu"),
    ("pool", "opened", 1, SERVER, 1),
    ("responding", 1, 200),
    ("cache", 1, "stored", "/menu"),
    ("connection", 1, "Idle"),
    ("pool", "returned", 1, SERVER, 1),
    ("request", 1, "GET", "/menu", 200, 0, 5, 1340),
)
HIT = (
    ("connection", 2, "ReadingHead"),
    ("began", 2, "GET", "/menu"),
    ("judged", 2, "/menu", None, [0, 0, 1]),
    ("cache", 2, "hit", "/menu"),
    ("responding", 2, 200),
    ("request", 2, "GET", "/menu", 200, 0, 5, 90),
)


def shown(*events: tuple[Any, ...], at: int | None = None) -> dict[str, Any]:
    """Give the view of events."""
    known = journeys.read(told(*events))
    return traffic_view.view(known, len(known) if at is None else at)


def rows(view: dict[str, Any], figure: str) -> list[dict[str, str]]:
    """Give the table of a figure, each row by its heads."""
    (found,) = [one for one in view["figures"] if one["key"] == figure]
    return [dict(zip(found["heads"], row, strict=True)) for row in found["rows"]]


def test_a_request_is_shown_through_phases_cache_and_pool() -> None:
    first, second = rows(shown(*MENU, *HIT), "requests")
    assert first == {
        "no.": "1", "client": "1", "asks": "GET /menu", "head": "read", "admission": "passes",
        "shaping": "target, 2 changes", "finishing": "nothing", "cache": "miss, stored", "pool": "opened 1, returned",
        "answer": "200 in 1.3 ms",
    }  # fmt: skip
    assert (second["cache"], second["pool"], second["finishing"]) == ("hit", "", "1 change")


def test_connections_show_their_states_and_links_their_hands() -> None:
    again = (("pool", "reused", 1, SERVER, 2), ("pool", "discarded", 1, SERVER, None), ("connection", 1, "Closed"))
    table = rows(shown(*MENU, *again), "connections")
    assert table[0]["so far"] == "ReadingHead → Forwarding → Idle → Closed"
    assert table[1] == {
        "connection": f"{SERVER}, no. 1",
        "now": "closed",
        "so far": "opened for 1 → returned → reused for 2 → discarded",
    }


def test_the_counts_are_those_of_the_cache_and_the_pool() -> None:
    counted = {(row["part"], row["outcome"]): row["times"] for row in rows(shown(*MENU, *HIT), "counts")}
    assert {key: times for key, times in counted.items() if times != "0"} == {
        ("cache", "hit"): "1", ("cache", "miss"): "1", ("cache", "stored"): "1",
        ("pool", "opened"): "1", ("pool", "returned"): "1",
    }  # fmt: skip
    assert not any(row["part"] == "cache" for row in rows(shown(("pool", "opened", 1, SERVER, 1)), "counts"))


def test_a_step_shows_what_had_happened_by_then() -> None:
    for at, station, done in ((1, "head", {}), (2, "head", {"head": "read"}), (6, "pool", {"pool": "opened 1"})):
        (journey,) = journeys.follow(journeys.read(told(*MENU))[:at]).journeys
        assert (journey.station, journey.is_open) == (station, True), at
        assert journey.done.items() >= done.items(), at
    view = shown(*MENU, at=5)
    assert view["said"] == (
        "Event 5 of 11, after 40 µs: cache, for client 1: miss (there was none, and nobody was asking for it)"
    )
    assert rows(view, "requests")[0]["cache"] == "miss"
    assert (shown(*MENU, at=-3)["at"], shown(*MENU, at=99)["at"]) == (0, 11)
    assert "Nothing has happened yet" in shown(*MENU, at=0)["said"]


def test_an_answer_of_the_rules_ends_the_way_in_the_first_phase() -> None:
    view = shown(MENU[0], MENU[1], ("judged", 1, "/menu", 405, [0, 0, 0]), ("request", 1, "TRACE", "/", 405, 0, 9, 30))
    (row,) = rows(view, "requests")
    assert (row["admission"], row["answer"]) == ("answers 405", "405 in 30 µs")
    assert "shaping" not in row


def test_a_refused_head_and_a_client_that_leaves_are_requests_too() -> None:
    refused, left = rows(
        shown(MENU[0], ("refused", 1, 400, "no blank line"), ("connection", 2, "ReadingHead"),
              ("connection", 2, "Closed")),
        "requests",
    )  # fmt: skip
    assert (refused["asks"], refused["answer"]) == ("(no head yet)", "400: no blank line")
    assert left["answer"] == "none: the connection is closed"


def test_a_stream_with_holes_says_what_was_seen_in_part() -> None:
    view = shown(*MENU[:6], ("missed", 900), *MENU[6:], ("pool", "discarded", 7, SERVER, None))
    assert [row["no."] for row in rows(view, "requests")] == ["1*", "2*"]
    assert "900 more events that nobody could read" in view["note"]


def test_hostile_text_is_escaped_in_every_form() -> None:
    evil = '/<script>alert(1)</script>"\x1b[31m\u202e'
    view = shown(("began", 1, "GET", evil), ("refused", 1, 400, evil), ("pool", "opened", 1, f"http://{evil}", 1))
    html, text = traffic_view.to_html(view), traffic_view.to_text(view)
    assert "&lt;script&gt;" in html
    for bad in ("<script", "\x1b", "\u202e"):
        assert bad not in html, bad
        assert bad not in json.dumps(
            {**view, "figures": [one["picture"] + one["table"] for one in view["figures"]]}, ensure_ascii=False
        )
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_what_is_no_event_is_left_out_and_harms_nobody() -> None:
    nonsense: list[dict[str, Any]] = [
        {},
        {"event": 7},
        {"event": "pool", "outcome": "eaten"},
        {"event": "began", "connection": "x"},
    ]
    assert journeys.read([*nonsense, {"event": "differs", "at_us": 1}]) == []


def test_a_view_of_a_busy_proxy_stays_small_and_says_what_it_leaves_out() -> None:
    recording = Recording(keep=800)
    for number in range(10_000):
        for event in told(("connection", number, "ReadingHead"), ("began", number, "GET", "/" + "a" * 8000)):
            recording.add(event)
    view = show_traffic(recording)
    assert len(recording) == 800
    assert "Only the last 800 events are kept: 19200 before them are left out." in view.to_text()
    assert len(rows(view.view, "requests")) == traffic_view.ROWS
    assert "The table has the last 20 of 400 requests." in view.to_html()
    assert len(json.dumps(view.view)) < 60_000


def test_a_recording_is_saved_as_json_lines_and_read_again(tmp_path: Path) -> None:
    recording = Recording(told(*MENU), keep=10)
    path = recording.save(tmp_path / "traffic.jsonl")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0] == {"event": "recording", "version": 1, "left_out": 1}
    again = Recording.load(path)
    assert (again.events, again.left_out) == (recording.events, 1)
    assert repr(again) == "<recording: 1 requests, 10 events, 1 earlier ones left out>"
    assert show_traffic(path).to_text() == show_traffic(recording).to_text()


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"at_us": 1}', "[" * 100_000])
def test_a_file_that_is_no_recording_is_named_with_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(told(MENU[0])[0]) + "\n" + line + "\n")
    with pytest.raises(CourseError, match=r"line 2 of .*bad\.jsonl is no event"):
        Recording.load(path)
    with pytest.raises(CourseError, match="can't be read"):
        show_traffic(tmp_path / "none.jsonl")
    with pytest.raises(CourseError, match="no traffic in 'int'"):
        show_traffic(7)  # type: ignore[arg-type] # what a learner may write


def test_wishes_from_the_page_step_the_view_and_nonsense_does_not() -> None:
    view = show_traffic(Recording(told(*MENU)))
    for wish, at in (({"at": 3}, 3), ({"at": "x"}, 3), ({}, 3), ({"at": -1}, 0), ({"stop": True}, 0), ({"end": 1}, 11)):
        view._asked(None, wish, None)
        assert view.view["at"] == at, wish


def ask(url: str, *targets: str) -> None:
    """Send requests on one connection."""
    place = urlsplit(url)
    client = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    for target in targets:
        client.request("GET", target)
        client.getresponse().read()
    client.close()


def test_a_block_of_traffic_is_recorded_to_its_end() -> None:
    with proxy() as running:
        with record_traffic(running) as traffic:
            ask(running.url, "/bytes/1", "/status/404")
        ask(running.url, "/too-late")
    assert [(one.asks, one.status) for one in traffic.requests] == [("GET /bytes/1", 200), ("GET /status/404", 404)]
    assert [one.done["pool"] for one in traffic.requests] == ["opened 1, returned", "reused 1, returned"]
    assert [state for _, _, state in traffic.connections[0].states][-1] == "Closed"
    assert [outcome for _, outcome, _ in traffic.links[0].hands] == ["opened", "returned", "reused", "returned"]


def test_a_running_proxy_is_shown_as_it_runs_and_stays_when_it_has_stopped() -> None:
    with proxy() as running:
        view = show_traffic(running)
        assert isinstance(view, TrafficView)
        assert view.view["listening"] is True
        ask(running.url, "/bytes/1")
        view.wait()
    assert view.view["listening"] is False
    assert "No longer listening" in view.view["live"]
    assert rows(view.view, "requests")[0]["asks"] == "GET /bytes/1"
    assert len(view.recording) == view.view["count"]


def test_more_events_than_one_can_read_are_read_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proxylings.lab.recording._BREATH", 5)
    with proxy() as running:
        drawn: list[int] = []
        view = show_traffic(running)
        view.observe(lambda change: drawn.append(change["new"]["count"]), names="view")
        ask(running.url, *["/bytes/1"] * 20)
        view.wait()
    assert view.view["count"] > 100
    assert len(drawn) < 20, "it is drawn once a breath, and not once an event"
