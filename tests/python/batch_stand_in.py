"""A grader that takes no time, in place of the oracle and its sandbox: for tests of what is around them.

What an answer's text holds decides: `right` passes, `sandbox fails` fails as a sandbox does, `grader fails` as a
mistake of ours does, and `wait` takes until the run is stopped. Each grading is counted in the file that
PROXYLINGS_TEST_COUNT names. Run as a program it grades a class, so that a test can kill it.
"""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from proxylings.course import Desk, Exercise
from proxylings.grader.batch.grading import Grader, Wish, grade_class
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox, SandboxFailed
from proxylings.grader.verdict import TestResult, Verdict


class Box:
    """A sandbox that runs nothing. It waits where it is asked to."""

    backend = "a stand-in"

    def run(self, argv: object, allowance: Allowance, **given: object) -> Outcome:
        stop = given["stop"]
        assert callable(stop)
        while not stop():
            time.sleep(0.01)
        return Outcome("wall", 0, b"", b"", b"", 0.0, 0.0, None)


def find(*, trust: bool, require_cgroup: bool) -> Sandbox:
    return Box()


def can_grade(desk: Desk, exercise: Exercise) -> bool:
    return True


def grade(
    desk: Desk, exercise: Exercise, submission: Mapping[str, bytes], *,
    seed: int, sandbox: Sandbox, cases: Path | None = None,
) -> Verdict:  # fmt: skip
    text = b"".join(submission.values())
    if counter := os.environ.get("PROXYLINGS_TEST_COUNT"):
        # One write of less than a page to a file opened for appending is whole, whoever else writes.
        with Path(counter).open("ab", buffering=0) as file:
            file.write(b"%d %s\n" % (os.getpid(), exercise.id.encode()))
    if b"sandbox fails" in text:
        raise SandboxFailed("the box did not start")
    if b"grader fails" in text:
        raise KeyError("a mistake of ours")
    if b"wait" in text:
        sandbox.run([], Allowance(1, 1.0, 1, 1, 1, 1, 1))
    passed = b"right" in text
    time.sleep(float(os.environ.get("PROXYLINGS_TEST_SECONDS", "0")))
    return Verdict(
        exercise=exercise.id, status="pass" if passed else "fail", points=exercise.points if passed else 0,
        max_points=exercise.points, tests=(TestResult("names_the_method", "", "pass" if passed else "fail"),),
        mode="strict", backend=sandbox.backend, seed=seed,
    )  # fmt: skip


GRADER = Grader(grade, can_grade, find)

if __name__ == "__main__":
    course, target, out = map(Path, sys.argv[1:4])
    grade_class(Desk(course), Wish(target, out, jobs=2), lambda stage, tally: None, GRADER)
