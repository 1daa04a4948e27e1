"""Exercism's `results.json`, version 3.

Source: exercism.org/docs/building/tooling/test-runners/interface. `error` is for a submission of which no test ran;
tests stand in the order of their file; `task_id` is the number of the step, from 1; output is cut at 500 characters
and says so. Exercism's runner is to end with 0 whatever the tests say.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import SAID, told
from proxylings.grader.text import LONGEST_OUTPUT, excerpt, sentence
from proxylings.grader.verdict import TestResult

LONGEST_MESSAGE = 65_535


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return the result of one exercise."""
    graded = verdicts[0]
    verdict = graded.verdict
    results: dict[str, Any] = {"version": 3, "status": "fail" if verdict.first_failure else "pass", "tests": []}
    if verdict.first_failure is None and not verdict.passed:
        results |= {"status": "error", "message": excerpt(told(verdict), LONGEST_MESSAGE)}
    else:
        tasks = {step.id: number for number, step in enumerate(verdict.steps, start=1)}
        results["tests"] = [_test(test, graded, tasks) for test in verdict.tests]
    return msgspec.json.format(msgspec.json.encode(results), indent=2)


def _test(test: TestResult, graded: Graded, tasks: dict[str, int]) -> dict[str, Any]:
    code = graded.test_code.get(f"{test.task}::{test.name}" if test.task else test.name, "")
    status = {"pass": "pass", "fail": "fail"}.get(test.status, "error")
    shown: dict[str, Any] = {"name": sentence(test.name), "status": status, "test_code": code}
    if test.status != "pass":
        shown["message"] = excerpt(test.message or SAID[test.status], LONGEST_MESSAGE)
    if test.output:
        shown["output"] = excerpt(test.output, LONGEST_OUTPUT)
    if test.task in tasks:
        shown["task_id"] = tasks[test.task]
    return shown
