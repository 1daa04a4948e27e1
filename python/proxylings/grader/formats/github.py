"""GitHub: annotations on the lines concerned, the job summary, and the result for Classroom's reporter.

Sources: docs.github.com, "Workflow commands for GitHub Actions" (annotations, `GITHUB_STEP_SUMMARY`), and its limits:
ten errors and ten warnings are shown a step, and a summary holds 1 MiB. The reporter's result is the one of
github.com/classroom-resources/autograding-grading-reporter, retired and still in use: JSON in base64, as the step
output `result`.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import SAID, Row, all_rows, headline, rows, told
from proxylings.grader.text import command, command_property, excerpt, fenced, markdown, sentence
from proxylings.grader.verdict import Verdict
from proxylings.toolchain import Diagnostic

MOST_SHOWN = 10
LARGEST_SUMMARY = 1024 * 1024
_SIGNS = {True: "✅ passed", False: "❌ open"}
# What a todo!() says: work that is left is in the summary, and hides no mistake among the few annotations.
_TODO = "not yet implemented"
_SHORTER = (8_000, 1_000, 200)
Level = Literal["error", "warning", "notice"]


def write_annotations(verdicts: Sequence[Graded]) -> bytes:
    """Return workflow commands: first the errors, then the warnings, then one line on each exercise."""
    errors, warnings, notices = [], [], []
    for graded in verdicts:
        verdict = graded.verdict
        errors += list(_problems(verdict))
        warnings += [
            _at(verdict, one, "warning") for one in verdict.diagnostics if one.level == "warning" and one.spans
        ]
        notices.append(_command("notice", headline(verdict), title=verdict.exercise))
    lines = [*_shown(errors, "error"), *_shown(warnings, "warning"), *_shown(notices, "notice")]
    return "".join(f"{line}\n" for line in lines).encode()


def write_summary(verdicts: Sequence[Graded]) -> bytes:
    """Return the job summary in Markdown; what is said of each exercise gets shorter until all of it fits."""
    for longest in _SHORTER:
        made = _summary(verdicts, longest).encode()
        if len(made) <= LARGEST_SUMMARY:
            return made
    return _summary(verdicts, 0).encode()[:LARGEST_SUMMARY].decode(errors="ignore").encode()


def write_classroom(verdicts: Sequence[Graded]) -> bytes:
    """Return the line to append to `$GITHUB_OUTPUT`: `result=` and the result in base64."""
    found = all_rows(verdicts)
    result = {
        "version": 1,
        "status": "pass" if all(graded.verdict.passed for graded in verdicts) else "fail",
        "max_score": sum(row.max_points for row in found),
        "tests": [_reported(row) for row in found],
    }
    return b"result=" + base64.b64encode(msgspec.json.encode(result)) + b"\n"


def _reported(row: Row) -> dict[str, object]:
    file, line = _where(row.place)
    return {
        "name": row.name,
        "status": "pass" if row.passed else "fail",
        "score": row.points,
        "message": row.text,
        "test_code": "",
        "filename": file,
        "line_no": line,
        "duration": round(row.seconds, 3),
    }


def _problems(verdict: Verdict) -> Iterator[str]:
    placed = [one for one in verdict.diagnostics if one.is_error]
    yield from (_at(verdict, one, "error") for one in placed)
    for test in verdict.tests:
        if test.status != "pass" and _TODO not in test.message:
            title = f"{verdict.exercise}: {sentence(test.name)}"
            file, line = _where(test.place)
            where = {"file": file, "line": str(line)} if _ours(file) and line else {}
            yield _command("error", test.message or SAID[test.status], **where, title=title)
    if not verdict.passed and not placed and not verdict.tests:
        yield _command("error", told(verdict), title=verdict.exercise)


def _at(verdict: Verdict, diagnostic: Diagnostic, level: Level) -> str:
    title = f"{level} {diagnostic.error_code}".strip()
    span = next((span for span in diagnostic.spans if span.is_primary and _ours(span.file_name)), None)
    if span is None:
        return _command(level, diagnostic.message, title=title)
    where = {
        "file": _in_repository(verdict, span.file_name),
        "line": str(span.line_start),
        "endLine": str(span.line_end),
    }
    if span.line_start == span.line_end:
        where |= {"col": str(span.column_start), "endColumn": str(span.column_end)}
    words = [diagnostic.message, span.label or "", *(child.message for child in diagnostic.children)]
    return _command(level, "\n".join(filter(None, words)), **where, title=title)


def _where(place: str) -> tuple[str, int]:
    """Return the file and the line of "file:line"; 0 where there is no line."""
    file, _, line = place.rpartition(":")
    return file, int(line) if re.fullmatch("[0-9]{1,9}", line) else 0


def _in_repository(verdict: Verdict, file: str) -> str:
    """Return the path of a submission's file as the learner's repository has it: a strict grade knows no folders."""
    strict = verdict.mode == "strict" and file.startswith(("src/", "drills/"))
    return f"exercises/{verdict.exercise.partition('/')[0]}/{file}" if strict else file


def _ours(file: str) -> bool:
    """Tell whether a path lies in the repository: from its root on, and not the standard library's."""
    path = PurePosixPath(file)
    return bool(file) and not path.is_absolute() and ".." not in path.parts


def _command(level: Level, message: str, *, title: str, **properties: str) -> str:
    message = message if message.strip() else title
    properties["title"] = title
    told = ",".join(f"{name}={command_property(value)}" for name, value in properties.items())
    return f"::{level} {told}::{command(message)}"


def _shown(lines: list[str], level: Level) -> list[str]:
    """Return as many as are shown; the last place says how many are left out."""
    if len(lines) <= MOST_SHOWN:
        return lines
    left = len(lines) - MOST_SHOWN + 1
    return [*lines[: MOST_SHOWN - 1], _command(level, f"{left} more are not shown here.", title="proxylings")]


def _summary(verdicts: Sequence[Graded], longest: int) -> str:
    earned, most = (sum(getattr(graded.verdict, name) for graded in verdicts) for name in ("points", "max_points"))
    lines = [f"# proxylings: {earned} of {most} points", ""]
    lines += ["| | Exercise | Points | Result |", "|---|---|---:|---|"]
    for graded in verdicts:
        one = graded.verdict
        points = f"{one.points} of {one.max_points}"
        lines.append(f"| {_SIGNS[one.passed]} | {markdown(one.exercise)} | {points} | {headline(one)} |")
    for graded in verdicts:
        if not graded.verdict.passed:
            lines += ["", *_section(graded.verdict, longest)]
    return "\n".join(lines) + "\n"


def _section(verdict: Verdict, longest: int) -> list[str]:
    lines = [f"## {markdown(verdict.exercise)}", ""]
    if not verdict.tests:
        return [*lines, *([fenced(excerpt(told(verdict), longest))] if longest else [])]
    found = rows(verdict)
    if len(found) > 1:
        lines += ["| | Step | Points |", "|---|---|---:|"]
        for row in found:
            lines.append(f"| {_SIGNS[row.passed]} | {markdown(row.name)} | {row.points} of {row.max_points} |")
        lines.append("")
    red = verdict.first_failure
    if red is not None and longest:
        said = "\n".join(filter(None, [red.place, red.message, red.output and f"It printed:\n{red.output}"]))
        lines += [f"First failing test: {markdown(sentence(red.name))}", "", fenced(excerpt(said, longest))]
    return lines
