"""Tables for a whole class: the columns of `nbgrader export`, and our own.

Source: nbgrader's `CsvExportPlugin` (`nbgrader/plugins/export.py`): its columns in its order, times in UTC without a
zone. Cells that a spreadsheet would take for a formula begin with an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import headline
from proxylings.grader.text import cell, sentence

NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
OURS = (
    "student", "last_name", "first_name", "email", "exercise", "status", "points", "max_points", "late_penalty",
    "tests", "tests_passed", "first_failure", "result", "submitted", "due", "repository", "commit",
    "mode", "backend", "seed", "submission", "version",
)  # fmt: skip


def write_nbgrader(verdicts: Sequence[Graded]) -> bytes:
    """Return nbgrader's table of grades."""
    return _table(NBGRADER, map(_nbgrader, verdicts))


def write_class(verdicts: Sequence[Graded]) -> bytes:
    """Return our own table of a class."""
    return _table(OURS, map(_ours, verdicts))


def _nbgrader(graded: Graded) -> list[object]:
    verdict = graded.verdict
    score = max(0, verdict.points - graded.late_penalty)
    return [
        cell(verdict.exercise), _naive(graded.due), _naive(graded.submitted), cell(graded.student),
        cell(graded.last_name), cell(graded.first_name), cell(graded.email),
        float(verdict.points), float(graded.late_penalty), float(score), float(verdict.max_points),
    ]  # fmt: skip


def _ours(graded: Graded) -> list[object]:
    verdict = graded.verdict
    red = verdict.first_failure
    return [
        cell(graded.student), cell(graded.last_name), cell(graded.first_name), cell(graded.email),
        cell(verdict.exercise), verdict.status, verdict.points, verdict.max_points, graded.late_penalty,
        len(verdict.tests), sum(test.status == "pass" for test in verdict.tests),
        cell(sentence(red.name)) if red else "",
        cell(verdict.message if verdict.status == "refused" else headline(verdict)),
        _zoned(graded.submitted), _zoned(graded.due), cell(graded.repository), cell(graded.commit),
        verdict.mode, cell(verdict.backend), "" if verdict.seed is None else verdict.seed,
        cell(verdict.submission), cell(verdict.version),
    ]  # fmt: skip


def _table(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue().encode()


def _naive(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if when else ""


def _zoned(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""
