"""PrairieLearn's `results.json` for an external grader.

Source: docs.prairielearn.com, "External grading", "Grading results": at most 1 MB, score from 0 to 1.
An answer that does not compile is a wrong answer here, since many exercises are about what compiles; only one that
held nothing to check is `gradable: false`, which costs the learner no attempt.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import Row, all_rows, headline, told
from proxylings.grader.text import excerpt

LARGEST = 1_000_000
_SHORTER = (8_000, 1_000, 200, 0)


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return the results of one submission; what the tests say gets shorter until all of it fits."""
    for longest in _SHORTER:
        made = msgspec.json.encode(_results(verdicts, longest))
        if len(made) <= LARGEST:
            return made
    return msgspec.json.encode({**_results(verdicts, 0), "tests": []})


def _results(verdicts: Sequence[Graded], longest: int) -> dict[str, Any]:
    every = [graded.verdict for graded in verdicts]
    points, most = (sum(getattr(one, name) for one in every) for name in ("points", "max_points"))
    refused = [one for one in every if one.status == "refused"]
    words = [f"{one.exercise}: {headline(one)}" for one in every]
    output = "\n\n".join(told(one) for one in every if not one.passed and not one.tests)
    results: dict[str, Any] = {
        "gradable": len(refused) < len(every),
        "score": points / most if most else float(all(one.passed for one in every)),
        "message": "\n".join(words),
        "output": excerpt(output, longest),
        "tests": [_test(row, longest) for row in all_rows(verdicts)],
    }
    if not results["gradable"]:
        results["format_errors"] = [excerpt(told(one), longest or 200) for one in refused]
    return results


def _test(row: Row, longest: int) -> dict[str, Any]:
    return {
        "name": row.name,
        "points": row.points,
        "max_points": row.max_points,
        "message": excerpt(row.message, longest),
        "output": excerpt(row.output, longest),
    }
