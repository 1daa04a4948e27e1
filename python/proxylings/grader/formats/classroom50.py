"""Classroom 50's `result.json` (`classroom50/result/v1`).

Source: github.com/foundation50/classroom50, wiki "Advanced Autograding" and its schema of the result. Classroom,
assignment, owner, tag and links come from the runner's variables; its runner stamps the time of the submission, too,
and takes a failing exit code of the autograder for a broken one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from proxylings.errors import CourseError
from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import Row, all_rows


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return the result of one submission."""
    told = verdicts[0].classroom50 if verdicts else None
    submitted = verdicts[0].submitted if verdicts else None
    if told is None or submitted is None:
        raise CourseError(
            "Classroom 50 wants to know the classroom, the assignment, the owner, the tag and the time.",
            "Its runner sets CLASSROOM, ASSIGNMENT, OWNER, SUBMISSION_TAG, COMMIT_URL and RELEASE_URL: run it there.",
        )
    if not told.submission.startswith("submit/"):
        raise CourseError(
            f"{told.submission!r} is not the tag of a submission to Classroom 50.", "Such a tag begins with submit/."
        )
    tests = [_test(row) for row in all_rows(verdicts)]
    result = {
        "schema": "classroom50/result/v1",
        **msgspec.structs.asdict(told),
        "datetime": _stamp(submitted),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return msgspec.json.format(msgspec.json.encode(result), indent=2)


def _test(row: Row) -> dict[str, Any]:
    return {
        "test-name": row.name,
        "passed": row.passed,
        "score": row.points,
        "max-score": row.max_points,
        "message": row.message,
        "output": row.output,
    }


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
