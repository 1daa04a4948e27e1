"""What a panel says about an exercise, as plain values: the words, the marks, and the order of things.

Owns every sentence that the panel shows. Knows nothing of widgets and threads; panel.js lays the values out.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from proxylings import state
from proxylings.course import Desk, Exercise
from proxylings.grader import desk as operations
from proxylings.grader.text import LONGEST_TEXT, excerpt, one_line, plain, sentence
from proxylings.grader.verdict import TestResult, Verdict
from proxylings.lab import diagnostics
from proxylings.lab.markdown import escape
from proxylings.toolchain import Diagnostic

Mark = Literal["idle", "busy", "pass", "fail", "todo", "problem"]
SIGNS: dict[Mark, str] = {"idle": "○", "busy": "…", "pass": "✓", "fail": "✗", "todo": "○", "problem": "!"}
_TODO = "not yet implemented"


class TestView(msgspec.Struct, frozen=True):
    """One test: its name as a sentence, and what it says when it is red."""

    __test__ = False  # not a test class of pytest's

    name: str
    mark: Mark
    said: str
    message: str = ""
    place: str = ""
    output: str = ""
    first: bool = False


class StepView(msgspec.Struct, frozen=True):
    """One step of a part, or the whole of a drill (without a title)."""

    title: str
    mark: Mark
    points: str
    tests: tuple[TestView, ...] = ()


class View(msgspec.Struct, frozen=True):
    """All that a panel shows. `live` is false when another panel has taken its place."""

    id: str
    title: str
    kind: str
    facts: str
    file: str
    mark: Mark
    headline: str
    next: str
    message: str = ""
    diagnostics: str = ""
    told: tuple[str, ...] = ()
    steps: tuple[StepView, ...] = ()
    hints: tuple[str, ...] = ()
    solution: str = ""
    solution_open: bool = False
    advice: str = ""
    note: str = ""
    busy: str = ""
    done: int = 0
    total: int = 0
    announce: str = ""
    serial: int = 0
    open: str = ""
    live: bool = True


def before(desk: Desk, exercise: Exercise) -> View:
    """Return what is known without a check: the exercise, and how far it is."""
    progress = state.read(desk, exercise)
    steps = tuple(
        StepView(f"{number}. {step.title}", "todo", f"{step.minutes} min, {_points(step.points)}")
        for number, step in enumerate(exercise.steps, start=1)
    )
    view = View(
        id=exercise.id,
        title=exercise.title,
        kind="Part" if exercise.kind == "part" else "Drill",
        facts=f"{exercise.minutes} min · {_points(exercise.points)}",
        file=desk.shown(desk.source(exercise)),
        mark="idle",
        headline="Not started." if progress.status == "not started" else "Not checked yet since it was opened here.",
        next=_first_move(desk, exercise),
        steps=steps,
        hints=operations.opened_hints(desk, exercise),
        solution_open=bool(progress.passed),
    )
    if not operations.has_passed(desk, exercise):
        return view
    done = tuple(msgspec.structs.replace(step, mark="pass") for step in steps)
    return msgspec.structs.replace(
        view, mark="pass", headline=_passed(exercise), next=_after(desk, exercise), steps=done
    )


def after(desk: Desk, exercise: Exercise, verdict: Verdict) -> View:
    """Return what a finished check says."""
    view = before(desk, exercise)
    errors = [diagnostic for diagnostic in verdict.diagnostics if diagnostic.is_error]
    drawn = diagnostics.to_html(verdict.diagnostics)
    headline = _headline(exercise, verdict, len(errors))
    going = _next(desk, exercise, verdict, errors)
    going = going[:1].upper() + going[1:]
    return msgspec.structs.replace(
        view,
        mark=_verdict_mark(verdict),
        headline=headline,
        next=going,
        message="" if drawn and verdict.status == "error" else excerpt(verdict.message, LONGEST_TEXT),
        diagnostics=drawn,
        told=verdict.hints,
        steps=_steps(view, verdict) if verdict.tests else view.steps,
        announce=f"{exercise.title}: {headline} {going}",
    )


def to_html(view: View) -> str:
    """Return the static form of a panel."""
    steps = "".join(
        f"<li>{SIGNS[step.mark]} {escape(step.title)} <span class='pxl-small'>{escape(step.points)}</span></li>"
        for step in view.steps
        if step.title
    )
    return (
        f"<p><strong>{view.kind}: {escape(view.title)}</strong> <span class='pxl-small'>{escape(view.facts)}</span></p>"
        f"<p>Your file: <code>{escape(view.file)}</code></p>"
        f"<p class='pxl-told'>{SIGNS[view.mark]} {escape(view.headline)}</p>"
        f"<p>Next: {escape(view.next)}</p>" + (f"<ul>{steps}</ul>" if steps else "")
    )


def to_text(view: View) -> str:
    """Return the panel as plain text."""
    lines = [f"{view.kind}: {view.title} ({view.facts})", f"Your file: {view.file}"]
    lines += [f"{SIGNS[view.mark]} {view.headline}", f"Next: {view.next}"]
    lines += [f"  {SIGNS[step.mark]} {step.title} ({step.points})" for step in view.steps if step.title]
    return "\n".join(lines)


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


def _passed(exercise: Exercise) -> str:
    return f"Passed: {exercise.points} of {_points(exercise.points)}."


def _verdict_mark(verdict: Verdict) -> Mark:
    if verdict.status == "refused":
        return "problem"
    return _mark([_test(test, False) for test in verdict.tests]) if verdict.tests else "fail"


def _headline(exercise: Exercise, verdict: Verdict, errors: int) -> str:
    if verdict.passed:
        return _passed(exercise)
    if verdict.status == "error":
        count = f": {errors} error{'s' if errors > 1 else ''}" if errors else ""
        return f"It does not compile yet{count}."
    if verdict.status == "refused":
        return "There was nothing to check."
    green = sum(test.status == "pass" for test in verdict.tests)
    earned = f" {verdict.points} of {_points(verdict.max_points)}." if exercise.steps else ""
    if len(verdict.tests) == 1:
        return f"The test does not pass yet.{earned}"
    return f"{green} of {len(verdict.tests)} tests pass.{earned}"


def _first_move(desk: Desk, exercise: Exercise) -> str:
    file = desk.shown(desk.source(exercise))
    if exercise.stub == "todo":
        return f"Open {file}, write what the first todo!(…) asks for, and save. The check runs by itself."
    if exercise.stub.startswith("E"):
        return f"Open {file} and read it. Check now shows what the compiler says; then mend it and save."
    return f"Open {file} and read it. Check now shows which test fails; then mend it and save."


def _next(desk: Desk, exercise: Exercise, verdict: Verdict, errors: Sequence[Diagnostic]) -> str:
    """Return the one thing to do now."""
    if verdict.passed:
        return _after(desk, exercise)
    if verdict.status == "refused":
        return "Reset brings the stub back."
    if verdict.status == "error":
        return _mend(desk, exercise, verdict, errors)
    red = verdict.first_failure
    assert red is not None
    step = next((f"Step {at}: " for at, step in enumerate(exercise.steps, start=1) if step.id == red.task), "")
    if red.message.startswith(_TODO):
        task = one_line(red.message.removeprefix(_TODO).removeprefix(": "))
        return f"{step}{task or 'replace the todo!()'}."
    if red.status == "timeout":
        return f"{step}find out why this test never ends: {sentence(red.name)}."
    if red.status == "crashed":
        return f"{step}find out why this test crashes: {sentence(red.name)}."
    return f"{step}make the first red test pass: {sentence(red.name)}."


def _mend(desk: Desk, exercise: Exercise, verdict: Verdict, errors: Sequence[Diagnostic]) -> str:
    """Return what to do about an answer that does not compile."""
    place = next((span for error in errors for span in error.spans if span.is_primary), None)
    if place is None:
        unreadable = any("valid UTF-8" in diagnostic.message for diagnostic in verdict.diagnostics)
        return "Save the file as UTF-8: your editor can." if unreadable else "Read the message below."
    if exercise.kind == "part" and place.file_name == desk.shown(desk.tests(exercise)):
        return "The tests don't find what they need in your file. Has a `pub fn` gone, or changed its signature?"
    return f"Begin with the first message: {place.file_name}, line {place.line_start}."


def _after(desk: Desk, exercise: Exercise) -> str:
    """Return where to go from an exercise that has passed."""
    runs = "Your part now runs in the proxy, in place of the reference. " if exercise.kind == "part" else ""
    left = desk.exercises[desk.exercises.index(exercise) + 1 :]
    return f"{runs}Go on with {left[0].title} ({left[0].id})." if left else f"{runs}This was the last exercise."


def _steps(view: View, verdict: Verdict) -> tuple[StepView, ...]:
    """Return the tests under their steps; the tests of a drill stand under a step without a title."""
    first = verdict.first_failure

    def tests(task: str) -> tuple[TestView, ...]:
        return tuple(_test(test, test is first) for test in verdict.tests if test.task == task)

    known = {step.id for step in verdict.steps}
    steps = [
        StepView(shown.title, _mark(tests(step.id)), f"{step.points} of {_points(step.max_points)}", tests(step.id))
        for shown, step in zip(view.steps, verdict.steps, strict=True)
    ]
    for task in dict.fromkeys(test.task for test in verdict.tests if test.task not in known):
        steps.append(StepView("", _mark(tests(task)), "", tests(task)))
    return tuple(steps)


def _test(test: TestResult, first: bool) -> TestView:
    mark: Mark = "pass" if test.status == "pass" else "todo" if test.message.startswith(_TODO) else "fail"
    said = {"pass": "passed", "fail": "failed", "timeout": "did not end", "crashed": "crashed"}[test.status]
    message = excerpt(test.message.removeprefix(f"{_TODO}: "), LONGEST_TEXT)
    said = "to do" if mark == "todo" else said
    return TestView(sentence(test.name), mark, said, message, plain(test.place), excerpt(test.output), first)


def _mark(tests: Sequence[TestView]) -> Mark:
    marks = {test.mark for test in tests}
    return "pass" if marks == {"pass"} else "fail" if "fail" in marks else "todo"
