"""Gradescope's `results.json`.

Source: gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format". The output is given as `text`, which
Gradescope escapes; the score stands at the top and on each test, and both are the same sum.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import Row, all_rows, headline, told


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return the results of one submission, which may hold several exercises."""
    every = [graded.verdict for graded in verdicts]
    words = [f"{one.exercise}: {headline(one)}" for one in every]
    words += [told(one) for one in every if not one.tests and not one.passed]
    results = {
        "score": sum(one.points for one in every),
        "execution_time": round(sum(one.compile_seconds + one.test_seconds for one in every), 3),
        "output": "\n\n".join(words),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        # What our own program prints is for instructors; learners have all of it in the tests.
        "stdout_visibility": "hidden",
        "extra_data": {
            one.exercise: {
                "status": one.status, "mode": one.mode, "backend": one.backend, "seed": one.seed,
                "submission": one.submission, "version": one.version,
            }
            for one in every
        },
        "tests": [_test(number, row) for number, row in enumerate(all_rows(verdicts), start=1)],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(results), indent=2)


def _test(number: int, row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "number": str(number),
        "score": row.points,
        "max_score": row.max_points,
        "status": "passed" if row.passed else "failed",
        "output": row.text,
        "output_format": "text",
        "tags": [row.task] if row.task else [],
        "visibility": "visible",
    }
