"""A verdict as rows with points: what the formats that grade test by test need.

Points are whole numbers and are never split: a row is a test where each test has its own points, else a step, else
the whole exercise. So the points of the rows always add up to those of the verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from proxylings.grader.formats.graded import Graded
from proxylings.grader.text import one_line, sentence
from proxylings.grader.verdict import TestResult, Verdict

SAID = {"pass": "passed", "fail": "failed", "timeout": "did not end", "crashed": "crashed"}


@dataclass(frozen=True)
class Row:
    """One line of a report: `message` says what is wrong, `output` what the learner's code printed."""

    name: str
    task: str
    passed: bool
    points: int
    max_points: int
    message: str = ""
    output: str = ""
    place: str = ""
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """Return message and output as one text."""
        return "\n".join(filter(None, [self.message, self.output and f"It printed:\n{self.output}"]))


def rows(verdict: Verdict) -> list[Row]:
    """Return the finest rows whose points add up."""
    for found in (_tests(verdict), _steps(verdict)):
        sums = sum(row.points for row in found), sum(row.max_points for row in found)
        if found and sums == (verdict.points, verdict.max_points):
            return found
    message = "" if verdict.passed else failures(verdict.tests) or told(verdict)
    return [
        Row(
            verdict.exercise, "", verdict.passed, verdict.points, verdict.max_points, message,
            _printed(verdict.tests), _place(verdict.tests), verdict.test_seconds,
        )
    ]  # fmt: skip


def all_rows(verdicts: Sequence[Graded]) -> list[Row]:
    """Return the rows of all verdicts, named by their exercise where there are several exercises."""
    if len(verdicts) == 1:
        return rows(verdicts[0].verdict)
    found = []
    for graded in verdicts:
        for row in rows(graded.verdict):
            name = row.name if row.name == graded.verdict.exercise else f"{graded.verdict.exercise}: {row.name}"
            found.append(Row(**{**vars(row), "name": name}))
    return found


def headline(verdict: Verdict) -> str:
    """Say in one line how it went."""
    if verdict.status == "error":
        return "It does not compile."
    if verdict.status == "refused":
        return "There was nothing to check."
    points = f"{verdict.points} of {verdict.max_points} points"
    if not verdict.tests:
        return f"Passed: {points}." if verdict.passed else f"Not passed: {points}."
    green = sum(test.status == "pass" for test in verdict.tests)
    return f"{points}, {green} of {len(verdict.tests)} tests pass."


def told(verdict: Verdict) -> str:
    """Return what stopped the check in full: rustc's messages, hints, and the verdict's own words; never empty."""
    said = [one.rendered or f"{one.level}: {one.message}" for one in verdict.diagnostics if one.is_error]
    return "\n\n".join(text.strip() for text in [*said, *verdict.hints, verdict.message] if text) or headline(verdict)


def failures(tests: Sequence[TestResult]) -> str:
    """Return the tests that did not pass, each with what it says."""
    red = [test for test in tests if test.status != "pass"]
    return "\n".join(f"{sentence(test.name)}: {SAID[test.status]}\n{test.message}".strip() for test in red)


def _tests(verdict: Verdict) -> list[Row]:
    found = []
    for test in verdict.tests:
        if test.points is None or test.max_points is None:
            return []
        found.append(
            Row(
                sentence(test.name), test.task, test.status == "pass", test.points, test.max_points,
                "" if test.status == "pass" else test.message or SAID[test.status],
                test.output, test.place, test.seconds,
            )
        )  # fmt: skip
    return found


def _steps(verdict: Verdict) -> list[Row]:
    found = []
    for step in verdict.steps:
        tests = [test for test in verdict.tests if test.task == step.id]
        passed = all(test.status == "pass" for test in tests) if tests else verdict.passed
        name = one_line(step.title) or step.id
        message = "" if passed else failures(tests) or told(verdict)
        seconds = sum(test.seconds for test in tests)
        found.append(
            Row(
                name, step.id, passed, step.points, step.max_points, message, _printed(tests),
                _place(tests), seconds,
            )
        )  # fmt: skip
    return found


def _printed(tests: Sequence[TestResult]) -> str:
    """Return what the first test that failed has printed: the one to look at."""
    return next((test.output for test in tests if test.status != "pass"), "")


def _place(tests: Sequence[TestResult]) -> str:
    return next((test.place for test in tests if test.status != "pass"), "")
