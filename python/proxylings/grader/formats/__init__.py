"""Verdicts in the form that other systems read: one small adapter a format.

`FORMATS` knows them by name. An adapter is a pure function from verdicts, with who and when, to bytes; it invents
nothing, so what it isn't told (a due date, a name) stays empty as far as the format allows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from proxylings.grader.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A verdict, and whose it is: everything but the verdict may be unknown."""

    verdict: Verdict
    student: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    submitted: datetime | None = None
    due: datetime | None = None
    repository: str = ""
    commit: str = ""


@dataclass(frozen=True)
class Format:
    """One output: `file_name` is the name its reader looks for; `many` says whether it holds a whole class."""

    name: str
    file_name: str
    many: bool
    write: Callable[[Sequence[Graded]], bytes]

    def render(self, verdicts: Sequence[Graded]) -> bytes:
        """Return the verdicts in this format."""
        return self.write(verdicts)


FORMATS: Mapping[str, Format] = {}
