"""What a check gives: one model, which the terminal, the notebook and the formats all show.

Points are whole numbers. Tests stand in the order of their file. `grader/formats/` turns verdicts into what other
systems read; as JSON of our own a verdict names its schema, so that a reader knows what it holds.
"""

from typing import Literal

import msgspec

from proxylings.toolchain import Diagnostic

Status = Literal["running", "pass", "fail", "error", "refused", "timeout", "crashed"]
TestStatus = Literal["pass", "fail", "timeout", "crashed"]
Mode = Literal["self-paced", "strict"]
SCHEMA = "proxylings/verdict/v1"


class TestResult(msgspec.Struct, frozen=True):
    """One test: `task` is the step it belongs to ("" for a drill), `place` is file:line of the failure.

    `seconds` is wall time, 0 where it was not measured apart. Points are None where the step as a whole has them.
    """

    __test__ = False  # not a test class of pytest's

    name: str
    task: str
    status: TestStatus
    message: str = ""
    place: str = ""
    output: str = ""
    seconds: float = 0.0
    points: int | None = None
    max_points: int | None = None


class StepResult(msgspec.Struct, frozen=True):
    """One step of a part, with the points that it gave."""

    id: str
    title: str
    points: int
    max_points: int


class Verdict(msgspec.Struct, frozen=True, kw_only=True, tag_field="schema", tag=SCHEMA):
    """The result of checking one exercise.

    `error` means that it does not compile, `refused` that there was nothing to check. `compile_seconds` and
    `test_seconds` are wall time. `submission` is the SHA-256 of the learner's files. `mode` says whether tests that
    the learner can read decided, or the oracle; `backend` what kept the learner's code in its place; `seed` from
    which number the inputs were made, where they were.
    """

    exercise: str
    status: Status
    points: int = 0
    max_points: int
    steps: tuple[StepResult, ...] = ()
    tests: tuple[TestResult, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    message: str = ""
    hints: tuple[str, ...] = ()
    compile_seconds: float = 0.0
    test_seconds: float = 0.0
    submission: str = ""
    version: str = ""
    mode: Mode = "self-paced"
    backend: str = ""
    seed: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the exercise is solved."""
        return self.status == "pass"

    @property
    def first_failure(self) -> TestResult | None:
        """Return the first test that did not pass: the one to look at."""
        return next((test for test in self.tests if test.status != "pass"), None)

    @property
    def error_codes(self) -> list[str]:
        """Return the codes of the errors, each once, in order."""
        return list(dict.fromkeys(d.error_code for d in self.diagnostics if d.is_error and d.error_code))

    def says(self) -> str:
        """Return everything that the verdict tells the learner, as one plain text."""
        shown = [self.message, *self.hints]
        for diagnostic in self.diagnostics:
            shown += [diagnostic.message, *(span.label or "" for span in diagnostic.spans)]
        for test in self.tests:
            if test.status != "pass":
                shown += [test.name, test.message, test.output]
        return "\n".join(filter(None, shown))
