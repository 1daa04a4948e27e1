"""The panel without a browser: what it says of each verdict, and how saves, buttons and threads meet."""

import queue
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from proxylings import weave
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader import desk as operations
from proxylings.grader.verdict import StepResult, TestResult, Verdict
from proxylings.lab import map as lab_map
from proxylings.lab import panel as lab_panel
from proxylings.lab import panel_view
from proxylings.lab.panel import Panel
from tests.python.small_desk import DRILL, small_desk

LONGEST = 60
ANSWER = weave.answer(DRILL, {})
Shown = dict[str, Any]
Opener = Callable[[str], tuple[Panel, "queue.Queue[Shown]"]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = small_desk(tmp_path)
    monkeypatch.chdir(made.root / "notebooks")
    return made


@pytest.fixture
def opened(desk: Desk) -> Iterator[Opener]:
    """Open panels, and end their threads afterwards."""
    panels: list[Panel] = []

    def start(wanted: str) -> tuple[Panel, "queue.Queue[Shown]"]:
        views: queue.Queue[Shown] = queue.Queue()
        panel = Panel(desk, desk.exercise(wanted))
        panel.observe(lambda change: views.put(change["new"]), "view")
        panel.start()
        panels.append(panel)
        return panel, views

    yield start
    for panel in panels:
        panel.stop()


def until(views: "queue.Queue[Shown]", good: Callable[[Shown], object]) -> Shown:
    """Return the first view that is `good`."""
    while not good(view := views.get(timeout=LONGEST)):
        pass
    return view


def press(panel: Panel, what: str) -> None:
    panel._handle_custom_msg({"ask": what}, [])


def test_checks_on_save_and_turns_green(desk: Desk, opened: Opener) -> None:
    panel, views = opened("00-tour/greet")
    assert panel.view["mark"] == "idle"
    path = desk.source(desk.exercise("00-tour/greet"))
    path.write_text(weave.stub(DRILL) + "\n", encoding="utf-8")
    red = until(views, lambda view: view["mark"] == "fail")
    assert red["headline"] == "It does not compile yet: 1 error."
    assert red["told"] == ("No such name.",)
    assert "E0425" in red["diagnostics"]
    assert red["announce"].startswith("A name that does not exist: It does not compile yet")
    path.write_text(ANSWER, encoding="utf-8")
    green = until(views, lambda view: view["mark"] == "pass")
    assert green["headline"] == "Passed: 1 of 1 point."
    assert green["next"] == "Go on with From a buffer to a request (01-request)."


def test_an_answer_that_was_begun_is_checked_at_once(desk: Desk, opened: Opener) -> None:
    desk.source(desk.exercise("00-tour/greet")).write_text(ANSWER, encoding="utf-8")
    _, views = opened("00-tour/greet")
    until(views, lambda view: view["mark"] == "pass")


def test_a_save_during_a_check_drops_its_result(desk: Desk, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: queue.Queue[threading.Event] = queue.Queue()
    real = operations.check_and_record

    def slow(*arguments: Any, **options: Any) -> Verdict:
        verdict = real(*arguments, **options)
        go = threading.Event()
        entered.put(go)
        assert go.wait(LONGEST)
        return verdict

    monkeypatch.setattr(operations, "check_and_record", slow)
    panel, views = opened("00-tour/greet")
    panel.check()
    first = entered.get(timeout=LONGEST)
    for _ in range(5):
        panel.check()
    first.set()
    second = entered.get(timeout=LONGEST)
    assert all(view["mark"] == "idle" for view in list(views.queue))
    second.set()
    until(views, lambda view: view["mark"] == "fail")
    assert entered.empty(), "five saves during one check ask for one more check, not for five"


@pytest.mark.parametrize(
    ("error", "headline", "advice"),
    [
        (CourseError("There is no cargo.", "Install Rust."), "There is no cargo.", "Install Rust."),
        (KeyError("crates"), "The check itself failed: KeyError: 'crates'", "Your file is as it was."),
    ],
)
def test_what_goes_wrong_is_said_and_the_panel_lives_on(
    desk: Desk, opened: Opener, monkeypatch: pytest.MonkeyPatch, error: Exception, headline: str, advice: str
) -> None:
    def broken(*_: Any, **__: Any) -> Verdict:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(operations, "check_and_record", broken)
        panel, views = opened("00-tour/greet")
        press(panel, "check")
        view = until(views, lambda view: view["mark"] == "problem")
    assert view["headline"] == headline
    assert view["next"].startswith(advice)
    press(panel, "check")
    until(views, lambda view: view["mark"] == "fail")


def test_a_newer_panel_takes_the_place_of_the_older(desk: Desk, opened: Opener) -> None:
    older, views = opened("00-tour/greet")
    newer, _ = opened("00-tour/greet")
    assert until(views, lambda view: not view["live"])
    assert newer.view["live"]
    press(older, "hint")
    assert older.view["hints"] == ()


def test_buttons_open_hints_and_the_solution_and_reset(desk: Desk, opened: Opener) -> None:
    panel, views = opened("00-tour/greet")
    press(panel, "hint")
    assert panel.view["hints"] == ("a question?",)
    press(panel, "solution")
    assert panel.view["solution"] == ANSWER
    desk.source(desk.exercise("00-tour/greet")).write_text("mine", encoding="utf-8")
    press(panel, "reset")
    assert panel.view["note"].startswith("The stub is back. Your version is kept in .proxylings/backups/")
    until(views, lambda view: view["mark"] == "fail")
    assert panel.view["note"]
    press(panel, "nonsense")


def test_both_static_forms_tell_title_file_steps_and_state(desk: Desk) -> None:
    panel = Panel(desk, desk.exercise("01-request"))
    data, _ = panel._repr_mimebundle_()
    for form in ("text/html", "text/plain"):
        for words in (
            "From a buffer to a request",
            "exercises/01-request/src/lib.rs",
            "1. Cut the head off",
            "Not started.",
        ):
            assert words in data[form]


def part_verdict(*tests: TestResult) -> Verdict:
    steps = (StepResult("step_1_cut", "Cut the head off", 0, 6), StepResult("step_2_parse", "Move the bytes", 0, 4))
    return Verdict(exercise="01-request", status="fail", max_points=10, steps=steps, tests=tests)


def view_of(desk: Desk, *tests: TestResult) -> panel_view.View:
    return panel_view.after(desk, desk.exercise("01-request"), part_verdict(*tests))


def test_only_the_first_red_test_is_unfolded(desk: Desk) -> None:
    view = view_of(
        desk,
        TestResult("takes_a_head", "step_1_cut", "pass"),
        TestResult("keeps_a_crumb", "step_1_cut", "fail", "expected: 1", "tests/parts/01_request.rs:9"),
        TestResult("moves_it", "step_2_parse", "timeout", "The test was stopped."),
    )
    assert view.headline == "1 of 3 tests pass. 0 of 10 points."
    assert view.next == "Step 1: make the first red test pass: keeps a crumb."
    assert [(test.name, test.said, test.first) for step in view.steps for test in step.tests] == [
        ("takes a head", "passed", False),
        ("keeps a crumb", "failed", True),
        ("moves it", "did not end", False),
    ]


def test_a_todo_is_work_to_do_and_not_a_failure(desk: Desk) -> None:
    view = view_of(desk, TestResult("takes_a_head", "step_1_cut", "fail", "not yet implemented: split the buffer"))
    assert (view.mark, view.next) == ("todo", "Step 1: split the buffer.")
    assert view.steps[0].tests[0].said == "to do"


def test_what_a_learner_printed_is_plain_and_cut(desk: Desk) -> None:
    nasty = "not yet implemented: \x1b]0;owned\x07a\u202eb\x00" + "x" * 10_000
    view = view_of(desk, TestResult("takes_a_head", "step_1_cut", "fail", nasty, nasty, nasty))
    test = view.steps[0].tests[0]
    for text in (view.next, view.announce, test.message, test.place, test.output):
        assert "owned" not in text
        assert not re.search("[\x00-\x08\x1b\u202e]", text)
    assert len(test.output) == 500
    assert len(test.message) <= 8_000


@pytest.mark.parametrize(
    ("status", "words"),
    [("timeout", "why this test never ends"), ("crashed", "why this test crashes")],
)
def test_the_next_move_fits_the_way_it_failed(desk: Desk, status: Any, words: str) -> None:
    assert words in view_of(desk, TestResult("takes_a_head", "step_1_cut", status, "It stopped.")).next


def test_the_map_lights_the_chapters_part_and_marks_what_passed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def state_of(name: str) -> tuple[str, bool]:
        way, beside = lab_map.stations(desk, "01-request")
        return next((station.state, station.lit) for station in [*way, *beside] if station.name == name)

    assert state_of("request") == ("reference", True)
    assert state_of("headers") == ("later", False)
    assert state_of("accept") == ("given", False)

    def passed(_: Desk, exercise: Exercise) -> bool:
        return exercise.id == "01-request"

    monkeypatch.setattr(operations, "has_passed", passed)
    assert state_of("request") == ("yours", True)
    shown = lab_map.proxy_map("01-request")
    assert "3. request: reads one request out of the bytes (this chapter, yours)" in shown.text
    drawing = ElementTree.fromstring(shown.html[shown.html.index("<svg") : shown.html.index("</svg>") + 6])
    namespace = "{http://www.w3.org/2000/svg}"
    title = drawing.find(f"{namespace}title")
    assert title is not None
    assert title.text == "The way of a request through the proxy; this chapter builds request"
    names = [text.text for text in drawing.iter(f"{namespace}text") if text.get("class") == "pxl-name"]
    assert len(names) == 15


def test_the_jupyter_path_is_empty_when_the_server_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lab_panel, "jupyter_runtime_dir", lambda: str(tmp_path))
    monkeypatch.setenv("JPY_PARENT_PID", "42")
    assert lab_panel._lab_path(tmp_path / "exercises" / "x.rs") == ""
    (tmp_path / "jpserver-42.json").write_text(f'{{"root_dir": "{tmp_path}"}}', encoding="utf-8")
    assert lab_panel._lab_path(tmp_path / "exercises" / "x.rs") == "exercises/x.rs"
