"""Our own JSON: a whole verdict (`proxylings/verdict/v1`), and a line a verdict for a class (`proxylings/graded/v1`).

A new field keeps the version; a reader ignores what it does not know. A changed meaning makes a v2.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from proxylings.grader.formats.graded import Graded
from proxylings.grader.verdict import Verdict

LINE_SCHEMA = "proxylings/graded/v1"
_WHOSE = ("student", "first_name", "last_name", "email", "submitted", "due", "late_penalty", "repository", "commit")


def write_json(verdicts: Sequence[Graded]) -> bytes:
    """Return one verdict as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(_whole(verdicts[0].verdict)), indent=2) + b"\n"


def write_lines(verdicts: Sequence[Graded]) -> bytes:
    """Return a line of JSON for each verdict, with whose it is."""
    return b"".join(msgspec.json.encode(_line(graded)) + b"\n" for graded in verdicts)


def _line(graded: Graded) -> dict[str, Any]:
    values = {name: getattr(graded, name) for name in _WHOSE}
    return {"schema": LINE_SCHEMA, **values, "verdict": _whole(graded.verdict)}


def _whole(verdict: Verdict) -> Verdict:
    """Leave out rustc's long explanations, which `rustc --explain` has."""
    short = tuple(
        msgspec.structs.replace(one, code=one.code and msgspec.structs.replace(one.code, explanation=None))
        for one in verdict.diagnostics
    )
    return msgspec.structs.replace(verdict, diagnostics=short)
